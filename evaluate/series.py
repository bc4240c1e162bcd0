"""Series of codes: rows of one section whose codes differ in their last number only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..normalize.codes import parse_code
from ..schema.plan import Indicator, Kind, Plan

MIN_LENGTH = 2
Numbered = tuple[Indicator, int]
# A part of a series starts anew at the first number of another hundred (IG-110, IG-201), or of another ten where that happens twice.
_HUNDRED, _TEN, _STARTS = 100, 10, 2


def series(plan: Plan) -> list[list[Numbered]]:
    """Each series of two rows or more, ordered by the last number, every number once.

    Headings are left out: a plan may take any of the actions of a longer strategic plan. Numbers that name a
    group by their hundreds or tens (IG-101 … IG-110, IG-201 …) make a series for each group.
    """
    found: dict[tuple[object, ...], dict[int, Indicator]] = {}
    for row in plan.indicators:
        if row.restated or row.kind in (Kind.HEADING, Kind.TOTAL) or not row.code_printed:
            continue
        code = parse_code(row.code_printed)
        if code is not None and code.path[-1] < 1000:
            found.setdefault((row.section, code.prefix, code.path[:-1]), {}).setdefault(code.path[-1], row)
    whole = ([(numbers[n], n) for n in sorted(numbers)] for numbers in found.values())
    return [part for rows in whole for part in _parts(rows) if len(part) >= MIN_LENGTH]


def _parts(rows: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    """A series cut where its numbers start a new group."""
    steps = list(pairwise(n for _, n in rows))
    tens = sum(1 for step in steps if _starts(step, _TEN)) >= _STARTS
    part: list[Numbered] = list(rows[:1])
    for row, step in zip(rows[1:], steps, strict=True):
        if _starts(step, _HUNDRED) or (tens and _starts(step, _TEN)):
            yield part
            part = []
        part.append(row)
    yield part


def _starts(step: tuple[int, int], size: int) -> bool:
    """True where a number is the first of another group of that size, and does not simply follow the one before."""
    before, number = step
    return number - before > 1 and number // size > before // size > 0 and number % size in (0, 1)
