"""PER008: a row reported as done speaks of a day after the end of the reported period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import ACTUALS, OBSERVATIONS, PERIOD
from ..observations.dates import dates
from ..observations.phrases import plain
from ..subject import Subject, where
from ..wordings import load

_BEFORE = 30


def check(subject: Subject) -> Iterator[Check]:
    end = subject.plan.document.period_end
    if end is None:
        return
    for row in subject.own_rows:
        if not row.observation or row.actual is None or row.actual.value is None:
            continue
        found = sorted((d.first, d.at) for d in dates(row.observation[:4000], end.year) if d.first == d.last)
        if not found:
            continue
        done = _done(subject, row)
        late = [day for day, start in found if day > end and not _lasting(row.observation, start)]
        if not late:
            yield Check(Outcome.HOLDS, row)
        elif done is None:
            yield Check(Outcome.CANNOT_EVALUATE, row, _UNKNOWN)
        elif done:
            yield _late(row, late[-1], end)
        else:
            yield Check(Outcome.HOLDS, row)


def _done(subject: Subject, row: Indicator) -> bool | None:
    """Whether the row counts as met; None where that cannot be told."""
    value = subject.execution(row)
    if value is not None:
        return value >= 100
    percent = row.percent
    return percent.value >= 100 if percent is not None and percent.known and percent.value is not None else None


def _lasting(text: str, start: int) -> bool:
    """ "Vigente hasta el 31/12/2022" tells how long what was done will last."""
    return any(word in plain(text)[max(0, start - _BEFORE) : start] for word in load("stale")["lasting"])


def _late(row: Indicator, day: date, end: date) -> Check:
    message = _FAILS.format(percent=row.percent.printed if row.percent else "100 %", day=day.isoformat(), end=end.isoformat())
    published = row.percent.printed if row.percent else ""
    return Check(Outcome.FAILS, row, message, published, f"<= {end.isoformat()}", where(row))


_FAILS = Text(
    "Se informa {percent} al {end}, y la observación habla de trabajo del {day}, cuando el período ya había terminado.",
    "{percent} is reported to {end}, and the observation speaks of work of {day}, when the period was over.",
)
_UNKNOWN = Text(
    "No se puede juzgar: la observación nombra un día posterior al período, y no consta si la fila se da por cumplida.",
    "Cannot be judged: the observation names a day after the period, and it is not known whether the row counts as met.",
)

RULE = Rule(
    id="PER008",
    severity=Severity.WARNING,
    title=Text("Lo cumplido es de antes del cierre", "What is met lies before the close"),
    why=Text(
        "Lo que se hizo o se hará después del cierre no es avance de este período, y volverá a contarse en el siguiente.",
        "What was or will be done after the close is no progress of this period, and will be counted again in the next.",
    ),
    basis=Text(
        "Los días que nombra la observación contra el fin del período, en filas dadas por cumplidas; no los de vigencia o vencimiento",
        "The days that the observation names against the end of the period, in rows that count as met; not those of validity or expiry",
    ),
    example=Text(
        "100 % al 30 de junio, y «elaborará los informes a partir del 15 de julio 2022».",
        "100 % to 30 June, and “elaborará los informes a partir del 15 de julio 2022”.",
    ),
    check=check,
    needs=(ACTUALS, OBSERVATIONS, PERIOD),
)
