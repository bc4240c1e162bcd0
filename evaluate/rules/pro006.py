"""PRO006: all that a row programmes falls in the last quarter of the year."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.quantity import State
from ..engine import Check, Rule
from ..needs import TARGETS
from ..subject import Subject, where
from ..sums import parts_of_year

_LAST_QUARTER = 10


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        parts = parts_of_year(row)
        if len(parts) < 4:
            continue
        if any(not p.quantity.known and p.quantity.state not in (State.BLANK, State.NOT_PROGRAMMED) for p in parts):
            yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL)
            continue
        programmed = [p for p in parts if p.quantity.value]
        if not programmed:
            continue
        if all(p.months is not None and p.months[0] >= _LAST_QUARTER for p in programmed):
            total = number(sum(p.quantity.value or 0.0 for p in programmed))
            yield Check(Outcome.FAILS, row, _FAILS.format(total=total), total, "", where(row))
        else:
            yield Check(Outcome.HOLDS, row)


_FAILS = Text(
    "Toda su meta ({total}) está programada en el último trimestre: antes de octubre no habrá con qué seguirla.",
    "Its whole target ({total}) is programmed in the last quarter: before October there is nothing to follow it by.",
)
_DOUBTFUL = Text(
    "No se puede juzgar: alguna meta de la fila es dudosa u omitida.", "Cannot be judged: some target of the row is doubtful or withheld."
)

RULE = Rule(
    id="PRO006",
    severity=Severity.NOTE,
    title=Text("Todo en el último trimestre", "All in the last quarter"),
    why=Text(
        "No es una falta; pero si se atrasa ya no queda año para cumplirla, y ningún seguimiento lo avisa antes.",
        "No fault; but if it slips no year is left to meet it, and no follow-up says so before.",
    ),
    basis=Text("Las metas por trimestre o mes de la propia fila", "The row's own targets by quarter or month"),
    example=Text("Meta anual 12 con trimestres 0, 0, 0 y 12.", "Annual target 12 with quarters 0, 0, 0 and 12."),
    check=check,
    needs=(TARGETS,),
)
