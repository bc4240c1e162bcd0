"""PRO003: execution is reported although nothing was programmed up to the reported period."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import ACTUALS
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        actual = row.actual
        if actual is None or not actual.known or row.sequence not in subject.by_row:
            continue
        if (actual.value or 0) > 0 and subject.nothing_due(row):
            yield Check(Outcome.FAILS, row, _FAILS.format(printed=actual.printed), actual.printed, "0", where(row))
        else:
            yield Check(Outcome.HOLDS, row)


_FAILS = Text(
    "Se informa un resultado de {printed} sin meta programada hasta el período informado.",
    "An actual of {printed} is reported with no target programmed up to the reported period.",
)

RULE = Rule(
    id="PRO003",
    severity=Severity.WARNING,
    title=Text("Ejecución sin meta", "Execution without a target"),
    why=Text(
        "Lo ejecutado antes de lo programado queda fuera del porcentaje y puede esconder un adelanto o un error de columna.",
        "What is executed before it was due stays outside the percentage and may hide an advance or a figure in the wrong column.",
    ),
    basis=Text("Metas en blanco o 0 hasta el fin del período informado", "Targets blank or 0 up to the end of the reported period"),
    example=Text("Meta solo en el 4.º trimestre, real a junio 1.", "Target in the fourth quarter only, actual 1 to June."),
    check=check,
    needs=(ACTUALS,),
)
