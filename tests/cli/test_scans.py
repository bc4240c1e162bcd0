"""Scans on the command line: pictures are documents; without the engine the others are read, and the code is 5."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

Veedor = Callable[..., subprocess.CompletedProcess[str]]
Here = Callable[..., Any]
Draw = Callable[..., Path]
INSTALL = "pip install 'veedor[ocr]'"
# Python runs this file when it starts, that of the workers too: the engine is then not there.
HIDDEN = """
import importlib.metadata as metadata, sys
GONE = {gone!r}
real = metadata.version
def version(name):
    if name in GONE:
        raise metadata.PackageNotFoundError(name)
    return real(name)
metadata.version = version
sys.modules.update(dict.fromkeys(GONE))
"""


@pytest.fixture
def without(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, veedor: Veedor) -> Veedor:
    """Runs ``veedor`` where no engine is installed, or only the parts of it that the parameter leaves."""
    folder = tmp_path_factory.mktemp("hidden")
    (folder / "sitecustomize.py").write_text(HIDDEN.format(gone=getattr(request, "param", ("rapidocr", "onnxruntime"))), "utf-8")
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    return lambda *arguments, **variables: veedor(*arguments, PYTHONPATH=path, PATH=str(folder), **variables)


def at_once(veedor: Veedor, *calls: Sequence[str | Path]) -> list[subprocess.CompletedProcess[str]]:
    """What commands that know nothing of each other print, two run at a time: most of what each takes is to start."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda arguments: veedor(*arguments), calls))


def statuses(out: Path) -> dict[str, tuple[str, str | None]]:
    summary = json.loads((out / "summary.json").read_text("utf-8"))["documents"]
    return {d["document"]: (d["status"], d["reason"]) for d in summary}


@pytest.fixture
def mixed(scanned: Draw, tmp_path: Path, samples: Path) -> Path:
    """A born-digital document of two pages, the second put before it as a picture."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    writer.append(PdfReader(scanned()))
    writer.append(PdfReader(samples / "caja-poi-2022-cuadricula.pdf"), pages=(0, 1))
    writer.write(tmp_path / "mixed.pdf")
    return tmp_path / "mixed.pdf"


def test_a_scan_is_read(here: Here, scanned: Draw) -> None:
    done = here("extract", scanned(name="scan.jpg"))
    assert done.returncode == 0
    tables = json.loads(done.stdout)["tables"]
    assert ["A-2", "Evaluar", "268"] in [row for table in tables for row in table["rows"]]


def test_run_takes_pictures_from_a_folder(here: Here, scanned: Draw, tmp_path: Path) -> None:
    folder = scanned(name="uno.png").parent
    scanned(name="dos.tiff")
    assert here("run", folder, "--out", tmp_path / "out").returncode == 0
    assert statuses(tmp_path / "out") == dict.fromkeys(("dos", "uno"), ("done", None))


@pytest.mark.parametrize("without", [("rapidocr", "onnxruntime"), ("onnxruntime",)], ids=["no engine", "half an engine"], indirect=True)
def test_a_batch_without_the_engine_does_what_needs_none(without: Veedor, scanned: Draw, samples: Path, tmp_path: Path) -> None:
    born = samples / "caja-poi-2022-cuadricula.pdf"
    done = without("run", scanned(), scanned(name="foto.png"), born, "--out", tmp_path / "out")
    assert done.returncode == 5 and INSTALL in done.stdout
    assert statuses(tmp_path / "out") == {
        "scan": ("refused", "unsupported"),
        "foto": ("refused", "unsupported"),
        born.stem: ("done", None),
    }
    assert INSTALL in (tmp_path / "out" / "summary.json").read_text("utf-8")
    assert (tmp_path / "out" / born.stem / "report.html").exists()


@pytest.mark.parametrize("command", ["extract", "evaluate"])
def test_commands_that_print_say_what_is_missing(command: str, without: Veedor, scanned: Draw, samples: Path) -> None:
    pictures = [scanned(), scanned(name="foto.jpg")]
    calls = [pictures] if command == "evaluate" else [[p] for p in pictures]  # of which one takes several documents
    *missing, english, born = at_once(
        without, *((command, *given) for given in (*calls, [scanned(), "--lang", "en"], [samples / "isss-pat-2021-plan.txt"]))
    )
    assert [done.returncode for done in (*missing, english)] == [5] * (len(calls) + 1)
    assert INSTALL in english.stderr
    said = sorted(line for done in missing for line in done.stderr.splitlines() if INSTALL in line)
    assert len(said) == 2 and "foto.jpg" in said[0] and "scan.pdf" in said[1]
    assert (born.returncode, born.stderr) == (0, "")


def test_a_document_of_which_some_pages_need_the_engine(without: Veedor, mixed: Path, tmp_path: Path) -> None:
    printed, ran, unwanted = at_once(
        without, ("extract", mixed), ("run", mixed, "--out", tmp_path / "out"), ("extract", mixed, "--ocr", "never")
    )
    assert printed.returncode == 5 and json.loads(printed.stdout)["tables"]
    assert INSTALL in printed.stderr and "se leyó en parte" in printed.stderr
    assert ran.returncode == 5
    assert statuses(tmp_path / "out") == {"mixed": ("partial", None)}
    # its plan is there: to evaluate it again needs no engine; nor does who wants none
    assert without("evaluate", tmp_path / "out" / "mixed" / "plan.json").returncode == 0
    assert unwanted.returncode == 0


def test_without_recognition_a_picture_is_refused_and_no_part_is_missing(here: Here, scanned: Draw) -> None:
    for document in (scanned(), scanned(name="foto.png")):
        done = here("extract", document, "--ocr", "never")
        assert done.returncode == 3 and "unsupported" in done.stderr


def test_too_little_memory_is_said(here: Here, scanned: Draw) -> None:
    unread = scanned(rows=[("A-1", "Capacitar", "7")])  # by no other test: nothing was kept of it
    for memory in ("400", "450", "500", "600"):  # too little to load the engine, its models, to find the lines
        done = here("extract", unread, "--memory", memory)
        assert done.returncode == 3 and "out-of-memory" in done.stderr and "--memory" in done.stderr
