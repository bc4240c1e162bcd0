"""PRO002: execution far above the target of the reported period."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ..engine import Check, Rule
from ..needs import ACTUALS
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        value = subject.execution(row)
        published = row.percent.printed if row.percent else ""
        if value is None or subject.decreases(row):
            continue
        if value <= subject.profile.over:
            yield Check(Outcome.HOLDS, row)
            continue
        message = _FAILS.format(value=number(round(value, 2)))
        expected = f"<= {number(subject.profile.over)} %"
        yield Check(Outcome.FAILS, row, message, published, expected, subject.arithmetic(row))


_FAILS = Text(
    "Se ejecutó {value} % de lo programado: la meta pudo ser baja o el dato otro.",
    "{value} % of what was programmed was executed: the target may be low, or the figure another.",
)

RULE = Rule(
    id="PRO002",
    severity=Severity.NOTE,
    title=Text("Ejecución muy por encima de lo programado", "Execution far above target"),
    why=Text("Una meta que se supera con mucho no mide nada.", "A target that is far exceeded measures nothing."),
    basis=Text(
        "El máximo del perfil (`over` en su archivo; 120 % si no dice otra cosa), sobre la fórmula del documento",
        "The most of the profile (`over` in its file; 120 % unless it says otherwise), under the document's formula",
    ),
    example=Text("Meta a junio 60, real 308: 513 %.", "Target to June 60, actual 308: 513 %."),
    check=check,
    needs=(ACTUALS,),
)
