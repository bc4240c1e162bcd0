"""What is drawn on a page in painting order: lines, filled areas, pictures."""

from __future__ import annotations

import ctypes
import itertools
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from . import calls
from .content import Box, Colour, Fill, PageContent, Picture, Rule
from .upright import Upright

MAX_SEGMENTS = 60_000
MAX_NESTING = 8
_THIN = 2.6
"""Points: a filled box thinner than this is a line."""
Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Painted:
    """Walks the objects of a page in painting order."""

    page: PageContent
    upright: Upright
    order_of: dict[int, int] = field(default_factory=dict)
    order: int = 0
    segments: int = 0

    def read(self, page: int) -> None:
        count = raw.FPDFPage_CountObjects(ctypes.cast(page, raw.FPDF_PAGE))
        for k in range(count):
            self._object(calls.page_object(page, k), _UNIT, 0)

    def _object(self, item: int | None, outer: Matrix, depth: int) -> None:
        if not item:
            return
        self.order += 1
        kind = calls.object_type(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self.order_of[item] = self.order
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(item, outer)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            m = _product(_matrix_of(item), outer)
            corners = [(m[4], m[5]), (m[0] + m[4], m[1] + m[5]), (m[2] + m[4], m[3] + m[5]), (m[0] + m[2] + m[4], m[1] + m[3] + m[5])]
            self.page.pictures.append(Picture(self._around(corners), self.order))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_NESTING:
            inner = _product(_matrix_of(item), outer)
            for k in range(calls.form_count(item)):
                self._object(calls.form_object(item, k), inner, depth + 1)

    def _around(self, points: list[tuple[float, float]]) -> Box:
        turned = [self.upright.point(x, y) for x, y in points]
        xs, ys = [p[0] for p in turned], [p[1] for p in turned]
        return (min(xs), min(ys), max(xs), max(ys))

    def _path(self, item: int, outer: Matrix) -> None:
        count = calls.segment_count(item)
        if count < 2:
            return
        self.segments += count
        if self.segments > MAX_SEGMENTS or count > 5000:
            self.page.overfull = True
            return
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        calls.draw_mode(item, ctypes.addressof(mode), ctypes.addressof(stroke))
        if not mode.value and not stroke.value:
            return
        figures = self._figures(item, count, _product(_matrix_of(item), outer))
        if mode.value:
            self._filled(item, figures)
        if stroke.value:
            self._stroked(item, figures)

    def _figures(self, item: int, count: int, m: Matrix) -> list[tuple[list[tuple[float, float]], bool]]:
        """The figures of a path, each its corners (upright) and whether it holds a curve."""
        x, y = ctypes.c_float(), ctypes.c_float()
        ax, ay = ctypes.addressof(x), ctypes.addressof(y)
        point = self.upright.point
        figures: list[tuple[list[tuple[float, float]], bool]] = []
        points: list[tuple[float, float]] = []
        curved = False
        for k in range(count):
            segment = calls.segment(item, k)
            if not segment or not calls.segment_point(segment, ax, ay):
                continue
            kind = calls.segment_type(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    figures.append((points, curved))
                points, curved = [], False
            elif kind == raw.FPDF_SEGMENT_BEZIERTO:
                curved = True
            a, b = x.value, y.value
            points.append(point(m[0] * a + m[2] * b + m[4], m[1] * a + m[3] * b + m[5]))
            if calls.segment_close(segment) and points[0] != points[-1]:
                points.append(points[0])
        if len(points) > 1:
            figures.append((points, curved))
        return figures

    def _filled(self, item: int, figures: list[tuple[list[tuple[float, float]], bool]]) -> None:
        colour, alpha = _colour(calls.fill_colour, item)
        if alpha < 13:
            return
        for points, curved in figures:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            w, h = box[2] - box[0], box[3] - box[1]
            if curved and min(w, h) > _THIN:
                if _is_rounded(points, box):
                    self.page.fills.append(Fill(box, colour, self.order, alpha > 200))
                continue
            if h <= _THIN and w > 2 * h and w > 1.5:
                self._rule(self.page.horizontal, (box[1] + box[3]) / 2, box[0], box[2], h, colour)
            elif w <= _THIN and h > 2 * w and h > 1.5:
                self._rule(self.page.vertical, (box[0] + box[2]) / 2, box[1], box[3], w, colour)
            elif _is_rectangle(points):
                self.page.fills.append(Fill(box, colour, self.order, alpha > 200))

    def _stroked(self, item: int, figures: list[tuple[list[tuple[float, float]], bool]]) -> None:
        colour, alpha = _colour(calls.stroke_colour, item)
        if alpha < 13:
            return
        width = ctypes.c_float()
        calls.stroke_width(item, ctypes.addressof(width))
        for points, curved in figures:
            if curved:
                continue
            for (x0, y0), (x1, y1) in itertools.pairwise(points):
                if abs(y0 - y1) <= 0.6 and abs(x0 - x1) > 0.5:
                    self._rule(self.page.horizontal, (y0 + y1) / 2, min(x0, x1), max(x0, x1), width.value, colour)
                elif abs(x0 - x1) <= 0.6 and abs(y0 - y1) > 0.5:
                    self._rule(self.page.vertical, (x0 + x1) / 2, min(y0, y1), max(y0, y1), width.value, colour)

    def _rule(self, rules: list[Rule], at: float, lo: float, hi: float, width: float, colour: Colour) -> None:
        limit, across = (self.page.height, self.page.width) if rules is self.page.horizontal else (self.page.width, self.page.height)
        if not (-1 <= at <= limit + 1) or hi < 0 or lo > across:
            return
        rules.append(Rule(at, max(lo, 0.0), min(hi, across), width, min(colour) >= 245))


def _is_rounded(points: list[tuple[float, float]], box: Box) -> bool:
    """A rectangle with round corners: most of its points lie on its sides."""
    on_side = sum(min(abs(x - box[0]), abs(x - box[2]), abs(y - box[1]), abs(y - box[3])) < 0.3 for x, y in points)
    return 6 <= len(points) <= 24 and on_side >= 0.9 * len(points)


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    """Four corners (the first may be said again at the end), sides along the axes."""
    if not 4 <= len(points) <= 6:
        return False
    return all(abs(a[0] - b[0]) < 0.6 or abs(a[1] - b[1]) < 0.6 for a, b in itertools.pairwise(points))


def _matrix_of(item: int) -> Matrix:
    m = raw.FS_MATRIX()
    if not calls.matrix(item, ctypes.addressof(m)):
        return _UNIT
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _product(m: Matrix, n: Matrix) -> Matrix:
    """First m, then n."""
    if n is _UNIT:
        return m
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _colour(function: Any, item: int) -> tuple[Colour, int]:
    parts = (ctypes.c_uint * 4)()
    at = ctypes.addressof(parts)
    if not function(item, at, at + 4, at + 8, at + 12):
        return (0, 0, 0), 255
    return (parts[0], parts[1], parts[2]), parts[3]
