"""The tools that the benchmark of tables compares: each a function from a PDF to its tables, spans as the tool itself knows them.

All run with the settings that they come with. Blank cells are kept: how many lie between two cells is part of the measure.
"""

from __future__ import annotations

import importlib
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adjacency import Cell, Table


@dataclass(frozen=True, slots=True)
class Contender:
    """A tool by its name, the module that has to be there, and how it reads the tables of a PDF."""

    name: str
    module: str
    tables: Callable[[Path], list[Table]]

    def load(self) -> str:
        """Loads the module, so that the first document does not pay for it. Says why that cannot be, or nothing."""
        try:
            importlib.import_module(self.module)
        except ImportError as error:
            return str(error)
        return ""


def by_veedor(file: Path) -> list[Table]:
    """Logical tables, header levels first; a table that goes on over pages is one. A document that is refused has none.

    A header that stands on an earlier part only is left out: it is not printed there.
    """
    from veedor.extract.reading import read_raw
    from veedor.schema.errors import DocumentError

    try:
        document = read_raw(file)
    except DocumentError:
        return []
    tables: list[Table] = []
    for table in document.tables:
        rows = table.rows if table.inherited else (*table.header, *table.rows)
        placed = [(r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row.cells) if cell is not None]
        cells = tuple(Cell(r, c, r + cell.row_span - 1, c + cell.col_span - 1, cell.text) for r, c, cell in placed)
        tables.append(Table(frozenset(table.pages), cells))
    return tables


def by_pdfplumber(file: Path) -> list[Table]:
    """What ``page.extract_tables()`` gives. A position that is None there is covered: by which cell, the boxes of the cells tell."""
    import pdfplumber

    with pdfplumber.open(file) as pdf:
        return [Table(frozenset({page.page_number}), tuple(boxed(table))) for page in pdf.pages for table in page.find_tables()]


def boxed(table: Any) -> Iterator[Cell]:
    """The cells of a pdfplumber table; each reaches to the last row and column that begin before its box ends."""
    lefts = sorted({box[0] for box in table.cells})
    tops = sorted({box[1] for box in table.cells})
    for r, (row, texts) in enumerate(zip(table.rows, table.extract(), strict=True)):
        for c, (box, text) in enumerate(zip(row.cells, texts, strict=True)):
            if box is not None:
                yield Cell(r, c, bisect_left(tops, box[3]) - 1, bisect_left(lefts, box[2]) - 1, text or "")


def by_camelot(file: Path) -> list[Table]:
    """Lattice. Its grid has no spans, but knows the lines: positions without one between them are one cell, if they form a rectangle."""
    from camelot.io import read_pdf

    found: Any = read_pdf(str(file), pages="all", flavor="lattice", suppress_stdout=True)
    return [Table(frozenset({table.page}), tuple(ruled(table.cells))) for table in found]


def ruled(grid: list[list[Any]]) -> Iterator[Cell]:
    """The cells of a camelot grid."""
    seen: set[tuple[int, int]] = set()
    for r, row in enumerate(grid):
        for c in range(len(row)):
            if (r, c) in seen:
                continue
            group = _open_to(grid, (r, c))
            seen |= group
            rows, cols = {p[0] for p in group}, {p[1] for p in group}
            if len(group) == len(rows) * len(cols):
                yield Cell(min(rows), min(cols), max(rows), max(cols), " ".join(grid[i][j].text for i, j in sorted(group)))
            else:
                yield from (Cell(i, j, i, j, grid[i][j].text) for i, j in sorted(group))


def _open_to(grid: list[list[Any]], start: tuple[int, int]) -> set[tuple[int, int]]:
    """The positions that can be reached from one without crossing a line."""
    reached, waiting = {start}, [start]
    while waiting:
        r, c = waiting.pop()
        cell = grid[r][c]
        steps = ((cell.left, r, c - 1), (cell.right, r, c + 1), (cell.top, r - 1, c), (cell.bottom, r + 1, c))
        for closed, i, j in steps:
            if not closed and 0 <= i < len(grid) and 0 <= j < len(grid[i]) and (i, j) not in reached:
                reached.add((i, j))
                waiting.append((i, j))
    return reached


CONTENDERS = (
    Contender("veedor", "veedor.extract.reading", by_veedor),
    Contender("pdfplumber", "pdfplumber", by_pdfplumber),
    Contender("camelot lattice", "camelot", by_camelot),
)
