"""Rows between level rules: one for each band, with cells that go on over the rules that leave their column out."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from .content import Box, Rule, around
from .lines import Line, Phrase, is_figure
from .rows import LineRow, placed, rows_of
from .stacks import HALF
from .table import PageCell, PageRow
from .upper_names import CLOSE

_WHOLE = 0.8
"""Of the width of a table: a rule as long parts its rows."""
_EDGE = 5.0
"""Points by which a rule may stand beyond the first or the last line."""
_SAME = 1.5
"""Points within which rules lie on one level."""


@dataclass(slots=True)
class _Merged:
    """A text that belongs to several bands, ``first`` to ``last``."""

    column: int
    first: int
    last: int
    phrases: list[Phrase]


def separators(rules: Sequence[Rule], xs: Sequence[float], top: float, bottom: float) -> list[Rule]:
    """The rules between two heights that part rows over the whole width."""
    return [r for r in rules if r.hi - r.lo >= _WHOLE * (xs[-1] - xs[0]) and top < r.at < bottom]


def parting(rules: Sequence[Rule], xs: Sequence[float]) -> list[Rule]:
    """The rules that part rows: those over the whole width, and shorter ones of one extent that leave out columns whose cells go on."""
    width = xs[-1] - xs[0]
    long = [r for r in rules if r.hi - r.lo >= HALF * width]
    alike = [sum(abs(r.lo - o.lo) < _EDGE and abs(r.hi - o.hi) < _EDGE for o in long) for r in long]
    return [r for r, count in zip(long, alike, strict=True) if count > 1 or r.hi - r.lo >= _WHOLE * width]


def banded(lines: Sequence[Line], xs: Sequence[float], rules: Sequence[Rule]) -> list[PageRow]:
    """The rows of lines that ``rules`` part: those of ``parting``.

    The lines of a band are one row, unless several of them carry figures in one column.
    """
    if not lines:
        return []
    top, bottom = lines[0].top, lines[-1].bottom
    levels = _levels([r for r in parting(rules, xs) if top - _EDGE < r.at < bottom + _EDGE], xs)
    heights = [y for y, _ in levels]
    cells = [(line, placed(line, xs)) for line in lines]
    merged = _merged(cells, levels, len(xs) - 1)
    gone = {id(p) for m in merged for p in m.phrases}
    bands: dict[int, list[tuple[Line, dict[int, list[Phrase]]]]] = {}
    for line, here in cells:
        left = {c: ps for c, found in here.items() if (ps := [p for p in found if id(p) not in gone])}
        if left:
            bands.setdefault(bisect_left(heights, line.middle), []).append((line, left))
    out: list[PageRow] = []
    starts: dict[int, int] = {}
    for k, band in sorted(bands.items()):
        starts[k] = len(out)
        out += _rows_of_band(band, xs)
    for m in merged:
        _put(m, out, [starts.get(k, -1) for k in range(m.first, m.last + 1)], next((s for k, s in starts.items() if k > m.last), len(out)))
    return out


def _levels(rules: Sequence[Rule], xs: Sequence[float]) -> list[tuple[float, frozenset[int]]]:
    """Each height at which rules part rows, with the columns that they part."""
    out: list[tuple[float, frozenset[int]]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        under = frozenset(c for c, (a, b) in enumerate(itertools.pairwise(xs)) if min(rule.hi, b) - max(rule.lo, a) > 0.5 * (b - a))
        if out and rule.at - out[-1][0] <= _SAME:
            out[-1] = (out[-1][0], out[-1][1] | under)
        else:
            out.append((rule.at, under))
    return out


def _merged(
    cells: Sequence[tuple[Line, dict[int, list[Phrase]]]], levels: Sequence[tuple[float, frozenset[int]]], columns: int
) -> list[_Merged]:
    """The texts that stand in bands between which no rule parts their column: one text for all of them."""
    found: list[_Merged] = []
    for c in range(columns):
        cuts = [k for k, (_, under) in enumerate(levels) if c in under]
        if len(cuts) == len(levels):
            continue
        here = [p for _, line in cells for p in line.get(c, ())]
        for first, last in zip([0, *(k + 1 for k in cuts)], [*cuts, len(levels)], strict=True):
            top = levels[first - 1][0] if first else float("-inf")
            bottom = levels[last][0] if last < len(levels) else float("inf")
            mine = [p for p in here if top < p.middle < bottom]
            if last > first and mine and _is_one_text(mine):
                found.append(_Merged(c, first, last, mine))
    return found


def _is_one_text(found: Sequence[Phrase]) -> bool:
    ordered = sorted(found, key=lambda p: p.middle)
    return all(q.top - p.bottom <= CLOSE * q.size for p, q in itertools.pairwise(ordered))


def _put(m: _Merged, rows: list[PageRow], starts: Sequence[int], end: int) -> None:
    """Puts a merged text into the rows of its bands: into the first, and none into the others."""
    first = min((s for s in starts if s >= 0), default=None)
    words = [w for p in sorted(m.phrases, key=lambda p: (p.middle, p.x0)) for w in p.words]
    if first is None or any(row.cells[m.column] is None for row in rows[first:end]):
        return
    cell = PageCell(words, around([w.box for w in words]), end - first)
    cell.settle()
    for row in rows[first:end]:
        row.cells[m.column] = None
    rows[first].cells[m.column] = cell


def _rows_of_band(band: Sequence[tuple[Line, dict[int, list[Phrase]]]], xs: Sequence[float]) -> list[PageRow]:
    stacked = max(sum(1 for _, here in band if c in here and all(is_figure(p.text) for p in here[c])) for c in range(len(xs) - 1))
    if stacked > 1:
        lines = [Line(sorted((p for ps in here.values() for p in ps), key=lambda p: p.x0), line.top, line.bottom) for line, here in band]
        return page_rows(rows_of(lines, xs, ruled=False), xs)
    row = LineRow(top=min(line.top for line, _ in band), bottom=max(line.bottom for line, _ in band))
    for line, here in band:
        row.add(here, line.top, line.bottom)
    return page_rows([row], xs)


def page_rows(found: Sequence[LineRow], xs: Sequence[float]) -> list[PageRow]:
    """Rows of lines as rows of cells; a heading over the columns is one cell over all of them."""
    out = []
    for row in found:
        top, bottom = row.top - 0.5, row.bottom + 0.5
        if _is_heading(row, xs):
            cell = PageCell([w for c in sorted(row.cells) for w in row.words(c)], (xs[0], top, xs[-1], bottom), 1, len(xs) - 1)
            cell.settle()
            out.append(PageRow([cell, *[None] * (len(xs) - 2)]))
            continue
        cells: list[PageCell | None] = []
        for c in range(len(xs) - 1):
            words = row.words(c)
            # Nothing is drawn around it: its own words are its place, and for a blank the field.
            box: Box = around([w.box for w in words]) if words else (xs[c], top, xs[c + 1], bottom)
            cell = PageCell(words, box)
            cell.settle()
            cells.append(cell)
        out.append(PageRow(cells))
    return out


def _is_heading(row: LineRow, xs: Sequence[float]) -> bool:
    """A heading over the columns: one text from the first column that runs under the next."""
    if list(row.cells) != [0]:
        return False
    return max(p.x1 for p in row.cells[0]) > xs[1] + 2
