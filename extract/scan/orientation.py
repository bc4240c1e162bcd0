"""Which way up a picture stands, and by how little it is askew."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from .picture import grey
from .piece import Quad, Reading
from .quads import crop, crop_from_below, height_of, width_of

_SMALL = 736
"""Pixels of the longer side of the copy on which a direction is tried."""
_TALL = 1.5
"""How much taller than wide a line is that runs up or down the page."""
_SAMPLES, _SURE = 3, 0.93
"""Lines that are tried, and the score of one that stands upright beyond doubt: no upside-down line reads so well."""
_MOST = 5.0
"""Degrees of skew that are looked for; a page further off was not meant to be straight."""


def quarters(
    pixels: np.ndarray, detect: Callable[[np.ndarray], list[Quad]], recognise: Callable[[Sequence[np.ndarray]], list[Reading]]
) -> int:
    """By how many quarters, counter-clockwise, the picture must be turned to stand upright."""
    factor = min(1.0, _SMALL / max(pixels.shape[:2]))
    quads = [q / factor for q in detect(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))]
    long = sorted((q for q in quads if max(height_of(q), width_of(q)) > 2.5 * min(height_of(q), width_of(q))), key=_length, reverse=True)
    if len(long) < 3:
        return 0
    tall = sum(height_of(q) > _TALL * width_of(q) for q in long)
    # Each is tried both ways, for the page may be upside down.
    lying = tall > len(long) / 2
    # of middling length: the longest cost most and say no more
    chosen = [q for q in long if (height_of(q) > _TALL * width_of(q)) == lying]
    chosen = chosen[len(chosen) // 3 :][:_SAMPLES]
    crops = [(crop_from_below if lying else crop)(pixels, q) for q in chosen]
    upright = recognise(crops)
    if sum(r.score > _SURE for r in upright) > len(crops) / 2:
        return 3 if lying else 0
    over = recognise([cv2.rotate(c, cv2.ROTATE_180) for c in crops])
    over = sum(o.score > u.score for o, u in zip(over, upright, strict=True)) > len(crops) / 2
    if not lying:
        return 2 if over else 0
    return 1 if over else 3


def _length(quad: Quad) -> float:
    return max(height_of(quad), width_of(quad))


def turned(pixels: np.ndarray, quarter: int) -> np.ndarray:
    """The picture turned by so many quarters counter-clockwise."""
    return np.ascontiguousarray(np.rot90(pixels, quarter)) if quarter % 4 else pixels


def skew(pixels: np.ndarray) -> float:
    """Degrees by which the lines of a picture rise to the right: where its rows of pixels are parted most sharply into dark and light."""
    light = grey(pixels)
    factor = min(1.0, 1200 / max(light.shape))
    small = 255 - cv2.resize(light, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    small[small < 60] = 0
    small = small[:, small.shape[1] // 20 : -max(small.shape[1] // 20, 1)]
    coarse = _sharpest(small, np.arange(-_MOST, _MOST + 0.1, 0.5))
    fine = _sharpest(small, np.arange(coarse - 0.5, coarse + 0.51, 0.1))
    return _sharpest(small, np.arange(fine - 0.08, fine + 0.081, 0.02))


def _sharpest(small: np.ndarray, degrees: np.ndarray) -> float:
    best, at = -1.0, 0.0
    for degree in sorted(degrees.tolist(), key=abs):
        profile = straightened(small, degree, 0).sum(axis=1, dtype=np.float64)
        score = float(((profile[1:] - profile[:-1]) ** 2).sum())
        if score > best * 1.0001:
            best, at = score, degree
    return at


def straightened(pixels: np.ndarray, degree: float, paper: int = 255) -> np.ndarray:
    """The picture turned so that lines which rise by ``degree`` lie level; same size."""
    if not degree:
        return pixels
    h, w = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((w / 2, h / 2), -degree, 1.0)
    return cv2.warpAffine(pixels, matrix, (w, h), flags=cv2.INTER_LINEAR, borderValue=(paper,) * (1 if pixels.ndim == 2 else 3))
