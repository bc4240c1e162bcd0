"""Raw tables made for tests of what is done to recognised ones: a cell stands where its row and column say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from veedor.extract.raw import Cell, Row, Table
from veedor.schema.place import Place

At = tuple[int, int]
"""Row and column."""


def cell(text: str, row: int = 0, column: int = 0, page: int = 1, marks: Sequence[str] = (), readings: Sequence[str] = ()) -> Cell:
    at = Place(page=page, x0=100.0 * column, top=20.0 * row, x1=100.0 * column + 90, bottom=20.0 * row + 18)
    return Cell(text, at, marks=frozenset({"recognised", *marks}), readings=tuple(readings))


def table(
    rows: Sequence[Sequence[str]],
    readings: Mapping[At, Sequence[str]] | None = None,
    marks: Mapping[At, Sequence[str]] | None = None,
    page: int = 1,
) -> Table:
    """A table of one page; ``readings`` and ``marks`` of single cells."""
    made = []
    for r, texts in enumerate(rows):
        cells = [cell(t, r, c, page, (marks or {}).get((r, c), ()), (readings or {}).get((r, c), ())) for c, t in enumerate(texts)]
        made.append(Row(tuple(cells), Place(page=page, top=20.0 * r)))
    return Table((), tuple((f"c{k}",) for k in range(len(rows[0]))), tuple(made))


def texts(of: Table) -> list[list[str]]:
    return [[c.text if c else "" for c in row.cells] for row in of.rows]


def at(of: Table, row: int, column: int) -> Cell:
    found = of.rows[row].cells[column]
    assert found is not None
    return found


def marked(of: Table, name: str) -> set[At]:
    """The cells that have a mark."""
    return {(r, c) for r, row in enumerate(of.rows) for c, found in enumerate(row.cells) if found is not None and name in found.marks}
