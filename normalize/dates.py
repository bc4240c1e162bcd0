"""Dates in the cells of a table: numbers, ISO, a month by its name; of a month alone its first or last day."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import cache

from .folding import unaccented
from .lexicon import load

_NUMBERS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})|(\d{4})-(\d{2})-(\d{2})")


@cache
def _months() -> dict[str, int]:
    return {w: n for n, words in enumerate(load("periods").get("months", ()), 1) for w in words if len(w) > 2}


@cache
def _words() -> re.Pattern[str]:
    """ "15 de enero de 2024", "15-ene-24", "enero 2024"."""
    names = "|".join(sorted(_months(), key=len, reverse=True))
    between = r"(?:\s+del?\s+|\s*[-/.,]\s*|\s+)"
    return re.compile(rf"(?:(?<!\d)(?P<day>\d{{1,2}}){between})?\b(?P<month>{names})\b\.?{between}(?P<year>20\d\d|\d\d(?!\d))")


def parse_date(text: str, last: bool = False) -> date | None:
    """A date printed day first, as ISO, or with the name of its month; None for anything else, and for days that do not exist.

    Of a month without a day it is the first day, or the last one where ``last`` says so.
    """
    match = _NUMBERS.search(text)
    if match is None:
        return _named(text, last)
    day, month, year, iso_year, iso_month, iso_day = match.groups()
    if iso_year:
        return _date(int(iso_year), int(iso_month), int(iso_day))
    return _date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))


def _named(text: str, last: bool) -> date | None:
    match = _words().search(unaccented(text[:100])) if _months() else None
    if match is None:
        return None
    year, month = int(match["year"]), _months()[match["month"]]
    year += 2000 if year < 100 else 0
    end = calendar.monthrange(year, month)[1]
    return _date(year, month, int(match["day"]) if match["day"] else end if last else 1)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
