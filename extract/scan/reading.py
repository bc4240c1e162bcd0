"""Reads a picture of a page: lines found, cut at the rules, recognised; what comes out is a page like any other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ..marks import is_reason
from ..pdf.content import Box, PageContent, Rule, Struck, Word, holds
from . import engine
from .bars import bars, shades
from .blanks import parted_at_blanks, placed_by_ink
from .course import Course, course, plumb
from .creases import creased, without_creases
from .dashes import dashes
from .dust import without_dust
from .facing import Fold, fold
from .flattened import flattened
from .lines import Line, cut, in_doubt, is_read, latin, left_over, may_be_drawn, recognise
from .orientation import quarters, skew, straightened, turned
from .overlaid import overlaid
from .pens import pens
from .picture import Picture, faint, grey, ink, positive
from .piece import Quad
from .points import restore
from .quads import box_of, crop, grown, height_of
from .reverse import shown_through
from .ruling import Stroke, beneath, outside_shades, outside_text, parted, strokes
from .shaded import headed
from .sheet import around_sheet, clear_of
from .shown import Facing, Shown
from .snapping import snapped
from .spelling import accent, respelled, settled
from .straight import LEVEL, Bend, bend

SETTINGS = 12
"""To be raised with every change of what a page is read as: pages that were kept are read again."""
_LEAST_SKEW = 0.05
"""Degrees, half a point over the width of a page: to turn a picture by less blurs it and mends nothing."""
_SUNK = 0.6
"""Of the height of a line, how much a page may sink over its width: from half of it on, the ends of a row lie between two others."""
_BLANK = 0.4
"""Of the type's height, the widest blank that a text is printed with at once, unless its lines are made of one length."""
_TYPE = 0.8
"""Of the height that the detector gives a line: from the ascent of its type to its descent."""


@dataclass(slots=True)
class Scanned:
    """A page that was recognised, flat, and how it lies on the picture shown; with the page that faces it to its right, if any."""

    page: PageContent
    shown: Shown | Facing
    facing: PageContent | None = None

    @property
    def pages(self) -> tuple[PageContent, ...]:
        return (self.page,) if self.facing is None else (self.page, self.facing)


def read_picture(picture: Picture) -> Scanned:
    """The words and rules of a page that is a picture, or of two facing ones. Boxes are in points of the picture, upright and flat."""
    upright = _without_dust(positive(picture.pixels), picture.scale)
    quarter = quarters(upright, engine.detect, engine.recognise)
    upright = turned(upright, quarter)
    height, width = upright.shape[:2]
    askew = _worth(skew(upright))
    pixels = straightened(upright, askew)
    found = engine.detect(pixels)  # first, for it takes the most memory
    between = fold(pixels, found, engine.recognise)
    if between is None:
        return _alone(upright, pixels, found, Shown(width, height, picture.scale, askew, LEVEL, quarter), picture.number)
    high = float(np.median([height_of(q) for q in found]))
    del found
    if not between.parts:
        shown = Shown(width, height, picture.scale, askew, LEVEL, quarter, level=course(ink(grey(pixels), picture.scale), pages=2))
        pixels = flattened(upright, shown, picture.scale)
        page, flat = _read(pixels, engine.detect(pixels), picture.number, picture.scale)
        return Scanned(page, replace(shown, bend=flat))
    del pixels
    between = between.turned(askew, width, height)
    edges = [between.at(y) for y in (0.0, float(height))]
    parts = [(0, min(math.ceil(max(edges)), width)), (max(int(min(edges)), 0), width)]
    sides = [Shown(b - a, height, picture.scale, 0.0, LEVEL, quarter, a) for a, b in parts]
    left, right = (_one_of_two(upright, between, side, high, picture.number) for side in sides)
    return Scanned(left[0], Facing((left[1], right[1]), between), right[0])


def _alone(upright: np.ndarray, pixels: np.ndarray, found: list[Quad], shown: Shown, number: int) -> Scanned:
    """A picture that is one page, of which lines were ``found`` on its straight ``pixels``: levelled where they slope."""
    scale, high = shown.scale, float(np.median([height_of(q) for q in found])) if found else 0.0
    level = _course(pixels, found, scale)
    if level is not None and level.fall > _SUNK * high:
        shown = replace(shown, level=level)
        shown = replace(shown, plumb=plumb(_ink_of_sheet(flattened(upright, shown, scale), found, scale), high))
        pixels = flattened(upright, shown, scale)
        found = engine.detect(pixels)
    page, flat = _read(pixels, found, number, scale)
    return Scanned(page, replace(shown, bend=flat))


def _course(pixels: np.ndarray, found: Sequence[Quad], scale: float) -> Course | None:
    """The course of the lines of a single page; half as fine, for most pages have none."""
    small = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    half = course(_ink_of_sheet(small, [q / 2 for q in found], scale / 2))
    return None if half is None else half.enlarged(2)


def _ink_of_sheet(pixels: np.ndarray, found: Sequence[Quad], scale: float) -> np.ndarray:
    dark = ink(grey(pixels), scale)
    if (beyond := around_sheet(pixels, found, scale)) is not None:
        dark[beyond > 0] = 0
    return dark


def _one_of_two(upright: np.ndarray, between: Fold, part: Shown, high: float, number: int) -> tuple[PageContent, Shown]:
    """One of two facing pages, which is that ``part`` of the picture: askew and curved in its own way. ``high``: the height of a line."""
    shown, scale = replace(part, skew=_worth(skew(upright[:, part.left : part.left + part.width]))), part.scale
    shown = replace(shown, level=course(ink(grey(flattened(upright, shown, scale, between)), scale)))
    shown = replace(shown, plumb=plumb(ink(grey(flattened(upright, shown, scale, between)), scale), high))
    pixels = flattened(upright, shown, scale, between)
    page, flat = _read(pixels, engine.detect(pixels), number, scale)
    return _moved(page, part.left / scale), replace(shown, bend=flat)


def _read(pixels: np.ndarray, found: list[Quad], number: int, scale: float) -> tuple[PageContent, Bend]:
    """What stands on a levelled page whose lines were ``found``, and its bend. Boxes are in points of the flat page."""
    height, width = pixels.shape[:2]
    struck = _struck(pixels, found, scale)
    light = grey(_without(pixels, [box for box, _ in struck], scale))
    dark = ink(light, scale)
    if (beyond := around_sheet(pixels, found, scale)) is not None:
        dark[beyond > 0] = 0
        found = clear_of(found, beyond)
    drawn = pens(pixels, scale)
    if drawn is not None:
        dark[drawn.mask > 0] = 0
    written = [q for q in found if drawn is not None and drawn.wrote(q)]
    found = [q for q in found if not any(q is w for w in written)]
    found = [q for q in found if not any(_lies_in(q, box) for box, _ in struck)]
    over = None if drawn is None else cv2.dilate(drawn.mask, np.ones((3, 3), np.uint8))
    rows, columns, ruled = strokes(dark, scale, over)
    found_rows, found_columns = rows, columns
    rows, columns = without_creases(rows, columns, width, height, scale)
    creases = _gone(found_rows, rows), _gone(found_columns, columns)
    one, boxes = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), [box_of(q) for q in found]
    shaded = shades(one, scale)
    rows, columns = outside_shades(rows, columns, shaded, scale)
    rows, columns = headed(rows, columns, shaded, boxes, one, scale)
    rows, columns = outside_text(rows, columns, boxes, scale)
    columns = beneath(columns, over, scale)
    rows = parted(rows, columns, dark, scale)
    flat = bend(rows, columns, width, height, scale)
    free = cv2.bitwise_and(dark, cv2.bitwise_not(cv2.dilate(ruled, np.ones((3, 3), np.uint8))))
    lines = [part for q in found for line in cut(q, rows, columns, scale) for part in _apart(line, dark)]
    alone, large = left_over(_outside(free, shaded, scale), lines, columns, scale)
    lines += [Line(q, alone=True) for q in alone]
    recognise(pixels, lines, drawn, dark)
    other_side = {id(line) for line in shown_through(pixels, light, lines)}
    lines = [line for line in lines if id(line) not in other_side]
    hidden = [*overlaid(lines, free, light), *creased(lines, *creases, scale), *(o for o in lines if may_be_drawn(o, lines, columns))]
    for line in hidden if engine.is_trusted() else lines:
        line.reading = in_doubt(line.reading)
    if (least := faint(light, dark, scale)) is not None:
        restore(lines, cv2.bitwise_and(least, cv2.bitwise_not(ruled)))
    lines += dashes(free, lines)
    page = PageContent(number, width / scale, height / scale, scanned=True)
    page.drawn = [_flat(box, flat, scale) for box in drawn.boxes] if drawn is not None else []
    level, upright = ([_rule(s, flat, scale, up) for s in found] for found, up in ((rows, False), (columns, True)))
    page.horizontal, page.vertical = snapped(level, upright, page.drawn)
    for line in lines:
        if is_read(line):
            page.words += _words(line, free, dark, flat, scale, len(page.words))
        else:
            page.unread.append(_flat(box_of(line.quad), flat, scale))
    accent(page.words)
    page.unread += [_flat(box_of(q), flat, scale) for q in (*written, *large)]
    page.struck = [Struck(_flat(box, flat, scale), reason=reason) for box, reason in struck]
    return page, flat


def _moved(page: PageContent, right: float) -> PageContent:
    """The page with all boxes so many points further right."""
    page.left = right
    for word in page.words:
        word.x0, word.x1 = word.x0 + right, word.x1 + right
    page.horizontal = [replace(r, lo=r.lo + right, hi=r.hi + right) for r in page.horizontal]
    page.vertical = [replace(r, at=r.at + right) for r in page.vertical]
    page.drawn, page.unread = ([(b[0] + right, b[1], b[2] + right, b[3]) for b in boxes] for boxes in (page.drawn, page.unread))
    page.struck = [replace(s, box=(s.box[0] + right, s.box[1], s.box[2] + right, s.box[3])) for s in page.struck]
    return page


def _without_dust(pixels: np.ndarray, scale: float) -> np.ndarray:
    light = grey(pixels)
    cleaned = without_dust(pixels, light, ink(light, scale), scale)
    return pixels if cleaned is None else cleaned


def _gone(before: Sequence[Stroke], after: Sequence[Stroke]) -> list[Stroke]:
    return [s for s in before if not any(s is o for o in after)]


def _apart(line: Line, dark: np.ndarray) -> list[Line]:
    return [line] if line.standing else [Line(q) for q in parted_at_blanks(line.quad, dark)]


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


def _without(pixels: np.ndarray, boxes: Sequence[Box], scale: float) -> np.ndarray:
    """The pixels with paper in the place of black bars: beside these, thin rules would be too light for ink."""
    if not boxes:
        return pixels
    out = pixels.copy()
    paper = np.median(pixels[::8, ::8].reshape(-1, 3), axis=0)
    for box in boxes:
        out[_within(box, 0.8 * scale)] = paper
    return out


def _lies_in(quad: Quad, box: Box) -> bool:
    x0, top, x1, bottom = box_of(quad)
    return holds(box, (x0 + x1) / 2, (top + bottom) / 2)


def _outside(ink: np.ndarray, shaded: Sequence[Box], scale: float) -> np.ndarray:
    """The ink outside dark shades: in them it is the ground."""
    out = ink.copy() if shaded else ink
    for box in shaded:
        out[_within(box, 2 * scale)] = 0
    return out


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


def _words(line: Line, free: np.ndarray, dark: np.ndarray, flat: Bend, scale: float, order: int) -> list[Word]:
    """The words of a line with their boxes: as high as the line's type, as long as their ink."""
    quad = line.quad
    left, right = _ends(quad, free)
    length, height = max(float(quad[1][0] - quad[0][0]), 1.0), _TYPE * height_of(quad)
    rise = float(quad[1][1] - quad[0][1] + quad[2][1] - quad[3][1]) / 2
    middle = float(quad[:, 1].mean())
    out: list[Word] = []
    pieces = line.reading.pieces if line.standing else placed_by_ink(line.reading.pieces, quad, dark)
    span, least = order, _BLANK * height / length
    for k, piece in enumerate(pieces):
        if k and piece.lo - pieces[k - 1].hi > least:
            span = order + k
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
        word = Word(text, *map(float, box), angle=angle, span=span, order=order + k, doubtful=piece.doubtful, others=others)
        word.crossed_out = line.crossed_out
        out.append(word)
    return out


def _ends(quad: Quad, free: np.ndarray) -> tuple[float, float]:
    """Where the ink of a line begins and ends: the detector leaves room around it."""
    x0, top, x1, bottom = box_of(quad)
    pad = 0.15 * height_of(quad)
    left, right = max(int(x0), 0), min(int(np.ceil(x1)), free.shape[1])
    seen = np.flatnonzero(free[max(int(top + pad), 0) : max(int(bottom - pad), 0), left:right].any(axis=0))
    return (float(left + seen[0]), float(left + seen[-1] + 1)) if len(seen) else (x0, x1)
