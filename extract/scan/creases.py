"""Creases of the paper and streaks of toner: strokes that run on to its edges, beyond where the rules of a table end."""

from __future__ import annotations

from collections.abc import Sequence

from .lines import Line
from .quads import box_of
from .ruling import Stroke

_EDGE = 6.0
"""Points from the edge of a picture at which a stroke reaches it: what turned the page level left a strip there."""
_ASIDE = 2.0
"""Points by which the pieces of a crease may stand aside of each other."""
_SEEN = 0.8
"""Share of the paper's length over which a crease is seen: print breaks it."""
_MEETS, _FREE = 4.0, 120.0
"""Points by which a rule may miss another that it meets; and how far beyond the last of these no rule runs on to the paper's edge."""
_CORE = 0.2
"""Of a line's height, above and below, what is not its middle."""
_LONG = 60.0
"""Points from which a stroke may be a rule of a table, and not of a cell: these say where rules end."""


def without_creases(rows: list[Stroke], columns: list[Stroke], width: int, height: int, scale: float) -> tuple[list[Stroke], list[Stroke]]:
    """The strokes that are no creases of a page of ``width`` x ``height`` pixels."""
    return _ending(rows, columns, width, scale), _ending(columns, rows, height, scale)


def creased(lines: Sequence[Line], rows: list[Stroke], columns: list[Stroke], scale: float) -> list[Line]:
    """The level lines of text through which a crease runs, seen or not between its pieces: a digit may be lost in it."""
    level, upright = ([_span(_pieces(s, found, scale)) for s in found] for found in (rows, columns))
    out = []
    for line in lines:
        x0, top, x1, bottom = box_of(line.quad)
        x, y, edge = (x0 + x1) / 2, (top + bottom) / 2, _CORE * (bottom - top)
        if any(lo <= x <= hi and top + edge < at < bottom - edge for lo, hi, at in level) or any(
            lo <= y <= hi and x0 < at < x1 for lo, hi, at in upright
        ):
            out.append(line)
    return out


def _pieces(stroke: Stroke, strokes: list[Stroke], scale: float) -> list[Stroke]:
    return [o for o in strokes if abs(o.at_middle - stroke.at_middle) <= _ASIDE * scale]


def _span(pieces: list[Stroke]) -> tuple[float, float, float]:
    """From where to where pieces of one stroke run, and where they stand."""
    return min(float(s.along[0]) for s in pieces), max(float(s.along[-1]) for s in pieces), pieces[0].at_middle


def _ending(strokes: list[Stroke], others: list[Stroke], size: int, scale: float) -> list[Stroke]:
    """The strokes without those that run out of the paper where no other rule meets them, or over the whole of it.

    Where half of the long ones do the latter they stay: the picture was cut at the table's frame.
    """
    pieces = {id(s): _pieces(s, strokes, scale) for s in strokes}
    strokes = [s for s in strokes if not _runs_out(pieces[id(s)], others, size, scale)]
    across = [s for s in strokes if _runs_across(pieces[id(s)], size, scale)]
    long = [s for s in strokes if s.length >= _LONG * scale]
    if 2 * len([s for s in across if s.length >= _LONG * scale]) >= len(long):
        return strokes
    return [s for s in strokes if not any(s is a for a in across)]


def _runs_out(pieces: list[Stroke], others: list[Stroke], size: int, scale: float) -> bool:
    lo, hi, _ = _span(pieces)
    edge, reach = _EDGE * scale, _MEETS * scale
    met = [o.at_middle for o in others if lo - reach <= o.at_middle <= hi + reach and _meets(o, pieces[0], reach)]
    if not met:
        return False  # a line under a letterhead, or over the foot of a page
    return (lo <= edge and min(met) - lo > _FREE * scale) or (hi >= size - edge and hi - max(met) > _FREE * scale)


def _meets(rule: Stroke, stroke: Stroke, reach: float) -> bool:
    return bool(rule.along[0] - reach <= stroke.at_middle <= rule.along[-1] + reach)


def _runs_across(pieces: list[Stroke], size: int, scale: float) -> bool:
    edge = _EDGE * scale
    ends = min(s.along[0] for s in pieces) <= edge and max(s.along[-1] for s in pieces) >= size - edge
    return ends and sum(s.length for s in pieces) >= _SEEN * size
