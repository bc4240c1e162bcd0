"""Dates, months, quarters and halves named in a text, with the days that they span."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from ...normalize.lexicon import load
from ..wordings import load as load_wordings
from .phrases import plain


@dataclass(frozen=True, slots=True)
class Dated:
    """A time named in a plain text, from ``at`` to ``end``: its first and last day, and whether the text itself names the year."""

    first: date
    last: date
    words: str
    at: int
    end: int
    has_year: bool


def _year() -> str:
    return rf"(?:{load_wordings('observations')['before_year']}(?P<year>20\d\d|(?<=[/\-])\d\d(?!\d)))?"


def _last() -> str:
    return load_wordings("observations")["last_part"]


@cache
def _months() -> dict[str, int]:
    """Whole names of months; the short ones stand in too many words."""
    return {w: n for n, words in enumerate(load("periods").get("months", ()), 1) for w in words if w == words[0] or len(w) > 4}


@cache
def _meanings(name: str) -> dict[str, int]:
    """The words of a list of the lexicon of periods; numbers alone name no quarter."""
    return {str(w): n for n, words in load("periods").get(name, {}).items() for w in words if len(str(w)) > 1 or str(w) in "1234"}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    months, parts, ordinals = ("|".join(sorted(map(re.escape, d), key=len, reverse=True)) for d in (_months(), *map(_meanings, _PARTS)))
    return (
        re.compile(r"(?<![\d/])(?P<day>\d{1,2})[/\-](?P<number>\d{1,2})[/\-](?P<year>20\d\d|\d\d)(?![\d/])"),
        re.compile(r"(?<![\d/\-])(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)"),
        re.compile(rf"(?<!\w)(?:(?P<day>\d{{1,2}})\s+{load_wordings('observations')['of_month']})?(?P<month>{months}){_year()}(?!\w)"),
        re.compile(rf"(?<!\w)(?P<n>{ordinals}|{_last()})\s*(?P<part>{parts}){_year()}(?!\w)"),
    )


_PARTS = ("parts", "ordinals")


@lru_cache(maxsize=16384)
def dates(text: str, year: int | None) -> tuple[Dated, ...]:
    """The times that a text names, in order; those without a year are of ``year``, and left out where that is not known."""
    body = plain(text)
    found: list[Dated] = []
    for pattern in _patterns():
        for match in pattern.finditer(body):
            if any(d.at < match.end() and match.start() < d.end for d in found):
                continue
            if (dated := _dated(match, year)) is not None:
                found.append(dated)
    return tuple(sorted(found, key=lambda d: d.at))


def _dated(match: re.Match[str], plan_year: int | None) -> Dated | None:
    given = match.groupdict()
    named = given.get("year")
    year = int(named) + (2000 if len(named) == 2 else 0) if named else plan_year
    if year is None:
        return None
    if given.get("part"):
        length = _meanings("parts")[given["part"]]
        number = 12 // length if given["n"] == _last() else _meanings("ordinals")[given["n"]]
        if number * length > 12:
            return None
        first, last = date(year, (number - 1) * length + 1, 1), _month_end(year, number * length)
    else:
        month = int(given["number"]) if given.get("number") else _months()[given["month"]]
        if not 1 <= month <= 12:
            return None
        first, last = date(year, month, 1), _month_end(year, month)
        if given.get("day"):
            if not 1 <= int(given["day"]) <= last.day:
                return None
            first = last = date(year, month, int(given["day"]))
    return Dated(first, last, match.group().strip(), match.start(), match.end(), named is not None)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
