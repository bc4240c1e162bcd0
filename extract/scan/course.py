"""How the lines of a curved page run: by how much each upright strip of it lies lower than the next, their ink held together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

_STRIPS = 28
"""Strips of one page: a line that sinks to a binding does so within a fifth of the page, which they must follow."""
_BEYOND = 3
"""Strips further on with which one is compared: a blank between two columns is bridged."""
_HEIGHTS = 3
"""Bands of a page, overlapping by half, in which strips are compared: a page curves otherwise at its head than at its foot."""
_STEEPEST = 0.16
"""How steeply a line runs at most; steeper ones were not meant to be read."""
_LIKE, _SMOOTH = 0.35, 0.3
"""How alike the rows of two strips must be to tell anything, and how stiff a page is against what they tell."""
_ROUNDS = 4
_JOINED = 0.7
"""Of the height of a line, the blank that joins words to phrases."""
_GAIN = 1.05
"""By how much more sharply a page must fall into rows when its lines are levelled, that they are: noise sharpens nothing."""

Places = float | np.ndarray


@dataclass(frozen=True, slots=True)
class Course:
    """By how many pixels a page of ``width`` x ``height`` sinks, at places spread evenly over its width: at its head, and at its foot."""

    width: float
    height: float
    head: tuple[float, ...]
    foot: tuple[float, ...]

    @property
    def fall(self) -> float:
        """By how much a line ends lower or higher than it runs elsewhere, at the head or the foot of the page."""
        return max(max(sunk) - min(sunk) for sunk in (self.head, self.foot))

    def enlarged(self, times: float) -> Course:
        """The course of the same page in a picture so many times as large."""
        head, foot = (tuple(v * times for v in sunk) for sunk in (self.head, self.foot))
        return Course(self.width * times, self.height * times, head, foot)

    def risen(self, x: float, y: float) -> float:
        """The height, on the page with level lines, of a point of the picture."""
        head, more = self._sunk(x)
        return float(y - head - more * y)

    def sunk(self, x: Places, y: Places) -> Places:
        """The height in the picture of points of the page with level lines."""
        head, more = self._sunk(x)
        return (y + head) / (1 - more)

    def _sunk(self, x: Places) -> tuple[np.ndarray, np.ndarray]:
        """How far the page sinks at its head, and how much further with every pixel downwards."""
        at = (np.arange(len(self.head)) + 0.5) * self.width / len(self.head)
        head = np.interp(x, at, self.head)
        return np.asarray(head), np.asarray((np.interp(x, at, self.foot) - head) / self.height)


def course(ink: np.ndarray, pages: int = 1) -> Course | None:
    """The course of the lines of so many ``pages`` beside each other; None where they are as level as can be told.

    ``ink``: 255 where there is ink.
    """
    height, width = ink.shape
    strips = pages * _STRIPS
    compared = list(_compared(ink, strips))
    if len(compared) < strips:
        return None
    first, other, at, off, like = (np.array(v) for v in zip(*compared, strict=True))
    rows = np.zeros((len(first), 2 * strips))
    k = np.arange(len(first))
    for share, base in ((1 - at, 0), (at, strips)):
        rows[k, base + other.astype(int)] += share
        rows[k, base + first.astype(int)] -= share
    bends = np.diff(np.eye(strips), 2, axis=0)
    stiff = np.vstack([np.kron(np.eye(2), bends) * _SMOOTH * np.sqrt(len(first) / strips), np.full((1, 2 * strips), 1e-3)])
    # What the head and the foot do apart, few lines may tell: they keep together where nothing parts them.
    together = np.hstack([bends, -bends]) * _SMOOTH * np.sqrt(len(first) / strips)
    fixed = np.vstack([stiff, together, np.hstack([np.eye(strips), np.eye(strips)]) * 1e-3])
    weight, found = like**2, np.zeros(2 * strips)
    for _ in range(_ROUNDS):
        found, *_ = np.linalg.lstsq(np.vstack([rows * weight[:, None], fixed]), np.append(off * weight, np.zeros(len(fixed))), rcond=None)
        missed = np.abs(rows @ found - off)
        weight = like**2 / (1 + (missed / max(2 * float(np.median(missed)), 0.3)) ** 2)
    page = Course(float(width), float(height), tuple(found[:strips].tolist()), tuple(found[strips:].tolist()))
    return page if _sharp(levelled(ink, page)) > _GAIN * _sharp(ink) else None


def plumb(ink: np.ndarray, high: float) -> Course | None:
    """The same of what stands one below another, on a page whose lines are level: of its transpose. ``high``: the height of a line.

    Phrases count, not letters: where columns and margins begin and end.
    """
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, max(int(_JOINED * high), 3)), np.uint8))
    return course(np.ascontiguousarray(joined.T))


def levelled(pixels: np.ndarray, page: Course) -> np.ndarray:
    """The picture with its lines level."""
    height, width = pixels.shape[:2]
    xs, ys = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
    rows = np.asarray(page.sunk(xs[None], ys[:, None]), np.float32)
    return cv2.remap(pixels, np.broadcast_to(xs, rows.shape).copy(), rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def _sharp(ink: np.ndarray) -> float:
    """How sharply the rows of a page are parted into dark and light."""
    # smoothed, for to move by a part of a pixel blurs as much
    profile = cv2.GaussianBlur(ink.sum(axis=1, dtype=np.float64)[:, None], (1, 9), 0, sigmaY=2.0)
    return float(((profile[1:] - profile[:-1]) ** 2).sum())


def _compared(ink: np.ndarray, strips: int) -> Iterator[tuple[int, int, float, float, float]]:
    """Two strips, at what share of the height they were compared, by how much the second lies lower, and how alike they are."""
    height, width = ink.shape
    edges = np.linspace(0, width, strips + 1).astype(int)
    profiles = np.stack([ink[:, a:b].mean(axis=1, dtype=np.float64) for a, b in itertools.pairwise(edges)])
    # where ink begins and ends: its mere presence, as of a shade, is alike wherever it is held against itself
    profiles = np.gradient(cv2.GaussianBlur(profiles, (7, 1), 1.5), axis=1)
    window = height // (_HEIGHTS + 1) * 2
    reach = _STEEPEST * width / strips
    for n in range(_HEIGHTS):
        top = n * (height - window) // (_HEIGHTS - 1)
        part = profiles[:, top : top + window] * np.hanning(window)
        size = np.linalg.norm(part, axis=1)
        waves = np.fft.rfft(part, 2 * window, axis=1)
        for i in range(strips):
            for j in range(i + 1, min(i + 1 + _BEYOND, strips)):
                if min(size[i], size[j]) < 1e-6:
                    continue
                most = int(reach * (j - i)) + 2
                likes = np.fft.irfft(np.conj(waves[i]) * waves[j], 2 * window) / (size[i] * size[j])
                likes = np.concatenate([likes[-most:], likes[: most + 1]])
                k = int(np.argmax(likes))
                if not 0 < k < 2 * most or likes[k] < _LIKE:
                    continue
                a, b, c = likes[k - 1 : k + 2]
                yield i, j, (top + window / 2) / height, k - most + 0.5 * (a - c) / min(a - 2 * b + c, -1e-9), float(b)
