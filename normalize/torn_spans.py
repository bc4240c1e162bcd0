"""Parts of a year of which only some stand under the name that heads them all: the span of that name was read too short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..extract.shape import NUMERIC, shape
from ..schema.place import Place
from .folding import fold
from .header_roles import SURE, Column
from .numbers import Convention, Hint, conventions, parse
from .periods import find_period

_SAME = 1e-6
_LEAST = 3
"""Parts that follow one another; two are as likely one of what was programmed and one of what was executed."""
_LEAST_ROWS, _MOST_ROWS = 2, 0.5
_SUPPOSED = 75.0
_OF_PARTS = ("target", "actual", "percent")
_NOWHERE = Place()
Texts = Sequence[Sequence[str]]


def under_one_name(columns: list[Column], texts: Texts) -> list[Column]:
    """The columns, each bare part of a run with the role of the parts beside it that stand under a name.

    "1er trim. | 2do trim. | 3er trim. | Realizado / 4to trim." is four quarters of one kind. The sums of the rows
    must confirm it where the row prints the whole; where they deny it, the bare ones stay as they were. Where
    there is no whole to ask, the role is supposed, and said to be.
    """
    out = list(columns)
    for run in _runs(columns):
        bare = [c for c in run if not _parents(c) and (not c.role or c.score < SURE)]
        named = [c for c in run if c not in bare]
        if len(run) < _LEAST or not bare or len({(c.role, _parents(c)) for c in named}) != 1 or named[0].role not in _OF_PARTS:
            continue
        role = named[0].role
        if any(c.role == role and c.period == b.period for c in columns if c not in bare for b in bare):
            continue  # those parts of that role stand elsewhere
        agreeing, asked = _sums(run, columns, role, texts)
        if asked < _LEAST_ROWS or agreeing >= _MOST_ROWS * asked:
            score = SURE if asked >= _LEAST_ROWS else _SUPPOSED
            for c in bare:
                out[c.index] = replace(c, role=role, score=score)
    return out


def _parents(column: Column) -> tuple[str, ...]:
    return column.levels[:-1]


def _runs(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns side by side that are headed by parts of the year alone, of one length, each right behind the other."""
    runs: list[list[Column]] = []
    for c in columns:
        period = c.period
        if period is None or period.months == 12 or not c.levels or fold(find_period(c.levels[-1])[1]):
            continue
        last = runs[-1][-1] if runs else None
        follows = last is not None and last.period is not None and last.index == c.index - 1
        if follows and last and last.period and last.period.last + 1 == period.first and last.period.months == period.months:
            runs[-1].append(c)
        else:
            runs.append([c])
    return runs


def _sums(run: Sequence[Column], columns: Sequence[Column], role: str, texts: Texts) -> tuple[int, int]:
    """How many rows print a whole of that role that the parts make up, or that the last of them is; and how many print one at all."""
    until = max(c.period.last for c in run if c.period)
    first = min(c.period.first for c in run if c.period)
    wholes = [c for c in columns if c.role == role and c not in run and (not c.period or (c.period.first, c.period.last) == (first, until))]
    if not wholes:
        return 0, 0
    convention = conventions(cell for row in texts for cell in row if shape(cell) in NUMERIC)
    agreeing = asked = 0
    for row in texts:
        values = [v for c in run if (v := _value(row, c.index, convention)) is not None]
        whole = _value(row, wholes[0].index, convention)
        if whole is None or len(values) < len(run) - 1:
            continue
        asked += 1
        agreeing += any(abs(made - whole) <= _SAME for made in (sum(values), values[-1]))
    return agreeing, asked


def _value(row: Sequence[str], column: int, convention: Convention) -> float | None:
    return parse(row[column], _NOWHERE, convention, Hint()).value if column < len(row) and row[column] else None
