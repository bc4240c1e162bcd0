"""The blank of a type whose letters are all of one width, as typewriters and old printers set it: wider than that of others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .content import Word
from .lines import BLANK

_LETTERS, _WORDS = 5, 12
"""Letters of a word, and such words of a page, from which their widths tell the type."""
_EVEN = 0.06
"""Of the middle width of a letter, how far those of the words may lie apart; in other types it is twice as much."""
_LIKE = 0.2
"""Of the type's height, how far that of a word of the same type may lie from it: a scan measures it."""
_BESIDE = 0.35
"""Of a letter's width, the blank that its first and last one keep beside them together."""
_WIDEST = 1.8
"""Letters' widths, the widest blank between two words: one of them, the blanks that letters keep, and how far these are misplaced."""


def widest_blank(words: Sequence[Word]) -> float:
    """Of the type's height, the widest blank inside a phrase."""
    level = [w for w in words if not w.angle and len(w.text) >= _LETTERS]
    if len(level) < _WORDS:
        return BLANK
    size = float(np.median([w.height for w in level]))
    widths = [(w.x1 - w.x0) / (len(w.text) - _BESIDE) for w in level if abs(w.height - size) <= _LIKE * size]
    low, middle, high = np.percentile(widths, [15, 50, 85])
    return max(BLANK, _WIDEST * float(middle) / size) if high - low <= _EVEN * middle else BLANK
