"""Charts: areas of bars whose labels repeat a table's figures and are no table."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence

from .content import Box, Fill, PageContent, Word, area, around, is_light, overlap, within
from .grid import grid_of
from .lines import lines_of, phrases
from .rules import Frame

_BARS = 4
_THINNEST = 2.5
"""Points: what is thinner is a line or the corner of one."""
_TEXTS, _FULL_ROWS = 2, 0.5
"""Cells with text that make a row of a frame full, and the share of full rows that makes the frame a table: in a chart the fields
between the lines of its scale are blank, or hold the label of one bar."""


def charts(page: PageContent, frames: Sequence[Frame]) -> list[Box]:
    """The areas of charts: bars on one base line with different lengths, and the box drawn around them.

    Shaded cells of different lengths are none: bands and totals of a table, header cells of several levels, bars drawn in its cells.
    """
    groups = [group for axis in (0, 1) for group in _bars(page.fills, axis) if not _has_cells(group, axis, page.words)]
    bars = [around(group) for group in groups if not all(_is_cell(bar, frames, page.words) for bar in group)]
    out: list[Box] = []
    for box in bars:
        holding = [f for f in frames if area(f.box) > area(box) and overlap(f.box, box) > 0.9 * area(box)]
        if any(_is_table(f, page.words) for f in holding):
            continue
        around_it = [f.box for f in holding]
        fills = [f.box for f in page.fills if area(f.box) > area(box) and overlap(f.box, box) > 0.9 * area(box) and _is_panel(f.box, page)]
        whole = min([*around_it, *fills], key=area, default=box)
        grown = [f.box for f in frames if overlap(f.box, whole) > 0 and not _holds(f.box, whole)]
        out.append(around([whole, *(g for g in grown if area(g) < 3 * area(whole))]))
    return _united(out)


def _is_cell(bar: Box, frames: Sequence[Frame], words: Sequence[Word]) -> bool:
    """True for a filled part of a table of its own: the shaded headers of small tables below each other are no bars."""
    return any(area(f.box) > area(bar) and overlap(f.box, bar) > 0.9 * area(bar) and _is_table(f, words) for f in frames)


def _is_panel(box: Box, page: PageContent) -> bool:
    return area(box) < 0.8 * page.width * page.height


def _has_cells(bars: Sequence[Box], axis: int, words: Sequence[Word]) -> bool:
    """True where names stand between the bars: of the rows between shaded bands, of the columns between shaded header cells.

    Between bars that stand there is no name but that of a column; between those that lie a chart may print that of the next bar.
    """
    inner = within(words, around(list(bars)))
    places = sorted(bars, key=lambda b: b[axis])
    gaps = [(a[axis + 2], b[axis]) for a, b in itertools.pairwise(places) if b[axis] - a[axis + 2] > _THINNEST]
    named = 0
    for lo, hi in gaps:
        found = [w for w in inner if lo < ((w.x0 + w.x1) / 2, (w.top + w.bottom) / 2)[axis] < hi]
        row = axis == 0 or any(len(line.phrases) > 1 for line in lines_of(phrases(found)))
        named += row and any(c.isalpha() for w in found for c in w.text)
    return bool(gaps) and named >= 0.5 * len(gaps)


def _is_table(frame: Frame, words: Sequence[Word]) -> bool:
    """True where most rows of a frame's cells hold text in several of them."""
    grid = grid_of(frame) if frame.vertical and frame.horizontal else None
    if grid is None or grid.rows < 2:
        return False
    full: dict[int, set[int]] = {}
    for w in within(words, grid.box):
        cell = grid.at((w.x0 + w.x1) / 2, (w.top + w.bottom) / 2)
        if cell is not None:
            full.setdefault(cell.row, set()).add(cell.col)
    return sum(len(columns) >= _TEXTS for columns in full.values()) >= _FULL_ROWS * grid.rows


def _bars(fills: Sequence[Fill], axis: int) -> list[list[Box]]:
    """Groups of bars: equal in width, one end on the same line, of at least three lengths. ``axis`` 0: upright bars."""
    groups: dict[tuple[int, int], list[Box]] = defaultdict(list)
    for fill in fills:
        x0, top, x1, bottom = fill.box
        if is_light(fill.colour) or min(x1 - x0, bottom - top) < _THINNEST:
            continue
        if axis == 0:
            groups[(round(bottom / 1.5), round((x1 - x0) / 1.5))].append(fill.box)
        else:
            groups[(round(x0 / 1.5), round((bottom - top) / 1.5))].append(fill.box)
    found = []
    for boxes in groups.values():
        lengths = {round(b[3] - b[1] if axis == 0 else b[2] - b[0]) for b in boxes}
        starts = _distinct(b[0] if axis == 0 else b[1] for b in boxes)
        thick = boxes[0][2] - boxes[0][0] if axis == 0 else boxes[0][3] - boxes[0][1]
        # The cells of a shaded table all touch; bars stand apart, one by one or in clusters.
        gaps = sum(b - a > 1.05 * thick for a, b in itertools.pairwise(starts))
        if gaps > 0.1 * len(starts) and len(starts) >= _BARS and len(lengths) >= max(3, len(starts) // 2):
            found.append(boxes)
    return found


def _distinct(values: Iterable[float]) -> list[float]:
    """Places in order, those closer than two points once."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 2:
            out.append(value)
    return out


def _holds(outer: Box, inner: Box) -> bool:
    return overlap(outer, inner) > 0.98 * area(inner) and area(outer) > area(inner)


def _united(boxes: list[Box]) -> list[Box]:
    out: list[Box] = []
    for box in boxes:
        merged = box
        while hit := next((o for o in out if overlap(o, merged) > 0), None):
            out.remove(hit)
            merged = around([merged, hit])
        out.append(merged)
    return out
