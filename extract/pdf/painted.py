"""What is drawn on a page in painting order: lines, filled areas, pictures."""

from __future__ import annotations

import ctypes
import itertools
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from . import calls
from .content import Box, Colour, Fill, PageContent, Picture, Rule, is_light
from .upright import Matrix, Upright

MAX_SEGMENTS = 60_000
MAX_NESTING = 8
_THIN = 2.6
"""Points: a filled box thinner than this is a line."""
_THICK = 4.0
"""Points: what is drawn broader than this may cover text."""
_BAR = 7.0
"""Points: a stroke broader than this is no rule of a table."""
_MOVE, _CURVE = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_BEZIERTO
Points = list[tuple[float, float]]


@dataclass(slots=True)
class Painted:
    """Walks the objects of a page in painting order."""

    page: PageContent
    upright: Upright
    order_of: dict[int, int] = field(default_factory=dict)
    order: int = 0
    segments: int = 0
    _answers: Any = field(default_factory=lambda: (ctypes.c_float * 6)())
    """Where PDFium writes what it is asked; ``_whole`` sees it as integers, ``_at`` holds the place of each."""
    _whole: Any = None
    _at: Any = None

    def __post_init__(self) -> None:
        self._whole = (ctypes.c_uint * 6).from_buffer(self._answers)
        self._at = [calls.pointer(ctypes.addressof(self._answers) + 4 * k) for k in range(6)]

    def read(self, page: int) -> None:
        count = raw.FPDFPage_CountObjects(ctypes.cast(page, raw.FPDF_PAGE))
        handle, matrix = calls.pointer(page), self.upright.matrix
        for k in range(count):
            self._object(calls.page_object(handle, k), matrix, 0)

    def _object(self, address: int | None, outer: Matrix, depth: int) -> None:
        if not address:
            return
        self.order += 1
        item = calls.pointer(address)
        kind = calls.object_type(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self.order_of[address] = self.order
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(item, outer)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d, e, f = self._matrix(item, outer)
            self.page.pictures.append(
                Picture(_around([(e, f), (a + e, b + f), (c + e, d + f), (a + c + e, b + d + f)]), self.order, self._is_plain(item))
            )
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_NESTING:
            inner = self._matrix(item, outer)
            for k in range(calls.form_count(item)):
                self._object(calls.form_object(item, k), inner, depth + 1)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            self.page.covers_unknown = True

    def _matrix(self, item: Any, outer: Matrix) -> Matrix:
        """The matrix of an object, followed by the one of what it lies in."""
        if not calls.matrix(item, self._at[0]):
            return outer
        a, b, c, d, e, f = self._answers
        i, j, k, m, p, q = outer
        return (a * i + b * k, a * j + b * m, c * i + d * k, c * j + d * m, e * i + f * k + p, e * j + f * m + q)

    def _path(self, item: Any, outer: Matrix) -> None:
        count = calls.segment_count(item)
        if count < 2:
            return
        self.segments += count
        if self.segments > MAX_SEGMENTS or count > 5000:
            self.page.overfull = self.page.covers_unknown = True
            return
        calls.draw_mode(item, self._at[0], self._at[1])
        filled, stroked = self._whole[:2]
        if not filled and not stroked:
            return
        figures = self._figures(item, count, self._matrix(item, outer))
        if filled:
            self._filled(item, figures)
        if stroked:
            self._stroked(item, figures)

    def _figures(self, item: Any, count: int, matrix: Matrix) -> list[tuple[Points, bool]]:
        """The figures of a path, each its corners (upright) and whether it holds a curve."""
        pointer, segment, segment_point, segment_type = calls.pointer, calls.segment, calls.segment_point, calls.segment_type
        answers, (at_x, at_y) = self._answers, self._at[:2]
        a, b, c, d, e, f = matrix
        figures: list[tuple[Points, bool]] = []
        points: Points = []
        curved = False
        for k in range(count):
            piece = pointer(segment(item, k) or 0)
            if not segment_point(piece, at_x, at_y):
                continue
            kind = segment_type(piece)
            if kind == _MOVE:
                if len(points) > 1:
                    figures.append((points, curved))
                points, curved = [], False
            elif kind == _CURVE:
                curved = True
            x, y = answers[0], answers[1]
            points.append((a * x + c * y + e, b * x + d * y + f))
            if calls.segment_close(piece) and points[0] != points[-1]:
                points.append(points[0])
        if len(points) > 1:
            figures.append((points, curved))
        return figures

    def _colour(self, of: Any, item: Any) -> tuple[Colour, int]:
        """Colour and opacity."""
        if not of(item, *self._at[:4]):
            return (0, 0, 0), 255
        red, green, blue, alpha = self._whole[:4]
        return (red, green, blue), alpha

    def _filled(self, item: int, figures: list[tuple[Points, bool]]) -> None:
        colour, alpha = self._colour(calls.fill_colour, item)
        if alpha < 13:
            return
        for points, curved in figures:
            box = _around(points)
            w, h = box[2] - box[0], box[3] - box[1]
            if curved and min(w, h) > _THIN:
                if _is_rounded(points, box):
                    self.page.fills.append(Fill(box, colour, self.order, alpha > 200))
                else:
                    self._shape(box, colour, alpha)
                continue
            if h <= _THIN and w > 2 * h and w > 1.5:
                self._rule(self.page.horizontal, (box[1] + box[3]) / 2, box[0], box[2], h, colour)
            elif w <= _THIN and h > 2 * w and h > 1.5:
                self._rule(self.page.vertical, (box[0] + box[2]) / 2, box[1], box[3], w, colour)
            elif _is_rectangle(points):
                self.page.fills.append(Fill(box, colour, self.order, alpha > 200))
            else:
                self._shape(box, colour, alpha)

    def _shape(self, box: Box, colour: Colour, alpha: int) -> None:
        if alpha > 200 and min(box[2] - box[0], box[3] - box[1]) > _THICK:
            self.page.shapes.append(Fill(box, colour, self.order))

    def _is_plain(self, item: Any) -> bool:
        """True for a picture of so few bytes, or left so uncompressed, that it may be of one colour. No pixel is decoded."""
        if not calls.picture_size(item, self._at[0], self._at[1]):
            return True
        width, height = self._whole[:2]
        nowhere = ctypes.c_void_p(None)
        return not calls.picture_filters(item) or calls.picture_data(item, nowhere, ctypes.c_ulong(0)) <= 1500 + 0.03 * width * height

    def _stroked(self, item: int, figures: list[tuple[Points, bool]]) -> None:
        colour, alpha = self._colour(calls.stroke_colour, item)
        if alpha < 13:
            return
        calls.stroke_width(item, self._at[0])
        width = self._answers[0]
        for points, curved in figures:
            if width > _THICK:
                self._shape(_stroke_box(points, width / 2), colour, alpha)
            if curved or width > _BAR:
                continue
            for (x0, y0), (x1, y1) in itertools.pairwise(points):
                if abs(y0 - y1) <= 0.6 and abs(x0 - x1) > 0.5:
                    self._rule(self.page.horizontal, (y0 + y1) / 2, min(x0, x1), max(x0, x1), width, colour)
                elif abs(x0 - x1) <= 0.6 and abs(y0 - y1) > 0.5:
                    self._rule(self.page.vertical, (x0 + x1) / 2, min(y0, y1), max(y0, y1), width, colour)

    def _rule(self, rules: list[Rule], at: float, lo: float, hi: float, width: float, colour: Colour) -> None:
        limit, across = (self.page.height, self.page.width) if rules is self.page.horizontal else (self.page.width, self.page.height)
        if not (-1 <= at <= limit + 1) or hi < 0 or lo > across:
            return
        rules.append(Rule(at, max(lo, 0.0), min(hi, across), width, is_light(colour)))


def _is_rounded(points: Points, box: Box) -> bool:
    """A rectangle with round corners: most of its points lie on its sides."""
    on_side = sum(min(abs(x - box[0]), abs(x - box[2]), abs(y - box[1]), abs(y - box[3])) < 0.3 for x, y in points)
    return 6 <= len(points) <= 24 and on_side >= 0.9 * len(points)


def _around(points: Points) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs), min(ys), max(xs), max(ys))


def _stroke_box(points: Points, half: float) -> Box:
    """The box around a stroke. A straight one along an axis does not reach beyond its ends."""
    x0, top, x1, bottom = _around(points)
    across, along = (half if x1 - x0 <= 0.6 or bottom - top > 0.6 else 0.0), (half if bottom - top <= 0.6 or x1 - x0 > 0.6 else 0.0)
    return (x0 - across, top - along, x1 + across, bottom + along)


def _is_rectangle(points: Points) -> bool:
    """Four corners (the first may be said again at the end), sides along the axes."""
    if not 4 <= len(points) <= 6:
        return False
    return all(abs(a[0] - b[0]) < 0.6 or abs(a[1] - b[1]) < 0.6 for a, b in itertools.pairwise(points))
