"""What an export says to people of its own tables (dictionary, titles, notes), held against what this veedor writes there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from .dictionary import HEADER, lines


@dataclass(frozen=True, slots=True)
class Odd:
    """A text that stands in an export and is none that veedor writes there, or is missing: ``row`` counts from 1, below a header.

    ``due`` is what veedor writes; empty where it writes nothing.
    """

    table: str
    row: int | None
    column: str
    exported: str
    due: str


def compared(table: str, columns: Sequence[str], found: Sequence[Sequence[Any]], due: Sequence[Sequence[Any]]) -> Iterator[Odd]:
    """The cells of a table of texts that differ, row by row. What is empty and what is not there are the same."""
    for n, (row, wanted) in enumerate(zip_longest(found, due, fillvalue=()), 1):
        for k, (a, b) in enumerate(zip_longest(row, wanted)):
            told, right = ("" if v is None else str(v) for v in (a, b))
            if told != right:
                yield Odd(table, n, columns[k] if k < len(columns) else "", told, right)


def in_dictionary(table: str, found: Sequence[Sequence[Any]], columns: Sequence[str] = HEADER) -> Iterator[Odd]:
    """What a dictionary says other than veedor. ``found`` are its lines without its header."""
    return compared(table, columns, found, lines())
