"""Contract of the parsers of figures, dates and periods: any text gives a value that it prints, or a state that says why there is none.

The value of a figure is finite, and printed again, in either convention, it is parsed as the same value. Blanks around it change nothing.
Doubt is said: a figure that has another reading is ambiguous, and the other reading is another value. A date or a period exists.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator

from veedor.normalize.dates import parse_date
from veedor.normalize.measure_units import unit_of
from veedor.normalize.numbers import Convention, Hint, conventions, nearer, parse
from veedor.normalize.periods import find_period
from veedor.schema.place import Place
from veedor.schema.quantity import Quantity, State

from .invariants import in_time
from .seeds import WORDS

LONGEST = 600
DICTIONARY = (
    *WORDS,
    ".",
    ",",
    "'",
    "’",
    "−",
    "%",
    "USD",
    "US$",
    "≤",
    "\u00a0",
    " ",
    "٣",
    "²",
    "millones",
    "miles",
    "enero",
    "al",
    "de",
    "20",
)
HERE = Place(line=1)
POINT = Convention(point_decimal=9, comma_thousands=9, point_three=9, spaces=1)
COMMA = Convention(comma_decimal=9, point_thousands=9, comma_three=9, spaces=1)
HINTS = (Hint(), Hint(indivisible=True), Hint(decimals_in_unit=True))


def seeds() -> Iterator[bytes]:
    yield from (w.encode() for w in WORDS)
    yield "\n".join(WORDS).encode()


def one(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    with in_time(len(data), 1.0, 1.0):
        own = conventions(text.splitlines())
        assert nearer(own, POINT) in (own, POINT, Convention(**{f: getattr(own, f) for f in own.__slots__ if f != "spaces"}, spaces=1))
        for convention in (own, POINT, COMMA):
            for hint in HINTS:
                _check(text, convention, hint)
        _check_dates(text)


def _check(text: str, convention: Convention, hint: Hint) -> None:
    found = parse(text, HERE, convention, hint)
    assert found.place == HERE and found.printed == text.strip()
    assert parse(f" \t{text}\n", HERE, convention, hint) == found
    if found.value is None:
        assert found.state in (State.BLANK, State.AMBIGUOUS) and found.alternative is None
        return
    assert math.isfinite(found.value) and found.decimals >= 0 and found.operator in ("=", ">=", "<=")
    assert found.state is not State.BLANK
    assert (found.value == 0) == (found.state is State.ZERO) or found.state is State.AMBIGUOUS
    if found.alternative is not None:
        assert found.state is State.AMBIGUOUS and found.alternative != found.value
    assert _digits(found) in "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal()), found
    for again, form in ((POINT, "{:,.{n}f}"), (COMMA, "{:,.{n}f}")):
        printed = form.format(abs(found.value), n=found.decimals)
        if again is COMMA:
            printed = printed.translate({44: 46, 46: 44})
        back = parse(printed, HERE, again, Hint(indivisible=found.decimals == 0, decimals_in_unit=found.decimals > 0))
        assert back.value == abs(found.value), (found, printed, back)


def _digits(found: Quantity) -> str:
    """The digits of a value as it is printed, without the zeros before the first."""
    assert found.value is not None
    return f"{abs(found.value):.{found.decimals}f}".replace(".", "").lstrip("0") if abs(found.value) < 2**53 / 10**found.decimals else ""


def _check_dates(text: str) -> None:
    first, last = parse_date(text), parse_date(text, last=True)
    assert (first is None) == (last is None) and (first is None or last is None or first <= last)
    period, rest = find_period(text)
    if period is not None:
        assert 1 <= period.first <= period.last <= 12
        start, end = period.dates(2022)
        assert start is not None and end is not None and start <= end
    else:
        assert rest is not None
    unit = unit_of(text)
    assert unit is None or unit.code
