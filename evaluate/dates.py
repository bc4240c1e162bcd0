"""Dates and periods in the texts of a plan: days as printed, and up to when a text says that its figures are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

from ..normalize.folding import unaccented
from ..normalize.lexicon import load as lexicon
from ..normalize.periods import Period, find_period
from ..schema.language import Text
from .wordings import load

_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d|\d\d)(?![\d/-])")


@cache
def _months() -> dict[str, int]:
    return {w: n for n, words in enumerate(lexicon("periods").get("months", ()), 1) for w in words if w == words[0] or len(w) > 4}


@cache
def _spoken() -> re.Pattern[str]:
    names = "|".join(sorted(_months(), key=len, reverse=True))
    return re.compile(rf"\b(\d{{1,2}})\s+(?:de\s+)?({names})\b\s*(?:(?:de|del|,|/|-)?\s*(?:ano\s+)?(20\d\d)|/\s*(\d\d)\b)?")


def days(text: str, year: int | None) -> Iterator[tuple[date, int]]:
    """The days that a text names, with where each starts; one without a year is of the plan's. Days that do not exist are left out."""
    plain = unaccented(text)
    for match in _NUMERIC.finditer(plain):
        day, month, printed = (int(g) for g in match.groups())
        yield from _day(printed if printed > 99 else 2000 + printed, month, day, match.start())
    for match in _spoken().finditer(plain):
        printed = int(match[3] or 0) or (2000 + int(match[4]) if match[4] else year or 0)
        yield from _day(printed, _months()[match[2]], int(match[1]), match.start())


def _day(year: int, month: int, day: int, start: int) -> Iterator[tuple[date, int]]:
    try:
        yield date(year, month, day), start
    except ValueError:
        return


@cache
def _as_of() -> tuple[re.Pattern[str], ...]:
    words = lexicon("periods")
    names = "|".join(sorted(_months(), key=len, reverse=True))
    short = "|".join(sorted((w for m in words.get("months", ()) for w in m if len(w) > 2), key=len, reverse=True))
    ordinals = "|".join(re.escape(str(w)) for found in words.get("ordinals", {}).values() for w in found if len(str(w)) > 1)
    parts = "|".join(w for found in words.get("parts", {}).values() for w in found)
    year = r"(?:\s*(?:de|del|,)?\s*(?:ano\s+)?20\d\d)?"
    when = (
        rf"(?:(?:el|la)\s+)?(?:mes\s+de\s+)?(?:\d{{1,2}}\s+de\s+)?"
        rf"(?P<when>(?:{short})\b\.?\s*(?:[-–—/]|\ba\b)\s*(?:{short})\b{year}|(?:{names})\b{year}|(?:{ordinals})[.]?\s*(?:{parts})\b\.?{year})"
    )
    return tuple(re.compile(pattern.format(when=when)) for pattern in load("stale")["as_of"])


@lru_cache(maxsize=65536)
def as_of(text: str) -> Period | None:
    """The period that a text says its figures are of ("resultados a marzo 2023"); None where it says none, or only compares with it."""
    plain = unaccented(text[:4000])
    for pattern in _as_of():
        for match in pattern.finditer(plain):
            before = plain[max(0, match.start() - 80) : match.start()]
            if re.search(load("stale")["compares"].format(), before):
                continue
            period, _ = find_period(match["when"])
            if period is not None and period.months < 12:
                return period
    return None


def span(first: int, last: int, year: int | None) -> Text:
    """Months in words: "enero a marzo de 2023"."""
    es, en = _names("es"), _names("en")
    of_es, of_en = (f" de {year}", f" {year}") if year else ("", "")
    if first == last:
        return Text(f"{es[first - 1]}{of_es}", f"{en[first - 1]}{of_en}")
    return Text(f"{es[first - 1]} a {es[last - 1]}{of_es}", f"{en[first - 1]} to {en[last - 1]}{of_en}")


def between(start: date, end: date) -> Text:
    """The months of a period in words."""
    return span(start.month if start.year == end.year else 1, end.month, end.year)


@cache
def _names(language: str) -> tuple[str, ...]:
    if language == "es":
        return tuple(words[0] for words in lexicon("periods").get("months", ()))
    return ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
