"""Rows stacked beside one label, physical over financial: partial rules part a name and its lines of figures from the next."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .bands import page_rows
from .content import Rule, around
from .lines import Line, Phrase, is_figure
from .rows import placed, rows_of
from .table import PageCell, PageRow

_SAME = 2.0
_BELOW = 6.0
_CLOSE = 0.6
"""Of the type's height: lines of one label stand closer than this."""


@dataclass(slots=True)
class Band:
    """The lines between two of the rules that part labels: headings at its top, lines of figures, and what stands beside these."""

    headings: list[Line]
    figured: list[Line]
    beside: list[Phrase]


@dataclass(slots=True)
class Stacked:
    """How the rows of a table are stacked: ``start`` is where the rules below the labels begin, ``end`` the column after the labels."""

    start: float
    end: int
    bands: list[Band]


def stacked(lines: Sequence[Line], rules: Sequence[Rule], xs: Sequence[float]) -> Stacked | None:
    """The bands of a table whose labels belong to several lines of figures each; None for any other table.

    The rules that reach furthest to the left part them. Bands of two lines of figures or more hold one
    label right of the place where these rules begin; those of a single line are few: at a page's edge.
    """
    inner = [r for r in rules if r.hi > xs[0] and r.lo < xs[-1] and lines[0].top < r.at < lines[-1].bottom + _BELOW]
    # The rule below the last row counts only where there is no other: it may be the next table's.
    for some in ([r for r in inner if r.at < lines[-1].middle], inner):
        if some and (found := _parted(lines, some, xs)) is not None:
            return found
    return None


def _parted(lines: Sequence[Line], rules: Sequence[Rule], xs: Sequence[float]) -> Stacked | None:
    start = min(r.lo for r in rules)
    levels = sorted({round(r.at, 1) for r in rules if r.lo <= start + _SAME})
    bands: dict[int, list[Line]] = {}
    for line in lines:
        bands.setdefault(bisect_left(levels, line.middle), []).append(line)
    figured = [line for line in lines if _is_figured(line, xs)]
    end = _first_filled(figured, start, xs)
    if not end:
        return None
    found = [_band(band, start, xs[end], xs) for _, band in sorted(bands.items())]
    counts = [_labels(b, start, xs[end]) for b in found if len(b.figured) > 1]
    if len(counts) < 0.5 * sum(1 for b in found if b.figured) or counts.count(1) < max(1, 0.8 * len(counts)):
        return None
    return Stacked(start, end, found)


def _is_figured(line: Line, xs: Sequence[float]) -> bool:
    return sum(is_figure(p.text) for p in line.phrases if p.x0 > xs[1]) > 1


def _first_filled(figured: Sequence[Line], start: float, xs: Sequence[float]) -> int:
    """The first column in which nearly every line of figures begins a text, right of where the rules begin; 0 for none."""
    for c in range(bisect_right(xs, start + _SAME) - 1, len(xs) - 1):
        left = max(xs[c], start)
        here = sum(any(left - 1 <= p.x0 < xs[c + 1] for p in line.phrases) for line in figured)
        if here >= 0.9 * len(figured):
            return c if left == xs[c] else 0
    return 0


def _band(lines: list[Line], start: float, end: float, xs: Sequence[float]) -> Band:
    figured = [line for line in lines if _is_figured(line, xs)]
    if not figured:
        return Band(lines, [], [])
    first = min(figured, key=lambda line: line.top)
    above = [line for line in lines if line.middle < first.top]
    rest = [line for line in lines if line.middle >= first.top]
    if not any(_in_zone(p, start, end) for line in rest for p in line.phrases):
        above, rest = [], lines  # what stands above the figures is their label
    return Band(above, figured, [p for line in rest if line not in figured for p in line.phrases])


def _in_zone(p: Phrase, start: float, end: float) -> bool:
    return start - 1 <= p.x0 < end - 1


def _labels(band: Band, start: float, end: float) -> int:
    """How many labels a band prints: lines close under each other are one."""
    mine = sorted((p for p in _phrases(band) if _in_zone(p, start, end)), key=lambda p: p.middle)
    parts = [q for p, q in itertools.pairwise(mine) if q.top - p.bottom > _CLOSE * q.size]
    return len(parts) + 1 if mine else 0


def _phrases(band: Band) -> list[Phrase]:
    return [p for line in band.figured for p in line.phrases] + band.beside


def stacked_rows(found: Stacked, xs: Sequence[float]) -> list[PageRow]:
    """The rows of all bands: the headings above the figures of each, and a row for each line of these."""
    out: list[PageRow] = []
    for band in found.bands:
        if band.headings:
            out += page_rows(rows_of(band.headings, xs, ruled=False), xs)
        if band.figured:
            out += _band_rows(band, found, xs)
    return out


def _band_rows(band: Band, layout: Stacked, xs: Sequence[float]) -> list[PageRow]:
    """A row for each line of figures; its labels, and the texts that no line of figures has in their column, span them all."""
    count, end = len(band.figured), xs[layout.end]
    where = max(range(layout.end), key=lambda c: min(end, xs[c + 1]) - max(layout.start, xs[c]))
    shared: dict[int, list[Phrase]] = {}
    rows: list[dict[int, list[Phrase]]] = []
    for line in band.figured:
        left = [p for p in line.phrases if p.x0 < end - 1]
        for p in left:
            shared.setdefault(_label_column(p, layout.start, where, xs), []).append(p)
        rows.append(placed(Line([p for p in line.phrases if p not in left], line.top, line.bottom), xs))
    taken = {c for row in rows for c in row}
    for p in band.beside:
        if p.x0 < end - 1:
            shared.setdefault(_label_column(p, layout.start, where, xs), []).append(p)
            continue
        (column,) = placed(Line([p], p.top, p.bottom), xs)
        if column in taken:
            nearest = min(range(count), key=lambda k: abs(band.figured[k].middle - p.middle))
            rows[nearest].setdefault(column, []).append(p)
        else:
            shared.setdefault(column, []).append(p)
    out = []
    for k, (line, row) in enumerate(zip(band.figured, rows, strict=True)):
        cells: list[PageCell | None] = []
        for c in range(len(xs) - 1):
            if c in shared:
                cells.append(_cell(shared[c], count) if not k else None)
            elif c in row:
                cells.append(_cell(row[c], 1))
            else:
                cells.append(PageCell([], (xs[c], line.top - 0.5, xs[c + 1], line.bottom + 0.5)))
        out.append(PageRow(cells))
    return out


def _label_column(p: Phrase, start: float, where: int, xs: Sequence[float]) -> int:
    return where if p.x0 >= start - 1 else min(max(bisect_right(xs, p.x0 + 0.5) - 1, 0), where)


def _cell(phrases: Sequence[Phrase], rows: int) -> PageCell:
    words = [w for p in sorted(phrases, key=lambda p: (p.middle, p.x0)) for w in p.words]
    cell = PageCell(words, around([w.box for w in words]), rows)
    cell.settle()
    return cell
