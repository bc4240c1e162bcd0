"""What tests share: documents written on the spot, the published dumps, and the command line in a process of its own."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from veedor.corpus.walk import read
from veedor.corpus.worker import start_server
from veedor.extract.raw import RawDocument
from veedor.extract.reading import read_raw
from veedor.schema.plan import Plan

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published dumps and hand-made truth, which is no part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there")
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    """The example dumps that come with veedor."""
    return ROOT / "corpus" / "samples"


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """The file of a dump given as text or bytes; ``name`` is its name."""

    def write(text: str | bytes, name: str = "doc.txt") -> Path:
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return file

    return write


@pytest.fixture
def read_text(written: Callable[..., Path]) -> Callable[..., RawDocument]:
    """Reads a dump given as text or bytes, and the name of its file."""
    return lambda *given: read_raw(written(*given))


@pytest.fixture
def plan_text(written: Callable[..., Path]) -> Callable[..., Plan]:
    """The plan of a dump given as text or bytes, and the name of its file."""
    return lambda *given: read(written(*given))


@pytest.fixture(scope="session")
def veedor(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs ``veedor`` as a user does: another process, output piped, in an empty folder unless ``cwd`` names one."""
    empty = tmp_path_factory.mktemp("cwd")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("VEEDOR_")} | {"PYTHONIOENCODING": "utf-8"}

    def run(*arguments: str | Path, cwd: Path = empty, **variables: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from veedor.cli import main; main()", *map(str, arguments)]
        env = environment | variables
        done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def workers() -> None:
    """The process that workers are forked from, with all rooms loaded, as the command line starts it."""
    start_server(["veedor.corpus.preload", "veedor.review.report"])


@pytest.fixture(scope="session")
def table() -> Callable[[Path], list[dict[str, str]]]:
    """The rows of a CSV file by column name."""

    def rows(file: Path) -> list[dict[str, str]]:
        with file.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    return rows
