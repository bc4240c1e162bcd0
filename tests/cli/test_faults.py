"""What goes wrong around a command: a disk that is full, a folder that nobody may write to, a kill. Every command that writes is tried."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="faults are made by what Linux has")

TEXT = (
    "Instituto de Prueba del Estado\nPLAN OPERATIVO 2022\n\n"
    "Código\tActividad\tMeta anual\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\n"
    "A-1\tCapacitar al personal\t40\t10\t10\t10\t10\nA-2\tInformar al consejo\t8\t2\t2\t2\t9\n"
)
SIGNED = ("--author", "Ana", "--reason", "se ve en la página")
STORE = ("--store", "c.sqlite")
WRITES = {
    "run": ("docs", "--out", "out"),
    "template": ("docs/uno.txt", "--out", "template.yaml"),
    "lexicon add": ("actual", "Logro alcanzado al corte"),
    "corpus add": ("docs", "--store", "new.sqlite"),
    "corpus export": ("--out", "publish.xlsx", *STORE),
    "corpus remove": ("uno", "--yes", *STORE),
    "corpus correct": ("uno", "--row", "1", "--field", "target_q4", "--to", "2", *SIGNED, *STORE),
    "corpus withdraw": ("1", *SIGNED, *STORE),
    "corpus accept": ("uno", "ARI001-2", *SIGNED, *STORE),
    "corpus approve": ("uno", *SIGNED[:2], *STORE),
    "corpus dismiss": ("dos", "1", *SIGNED, *STORE),
    "corpus report": ("uno", "--out", "report.html", *STORE),
}
READS = {
    "extract": ("docs/uno.txt",),
    "evaluate": ("docs/uno.txt",),
    "rules": (),
    "schema": (),
    "lexicon check": ("docs/uno.txt",),
    "verify": ("made", "--sources", "docs"),
    "corpus list": STORE,
    "corpus show": ("uno", *STORE),
    "corpus status": STORE,
    "corpus history": ("instituto-de-prueba-del-estado", *STORE),
    "corpus compare": STORE,
    "corpus questions": STORE,
    "corpus journal": STORE,
}
ELSEWHERE = {"serve"}
"""It runs until it is ended: tests/cli/test_serve.py."""

FULL = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))"
"""No file takes another byte: so a disk is full, or its quota used up."""
CLOSED = (
    "import os, pathlib; from veedor.corpus.kernel import bind;"
    "bind([pathlib.Path(os.environ[n]) for n in ('TMPDIR', 'VEEDOR_CACHE')] + [pathlib.Path(os.devnull)])"
)
"""Nothing outside the folder for temporary files may be written, not by the system's own user either."""


def _leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[str]:
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from _leaves(inner, (*path, name))
    else:
        yield " ".join(path)


def test_every_command_is_tried() -> None:
    from veedor.cli.main import veedor

    assert sorted(_leaves(veedor)) == sorted([*WRITES, *READS, *ELSEWHERE])


def command(room: Path, fault: str, name: str, *arguments: str) -> subprocess.Popen[str]:
    """Starts a command in a room, with the fault; its folder for temporary files is beside it."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith("VEEDOR_")}
    variables |= {"TMPDIR": str(room.parent / "tmp"), "VEEDOR_LEXICON": str(room / "lexicon.yaml"), "PYTHONDONTWRITEBYTECODE": "1"}
    program = f"{fault}\nfrom veedor.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", program, *name.split(), *arguments],
        cwd=room,
        env=variables | {"VEEDOR_CACHE": os.environ["VEEDOR_CACHE"]},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, err = process.communicate(timeout=120)
    return process.returncode, out + err


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """A room with two documents, a store of them with a correction and a question, and what a run wrote."""
    room = tmp_path_factory.mktemp("faults") / "room"
    (room / "docs").mkdir(parents=True)
    (room.parent / "tmp").mkdir()
    (room / "docs" / "uno.txt").write_text(TEXT, "utf-8")
    for name, *arguments in (
        ("corpus add", "docs", *STORE),
        ("corpus correct", "uno", "--row", "2", "--field", "target_q4", "--to", "2", *SIGNED, *STORE),
    ):
        code, said = ended(command(room, "", name, *arguments))
        assert code == 0, said
    (room / "docs" / "dos.txt").write_text(TEXT + "Fin\n", "utf-8")
    for name, *arguments in (("corpus add", "docs", *STORE), ("run", "docs", "--out", "made")):
        code, said = ended(command(room, "", name, *arguments))
        assert code == 0, said
    return room


@pytest.fixture
def room(made: Path) -> Iterator[Path]:
    """A copy of that room, in a folder with a short name: the address of a socket has to fit beside it."""
    with tempfile.TemporaryDirectory(prefix="v") as folder:
        shutil.copytree(made, Path(folder, "room"))
        Path(folder, "tmp").mkdir()
        yield Path(folder, "room")


def state(room: Path) -> dict[str, object]:
    """Every file of a room and what is in it; of a store what it says, which has to be whole."""
    found: dict[str, object] = {}
    for path in sorted(room.rglob("*")):
        name = str(path.relative_to(room))
        if name == "c.sqlite":
            with sqlite3.connect(path) as store:
                assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                found[name] = list(store.iterdump())
            store.close()
        elif path.is_file() and not name.endswith(("-wal", "-shm", ".lock")):
            found[name] = path.read_bytes()
    return found


@pytest.mark.parametrize("fault", [pytest.param(FULL, id="full"), pytest.param(CLOSED, id="closed")])
@pytest.mark.parametrize("name", WRITES)
def test_what_cannot_be_written_is_said_and_leaves_nothing_half_done(room: Path, name: str, fault: str) -> None:
    before = state(room)
    code, said = ended(command(room, fault, name, *WRITES[name]))
    assert code == 3, said
    assert "Traceback" not in said
    assert any(word in said.lower() for word in ("revise", "libere", "indique otr", "suba")), said
    after = state(room)
    assert {k: v for k, v in after.items() if before.get(k) != v} == {}
    assert list((room.parent / "tmp").glob("veedor-*")) == []


@pytest.mark.parametrize("name", READS)
def test_what_only_reads_writes_nothing(room: Path, name: str) -> None:
    before = state(room)
    # Whether a store may be written is asked of the system, which does not tell of this fault: tests/corpus/test_only_read.py.
    code, said = ended(command(room, "" if STORE[0] in READS[name] else CLOSED, name, *READS[name]))
    assert code == 0, said
    assert state(room) == before


@pytest.mark.parametrize("name", ["run", "template", "corpus add", "corpus export", "corpus correct"])
def test_a_killed_command_leaves_nothing_half_written_and_is_repeated(room: Path, name: str) -> None:
    """The same command again does all of it, and takes away what the first left. benchmarks/faults.py kills at many more moments."""
    arguments = WRITES[name]
    before = state(room)
    process = command(room, "", name, *arguments)
    time.sleep(0.9)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    halfway = {k: v for k, v in state(room).items() if before.get(k) != v and not Path(k).parts[0].startswith(".")}
    # What was done whole before it was killed is refused again: a template is never overwritten, and the same is not corrected twice.
    if {"template": "template.yaml", "corpus correct": "c.sqlite"}.get(name) not in halfway:
        code, said = ended(command(room, "", name, *arguments))
        assert code == 0, said
    assert not [p for p in room.rglob(".*") if p.suffix != ".lock"]
    assert list((room.parent / "tmp").glob("veedor-*")) == []
    for path in (room / "out").rglob("*.csv"):
        assert path.read_bytes() == (room / "made" / path.relative_to(room / "out")).read_bytes()
