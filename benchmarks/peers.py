"""Every way in which the comparison reads tables: veedor and the other tools, each as its users would and at its best settings.

Runs in the environment of the tool, where veedor may be missing; so nothing but the standard library is imported before it is asked for.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shutil import which
from typing import Any

from adjacency import Cell, Table
from contenders import boxed, by_camelot, by_pdfplumber, by_veedor, ruled

OURS = "veedor"
HERE, PEERS, RUST = "", "bench", "bench-rs"
"""Environments: that of veedor, and one for each dependency group: pdfplumber-rs is imported by the same name as pdfplumber."""


@dataclass(frozen=True, slots=True)
class Way:
    """A tool with its settings; the package that it comes in, the group that installs it and the program beside that it needs.

    ``seen`` says whether the measures of tables take it; what it gives else is nothing but its time and memory.
    """

    name: str
    package: str
    group: str
    tables: Callable[[Path], list[Table]]
    program: str = ""
    seen: bool = True

    def lacking(self) -> str:
        """What of it is not there: a package or a program; empty where all is."""
        try:
            version(self.package)
        except PackageNotFoundError:
            return self.package
        return self.program if self.program and which(self.program) is None else ""


def by_run(file: Path) -> list[Table]:
    """Everything that `veedor run` does with a document: tables, their meaning, the rules, the files and the report."""
    import tempfile

    from veedor.corpus.tasks import Options, run_document
    from veedor.review.report import render
    from veedor.schema.errors import DocumentError

    with tempfile.TemporaryDirectory(prefix="veedor-bench-") as folder:
        try:
            run_document(file, file.stem, Path(folder) / "document", Options(), render)
        except DocumentError:
            return []
    return []


def by_pdfplumber_text(file: Path) -> list[Table]:
    """Columns and rows from the alignment of words, for tables without a grid."""
    import pdfplumber

    words = {"vertical_strategy": "text", "horizontal_strategy": "text"}
    with pdfplumber.open(file) as pdf:
        return [Table(frozenset({page.page_number}), tuple(boxed(table))) for page in pdf.pages for table in page.find_tables(words)]


def by_pdfplumber_rs(file: Path) -> list[Table]:
    """The young port. It gives no boxes of covered positions, so a cell without a text of its own is one that another covers."""
    pdf: Any = import_module("pdfplumber").open(str(file))
    return [Table(frozenset({page.page_number}), tuple(_covering(t.extract()))) for page in pdf.pages for t in page.find_tables()]


def _covering(rows: Sequence[Sequence[str | None]]) -> Iterator[Cell]:
    """Cells that reach over the positions without a value to their right, then below."""
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is None or (r, c) in taken:
                continue
            right = next((k for k in range(c + 1, len(row)) if row[k] is not None or (r, k) in taken), len(row)) - 1
            low = r
            while low + 1 < len(rows) and all(
                rows[low + 1][k] is None and (low + 1, k) not in taken for k in range(c, min(right + 1, len(rows[low + 1])))
            ):
                low += 1
            taken |= {(i, k) for i in range(r, low + 1) for k in range(c, right + 1)}
            yield Cell(r, c, low, right, text)


def by_camelot_as(flavor: str, file: Path) -> list[Table]:
    """Flavours other than lattice; ``auto`` chooses for each page between the lattice and one for tables without a grid."""
    from camelot.io import read_pdf

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found: Any = read_pdf(str(file), pages="all", flavor=flavor, suppress_stdout=True)
    return [Table(frozenset({t.page}), tuple(ruled(t.cells) if t.flavor == "lattice" else _plain(t.data))) for t in found]


def by_tabula(mode: str, file: Path) -> list[Table]:
    """It does not tell the page of a table when asked for all pages at once: each may be of any, which is in its favour."""
    found: Any = import_module("tabula").read_pdf(str(file), pages="all", output_format="json", silent=True, **{mode: True})
    anywhere = frozenset(range(1, 1000))
    return [Table(anywhere, tuple(_plain([[cell["text"] for cell in row] for row in table["data"]]))) for table in found]


def by_img2table(borderless: bool, file: Path) -> list[Table]:
    """With rows that no line divides; scans by tesseract where it is installed. It repeats a text over all that its cell covers."""
    ocr: Any = import_module("img2table.ocr").TesseractOCR(n_threads=1, lang="spa") if which("tesseract") else None
    document: Any = import_module("img2table.document").PDF(str(file))
    found = document.extract_tables(ocr=ocr, implicit_rows=True, borderless_tables=borderless)
    return [Table(frozenset({page + 1}), tuple(_same_box(t.content))) for page, tables in found.items() for t in tables]


def _same_box(content: dict[int, list[Any]]) -> Iterator[Cell]:
    """One cell for all positions that share a box."""
    spots: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    texts: dict[tuple[int, ...], str] = {}
    for r, row in enumerate(content.values()):
        for c, cell in enumerate(row):
            box = (cell.bbox.x1, cell.bbox.y1, cell.bbox.x2, cell.bbox.y2)
            spots.setdefault(box, []).append((r, c))
            texts[box] = cell.value or ""
    for box, places in spots.items():
        (top, left), (low, right) = min(places), max(places)
        yield Cell(top, left, low, right, texts[box])


def _plain(rows: Iterable[Iterable[str | None]]) -> Iterator[Cell]:
    """A grid without spans."""
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            yield Cell(r, c, r, c, text or "")


WAYS = (
    Way(OURS, "veedor", HERE, by_veedor),
    Way("veedor run", "veedor", HERE, by_run, seen=False),
    Way("pdfplumber lines", "pdfplumber", PEERS, by_pdfplumber),
    Way("pdfplumber text", "pdfplumber", PEERS, by_pdfplumber_text),
    Way("pdfplumber-rs", "pdfplumber-rs", RUST, by_pdfplumber_rs),
    Way("camelot lattice", "camelot-py", PEERS, by_camelot),
    Way("camelot stream", "camelot-py", PEERS, partial(by_camelot_as, "stream")),
    Way("camelot auto", "camelot-py", PEERS, partial(by_camelot_as, "auto")),
    Way("tabula lattice", "tabula-py", PEERS, partial(by_tabula, "lattice"), "java"),
    Way("tabula stream", "tabula-py", PEERS, partial(by_tabula, "stream"), "java"),
    Way("img2table", "img2table", PEERS, partial(by_img2table, False)),
    Way("img2table borderless", "img2table", PEERS, partial(by_img2table, True)),
)


def way(name: str) -> Way:
    return next(w for w in WAYS if w.name == name)
