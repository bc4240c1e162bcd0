"""A dark shade that rests on a table's uprights is its header: edges and light strokes become rules, as those of its other rows are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from ..pdf.content import Box
from .ruling import Stroke, outside_text, strokes

_REACH = 6.0
"""Points from a shade's edge within which a rule ends at it, as far as the end of any rule may miss another."""
_LIGHT = 0.3
"""How far from the ground of a shade to the paper its strokes lie at least: thin ones are blurred to less than half."""


def headed(
    rows: list[Stroke], columns: list[Stroke], shades: Sequence[Box], texts: Sequence[Box], light: np.ndarray, scale: float
) -> tuple[list[Stroke], list[Stroke]]:
    """The rules with those of every shade that uprights hang from, edge to edge. ``texts``: boxes of lines; ``light``: the page in grey.

    Where no light stroke goes on with an upright, it goes on itself, up to a text or stroke across it.
    """
    for shade in shades:
        x0, top, x1, bottom = box = _sharpened(shade, light, scale)
        reach = _REACH * scale
        hung = sorted(
            s.at(bottom) for s in columns if s.along[0] < bottom + reach < s.along[-1] - reach and x0 - reach < s.at(bottom) < x1 + reach
        )
        if len(hung) < 3 or hung[0] > x0 + reach or hung[-1] < x1 - reach:
            continue
        level, upright = outside_text(*_light(box, light, scale), list(texts), scale)
        level += [_stroke(x0, x1, y, scale) for y in (top, bottom)]
        shown = [s.at(bottom) for s in (*columns, *upright) if s.along[0] < bottom - reach and s.along[-1] > bottom - reach]
        for x in (x for x in hung if all(abs(x - other) > reach for other in shown)):
            across = [b for b in texts if b[0] + reach < x < b[2] - reach and top < (b[1] + b[3]) / 2 < bottom]
            if across:
                level.append(_below(max(across, key=lambda b: b[3]), hung, scale))
            ends = [s.at(x) for s in level if s.along[0] - reach <= x <= s.along[-1] + reach and s.at(x) < bottom - reach]
            upright.append(_stroke(max(ends, default=top), bottom, x, scale))
        rows = [*(s for s in rows if not _on_edge(s, box, reach)), *level]
        columns = [*columns, *upright]
    return rows, columns


def _sharpened(box: Box, light: np.ndarray, scale: float) -> Box:
    """The box with its edges where most of the page turns from paper to ground."""
    x0, top, x1, bottom = (int(v) for v in box)
    more = int(_REACH * scale)
    least = 0.5 * (float(np.median(light[top:bottom, x0:x1])) + float(np.median(light[::8, ::8])))
    y, x = max(top - more, 0), max(x0 - more, 0)
    down = (light[y : bottom + more, x0:x1] < least).mean(axis=1) > 0.5
    right = (light[top:bottom, x : x1 + more] < least).mean(axis=0) > 0.5
    if not down.any() or not right.any():
        return box
    (ys, xs) = np.flatnonzero(down), np.flatnonzero(right)
    return float(x + xs[0]), float(y + ys[0]), float(x + xs[-1] + 1), float(y + ys[-1] + 1)


def _light(box: Box, light: np.ndarray, scale: float) -> tuple[list[Stroke], list[Stroke]]:
    """The light strokes within a shade, level and upright; where they all but reach its edge, they do."""
    x0, top, x1, bottom = (int(v) for v in box)
    part = light[top:bottom, x0:x1]
    ground, paper = float(np.median(part)), float(np.median(light[::8, ::8]))
    mask = (part > ground + _LIGHT * (paper - ground)).astype(np.uint8) * 255
    # a strip of paper that the blurred edge leaves is no stroke
    edge = max(int(scale), 1)
    mask[:edge], mask[-edge:], mask[:, :edge], mask[:, -edge:] = 0, 0, 0, 0
    level, upright, _ = strokes(cv2.copyMakeBorder(mask, edge, edge, edge, edge, cv2.BORDER_CONSTANT), scale)
    return (
        [_grown(replace(s, along=s.along + x0 - edge, across=s.across + top - edge), x0, x1, scale) for s in level],
        [_grown(replace(s, along=s.along + top - edge, across=s.across + x0 - edge), top, bottom, scale) for s in upright],
    )


def _grown(stroke: Stroke, lo: float, hi: float, scale: float) -> Stroke:
    """The stroke with its ends on those that it all but reaches."""
    along = stroke.along.copy()
    along[0] = lo if along[0] - lo <= _REACH * scale else along[0]
    along[-1] = hi if hi - along[-1] <= _REACH * scale else along[-1]
    return replace(stroke, along=along)


def _below(text: Box, uprights: Sequence[float], scale: float) -> Stroke:
    """The level rule that a name over several columns needs below it: from upright to upright."""
    left = [x for x in uprights if x <= text[0] + _REACH * scale]
    right = [x for x in uprights if x >= text[2] - _REACH * scale]
    return _stroke(max(left, default=text[0]), min(right, default=text[2]), text[3], scale)


def _on_edge(stroke: Stroke, box: Box, reach: float) -> bool:
    """What was found of the edge of a shade: a piece of it, as a rule."""
    x0, top, x1, bottom = box
    y = stroke.at_middle
    return x0 - reach < stroke.along[0] and stroke.along[-1] < x1 + reach and min(abs(y - top), abs(y - bottom)) <= reach


def _stroke(lo: float, hi: float, across: float, scale: float) -> Stroke:
    return Stroke(np.array([lo, hi]), np.array([across, across]), scale)
