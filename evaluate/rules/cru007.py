"""CRU007: one action stands in several units with the same figures, and is counted more than once."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import ROWS
from ..same_action import TWICE, by_home, comparable, home_names, printed_twice, stands_for_all, unlike
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    groups = subject.same_names
    if printed_twice(groups, len(subject.own_rows)):
        yield Check(Outcome.CANNOT_EVALUATE, groups[0][0].row, TWICE)
        return
    for group in groups:
        homes = by_home(group)
        if len(homes) < 2 or any(stands_for_all(one.row) for one in group):
            continue
        rows = [found[0] for found in homes.values()]
        first = rows[0]
        # An action that says to be shared hides nothing.
        if any(unlike(first, other) for other in rows[1:]) or all(one.joint for one in group):
            yield Check(Outcome.HOLDS, first)
        elif not all(comparable(first, other) for other in rows[1:]):
            yield Check(Outcome.CANNOT_EVALUATE, first, _NOTHING)
        else:
            units = home_names(rows)
            message = Text(
                _FAILS.es.format(count=len(rows), units="; ".join(u.es for u in units)),
                _FAILS.en.format(count=len(rows), units="; ".join(u.en for u in units)),
            )
            yield Check(Outcome.FAILS, first, message, evidence=" / ".join(where(r) for r in rows[:6]))


_FAILS = Text(
    "La misma acción figura con las mismas cifras en {count} unidades ({units}): si es una sola, se cuenta {count} veces.",
    "The same action stands with the same figures in {count} units ({units}): if it is one, it is counted {count} times.",
)
_NOTHING = Text(
    "No se puede comparar: la acción figura en varias unidades, y no dan cifras ciertas del mismo período.",
    "Cannot be compared: the action stands in several units, and they give no certain figures of one period.",
)

RULE = Rule(
    id="CRU007",
    severity=Severity.NOTE,
    title=Text("La misma acción en varias unidades", "The same action in several units"),
    why=Text(
        "Puede ser una tarea de cada unidad, o una sola que se planifica y se cumple varias veces en las cuentas.",
        "It may be a duty of each unit, or a single one that is planned and met several times in the accounts.",
    ),
    basis=Text(
        "Nombres iguales salvo mayúsculas, tildes y referencias entre paréntesis, con cifras iguales",
        "Names equal but for case, accents and references in brackets, with equal figures",
    ),
    example=Text(
        "«Proponer los Programas de Bienestar» con meta 1 y real 1 en dos unidades.",
        "“Proponer los Programas de Bienestar” with target 1 and actual 1 in two units.",
    ),
    check=check,
    needs=(ROWS,),
)
