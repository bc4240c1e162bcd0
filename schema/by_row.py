"""Keeps what was found out about a row: rows never change, and a corrected document has all but one of those that it had before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from .plan import Indicator

T = TypeVar("T")
MOST = 5_000
"""Rows that are kept; beyond, all is forgotten and found out anew. A row with its figures takes some 6 kB."""


def by_row(of: Callable[[Indicator], T]) -> Callable[[Indicator], T]:
    """A function of a row, and of nothing else, that is asked for the same rows again and again; what it gives must not be changed.

    A row is known by being the same object, which is kept with what was found out: one that is made anew is asked about anew.
    """
    kept: dict[int, tuple[Indicator, T]] = {}

    def known(row: Indicator) -> T:
        found = kept.get(id(row))
        if found is None:
            if len(kept) >= MOST:
                kept.clear()
            found = kept[id(row)] = (row, of(row))
        return found[1]

    return known
