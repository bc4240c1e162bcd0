"""Pens and stamps: what was drawn over a page in colour. It parts no cells, is no word, and may hide a figure."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ..pdf.content import Box
from .picture import grey, ink
from .piece import Quad
from .quads import pixels_around

_COLOURED = 14.0
"""How far a colour is from that of the paper around it, in the a and b of CIELAB, from which ink is no black print."""
_LONG = 28.0
"""Points: a stroke of a pen, or the ring of a stamp, is longer than printed letters are."""
_THIN = 0.35
"""The share of its box that a stroke fills at most: filled cells and coloured bars fill more."""
_FRAME = (120.0, 30.0)
"""Points, wide and high, that a frame around a figure has at most; it touches no other rule of its colour."""
_RULE = 14.0
"""Points of a straight level or upright line from which it is a rule, whatever its colour."""
_CORNER = 4.0
"""Points, the width of a broad pen and the rounding of its turn, within which both ends of a stroke that turns lie at its corner."""
_SMALL, _PAPER = 0.5, 0.125
"""What a page is made smaller by to look for strokes, and that again for its paper."""
_TINGED = 9.0
"""Under a pen, print is what is less coloured."""
_MOSTLY, _TOUCHES = 0.5, 0.05
"""The share of a line's ink that makes it a pen's, and that of a square of its height that a pen crosses it with."""
_EDGE, _ALONG = 0.15, 0.7
"""Of the height of a line, above and below, what is not its middle; and of its length, along which a stroke through it crosses it out."""


@dataclass(slots=True)
class Pens:
    """``mask``: 255 where a pen went; ``boxes`` around each stroke or stamp; ``clear``: the page without them; ``print``: its ink."""

    mask: np.ndarray
    boxes: list[Box]
    clear: np.ndarray
    print: np.ndarray

    def wrote(self, quad: Quad) -> bool:
        """True for a line of text that a pen or a stamp wrote: what is dark in it is mostly theirs."""
        x0, top, x1, bottom = pixels_around(quad)
        its = self.mask[top:bottom, x0:x1] > 0
        if not its.any():
            return False
        left = (self.print[top:bottom, x0:x1] > 0) & ~its
        return bool(its.sum() > _MOSTLY * (its.sum() + left.sum()))

    def strikes(self, quad: Quad) -> bool:
        """True for a line through whose middle a stroke runs from end to end: it crosses it out."""
        x0, top, x1, bottom = pixels_around(quad)
        edge = round(_EDGE * (bottom - top))
        its = self.mask[top + edge : bottom - edge, x0:x1] > 0
        return bool(its.size) and bool(its.any(axis=0).mean() >= _ALONG and its.mean() <= _THIN)

    def crosses(self, quad: Quad) -> bool:
        """True for a line of text that a pen goes through."""
        x0, top, x1, bottom = pixels_around(quad)
        return bool((self.mask[top:bottom, x0:x1] > 0).sum() > _TOUCHES * (bottom - top) ** 2)


def pens(pixels: np.ndarray, scale: float) -> Pens | None:
    """What was drawn over a page; None where nothing was. Coloured print, rules and filled cells are no pen's."""
    small = cv2.resize(pixels, None, fx=_SMALL, fy=_SMALL, interpolation=cv2.INTER_AREA)
    tiny = cv2.dilate(cv2.resize(small, None, fx=_PAPER, fy=_PAPER, interpolation=cv2.INTER_AREA), np.ones((5, 5), np.uint8))
    ground = cv2.resize(cv2.medianBlur(tiny, 25), small.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    # Black print is far from the colour of yellow paper, too: it is no pen's, for with the paper made white it has no colour.
    white = np.full_like(ground, 255)
    apart = np.minimum(_apart(small, ground), _apart(cv2.divide(small, np.maximum(ground, 1), scale=255), white))
    drawn, boxes = _strokes((apart > _COLOURED).astype(np.uint8) * 255, scale * _SMALL)
    if not boxes:
        return None
    size = pixels.shape[1::-1]
    mask = cv2.resize(cv2.dilate(drawn, np.ones((3, 3), np.uint8)), size, interpolation=cv2.INTER_NEAREST)
    tinged = cv2.resize(apart, size, interpolation=cv2.INTER_LINEAR) > _TINGED
    mask[~tinged] = 0
    clear = pixels.copy()
    clear[mask > 0] = cv2.resize(ground, size, interpolation=cv2.INTER_LINEAR)[mask > 0]
    return Pens(mask, boxes, clear, ink(grey(clear), scale))


def _apart(pixels: np.ndarray, paper: np.ndarray) -> np.ndarray:
    """How far the colour of each pixel is from that of the paper."""
    one, other = (cv2.cvtColor(x, cv2.COLOR_BGR2LAB)[:, :, 1:].astype(np.float32) for x in (pixels, paper))
    return np.hypot(one[:, :, 0] - other[:, :, 0], one[:, :, 1] - other[:, :, 1])


def _strokes(mask: np.ndarray, points: float) -> tuple[np.ndarray, list[Box]]:
    """Of the coloured pixels those of long thin strokes, with what is of their colour among them; ``points``: pixels for a point."""
    straight = max(int(_RULE * points), 1)
    level, upright = (cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(size, np.uint8)) for size in ((1, straight), (straight, 1)))
    rules = cv2.bitwise_or(level, upright)
    free = cv2.bitwise_and(mask, cv2.bitwise_not(rules))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(free, np.ones((3, 3), np.uint8)), connectivity=8)
    drawn, boxes = np.zeros_like(mask), []
    for k in range(1, count):
        x, y, w, h, _ = stats[k].tolist()
        if max(w, h) < _LONG * points or min(w, h) < 0.25 * _LONG * points:
            continue
        its = labels[y : y + h, x : x + w] == k
        if np.count_nonzero(its & (free[y : y + h, x : x + w] > 0)) <= _THIN * w * h:
            drawn[y : y + h, x : x + w] |= free[y : y + h, x : x + w]
            boxes.append((x / _SMALL, y / _SMALL, (x + w) / _SMALL, (y + h) / _SMALL))
    frames = _frames(rules, points)
    boxes += [(x / _SMALL, y / _SMALL, (x + w) / _SMALL, (y + h) / _SMALL) for (x, y, w, h), _ in frames]
    for (x, y, w, h), its in frames:
        drawn[y : y + h, x : x + w] |= its
    return drawn | _straight_parts(level, upright, drawn, points), boxes


def _frames(rules: np.ndarray, points: float) -> list[tuple[tuple[int, int, int, int], np.ndarray]]:
    """Frames as large as a figure, which somebody drew around it: box (x, y, width, height) and pixels of each."""
    found = []
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(rules, np.ones((3, 3), np.uint8)), connectivity=8)
    for k in range(1, count):
        x, y, w, h, _ = stats[k].tolist()
        if min(w, h) >= 0.25 * _LONG * points and w <= _FRAME[0] * points and h <= _FRAME[1] * points:
            its = np.where(labels[y : y + h, x : x + w] == k, rules[y : y + h, x : x + w], np.uint8(0))
            if np.count_nonzero(its) <= _THIN * w * h:
                found.append(((x, y, w, h), its))
    return found


def _straight_parts(level: np.ndarray, upright: np.ndarray, drawn: np.ndarray, points: float) -> np.ndarray:
    """Where a stroke of a pen runs straight: what looks like a rule, touches the pen's and is no part of a grid."""
    rules = np.bitwise_or(level, upright)
    out = np.zeros_like(rules)
    near = cv2.dilate(drawn, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(rules, np.ones((3, 3), np.uint8)), connectivity=8)
    for k in range(1, count):
        x, y, w, h, _ = stats[k].tolist()
        its = labels[y : y + h, x : x + w] == k
        if not (near[y : y + h, x : x + w][its] > 0).any():
            continue
        across, up = (np.where(its, m[y : y + h, x : x + w], np.uint8(0)) for m in (level, upright))
        if min(w, h) < 0.5 * _LONG * points or _turns(across, up, points):
            out[y : y + h, x : x + w][its] = 255
    return out & rules


def _turns(level: np.ndarray, upright: np.ndarray, points: float) -> bool:
    """True for one stroke that runs level and upright, with its corner where both end. A grid has several rules, which run on beyond it."""
    if any(cv2.connectedComponents(m, connectivity=8)[0] != 2 for m in (level, upright)):
        return False
    (x, y, w, h), (left, top, wide, high) = cv2.boundingRect(level), cv2.boundingRect(upright)
    reach = _CORNER * points
    beside = min(abs(left - x), abs(left + wide - x - w)) <= reach
    return beside and min(abs(top - y), abs(top + high - y - h)) <= reach
