"""Takes the bend out of a page: by how much each place lies too low or too far right, from the course of its rules and lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .ruling import Stroke

_LEAST = 60.0
"""Points of length from which a stroke tells something of the bend."""
_ROUNDS = 3
"""Times that the bend is fitted: after each, strokes that agree with none of the others are left out."""
_SMOOTH = 1e-3
"""What a coefficient costs, against the shift of a stroke that it saves: few strokes say little of the rest of the page."""
_NONE = (0.0,) * 7
"""The coefficients of a page that is flat."""


@dataclass(frozen=True, slots=True)
class Bend:
    """Smooth shifts over a page of ``width`` x ``height`` pixels. Coefficients of the terms of ``_terms``."""

    width: float
    height: float
    down: tuple[float, ...]
    right: tuple[float, ...]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the picture lies on the flat page."""
        u, v = x / self.width - 0.5, y / self.height - 0.5
        return x - _shift(self.right, v, u), y - _shift(self.down, u, v)

    def back(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the flat page lies in the picture."""
        px, py = x, y
        for _ in range(3):  # the shifts change so slowly that this settles at once
            fx, fy = self.point(px, py)
            px, py = px + x - fx, py + y - fy
        return px, py


LEVEL = Bend(1.0, 1.0, _NONE, _NONE)
"""No bend at all."""


def _terms(a: np.ndarray, c: np.ndarray) -> np.ndarray:
    """What bends a line that has places ``a`` along and ``c`` across it. Every term has ``a`` in it: what is
    the same all along moves no part of it against another.
    """
    return np.stack([a, a**2, a**3, a * c, a**2 * c, a * c**2, a**3 * c], axis=-1)


def _shift(of: tuple[float, ...], a: float, c: float) -> float:
    """The sum of the terms for one point, each by its coefficient: they are asked for thousands of times a page."""
    return a * (of[0] + a * (of[1] + a * of[2]) + c * (of[3] + a * of[4] + c * of[5] + a * a * of[6]))


def bend(rows: Sequence[Stroke], columns: Sequence[Stroke], width: int, height: int, scale: float) -> Bend:
    """The bend that makes level strokes level and upright ones upright, as nearly as smooth shifts can."""
    return Bend(float(width), float(height), _fitted(rows, width, height, scale), _fitted(columns, height, width, scale))


def _fitted(strokes: Sequence[Stroke], along: int, across: int, scale: float) -> tuple[float, ...]:
    """Coefficients for which each stroke keeps to one height. Strokes that agree with none of the others are left out."""
    chosen = [s for s in strokes if s.length >= _LEAST * scale]
    found = np.zeros(7)
    for _ in range(_ROUNDS):
        if len(chosen) < 3 or sum(s.length for s in chosen) < along:
            return _NONE
        rows, goals, owners = [], [], []
        for k, s in enumerate(chosen):
            terms = _terms(s.along / along - 0.5, s.across / across - 0.5)
            # a stroke's own height is unknown: only how it departs from its mean counts
            rows.append(terms - terms.mean(axis=0))
            goals.append(s.across - s.across.mean())
            owners.append(np.full(len(s.along), k))
        a, b, owner = np.concatenate(rows), np.concatenate(goals), np.concatenate(owners)
        ridge = np.sqrt(_SMOOTH * len(b)) * np.eye(a.shape[1])
        found, *_ = np.linalg.lstsq(np.vstack([a, ridge]), np.concatenate([b, np.zeros(a.shape[1])]), rcond=None)
        off = np.abs(a @ found - b)
        worst = np.array([off[owner == k].max() for k in range(len(chosen))])
        kept = [s for s, w in zip(chosen, worst, strict=True) if w <= max(1.2 * scale, 3 * float(np.median(worst)))]
        if len(kept) == len(chosen):
            break
        chosen = kept
    return tuple(found.tolist())
