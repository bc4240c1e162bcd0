"""An export of any format is verified: nothing differs that nobody altered, and what was altered is found in what the format keeps."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from veedor import __version__
from veedor.corpus.export.catalogue import export, exporters
from veedor.corpus.export.dataset import TABLES, Dataset, Entry, Kept, entry
from veedor.corpus.ingest.reading import facts_of
from veedor.corpus.verification.checking import check_document
from veedor.corpus.verification.derived import Asked
from veedor.corpus.verification.differences import Checked, Level, State
from veedor.corpus.verification.exported import keep_entries
from veedor.corpus.walk import read
from veedor.evaluate.evaluating import evaluate_plan
from veedor.schema.errors import ExitCode, VeedorError

NAME = "caja-poi-2022-seguimiento.txt"


@pytest.fixture(scope="module")
def original(samples: Path) -> Entry:
    plan = read(samples / NAME)
    evaluation = evaluate_plan(plan)
    settings: dict[str, Any] = {"language": "es", "read_by": __version__, "engine": "pdfium", "verify": "doubtful", "ocr": "auto"}
    size = (samples / NAME).stat().st_size
    kept = Kept(plan.document.name, plan.document.sha256, size, f"https://ejemplo.gob/{NAME}", **facts_of(plan, evaluation), **settings)
    return entry(kept, plan, evaluation)


@pytest.fixture
def checked(tmp_path: Path, samples: Path) -> Callable[[str, Entry], Checked]:
    """Writes an entry in a format and verifies that."""

    def check(form: str, given: Entry) -> Checked:
        out = tmp_path / f"export{exporters()[form].ENDING}"
        export(Dataset(lambda: iter([given]), "prueba", __version__), form, out)
        (room := tmp_path / "room").mkdir()
        (document,) = keep_entries(out, room)["documents"]
        return check_document(samples / NAME, document, Asked())["checked"]

    return check


@pytest.mark.parametrize("form", list(exporters()))
def test_what_nobody_altered_agrees(original: Entry, checked: Callable[[str, Entry], Checked], form: str) -> None:
    found = checked(form, original)
    assert (found.state, found.differences) == (State.AGREES, []) and found.standing.there > 100


@pytest.mark.parametrize("form", list(exporters()))
def test_an_altered_name_is_found(original: Entry, checked: Callable[[str, Entry], Checked], form: str) -> None:
    rows: dict[str, Any] = {name: [list(r) for r in its] for name, its in original.rows.items()}
    column = [f.name for f in TABLES["indicators"]].index("name")
    number = next(n for n, r in enumerate(rows["indicators"]) if r[[f.name for f in TABLES["indicators"]].index("kind")] == "action")
    rows["indicators"][number][column] = "=Otra acción que nadie planeó"
    found = checked(form, Entry(rows, original.plan))
    assert found.state is State.DIFFERS
    assert {d.column for d in found.differences if d.level is Level.VALUE} == {"name"}


def test_an_export_is_verified_from_the_command_line(here: Callable[..., Any], original: Entry, samples: Path, tmp_path: Path) -> None:
    export(Dataset(lambda: iter([original]), "prueba", __version__), "json", tmp_path / "e.json")
    shutil.copy(samples / NAME, tmp_path / "otro.txt")
    assert here("verify", tmp_path / "e.json", "--sources", tmp_path).returncode == ExitCode.DONE
    (tmp_path / "e.json").write_bytes((tmp_path / "e.json").read_bytes()[:-300])
    broken = here("verify", tmp_path / "e.json", "--sources", tmp_path)
    assert broken.returncode == ExitCode.USAGE and broken.stdout == "" and "Error" in broken.stderr


def test_what_is_no_export_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[]", "utf-8")
    with pytest.raises(VeedorError):
        keep_entries(tmp_path / "x.json", tmp_path)
