"""The sheet of paper on a photograph: what seems text beyond its edges is the table that it lies on."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from .piece import Quad

_SMALL = 400
"""Pixels of the longer side of the copy on which the sheet is looked for."""
_PRINT = 9
"""Of these, what is narrower than so many is print, that the paper around it covers."""
_DARKER = 0.75
"""Of the light of the paper, what all around it has at most where it is a sheet on something: the shadow of a hand or of a binding is
smaller, or lighter."""
_LEAST = 0.25
"""Of a picture, the part that a sheet takes at least."""
_EDGE = 4.0
"""Points from the edge of a sheet in which its own rim is seen, and no print."""
_STRAY = 0.05
"""Of the lines that were found, how many may lie beyond the sheet: more are print in a shadow."""


def around_sheet(pixels: np.ndarray, lines: Sequence[Quad], scale: float) -> np.ndarray | None:
    """255 for what lies around the sheet of a photograph, its edge with it; None where the picture is the sheet.

    ``pixels``: height x width x 3, of which ``scale`` make a point. ``lines`` are those that were found on it.
    """
    found = _sheet(pixels)
    if found is None:
        return None
    inside = cv2.resize(found, pixels.shape[1::-1], interpolation=cv2.INTER_NEAREST)
    around = cv2.bitwise_not(cv2.erode(inside, np.ones((max(int(2 * _EDGE * scale), 3),) * 2, np.uint8), borderValue=255))
    return around if len(lines) - len(clear_of(lines, around)) <= _STRAY * len(lines) else None


def clear_of(lines: Sequence[Quad], around: np.ndarray) -> list[Quad]:
    """The lines whose middle does not lie in what is around a sheet."""
    height, width = around.shape
    middles = [(min(max(int(x), 0), width - 1), min(max(int(y), 0), height - 1)) for x, y in (q.mean(axis=0) for q in lines)]
    return [q for q, (x, y) in zip(lines, middles, strict=True) if not around[y, x]]


def _sheet(pixels: np.ndarray) -> np.ndarray | None:
    """255 for the sheet on a smaller copy; None where nothing lies around it."""
    factor = min(1.0, _SMALL / max(pixels.shape[:2]))
    small = cv2.cvtColor(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    plain = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_PRINT, _PRINT), np.uint8))
    _, light = cv2.threshold(plain, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    inside = cv2.fillPoly(np.zeros_like(light), [cv2.convexHull(max(outlines, key=cv2.contourArea))], [255])
    around = plain[inside == 0]
    if np.count_nonzero(inside) < _LEAST * inside.size or not around.size:
        return None
    return inside if float(np.percentile(around, 90)) < _DARKER * float(np.median(plain[inside > 0])) else None
