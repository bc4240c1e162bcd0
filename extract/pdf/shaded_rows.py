"""Tables that fills alone draw, without lines; and shaded rows whose names, or first row, stand above the shade: no table by themselves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .content import Box, PageContent, Rule, area, around, is_light, overlap
from .lines import Line, is_value, parted_line
from .rules import Frame, frames, joined
from .stacks import is_inside_rows
from .stretches import FAR
from .table import PageTable
from .upper_names import CLOSE

_BANDS = 3
"""Headings of rows that may stand between the names and the shade, one below the other."""
_MOST = 0.5
"""Of the columns: names over as many are the table's own."""
_SAME = 2.0
"""Points within which the columns of two areas are the same."""


def shaded_frames(page: PageContent, found: Sequence[Frame], pictures: Sequence[Box]) -> list[Frame]:
    """Frames made of the edges of filled cells, where nothing else rules them: shaded tables without lines."""
    boxes = [f.box for f in found if f.horizontal and f.vertical]
    fills = [
        f.box
        for f in page.fills
        if not is_light(f.colour)
        and 4 < f.box[3] - f.box[1] < 0.3 * page.height
        and f.box[2] - f.box[0] > 4
        and not any(overlap(f.box, b) > 0.5 * area(f.box) for b in [*boxes, *pictures])
    ]
    if len(fills) < 4 or len(fills) > 4000:
        return []
    horizontal = [Rule(y, b[0], b[2]) for b in fills for y in (b[1], b[3])]
    vertical = [Rule(x, b[1], b[3]) for b in fills for x in (b[0], b[2])]
    return [f for f in frames(joined(horizontal, 2.0), joined(vertical, 2.0)) if len(f.vertical) > 2 and len(f.horizontal) > 2]


@dataclass(slots=True)
class ShadedRows:
    """Shaded ``parts`` of the rows of one table, top to bottom."""

    parts: list[PageTable]

    @property
    def xs(self) -> list[float]:
        return self.parts[0].xs

    @property
    def box(self) -> Box:
        return around([t.box for t in self.parts])


def shaded_rows(
    tables: Sequence[PageTable], shaded: Sequence[Frame], lines: Sequence[Line], rules: Sequence[Rule]
) -> tuple[list[PageTable], list[ShadedRows]]:
    """The tables but for those of ``shaded`` frames that are a part of the rows of one; and these parts.

    Above these its level ``rules`` stand, other shaded rows of it, or, among the ``lines`` outside of tables,
    its names or a row that is not shaded.
    """
    areas = [frame.box for frame in shaded]
    inside = [t for t in tables if not t.levels and t.box in areas and is_inside_rows(t.box, rules)]
    found: list[ShadedRows] = []
    for table in sorted(tables, key=lambda t: t.box[1]):
        if table.levels or table.box not in areas or table in inside:
            continue
        over = max((t for t in tables if _is_above(t.box, table.box)), key=lambda t: t.box[3], default=None)
        above = _lines_above(table.box, over.box[3] if over is not None else 0.0, lines)
        before = next((rows for rows in found if rows.parts[-1] is over), None)
        if (
            before is not None
            and _are_same(before.xs, table.xs)
            and not any(_fits(line, table.xs) and not _is_figured(line) for line in above)
        ):
            before.parts.append(table)
        elif _first_above(above, table) is not None:
            found.append(ShadedRows([table]))
    gone = [*inside, *(t for rows in found for t in rows.parts)]
    return [t for t in tables if t not in gone], found


def region_of(rows: ShadedRows, lines: Sequence[Line], boxes: Sequence[Box]) -> Box:
    """The area of the table that has these rows, with its names above them and what follows without shade; clear of ``boxes``."""
    x0, top, x1, bottom = rows.box
    above = _lines_above(rows.box, max((b[3] for b in boxes if _is_above(b, rows.box)), default=0.0), lines)
    first = _first_above(above, rows.parts[0])
    for line in above[first:] if first is not None else ():
        size = line.bottom - line.top
        title = len(line.phrases) == 1 and line.x0 < rows.xs[1]
        if line is not above[first or 0] and (title or top - line.bottom > CLOSE * size):
            break
        top = line.top - 1
    end = min((b[1] for b in boxes if _is_above(rows.box, b)), default=float("inf"))
    for line in sorted(lines, key=lambda line: line.middle):
        if bottom < line.middle < end and line.x0 < x1 and line.x1 > x0:
            if line.top - bottom > line.bottom - line.top or not _fits(line, rows.xs) or not _is_figured(line):
                break
            bottom = line.bottom + 1
    return x0, top, x1, bottom


def _lines_above(box: Box, top: float, lines: Sequence[Line]) -> list[Line]:
    """The lines over an area up to a height, the nearest first."""
    above = [line for line in lines if top < line.middle < box[1] and line.x0 < box[2] and line.x1 > box[0]]
    return sorted(above, key=lambda line: -line.middle)


def _first_above(above: Sequence[Line], table: PageTable) -> int | None:
    """Which line above a table stands in its columns, behind a few headings of rows; None where none does."""
    edge = table.box[1]
    for k, line in enumerate(above):
        if edge - line.bottom > FAR * (line.bottom - line.top):
            return None
        if _fits(line, table.xs):
            return k
        if len(line.phrases) > 1 or k >= _BANDS:
            return None
        edge = line.top
    return None


def _is_figured(line: Line) -> bool:
    return any(is_value(p.text) for p in line.phrases)


def _fits(line: Line, xs: Sequence[float]) -> bool:
    """True for texts over many of the columns, none of them over two."""
    parts = parted_line(line, lambda a, b: any(a.x1 - 1 < x < b.x0 + 1 for x in xs)).phrases
    columns = {bisect_right(xs, p.x0 + 1) for p in parts}
    return len(columns) >= max(3, _MOST * (len(xs) - 1)) and all(bisect_right(xs, p.x0 + 1) == bisect_right(xs, p.x1 - 1) for p in parts)


def _is_above(a: Box, b: Box) -> bool:
    return a[3] <= b[1] + 1 and a[0] < b[2] and a[2] > b[0]


def _are_same(a: Sequence[float], b: Sequence[float]) -> bool:
    return len(a) == len(b) and all(abs(x - y) < _SAME for x, y in zip(a, b, strict=True))
