"""Periods in headers and titles: months, quarters, semesters, the year, and accumulated-to-date."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from ..schema.plan import Basis
from .folding import unaccented
from .lexicon import load

_INNER_DIGIT = re.compile(r"(?<=[a-z]{2})[01](?=[a-z])")


@dataclass(frozen=True, slots=True)
class Period:
    """Months ``first`` to ``last`` (1..12) of ``year``, or of the plan year where none is printed."""

    first: int
    last: int
    year: int | None = None

    @property
    def months(self) -> int:
        return self.last - self.first + 1

    def dates(self, plan_year: int | None) -> tuple[date | None, date | None]:
        """First and last day; (None, None) where neither the period nor the plan says its year."""
        year = self.year or plan_year
        if year is None:
            return None, None
        return date(year, self.first, 1), date(year, self.last, calendar.monthrange(year, self.last)[1])

    @property
    def basis(self) -> Basis:
        """The year, the year up to a month that ends no first quarter, or a period of its own."""
        if self.months == 12:
            return Basis.ANNUAL
        return Basis.CUMULATIVE if self.first == 1 and self.months > 3 else Basis.PERIOD


YEAR = Period(1, 12)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = load("periods")
    months = {w: i for i, words in enumerate(data.get("months", ()), 1) for w in words}
    names = "|".join(sorted(months, key=len, reverse=True)) or "(?!)"
    long_names = "|".join(w for w in sorted(months, key=len, reverse=True) if len(w) > 4 or w in ("mayo",)) or "(?!)"
    ordinals = {w: n for n, words in data.get("ordinals", {}).items() for w in map(str, words)}
    ordinal = "|".join(re.escape(w) for w in sorted(ordinals, key=len, reverse=True)) or "(?!)"
    parts = "|".join(w for words in data.get("parts", {}).values() for w in sorted(words, key=len, reverse=True)) or "(?!)"
    year = r"(?:\s*(?:de|del)?\s*(?:ano\s*)?(?P<year>20\d\d|'?\d\d(?![\d%])))?"
    whole_year = r"(?:\s*(?:de|del)?\s*(?:ano\s*)?(?P<year>20\d\d))?"
    annual = "|".join(re.escape(w) for w in data.get("annual", ())) or "(?!)"
    cumulative = "|".join(re.escape(w) for w in data.get("cumulative", ())) or "(?!)"
    return (
        ("range", re.compile(rf"\b(?P<a>{names})\b\.?\s*(?:[-–—/]|\ba\b|\bal?\b)\s*(?:\d{{1,2}}\s+de\s+)?(?P<b>{names})\b\.?{year}")),
        (
            "cumulative",
            re.compile(rf"\b(?:{cumulative})\s+(?:a|al|el|de)?\s*(?:\d{{1,2}}\s+de\s+)?(?:mes\s+de\s+)?(?P<b>{names})\b\.?{year}"),
        ),
        (
            "cumulative_part",
            re.compile(rf"\b(?:{cumulative})\s+(?:a|al|el|de)?\s*(?P<n>{ordinal})[°º.]?\s*(?P<part>{parts})\b\.?{whole_year}"),
        ),
        ("part", re.compile(rf"\b(?P<n>{ordinal})[°º.]?[oa]?\s*-?\s*(?P<part>{parts})\b\.?{whole_year}")),
        ("part", re.compile(rf"\b(?P<part>{parts})\b\.?\s*(?:n[o°.]*\s*)?(?P<n>{ordinal})\b[°º.]?{whole_year}")),
        ("quarter", re.compile(r"(?<![\w])[tq]\s?[-.]?\s?(?P<n>[1-4]|iv|i{1,3})(?![\w])")),
        ("quarter", re.compile(r"(?<![\w])(?P<n>[1-4])[tq](?![\w])")),
        ("semester", re.compile(r"^\W*s\s?-?(?P<n>[12])\W*$")),
        ("four_months", re.compile(r"^\W*c\s?-?(?P<n>[1-3])\W*$")),
        ("month_year", re.compile(rf"\b(?P<a>{names})\b\.?\s*-?\s*(?:de|del)?\s*(?P<year>20\d\d|'?\d\d(?!\d))")),
        ("month", re.compile(rf"\b(?P<a>{long_names})\b")),
        ("short_month", re.compile(rf"^\W*(?P<a>{names})\W*$")),
        ("annual", re.compile(rf"\b(?:{annual})\b{whole_year}")),
    )


@cache
def _words() -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    data = load("periods")
    months = {w: i for i, words in enumerate(data.get("months", ()), 1) for w in words}
    ordinals = {w: n for n, words in data.get("ordinals", {}).items() for w in map(str, words)}
    parts = {w: n for n, words in data.get("parts", {}).items() for w in words}
    return months, ordinals, parts


@lru_cache(maxsize=4096)
def find_period(text: str) -> tuple[Period | None, str]:
    """The first period named in a text, and the text without it (folded, as the lexicon wants it).

    "Resultado Enero-junio 2023" gives (January to June 2023, "resultado"); "EN-MAR" gives
    (January to March, "").
    """
    plain = unaccented(text[:400])
    # A digit inside a word is a letter that an OCR misread: "TR1M".
    for tried in dict.fromkeys((plain, _INNER_DIGIT.sub(lambda m: "i" if m.group() == "1" else "o", plain))):
        for kind, pattern in _patterns():
            for match in pattern.finditer(tried):
                if (period := _period(kind, match)) is not None:
                    return period, (tried[: match.start()] + " " + tried[match.end() :]).strip()
    return None, plain


def _period(kind: str, match: re.Match[str]) -> Period | None:
    months, ordinals, parts = _words()
    groups = match.groupdict()
    year = _year(groups.get("year"))
    if kind == "range":
        first, last = months[groups["a"]], months[groups["b"]]
        return Period(first, last, year) if first <= last else None
    if kind == "cumulative":
        return Period(1, months[groups["b"]], year)
    if kind in ("month_year", "month", "short_month"):
        if groups["a"] == "en":
            return None  # "en 2023" is a preposition; the month is only "en" in a range
        month = months[groups["a"]]
        return Period(month, month, year)
    if kind == "annual":
        return Period(1, 12, year)
    length = {"quarter": 3, "semester": 6, "four_months": 4}.get(kind) or parts[groups["part"]]
    number = ordinals.get(groups["n"], 0)
    if not 1 <= number <= 12 // length:
        return None
    if kind == "cumulative_part":
        return Period(1, number * length, year)
    return Period((number - 1) * length + 1, number * length, year)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    number = int(text.strip("'"))
    return number if number > 99 else 2000 + number
