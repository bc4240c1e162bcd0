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
_BLACK = 90
"""Of 255: what is darker is black."""
_BROAD, _GROUND = 0.4, 2.0
"""Of the middle height of a page's lines: what is as broad each way is no stroke of a letter, and from what height it is a ground."""
_BESIDE, _LEVEL = 0.4, 0.5
"""Of a line's height, how near a block stands that may cover a part of the line, and how much of it stands beside the line."""


def overlaid(lines: Sequence[Line], free: np.ndarray, light: np.ndarray) -> list[Line]:
    """The level lines through which other ink runs, or upon whose end a black block lies. ``free``: 255 where there is ink and no rule.

    ``light``: the evened page as ``picture`` gives it.
    """
    _, found, stats, _ = cv2.connectedComponentsWithStats(free, connectivity=8)
    labels = found.astype(np.int32, copy=False)
    high = stats[:, cv2.CC_STAT_HEIGHT]
    high[0] = 0
    level = [line for line in lines if not line.standing]
    if not level:
        return []
    blocks = _blocks(light, float(np.median([height_of(line.quad) for line in level])))
    out = []
    for line in level:
        x0, top, x1, bottom = box_of(line.quad)
        height = height_of(line.quad)
        edge = _CORE * height
        core = labels[max(round(top + edge), 0) : max(round(bottom - edge), 0), max(round(x0), 0) : max(round(x1), 0)]
        if not core.size:
            continue
        beside = blocks[(blocks[:, 0] < x1 + _BESIDE * height) & (blocks[:, 2] > x0 - _BESIDE * height)]
        shared = np.minimum(beside[:, 3], bottom) - np.maximum(beside[:, 1], top)
        if (shared > _LEVEL * height).any():
            out.append(line)
            continue
        inked = int(np.count_nonzero(high[core] > _BEYOND * max(height, bottom - top)))
        if _LEAST * height * height <= inked < _FILLED * core.size:
            out.append(line)
    return out


def _blocks(light: np.ndarray, height: float) -> np.ndarray:
    """The boxes (x0, top, x1, bottom) of pieces of ink that are broader each way than a stroke of a letter, and no ground of a text."""
    broad = max(round(_BROAD * height), 3)
    opened = cv2.morphologyEx(np.where(light < _BLACK, np.uint8(255), np.uint8(0)), cv2.MORPH_OPEN, np.ones((broad, broad), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    x, y, w, h, _ = (stats[1:, k] for k in range(5))
    return np.stack([x, y, x + w, y + h], axis=1)[(h < _GROUND * height) & (w < 2 * _GROUND * height)]
