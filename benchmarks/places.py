"""Measures whether each cell of a PDF says where it stands: its box, read again by pdfplumber, gives its text.

python benchmarks/places.py [--misses] [FILE...]
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from measured import Measured

GOAL = 0.01
"""Share of cells whose box may give another text."""
FIRST_PAGES = 20
SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass(slots=True)
class Checked:
    """The cells of one document that hold text, and those whose box gives another: page, box, text, text read again."""

    name: str
    cells: int = 0
    unread: int = 0
    """Cells in fonts of which the second program has no letters."""
    misses: list[tuple[int, tuple[float | None, ...], str, str | None]] = field(default_factory=list)

    @property
    def share(self) -> float:
        return 1 - len(self.misses) / self.cells if self.cells else 1.0


def documents(data: Path) -> list[Path]:
    """The born-digital PDFs of a folder with ``samples/`` and ``real/``."""
    samples = [f for f in sorted((data / "samples").glob("*.pdf")) if "scan" not in f.stem]
    return [*samples, *sorted((data / "real").glob("born-*.pdf")), *sorted((data / "real").glob("long-*.pdf"))]


def check(file: Path) -> Checked:
    """Every cell of the first pages of a document, read again. Blanks do not count: the programs see gaps differently."""
    from veedor.extract.options import ReadOptions
    from veedor.extract.pdf.second_reading import read_again
    from veedor.extract.reading import read_raw
    from veedor.schema.errors import DocumentError

    try:
        raw = read_raw(file, ReadOptions(pages=frozenset(range(1, FIRST_PAGES + 1))))
    except DocumentError:  # a scan has no cells
        return Checked(file.stem)
    rows = [row for t in raw.tables for row in (*t.header, *t.rows)]
    cells = list(dict.fromkeys((c.place, c.text) for row in rows for _, c in row.filled))
    again = read_again(file.read_bytes(), None, {place for place, _ in cells})
    checked = Checked(file.stem, len(cells))
    for place, text in cells:
        if again[place] is None:
            checked.unread += 1
        elif _bare(again[place]) != _bare(text):
            checked.misses.append((place.page or 0, (place.x0, place.top, place.x1, place.bottom), text, again[place]))
    return checked


def _bare(text: str | None) -> str:
    return "".join((text or "").split())


def compared(data: Path) -> Iterator[Measured]:
    """The share of cells whose box gives another text, over all documents."""
    if not (files := documents(data)) or not _there():
        return
    found = [check(file) for file in files]
    missed, cells = sum(len(c.misses) for c in found), sum(c.cells for c in found)
    yield Measured("cells whose box, read again by pdfplumber, gives another text / cells", missed, cells, "cells", goal=GOAL)


def _there() -> bool:
    try:
        importlib.import_module("pdfplumber")
    except ImportError as error:
        print(f"The places of cells are not measured: {error}.", file=sys.stderr)
        return False
    return True


def lines(found: Sequence[Checked], misses: bool) -> Iterator[str]:
    """One line for each document, and under it, if asked for, each cell whose box gives another text."""
    for c in found:
        yield f"{c.name:<40}  {c.cells:>6} cells  {c.unread:>4} unread  {len(c.misses):>4} misses  {c.share:.4f}"
        if misses:
            for page, box, text, again in c.misses:
                yield f"    p. {page} {box}: {text!r}, again {again!r}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="PDFs (default: those of --data)")
    parser.add_argument("--data", type=Path, default=SHARED, help="folder with samples/ and real/ (default: %(default)s)")
    parser.add_argument("--misses", action="store_true", help="print each cell whose box gives another text")
    options = parser.parse_args()
    if not _there():
        return
    found = [check(file) for file in options.files or documents(options.data)]
    print("\n".join(lines(found, options.misses)))


if __name__ == "__main__":
    main()
