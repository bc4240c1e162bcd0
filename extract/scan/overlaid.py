"""Black ink over a line that is no part of it: strokes of a pen, stamps and signatures reach beyond the line, letters do not."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from .lines import Line
from .quads import box_of, height_of

_BEYOND = 1.5
"""Of the height that the detector gives a line, how high at least ink is that runs through it and belongs to none of its letters."""
_CORE = 0.2
"""Of that height, above and below, where the tails of neighbouring lines reach in."""
_LEAST = 0.04
"""Of the square of that height, how much of such ink lies in the line: less only touches it."""
_FILLED = 0.6
"""Of the line, from which such ink is the ground on which it is printed in white."""


def overlaid(lines: Sequence[Line], free: np.ndarray) -> list[Line]:
    """The level lines through which other ink runs. ``free``: 255 where there is ink and no rule."""
    _, found, stats, _ = cv2.connectedComponentsWithStats(free, connectivity=8)
    labels = found.astype(np.int32, copy=False)
    high = stats[:, cv2.CC_STAT_HEIGHT]
    high[0] = 0
    out = []
    for line in lines:
        if line.standing:
            continue
        x0, top, x1, bottom = box_of(line.quad)
        height = height_of(line.quad)
        edge = _CORE * height
        core = labels[max(round(top + edge), 0) : max(round(bottom - edge), 0), max(round(x0), 0) : max(round(x1), 0)]
        if not core.size:
            continue
        inked = int(np.count_nonzero(high[core] > _BEYOND * max(height, bottom - top)))
        if _LEAST * height * height <= inked < _FILLED * core.size:
            out.append(line)
    return out
