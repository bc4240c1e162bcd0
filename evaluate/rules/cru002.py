"""CRU002: a row of a justification table is of another class than the row that it repeats."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import CLASSES, RESTATED
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    for repeat in subject.repeats:
        row, own = repeat.row, repeat.own
        if own is None or not row.class_id or not own.class_id:
            continue
        if row.class_id == own.class_id:
            yield Check(Outcome.HOLDS, row)
        elif not repeat.certain:
            yield Check(Outcome.CANNOT_EVALUATE, row, _WHICH, published=row.class_id)
        else:
            # A name that is only alike may be another row's, whose own row was not read.
            severity = None if repeat.likeness == 100.0 else Severity.WARNING
            message = _FAILS.format(restated=row.class_id, own=own.class_id)
            evidence = f"{where(row)}: {row.class_id} ≠ {where(own)} ({own.name[:60]}): {own.class_id}"
            yield Check(Outcome.FAILS, row, message, row.class_id, own.class_id, evidence, severity)


_FAILS = Text(
    "La tabla de justificación la da por «{restated}», y su propia tabla por «{own}».",
    "The justification table takes it as “{restated}”, its own table as “{own}”.",
)
_WHICH = Text(
    "No se puede comparar: más de una fila puede ser la que esta repite.",
    "Cannot be compared: more than one row may be the one that this repeats.",
)

RULE = Rule(
    id="CRU002",
    severity=Severity.ERROR,
    title=Text("La justificación es de la clase de su fila", "The justification is of its row's class"),
    why=Text(
        "La clase decide qué hay que justificar; dos clases para un mismo indicador no pueden ser ciertas a la vez.",
        "The class decides what must be justified; two classes of one indicator cannot both be true.",
    ),
    basis=Text(
        "El título de la tabla de justificación contra la clase impresa en la tabla del indicador",
        "The title of the justification table against the class printed in the indicator's table",
    ),
    example=Text(
        "Un indicador de la tabla «cumplimiento regular» bajo «Justificaciones cumplimiento crítico».",
        "An indicator of the table “cumplimiento regular” under “Justificaciones cumplimiento crítico”.",
    ),
    check=check,
    needs=(RESTATED, CLASSES),
)
