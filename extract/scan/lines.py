"""The lines of text of a picture: those that the detector finds, cut at the rules, with the ink that it passed over; and what they say."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from ..figure_form import BETWEEN
from ..pdf.content import Box, area, overlap
from . import engine
from .pens import Pens
from .piece import Quad, Reading
from .quads import between, box_of, crop, crop_from_below, grown, height_of, of_box, part, pixels_around, width_of
from .ruling import Stroke
from .spelling import is_known
from .voting import agree, is_in_question, voted

_ROOM, _OTHER_ROOM = (0.0, 0.06), ((0.0, 0.0), (0.2, 0.2))
"""Room around a line, along and across, in shares of its height: as it is read, and read again where a character is in doubt."""
_FEW, _BESIDE = 6, 2
"""Words of a line that is read again as a whole, and those on each side that are read again with one in question."""
_STANDING = 1.8
"""How much taller than wide a line is that runs up the page."""
_BROKEN, _LEANING = 30.0, 0.07
"""Points between two pieces of an upright rule, and how far it leans."""
_MOST_ALONE = 20_000
"""Pieces of ink beside the lines of a page, from which they are looked at no more."""
_MOST_LEFT = 400
"""Of these the ones of the size of letters."""
_FIGURE = re.compile(rf"[-(]?[\d{BETWEEN}]+\)?\s?%?")
_STROKE = 1.8
"""Of the height of a line, how long a level stroke through it is that crosses it out."""
_FILLED = 0.06
"""Of a square of a stamp or a stroke, the ink from which something may stand under it."""
_WORD = 3
"""Letters of a word that is known: what lies over a line makes shorter ones of anything."""
_SURE_ALONE = 0.5
"""Score from which ink that the detector passed over is taken for what it was read as."""
_BESIDE_SIGN = 4.0
"""Of the height of a sign, how near a text stands that it was drawn beside."""
_TAIL = 0.5
"""Of the height of a line, that of an accent or a tail that reaches out of it; a digit is higher. So is what lies mostly in its box."""
_FOREIGN = re.compile(r"[^\x20-\u024f\u2010-\u203a\u20ac\u2190-\u2193\u2200-\u2265\u25a0-\u25cf\u2713-\u2718]")


@dataclass(slots=True)
class Line:
    """A line, or what of it stands in one cell: where it is, and what it says."""

    quad: Quad
    standing: bool = False
    reading: Reading = field(default_factory=lambda: Reading("", 0.0))
    crossed_out: bool = False
    alone: bool = False
    """Ink that the detector passed over: as likely a speck or a stroke as a letter."""


def cut(quad: Quad, rows: Sequence[Stroke], columns: Sequence[Stroke], scale: float) -> list[Line]:
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
                return [p for q in (between(quad, 0, share), between(quad, share, 1)) for p in cut(q, [], columns, scale)]
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


def left_over(free: np.ndarray, lines: Sequence[Line], columns: Sequence[Stroke], scale: float) -> tuple[list[Quad], list[Quad]]:
    """Ink where no line was found: of the size of letters (a lone digit that the detector passed over), and what nobody can read.

    That is parts of what is larger, for under a stamp or a stroke there may be a figure, and letters that a line lacks at its end.
    """
    rest = free.copy()
    for line in lines:
        cv2.fillPoly(rest, [np.round(grown(line.quad, 0.12, 0.12)).astype(np.int32)], [0])
    heights = sorted(height_of(line.quad) for line in lines if not line.standing)
    usual = heights[len(heights) // 2] if heights else 8 * scale
    for one, other in _broken(columns, scale):
        ends = [(round(float(s.across[k])), round(float(s.along[k]))) for s, k in ((one, -1), (other, 0))]
        cv2.line(rest, ends[0], ends[1], [0], round(max(one.width, other.width)) + 2)
    joined = cv2.dilate(rest, np.ones((max(int(0.1 * usual), 1), max(int(0.35 * usual), 1)), np.uint8))
    for s in columns:  # what stands in two cells is no one piece
        cv2.polylines(joined, [np.round(np.stack([s.across, s.along], axis=1)).astype(np.int32)], False, [0], 2)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    if count > _MOST_ALONE:
        return [], []  # a photograph, or paper full of specks
    boxes = [(box_of(line.quad), height_of(line.quad)) for line in lines]
    small: list[Quad] = []
    large: list[Quad] = []
    for k in range(1, count):
        x, y, w, h, _ = stats[k].tolist()
        if h < 0.35 * usual:
            continue
        its = (labels[y : y + h, x : x + w] == k) & (rest[y : y + h, x : x + w] > 0)
        if h > 2 * usual or w > 12 * usual:
            large += _tiles(its, x, y, 1.5 * usual)
            continue
        piece = (x, y, x + w, y + h)
        near = [(b, high) for b, high in boxes if _touch(piece, b, 0.15 * usual) and not _are_parted(piece, b, columns)]
        if int(its.sum()) < 0.04 * usual * usual or any(h < _TAIL * high or overlap(piece, b) > 0.5 * area(piece) for b, high in near):
            continue
        pad = 0.2 * usual
        (large if near else small).append(of_box(x - pad, y - pad, x + w + pad, y + h + pad))
    return small if len(small) <= _MOST_LEFT else [], large if len(large) <= _MOST_LEFT else []


def _broken(columns: Sequence[Stroke], scale: float) -> list[tuple[Stroke, Stroke]]:
    """Pieces of an upright rule between which it goes on, too thin to be seen as one: what is left of it there is no text."""
    found = []
    for one in columns:
        for other in columns:
            gap = float(other.along[0] - one.along[-1])
            if 0 < gap <= _BROKEN * scale and abs(float(other.across[0] - one.across[-1])) <= scale + _LEANING * gap:
                found.append((one, other))
    return found


def _tiles(ink: np.ndarray, x: int, y: int, size: float) -> list[Quad]:
    """The parts of a large piece of ink, as squares that hold some of it."""
    step, found = max(int(size), 4), []
    for top in range(0, ink.shape[0], step):
        for left in range(0, ink.shape[1], step):
            if int(ink[top : top + step, left : left + step].sum()) > _FILLED * step * step:
                found.append(of_box(x + left, y + top, x + left + step, y + top + step))
    return found


def _are_parted(a: Box, b: Box, columns: Sequence[Stroke]) -> bool:
    """True where an upright rule runs between two boxes."""
    lo, hi = sorted(((a[0] + a[2]) / 2, (b[0] + b[2]) / 2))
    y = (a[1] + a[3]) / 2
    return any(s.along[0] <= y <= s.along[-1] and lo < s.at(y) < hi for s in columns)


def _touch(a: Box, b: Box, reach: float) -> bool:
    return a[0] < b[2] + reach and b[0] < a[2] + reach and a[1] < b[3] + reach and b[1] < a[3] + reach


@dataclass(slots=True)
class Stretch:
    """Some words of a line, from ``first`` to before ``last``, between two shares of its length; and each reading of them."""

    line: Line
    first: int
    last: int
    lo: float
    hi: float
    readings: list[Reading]

    def crop(self, pixels: np.ndarray, along: float, across: float) -> np.ndarray:
        return crop(pixels, grown(part(self.line.quad, self.lo, self.hi), along, across))

    def add(self, reading: Reading) -> None:
        """Takes a reading of the stretch alone, its places made those of the line."""
        size = self.hi - self.lo
        pieces = tuple(replace(p, lo=self.lo + p.lo * size, hi=self.lo + p.hi * size) for p in latin(reading).pieces)
        self.readings.append(Reading(" ".join(p.text for p in pieces), reading.score, pieces))


def recognise(pixels: np.ndarray, lines: Sequence[Line], drawn: Pens | None, dark: np.ndarray) -> None:
    """Reads every line: what is in doubt again, without the pen where one goes through it; lines that run up the page both ways."""
    level = [line for line in lines if not line.standing]
    for line, reading in zip(level, engine.recognise([crop(pixels, grown(line.quad, *_ROOM)) for line in level]), strict=True):
        line.reading = latin(reading)
    crossed = {id(line) for line in level if drawn is not None and drawn.crosses(line.quad)}
    again = [s for line in level for s in _stretches(line, id(line) in crossed)]
    for room in _OTHER_ROOM:  # a third time only what differs
        open_ = [s for s in again if len(s.readings) < 2 or not agree(s.readings)]
        for s, reading in zip(open_, engine.recognise([s.crop(pixels, *room) for s in open_]), strict=True):
            s.add(reading)
    if drawn is not None:
        beneath = [s for s in again if id(s.line) in crossed]
        for s, reading in zip(beneath, engine.recognise([s.crop(drawn.clear, *_ROOM) for s in beneath]), strict=True):
            s.add(reading)
    for s in reversed(again):  # from the end of each line, so that places before it stay
        best = voted(s.readings)
        best = in_doubt(best) if id(s.line) in crossed else best
        pieces = (*s.line.reading.pieces[: s.first], *best.pieces, *s.line.reading.pieces[s.last :])
        s.line.reading = Reading(" ".join(p.text for p in pieces), s.line.reading.score, pieces)
    for line in level:
        if _FIGURE.fullmatch(line.reading.text) and (
            _is_struck_through(dark, line.quad) or (drawn is not None and drawn.strikes(line.quad))
        ):
            line.crossed_out, line.reading = True, in_doubt(line.reading)
    standing = [line for line in lines if line.standing]
    crops = [crop_from_below(pixels, line.quad) for line in standing]
    both = engine.recognise([*crops, *(cv2.rotate(c, cv2.ROTATE_180) for c in crops)])
    for k, line in enumerate(standing):
        line.reading = latin(max(both[k], both[len(standing) + k], key=lambda r: r.score))


def _stretches(line: Line, whole: bool) -> list[Stretch]:
    """What of a line is to be read again: each word in question with its neighbours, by which it is read; or all of it."""
    pieces = line.reading.pieces
    asked = [k for k, p in enumerate(pieces) if is_in_question(p)]
    if not pieces or not (asked or whole):
        return []
    if whole or len(pieces) <= _FEW:
        return [Stretch(line, 0, len(pieces), 0.0, 1.0, [line.reading])]
    windows: list[list[int]] = []
    for k in asked:
        first, last = max(k - _BESIDE, 0), min(k + 1 + _BESIDE, len(pieces))
        if windows and first <= windows[-1][1]:
            windows[-1][1] = last
        else:
            windows.append([first, last])
    found = []
    for first, last in windows:
        lo = (pieces[first - 1].hi + pieces[first].lo) / 2 if first else 0.0
        hi = (pieces[last - 1].hi + pieces[last].lo) / 2 if last < len(pieces) else 1.0
        its = pieces[first:last]
        found.append(Stretch(line, first, last, lo, hi, [Reading(" ".join(p.text for p in its), line.reading.score, its)]))
    return found


def _is_struck_through(dark: np.ndarray, quad: Quad) -> bool:
    """True for a line with a stroke through its middle: no digit has one so long. What it says is taken back, or another figure."""
    x0, top, x1, bottom = pixels_around(quad)
    high = bottom - top
    middle = np.ascontiguousarray(dark[top + round(0.25 * high) : bottom - round(0.25 * high), x0:x1])
    length = max(int(_STROKE * high), 8)
    return min(middle.shape, default=0) > 2 and middle.shape[1] > length and bool(cv2.erode(middle, np.ones((1, length), np.uint8)).any())


def in_doubt(reading: Reading) -> Reading:
    """A line over which a pen, a stamp or a stroke runs: what is no known word may be something else, unless a sum proves it."""
    pieces = tuple(replace(p, doubtful=p.doubtful or len(p.text) < _WORD or not is_known(p.text)) for p in reading.pieces)
    return Reading(reading.text, reading.score, pieces)


def latin(reading: Reading) -> Reading:
    """A reading without what no document of Latin letters prints: strokes of a pen are read as signs of other scripts."""
    if not _FOREIGN.search(reading.text):
        return reading
    pieces = [replace(p, text=_FOREIGN.sub("", p.text), doubtful=True) for p in reading.pieces]
    kept = tuple(p for p in pieces if p.text)
    return Reading(" ".join(p.text for p in kept), reading.score, kept)


def may_be_drawn(line: Line, lines: Sequence[Line], columns: Sequence[Stroke]) -> bool:
    """True for ink that the detector passed over and a hand may have drawn: at an upright rule, or a sign beside text, as ticks are."""
    x0, top, x1, bottom = box = box_of(line.quad)
    middle = (top + bottom) / 2
    if not line.alone:
        return False
    if any(s.along[0] <= middle <= s.along[-1] and x0 < s.at(middle) < x1 for s in columns):
        return True
    reach = _BESIDE_SIGN * (bottom - top)
    others = (box_of(o.quad) for o in lines if o is not line and not o.standing)
    beside = (b for b in others if b[1] < middle < b[3] and b[0] < x1 + reach and x0 - reach < b[2])
    return not any(x.isalnum() for x in line.reading.text) and any(not _are_parted(box, b, columns) for b in beside)


def is_read(line: Line) -> bool:
    """False for a line that says nothing, or for ink of no line that the engine is not sure to be a letter."""
    pieces = line.reading.pieces
    return bool(pieces) and (not line.alone or min(p.score for p in pieces) >= _SURE_ALONE)
