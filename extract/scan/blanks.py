"""The blanks of a line as its ink shows them: where it is two texts side by side, and where its words begin and end."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .piece import Piece, Quad
from .quads import crop, height_of, part, width_of

Blank = tuple[float, float]
"""Where a blank begins and ends, as shares of the length of its line."""
_APART = 0.75
"""Of the height that the detector gives a line, a blank that no text has: what stands beside it is another one."""
_TEXT = 0.6
"""Of the same, how long at least what stands beside it is: less is a speck, or the stroke of a pen, as likely as a digit."""
_NEAR = 0.45
"""Of the same, how far from a blank the engine may see the end of a word."""
_LEAST = 0.06
"""Of the same, the least blank between two words: letters stand closer."""
_EDGE = 0.12
"""Of a line's height, above and below, where its neighbours reach in."""


def blanks(quad: Quad, dark: np.ndarray) -> list[Blank]:
    """The blanks inside a line that are wide enough to part words. ``dark``: 255 where there is ink."""
    its = crop(dark, quad)
    height, width = its.shape
    edge = round(_EDGE * height)
    inked = np.flatnonzero((its[edge : height - edge] > 127).any(axis=0))
    wide = np.flatnonzero(np.diff(inked) - 1 >= max(_LEAST * height, 1))
    return [(float(inked[k] + 1) / width, float(inked[k + 1]) / width) for k in wide]


def parted_at_blanks(quad: Quad, dark: np.ndarray) -> list[Quad]:
    """A line that the detector ran over a blank as wide as none of a text, as the texts beside it."""
    share = height_of(quad) / max(width_of(quad), 1.0)
    wide = [(lo, hi) for lo, hi in blanks(quad, dark) if hi - lo >= _APART * share]
    edges = [(0.0, 0.0), *wide, (1.0, 1.0)]
    texts = [b[0] - a[1] >= _TEXT * share for a, b in itertools.pairwise(edges)]
    cuts = [(lo + hi) / 2 for (lo, hi), before, behind in zip(wide, texts, texts[1:], strict=False) if before and behind]
    return [part(quad, a, b) for a, b in itertools.pairwise([0.0, *cuts, 1.0])] if cuts else [quad]


def placed_by_ink(pieces: Sequence[Piece], quad: Quad, dark: np.ndarray) -> list[Piece]:
    """Words that begin and end where their ink does: the engine tells the place of a letter to half its width only."""
    parts = len(pieces) - 1
    if not parts:
        return list(pieces)
    reach = _NEAR * height_of(quad) / max(width_of(quad), 1.0)
    between = sorted(sorted(blanks(quad, dark), key=lambda b: b[0] - b[1])[:parts])
    seen = [(a.hi + b.lo) / 2 for a, b in itertools.pairwise(pieces)]
    if len(between) < parts or any(not lo - reach < at < hi + reach for (lo, hi), at in zip(between, seen, strict=True)):
        return list(pieces)  # the widest blanks are not those that were read: letters of it stand as far apart
    ends = [*(lo for lo, _ in between), pieces[-1].hi]
    starts = [pieces[0].lo, *(hi for _, hi in between)]
    return [replace(p, lo=lo, hi=hi) for p, lo, hi in zip(pieces, starts, ends, strict=True)]
