"""Tables that stand side by side without a grid: their lines cut in two, so that each has its own."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from .columns import zones_of
from .content import Box
from .lines import Line, Phrase, is_figure

_WIDE = 1.5
"""Of the type's height: the blank between two tables is wider."""
_ROWS = 3


def cut_between(lines: Sequence[Line], regions: Sequence[Box]) -> list[list[Line]]:
    """The parts of each line, cut between two regions of rules that stand beside each other."""
    out = [[line] for line in lines]
    for a, b in itertools.permutations(regions, 2):
        if a[2] > b[0] or min(a[3], b[3]) - max(a[1], b[1]) <= 0:
            continue
        at, top, bottom = (a[2] + b[0]) / 2, min(a[1], b[1]), max(a[3], b[3])
        out = [[p for line in parts for p in (_cut(line, at) if top < line.middle < bottom else [line])] for parts in out]
    return out


def halves(run: list[Line]) -> list[list[Line]]:
    """A stretch of lines as the two tables that stand side by side in it: few rows of the one are level with a row of the other."""
    zones = zones_of([(p.x0, p.x1) for line in run if len(line.phrases) > 1 for p in line.phrases], 0)
    size = run[0].bottom - run[0].top
    for left, right in itertools.pairwise(zones):
        if right[0] - left[1] < _WIDE * size:
            continue
        at = (left[1] + right[0]) / 2
        sides = [[[p for p in line.phrases if (p.x0 > at) == side] for line in run] for side in (False, True)]
        rows = [{k for k, found in enumerate(half) if _is_row(found)} for half in sides]
        if min(map(len, rows)) < _ROWS or len(rows[0] & rows[1]) > 0.5 * min(map(len, rows)):
            continue
        parts = [part for line in run for part in _cut(line, at)]
        return [[p for p in parts if (p.x0 > at) == side] for side in (False, True)]
    return [run]


def _is_row(found: Sequence[Phrase]) -> bool:
    """A text and a figure behind it."""
    return len(found) > 1 and not is_figure(found[0].text) and any(is_figure(p.text) for p in found[1:])


def _cut(line: Line, at: float) -> list[Line]:
    """The two parts of a line, where no phrase of it lies on both sides."""
    left, right = [p for p in line.phrases if p.x1 <= at], [p for p in line.phrases if p.x0 >= at]
    if not left or not right or len(left) + len(right) < len(line.phrases):
        return [line]
    return [Line(part, min(p.top for p in part), max(p.bottom for p in part)) for part in (left, right)]
