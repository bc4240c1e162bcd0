"""Cells of a table without a grid that one fill shows to be one: the label of a total over the columns before its figures."""

from __future__ import annotations

from collections.abc import Sequence

from .content import Box, Fill
from .table import PageCell, PageRow, PageTable

_PART = 0.5
"""Of the width of a column, or of the height of a row: a fill that covers more is meant for it."""


def join_shaded(table: PageTable, fills: Sequence[Fill]) -> None:
    """Makes the blank cells beside a text one with it, where a fill of this row alone covers them and no others.

    A fill over all columns tells of none: it is the shade of a whole row. Nor does that of a single row, which may be its columns'.
    """
    for row in table.body if len(table.rows) > 1 else ():
        for column, cell in row.filled:
            if cell.row_span > 1 or cell.col_span > 1:
                continue
            others = [r.box for r in table.rows if r is not row]
            mine = [f.box for f in fills if _holds(f.box, cell) and not any(_covers(f.box, b) for b in others)]
            if mine:
                _join(row, column, cell, _columns(max(mine, key=lambda b: b[2] - b[0]), table.xs))


def _join(row: PageRow, column: int, cell: PageCell, columns: Sequence[int]) -> None:
    rest = [row.cells[c] for c in columns if c != column]
    if column not in columns or not 1 < len(columns) < len(row.cells) or any(c is None or c.text or c.row_span > 1 for c in rest):
        return
    for c in columns:
        row.cells[c] = None
    row.cells[columns[0]] = cell
    cell.col_span = len(columns)


def _columns(box: Box, xs: Sequence[float]) -> list[int]:
    return [c for c in range(len(xs) - 1) if min(box[2], xs[c + 1]) - max(box[0], xs[c]) > _PART * (xs[c + 1] - xs[c])]


def _holds(box: Box, cell: PageCell) -> bool:
    x0, top, x1, bottom = cell.box
    return box[0] - 1 <= x0 and x1 <= box[2] + 1 and box[1] - 1 <= top and bottom <= box[3] + 1


def _covers(fill: Box, row: Box) -> bool:
    return min(fill[3], row[3]) - max(fill[1], row[1]) > _PART * (row[3] - row[1])
