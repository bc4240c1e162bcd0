"""`veedor lexicon` and `veedor template` as a user meets them: taught, checked, corrected, read again; nothing is half written."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("workers")

Veedor = Callable[..., subprocess.CompletedProcess[str]]
TABLE = """\
N.º\tActividad\tMeta anual\tCosecha QZ\tZona QZ
1\tCanales revestidos\t40\t10\tpuerto
2\tPozos abiertos\t12\t3\tpozo
3\tAforos de ríos\t12\t3\tmuelle
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "riego.txt"
    file.write_text(TABLE, "utf-8")
    return file


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "configuration" / "lexicon.yaml"


@pytest.fixture
def teacher(veedor: Veedor, own: Path) -> Veedor:
    """Runs ``veedor`` with a lexicon of the test's own."""
    return partial(veedor, VEEDOR_LEXICON=str(own))


def headers(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    return {h["header"]: h["verdict"] for h in json.loads(done.stdout)["documents"][0]["headers"]}


def test_teach_and_check(teacher: Veedor, document: Path, own: Path) -> None:
    before = teacher("lexicon", "check", document)
    assert before.returncode == 0 and 'veedor lexicon add PAPEL "Cosecha QZ"' in before.stdout
    done = teacher("lexicon", "add", "actual", "Cosecha QZ", "--source", "POA 2023")
    assert (done.returncode, done.stderr) == (0, "") and str(own) in done.stdout and own.is_file()
    after = headers(teacher("lexicon", "check", document, "--format", "json"))
    assert after == {"N.º": "known", "Actividad": "known", "Meta anual": "known", "Cosecha QZ": "known", "Zona QZ": "none"}
    read = json.loads(teacher("evaluate", document, "--format", "json").stdout)
    assert [f["message"] for f in read["documents"][0]["findings"] if f["rule"] == "LEC003" and "Cosecha" in f["message"]] == []


def test_what_cannot_be_taught_leaves_the_file_as_it_was(teacher: Veedor, own: Path) -> None:
    teacher("lexicon", "add", "actual", "Cosecha QZ")
    before = own.read_bytes()
    for given in (("target", "cosecha qz"), ("unit", "fanega"), ("actual", "I Trimestre"), ("meta", "x")):
        done = teacher("lexicon", "add", *given)
        assert done.returncode == 2 and done.stdout == "" and "Error" in done.stderr, given
    assert own.read_bytes() == before and [p.name for p in own.parent.iterdir()] == [own.name]


@pytest.mark.parametrize("command", [("run",), ("lexicon", "check")])
def test_a_bad_lexicon_is_said_once_and_before_any_document(command: tuple[str, ...], teacher: Veedor, document: Path, own: Path) -> None:
    own.parent.mkdir()
    own.write_text("- role: targt\n  wording: x\n  source: y\n", "utf-8")
    done = teacher(*command, document)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "línea 1" in done.stderr and "targt" in done.stderr and done.stderr.count("targt") == 1


def test_tables_as_printed_need_no_lexicon(teacher: Veedor, document: Path, own: Path) -> None:
    own.parent.mkdir()
    own.write_text("- role: targt\n", "utf-8")
    assert teacher("extract", document).returncode == 0


def test_a_template_is_shown_written_corrected_and_read_by(here: Veedor, document: Path, tmp_path: Path) -> None:
    file = tmp_path / "riego.yaml"
    done = here("template", document, "--out", file)
    assert done.returncode == 0 and done.stdout == "" and str(file) in done.stderr
    corrected = file.read_text("utf-8").replace('{header: "Cosecha QZ", role: ""}', '{header: "Cosecha QZ", role: actual, months: [1, 6]}')
    file.write_text(corrected, "utf-8")
    again = here("template", document, "--out", file)
    assert again.returncode == 2 and file.read_text("utf-8") == corrected  # a person's corrections are never written over
    for option in ("--template", "--profile"):
        out = tmp_path / option
        assert here("run", document, option, file, "--out", out).returncode == 0
        plan = json.loads((out / "riego" / "plan.json").read_text("utf-8"))
        actuals = [m["quantity"]["value"] for i in plan["indicators"] for m in i["measures"] if m["measure"] == "actual"]
        assert actuals == [10, 3, 3]
        assert [i["other"] for i in plan["indicators"]] == [{"Zona QZ": "puerto"}, {"Zona QZ": "pozo"}, {"Zona QZ": "muelle"}]
    evaluated = json.loads(here("evaluate", document, "--profile", file, "--format", "json").stdout)
    assert evaluated["documents"][0]["profile"] == "plantilla-riego"


def test_a_template_with_a_fault_says_its_line(here: Veedor, document: Path, tmp_path: Path) -> None:
    file = tmp_path / "riego.yaml"
    file.write_text("reading:\n  tables:\n  - columns:\n    - {header: Actividad, role: codigo}\n", "utf-8")
    done = here("run", document, "--template", file, "--out", tmp_path / "out")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert all(h in done.stderr for h in ("riego.yaml", "línea 4", "codigo", "code")), done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_there_is_said(here: Veedor, document: Path, tmp_path: Path) -> None:
    done = here("template", document, "--out", tmp_path / "nowhere" / "t.yaml")
    assert done.returncode == 2 and "Errno" not in done.stderr and "No existe la carpeta" in done.stderr


def test_a_document_that_cannot_be_read_gives_no_template(here: Veedor, tmp_path: Path) -> None:
    (tmp_path / "prose.txt").write_text("solo texto\n", "utf-8")
    done = here("template", tmp_path / "prose.txt", "--out", tmp_path / "t.yaml")
    assert done.returncode == 3 and "no-tables" in done.stderr and not (tmp_path / "t.yaml").exists()
