"""CLA004: a row prints its result and no class, where the others of its table have one."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator, MeasureKind
from ..engine import Check, Rule
from ..needs import CLASSES
from ..subject import Subject, where

# From this share of the rows with figures on, and this many, all are expected to have a class.
_SHARE, _ROWS = 0.8, 4


def check(subject: Subject) -> Iterator[Check]:
    tables: dict[tuple[object, ...], list[Indicator]] = {}
    for row in subject.own_rows:
        if _has_result(row):
            tables.setdefault((row.kind, tuple((m.measure, m.months) for m in row.measures)), []).append(row)
    for rows in tables.values():
        classed = sum(1 for r in rows if _class(r))
        expected = classed >= max(_ROWS, _SHARE * len(rows))
        for row in rows if classed else ():
            if _class(row):
                yield Check(Outcome.HOLDS, row)
            elif not expected or row.redacted:
                yield Check(Outcome.CANNOT_EVALUATE, row, _WITHHELD if row.redacted else _SOME, "", "", where(row))
            else:
                message = _FAILS.format(classed=number(classed), rows=number(len(rows)))
                yield Check(Outcome.FAILS, row, message, "", "", where(row))


def _class(row: Indicator) -> str:
    return row.class_id or row.class_colour


def _has_result(row: Indicator) -> bool:
    return any(m.measure in (MeasureKind.ACTUAL, MeasureKind.PERCENT) and m.quantity.value is not None for m in row.measures)


_FAILS = Text(
    "Imprime su resultado y ninguna clase; {classed} de las {rows} filas de su tipo la tienen.",
    "It prints its actual and no class; {classed} of the {rows} rows of its kind have one.",
)
_SOME = Text(
    "No se puede juzgar: en su tabla solo algunas filas tienen clase.", "Cannot be judged: only some rows of its table have a class."
)
_WITHHELD = Text("No se puede juzgar: parte de la fila está omitida.", "Cannot be judged: part of the row is withheld.")

RULE = Rule(
    id="CLA004",
    severity=Severity.WARNING,
    title=Text("Cifras sin clase", "Figures without a class"),
    why=Text(
        "Un resultado sin clase no entra en los conteos del semáforo y se pierde de vista.",
        "A result without a class enters no count of the traffic light and is lost from sight.",
    ),
    basis=Text(
        "Filas del mismo tipo y las mismas columnas, de las que al menos cuatro de cada cinco tienen clase",
        "Rows of one kind with the same columns, at least four of five of which have a class",
    ),
    example=Text("Una fila con 72 % y la celda de la clase en blanco.", "A row of 72 % with a blank cell of the class."),
    check=check,
    needs=(CLASSES,),
)
