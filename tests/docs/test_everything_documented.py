"""Everything a user may meet is in the docs of both languages: commands, rules, columns, codes, limits, variables, formats, names."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest
import yaml

import veedor
from veedor.cli.main import veedor as command_line
from veedor.corpus.export.catalogue import exporters
from veedor.corpus.export.dataset import TABLES
from veedor.corpus.worker import Limits
from veedor.evaluate.engine import catalogue
from veedor.extract.readers import suffixes
from veedor.normalize.roles import ROLES
from veedor.schema.errors import ExitCode, Reason
from veedor.schema.plan import Plan
from veedor.schema.quantity import State
from veedor.schema.tables import TABLES as OF_A_PLAN

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ENGLISH_ALONE = {"architecture", "contribuir"}
SPANISH_ALONE = {"archivos-rotos", "cambios"}
FILES = (*(f"{name}.csv" for name in OF_A_PLAN), "plan.json", "report.html", "summary.json")


@pytest.fixture(params=[".md", ".en.md"], ids=["es", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """The ending of the pages of a language."""
    return request.param


def page(name: str, language: str) -> str:
    return (DOCS / f"{name}{language}").read_text(encoding="utf-8")


def missing(names: Iterator[str] | list[str], text: str, form: str = "`{}`") -> list[str]:
    """The names that a page does not have, in the form in which it must."""
    return [n for n in names if form.format(n) not in text]


def sections(group: click.Command, name: str) -> Iterator[tuple[str, set[str]]]:
    """Each command by its words, with every option that it takes. What all commands have is told once."""
    options = {o for p in group.params if isinstance(p, click.Option) and not p.hidden for o in p.opts + p.secondary_opts}
    yield name, options - {"--lang"}
    for below, found in group.commands.items() if isinstance(group, click.Group) else ():
        yield from sections(found, f"{name} {below}")


def undocumented(root: click.Command, text: str) -> list[str]:
    """The commands without a section, and the options that the section of their command does not tell."""
    told = dict(re.findall(r"^##+ (veedor[a-z ]*)\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL))
    found = []
    for name, options in sections(root, "veedor"):
        if name not in told:
            found.append(name)
        else:
            named = set(re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", told[name]))
            found += [f"{name} {o}" for o in sorted(options - named)]
    return found


def test_every_command_and_option(language: str) -> None:
    assert undocumented(command_line, page("ordenes", language)) == [], "run make docs"


def test_an_option_or_command_without_docs_is_found() -> None:
    text = "## veedor\n\n## veedor one\n\n| `--told, -t` | x |\n"
    made = click.Group("veedor", commands=[click.Command("one", params=[click.Option(["--told", "-t"]), click.Option(["--new"])])])
    assert undocumented(made, text) == ["veedor one --new"]
    made.add_command(click.Command("two"))
    assert undocumented(made, text) == ["veedor one --new", "veedor two"]


def test_every_rule(language: str) -> None:
    assert missing([r.id for r in catalogue()], page("reglas", language), "### {} — ") == [], "run make docs"


def test_every_table_and_column(language: str) -> None:
    tables = dict(re.findall(r"^## `(\w+)(?:\.csv)?`[^\n]*\n(.*?)(?=^## |\Z)", page("diccionario", language), re.MULTILINE | re.DOTALL))
    assert list(tables) == list(TABLES)
    assert [f"{t}.{f.name}" for t in TABLES for f in TABLES[t] if f"\n| `{f.name}` |" not in tables[t]] == []


def test_exit_codes_and_reasons_and_no_other(language: str) -> None:
    rows = re.findall(r"^\| (`?)([\w-]+)\1 \|", page("codigos", language), re.MULTILINE)
    assert [n for _, n in rows if n.isdigit()] == [str(int(code)) for code in ExitCode]
    reasons = re.split(r"^## ", page("codigos", language), flags=re.MULTILINE)[2]
    assert re.findall(r"^\| `([\w-]+)` \|", reasons, re.MULTILINE) == [str(r) for r in Reason]


def test_every_limit_with_its_figure(language: str) -> None:
    text = re.split(r"^## ", page("codigos", language), flags=re.MULTILINE)[3]
    assert missing([f.name for f in fields(Limits)], text, "(`{}`)") == []
    of = {f.name: f.default for f in fields(Limits) if f.default is not None}
    assert [n for n, v in of.items() if not re.search(rf"\(`{n}`\) \| {int(v)} \|", text)] == []  # type: ignore[call-overload]


def variables() -> set[str]:
    """The environment variables that the package names as its own."""
    rooms = ("cli", "corpus", "evaluate", "extract", "normalize", "review", "schema")
    code = (f.read_text(encoding="utf-8") for room in rooms for f in (ROOT / room).rglob("*.py") if "samples" not in f.parts)
    written = (n.value for c in code for n in ast.walk(ast.parse(c)) if isinstance(n, ast.Constant))
    return {value for value in written if isinstance(value, str) and re.fullmatch(r"VEEDOR_[A-Z_]+", value)}


def test_every_environment_variable_and_no_other(language: str) -> None:
    assert set(re.findall(r"^\| `(VEEDOR_\w+)` \|", page("codigos", language), re.MULTILINE)) == variables()


def test_every_file_state_and_part_of_the_plan(language: str) -> None:
    text = page("formatos", language)
    assert missing([*FILES, *State, *Plan.model_fields], text) == []


def test_every_format_of_exports(language: str) -> None:
    assert missing(list(exporters()), page("coleccion", language), "| `{}` |") == []


def test_every_kind_of_file_that_is_read(language: str) -> None:
    text = page("lectura", language)
    assert missing([s for s in sorted(suffixes()) if s != ".pdf"], text) == [] and "PDF" in text


def test_every_role_of_a_column() -> None:
    """They are in the help of the command that teaches them."""
    assert missing(list(ROLES), page("ordenes", ".md"), "{}") == []


def test_every_public_name(language: str) -> None:
    text = page("python", language)
    assert missing([f"veedor.{n}" for n in veedor.__all__], text) == [], "run make docs"
    methods = [m for m, f in vars(veedor.Corpus).items() if callable(f) and not m.startswith("_")]
    assert methods and missing([f"veedor.Corpus.{m}" for m in methods], text) == []


def test_every_page_has_both_languages() -> None:
    spanish = {f.name.removesuffix(".md") for f in DOCS.glob("*.md")} - {f.name.removesuffix(".md") for f in DOCS.glob("*.en.md")}
    english = {f.name.removesuffix(".en.md") for f in DOCS.glob("*.en.md")}
    assert spanish - english <= ENGLISH_ALONE | SPANISH_ALONE
    assert english - spanish == set()


def test_every_page_is_in_the_menu() -> None:
    class Loader(yaml.SafeLoader):
        """Takes the tags that name Python functions as they are."""

    Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: suffix)
    site = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader)

    def pages(nav: object) -> Iterator[str]:
        if isinstance(nav, str):
            yield nav
        for item in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
            yield from pages(item)

    def titles(nav: object) -> Iterator[str]:
        for item in nav if isinstance(nav, list) else ():
            for title, below in item.items():
                yield title
                yield from titles(below)

    assert sorted(pages(site["nav"])) == sorted(f.name for f in DOCS.glob("*.md") if not f.name.endswith(".en.md"))
    english = next(p["i18n"] for p in site["plugins"] if "i18n" in p)["languages"][1]["nav_translations"]
    assert set(titles(site["nav"])) == set(english), "the English menu lacks a title, or has one that is no longer there"
    assert set(site["validation"]["links"].values()) | set(site["validation"]["nav"].values()) == {"warn"}


def test_the_commands_speak_the_language_of_their_page() -> None:
    """They have it from the start of their program, so the page is made in one of its own."""
    done = subprocess.run([sys.executable, DOCS / "commands.py", "en", ""], capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert "Folder for the results" in done.stdout and "Carpeta" not in done.stdout
