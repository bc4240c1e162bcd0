"""OBS005: the observation tells as done what is dated after the reported period."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import OBSERVATIONS, PERIOD
from ..observations.done_dates import done_dates
from ..observations.phrases import quoted
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    document = subject.plan.document
    for row in subject.rows:
        end = row.period_end or document.period_end
        found = done_dates(row.observation, document.year) if row.observation and end else []
        if end is None or not found:
            continue
        late = next(((d, h) for d, h in found if d.first > end), None)
        if late is None:
            yield Check(Outcome.HOLDS, row)
            continue
        dated, hit = late
        message = _FAILS.format(words=dated.words, end=end.isoformat(), text=quoted(row.observation, dated.words))
        evidence = f"{where(row)}: «{hit.words}» · «{dated.words}» > {end.isoformat()}"
        yield Check(Outcome.FAILS, row, message, dated.words, f"<= {end.isoformat()}", evidence)


_FAILS = Text(
    "La observación da por hecho algo de «{words}», después del fin del período informado ({end}): «{text}»",
    "The observation tells as done something of “{words}”, after the end of the reported period ({end}): “{text}”",
)

RULE = Rule(
    id="OBS005",
    severity=Severity.WARNING,
    title=Text("Hecho después del período informado", "Done after the reported period"),
    why=Text(
        "Lo hecho después no puede contar en el período, o la observación es de otro informe.",
        "What was done later cannot count in the period, or the observation is of another report.",
    ),
    basis=Text(
        "Fechas que la observación une a algo hecho (wordings/observations.yaml), contra el fin del período; los planes no cuentan",
        "Dates that the observation ties to something done (wordings/observations.yaml), against the period's end; plans do not count",
    ),
    example=Text(
        "Informe de enero a junio: «se entregó el 15 de agosto de 2022».",
        "Report of January to June: “se entregó el 15 de agosto de 2022”.",
    ),
    check=check,
    needs=(OBSERVATIONS, PERIOD),
)
