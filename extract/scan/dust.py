"""Dust and toner specks on a page: what is of a point's size and stands alone, taken off before anything is read."""

from __future__ import annotations

import cv2
import numpy as np

_LEAST = 8
"""Specks far from all print from which a page is dusty: one of its points, or a lone mark, is no dust."""
_SIZE = 0.45
"""Of the height of letters, how large a speck is at most: as a thick point."""
_FAR = 1.0
"""Of the height of letters, how far from print a speck is no part of a text: a typewriter's points stand half as far from its digits."""
_ROW = 1.5
"""Of the height of letters: two others so near make a speck one of a dotted line."""
_DARKER = 40
"""Of 255, how much darker than all print dust is that is told from its points by that alone."""
_MOST = 20_000
"""Specks, from which the page is noise all over, and taking them off takes letters with them."""


def without_dust(pixels: np.ndarray, light: np.ndarray, dark: np.ndarray, scale: float) -> np.ndarray | None:
    """The pixels of a dusty page with paper where its dust was; None where there is none.

    ``light`` and ``dark`` are the evened page and its ink, as ``picture`` gives them; ``scale`` is pixels for a point.
    """
    count, found, stats, centres = cv2.connectedComponentsWithStats(dark, connectivity=8)
    labels = found.astype(np.int32, copy=False)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    letters = (height > 3 * scale) & (height < 16 * scale) & (width < 20 * scale)
    letters[0] = False
    if not letters.any():
        return None
    size = float(np.median(height[letters]))
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    small = (longer <= _SIZE * size) & (longer <= 2 * shorter + 1)
    small[0] = False
    specks = np.flatnonzero(small)
    if not _LEAST <= len(specks) <= _MOST:
        return None
    print_ = ~small
    print_[0] = False
    from_print = cv2.distanceTransform(np.where(print_[labels], np.uint8(0), np.uint8(255)), cv2.DIST_L2, 5)
    at = np.minimum(centres[specks].round().astype(int), [dark.shape[1] - 1, dark.shape[0] - 1])
    away = from_print[at[:, 1], at[:, 0]] / size
    darkness = np.full(count, 255, light.dtype)
    ys, xs = np.nonzero(dark)
    np.minimum.at(darkness, labels[ys, xs], light[ys, xs])
    single = ~_in_rows(centres[specks], _ROW * size)
    far = single & (away > _FAR)
    inked = light[print_[labels]]
    far &= darkness[specks] <= np.percentile(inked, 25)  # what is fainter is the paper's own grain, which the engine passes over
    if int(far.sum()) < _LEAST:
        return None
    darker = darkness[specks] < float(np.percentile(inked, 1)) - _DARKER
    gone = far | (single & darker)
    taken = np.zeros(count, bool)
    taken[specks[gone]] = True
    around = cv2.dilate(np.where(taken[labels], np.uint8(255), np.uint8(0)), np.ones((5, 5), np.uint8))
    around[print_[labels]] = 0
    return _papered(pixels, around)


def _in_rows(places: np.ndarray, reach: float) -> np.ndarray:
    """Which of some places (x, y) have two others within reach."""
    order = np.argsort(places[:, 0])
    sorted_ = places[order]
    ends = np.searchsorted(sorted_[:, 0], sorted_[:, 0] + reach, side="right")
    near = np.zeros(len(places), int)
    for k, end in enumerate(ends):
        close = np.flatnonzero(np.abs(sorted_[k + 1 : end, 1] - sorted_[k, 1]) <= reach) + k + 1
        near[k] += len(close)
        near[close] += 1
    out = np.zeros(len(places), bool)
    out[order] = near >= 2
    return out


def _papered(pixels: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The pixels with the paper's own shade where the mask is."""
    paper = cv2.resize(pixels, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(paper, np.ones((3, 3), np.uint8)), 5)
    paper = cv2.resize(paper, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR)
    out = pixels.copy()
    out[mask > 0] = paper[mask > 0]
    return out
