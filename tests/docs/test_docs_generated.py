"""Holds the documentation to the program: generated pages are fresh, columns have meanings, READMEs name what exists."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from veedor.cli.main import veedor
from veedor.corpus.export.dataset import TABLES as EXPORTED
from veedor.evaluate.engine import catalogue
from veedor.schema.errors import ExitCode, Reason
from veedor.schema.meanings import explained, meaning
from veedor.schema.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.es.md")
FILES = (*(f"{name}.csv" for name in TABLES), "plan.json", "report.html", "summary.json")


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """docs/generate.py, which is a script and no part of the package."""
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(params=READMES)
def readme(request: pytest.FixtureRequest) -> str:
    return (ROOT / request.param).read_text(encoding="utf-8")


def test_no_generated_page_is_stale(generate: ModuleType) -> None:
    """The examples of the READMEs take half a minute to run: ``make docs-check`` compares them, too."""
    assert generate.stale(generate.pages()) == [], "run make docs"


def test_the_readmes_tell_the_figures_of_the_benchmarks(generate: ModuleType) -> None:
    figures = generate.figures_page.read_figures()
    for name, language in generate.READMES.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        assert generate.figures_page.summary(figures, language) in text, f"{name}: run make docs"


def test_every_column_has_a_meaning_and_every_meaning_a_column() -> None:
    common, tables = explained()
    assert explained("en") == (common, tables), "schema/columns.en.yaml and schema/columns.yaml do not name the same columns"
    columns = {name: {f.name for f in fields} for name, fields in EXPORTED.items()}
    assert set(tables) == set(columns)
    without = [f"{name}.{c}" for name in columns for c in columns[name] - tables[name] - common]
    assert without == [], "schema/columns.yaml does not say what these mean"
    beyond = [f"{name}.{c}" for name in columns for c in tables[name] - columns[name]]
    assert beyond + sorted(common - set().union(*columns.values())) == [], "schema/columns.yaml explains what is not there"


def test_every_family_of_rules_has_a_name(generate: ModuleType) -> None:
    assert {r.family for r in catalogue()} <= set(generate.reference.FAMILIES)


def test_columns_take_the_same_words_in_both_languages() -> None:
    told = [(name, f.name, [list(meaning(name, f.name, of).values) for of in ("es", "en")]) for name in EXPORTED for f in EXPORTED[name]]
    assert [f"{name}.{column}" for name, column, (es, en) in told if es != en] == []


def test_examples_of_a_page_share_a_folder_and_make_its_files(generate: ModuleType) -> None:
    page = '```text title="a.txt"\nuno\n```\n\n```python\nprint(open("a.txt").read().strip())\n```\n\n```text\nold\n```\n'
    assert generate.with_output(page).endswith("```text\nuno\n```\n")


def test_readme_names_every_command_and_no_other(readme: str) -> None:
    named = set(re.findall(r"(?:`|^\$ )(?:\.venv/bin/)?veedor ([a-z]+)", readme, re.MULTILINE))
    assert named == set(veedor.commands)


def test_readme_names_every_exit_code_and_no_other(readme: str) -> None:
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", readme, re.MULTILINE)] == [int(code) for code in ExitCode]
    assert [r for r in Reason if f"`{r}`" not in readme] == []


def test_readme_names_every_file_and_no_other(readme: str) -> None:
    assert [f for f in FILES if f"`{f}`" not in readme] == []
    assert set(re.findall(r"^\| `([a-z]+\.[a-z]+)` \|", readme, re.MULTILINE)) == set(FILES) - {"summary.json"}


def test_links_lead_somewhere() -> None:
    pages = [ROOT / name for name in (*READMES, "CONTRIBUTING.md", "CHANGELOG.md")] + sorted((ROOT / "docs").glob("*.md"))
    links = [
        (page, link) for page in pages for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")) if "://" not in link
    ]
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []


def test_documents_that_examples_name_are_among_the_samples(samples: Path) -> None:
    named = [
        name
        for page in sorted((ROOT / "docs").glob("*.md"))
        for name in re.findall(
            r"veedor corpus (?:show|correct|accept|approve|dismiss|remove) ([a-z][\w-]+)", page.read_text(encoding="utf-8")
        )
    ]
    assert named and [n for n in named if n not in {f.stem for f in samples.iterdir()}] == []


def test_examples_run(generate: ModuleType) -> None:
    blocks = ("console\n$ make demo\nkept", "console\n$ veedor --version\nold", "python\nprint(6 * 7)", "text\nold")
    page = "\n".join(f"```{block}\n```\n" for block in blocks)
    shown = generate.with_output(page)
    assert "kept" in shown and "old" not in shown
    assert re.search(r"\$ veedor --version\nveedor.* \d+\.\d+", shown) and "```text\n42\n```" in shown


def test_the_examples_of_the_collection_run(samples: Path, tmp_path: Path) -> None:
    """The Python of docs/coleccion.md, in the order in which a reader meets it after adding the documents; here the dumps alone."""
    page = (ROOT / "docs" / "coleccion.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", page, re.S)
    shutil.copytree(samples, tmp_path / "dumps", ignore=lambda _, names: [n for n in names if not n.endswith(".txt")])
    script = tmp_path / "script.py"
    add = "import veedor\nwith veedor.Corpus('corpus.sqlite') as c:\n    c.add('dumps')\n"
    script.write_text(add + "\n".join(examples).replace('"corpus/samples"', '"dumps"'), encoding="utf-8")
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=240)
    assert len(examples) == 3 and done.returncode == 0, done.stderr
    assert (tmp_path / "publicar.xlsx").is_file() and (tmp_path / "todo.parquet").is_dir()
