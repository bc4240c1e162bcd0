"""Turns the points of a PDF page to the page as it is shown: by /Rotate, cut to its crop box."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from .content import Box

Matrix = tuple[float, float, float, float, float, float]
MAX_SIDE = 20_000.0
"""Points; a page beyond it (the format's own limit is 14,400) is refused rather than laid out."""


@dataclass(slots=True)
class Upright:
    """The part of a page that is shown, in the page's own space, and how it is turned (quarters, clockwise)."""

    turn: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left if self.turn % 2 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        return self.top - self.bottom if self.turn % 2 == 0 else self.right - self.left

    @property
    def matrix(self) -> Matrix:
        """What turns a point (x, y) of the page upright: a·x + c·y + e, b·x + d·y + f."""
        return (
            (1.0, 0.0, 0.0, -1.0, -self.left, self.top),
            (0.0, 1.0, 1.0, 0.0, -self.bottom, -self.left),
            (-1.0, 0.0, 0.0, 1.0, self.right, -self.bottom),
            (0.0, -1.0, -1.0, 0.0, self.top, self.right),
        )[self.turn]

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def upright_of(page: Any) -> Upright | None:
    sides = [ctypes.c_float() for _ in range(4)]
    found = raw.FS_RECTF()
    if raw.FPDF_GetPageBoundingBox(page, found):
        left, bottom, right, top = found.left, found.bottom, found.right, found.top
    elif raw.FPDFPage_GetMediaBox(page, *sides):
        left, bottom, right, top = (s.value for s in sides)
    else:
        left, bottom, right, top = 0.0, 0.0, 612.0, 792.0
    left, right, bottom, top = min(left, right), max(left, right), min(bottom, top), max(bottom, top)
    values = (left, bottom, right, top)
    if not all(map(math.isfinite, values)) or right - left > MAX_SIDE or top - bottom > MAX_SIDE:
        return None
    if right - left < 1 or top - bottom < 1:
        return None
    return Upright(raw.FPDFPage_GetRotation(page) % 4, *values)
