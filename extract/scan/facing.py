"""Tells whether a picture shows two facing pages, as an open book lies, and where the fold between them runs."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ..pdf.lines import is_figure
from .picture import grey, ink
from .piece import Quad, Reading
from .quads import box_of, crop, height_of, width_of

_WIDE = 1.1
"""Width for a height: two upright pages beside each other are wider than high, also with a table's edge around them."""
_MIDDLE = (0.35, 0.65)
"""Shares of the width between which a fold lies."""
_LEAN = 0.04
"""How much a fold may lean on a levelled picture."""
_CLEAR = 0.6
"""Heights of a line between a fold and the nearest text."""
_LEAST, _LONG = 5, 5.0
"""Lines of a page from which it tells anything, and the heights of type from which a line tells how it runs."""
_COMMON = 0.4
"""Of the width, and of the height, that the text of one page takes, what that of the other takes at least: an emblem is no page."""
_DARK, _THROUGHOUT = 0.94, 0.9
"""Of the light beside it, that of a fold at most; and over how much of the height, from above all text to below it: a rule
between two columns ends with them."""
_BANDS = 40
_APART = 0.014
"""Difference of direction (0.8 degrees) between the lines of one page and those of the other: those of one sheet run alike."""
_REACH, _FULL = 2.5, 0.8
"""Heights of a line beside the fold, and the share of that strip, through which the rules of a table printed over both pages run:
those of a page's own table end at its margin."""
_LEVEL = 0.25
"""Heights of a line within which two places are level over a fold."""
_MEETS, _GOES_ON, _ASKED = 0.6, 0.8, 9
"""Share of the rules that meet their like over the fold, or of the rows that begin with a figure, and are level with others,
from which the pages hold one table; and how many rows are asked."""
_NUMBER = re.compile(r"\W*(?:p[aá]g\w*\W*)?(\d{1,4})\W*", re.IGNORECASE)

Read = Callable[[Sequence[np.ndarray]], list[Reading]]


@dataclass(frozen=True, slots=True)
class Fold:
    """A line between two pages: its place in pixels from the left, at the top edge of the picture, and its lean to the right per pixel.

    ``parts`` is False where one table goes on over it: the two pages are read as one.
    """

    top: float
    lean: float
    parts: bool = True

    def at(self, y: float) -> float:
        return self.top + self.lean * y

    def turned(self, degree: float, width: int, height: int) -> Fold:
        """The same on the picture before it was ``straightened`` by so many degrees."""
        turn = math.radians(degree)
        ends: list[tuple[float, float]] = []
        for y in (0.0, float(height)):
            dx, dy = self.at(y) - width / 2, y - height / 2
            ends.append((width / 2 + dx * math.cos(turn) + dy * math.sin(turn), height / 2 - dx * math.sin(turn) + dy * math.cos(turn)))
        (x0, y0), (x1, y1) = ends
        lean = (x1 - x0) / (y1 - y0)
        return replace(self, top=x0 - lean * y0, lean=lean)


def fold(pixels: np.ndarray, found: Sequence[Quad], read: Read) -> Fold | None:
    """The fold of a levelled picture of two facing pages, whose lines of text are ``found``; None for any other picture.

    ``pixels``: height x width x 3, 8 bits each. Nothing printed may cross it, and something must show that it is one: the shadow
    along it, lines that run in two directions, or the numbers of two pages. ``read`` recognises crops.
    """
    height, width = pixels.shape[:2]
    lines = [q for q in found if width_of(q) > height_of(q)]
    if width < _WIDE * height or len(lines) < 2 * _LEAST:
        return None
    high = float(np.median([height_of(q) for q in lines]))
    clear = _clear(lines, width, height, high)
    if not clear:
        return None
    best, is_dark = _darkest(pixels, lines, clear, high)
    left, right = ([q for q in lines if (float(q[:, 0].mean()) < best.at(float(q[:, 1].mean()))) == side] for side in (True, False))
    if not _are_pages(left, right):
        return None
    if not (is_dark or _run_apart(left, right) or _are_numbered(pixels, left, right, high, read)):
        return None
    goes_on = _rules_meet(pixels, best, high, lines) or _rows_go_on(pixels, left, right, high, read)
    return replace(best, parts=not goes_on)


def _clear(lines: Sequence[Quad], width: int, height: int, high: float) -> list[tuple[Fold, float]]:
    """The folds that no line comes near, each with the distance of the nearest."""
    boxes = np.array([box_of(q) for q in lines])
    ys = (boxes[:, 1] + boxes[:, 3]) / 2
    out: list[tuple[Fold, float]] = []
    for lean in np.linspace(-_LEAN, _LEAN, 9).tolist():
        for middle in np.arange(_MIDDLE[0] * width, _MIDDLE[1] * width, high / 4).tolist():
            one = Fold(middle - lean * height / 2, lean)
            at = one.top + lean * ys
            free = float(np.maximum(boxes[:, 0] - at, at - boxes[:, 2]).min())
            if free >= _CLEAR * high:
                out.append((one, free))
    return out


def _darkest(pixels: np.ndarray, lines: Sequence[Quad], clear: Sequence[tuple[Fold, float]], high: float) -> tuple[Fold, bool]:
    """The fold along which the paper is darkest, and whether that is a fold's shadow; else the one that is furthest from all text."""
    height, width = pixels.shape[:2]
    top = max(min(box_of(q)[1] for q in lines) - 2 * high, 0.0)
    bottom = min(max(box_of(q)[3] for q in lines) + 2 * high, float(height))
    light = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    edges = np.linspace(top, bottom, _BANDS + 1).astype(int)
    bands = [light[a : max(b, a + 1)] for a, b in itertools.pairwise(edges)]
    narrow = max(int(high / 2), 3)
    means = np.stack([cv2.blur(b.mean(axis=0, dtype=np.float32)[None], (narrow, 1))[0] for b in bands])
    # Paper beside the fold, for each column: what is light among the pixels some way to its left, and to its right.
    step = max(width // 40, 1)
    paper = np.stack([[np.percentile(b[:, k : k + step : 3], 80) for k in range(0, width - step + 1, step)] for b in bands])
    middle = (edges[:-1] + edges[1:]) / 2
    rows = np.arange(_BANDS)
    found: list[tuple[float, Fold]] = []
    for one, _ in clear:
        at = one.top + one.lean * middle
        if at.min() < 0 or at.max() >= width:
            continue
        k = (at / step).astype(int)
        sides = [np.max([paper[rows, np.clip(k + s * n, 0, paper.shape[1] - 1)] for n in range(2, 11)], axis=0) for s in (-1, 1)]
        share = means[rows, at.astype(int)] / np.maximum(np.minimum(*sides), 1)
        if float((share < _DARK).mean()) >= _THROUGHOUT and share[0] < _DARK and share[-1] < _DARK:
            found.append((float(share.mean()), one))
    if found:
        return min(found, key=lambda f: f[0])[1], True
    return max(clear, key=lambda c: c[1])[0], False


def _are_pages(left: Sequence[Quad], right: Sequence[Quad]) -> bool:
    """True where both sides hold lines, over as much of the width and of the height as pages do."""
    if min(len(left), len(right)) < _LEAST:
        return False
    (a, b), (c, d) = (_extent(left, axis) for axis in (0, 1)), (_extent(right, axis) for axis in (0, 1))
    wide, high = sorted((a[1] - a[0], c[1] - c[0])), sorted((b[1] - b[0], d[1] - d[0]))
    return wide[0] >= _COMMON * wide[1] and high[0] >= _COMMON * high[1] and min(b[1], d[1]) > max(b[0], d[0])


def _extent(lines: Sequence[Quad], axis: int) -> tuple[float, float]:
    return float(min(q[:, axis].min() for q in lines)), float(max(q[:, axis].max() for q in lines))


def _run_apart(left: Sequence[Quad], right: Sequence[Quad]) -> bool:
    """True where the long lines of one side run in another direction than those of the other."""
    ways = []
    for side in (left, right):
        its = [float((q[1] - q[0] + q[2] - q[3])[1] / max((q[1] - q[0] + q[2] - q[3])[0], 1.0)) for q in side if _is_long(q)]
        if len(its) < _LEAST:
            return False
        ways.append(its)
    apart = abs(float(np.median(ways[0])) - float(np.median(ways[1])))
    spread = max(float(np.median(np.abs(np.array(its) - np.median(its)))) for its in ways)
    return apart >= max(_APART, 2 * spread)


def _is_long(quad: Quad) -> bool:
    return width_of(quad) > _LONG * height_of(quad)


def _are_numbered(pixels: np.ndarray, left: Sequence[Quad], right: Sequence[Quad], high: float, read: Read) -> bool:
    """True where the first or the last line of each side is the number of a page, and the right one the next."""
    for last in (True, False):
        ends = [max(side, key=lambda q: float(q[:, 1].mean()) * (1 if last else -1)) for side in (left, right)]
        if max(width_of(q) for q in ends) > 8 * high or any(_has_beside(q, side) for q, side in zip(ends, (left, right), strict=True)):
            continue
        said = [_NUMBER.fullmatch(r.text.strip()) for r in read([crop(pixels, q) for q in ends])]
        if said[0] and said[1] and int(said[1][1]) == int(said[0][1]) + 1:
            return True
    return False


def _has_beside(quad: Quad, lines: Sequence[Quad]) -> bool:
    y, reach = float(quad[:, 1].mean()), height_of(quad) / 2
    return any(q is not quad and abs(float(q[:, 1].mean()) - y) < reach for q in lines)


def _rules_meet(pixels: np.ndarray, at: Fold, high: float, lines: Sequence[Quad]) -> bool:
    """True where level rules reach the fold from both sides at one height: a table is printed over both pages."""
    top, bottom = _extent(lines, 1)
    dark = ink(grey(pixels), high / 10)
    left, right = (_ends(dark, at, high, side, (top - high, bottom + high)) for side in (-1, 1))
    met = sum(any(abs(a - b) < _LEVEL * high for b in right) for a in left)
    return met >= 2 and met >= _MEETS * max(len(left), len(right))


def _ends(dark: np.ndarray, at: Fold, high: float, side: int, between: tuple[float, float]) -> list[float]:
    """The heights at which level strokes of one side (-1: left) pass beside the fold, within the reach of a table over both pages."""
    top, bottom = max(int(between[0]), 0), min(int(between[1]), dark.shape[0])
    near, far = _CLEAR * high, _REACH * high
    ys = np.arange(top, bottom)
    # The strip beside the fold, its columns counted from the fold, upright however the fold leans.
    xs = (at.top + at.lean * ys)[:, None] + side * np.arange(near, far)[None]
    strip = dark[ys[:, None], np.clip(xs.astype(int), 0, dark.shape[1] - 1)]
    strip = cv2.morphologyEx(strip, cv2.MORPH_OPEN, np.ones((1, max(int(0.4 * high), 4)), np.uint8))
    strip = cv2.dilate(strip, np.ones((3, 3), np.uint8))
    count, _, stats, centres = cv2.connectedComponentsWithStats(strip, connectivity=8)
    return [
        float(centres[k][1]) + top
        for k in range(1, count)
        if stats[k][cv2.CC_STAT_WIDTH] >= _FULL * strip.shape[1] and stats[k][cv2.CC_STAT_HEIGHT] <= 0.5 * high
    ]


def _rows_go_on(pixels: np.ndarray, left: Sequence[Quad], right: Sequence[Quad], high: float, read: Read) -> bool:
    """True where the rows of the right side begin with figures and are level with those of the left, which begin with names."""
    starts, others = _starts(right, high), _starts(left, high)
    ends = [_end(row) for row in _rows(left, high)]
    level = [q for q in starts if any(abs(float(q[[0, 3], 1].mean()) - y) < _LEVEL * high for y in ends)]
    if len(level) < _MEETS * len(starts):
        return False
    return _figures(pixels, starts, read) >= _GOES_ON and _figures(pixels, others, read) <= 1 - _GOES_ON


def _figures(pixels: np.ndarray, lines: Sequence[Quad], read: Read) -> float:
    """The share of figures among some of the lines."""
    asked = [lines[k] for k in np.unique(np.linspace(0, len(lines) - 1, _ASKED).astype(int))]
    return sum(is_figure(r.text) for r in read([crop(pixels, q) for q in asked])) / len(asked)


def _starts(lines: Sequence[Quad], high: float) -> list[Quad]:
    return [row[0] for row in _rows(lines, high)]


def _end(row: Sequence[Quad]) -> float:
    return float(row[-1][[1, 2], 1].mean())


def _rows(lines: Sequence[Quad], high: float) -> list[list[Quad]]:
    """The lines of one side by rows, each from left to right: one goes on the row whose last ends at the height where it starts."""
    out: list[list[Quad]] = []
    for q in sorted(lines, key=lambda q: float(q[:, 0].min())):
        start = float(q[[0, 3], 1].mean())
        row = min(out, key=lambda r: abs(_end(r) - start), default=None)
        if row is not None and abs(_end(row) - start) < high / 2 and float(q[:, 0].min()) > float(row[-1][:, 0].max()) - high / 2:
            row.append(q)
        else:
            out.append([q])
    return sorted(out, key=lambda r: float(r[0][:, 1].mean()))
