"""How long a scan takes: against the bare engine on the same pictures, a second time from what was kept, and with how much memory."""

from __future__ import annotations

import logging
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from measured import Measured
from pdf_speed import peak

FILES = ("samples/000-scan-calc.pdf", "real/scan-2022-12.pdf")
LONGEST = 1600
"""Pixels of the longer side on which the bare engine looks for lines: below it single digits are lost."""
MOST_MEMORY = 1600  # MB
VEEDOR = [sys.executable, "-c", "from veedor.cli import main; main()"]


def compared(data: Path, room: Path) -> Iterator[Measured]:
    """Every figure of the scans that ``data`` holds."""
    files = [data / name for name in FILES if (data / name).exists()]
    if not files:
        print("The speed of scans is not measured: none is among the data.", file=sys.stderr)
        return
    yield from _pages([(f.stem, picture) for f in files for picture in _pictures(f)])
    yield _again(files[0], room)
    os.environ["VEEDOR_CACHE"] = str(room / "memory")
    for file in files:
        yield Measured(f"memory of run, {file.stem}, against {MOST_MEMORY} MB", peak(file), MOST_MEMORY, "MB", goal=1)


def _pictures(file: Path) -> list[Any]:
    from veedor.extract.scan.pages import picture_of

    document = pypdfium2.PdfDocument(file)
    try:
        return [picture_of(document, k) for k in range(len(document))]
    finally:
        document.close()


def _pages(pictures: Sequence[tuple[str, Any]]) -> Iterator[Measured]:
    """Each page read by both in turns, so that a busy moment falls on both; the first of each is not counted."""
    from veedor.extract.scan.reading import read_picture

    at_least, as_it_comes = bare(LONGEST), bare(None)
    jobs: list[Callable[[Any], object]] = [read_picture, lambda p: at_least(p.pixels), lambda p: as_it_comes(p.pixels)]
    seconds: list[list[float]] = [[] for _ in jobs]
    for job in jobs:
        job(pictures[0][1])
    for _, picture in pictures:
        for job, found in zip(jobs, seconds, strict=True):
            started = time.perf_counter()
            job(picture)
            found.append(time.perf_counter() - started)
    ours, least, usual = (statistics.mean(found) for found in seconds)
    yield Measured(f"a scanned page / the bare engine at {LONGEST} px, {len(pictures)} pages", ours, least, goal=1.25)
    yield Measured(f"a scanned page / the bare engine as it comes, {len(pictures)} pages", ours, usual)


def bare(longest: int | None) -> Callable[[np.ndarray], object]:
    """rapidocr by itself, whole page; ``longest``: pixels of the longer side for its detector, None for its own limits."""
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    limits = {"Det.limit_type": "max", "Det.limit_side_len": longest} if longest else {}
    engine = RapidOCR(params={"Global.log_level": "error", **limits})
    return lambda pixels: engine(pixels, return_word_box=False)


def _again(file: Path, room: Path) -> Measured:
    """The whole command twice: the second time the pages are there already."""
    seconds: list[float] = []
    environment = os.environ | {"VEEDOR_CACHE": str(room / "again")}
    for _ in ("first", "second"):
        started = time.perf_counter()
        subprocess.run([*VEEDOR, "extract", str(file)], check=True, capture_output=True, env=environment)
        seconds.append(time.perf_counter() - started)
    return Measured(f"veedor extract, {file.stem}, a second time / the first", seconds[1], seconds[0], goal=0.05)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory(prefix="veedor-bench-") as folder:
        for measured in compared(Path(__file__).resolve().parents[2] / "shared", Path(folder)):
            print("  ".join(measured.cells()), flush=True)
