"""The rules of a table as a picture shows them: long thin strokes, level or upright, each followed where it bends."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import cv2
import numpy as np

from ..pdf.content import Box
from .worn import worn

_SHORTEST = 14.0
"""Points: strokes of letters are shorter."""
_LOW, _REACH = 7.0, 2.5
"""Points: an upright rule of one low row, as in a header of two levels, is one where both its ends meet level rules within this reach."""
_PIECE, _GAP = 5.0, 2.5
"""Points: a broken stroke counts from pieces of this length, and gaps of that between them are bridged."""
_HIDDEN = 12.0
"""Points of a rule that a stroke of a pen may hide."""
_THICK = 4.0
"""Points: what is thicker is a bar, not a rule."""
_LEAST_WALL, _WALLS = 20.0, 6.0
"""Points that the outer uprights of two tables side by side run beside each other at least, and between them at most."""
_ASKEW, _LEANING, _BENT = 0.035, 0.07, 0.7
"""How much a level rule of a levelled page may still lean, an upright one (a page photographed from below narrows to its top), and the
points by which its course may leave a straight line."""
_STRUCK, _SEVERAL, _TALL = 0.3, 3, 1.6
"""How near to the middle of a text, in its heights, a stroke runs that goes through it, how many texts tell that it is no rule, and from
how many times the usual height on a text is two."""
_STEP = 8.0
"""Points between the places at which the course of a rule is taken."""


@dataclass(slots=True)
class Stroke:
    """A rule as it was found, in pixels: ``along`` its direction, ascending, and ``across`` it, one place after the other."""

    along: np.ndarray
    across: np.ndarray
    width: float
    at_middle: float = field(init=False)

    def __post_init__(self) -> None:
        self.at_middle = float(np.median(self.across))

    @property
    def length(self) -> float:
        return float(self.along[-1] - self.along[0])

    def at(self, place: float) -> float:
        """Where the rule passes at a place along it."""
        return float(np.interp(place, self.along, self.across))


def strokes(ink: np.ndarray, scale: float, over: np.ndarray | None = None) -> tuple[list[Stroke], list[Stroke], np.ndarray]:
    """The level rules, the upright ones, and the pixels of both. ``ink``: 255 where there is ink; ``scale``: pixels for a point.

    ``over`` is 255 where something that is no ink hides what lies beneath: a rule goes on there.
    """
    level = _mask(ink, scale, _SHORTEST, over, upright=False)
    upright = _mask(ink, scale, _LOW, over, upright=True)
    tall = cv2.morphologyEx(upright, cv2.MORPH_OPEN, np.ones((max(int(_SHORTEST * scale), 12), 1), np.uint8))
    along = cv2.bitwise_or(level, worn(ink, level, tall, scale, upright=False))
    up = cv2.bitwise_or(upright, worn(ink, upright, along, scale, upright=True))
    rows = [s for s in _followed(along, scale, _ASKEW) if s.length >= _SHORTEST * scale]
    columns = [
        s
        for s in _followed(np.ascontiguousarray(up.T), scale, _LEANING)
        if (s.length >= _SHORTEST * scale or all(_meets(rows, float(s.across[k]), float(s.along[k]), scale) for k in (0, -1)))
        and not _is_edge(s, over, scale)
    ]
    return rows, columns, cv2.bitwise_or(along, up)


def _is_edge(stroke: Stroke, over: np.ndarray | None, scale: float) -> bool:
    """True for an upright that a pen or a stamp left beside its own stroke: mostly beneath it, and what is clear of it makes no rule."""
    if over is None:
        return False
    along = np.arange(int(stroke.along[0]), int(stroke.along[-1]) + 1)
    across = np.clip(np.rint(np.interp(along, stroke.along, stroke.across)).astype(int), 0, over.shape[1] - 1)
    clear = int((over[np.minimum(along, over.shape[0] - 1), across] == 0).sum())
    return clear < 0.5 * len(along) and clear < _LOW * scale


def _meets(rows: list[Stroke], x: float, y: float, scale: float) -> bool:
    reach = _REACH * scale
    return any(s.along[0] - reach <= x <= s.along[-1] + reach and abs(s.at(x) - y) <= reach for s in rows)


def _mask(ink: np.ndarray, scale: float, shortest: float, over: np.ndarray | None, upright: bool) -> np.ndarray:
    """The pixels of strokes of one direction; gaps, as a bad print has them, are bridged where there is a stroke on both sides."""
    length, least, gap = max(int(shortest * scale), 12), max(int(_PIECE * scale), 6), max(int(_GAP * scale), 2)

    def kernel(n: int, across: int = 1) -> np.ndarray:
        return np.ones((n, across) if upright else (across, n), np.uint8)

    pieces = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel(least))
    bridged = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, kernel(gap))
    if over is not None:
        hidden = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, kernel(int(_HIDDEN * scale)))
        bridged = cv2.bitwise_or(bridged, cv2.bitwise_and(hidden, over))
    opened = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, kernel(length))
    thick = cv2.morphologyEx(opened, cv2.MORPH_OPEN, kernel(length, max(int(_THICK * scale), 3)))
    return cv2.bitwise_and(opened, cv2.bitwise_not(cv2.dilate(thick, np.ones((3, 3), np.uint8))))


def _followed(mask: np.ndarray, scale: float, askew: float) -> list[Stroke]:
    """Each connected stroke of a mask of level ones that leans no more than ``askew``, with its course."""
    joined = cv2.dilate(mask, np.ones((1, max(int(2 * scale), 3)), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    out: list[Stroke] = []
    step = max(int(_STEP * scale), 4)
    for k in range(1, count):
        x, y, w, h, _ = stats[k].tolist()
        if h > askew * w + 3 * scale:
            continue
        part = ((labels[y : y + h, x : x + w] == k) & (mask[y : y + h, x : x + w] > 0)).astype(np.float32)
        columns = part.sum(axis=0)
        seen = np.flatnonzero(columns)
        if not len(seen):
            continue
        middle = (part * np.arange(h, dtype=np.float32)[:, None]).sum(axis=0)[seen] / columns[seen] + y
        places = np.unique(np.append(np.arange(0, len(seen), step), len(seen) - 1))
        across = np.array([np.median(middle[max(0, p - step // 2) : p + step // 2 + 1]) for p in places])
        out.append(Stroke(seen[places].astype(float) + x, across, float(np.median(columns[seen]))))
    return [s for s in out if len(s.along) > 1 and _is_straight(s, scale, askew)]


def _is_straight(stroke: Stroke, scale: float, askew: float) -> bool:
    """False for what a pen drew: it leans or bends more than a page does."""
    lean, start = np.polyfit(stroke.along, stroke.across, 1)
    off = np.abs(stroke.across - (lean * stroke.along + start)).max()
    return abs(lean) <= askew and off <= _BENT * scale + 0.004 * stroke.length


def beneath(columns: list[Stroke], over: np.ndarray | None, scale: float) -> list[Stroke]:
    """Uprights whose pieces are parted by what lies over them made one: what stands on each side is in two cells. ``over``: as above."""
    if over is None:
        return columns
    out: list[Stroke] = []
    for s in sorted(columns, key=lambda s: float(s.along[0])):
        k = next((k for k, o in enumerate(out) if _is_hidden(o, s, over, scale)), None)
        if k is None:
            out.append(s)
        else:
            o = out[k]
            out[k] = Stroke(np.concatenate([o.along, s.along]), np.concatenate([o.across, s.across]), max(o.width, s.width))
    return out


def _is_hidden(one: Stroke, other: Stroke, over: np.ndarray, scale: float) -> bool:
    """True where an upright goes on in another of its course, and something lies over most of what is between."""
    lo, hi, x = int(one.along[-1]), int(other.along[0]), int((one.across[-1] + other.across[0]) / 2)
    if not 0 < hi - lo <= min(one.length, other.length) or abs(float(one.across[-1] - other.across[0])) > _BENT * scale:
        return False
    return float((over[lo:hi, x] > 0).mean()) > 0.5


def outside_text(rows: list[Stroke], columns: list[Stroke], boxes: list[Box], scale: float) -> tuple[list[Stroke], list[Stroke]]:
    """Without the strokes that lie in a line of text: bold or smeared letters run together to one. ``boxes`` are those of the lines.

    Nor the level ones through a whole row of texts, as a crease runs. An upright from rule to rule stays: a line may have been taken for
    one with that of the next cell.
    """
    level = [s for s in rows if not any(_within(s, b, upright=False) for b in boxes) and not _strikes(s, boxes)]
    upright = [
        s
        for s in columns
        if all(_meets(level, float(s.across[k]), float(s.along[k]), scale) for k in (0, -1))
        or not any(_within(s, b, upright=True) for b in boxes)
    ]
    return level, upright


def outside_shades(rows: list[Stroke], columns: list[Stroke], boxes: list[Box], scale: float) -> tuple[list[Stroke], list[Stroke]]:
    """Without what seems a rule only within a shaded cell: the ground between light letters. Rules of the table run on beyond it."""
    edge = 2 * scale
    level = [
        s
        for s in rows
        if not any(
            x0 - edge < s.along[0] and s.along[-1] < x1 + edge and t + edge < s.at_middle < b - edge and s.length < 0.8 * (x1 - x0)
            for x0, t, x1, b in boxes
        )
    ]
    upright = [
        s
        for s in columns
        if not any(t - edge < s.along[0] and s.along[-1] < b + edge and x0 + edge < s.at_middle < x1 - edge for x0, t, x1, b in boxes)
    ]
    return level, upright


def _strikes(stroke: Stroke, boxes: list[Box]) -> bool:
    """True for a level stroke through the middle of several texts: what a rule meets of a text is its edge, and seldom of more than one.

    Texts twice as high as most are two, one of either row, with the rule between.
    """
    met = [b for b in boxes if stroke.along[0] < b[0] and b[2] < stroke.along[-1] and b[1] < stroke.at((b[0] + b[2]) / 2) < b[3]]
    usual = float(np.median([b[3] - b[1] for b in boxes])) if met else 0.0
    low = [b for b in met if b[3] - b[1] < min(_TALL * usual, b[2] - b[0])]
    through = [b for b in low if abs(stroke.at((b[0] + b[2]) / 2) - (b[1] + b[3]) / 2) < _STRUCK * (b[3] - b[1])]
    return len(through) >= _SEVERAL and 2 * len(through) > len(met)


def _within(stroke: Stroke, box: Box, upright: bool) -> bool:
    lo, near, hi, far = (box[1], box[0], box[3], box[2]) if upright else box
    slack, middle = 0.1 * (far - near), stroke.at((lo + hi) / 2)
    return near + slack < middle < far - slack and min(stroke.along[-1], hi) - max(stroke.along[0], lo) > 0.8 * stroke.length


def parted(rows: list[Stroke], columns: list[Stroke], ink: np.ndarray, scale: float) -> list[Stroke]:
    """Level rules parted between two tables that stand wall to wall: between two uprights the paper shows, or most rules end."""
    walls = [w for w in _walls(columns, scale) if _stand_apart(*w, rows, ink, scale)]
    out: list[Stroke] = []
    for s in rows:
        cuts = sorted((a.at(s.at(a.at_middle)), b.at(s.at(b.at_middle))) for a, b in walls if _reaches(s, a, b, scale) == 2)
        lo = float(s.along[0])
        for a, b in [*cuts, (float(s.along[-1]), 0.0)]:
            inner = s.along[(s.along > lo) & (s.along < a)]
            along = np.concatenate([[lo], inner, [a]])
            out.append(Stroke(along, np.interp(along, s.along, s.across), s.width))
            lo = b
    return out


def _walls(columns: list[Stroke], scale: float) -> list[tuple[Stroke, Stroke]]:
    """Uprights beside each other with nothing but a strip of paper between them."""
    found = []
    for a, b in itertools.permutations(columns, 2):
        middle = (max(a.along[0], b.along[0]) + min(a.along[-1], b.along[-1])) / 2
        shared = min(a.along[-1], b.along[-1]) - max(a.along[0], b.along[0])
        if shared > _LEAST_WALL * scale and 0.8 * scale < b.at(middle) - a.at(middle) < _WALLS * scale:
            found.append((a, b))
    return found


def _reaches(row: Stroke, a: Stroke, b: Stroke, scale: float) -> int:
    """How many of two uprights a level rule runs through: not those that it ends at."""
    y, reach = row.at(a.at_middle), 3 * scale
    if not (a.along[0] - reach <= y <= a.along[-1] + reach or b.along[0] - reach <= y <= b.along[-1] + reach):
        return 0
    through = row.along[0] < a.at(y) - 2 * reach and b.at(y) + 2 * reach < row.along[-1]
    return 2 if through else int(min(abs(row.along[-1] - a.at(y)), abs(row.along[0] - b.at(y))) <= 2 * reach)


def _stand_apart(a: Stroke, b: Stroke, rows: list[Stroke], ink: np.ndarray, scale: float) -> bool:
    ended = full = 0
    for s in rows:
        reached = _reaches(s, a, b, scale)
        if reached == 1 or (reached == 2 and _is_blank(ink, s, a.at(s.at(a.at_middle)), b.at(s.at(b.at_middle)), scale)):
            ended += 1
        elif reached == 2:
            full += 1
    return ended > full


def _is_blank(ink: np.ndarray, stroke: Stroke, lo: float, hi: float, scale: float) -> bool:
    edge = 0.5 * scale
    x0, x1, y, off = int(lo + edge), int(np.ceil(hi - edge)), int(stroke.at((lo + hi) / 2)), max(int(0.6 * scale), 1)
    seen = ink[max(y - off, 0) : y + off + 1, x0 : max(x1, x0 + 1)]
    return seen.size > 0 and float(seen.any(axis=0).mean()) < 0.5
