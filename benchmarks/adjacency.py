"""Scores tables by which cells stand next to each other: the structure measure of the ICDAR 2013 table competition.

Göbel, Hassan, Oro, Orsi: ICDAR 2013 Table Competition, with the details of the evaluation program that its organisers published.
A relation says that one filled cell comes after another to the right or below, and how many blank positions lie between;
two cells have at most one relation in each direction, however many rows or columns they share. A relation is right when
direction, both texts and the number of blanks are those of the truth, each as often as the truth has it.

Texts are compared without white space and with every character but A-Z, a-z, 0-9 and _ as _, as the published program does when
told to ignore characters, so that two kinds of dash are the same, and in capitals, as it does too. One thing differs from it:
NFKC comes first, so that a ligature is its letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

_SPACE = re.compile(r"\s+")
_SPECIAL = re.compile(r"\W", re.ASCII)


class Cell(NamedTuple):
    """A cell from its first to its last row and column, counted from any number."""

    row: int
    col: int
    row_end: int
    col_end: int
    text: str


class Relation(NamedTuple):
    """``text`` comes first; ``other`` stands below it, or to its right, after ``blanks`` blank positions."""

    text: str
    other: str
    below: bool
    blanks: int


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table, and the pages on which they are printed."""

    pages: frozenset[int]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How many relations are right, of how many found and how many in the truth."""

    right: int
    found: int
    truth: int

    @property
    def precision(self) -> float:
        """The part of what was found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.truth if self.truth else 0.0

    @property
    def f1(self) -> float:
        return harmonic(self.precision, self.recall)


def harmonic(precision: float, recall: float) -> float:
    """F1 of a precision and a recall, also where both are means."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(truth: Sequence[Table], found: Sequence[Table]) -> Score:
    """One document, the relations of all its tables together.

    A found table answers for one table of the truth, on a page of it: pairs with most right relations come first.
    What a table without a pair holds counts as found and wrong.
    """
    wanted = [relations(t) for t in truth]
    own = [relations(t) for t in found]
    shared = [
        ((wanted[i] & own[j]).total(), i, j) for i, t in enumerate(truth) for j, f in enumerate(found) if not t.pages.isdisjoint(f.pages)
    ]
    right = 0
    open_truth, open_found = set(range(len(truth))), set(range(len(found)))
    for count, i, j in sorted(shared, key=lambda pair: -pair[0]):
        if i in open_truth and j in open_found:
            right += count
            open_truth.remove(i)
            open_found.remove(j)
    return Score(right, sum(r.total() for r in own), sum(r.total() for r in wanted))


def total(scores: Iterable[Score]) -> Score:
    """All documents as one."""
    each = list(scores)
    return Score(sum(s.right for s in each), sum(s.found for s in each), sum(s.truth for s in each))


def relations(table: Table) -> Counter[Relation]:
    """Every relation of a table, as often as it occurs between different cells."""
    texts = [normalised(cell.text) for cell in table.cells]
    filled = {
        (row, col): number
        for number, cell in enumerate(table.cells)
        if texts[number]
        for row in range(cell.row, cell.row_end + 1)
        for col in range(cell.col, cell.col_end + 1)
    }
    found: dict[tuple[int, int, bool], Relation] = {}
    for below in (False, True):
        for first, second, blanks in _neighbours(filled, below):
            found.setdefault((first, second, below), Relation(texts[first], texts[second], below, blanks))
    return Counter(found.values())


def _neighbours(filled: dict[tuple[int, int], int], below: bool) -> Iterator[tuple[int, int, int]]:
    """Numbers of cells that follow each other along each row, or column, and the blanks between."""
    lines: dict[int, list[tuple[int, int]]] = {}
    for (row, col), number in filled.items():
        line, position = (col, row) if below else (row, col)
        lines.setdefault(line, []).append((position, number))
    for _, line in sorted(lines.items()):
        for (start, first), (end, second) in pairwise(sorted(line)):
            if first != second:
                yield first, second, end - start - 1


def normalised(text: str) -> str:
    """The text as it is compared; empty where the cell is blank."""
    return _SPECIAL.sub("_", _SPACE.sub("", unicodedata.normalize("NFKC", text))).upper()
