"""OBS001: execution below target, or far above it, and no observation where the table has a column for it."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator
from ..duties import Duty
from ..engine import Check, Rule
from ..limits import class_of, rounded
from ..needs import ACTUALS, OBSERVATIONS
from ..subject import Subject

_LONGEST = 200


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        if not row.observable:
            continue
        asked = _by_duty(subject, row, subject.duty) if subject.duty else _by_profile(subject, row)
        if asked is None:
            continue
        message, severity = asked
        if row.redacted and not row.observation:
            yield Check(Outcome.CANNOT_EVALUATE, row, _WITHHELD)
        elif row.observation:
            yield Check(Outcome.HOLDS, row)
        else:
            published = row.percent.printed if row.percent else ""
            said = f" · «{subject.duty.text[:_LONGEST]}»" if subject.duty else ""
            yield Check(Outcome.FAILS, row, message, published, "", subject.arithmetic(row) + said, severity)


def _by_profile(subject: Subject, row: Indicator) -> tuple[Text, Severity | None] | None:
    """What is to be said of a row without a word where the document does not say which rows have to be explained."""
    value = subject.execution(row)
    if value is not None and value < subject.profile.under and not subject.decreases(row):
        return _BELOW.format(value=number(round(value, 2))), None
    if value is not None and value > subject.profile.over:
        return _ABOVE.format(value=number(round(value, 2))), None
    return None


def _by_duty(subject: Subject, row: Indicator, duty: Duty) -> tuple[Text, Severity | None] | None:
    """The same where it does say so: what it does not ask for is missing nowhere."""
    value = subject.execution(row)
    if duty.classes:
        limit = class_of(value, subject.limits) if value is not None and subject.directed(row) and not row.class_id else None
        name = row.class_id or (limit.id if limit else "")
        return (_CLASS.format(name=name), None) if name in duty.classes else None
    if value is None or subject.decreases(row):
        return None
    printed = rounded(subject, row)
    shown = [v for v in (value, printed) if v is not None]
    if all(duty.too_low(v) for v in shown):
        return _BELOW.format(value=number(round(value, 2))), None
    if all(duty.too_high(v) for v in shown):
        return _ABOVE.format(value=number(round(value, 2))), None
    return None


_BELOW = Text(
    "Se ejecutó {value} % y la columna de observaciones está en blanco.",
    "{value} % was executed and the column of observations is blank.",
)
_ABOVE = Text(
    "Se ejecutó {value} %, muy por encima de la meta, y la columna de observaciones está en blanco.",
    "{value} % was executed, far above target, and the column of observations is blank.",
)
_CLASS = Text(
    "Es de la clase «{name}», de las que el documento manda explicar, y la columna de observaciones está en blanco.",
    "It is of the class “{name}”, one of those that the document demands to be explained, and the column of observations is blank.",
)
_WITHHELD = Text("No se puede juzgar: parte del texto de la fila está omitida.", "Cannot be judged: part of the row's text is withheld.")

RULE = Rule(
    id="OBS001",
    severity=Severity.WARNING,
    title=Text("Desviación sin observación", "Deviation without observation"),
    why=Text(
        "El formato pide explicar la desviación; sin explicación nadie sabe si es un problema o un cambio de meta.",
        "The form asks to explain a deviation; without it nobody knows whether it is a problem or a changed target.",
    ),
    basis=Text(
        "Lo que el propio texto manda explicar («todo avance menor a 90 %», «los indicadores en rojo»); si no dice nada, lo que "
        "sale del mínimo y el máximo del perfil (`under` y `over` en su archivo); solo en tablas que tienen columna de observaciones",
        "What the text itself demands to be explained (“todo avance menor a 90 %”, “los indicadores en rojo”); where it says nothing, "
        "what is out of the profile's least and most (`under` and `over` in its file); only in tables that have a column of observations",
    ),
    example=Text("Meta 24, real 12, observación en blanco.", "Target 24, actual 12, blank observation."),
    check=check,
    needs=(
        ACTUALS,
        OBSERVATIONS,
    ),
)
