"""Compares the rows of one table of an export with those that its source gives: each cell, rows that are missing, rows that were added."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from ...schema.tables import Field, Value, written
from ..export.dataset import Row
from .differences import Difference, Kind, Level

_SAME = 1e-14
"""Spreadsheets keep 15 to 16 digits of a number; nothing that is printed has as many."""
_ABSURD = 1e30
"""No figure of a plan is as large: such a number is not written out in digits."""
_MOST_PAIRS = 40_000
"""Rows times rows of which the likeliest pairing is sought (half a second); more than that stand at their own number."""
_ALIKE = 0.5
"""Share of cells that two rows have in common to be one row that was altered; with less, one is missing and another was added."""
_SHOWN = 200
"""Characters of a row that is shown whole."""


def compared(table: str, fields: Sequence[Field], exported: Sequence[Row], derived: Sequence[Row]) -> list[Difference]:
    """The differences of one table, in the order of its rows. Each row has the values of ``fields``; one too short lacks the last."""
    first, second = [_plain(fields, r) for r in exported], [_plain(fields, r) for r in derived]
    found: list[Difference] = []
    for a, b in _paired(first, second):
        if a is None and b is not None:
            found.append(_whole(table, fields, Kind.MISSING, None, second[b]))
        elif b is None and a is not None:
            found.append(_whole(table, fields, Kind.ADDED, a, first[a]))
        elif a is not None and b is not None:
            found += _cells(table, fields, a, first[a], second[b])
    return found


Plain = tuple[object, ...]
"""A row whose values can be compared: numbers as floats, all else as it is written, nothing and no text as None."""


def _plain(fields: Sequence[Field], row: Row) -> Plain:
    given = [*row, *([None] * (len(fields) - len(row)))]
    return tuple(plain(f.type, v) for f, v in zip(fields, given, strict=False))


def plain(kind: str, value: Value) -> object:
    """A value in the form in which it is compared; what is not of its column's type stays text."""
    if value is None or value == "":
        return None
    if kind in ("number", "integer") and isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        with contextlib.suppress(OverflowError, ValueError):
            return float(value)
    return text_of(value)


def text_of(value: Value) -> str:
    """A value as the tables write it; half letters that cannot be written are a question mark there, absurd numbers stay short."""
    if isinstance(value, Decimal) and not value.is_finite():
        return str(value)
    if isinstance(value, int | float | Decimal) and not abs(value) < _ABSURD:
        return f"{Decimal(value):.17g}"
    return written(value).encode("utf-8", "replace").decode("utf-8")


def whole(value: Value) -> int | None:
    """A value as a whole number, None where it is none."""
    number = plain("integer", value)
    return int(number) if isinstance(number, float) and abs(number) < _ABSURD and number == int(number) else None


def _equal(a: object, b: object) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return a == b or math.isclose(a, b, rel_tol=_SAME)
    return type(a) is type(b) and a == b


def _cells(table: str, fields: Sequence[Field], row: int, a: Plain, b: Plain) -> Iterator[Difference]:
    sequence, page, line = _where(fields, b)
    for f, x, y in zip(fields, a, b, strict=True):
        if not _equal(x, y):
            yield Difference(Level.VALUE, Kind.CHANGED, table, row + 1, sequence, f.name, page, line, _shown(x), _shown(y))


def _whole(table: str, fields: Sequence[Field], kind: Kind, row: int | None, values: Plain) -> Difference:
    """A row that stands on one side only."""
    text = ", ".join(f"{f.name}={_shown(v)}" for f, v in zip(fields, values, strict=True) if v is not None and f.name != "document")
    text = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    exported, source = ("", text) if kind is Kind.MISSING else (text, "")
    return Difference(Level.VALUE, kind, table, None if row is None else row + 1, *_where_named(fields, values), exported, source)


def _where_named(fields: Sequence[Field], row: Plain) -> tuple[int | None, str, int | None, int | None]:
    sequence, page, line = _where(fields, row)
    return sequence, "", page, line


def _where(fields: Sequence[Field], row: Plain) -> tuple[int | None, int | None, int | None]:
    """The sequence, page and line of a row."""
    at = {f.name: int(v) for f, v in zip(fields, row, strict=True) if isinstance(v, float) and abs(v) < _ABSURD}
    return at.get("sequence"), at.get("page"), at.get("line")


def _shown(value: object) -> str:
    return text_of(value) if isinstance(value, str | float) else ""


def _paired(first: Sequence[Plain], second: Sequence[Plain]) -> Iterator[tuple[int | None, int | None]]:
    """The rows of both that are one row, those that are equal first; None where the other has none."""
    for what, a, a_end, b, b_end in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        if a_end - a == b_end - b == 1 or (a_end - a) * (b_end - b) > _MOST_PAIRS:
            yield from _by_number(range(a, a_end), range(b, b_end), first, second)
        else:
            yield from _likeliest(range(a, a_end), range(b, b_end), first, second)


def _by_number(left: range, right: range, first: Sequence[Plain], second: Sequence[Plain]) -> Iterator[tuple[int | None, int | None]]:
    for k in range(max(len(left), len(right))):
        a, b = left[k] if k < len(left) else None, right[k] if k < len(right) else None
        if a is not None and b is not None and _likeness(first[a], second[b]) < _ALIKE:
            yield None, b
            yield a, None
        else:
            yield a, b


def _likeliest(left: range, right: range, first: Sequence[Plain], second: Sequence[Plain]) -> Iterator[tuple[int | None, int | None]]:
    """The pairing, in the order of both, whose rows have most in common."""
    alike = [[s if (s := _likeness(first[a], second[b])) >= _ALIKE else 0.0 for b in right] for a in left]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            pair = alike[i][j] + best[i + 1][j + 1] if alike[i][j] else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(left) or j < len(right):
        if i < len(left) and j < len(right) and alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            yield left[i], right[j]
            i, j = i + 1, j + 1
        elif j < len(right) and (i == len(left) or best[i][j] == best[i][j + 1]):
            yield None, right[j]
            j += 1
        else:
            yield left[i], None
            i += 1


def _likeness(a: Plain, b: Plain) -> float:
    """The share of cells that are the same in both, of those that hold anything in either."""
    told = [(x, y) for x, y in zip(a, b, strict=True) if x is not None or y is not None]
    return sum(_equal(x, y) for x, y in told) / len(told) if told else 1.0
