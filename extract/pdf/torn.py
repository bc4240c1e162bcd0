"""Tables drawn as two boxes side by side, names in one and their values in the other, made one again."""

from __future__ import annotations

from collections.abc import Sequence

from .content import around
from .table import PageRow, PageTable

_APART = 40.0
"""Points between the two boxes at most."""
_OFF = 3.0


def rejoined(tables: Sequence[PageTable]) -> list[PageTable]:
    """The tables of a page with torn ones joined: a box of one column beside one whose rows stand at the same heights."""
    out = list(tables)
    for names in [t for t in tables if t.columns == 1 and len(t.rows) > 1]:
        for values in out:
            if values is names or values.columns < 2 or len(values.rows) != len(names.rows):
                continue
            left, right = sorted((names, values), key=lambda t: t.box[0])
            if -1 <= right.box[0] - left.box[2] <= _APART and all(_level(a, b) for a, b in zip(left.rows, right.rows, strict=True)):
                out.remove(names)
                out.remove(values)
                out.append(_beside(left, right))
                break
    return out


def _level(a: PageRow, b: PageRow) -> bool:
    return abs(a.box[1] - b.box[1]) <= _OFF and abs(a.box[3] - b.box[3]) <= _OFF


def _beside(left: PageTable, right: PageTable) -> PageTable:
    rows = [PageRow([*a.cells, *b.cells]) for a, b in zip(left.rows, right.rows, strict=True)]
    edge = (left.xs[-1] + right.xs[0]) / 2
    return PageTable(left.page, [*left.xs[:-1], edge, *right.xs[1:]], rows, around([left.box, right.box]), ruled=True)
