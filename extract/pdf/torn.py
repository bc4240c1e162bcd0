"""Tables drawn as two boxes side by side, names in one and their values in the other, made one again."""

from __future__ import annotations

from collections.abc import Sequence

from .content import around
from .lines import lines_of, phrases
from .rows import rows_of
from .table import PageCell, PageRow, PageTable

_APART = 40.0
"""Points between the two boxes at most."""
_OFF = 3.0


def rejoined(tables: Sequence[PageTable]) -> list[PageTable]:
    """The tables of a page with torn ones joined: a box of one column beside a table of as many rows, whose tops are level."""
    out = list(tables)
    for names in [t for t in tables if t.columns == 1]:
        for values in out:
            if values is names or values.columns < 2:
                continue
            left, right = sorted((names, values), key=lambda t: t.box[0])
            if not -1 <= right.box[0] - left.box[2] <= _APART or abs(left.box[1] - right.box[1]) > _OFF:
                continue
            rows = names.rows if _level(names, values) else _by_line(names)
            if len(rows) == len(values.rows) > 1:
                out.remove(names)
                out.remove(values)
                out.append(_beside(left, right, {id(names): rows}))
                break
    return out


def _level(a: PageTable, b: PageTable) -> bool:
    if len(a.rows) != len(b.rows):
        return False
    return all(abs(r.box[1] - s.box[1]) <= _OFF and abs(r.box[3] - s.box[3]) <= _OFF for r, s in zip(a.rows, b.rows, strict=True))


def _by_line(names: PageTable) -> list[PageRow]:
    """The names of a box that parts them by no rule, or by others than their values: one for each line that does not wrap."""
    rows = []
    lines = lines_of(phrases([w for r in names.rows for c in r.cells if c is not None for w in c.words]))
    for row in rows_of(lines, names.xs, ruled=True):
        words = row.words(0)
        cell = PageCell(words, around([w.box for w in words]))
        cell.settle()
        rows.append(PageRow([cell]))
    return rows


def _beside(left: PageTable, right: PageTable, rows_by_table: dict[int, list[PageRow]]) -> PageTable:
    a, b = (rows_by_table.get(id(t), t.rows) for t in (left, right))
    rows = [PageRow([*r.cells, *s.cells]) for r, s in zip(a, b, strict=True)]
    edge = (left.xs[-1] + right.xs[0]) / 2
    return PageTable(left.page, [*left.xs[:-1], edge, *right.xs[1:]], rows, around([left.box, right.box]), ruled=True)
