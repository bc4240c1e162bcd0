"""PER013: a report is dated long before the end of the period that it reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from ...normalize.folding import unaccented
from ...normalize.lexicon import load as lexicon
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Narrative
from ..engine import Check, Rule
from ..needs import ACTUALS, PERIOD, TEXT
from ..subject import Subject
from ..wordings import load

# A report may be signed in the last days of its period.
_DAYS = 31
_LONGEST = 90


@cache
def _months() -> dict[str, int]:
    return {word: n for n, words in enumerate(lexicon("periods").get("months", ()), 1) for word in words}


@cache
def _line() -> re.Pattern[str]:
    return re.compile(load("years")["date_line"].format(months="|".join(sorted(_months(), key=len, reverse=True))))


@cache
def _no_line() -> re.Pattern[str]:
    return re.compile(load("years")["no_date_line"], re.I)


def check(subject: Subject) -> Iterator[Check]:
    end = subject.plan.document.period_end
    found = [(line, day) for line in subject.plan.narrative if (day := _dated(line)) is not None]
    if end is None or not found:
        return
    line, last = max(found, key=lambda f: f[1])
    # Of several dates the latest is that of the document; a date of another year than the period and the next is of something else.
    if (end - last).days <= _DAYS:
        yield Check(Outcome.HOLDS, place=line.place)
    elif last.year >= end.year - 1:
        message = _FAILS.format(day=last.isoformat(), end=end.isoformat())
        yield Check(Outcome.FAILS, None, message, last.isoformat(), f"> {end.isoformat()}", f"«{line.text.strip()}»", place=line.place)


def _dated(line: Narrative) -> date | None:
    """The day of a line that says where and when the document was signed."""
    text = line.text.strip()
    if len(text) > _LONGEST or _no_line().search(text) or (match := _line().match(text)) is None:
        return None
    try:
        return date(int(match["year"]), _months()[unaccented(match["month"])], int(match["day"]))
    except ValueError:
        return None


_FAILS = Text(
    "El informe está fechado el {day} e informa hasta el {end}: o la fecha o el período es otro.",
    "The report is dated {day} and reports up to {end}: either the date or the period is another.",
)

RULE = Rule(
    id="PER013",
    severity=Severity.WARNING,
    title=Text("El informe se fecha después de lo que informa", "The report is dated after what it reports"),
    why=Text(
        "Nadie puede informar lo que aún no pasó: suele ser el año anterior, que quedó en la fecha al empezar enero.",
        "Nobody can report what has not happened yet: it is mostly last year's number, left in the date in January.",
    ),
    basis=Text(
        "Líneas de lugar y fecha («Ciudad, 9 de enero de 2023»), la más tardía, contra el fin del período informado; más de un mes antes",
        "Lines of place and date (“Ciudad, 9 de enero de 2023”), the latest, against the end of the reported period; more than a month "
        "before",
    ),
    example=Text("Seguimiento a diciembre de 2022, fechado el 9 de enero de 2022.", "A follow-up to December 2022 dated 9 January 2022."),
    check=check,
    needs=(ACTUALS, PERIOD, TEXT),
)
