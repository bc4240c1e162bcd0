"""Reads a picture of a page: lines found, cut at the rules, recognised; what comes out is a page like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ..marks import is_reason
from ..pdf.content import Box, PageContent, Rule, Struck, Word, holds
from . import engine
from .bars import bars, shades
from .engine import Quad
from .lines import Line, cut, is_read, latin, left_over, recognise
from .orientation import quarters, skew, straightened, turned
from .pens import pens
from .picture import Picture, faint, grey, ink, positive
from .points import restore
from .quads import box_of, crop, grown, height_of
from .ruling import Stroke, outside_shades, outside_text, parted, strokes
from .shown import Shown
from .snapping import snapped
from .spelling import accent, respelled, settled
from .straight import Bend, bend

SETTINGS = 5
"""To be raised with every change of what a page is read as: pages that were kept are read again."""
_LEAST_SKEW = 0.05
"""Degrees, half a point over the width of a page: to turn a picture by less blurs it and mends nothing."""
_TYPE = 0.8
"""Of the height that the detector gives a line: from the ascent of its type to its descent."""


@dataclass(slots=True)
class Scanned:
    """A page that was recognised, flat, and how it lies on the page shown."""

    page: PageContent
    shown: Shown


def read_picture(picture: Picture) -> Scanned:
    """The words and rules of a page that is a picture. Boxes are in points of the page as it stands upright and flat."""
    scale = picture.scale
    pixels = positive(picture.pixels)
    quarter = quarters(pixels, engine.detect, engine.recognise)
    pixels = turned(pixels, quarter)
    askew = _worth(skew(pixels))
    pixels = straightened(pixels, askew)
    height, width = pixels.shape[:2]
    found = engine.detect(pixels)  # first, for it takes the most memory
    light = grey(pixels)
    dark = ink(light, scale)
    drawn = pens(pixels, scale)
    if drawn is not None:
        dark[drawn.mask > 0] = 0
    written = [q for q in found if drawn is not None and drawn.wrote(q)]
    found = [q for q in found if not any(q is w for w in written)]
    struck = _struck(pixels, found, scale)
    for box, _ in struck:
        dark[_within(box, 0.8 * scale)] = 0
    found = [q for q in found if not any(_lies_in(q, box) for box, _ in struck)]
    rows, columns, ruled = strokes(dark, scale, None if drawn is None else cv2.dilate(drawn.mask, np.ones((3, 3), np.uint8)))
    rows, columns = outside_shades(rows, columns, shades(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), scale), scale)
    rows, columns = outside_text(rows, columns, [box_of(q) for q in found], scale)
    rows = parted(rows, columns, dark, scale)
    flat = bend(rows, columns, width, height, scale)
    lines = [line for q in found for line in cut(q, rows, columns, scale)]
    free = cv2.bitwise_and(dark, cv2.bitwise_not(cv2.dilate(ruled, np.ones((3, 3), np.uint8))))
    alone, large = left_over(free, lines, scale)
    lines += [Line(q, alone=True) for q in alone]
    recognise(pixels, lines, drawn, dark)
    if (least := faint(light, dark, scale)) is not None:
        restore(lines, cv2.bitwise_and(least, cv2.bitwise_not(ruled)))
    page = PageContent(picture.number, width / scale, height / scale, scanned=True)
    page.drawn = [_flat(box, flat, scale) for box in drawn.boxes] if drawn is not None else []
    level, upright = ([_rule(s, flat, scale, up) for s in found] for found, up in ((rows, False), (columns, True)))
    page.horizontal, page.vertical = snapped(level, upright, page.drawn)
    for line in lines:
        if is_read(line):
            page.words += _words(line, free, flat, scale, len(page.words))
        else:
            page.unread.append(_flat(box_of(line.quad), flat, scale))
    accent(page.words)
    page.unread += [_flat(box_of(q), flat, scale) for q in (*written, *large)]
    page.struck = [Struck(_flat(box, flat, scale), reason=reason) for box, reason in struck]
    return Scanned(page, Shown(width, height, scale, askew, flat, quarter))


def _worth(degree: float) -> float:
    return degree if abs(degree) >= _LEAST_SKEW else 0.0


def _struck(pixels: np.ndarray, found: Sequence[Quad], scale: float) -> list[tuple[Box, str]]:
    """The black bars of a page and the reason printed upon each. Other text upon black is a header's."""
    out = []
    for box in bars(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), scale):
        upon = sorted((q for q in found if _lies_in(q, box)), key=lambda q: (round(box_of(q)[1]), box_of(q)[0]))
        said = " ".join(latin(r).text for r in engine.recognise([crop(pixels, grown(q, 0, 0.06)) for q in upon])).strip()
        if not said or is_reason(said):
            out.append((box, said))
    return out


def _lies_in(quad: Quad, box: Box) -> bool:
    x0, top, x1, bottom = box_of(quad)
    return holds(box, (x0 + x1) / 2, (top + bottom) / 2)


def _within(box: Box, more: float) -> tuple[slice, slice]:
    x0, top, x1, bottom = box
    return slice(max(int(top - more), 0), int(bottom + more) + 1), slice(max(int(x0 - more), 0), int(x1 + more) + 1)


def _flat(box: Box, flat: Bend, scale: float) -> Box:
    """A box in pixels as one in points of the flat page."""
    points = [flat.point(x, y) for x, y in ((box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3]))]
    xs, ys = [p[0] / scale for p in points], [p[1] / scale for p in points]
    return (min(xs), min(ys), max(xs), max(ys))


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
        angle, text = 90 if line.standing else 0, respelled(settled(piece.text))
        others = tuple(t for t in dict.fromkeys((piece.text, *piece.others)) if t != text)
        word = Word(text, *map(float, box), angle=angle, span=order, order=order + k, doubtful=piece.doubtful, others=others)
        out.append(word)
    return out


def _ends(quad: Quad, free: np.ndarray) -> tuple[float, float]:
    """Where the ink of a line begins and ends: the detector leaves room around it."""
    x0, top, x1, bottom = box_of(quad)
    pad = 0.15 * height_of(quad)
    left, right = max(int(x0), 0), min(int(np.ceil(x1)), free.shape[1])
    seen = np.flatnonzero(free[max(int(top + pad), 0) : max(int(bottom - pad), 0), left:right].any(axis=0))
    return (float(left + seen[0]), float(left + seen[-1] + 1)) if len(seen) else (x0, x1)
