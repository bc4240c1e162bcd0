"""CRU004: a row of a justification table repeats no row of the document."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import RESTATED
from ..repeats import printed
from ..subject import Subject, where
from ..wordings import load


def check(subject: Subject) -> Iterator[Check]:
    for repeat in subject.repeats:
        if repeat.own is not None:
            yield Check(Outcome.HOLDS, repeat.row)
        elif repeat.likeness >= load("actions")["other"]:
            yield Check(Outcome.CANNOT_EVALUATE, repeat.row, _ALIKE)
        else:
            yield Check(Outcome.FAILS, repeat.row, _FAILS, printed(repeat.row), "", where(repeat.row))


_FAILS = Text(
    "Se justifica un indicador que no figura en ninguna tabla de resultados del documento.",
    "An indicator is justified that stands in no table of results of the document.",
)
_ALIKE = Text(
    "No se puede comparar: solo hay una fila de nombre parecido, y no es seguro que sea la misma.",
    "Cannot be compared: there is only a row of a similar name, and it is not sure that it is the same.",
)

RULE = Rule(
    id="CRU004",
    severity=Severity.WARNING,
    title=Text("Justificación sin fila", "Justification without a row"),
    why=Text(
        "Un resultado que solo aparece justificado falta en las cuentas: sus tablas, totales y porcentajes no lo incluyen.",
        "A result that appears only as justified is missing from the accounts: tables, totals and shares leave it out.",
    ),
    basis=Text(
        "Nombres de la tabla de justificación contra los de las demás tablas",
        "Names of the justification table against those of the others",
    ),
    example=Text(
        "Una justificación de «Auditoría forense» sin esa fila en la tabla de críticos.",
        "A justification of “Auditoría forense” without that row in the table of critical ones.",
    ),
    check=check,
    needs=(RESTATED,),
)
