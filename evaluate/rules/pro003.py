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
        compared = subject.by_row.get(row.sequence)
        # The actual that stands against the target, which need not be that of the whole reported period.
        actual = compared.actual.quantity if compared else None
        if compared is None or actual is None or not actual.known:
            continue
        if not actual.value or actual.value < 0 or not subject.nothing_due(row):
            yield Check(Outcome.HOLDS, row)
        elif compared.actual.months and compared.actual.months[0] > 1 and compared.target("cumulative") is None:
            # What was due before that period is not printed, and may come now.
            message = _LATER.format(printed=actual.printed)
            yield Check(Outcome.FAILS, row, message, actual.printed, "0", where(row), Severity.NOTE)
        else:
            yield Check(Outcome.FAILS, row, _FAILS.format(printed=actual.printed), actual.printed, "0", where(row))


_LATER = Text(
    "En el período se informa {printed} sin nada programado en él: un adelanto, o lo que debía llegar antes.",
    "In the period {printed} is reported with nothing programmed in it: an advance, or what was due before.",
)
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
