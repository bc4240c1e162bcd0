"""Worn rules: dashes and dots on one course, that go on where a part of the rule is whole; as old toner and bad copies leave them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import cv2
import numpy as np

_GAP, _FAR = 4.0, 9.0
"""Points between two dashes or dots of a worn rule: where they show its course, and on a course that is known."""
_APART = {False: 30.0, True: 12.0}
"""Points between two rows of them, along a level rule and along an upright one: below the end of that other figures begin."""
_LONG = 40.0
"""Points from which dashes and dots on one course are a rule: longer than the feet of letters that a word sets side by side, and than two
rows of stems under each other."""
_SHORT, _OFF = 7.0, 0.6
"""Points of a row of dashes that is a rule's where it lies on the course of a longer one, and by how much it may lie off it."""
_THIN = 2.0
"""Points: what is thicker across is a letter or a bar."""
_BESIDE = (1.0, 6.0)
"""Points from a stem within which other ink stands on both sides where it is a letter's: a stem or a blank away. What is passed over so
of a rule between two figures is no longer than they are tall."""
_LETTERS = 0.2
"""Share of a course on which letters stand, from which their feet make it."""
_WHOLE = 0.97
"""Share of its length on which a rule shows, from which it is not worn: its ends are where they are."""
_TIMES = 2
"""How often a course is taken up again from what was found on it, each time as far again as it is long."""


def worn(ink: np.ndarray, whole: np.ndarray, across: np.ndarray, scale: float, upright: bool) -> np.ndarray:
    """255 for the courses of worn rules, level or upright, gaps between their dashes among it.

    ``whole`` is the mask of their strokes that are whole, ``across`` that of the rules of the other direction, each as large as ``ink``.
    Dots alone are no rule: those that lead from a name to its figure have no dash. A rule has a part that is whole.
    """
    level, sure, other = (np.ascontiguousarray(m.T) if upright else m for m in (ink, whole, across))
    plain = cv2.bitwise_not(other)
    thick = cv2.morphologyEx(level, cv2.MORPH_OPEN, np.ones((max(int(_THIN * scale), 3), 1), np.uint8))
    letters = cv2.bitwise_and(thick, plain)
    out = cv2.bitwise_or(letters, _between_ink(cv2.bitwise_and(level, plain), scale)) if upright else letters
    thin = cv2.dilate(cv2.bitwise_and(level, cv2.bitwise_not(out)), np.ones((3, 1), np.uint8))
    # Figures stand close to an upright rule and touch it: only along a level one letters make it.
    found = _kept(_joined(thin, _GAP * scale, _LONG * scale), partial(_is_worn, level, sure, None if upright else letters))
    for _ in range(_TIMES if found.any() else 0):
        dashes = _joined(cv2.bitwise_and(thin, _courses(found, scale)), _FAR * scale, _SHORT * scale)
        found = _near(found, dashes if upright else _kept(dashes, partial(_is_free, letters)), _APART[upright] * scale)
    return np.ascontiguousarray(found.T) if upright else found


def _joined(mask: np.ndarray, gap: float, least: float) -> np.ndarray:
    """Level strokes of a length, gaps in them filled."""
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, max(int(gap), 2)), np.uint8))
    return cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, max(int(least), 6)), np.uint8))


def _between_ink(level: np.ndarray, scale: float) -> np.ndarray:
    """255 where there is ink near by on both sides across, or a little before or behind: letters are not all of one height."""
    near, far = (max(round(n * scale), 1) for n in _BESIDE)
    reach = cv2.dilate(level, np.ones((1, 2 * near + 1), np.uint8))
    reach = cv2.dilate(reach, np.ones((far - near + 1, 1), np.uint8), anchor=(0, 0))  # up to so far before it
    before, after = np.zeros_like(level), np.zeros_like(level)
    before[:-near] = reach[near:]
    after[far:] = reach[:-far]
    return cv2.bitwise_and(before, after)


def _near(found: np.ndarray, more: np.ndarray, gap: float) -> np.ndarray:
    """What was found with what goes on from it, gap by gap."""
    every = cv2.bitwise_or(found, more)
    joined = cv2.morphologyEx(every, cv2.MORPH_CLOSE, np.ones((1, max(int(gap), 2)), np.uint8))
    return cv2.bitwise_and(every, _kept(joined, lambda field, its: bool((its & (found[field] > 0)).any())))


def _kept(mask: np.ndarray, test: Callable[[tuple[slice, slice], np.ndarray], bool]) -> np.ndarray:
    """The strokes of a mask that pass a test of their field and, within it, of their pixels."""
    out = np.zeros_like(mask)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    for k in range(1, count):
        x, y, w, h, _ = stats[k].tolist()
        field = (slice(y, y + h), slice(x, x + w))
        its = labels[field] == k
        if test(field, its):
            out[field][its] = 255
    return out


def _is_worn(level: np.ndarray, sure: np.ndarray, letters: np.ndarray | None, field: tuple[slice, slice], its: np.ndarray) -> bool:
    """True for a stroke that shows on a part of its length only, of which a piece is sure, and that no letters make."""
    free = letters is None or _is_free(letters, field, its)
    return free and _share(its, level[field]) < _WHOLE and bool((its & (sure[field] > 0)).any())


def _is_free(letters: np.ndarray, field: tuple[slice, slice], its: np.ndarray) -> bool:
    return _share(its, letters[field]) < _LETTERS


def _share(its: np.ndarray, ink: np.ndarray) -> float:
    """Of the length of a stroke, on how much of it there is ink."""
    return float((its & (ink > 0)).any(axis=0).mean())


def _courses(found: np.ndarray, scale: float) -> np.ndarray:
    """Where the long ones of some level strokes would go on, each straight and as far again as it is long."""
    out = np.zeros_like(found)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    for k in range(1, count):
        x, y, w, h, _ = stats[k].tolist()
        if w < _LONG * scale:
            continue
        rows, columns = np.nonzero(labels[y : y + h, x : x + w] == k)
        lean, start = np.polyfit(columns, rows, 1)
        ends = [(x + p, round(y + start + lean * p)) for p in (-w, 2 * w)]
        cv2.line(out, ends[0], ends[1], 255, max(round(2 * _OFF * scale), 1))
    return out
