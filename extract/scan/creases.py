"""Creases of the paper: strokes from one edge of it to the other, beyond where the rules of a table end."""

from __future__ import annotations

from .ruling import Stroke

_EDGE = 6.0
"""Points from the edge of a picture at which a stroke reaches it: what turned the page level left a strip there."""
_ASIDE = 2.0
"""Points by which the pieces of a crease may stand aside of each other."""
_SEEN = 0.8
"""Share of the paper's length over which a crease is seen: print breaks it."""
_LONG = 60.0
"""Points from which a stroke may be a rule of a table, and not of a cell: these say where rules end."""


def without_creases(rows: list[Stroke], columns: list[Stroke], width: int, height: int, scale: float) -> tuple[list[Stroke], list[Stroke]]:
    """The strokes that are no creases of a page of ``width`` x ``height`` pixels."""
    return _ending(rows, width, scale), _ending(columns, height, scale)


def _ending(strokes: list[Stroke], size: int, scale: float) -> list[Stroke]:
    """The strokes without those that run over the whole paper, unless half of the long ones do so: it was cut at the table's frame."""
    across = [s for s in strokes if _runs_across([o for o in strokes if abs(o.at_middle - s.at_middle) <= _ASIDE * scale], size, scale)]
    long = [s for s in strokes if s.length >= _LONG * scale]
    if 2 * len([s for s in across if s.length >= _LONG * scale]) >= len(long):
        return strokes
    return [s for s in strokes if not any(s is a for a in across)]


def _runs_across(pieces: list[Stroke], size: int, scale: float) -> bool:
    edge = _EDGE * scale
    ends = min(s.along[0] for s in pieces) <= edge and max(s.along[-1] for s in pieces) >= size - edge
    return ends and sum(s.length for s in pieces) >= _SEEN * size
