"""CRU010: the row of the whole institution is not the sum of the rows of its units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...normalize.arithmetic import adds_up
from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator, MeasureKind
from ...schema.quantity import Quantity, State
from ..engine import Check, Rule
from ..needs import ROWS
from ..repeats import figure
from ..same_action import KINDS, stands_for_all
from ..subject import Subject, where

_EMPTY = (State.BLANK, State.NOT_PROGRAMMED, State.NOT_REPORTED)


def check(subject: Subject) -> Iterator[Check]:
    for group in subject.same_names:
        rows = [one.row for one in group]
        wholes = [r for r in rows if stands_for_all(r)]
        parts = [r for r in rows if not stands_for_all(r)]
        if len(wholes) == 1 and len(parts) >= 2:
            yield _compare(wholes[0], parts)


def _compare(whole: Indicator, parts: Sequence[Indicator]) -> Check:
    if whole.unit_code == "percent" or any("%" in q.printed for k in _COUNTED if (q := figure(whole, k))):
        return Check(Outcome.CANNOT_EVALUATE, whole, _RATE)
    wrong: list[tuple[MeasureKind, Quantity, float]] = []
    compared = False
    for kind in _COUNTED:
        total = figure(whole, kind)
        found = [q for p in parts if (q := figure(p, kind)) is not None and q.state not in _EMPTY]
        if total is None or total.state in _EMPTY or not found:
            continue
        if not total.known or not all(q.known for q in found):
            return Check(Outcome.CANNOT_EVALUATE, whole, _DOUBTFUL)
        compared = True
        values = [q.value or 0.0 for q in found]
        if not adds_up(values, total.value or 0.0):
            wrong.append((kind, total, sum(values)))
    if not compared:
        return Check(Outcome.CANNOT_EVALUATE, whole, _DOUBTFUL)
    if not wrong:
        return Check(Outcome.HOLDS, whole)
    kind, total, given = wrong[0]
    message = Text(
        _FAILS.es.format(kind=KINDS[kind].es, total=total.printed, given=number(given), count=len(parts)),
        _FAILS.en.format(kind=KINDS[kind].en, total=total.printed, given=number(given), count=len(parts)),
    )
    sum_of = " + ".join(q.printed for p in parts if (q := figure(p, kind)) is not None)
    return Check(Outcome.FAILS, whole, message, total.printed, number(given), f"{where(whole)}: {sum_of} = {number(given)}")


_COUNTED = (MeasureKind.TARGET, MeasureKind.ACTUAL)
_FAILS = Text(
    "La fila de la institución imprime {kind} {total}; las {count} filas de sus unidades suman {given}.",
    "The row of the institution prints {kind} {total}; the {count} rows of its units add up to {given}.",
)
_RATE = Text("No se puede sumar: es una tasa o un porcentaje.", "Cannot be added: it is a rate or a percentage.")
_DOUBTFUL = Text(
    "No se puede sumar: alguna cifra de las unidades o del total es dudosa, está omitida o en blanco.",
    "Cannot be added: some figure of the units or of the total is doubtful, withheld or blank.",
)

RULE = Rule(
    id="CRU010",
    severity=Severity.WARNING,
    title=Text("La fila institucional suma sus unidades", "The institution's row adds up its units"),
    why=Text(
        "El consolidado es la cifra que se publica y se compara; si sus unidades no lo dan, uno de los dos niveles está mal.",
        "The consolidated figure is what is published and compared; where its units do not give it, one of the two levels is wrong.",
    ),
    basis=Text(
        "Filas de igual nombre y unidad de medida, una de ellas a cargo de «institucional», «consolidado» o «total»",
        "Rows of one name and unit of measure, one of them under “institucional”, “consolidado” or “total”",
    ),
    example=Text(
        "«Personas capacitadas»: 40 en una unidad, 35 en otra y 80 en la fila «Institucional».",
        "“Personas capacitadas”: 40 in one unit, 35 in another, 80 in the row “Institucional”.",
    ),
    check=check,
    needs=(ROWS,),
)
