"""OBS001: execution below target, or far above it, and no observation where the table has a column for it."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ..engine import Check, Rule
from ..needs import ACTUALS, OBSERVATIONS
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        value = subject.execution(row)
        published = row.percent.printed if row.percent else ""
        if value is None or not row.observable:
            continue
        below, above = value < subject.profile.under and not subject.decreases(row), value > subject.profile.over
        if not (below or above):
            continue
        if row.redacted and not row.observation:
            yield Check(Outcome.CANNOT_EVALUATE, row, _WITHHELD)
        elif row.observation:
            yield Check(Outcome.HOLDS, row)
        else:
            message = (_BELOW if below else _ABOVE).format(value=number(round(value, 2)))
            yield Check(Outcome.FAILS, row, message, published, "", subject.arithmetic(row))


_BELOW = Text(
    "Se ejecutó {value} % y la columna de observaciones está en blanco.",
    "{value} % was executed and the column of observations is blank.",
)
_ABOVE = Text(
    "Se ejecutó {value} %, muy por encima de la meta, y la columna de observaciones está en blanco.",
    "{value} % was executed, far above target, and the column of observations is blank.",
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
        "Perfil: `under` y `over`; solo en tablas que tienen columna de observaciones",
        "Profile: `under` and `over`; only in tables that have a column of observations",
    ),
    example=Text("Meta 24, real 12, observación en blanco.", "Target 24, actual 12, blank observation."),
    check=check,
    needs=(
        ACTUALS,
        OBSERVATIONS,
    ),
)
