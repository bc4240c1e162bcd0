"""Periods in the texts of a plan: up to when a text says that its figures are, and months in words."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from ..normalize.folding import fold, unaccented
from ..normalize.lexicon import load as lexicon
from ..normalize.periods import Period, find_period
from ..schema.language import Text
from .wordings import load

TOP = 60
"""Lines of prose among which the titles of a document stand."""
_LONGEST_TITLE = 160


@cache
def _months() -> dict[str, int]:
    return {w: n for n, words in enumerate(lexicon("periods").get("months", ()), 1) for w in words if w == words[0] or len(w) > 4}


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
    plain = _written_out(unaccented(text[:4000]))
    for pattern in _as_of():
        for match in pattern.finditer(plain):
            before = plain[max(0, match.start() - 80) : match.start()]
            if re.search(load("stale")["compares"].format(), before):
                continue
            period, _ = find_period(match["when"])
            if period is not None and period.months < 12:
                return period
    return None


_DATE = re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})(?P<sign>[/.-])(?P<month>0?[1-9]|1[0-2])(?P=sign)(?P<year>20\d\d)(?![\d/.-]*\d)")


def _written_out(plain: str) -> str:
    """A text with its dates in figures written in words: "al 30/06/2022" made "al 30 de junio de 2022"."""
    return _DATE.sub(lambda m: f"{m['day']} de {_names('es')[int(m['month']) - 1]} de {m['year']}", plain)


@cache
def _caption() -> re.Pattern[str]:
    return re.compile(load("stale")["caption"].format(names="|".join(sorted(_months(), key=len, reverse=True))))


def captioned(text: str) -> Period | None:
    """The month and year of the day up to which the caption of a table says that its figures are; None for another text."""
    match = _caption().match(_written_out(unaccented(text))) if len(text) <= _LONGEST_TITLE else None
    return find_period(match["when"])[0] if match else None


@cache
def _report_title() -> re.Pattern[str]:
    return re.compile(lexicon("statements").get("report_title", "(?!)"), re.I)


def titled(text: str) -> Period | None:
    """The period that a title says, being one or starting like that of a report; None for another line."""
    if len(text) > _LONGEST_TITLE or text.endswith("."):
        return None
    period, rest = find_period(text)
    again, left = find_period(rest) if period is not None else (None, rest)
    if again is not None and period is not None and again.last == period.last and again.year in (None, period.year):
        rest = left  # "Tercer trimestre (enero – septiembre de 2020)" says one period twice
    alone = not fold(rest).strip("0123456789 ")
    return period if period is not None and (alone or _report_title().match(text)) else None


@cache
def _numeral() -> re.Pattern[str]:
    return re.compile(lexicon("statements").get("heading_number", "(?!)"), re.I)


def numbered(text: str) -> Period | None:
    """The period that a numbered heading of a chapter says which starts like the title of a report; None for another line."""
    match = _numeral().match(text)
    return titled(text[match.end() :]) if match else None


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


@cache
def _range() -> re.Pattern[str]:
    return re.compile(load("stale")["range"].replace("{month}", "|".join(sorted(_months(), key=len, reverse=True))))


def own_range(text: str) -> tuple[Period, Period] | None:
    """The first and the last month that a sentence says the document itself is of, in full dates; None where it says none.

    A first month without a year is of the year of the last.
    """
    for sentence in re.split(r"(?<=[.;])\s+", unaccented(text[:4000])):
        found = _range().search(sentence)
        own = re.search(load("stale")["own_period"], sentence[: found.start()] if found else "")
        if found is None or own is None or re.search(load("stale")["other_report"], sentence):
            continue
        first, last, year = _months()[found["m1"]], _months()[found["m2"]], int(found["y2"])
        return Period(first, first, int(found["y1"] or year)), Period(last, last, year)
    return None
