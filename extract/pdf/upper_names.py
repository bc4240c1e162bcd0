"""Names that stand over several columns: told from the names below them, before the columns are known."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

from .lines import Line, Phrase, is_figure, is_value

CLOSE = 0.6
"""Of the type's height: the lines of one name stand closer than this."""

_NEARLY, _HALF = 0.8, 0.5
"""Of the texts of the fullest row above: as many names make a header of the same table, and of another one."""


def heading_lines(lines: Sequence[Line]) -> int:
    """How many lines at the top stand before the first figure that has a text to its left."""
    return next((k for k, line in enumerate(lines) if any(is_value(p.text) for p in line.phrases[1:])), 0)


def upper_names(head: Sequence[Line], body: Sequence[Line]) -> set[int]:
    """Identity of each phrase of a header that is no column's own name, but stands over several names below it."""
    found: set[int] = set()
    for k, line in enumerate(head):
        for p in line.phrases:
            if any(_is_over(p, line, lower, head, body) for lower in head[k + 1 :]):
                found.add(id(p))
    return found


def standing_apart(head: Sequence[Line]) -> set[int]:
    """Identity of each phrase of a header below which another one stands, a blank apart: it is no line of that name."""
    found = [p for line in head for p in line.phrases]
    below = {id(p): [q.top - p.bottom for q in found if _share(p, q) > 1 and q.middle > p.bottom] for p in found}
    return {id(p) for p in found if below[id(p)] and min(below[id(p)]) > CLOSE * p.size}


def _is_over(p: Phrase, line: Line, lower: Line, head: Sequence[Line], body: Sequence[Line]) -> bool:
    if sum(_share(p, q) > 1 for q in lower.phrases) > 1:
        return True
    if any(_share(p, q) > 1 and p.bottom < q.middle for other in head for q in other.phrases):
        return False  # what stands below it is its second line
    middle = _middle(p)
    for a, b in itertools.pairwise(lower.phrases):
        if a.x1 < middle < b.x0:
            # It stands over the blank between two names. It is theirs, unless it heads a column of its own there,
            # or they are the second line of names that begin beside it.
            steps = [_middle(y) - _middle(x) for x, y in itertools.pairwise(lower.phrases)]
            if len(steps) > 2 and _middle(b) - _middle(a) > 1.5 * median(steps):
                return False
            # Short figures may stand beside the names of their columns: then it has none of its own.
            below = [q for other in body for q in other.phrases]
            if any(a.x1 < _middle(q) < b.x0 for q in below) and any(_share(n, q) > 1 for q in below for n in (a, b)):
                return False
            return not any(_heads(o, q) for other in head for o in other.phrases if o is not p for q in (a, b))
    return False


def _heads(o: Phrase, q: Phrase) -> bool:
    """True where a phrase stands close above another one: the upper line of the same name."""
    return _share(o, q) > 1 and o.middle < q.middle and q.top - o.bottom < CLOSE * q.size


def _share(p: Phrase, q: Phrase) -> float:
    return min(p.x1, q.x1) - max(p.x0, q.x0)


def _middle(p: Phrase) -> float:
    return (p.x0 + p.x1) / 2


def names_again(line: Line, before: Line, rows: Sequence[Line]) -> bool:
    """True where a line below the rows of a table names columns anew: different texts and no figure where these have figures.

    A title stands ``before`` it, or a blank, or it is bold and they are not: a row may have texts for all its figures too.
    Bold names under a title may be fewer than those of the table above, by half.
    """
    texts = [p.text for p in line.phrases]
    figured = [row for row in rows if any(is_figure(p.text) for p in row.phrases[1:])]
    if len(texts) < 3 or not figured or len(set(texts)) < len(texts) or any(is_value(t) for t in texts):
        return False
    size = line.bottom - line.top
    plain = [row for row in figured if not any(w.bold for w in row.words)]
    bold = all(w.bold for w in line.words) and 2 * len(plain) > len(figured)
    if not (bold or len(before.phrases) == 1 or line.top - before.bottom > 1.2 * size):
        return False
    widest = max(len(row.phrases) for row in figured)
    least = _HALF if bold and len(before.phrases) == 1 else _NEARLY
    return len(texts) >= least * widest and max(map(len, texts)) < 40
