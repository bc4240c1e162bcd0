"""What the title of a table says of all its figures: the part of the year, and whether they are programmed or executed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ..extract.raw import TextBlock, TextKind
from .folding import fold
from .header_roles import Column
from .lexicon import load
from .periods import YEAR, Period, find_period, says_its_end

_REACH = 6
"""Blocks of text right above a table among which its title stands."""
_LONGEST = 120
_BARE, _SUPPOSED = 60.0, 75.0
"""The score of a column headed by a period alone, and of one whose role the title gives."""


def titled_period(title: Sequence[TextBlock]) -> Period | None:
    """The part of the year that the nearest line above a table names; None where none does. Sentences say no title.

    A month counts where the line prints nothing else; with a year it dates the document.
    """
    for block in _lines(title):
        period, rest = find_period(block.text)
        if period is None:
            continue
        alone = not fold(rest).strip("0123456789 ")
        if period.months == 1 and not (alone and period.year is None):
            continue
        if period.months < YEAR.months or says_its_end(block.text):
            return period
    return None


def titled_role(columns: Sequence[Column], title: Sequence[TextBlock]) -> list[Column]:
    """The columns, those headed by parts of a year alone with the role that the nearest line above the table gives them.

    "Cuadro 2. Metas ejecutadas" over "I Trim | … | IV Trim | Total" makes them results. A line that speaks of both leaves doubt.
    """
    bare = {c.index for c in columns if c.role == "target" and c.score == _BARE}
    if not bare or any(c.role in ("actual", "row_measure") for c in columns):
        return list(columns)
    said = next((found for b in _lines(title) if (found := _speaks_of(b.text))), frozenset())
    if "executed" not in said:
        return list(columns)
    totals = re.compile(load("headers").get("bare_totals", "(?!)"))
    own = {c.index for c in columns if c.role == "target" and c.levels and totals.fullmatch(fold(c.levels[-1]))}
    if len(said) > 1:
        return [replace(c, doubt="role") if c.index in bare | own else c for c in columns]
    return [replace(c, role="actual", basis="", score=_SUPPOSED) if c.index in bare | own else c for c in columns]


def _lines(title: Sequence[TextBlock]) -> list[TextBlock]:
    """The lines right above a table, the nearest first, that may be its title."""
    kinds = (TextKind.CONTENTS, TextKind.IMAGE, TextKind.RUNNING)
    return [b for b in reversed(title[-_REACH:]) if b.kind not in kinds and len(b.text) <= _LONGEST and not b.text.endswith(".")]


@cache
def _words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(load("statements").get(f"titled_{kind}", "(?!)"))) for kind in ("programmed", "executed"))


def _speaks_of(text: str) -> frozenset[str]:
    return frozenset(kind for kind, pattern in _words() if pattern.search(fold(text)))
