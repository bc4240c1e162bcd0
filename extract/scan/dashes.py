"""Dashes that the engine passes over: a short level stroke alone in its field, at mid-height of a row and in a column of figures."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from ..pdf.content import Box
from .lines import Line, is_read
from .piece import Piece, Quad, Reading
from .quads import box_of, grown, height_of, of_box

_LONG, _THICK = (0.12, 0.7), 0.18
"""Of the height of a line: how long a dash is, from a hyphen to a dash as long as an m, and how thick at most."""
_LEVEL, _FILLED = 1.4, 0.6
"""How much longer than thick it is, and the share of its box that is ink: a speck is round, a piece of a ring leans."""
_MIDDLE = 0.15
"""Of the height of a line, how far from the middle of its row a dash stands: an underline, a comma or a rule stands further off."""
_ALONE = 0.6
"""Of the height of a line, the blank around a dash: a letter's remains and the parts of a broken rule stand nearer."""
_ROW, _COLUMN = 2, 3
"""Figures in its row and in its column by which a field is one of figures."""
_SHARE = 0.15
"""Of a page's figures, the dashes that it may have: where there seem to be more, they are the dots or the texture of the paper."""


def dashes(free: np.ndarray, lines: Sequence[Line]) -> list[Line]:
    """The dashes of a page as lines that say ``-``. ``free``: 255 where there is ink that is no rule's."""
    figures = [line for line in lines if not line.standing and is_read(line) and _is_figure(line.reading.text)]
    if not figures:
        return []
    usual = float(np.median([height_of(line.quad) for line in figures]))
    boxes = np.array([box_of(line.quad) for line in figures])
    rest = free.copy()
    for line in lines:
        cv2.fillPoly(rest, [np.round(grown(line.quad, 0.12, 0.12)).astype(np.int32)], [0])
    _, _, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    found: list[Quad] = []
    for x, y, w, h, ink in stats[1:].tolist():
        if not (_LONG[0] * usual <= w <= _LONG[1] * usual and h <= _THICK * usual and w >= _LEVEL * h and ink >= _FILLED * w * h):
            continue
        if _is_alone(free, (x, y, x + w, y + h), _ALONE * usual) and _is_in_field((x, y, x + w, y + h), boxes, usual):
            middle, room = y + h / 2, 0.2 * usual
            found.append(of_box(x - room, middle - usual / 2, x + w + room, middle + usual / 2))
    if len(found) > 3 + _SHARE * len(figures):
        return []
    return [Line(q, reading=Reading("-", 1.0, (Piece("-", 0.0, 1.0, 1.0),))) for q in found]


def _is_figure(text: str) -> bool:
    return any(x.isdigit() for x in text) and not any(x.isalpha() for x in text)


def _is_alone(free: np.ndarray, box: tuple[int, int, int, int], blank: float) -> bool:
    """True for what has nothing but paper around it."""
    x0, top, x1, bottom = box
    room = round(blank)
    around = free[max(top - room, 0) : bottom + room, max(x0 - room, 0) : x1 + room]
    return np.count_nonzero(around) == np.count_nonzero(free[top:bottom, x0:x1])


def _is_in_field(box: Box, figures: np.ndarray, usual: float) -> bool:
    """True where figures stand beside it at its height, and above or below it in its column. ``figures``: boxes, one a row."""
    middles, height = (figures[:, 1] + figures[:, 3]) / 2, (box[1] + box[3]) / 2
    beside = np.abs(middles - height) <= _MIDDLE * usual
    in_column = (figures[:, 0] < box[2]) & (box[0] < figures[:, 2]) & ~beside
    return int(beside.sum()) >= _ROW and int(in_column.sum()) >= _COLUMN
