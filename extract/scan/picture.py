"""A page as a picture: its pixels, upright, and how many of them make a point."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

_DARK_PAPER = 90
"""Of 255: a page whose median is below it is printed white on black."""
_PAPER = 244
"""Of 255: what is lighter is the paper of a page that was cleaned."""
_CLEAN = 0.007
"""The share of a clean page that is neither paper nor print."""


@dataclass(slots=True)
class Picture:
    """``pixels``: height x width x 3, blue, green, red, 8 bits each. ``scale``: pixels for a point."""

    number: int
    pixels: np.ndarray
    scale: float


def positive(pixels: np.ndarray) -> np.ndarray:
    """Dark print on light paper: a negative is turned over."""
    return 255 - pixels if float(np.median(pixels[::8, ::8])) < _DARK_PAPER else pixels


def grey(pixels: np.ndarray) -> np.ndarray:
    """The darkness as one channel, the light evened out: shadows and folds of a photograph are gone, paper is 255."""
    one = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(one, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 31)
    paper = cv2.resize(paper, (one.shape[1], one.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(one, np.maximum(paper, 1), scale=255)


def ink(light: np.ndarray, scale: float) -> np.ndarray:
    """Where there is ink: 255, else 0. ``light`` as ``grey`` gives it."""
    size = max(int(8 * scale) | 1, 15)
    return cv2.adaptiveThreshold(cv2.GaussianBlur(light, (3, 3), 0), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, size, 18)


def faint(light: np.ndarray, dark: np.ndarray, scale: float) -> np.ndarray | None:
    """Where there is anything on the paper at all: 255, else 0. None for a page whose paper is not clean: it would be noise."""
    any_ = np.where(light < _PAPER, np.uint8(255), np.uint8(0))
    around = cv2.dilate(dark, np.ones((max(int(2 * scale), 3),) * 2, np.uint8))
    return any_ if np.count_nonzero(any_[around == 0]) < _CLEAN * any_.size else None
