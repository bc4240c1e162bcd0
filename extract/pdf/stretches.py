"""Stretches of lines that may be tables without a grid, cut where the columns change."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from .columns import near, zones_of
from .content import Rule
from .lines import Line, is_figure
from .rows import LEADING
from .upper_names import heading_lines, names_again, upper_names

_HEAD_LINES, _HEAD_TEXTS = 2, 2
FAR = 6.0
"""Of the type's height: a wider blank between two lines ends a table without rules."""


def alike(run: list[Line], rules: Sequence[Rule]) -> list[list[Line]]:
    """A stretch of lines cut where the columns change.

    That may be at a wider blank or a rule, behind which the phrases stand across the columns above.
    """
    x0, x1 = min(line.x0 for line in run), max(line.x1 for line in run)
    wide = [r.at for r in rules if min(r.hi, x1) - max(r.lo, x0) > 0.8 * (x1 - x0)]
    run = run[_of_page_head(run, wide) :]
    blocks: list[list[Line]] = []
    for line in run:
        before = blocks[-1][-1] if blocks else None
        size = line.bottom - line.top
        if before is None or line.top - before.bottom > 0.8 * size or any(before.middle < y < line.middle for y in wide):
            blocks.append([])
        blocks[-1].append(line)
    parts: list[list[Line]] = []
    head = heading_lines(run)
    over = upper_names(run[:head], run[head:])
    pieces = [piece for whole in blocks for piece in _cut_at_names(whole, run)]
    for block, following in itertools.zip_longest(pieces, pieces[1:], fillvalue=[]):
        above = [line for part in parts for line in part]
        if parts and not _starts_again(above, block) and (_fits(parts[-1], block, over) or _is_between(parts[-1], block, following, over)):
            parts[-1] = parts[-1] + block
        else:
            # A total under its own rule may stand close above a text that is no part of the table.
            fitting = 0
            while parts and fitting < len(block) and _is_row(block[fitting]) and _fits(parts[-1], block[: fitting + 1], over):
                fitting += 1
            if fitting and not _starts_again(above, block):
                parts[-1] = parts[-1] + block[:fitting]
                block = block[fitting:]
            if block:
                parts.append(block)
    return [p for p in parts if sum(len(line.phrases) > 1 for line in p) > 1]


def _of_page_head(run: Sequence[Line], wide: Sequence[float]) -> int:
    """How many lines above the first rule are the page's own and name no columns: they have a text or two, rows twice as many."""
    above = next((k for k, line in enumerate(run) if any(run[0].bottom - 1 < y < line.middle for y in wide)), 0)
    most = max((len(line.phrases) for line in run[:above]), default=0)
    rows = [len(line.phrases) for line in run[above:] if _is_row(line)]
    return above if 0 < above <= _HEAD_LINES and most <= _HEAD_TEXTS and rows and min(rows) >= 2 * _HEAD_TEXTS else 0


def _is_row(line: Line) -> bool:
    """Texts and figures: names alone stand over what is below them."""
    return len(line.phrases) > 1 and any(is_figure(p.text) for p in line.phrases)


def _is_between(upper: Sequence[Line], block: Sequence[Line], lower: Sequence[Line], over: set[int]) -> bool:
    """True for one row, two of whose texts ran together, between rows of the same columns: most of it ends where theirs do."""
    if len(block) != 1 or not _is_row(block[0]) or not any(_is_row(line) for line in lower) or not _fits(upper, lower, over):
        return False
    ends = sorted(p.x1 for line in (*upper, *lower) for p in line.phrases if is_figure(p.text))
    return sum(is_figure(p.text) and near(ends, p.x1) for p in block[0].phrases) > 0.5 * len(block[0].phrases)


def _starts_again(upper: Sequence[Line], lower: Sequence[Line]) -> bool:
    """True where a stretch begins with the names that the stretch above has, or with names of its own."""
    first = next((line for line in lower if len(line.phrases) > 2), None)
    if first is None or any(is_figure(p.text) for p in first.phrases):
        return False
    return any(line.text == first.text for line in upper) or names_again(first, [*upper, *lower[: lower.index(first)]][-1], upper)


def _cut_at_names(block: list[Line], run: Sequence[Line]) -> list[list[Line]]:
    """A block cut where the first names of the stretch are printed again: there its header is, and another table."""
    names = next((line for line in run if len(line.phrases) > 2), None)
    if names is None or any(is_figure(p.text) for p in names.phrases):
        return [block]
    parts: list[list[Line]] = [[]]
    for line in block:
        again = line is not names and line.text == names.text
        if again and parts[-1]:
            last = parts[-1][-1]
            upper = len(last.phrases) == 1 and line.top - last.bottom <= LEADING * (line.bottom - line.top)
            parts.append([parts[-1].pop()] if upper else [])
        parts[-1].append(line)
    return parts


def _fits(upper: Sequence[Line], lower: Sequence[Line], over: set[int]) -> bool:
    """True where few phrases of either stand across two columns of the other. A stretch of single phrases fits anywhere.

    ``over`` are the names over several columns, which are across by nature.
    """
    multi = [[line for line in lines if len(line.phrases) > 1] for lines in (upper, lower)]
    if not all(multi):
        return True
    for these, those in (multi, multi[::-1]):
        zones = zones_of([(p.x0, p.x1) for line in these for p in line.phrases if id(p) not in over], 0)
        ends = sorted(p.x1 for line in these for p in line.phrases if is_figure(p.text))
        found = [p for line in those for p in line.phrases if id(p) not in over]
        # A long figure set right reaches under the name in the middle above; what ends where others do is no stranger.
        found = [p for p in found if not (is_figure(p.text) and near(ends, p.x1))]
        across = sum(sum(1 for a, b in zones if p.x0 < b - 1 and p.x1 > a + 1) > 1 for p in found)
        if across > 0.25 * len(found):
            return False
    return True


def candidates(lines: Sequence[Line]) -> list[list[Line]]:
    """Stretches of lines that may be tables: lines of several phrases, with single ones in between that fit under their columns."""
    out: list[list[Line]] = []
    run: list[Line] = []
    idle = 0
    for before, line in zip([None, *lines], lines, strict=False):
        if run:
            size = max(line.bottom - line.top, 1.0)
            if line.top - run[-1].bottom > FAR * size or idle > 6:
                out.append(run)
                run, idle = [], 0
        if len(line.phrases) > 1:
            if not run and before is not None and line.top - before.bottom <= LEADING * (line.bottom - line.top):
                run.append(before)  # it may be the upper line of a name
            run.append(line)
            idle = 0
        elif run:
            if _is_prose(line, run):
                out.append(run)
                run, idle = [], 0
            else:
                run.append(line)
                idle += 1
    if run:
        out.append(run)
    return [r for r in out if sum(len(line.phrases) > 1 for line in r) > 1]


def _is_prose(line: Line, run: Sequence[Line]) -> bool:
    """A line of running text: as wide as the table, of many words, and not alone like a heading of rows."""
    width = max(x.x1 for x in run) - min(x.x0 for x in run)
    return len(line.words) > 9 and line.x1 - line.x0 > 0.85 * width
