"""CRU006: one action stands in two units with different figures."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import ROWS
from ..same_action import TWICE, by_home, comparable, home_names, printed_twice, shown, stands_for_all, unlike
from ..subject import Subject, where
from ..wordings import load


def check(subject: Subject) -> Iterator[Check]:
    groups = subject.same_names
    if printed_twice(groups, len(subject.own_rows)):
        yield Check(Outcome.CANNOT_EVALUATE, groups[0][0].row, TWICE)
        return
    for group in groups:
        homes = by_home(group)
        if not 2 <= len(homes) <= load("actions")["most_units"] or any(stands_for_all(one.row) for one in group):
            continue
        first, second = (rows[0] for rows in list(homes.values())[:2])
        different = unlike(first, second)
        if different:
            evidence = f"{where(first)} / {where(second)}"
            a, b = shown(first, different), shown(second, different)
            there, here = home_names((first, second))
            message = Text(
                _FAILS.es.format(here=here.es, own=b.es, there=there.es, other=a.es),
                _FAILS.en.format(here=here.en, own=b.en, there=there.en, other=a.en),
            )
            yield Check(Outcome.FAILS, second, message, b.es, a.es, evidence)
        elif comparable(first, second):
            yield Check(Outcome.HOLDS, second)
        else:
            yield Check(Outcome.CANNOT_EVALUATE, second, _NOTHING, evidence=f"{where(first)} / {where(second)}")


_FAILS = Text(
    "La misma acción figura en «{here}» ({own}) y en «{there}» ({other}). Si es una sola, una de las cifras no es cierta; si cada unidad "
    "hace la suya, el nombre debería decirlo.",
    "The same action stands in “{here}” ({own}) and in “{there}” ({other}). If it is one, some figure is not true; if each unit does its "
    "own, the name should say so.",
)
_NOTHING = Text(
    "No se puede comparar: la acción figura en dos unidades, y no dan cifras ciertas del mismo período.",
    "Cannot be compared: the action stands in two units, and they give no certain figures of one period.",
)

RULE = Rule(
    id="CRU006",
    severity=Severity.WARNING,
    title=Text("La misma acción con otras cifras en otra unidad", "The same action with other figures in another unit"),
    why=Text(
        "Dos unidades que informan lo mismo con cifras distintas no pueden tener razón las dos, y la suma lo cuenta dos veces.",
        "Two units that report the same with different figures cannot both be right, and the sum counts it twice.",
    ),
    basis=Text(
        "Nombres iguales salvo mayúsculas, tildes y referencias entre paréntesis, en dos unidades; si son más, es tarea de cada una; "
        "«acción conjunta con …» no cuenta",
        "Names equal but for case, accents and references in brackets, in two units; where there are more it is a duty of each; "
        "“acción conjunta con …” does not count",
    ),
    example=Text(
        "«Actualización de procedimientos»: meta 2 y real 1 en una unidad, meta 2 y real 0 en otra.",
        "“Actualización de procedimientos”: target 2 and actual 1 in one unit, target 2 and actual 0 in another.",
    ),
    check=check,
    needs=(ROWS,),
)
