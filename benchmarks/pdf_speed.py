"""How long veedor takes to read a PDF, against PDFium's bare text and pdfplumber in the same run, and how much memory a long one needs."""

from __future__ import annotations

import ctypes
import gc
import importlib.util
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from measured import Measured

RUNS = 9  # of the quick ones, in turns, so that a busy moment falls on all
PEAK = Path(__file__).with_name("peak.py")
RULED = (
    "samples/001-rl-ruled.pdf",
    "samples/002-rl-broken.pdf",
    "samples/003-writer-torn.pdf",
    "samples/004-writer-labels.pdf",
    "real/pe-igp_2018-T3_evaluacion-poi.pdf",
)
LONG = "real/long-spending-2024-06.pdf"
PAGES = 500
MOST_MEMORY = 300  # MB


def compared(data: Path, room: Path) -> Iterator[Measured]:
    """Every figure of the PDFs that ``data`` holds. What is missing is said on standard error and left out."""
    ruled = [data / name for name in RULED if _there(data / name)]
    gc.set_threshold(100_000, 50, 50)  # as in the worker that reads a document
    for file in ruled:
        yield from _pages(file, room)
    if _there(data / LONG):
        count = page_count(data / LONG)
        extract, run = (t / count * 1000 for t in _in_turns(2, lambda: _extract(data / LONG, room), lambda: _run(data / LONG, room)))
        yield Measured(f"run / extract, {data.joinpath(LONG).stem}, per page", run, extract, "ms", goal=3)
        yield Measured(f"memory of run, {count} pages, against {MOST_MEMORY} MB", peak(data / LONG), MOST_MEMORY, "MB", goal=1)
    if ruled:
        copies = room / "copies.pdf"
        repeated(ruled, PAGES, copies)
        yield Measured(f"memory of run, {PAGES} ruled pages, against {MOST_MEMORY} MB", peak(copies), MOST_MEMORY, "MB", goal=1)


def _there(file: Path) -> bool:
    if not file.is_file():
        print(f"Left out: {file.name} is not among the data.", file=sys.stderr)
    return file.is_file()


def _pages(file: Path, room: Path) -> Iterator[Measured]:
    """One document, per page: veedor's tables against PDFium's text and pdfplumber's tables, the whole run against the tables."""
    count = page_count(file)
    jobs: list[Callable[[], object]] = [lambda: bare_text(file), lambda: _extract(file, room), lambda: _run(file, room)]
    text, extract, run = (t / count * 1000 for t in _in_turns(RUNS, *jobs))
    yield Measured(f"extract / PDFium's bare text, {file.stem}, per page", extract, text, "ms", goal=10)
    yield Measured(f"run / extract, {file.stem}, per page", run, extract, "ms", goal=3)
    if importlib.util.find_spec("pdfplumber") is None:
        print("Left out: pdfplumber is not installed.", file=sys.stderr)
    else:
        extract, plumber = (t / count * 1000 for t in _in_turns(2, lambda: _extract(file, room), lambda: plumber_tables(file)))
        yield Measured(f"extract / pdfplumber's tables, {file.stem}, per page", extract, plumber, "ms", goal=1 / 6)


def _in_turns(runs: int, *jobs: Callable[[], object]) -> list[float]:
    """The median processor seconds of each job, after one run that is not counted: it loads what the job needs."""
    seconds: list[list[float]] = [[] for _ in jobs]
    for turn in range(runs + 1):
        for job, found in zip(jobs, seconds, strict=True):
            started = time.process_time()
            job()
            if turn:
                found.append(time.process_time() - started)
    return [statistics.median(found) for found in seconds]


def page_count(file: Path) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
    try:
        return len(document)
    finally:
        document.close()


def bare_text(file: Path) -> None:
    """The text of every page as PDFium gives it, and nothing else."""
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(file)
    for index in range(len(document)):
        page = raw.FPDF_LoadPage(document.raw, index)
        text = raw.FPDFText_LoadPage(page)
        count = raw.FPDFText_CountChars(text)
        raw.FPDFText_GetText(text, 0, count, (ctypes.c_ushort * (count + 1))())
        raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(page)
    document.close()


def plumber_tables(file: Path) -> None:
    import pdfplumber

    with pdfplumber.open(file) as document:
        for page in document.pages:
            page.extract_tables()
            page.close()


def _extract(file: Path, room: Path) -> None:
    """What the worker of `veedor extract` does."""
    from veedor.corpus.extraction import extract_document
    from veedor.extract.options import DEFAULT

    extract_document(file, file.stem, "json", DEFAULT, room / "tables.json")


def _run(file: Path, room: Path) -> None:
    """What the worker of `veedor run` does."""
    from veedor.corpus.tasks import Options, run_document
    from veedor.review.report import render

    run_document(file, file.stem, room / "document", Options(), render)


def peak(file: Path) -> float:
    """The most memory, in MB, that a run over a document holds, in a process of its own."""
    done = subprocess.run([sys.executable, str(PEAK), str(file)], check=True, capture_output=True, text=True)
    return float(done.stdout)


def repeated(files: Sequence[Path], pages: int, into: Path) -> None:
    """A document of so many pages: those of the files, again and again."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    sources = [pypdfium2.PdfDocument(file) for file in files]
    while len(document) < pages:
        for source in sources:
            document.import_pages(source, list(range(min(len(source), pages - len(document)))))
    document.save(into)
    document.close()
    for source in sources:
        source.close()
