"""What shows through from the other side of the paper: faint lines that say more when they are read in a mirror."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from . import engine
from .lines import Line
from .quads import crop, pixels_around

_FAINTER = 30
"""Of 255, how much lighter than the print of the page such lines are."""
_SURE, _BETTER = 0.9, 0.05
"""The score of a line that is print for sure, and how much more a line must have in the mirror."""
_MANY, _ALIKE = 8, 15
"""Lines from which the other side shows through all over the page, and how much darker than most of these others of it are."""
_INK = 5
"""Of the pixels of a line, in per cent, those that tell how dark its ink is."""


def shown_through(pixels: np.ndarray, light: np.ndarray, lines: Sequence[Line]) -> list[Line]:
    """The lines of the other side. ``light``: the evened page as ``picture`` gives it."""
    level = [(line, _darkness(light, line)) for line in lines if not line.standing and line.reading.pieces]
    print_ = [dark for line, dark in level if line.reading.score >= _SURE]
    if not print_:
        return []
    least = float(np.median(print_)) + _FAINTER
    asked = [(line, dark) for line, dark in level if dark > least and line.reading.score < _SURE]
    mirrored = engine.recognise([np.ascontiguousarray(crop(pixels, line.quad)[:, ::-1]) for line, _ in asked])
    found = [a for a, other in zip(asked, mirrored, strict=True) if other.pieces and other.score > a[0].reading.score + _BETTER]
    if len(found) >= max(_MANY, 0.5 * len(asked)):  # the rest of them is too short to say more either way
        faintest = float(np.median([dark for _, dark in found])) - _ALIKE
        found = [a for a in asked if a[1] >= faintest]
    return [line for line, _ in found]


def _darkness(light: np.ndarray, line: Line) -> float:
    x0, top, x1, bottom = pixels_around(line.quad)
    its = light[top:bottom, x0:x1]
    return float(np.percentile(its, _INK)) if its.size else 255.0
