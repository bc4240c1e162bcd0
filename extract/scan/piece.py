"""What an engine finds in a picture: where a line of text stands, and what it says, word by word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Quad = np.ndarray
"""Four corners (x, y) in pixels, from the top left clockwise; float32, shape (4, 2)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a line: ``lo`` and ``hi`` are where it begins and ends, as shares of the line's length.

    ``score`` is that of its least certain character, ``digits`` of its least certain digit; ``others`` are what other
    readings of the same place say, and ``doubtful`` tells that it may be one of these.
    """

    text: str
    lo: float
    hi: float
    score: float
    digits: float = 1.0
    others: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line says; ``score`` is the engine's own, from 0 to 1, its mean over the characters."""

    text: str
    score: float
    pieces: tuple[Piece, ...] = ()
