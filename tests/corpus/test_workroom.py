"""Nothing stays of the working copies of a process that was killed, and nothing is taken from one that lives."""

from __future__ import annotations

import contextlib
import runpy
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from veedor.corpus.worker import Job, run_jobs
from veedor.corpus.workroom import workroom
from veedor.schema.errors import OutputError, Reason
from veedor.schema.limits import Limits

PLAN = (
    "Instituto Nacional de Riego\nPLAN OPERATIVO ANUAL 2020\n\n"
    "CÓDIGO\tACCIÓN\tUNIDAD DE MEDIDA\tMETA ANUAL\tI TRIM\tII TRIM\tIII TRIM\tIV TRIM\nA.1.\tRevisar canales\tinforme\t1\t1\t0\t0\t0\n"
)
HOLDS = """
import time
from veedor.corpus.workroom import workroom
with workroom() as room:
    (room / "copia").touch()
    print(room, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    (folder := tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@contextlib.contextmanager
def holder() -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process that holds a folder."""
    with subprocess.Popen([sys.executable, "-c", HOLDS], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, Path(process.stdout.readline().strip())
        finally:
            process.kill()


def ours(folder: Path) -> list[Path]:
    return list(folder.glob("veedor-*"))


def test_what_a_killed_process_left_goes_and_what_a_living_one_has_stays(room: Path) -> None:
    with holder() as (living, kept), holder() as (killed, left):
        assert left.parent == kept.parent == room
        killed.kill()
        killed.wait()
        assert (left / "copia").exists()
        with workroom() as own:
            assert set(ours(room)) == {kept, own} and (kept / "copia").exists()
        assert ours(room) == [kept] and living.poll() is None


def test_what_is_not_known_to_be_left_behind_stays(room: Path, tmp_path: Path) -> None:
    (mine := tmp_path / "mine").mkdir()
    for name in (".lock", ".veedor", "letter"):
        (mine / name).touch()
    (room / "veedor-abcdefgh").symlink_to(mine)
    for name in ("veedor-just_new", "veedor-of_another_name", "other"):
        (room / name).mkdir()
    (room / "veedor-linkedto").mkdir()
    (room / "veedor-linkedto" / ".veedor").touch()
    (room / "veedor-linkedto" / ".lock").symlink_to(mine / "letter")
    before = sorted(room.rglob("*"))
    with workroom():
        pass
    assert sorted(room.rglob("*")) == before and (mine / "letter").exists()


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/no/such/folder")
    with pytest.raises(OutputError, match="TMPDIR"), workroom():
        pass


posix = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


@posix
def test_a_worker_that_is_killed_leaves_nothing(workers: None, room: Path, tmp_path: Path) -> None:
    script, told = tmp_path / "script.py", tmp_path / "told"
    where = told / "where"
    script.write_text(
        f"import os, pathlib, time\nhere = pathlib.Path(os.environ['TMPDIR'])\n"
        f"(here / 'copia').touch()\npathlib.Path({str(where)!r}).write_text(str(here))\ntime.sleep(60)\n"
    )
    [result] = run_jobs([Job(0, script, runpy.run_path, writes=(told,))], 1, Limits(2.0))  # type: ignore[arg-type]
    assert result.reason is Reason.TIMEOUT
    folder = Path(where.read_text().strip())
    assert folder.parent.parent == room and not folder.exists() and ours(room) == []


@posix
def test_an_ingestion_that_is_killed_leaves_no_copy_beyond_the_next(here: Callable[..., Any], room: Path, tmp_path: Path) -> None:
    (tmp_path / "planes").mkdir()
    for n in range(6):
        (tmp_path / "planes" / f"p{n}.txt").write_text(PLAN.replace("canales", f"canales {n}"), encoding="utf-8")
    command = [sys.executable, "-m", "veedor", "corpus", "add", tmp_path / "planes", "--store", tmp_path / "c.sqlite", "--jobs", "1"]
    with subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 60
        while not list(room.glob("veedor-*/*/p*.txt")) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert ours(room)
    assert here("corpus", "add", "--store", tmp_path / "c.sqlite", "--jobs", "1").returncode == 0
    assert ours(room) == []
