"""COD004: a row has no code in a table whose other rows have one."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Kind
from ..engine import Check, Rule
from ..needs import CODES
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    actions = [r for r in subject.own_rows if r.kind is Kind.ACTION]
    coded = sum(1 for r in actions if r.code)
    if coded < 3 or coded < 0.5 * len(actions):
        return
    for row in actions:
        yield Check(Outcome.HOLDS, row) if row.code else Check(Outcome.FAILS, row, _FAILS, "", "", where(row))


_FAILS = Text("La acción no tiene código, y las demás sí.", "The action has no code, while the others have one.")

RULE = Rule(
    id="COD004",
    severity=Severity.WARNING,
    title=Text("Acción sin código", "Action without code"),
    why=Text(
        "Sin código no se puede seguir la acción en otros informes.", "Without a code the action cannot be followed in other reports."
    ),
    basis=Text("Tablas de acciones en que la mayoría de las filas tiene código", "Tables of actions in which most rows have a code"),
    example=Text("Una fila con la celda CÓDIGO en blanco.", "A row with a blank CÓDIGO cell."),
    check=check,
    needs=(CODES,),
)
