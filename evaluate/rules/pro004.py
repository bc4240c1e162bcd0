"""PRO004: an action or indicator is listed without any target."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.quantity import State
from ..engine import Check, Rule
from ..needs import TARGETS
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        targets = [m.quantity for m in row.measures if m.measure == "target"]
        if not targets:
            continue
        if any(t.value is None and t.state in (State.REDACTED, State.ILLEGIBLE, State.AMBIGUOUS) for t in targets):
            yield Check(Outcome.CANNOT_EVALUATE, row, _HIDDEN)
        elif all(t.value is None for t in targets):
            yield Check(Outcome.FAILS, row, _FAILS, "", "", where(row))
        else:
            yield Check(Outcome.HOLDS, row)


_FAILS = Text("Figura sin ninguna meta: no se podrá decir si se cumplió.", "Listed without any target: nobody can say whether it was met.")
_HIDDEN = Text("No se puede juzgar: la meta está omitida o es dudosa.", "Cannot be judged: the target is withheld or doubtful.")

RULE = Rule(
    id="PRO004",
    severity=Severity.WARNING,
    title=Text("Acción o indicador sin meta", "Action or indicator without target"),
    why=Text("Lo que no tiene meta no se puede evaluar después.", "What has no target cannot be evaluated later."),
    basis=Text(
        "En blanco no es cero: ninguna celda de meta de la fila trae cifra", "Blank is not zero: no target cell of the row prints a figure"
    ),
    example=Text(
        "Un indicador impreso con meta, resultado y porcentaje en blanco.", "An indicator printed with blank target, actual and percentage."
    ),
    check=check,
    needs=(TARGETS,),
)
