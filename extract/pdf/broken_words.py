"""Words that a narrow cell breaks without a hyphen, made whole: "EN-MA" over "R"."""

from __future__ import annotations

import itertools

from ..marks import goes_on, is_small_word
from ..shape import GROUPED
from .content import Word
from .lines import line_words
from .table import PageCell, PageTable

_ROUNDING = 0.3


def mend(table: PageTable) -> None:
    """Joins the rest of a word, or of an amount, to the full line above it, in all cells between rules."""
    cells = [c for row in table.rows for c in row.cells if c is not None and c.words and not any(w.angle for w in c.words)]
    inset = max(min((min(w.x0 for w in c.words) - c.box[0] for c in cells), default=0.0), 0.0)
    for cell in cells:
        if len(cell.words) > 1:
            _mend_cell(cell, inset)


def _mend_cell(cell: PageCell, inset: float) -> None:
    rows = line_words(cell.words)
    room = cell.box[2] - cell.box[0] - 2 * inset
    rests: set[int] = set()
    for k, (above, below) in enumerate(itertools.pairwise(rows), 2):
        rest = below[0]
        letter = (rest.x1 - rest.x0) / len(rest.text)
        full = above[-1].x1 - above[0].x0 + letter > room - _ROUNDING
        if full and len(below) == 1 and _is_rest(above[-1], rest, last=k == len(rows)):
            rests.add(id(rest))
    if rests:
        cell.settle(frozenset(rests))


def _is_rest(word: Word, rest: Word, last: bool) -> bool:
    """One or two letters that are no word, in the case of the letters above; or the end of an amount with its groups of three digits.

    In the ``last`` line of a cell no conjunction or article can stand alone.
    """
    if word.text[-1].isalpha() and rest.text.isalpha():
        whole = is_small_word(rest.text) and not (last and goes_on(rest.text))
        return len(rest.text) < 3 and not whole and word.text[-1].isupper() == rest.text[0].isupper()
    return GROUPED.fullmatch(word.text + rest.text) is not None and GROUPED.fullmatch(word.text) is None
