"""Dark areas of a scanned page: bars over what was struck out, and shaded cells with light print."""

from __future__ import annotations

import cv2
import numpy as np

from ..pdf.content import Box

_BLACK = 90
"""Of 255, where paper is 255."""
_LOW, _HIGH = 5.0, 0.1
"""Points, and the share of the page's height, between which the height of a bar lies."""
_WIDE = 1.2
"""How much wider than high a bar is."""
_SOLID = 0.85
"""The share of its box that is black: letters printed white on it take some."""
_DARK, _SHADE = 140, 7.0
"""Of 255 the lightest that a shaded cell with light print is on the whole, and the points that it is high at least: dark print on light
paper is lighter on the whole."""
_LETTERED = 190
"""The same where bold print stands close, between what is dark enough on both sides."""
_EDGE = 6.0
"""Points from the edge of the page: what is black there lies behind the paper."""


def bars(light: np.ndarray, scale: float) -> list[Box]:
    """The boxes of solid black areas, in pixels. ``light``: the page in grey, 8 bits."""
    dark = (light < _BLACK * float(np.median(light[::8, ::8])) / 255).astype(np.uint8) * 255
    size = max(int(_LOW * scale) - 2, 3)
    # What letters, rules and strokes leave nothing of; then the bars as they were, holes of white letters closed.
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    solid = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(solid, np.ones((3, 3), np.uint8)), connectivity=8)
    height, width = light.shape
    edge, out = _EDGE * scale, []
    for k in range(1, count):
        x, y, w, h, _ = stats[k].tolist()
        if not _LOW * scale <= h <= _HIGH * height or w < _WIDE * h:
            continue
        if min(x, y, width - x - w, height - y - h) < edge or np.count_nonzero(dark[y : y + h, x : x + w]) < _SOLID * w * h:
            continue
        out.append((float(x), float(y), float(x + w), float(y + h)))
    return out


def shades(light: np.ndarray, scale: float) -> list[Box]:
    """The boxes of dark shaded areas, in pixels: the ink in them is the ground and not the print. ``light``: the page in grey, 8 bits."""
    small = cv2.resize(light, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    size = max(int(_SHADE * scale / 2), 3)
    mean = cv2.blur(small, (2 * size, size))
    paper = float(np.median(small[::4, ::4])) / 255
    dark, less = ((mean < limit * paper).astype(np.uint8) * 255 for limit in (_DARK, _LETTERED))
    across = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, 6 * size), np.uint8))
    solid = cv2.morphologyEx(cv2.bitwise_and(across, less), cv2.MORPH_OPEN, np.ones((size, 2 * size), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    boxes = [tuple(float(2 * v) for v in (x, y, x + w, y + h)) for x, y, w, h, _ in stats[1:].tolist() if w >= 3 * size]
    return [(x0, top, x1, bottom) for x0, top, x1, bottom in boxes if bottom - top <= _HIGH * light.shape[0]]
