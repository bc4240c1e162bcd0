"""OBS007: by its observation, what was due in one quarter was delivered in a later one, which the cumulative figure hides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...schema.by_row import by_row
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import OBSERVATIONS, PERIOD, TARGETS
from ..observations.done_dates import done_dates
from ..observations.phrases import quoted, reach, reported_figures
from ..subject import Subject, where
from ..sums import parts_of_year


def check(subject: Subject) -> Iterator[Check]:
    document = subject.plan.document
    for row in subject.own_rows:
        due = _last_due_month(row)
        if due is None or document.year is None or not row.observation or not any(reported_figures(row)):
            continue
        end = row.period_end or document.period_end
        found = [(d, h) for d, h in done_dates(row.observation, document.year) if end is None or d.first <= end]
        if not found or (reach(subject, row) or 0) < 100:
            continue
        dated, hit = max(found, key=lambda f: f[0].first)
        if dated.first <= date(document.year, due, 28) or dated.first.month <= due or dated.first.year != document.year:
            yield Check(Outcome.HOLDS, row)
            continue
        message = _FAILS.format(words=dated.words, month=f"{due:02d}/{document.year}", text=quoted(row.observation, dated.words))
        yield Check(Outcome.FAILS, row, message, dated.words, f"<= {due:02d}/{document.year}", f"{where(row)}: «{hit.words}»")


@by_row
def _last_due_month(row: Indicator) -> int | None:
    """The last month of the last part of the year with a target up to the end of the reported period; None without such parts."""
    parts = parts_of_year(row)
    if len(parts) < 2 or row.reported_months is None:
        return None
    until = row.reported_months[1]
    due = [p.months[1] for p in parts if p.months and p.months[1] <= until and p.quantity.known and (p.quantity.value or 0) > 0]
    return max(due, default=None)


_FAILS = Text(
    "Estaba programado hasta {month}; según la observación se hizo en «{words}», y la cifra acumulada no lo deja ver: «{text}»",
    "It was due by {month}; by the observation it was done at “{words}”, which the cumulative figure does not show: “{text}”",
)

RULE = Rule(
    id="OBS007",
    severity=Severity.NOTE,
    title=Text("Entregado después de su trimestre", "Delivered after its quarter"),
    why=Text(
        "El porcentaje acumulado es 100 aunque lo programado se entregara tarde: el atraso solo se ve en el texto.",
        "The cumulative percentage is 100 although it was delivered late: the delay shows in the text only.",
    ),
    basis=Text(
        "Última fecha que la observación une a algo hecho, contra el último trimestre con meta hasta el fin del período",
        "The last date that the observation ties to something done, against the last quarter with a target up to the period's end",
    ),
    example=Text(
        "Meta solo en el 1.er trimestre, 100 % a junio: «se entregó el informe final el 4 de mayo de 2022».",
        "Target in the first quarter only, 100 % to June: “se entregó el informe final el 4 de mayo de 2022”.",
    ),
    check=check,
    needs=(OBSERVATIONS, TARGETS, PERIOD),
)
