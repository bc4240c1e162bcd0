"""PER011: a date that no calendar has: the 31st of November, the 30th of February, month 13."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ...normalize.folding import unaccented
from ...normalize.lexicon import load as lexicon
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import TEXT
from ..subject import Subject
from ..texts import Printed
from ..wordings import load

_LONGEST = 4000
_LEAP = 2000
"""A year with a 29th of February, for a date that prints none."""


def check(subject: Subject) -> Iterator[Check]:
    year = subject.plan.document.year
    for printed in subject.texts:
        if not any(c.isdigit() for c in printed.text):
            continue
        plain = unaccented(printed.text[:_LONGEST])
        if len(plain) != len(printed.text[:_LONGEST]):
            plain = printed.text[:_LONGEST].casefold()
        for match in _matches(plain):
            if _exists(match, year):
                yield Check(Outcome.HOLDS, printed.row, place=printed.place)
            elif _number_of_a_norm(plain, match):
                yield Check(Outcome.CANNOT_EVALUATE, printed.row, _NUMBER, match.group(), "", _quote(printed, match), place=printed.place)
            else:
                message = _FAILS.format(date=printed.text[match.start() : match.end()].strip())
                yield Check(Outcome.FAILS, printed.row, message, match.group().strip(), "", _quote(printed, match), place=printed.place)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    found = load("impossible_dates")
    months = "|".join(sorted(_months(), key=len, reverse=True))
    return tuple(re.compile(p.replace("{months}", months)) for p in found["dates"])


@cache
def _months() -> dict[str, int]:
    return {w: n for n, words in enumerate(lexicon("periods").get("months", ()), 1) for w in words if len(w) > 2}


@lru_cache(maxsize=16384)
def _matches(plain: str) -> tuple[re.Match[str], ...]:
    taken: list[re.Match[str]] = []
    for pattern in _patterns():
        for match in pattern.finditer(plain):
            if not any(t.start() < match.end() and match.start() < t.end() for t in taken):
                taken.append(match)
    return tuple(sorted(taken, key=lambda m: m.start()))


def _exists(match: re.Match[str], plan_year: int | None) -> bool:
    """True for a day of the calendar; of numbers alone also where they are one with the month first, as another custom writes them."""
    given = match.groupdict()
    year = int(given["year"]) if given.get("year") else _leap_or(plan_year)
    year += 2000 if year < 100 else 0
    day = int(given["day"])
    if given.get("name"):
        return _is_day(year, _months()[given["name"]], day)
    month = int(given["month"])
    return _is_day(year, month, day) or ("iso" not in given and _is_day(year, day, month))


def _leap_or(year: int | None) -> int:
    return year if year is not None else _LEAP


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _number_of_a_norm(plain: str, match: re.Match[str]) -> bool:
    return re.search(load("impossible_dates")["norms"], plain[max(0, match.start() - 40) : match.start()]) is not None


def _quote(printed: Printed, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - 40), match.end() + 30
    return f"«{'…' if start else ''}{printed.text[start:end]}{'…' if end < len(printed.text) else ''}»"


_FAILS = Text("La fecha «{date}» no existe en el calendario.", "The date “{date}” does not exist in the calendar.")
_NUMBER = Text(
    "No se puede juzgar: puede ser el número de un documento y no una fecha.",
    "Cannot be judged: it may be the number of a document and no date.",
)

RULE = Rule(
    id="PER011",
    severity=Severity.WARNING,
    title=Text("Las fechas existen", "Dates exist"),
    why=Text(
        "De una fecha imposible no se sabe cuál era la verdadera, y lo que depende de ella no se puede comprobar.",
        "Nobody knows which date an impossible one was meant to be, and what depends on it cannot be verified.",
    ),
    basis=Text(
        "El calendario, sobre toda fecha con día de los textos y celdas", "The calendar, over every date with a day in texts and cells"
    ),
    example=Text("«31 de noviembre», «30/02/2022», «2022-13-01».", "“31 de noviembre”, “30/02/2022”, “2022-13-01”."),
    check=check,
    needs=(TEXT,),
)
