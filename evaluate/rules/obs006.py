"""OBS006: what the observation tells as done is dated before the plan's year."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import OBSERVATIONS, YEAR
from ..observations.done_dates import done_dates
from ..observations.phrases import quoted, reported_figures
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    year = subject.plan.document.year
    for row in subject.rows:
        found = done_dates(row.observation, year) if row.observation and year and any(reported_figures(row)) else []
        if year is None or not found:
            continue
        # One date of the year is enough: the older ones tell what came before.
        if any(d.last.year >= year for d, _ in found):
            yield Check(Outcome.HOLDS, row)
            continue
        dated, hit = found[0]
        message = _FAILS.format(words=dated.words, year=year, text=quoted(row.observation, dated.words))
        yield Check(Outcome.FAILS, row, message, dated.words, str(year), f"{where(row)}: «{hit.words}» · «{dated.words}»")


_FAILS = Text(
    "La fila informa un resultado de {year}, pero la observación fecha lo hecho en «{words}»: «{text}»",
    "The row reports an actual of {year}, but the observation dates what was done at “{words}”: “{text}”",
)

RULE = Rule(
    id="OBS006",
    severity=Severity.WARNING,
    title=Text("Hecho antes del año del plan", "Done before the plan's year"),
    why=Text(
        "Puede ser un resultado de otro año contado otra vez, o un texto copiado del informe anterior.",
        "It may be an actual of another year counted again, or a text copied from the report before.",
    ),
    basis=Text(
        "Todas las fechas que la observación une a algo hecho, contra el año del plan",
        "All dates that the observation ties to something done, against the plan's year",
    ),
    example=Text("Plan 2022, real 1: «se aprobó en marzo de 2021».", "Plan 2022, actual 1: “se aprobó en marzo de 2021”."),
    check=check,
    needs=(OBSERVATIONS, YEAR),
)
