"""Reads a picture of a page: lines found, cut at the rules, recognised; what comes out is a page like any other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from ..pdf.content import Box, PageContent, Rule, Word
from . import engine
from .engine import Quad, Reading
from .picture import Picture, grey, ink, positive
from .quads import between, box_of, crop, crop_from_below, grown, height_of, of_box, part, width_of
from .ruling import Stroke, outside_text, parted, strokes
from .shown import Shown
from .snapping import snapped
from .spelling import settled
from .straight import Bend, bend
from .turned import quarters, skew, straightened, turned

SETTINGS = 1
"""To be raised with every change of what a page is read as: pages that were kept are read again."""
_LEAST_SKEW = 0.05
_ROOM, _OTHER_ROOM = (0.0, 0.06), ((0.0, 0.12),)
"""Room around a line, along and across, in shares of its height: as it is read, and read again where a character is in doubt."""
_SURE = 0.8
_SURE_FIGURE, _SURE_WORD = 0.8, 0.5
"""Scores of a word's least certain character below which it is said to be in doubt."""
_TYPE = 0.8
"""Of the height that the detector gives a line: from the ascent of its type to its descent."""
_STANDING = 1.8
"""How much taller than wide a line is that runs up the page."""


@dataclass(slots=True)
class Line:
    """A line, or what of it stands in one cell: where it is, and what it says."""

    quad: Quad
    standing: bool = False
    reading: Reading = field(default_factory=lambda: Reading("", 0.0))


@dataclass(slots=True)
class Scanned:
    """A page that was recognised, flat, and how it lies on the page shown."""

    page: PageContent
    shown: Shown


def read_picture(picture: Picture) -> Scanned:
    """The words and rules of a page that is a picture. Boxes are in points of the page as it stands upright and flat."""
    pixels = positive(picture.pixels)
    pixels = turned(pixels, quarters(pixels, engine.detect, engine.recognise))
    askew = _worth(skew(pixels))
    pixels = straightened(pixels, askew)
    height, width = pixels.shape[:2]
    dark = ink(grey(pixels), picture.scale)
    rows, columns, ruled = strokes(dark, picture.scale)
    found = engine.detect(pixels)
    rows, columns = outside_text(rows, columns, [box_of(q) for q in found], picture.scale)
    rows = parted(rows, columns, dark, picture.scale)
    flat = bend(rows, columns, width, height, picture.scale)
    lines = [line for q in found for line in _cut(q, rows, columns, picture.scale)]
    free = cv2.bitwise_and(dark, cv2.bitwise_not(cv2.dilate(ruled, np.ones((3, 3), np.uint8))))
    lines += [Line(q) for q in left_over(free, lines, picture.scale)]
    _recognise(pixels, lines)
    page = PageContent(picture.number, width / picture.scale, height / picture.scale, scanned=True)
    page.horizontal, page.vertical = snapped(
        [_rule(s, flat, picture.scale, upright=False) for s in rows], [_rule(s, flat, picture.scale, upright=True) for s in columns]
    )
    for line in lines:
        page.words += _words(line, free, flat, picture.scale, len(page.words))
    return Scanned(page, Shown(width, height, picture.scale, askew, flat))


def _worth(degree: float) -> float:
    return degree if abs(degree) >= _LEAST_SKEW else 0.0


def _cut(quad: Quad, rows: Sequence[Stroke], columns: Sequence[Stroke], scale: float) -> list[Line]:
    """A line parted where an upright rule runs through it: what stands on each side is a cell's of its own."""
    x0, top, x1, bottom = box_of(quad)
    if height_of(quad) > _STANDING * width_of(quad) and height_of(quad) > 20 * scale:
        return [Line(quad, standing=True)]
    middle, height = (top + bottom) / 2, height_of(quad)
    # A level rule through the middle parts two rows that stand so close that they were taken for one.
    for s in rows:
        if s.along[0] <= x0 + height and s.along[-1] >= x1 - height:
            share = (s.at((x0 + x1) / 2) - top) / max(bottom - top, 1)
            if 0.3 < share < 0.7 and height > 9 * scale:
                return [p for q in (between(quad, 0, share), between(quad, share, 1)) for p in _cut(q, [], columns, scale)]
    lo, hi, cuts = 0.0, 1.0, []
    for s in columns:
        if s.along[0] <= middle <= s.along[-1]:
            at, half = s.at(middle), s.width / 2 + 1
            if x0 + 0.25 * height < at < x1 - 0.25 * height:
                cuts.append((at - x0) / (x1 - x0))
            elif x0 - half < at < x1 - 0.5 * (x1 - x0):
                lo = max(lo, (at + half - x0) / (x1 - x0))  # the rule itself would be read as a letter
            elif x0 < at < x1 + half:
                hi = min(hi, (at - half - x0) / (x1 - x0))
    edges = [lo, *sorted(cuts), hi]
    return [Line(part(quad, a, b)) for a, b in itertools.pairwise(edges) if (b - a) * (x1 - x0) > 2 * scale]


def left_over(free: np.ndarray, lines: Sequence[Line], scale: float) -> list[Quad]:
    """Ink of the size of letters where no line was found: a lone digit that the detector passed over."""
    rest = free.copy()
    for line in lines:
        cv2.fillPoly(rest, [np.int32(np.round(grown(line.quad, 0.12, 0.12)))], 0)
    heights = sorted(height_of(line.quad) for line in lines if not line.standing)
    usual = heights[len(heights) // 2] if heights else 8 * scale
    joined = cv2.dilate(rest, np.ones((max(int(0.1 * usual), 1), max(int(0.35 * usual), 1)), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = [box_of(line.quad) for line in lines]
    out: list[Quad] = []
    for k in range(1, count):
        x, y, w, h, _ = stats[k].tolist()
        if not 0.35 * usual <= h <= 2 * usual or w > 12 * usual:
            continue
        area = int(((labels[y : y + h, x : x + w] == k) & (rest[y : y + h, x : x + w] > 0)).sum())
        if area < 0.04 * usual * usual or any(_touch((x, y, x + w, y + h), b, 0.15 * usual) for b in boxes):
            continue
        pad = 0.2 * usual
        out.append(of_box(x - pad, y - pad, x + w + pad, y + h + pad))
    return out


def _touch(a: Box, b: Box, reach: float) -> bool:
    """True for what is left of a line that was found: its accents and tails reach out of its box."""
    return a[0] < b[2] + reach and b[0] < a[2] + reach and a[1] < b[3] + reach and b[1] < a[3] + reach


def _recognise(pixels: np.ndarray, lines: Sequence[Line]) -> None:
    """Reads every line; those that run up the page both ways."""
    level = [line for line in lines if not line.standing]
    for line, reading in zip(level, engine.recognise([crop(pixels, grown(line.quad, *_ROOM)) for line in level]), strict=True):
        line.reading = reading
    doubtful = [line for line in level if 0 < worst(line.reading) < _SURE]
    for room in _OTHER_ROOM:
        again = engine.recognise([crop(pixels, grown(line.quad, *room)) for line in doubtful])
        for line, reading in zip(doubtful, again, strict=True):
            line.reading = max(line.reading, reading, key=worst)
    standing = [line for line in lines if line.standing]
    crops = [crop_from_below(pixels, line.quad) for line in standing]
    both = engine.recognise([*crops, *(cv2.rotate(c, cv2.ROTATE_180) for c in crops)])
    for k, line in enumerate(standing):
        line.reading = max(both[k], both[len(standing) + k], key=lambda r: r.score)


def worst(reading: Reading) -> float:
    """The score of the least certain character of a line."""
    return min((piece.score for piece in reading.pieces), default=0.0)


def _rule(stroke: Stroke, flat: Bend, scale: float, upright: bool) -> Rule:
    pairs = zip(stroke.along.tolist(), stroke.across.tolist(), strict=True)
    points = [flat.point(c, a) if upright else flat.point(a, c) for a, c in pairs]
    along = [p[1] if upright else p[0] for p in points]
    across = [p[0] if upright else p[1] for p in points]
    return Rule(float(np.median(across)) / scale, min(along) / scale, max(along) / scale, stroke.width / scale)


def _words(line: Line, free: np.ndarray, flat: Bend, scale: float, order: int) -> list[Word]:
    """The words of a line with their boxes: as high as the line's type, as long as their ink."""
    quad = line.quad
    left, right = _ends(quad, free)
    length, height = max(float(quad[1][0] - quad[0][0]), 1.0), _TYPE * height_of(quad)
    rise = float(quad[1][1] - quad[0][1] + quad[2][1] - quad[3][1]) / 2
    middle = float(quad[:, 1].mean())
    out: list[Word] = []
    pieces = line.reading.pieces
    for k, piece in enumerate(pieces):
        x0, x1 = quad[0][0] + piece.lo * length, quad[0][0] + piece.hi * length
        top, bottom = middle - height / 2, middle + height / 2
        if line.standing:
            x0, top, x1, bottom = box_of(quad)
        else:
            x0 = left if k == 0 else max(x0, left)
            x1 = right if k == len(pieces) - 1 else min(x1, right)
            off = rise * ((x0 + x1) / 2 - quad[:, 0].mean()) / length
            top, bottom = top + off, bottom + off
        x1 = max(x1, x0 + 1)
        cx, cy = (x0 + x1) / 2, (top + bottom) / 2
        fx, fy = flat.point(cx, cy)
        box = [(x0 + fx - cx) / scale, (top + fy - cy) / scale, (x1 + fx - cx) / scale, (bottom + fy - cy) / scale]
        doubtful = piece.score < (_SURE_FIGURE if any(c.isdigit() for c in piece.text) else _SURE_WORD)
        angle = 90 if line.standing else 0
        out.append(Word(settled(piece.text), *map(float, box), angle=angle, span=order, order=order + k, doubtful=doubtful))
    return out


def _ends(quad: Quad, free: np.ndarray) -> tuple[float, float]:
    """Where the ink of a line begins and ends: the detector leaves room around it."""
    x0, top, x1, bottom = box_of(quad)
    pad = 0.15 * height_of(quad)
    left, right = max(int(x0), 0), min(int(np.ceil(x1)), free.shape[1])
    seen = np.flatnonzero(free[max(int(top + pad), 0) : max(int(bottom - pad), 0), left:right].any(axis=0))
    return (float(left + seen[0]), float(left + seen[-1] + 1)) if len(seen) else (x0, x1)
