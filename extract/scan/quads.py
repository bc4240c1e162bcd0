"""Quadrilaterals around lines of text: their size, parts of them, and the pixels in them."""

from __future__ import annotations

import math

import cv2
import numpy as np

from ..pdf.content import Box
from .piece import Quad


def width_of(quad: Quad) -> float:
    return (math.dist(quad[0], quad[1]) + math.dist(quad[3], quad[2])) / 2


def height_of(quad: Quad) -> float:
    return (math.dist(quad[0], quad[3]) + math.dist(quad[1], quad[2])) / 2


def box_of(quad: Quad) -> Box:
    return float(quad[:, 0].min()), float(quad[:, 1].min()), float(quad[:, 0].max()), float(quad[:, 1].max())


def pixels_around(quad: Quad) -> tuple[int, int, int, int]:
    """The left, top, right and bottom of the pixels around a quadrilateral that may reach out of the picture at its left or top."""
    x0, top, x1, bottom = (max(round(v), 0) for v in box_of(quad))
    return x0, top, x1, bottom


def of_box(x0: float, top: float, x1: float, bottom: float) -> Quad:
    return np.array([[x0, top], [x1, top], [x1, bottom], [x0, bottom]], dtype=np.float32)


def part(quad: Quad, lo: float, hi: float) -> Quad:
    """What of a quadrilateral lies between two shares of its length."""
    a, b, c, d = quad
    return np.array([a + (b - a) * lo, a + (b - a) * hi, d + (c - d) * hi, d + (c - d) * lo], dtype=np.float32)


def between(quad: Quad, lo: float, hi: float) -> Quad:
    """What of a quadrilateral lies between two shares of its height."""
    a, b, c, d = quad
    return np.array([a + (d - a) * lo, b + (c - b) * lo, b + (c - b) * hi, a + (d - a) * hi], dtype=np.float32)


def grown(quad: Quad, along: float, across: float) -> Quad:
    """A quadrilateral with more room around it, in shares of its height."""
    h = height_of(quad)
    a, b, c, d = quad
    right, down = (
        (b - a) / max(float(np.linalg.norm(b - a)), 1.0) * h * along,
        (d - a) / max(float(np.linalg.norm(d - a)), 1.0) * h * across,
    )
    return np.array([a - right - down, b + right - down, c + right + down, d - right + down], dtype=np.float32)


def crop(pixels: np.ndarray, quad: Quad) -> np.ndarray:
    """The pixels in a quadrilateral, levelled."""
    w, h = max(round(width_of(quad)), 1), max(round(height_of(quad)), 1)
    goal = np.array([[0, 0], [w, 0], [w, h], [0, h]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), goal)
    return cv2.warpPerspective(pixels, matrix, (w, h), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def crop_from_below(pixels: np.ndarray, quad: Quad) -> np.ndarray:
    """The pixels in a quadrilateral whose text runs from the bottom up, as if it ran from left to right."""
    return np.ascontiguousarray(np.rot90(crop(pixels, quad), 3))
