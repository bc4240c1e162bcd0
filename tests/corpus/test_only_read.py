"""A store where nobody may write, as on a disc or a share: it can be looked at and exported, and says that it cannot be changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas
import pytest
from sqlalchemy import text

import veedor.schema.frames  # noqa: F401 (imported when first needed; nobody may not be let into the folder of the program)
from veedor import Corpus
from veedor.corpus.ingest.adding import Wanted, add
from veedor.corpus.ingest.addresses import addresses
from veedor.corpus.ingest.local import on_this_machine
from veedor.corpus.ingest.settings import Settings
from veedor.corpus.store import migrating, opening
from veedor.corpus.store.marks import mark
from veedor.corpus.store.opening import open_store
from veedor.schema.errors import StoreError
from veedor.schema.limits import Limits

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there, permissions are of another kind")
NOBODY = 65534
RIEGO = "instituto-nacional-de-riego"
REPORT = (
    "Instituto Nacional de Riego\nSEGUIMIENTO DEL PLAN OPERATIVO 2022\nEnero a junio de 2022\n\n"
    "CÓDIGO\tACCIÓN\tUNIDAD DE MEDIDA\tMETA\tRESULTADO\nA.1.\tRevisar canales\tinforme\t4\t3\n"
)
MODES = {"a disc": (0o555, 0o444), "a closed folder": (0o555, 0o666), "a closed file": (0o777, 0o444)}


@pytest.fixture(scope="module")
def written(workers: None) -> Iterator[Path]:
    """A store of one report, in a folder that anyone may enter."""
    room = Path(tempfile.mkdtemp())
    room.chmod(0o755)
    (room / "r.txt").write_text(REPORT, encoding="utf-8")
    store = open_store(room / "c.sqlite", create=True)
    add(store, Wanted(addresses([str(room / "r.txt")])), on_this_machine(1, Limits()), Settings())
    store.close()
    yield room
    shutil.rmtree(room)


@pytest.fixture(params=list(MODES))
def closed(request: pytest.FixtureRequest, written: Path) -> Iterator[Path]:
    """The store where this process may only read it; a folder beside it in which it may write is the one it works in."""
    folder, file = MODES[request.param]
    room = written / "closed"
    room.mkdir()
    shutil.copy(written / "c.sqlite", room)
    (room / "out").mkdir()
    (room / "out").chmod(0o777)
    (room / "c.sqlite").chmod(file)
    room.chmod(folder)
    if os.geteuid() == 0:  # whom nothing is closed to
        os.seteuid(NOBODY)
    try:
        yield room
    finally:
        os.seteuid(os.getuid())
        room.chmod(0o755)
        shutil.rmtree(room)


Here = Callable[..., Any]


def test_it_can_be_looked_at_and_exported(here: Here, closed: Path) -> None:
    before = (closed / "c.sqlite").read_bytes()
    store = ("--store", closed / "c.sqlite")
    for command in (("list",), ("show", "r"), ("status",), ("history", RIEGO), ("compare",), ("questions",), ("journal", "--check")):
        done = here("corpus", *command, *store)
        assert (done.returncode, done.stderr) == (0, ""), command
    done = here("corpus", "export", *store, "--format", "csv", "--out", closed / "out" / "e")
    assert done.returncode == 0 and "Revisar canales" in (closed / "out" / "e" / "indicators.csv").read_text("utf-8")
    with Corpus(closed / "c.sqlite") as corpus:
        assert isinstance(corpus.indicators(), pandas.DataFrame)  # it is loaded before this process is somebody else
        assert len(corpus.indicators()) == len(corpus.history(RIEGO)) == len(corpus.query("SELECT * FROM execution")) == 1
        assert len(corpus.compare().lines) == 1
    assert (closed / "c.sqlite").read_bytes() == before
    assert sorted(f.name for f in closed.iterdir()) == ["c.sqlite", "out"]


def test_what_would_change_it_says_so_and_what_to_do(here: Here, closed: Path) -> None:
    before = (closed / "c.sqlite").read_bytes()
    signed = ("--author", "Ana", "--reason", "porque")
    correction = ("correct", "r", "--row", "1", "--field", "annual_target", "--to", "5", *signed)
    for command in (("add", closed.parent / "r.txt"), ("add",), ("remove", "r", "--yes"), correction, ("approve", "r", *signed)):
        done = here("corpus", *command, "--store", closed / "c.sqlite")
        assert done.returncode == 3 and "donde no se puede escribir" in done.stderr and "Cópiela" in done.stderr, (command, done)
    with Corpus(closed / "c.sqlite") as corpus, pytest.raises(StoreError, match="Cópiela"):
        corpus.add(closed.parent / "r.txt")
    assert (closed / "c.sqlite").read_bytes() == before and not (closed / "c.sqlite.lock").exists()


@pytest.fixture
def read_only(tmp_path: Path, written: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the store that is taken for one where nobody may write."""
    shutil.copy(written / "c.sqlite", tmp_path)
    monkeypatch.setattr(opening, "may_write", lambda file: False)
    return tmp_path / "c.sqlite"


def test_years_that_wait_to_be_linked_are_said(here: Here, read_only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(opening, "may_write", lambda file: True)
        store = open_store(read_only)
        with store.writing() as connection:
            mark(connection, RIEGO, 2022)
        store.close()
    for command in (("history", RIEGO), ("compare",), ("list",), ("show", "r"), ("export", "--out", read_only.parent / "e")):
        done = here("corpus", *command, "--store", read_only)
        assert done.returncode == 0 and f"por enlazar ({RIEGO} 2022)" in done.stderr, command
    with Corpus(read_only) as corpus, pytest.warns(UserWarning, match="por enlazar"):
        assert len(corpus.history(RIEGO)) == 1


def test_it_is_no_state_between_two_that_is_shown(read_only: Path) -> None:
    store = open_store(read_only)
    with pytest.raises(StoreError, match="Repita"), store.reading() as connection:
        connection.execute(text("SELECT count(*) FROM documents"))
        with sqlite3.connect(read_only) as other:
            other.execute("DELETE FROM findings")
        other.close()
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM findings")).scalar() == 0
    store.close()


def test_what_somebody_writes_now_is_seen(read_only: Path) -> None:
    other = sqlite3.connect(read_only, isolation_level=None)
    other.execute("UPDATE documents SET title = 'Otro'")  # in the log beside it, while this connection is open
    store = open_store(read_only)
    with store.reading() as connection:
        assert connection.execute(text("SELECT title FROM documents")).scalar() == "Otro"
    store.close()
    other.close()


def test_a_log_that_cannot_be_read_is_not_passed_over(closed: Path) -> None:
    if closed.stat().st_mode & 0o002:
        pytest.skip("where files can be made, SQLite reads it")
    os.seteuid(os.getuid())
    (closed / "c.sqlite-wal").write_bytes(b"x" * 4096)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    with pytest.raises(StoreError, match="-wal"):
        open_store(closed / "c.sqlite")


def test_an_older_one_says_that_it_must_be_copied(read_only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "HEAD", "9999")
    with pytest.raises(StoreError, match="ponerla al día"):
        open_store(read_only)


def test_an_interrupted_ingestion_is_linked_before_anyone_is_told_what_is_current(here: Here, tmp_path: Path, written: Path) -> None:
    shutil.copy(written / "c.sqlite", tmp_path)
    store = open_store(tmp_path / "c.sqlite")
    with store.writing() as connection:
        mark(connection, RIEGO, 2022)
        connection.execute(text("UPDATE documents SET replaced_by = id"))  # as an earlier version of the year had it
    options = ("--store", tmp_path / "c.sqlite")
    listed = here("corpus", "list", *options)
    assert "por enlazar" in listed.stderr and "por enlazar" in here("corpus", "status", *options).stdout
    assert '"year": 2022' in here("corpus", "status", "--format", "json", *options).stdout
    done = here("corpus", "compare", *options)
    assert done.stderr == "" and "2022" in done.stdout and here("corpus", "list", *options).stderr == ""
    with store.writing() as connection:
        mark(connection, RIEGO, 2022)
        connection.execute(text("UPDATE documents SET replaced_by = id"))
    store.close()
    with Corpus(tmp_path / "c.sqlite") as corpus, warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(corpus.indicators()) == 1
