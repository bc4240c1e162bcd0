"""Columns from the blanks that run down all lines."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from statistics import median

from .lines import Line, is_figure
from .upper_names import heading_lines, standing_apart, upper_names

_MIN_GUTTER = 1.5


def edges(lines: Sequence[Line]) -> list[float]:
    """The edges of the columns that the blanks between phrases show; fewer than three where there is one column."""
    multi = [line for line in lines if len(line.phrases) > 1]
    if len(multi) < 2:
        return []
    starts = _starts(multi)
    head = heading_lines(lines)
    upper = upper_names(lines[:head], lines[head:]) | standing_apart(lines[:head])
    upper |= _labels_of_totals(multi, upper)
    # A text that runs over the place where other lines begin a column is a heading over both, as is a name over several.
    spans = [
        (p.x0, p.x1)
        for line in multi
        for p in line.phrases
        if id(p) not in upper and not any(p.x0 < x - 2 and x + 2 < p.x1 for x in starts)
    ]
    slack = max(1, round(0.1 * len(multi))) if len(multi) >= 6 else 0
    zones = zones_of(spans, slack)
    if len(zones) > 1:
        # Headings over several columns, and labels that run over, hide a blank: without them it is seen whole.
        inside = [s for s in spans if sum(1 for z in zones if s[0] < z[1] - 1 and s[1] > z[0] + 1) <= 1]
        finer = zones_of(inside, 0)
        zones = finer if len(finer) >= len(zones) else zones
    zones = _without_lone_labels(zones, multi)
    if len(zones) < 2:
        return []
    left = min(line.x0 for line in lines)
    right = max(line.x1 for line in lines)
    whole = [(p.x0, p.x1) for line in multi for p in line.phrases if id(p) not in upper]
    inner = [_edge(a[1], b[0], whole) for a, b in itertools.pairwise(zones)]
    return [min(left, zones[0][0]) - 1, *inner, max(right, zones[-1][1]) + 1]


def _labels_of_totals(lines: Sequence[Line], upper: set[int]) -> set[int]:
    """Identity of each label before figures, with nothing to its left, that lies over several columns right of where rows begin."""
    first = median(line.phrases[0].x1 for line in lines)
    labels = [
        line.phrases[0]
        for line in lines
        if line.x0 > first and not is_figure(line.phrases[0].text) and all(is_figure(p.text) for p in line.phrases[1:])
    ]
    them = upper | {id(p) for p in labels}
    zones = zones_of([(p.x0, p.x1) for line in lines for p in line.phrases if id(p) not in them], 0) if labels else []
    return {id(p) for p in labels if sum(p.x0 < b - 1 and p.x1 > a + 1 for a, b in zones) > 1}


def _without_lone_labels(zones: list[tuple[float, float]], lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Zones without those that one label alone makes: "TOTAL" set close before its figures, right of the names above."""
    out: list[tuple[float, float]] = []
    for zone in zones:
        here = [line for line in lines for p in line.phrases if zone[0] - 1 < p.x0 < zone[1]]
        if out and len(here) == 1 and len(lines) > 3 and _is_label(here[0], out[-1], zone):
            out[-1] = (out[-1][0], zone[1])
        else:
            out.append(zone)
    return out


def _is_label(line: Line, before: tuple[float, float], zone: tuple[float, float]) -> bool:
    """A line with figures whose only text stands in ``zone``, and nothing in the zone before."""
    texts = [p for p in line.phrases if not is_figure(p.text)]
    return len(texts) == 1 < len(line.phrases) and texts[0].x1 > zone[0] and not any(p.x0 < before[1] for p in line.phrases)


def _starts(lines: Sequence[Line]) -> list[float]:
    """Where many lines begin a text behind another one."""
    behind = sorted(p.x0 for line in lines for p in line.phrases[1:] if not is_figure(p.text))
    places = sorted(p.x0 for line in lines for p in line.phrases if not is_figure(p.text))
    enough = max(3, 0.2 * len(lines))
    return sorted({x for x in behind if near(places, x) >= enough and near(behind, x) > 1})


def near(places: Sequence[float], x: float) -> int:
    """How many of some sorted places are the same as one."""
    return bisect_right(places, x + 0.7) - bisect_right(places, x - 0.7)


def zones_of(spans: Sequence[tuple[float, float]], slack: int) -> list[tuple[float, float]]:
    """Stretches of x that more than ``slack`` spans cover."""
    events = sorted([(a, 1) for a, _ in spans] + [(b, -1) for _, b in spans], key=lambda e: (e[0], -e[1]))
    zones: list[tuple[float, float]] = []
    count, start = 0, None
    for x, step in events:
        before, count = count, count + step
        if before <= slack < count:
            start = x
        elif before > slack >= count and start is not None:
            if zones and start - zones[-1][1] < _MIN_GUTTER:
                zones[-1] = (zones[-1][0], x)
            else:
                zones.append((start, x))
            start = None
    return zones


def _edge(lo: float, hi: float, spans: Sequence[tuple[float, float]]) -> float:
    """Where to part two zones: the place in the blank between them that the fewest phrases cross, nearest to the right zone's start."""
    steps = [lo + (hi - lo) * k / 8 for k in range(1, 8)]
    return min(steps, key=lambda x: (sum(1 for a, b in spans if a < x < b), abs(x - (lo + 2 * hi) / 3)))
