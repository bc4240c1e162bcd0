"""An export is written whole or not at all, over nothing but another export, with the same bytes for the same content."""

from __future__ import annotations

import builtins
import errno
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from veedor.corpus.export.catalogue import export, exporters
from veedor.corpus.export.dataset import Dataset, Entry
from veedor.corpus.export.spreadsheet import dangerous, defused, restored
from veedor.schema.errors import DataFileError, MissingPartError, OutputError

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = """
import sys
from pathlib import Path
from veedor import read
from veedor.corpus.export.catalogue import export, exporters
from veedor.corpus.export.dataset import Dataset, Kept, entry
from veedor.evaluate.evaluating import evaluate_plan
plan = read("corpus/samples/isss-pat-2023-evaluacion.txt")
one = entry(Kept(plan.document.name, plan.document.sha256, 1, "x"), plan, evaluate_plan(plan))
for name, exporter in exporters().items():
    export(Dataset(lambda: iter([one]), "t", "1"), name, Path(sys.argv[1]) / name)
"""


def digests(folder: Path) -> dict[str, str]:
    files = sorted(f for f in folder.rglob("*") if f.is_file())
    return {f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def test_the_same_content_has_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for seed, zone in (("1", "UTC"), ("2", "America/El_Salvador")):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", SCRIPT, str(folder)], cwd=ROOT, env=environment, check=True, timeout=120)
        made.append(digests(folder))
    assert made[0] == made[1] and len(made[0]) > 30


@pytest.mark.parametrize("name", list(exporters()))
def test_an_export_takes_the_place_of_another_of_any_format(name: str, published: Dataset, tmp_path: Path) -> None:
    out = tmp_path / "e"
    export(published, "csv", out)
    export(published, name, out)
    first = digests(tmp_path)
    export(published, name, out)
    assert digests(tmp_path) == first and [f.name for f in tmp_path.iterdir()] == ["e"]


@pytest.mark.parametrize("name", list(exporters()))
def test_anything_else_is_left_alone(name: str, published: Dataset, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    export(published, "csv", tmp_path / "e")
    (tmp_path / "e" / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "letter.txt")
    before = digests(tmp_path)
    for taken in ("letter.txt", "e", "link", ""):
        with pytest.raises(OutputError, match="no es una exportación"):
            export(published, name, tmp_path / taken)
    assert digests(tmp_path) == before


def test_a_file_of_ones_own_beside_those_of_stratml_is_left_alone(published: Dataset, tmp_path: Path) -> None:
    export(published, "stratml", tmp_path / "e")
    (tmp_path / "e" / "mine.xml").write_text("<mine/>", encoding="utf-8")
    with pytest.raises(OutputError, match="otros archivos"):
        export(published, "stratml", tmp_path / "e")
    assert (tmp_path / "e" / "mine.xml").exists()


@pytest.mark.parametrize("name", list(exporters()))
@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_half_an_export_never_stays(name: str, fault: BaseException, published: Dataset, documents: list[Entry], tmp_path: Path) -> None:
    export(published, name, tmp_path / "e")
    before = digests(tmp_path)

    def broken() -> Iterator[Entry]:
        yield documents[0]
        raise fault

    with pytest.raises(OutputError, match="no queda espacio") if isinstance(fault, OSError) else pytest.raises(KeyboardInterrupt):
        export(Dataset(broken, "t", "1"), name, tmp_path / "e")
    assert digests(tmp_path) == before and [f.name for f in tmp_path.iterdir()] == ["e"]


def test_a_database_that_finds_no_space_says_so(published: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def small(*arguments: Any, **named: Any) -> sqlite3.Connection:
        base = connect(*arguments, **named)
        base.execute("PRAGMA max_page_count = 40")
        return base

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(OutputError, match="no queda espacio en el disco"):
        export(published, "sqlite", tmp_path / "e.db")


def test_a_folder_that_is_not_there_is_made(published: Dataset, tmp_path: Path) -> None:
    export(published, "json", tmp_path / "a" / "b" / "e.json")
    (tmp_path / "empty").mkdir()
    export(published, "csv", tmp_path / "empty")
    assert (tmp_path / "empty" / "documents.csv").is_file()


def test_a_place_that_cannot_be_written_is_said(published: Dataset, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="No se pudo escribir"):
        export(published, "json", tmp_path / "file" / "e.json")


def test_unknown_format(published: Dataset, tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"«pdf».*csv, csv-hoja"):
        export(published, "pdf", tmp_path / "e")


def test_parquet_says_what_installs_it(published: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingPartError, match=r"pip install 'veedor\[parquet\]'"):
        export(published, "parquet", tmp_path / "e")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    ["=1", "+1", "-1", "@A", "\t=1", "\rx", "\n=1", "＝1", "＋1", "－1", "＠A", ' "=1', "\u200b=1", "\ufeff+1", "\u202e=1", "\u00a0=1"],
)
def test_what_could_be_a_formula_is_defused(text: str) -> None:
    assert dangerous(text) and defused(text) == "'" + text and restored(defused(text)) == text


@pytest.mark.parametrize("text", ["", "a=1", "1-2", "«=1»", "90%", "≥ 90%", "ñ", "(=1)", "Año 2022: +5 %"])
def test_other_texts_stay(text: str) -> None:
    assert not dangerous(text) and defused(text) == text


@pytest.mark.parametrize("text", ["'", "''", "'=1", "'hola'"])
def test_an_apostrophe_of_the_document_comes_back(text: str) -> None:
    assert defused(text) == "'" + text and restored(defused(text)) == text


KILLED = """
import os, sys
from pathlib import Path
from veedor.corpus.export import placing
from veedor.corpus.export.catalogue import export
from veedor.corpus.export.dataset import Dataset
real = Path.rename
def rename(self, target):
    real(self, target)
    if self == Path(sys.argv[1]):
        os.kill(os.getpid(), 9)
Path.rename = rename
def none():
    if sys.argv[3] == "writing":
        os.kill(os.getpid(), 9)
    yield from ()
export(Dataset(none, "t", "1"), sys.argv[2], Path(sys.argv[1]))
"""


def killed(out: Path, form: str, when: str) -> None:
    """An export that is killed while it writes, or between the two steps that replace a folder."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", KILLED, str(out), form, when], cwd=ROOT, env=environment, check=False, timeout=120)
    assert done.returncode == -9


posix = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


@posix
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_next_export_takes_away_what_a_killed_one_left(form: str, published: Dataset, tmp_path: Path) -> None:
    out = tmp_path / "e"
    export(published, form, out)
    before = digests(tmp_path)
    killed(out, form, "writing")
    assert digests(tmp_path).items() >= before.items()
    killed(tmp_path / "e.b", form, "writing")  # what others left is theirs
    left = sorted(f.name for f in tmp_path.iterdir())
    assert len(left) == 3
    export(published, form, out)
    assert sorted(f.name for f in tmp_path.iterdir()) == [n for n in left if n == "e" or n.startswith(".e.b.")]


@posix
def test_the_next_export_brings_back_what_a_killed_one_had_moved_away(published: Dataset, tmp_path: Path) -> None:
    out = tmp_path / "e"
    export(published, "csv", out)
    before = digests(out)
    killed(out, "csv", "between")
    assert not out.exists()

    def broken() -> Iterator[Entry]:
        raise OSError(errno.ENOSPC, "No space left on device")
        yield

    with pytest.raises(OutputError):
        export(Dataset(broken, "t", "1"), "csv", out)
    assert digests(out) == before and [f.name for f in tmp_path.iterdir()] == ["e"]


def test_an_export_may_have_any_name(published: Dataset, tmp_path: Path) -> None:
    for name in ("before", "made"):
        for _ in range(2):
            export(published, "csv", tmp_path / name)
        assert (tmp_path / name / "documents.csv").is_file()
