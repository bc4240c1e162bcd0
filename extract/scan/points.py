"""Points that the engine passes over: something of a point's size, however faint, on the foot of a line, where it saw a blank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from .lines import Line
from .piece import Piece, Reading
from .quads import box_of, height_of

_LEAST, _MOST = 0.1, 0.3
"""Of the height of a line's letters: the size of a point."""
_FOOT = 0.08
"""Of the same: how far from the foot of the letters a point may end."""
_NEAR = 0.4
"""Of the same: how near behind a letter a point stands."""
_BACK, _ON = 0.7, 0.25
"""Of the same: how far before the end of a word, and into the next, the engine's own places may be wrong."""
_SHARE = 0.05
"""Of the words of a page that may lack their point: where more seem to, the page is full of specks."""


def restore(lines: Sequence[Line], free: np.ndarray) -> None:
    """Puts the points back to which a blank was read. ``free``: 255 where there is anything but a rule on the paper."""
    found = [(line, k) for line in lines if not line.standing and not line.alone for k in _missing(line, free)]
    words = sum(len(line.reading.pieces) for line in lines)
    if len(found) > 3 + _SHARE * words:
        return
    for line, k in found:
        pieces = list(line.reading.pieces)
        pieces[k] = replace(pieces[k], text=pieces[k].text + ".", others=tuple(dict.fromkeys((pieces[k].text, *pieces[k].others))))
        line.reading = Reading(" ".join(p.text for p in pieces), line.reading.score, tuple(pieces))


def _missing(line: Line, free: np.ndarray) -> list[int]:
    """The words of a line behind which a point stands that they do not have."""
    pieces = line.reading.pieces
    if not pieces or not any(p.text[-1:].isalnum() for p in pieces):
        return []
    x0, top, x1, bottom = (round(v) for v in box_of(line.quad))
    part = np.ascontiguousarray(free[max(top, 0) : max(bottom, 0), max(x0, 0) : max(x1, 0)])
    if min(part.shape, default=0) < 6:
        return []
    _, _, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    letters = stats[1:][stats[1:, 3] > 0.3 * height_of(line.quad)]
    if len(letters) < 3:
        return []
    size, foot = float(np.median(letters[:, 3])), np.median(letters[:, 1] + letters[:, 3])
    length = float(line.quad[1][0] - line.quad[0][0])
    ends = [(line.quad[0][0] - x0 + p.lo * length, line.quad[0][0] - x0 + p.hi * length) for p in pieces]
    found: list[int] = []
    for x, y, w, h, area in stats[1:].tolist():
        if not (_LEAST * size <= h <= _MOST * size and _LEAST * size <= w <= _MOST * size and area >= 0.5 * w * h):
            continue
        if abs(y + h - foot) > _FOOT * size or not 0.6 <= w / h <= 1.7 or _beside(stats[1:], x, y, w, h) or _gap(letters, x) > _NEAR * size:
            continue
        for k in range(len(pieces)):
            after = ends[k + 1][0] if k + 1 < len(pieces) else float(part.shape[1])
            if ends[k][1] - _BACK * size <= x + w / 2 <= after + _ON * size and _may_end(pieces, k) and k not in found:
                found.append(k)
                break
    return found


def _gap(letters: np.ndarray, x: int) -> float:
    """How far the letter before a place ends from it."""
    ends = [x - e for e in (letters[:, 0] + letters[:, 2]).tolist() if e <= x + 1]
    return min(ends, default=float("inf"))


def _may_end(pieces: Sequence[Piece], k: int) -> bool:
    """False where a word has its point, and for a figure unless another goes on with it."""
    text = pieces[k].text
    return text[-1:].isalpha() or (text[-1:].isdigit() and k + 1 < len(pieces) and pieces[k + 1].text[:3].isdigit())


def _beside(stats: np.ndarray, x: int, y: int, w: int, h: int) -> bool:
    """True for a part of a broken letter: something stands right above it."""
    above = (stats[:, 0] < x + w) & (stats[:, 0] + stats[:, 2] > x) & (stats[:, 1] + stats[:, 3] <= y + 1) & (stats[:, 3] > h)
    return bool(above.any())
