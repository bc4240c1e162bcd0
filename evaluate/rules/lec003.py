"""LEC003: a column was read but not interpreted."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..engine import Check, Rule, reported
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    return reported(subject, "LEC-column", "LEC-double")


RULE = Rule(
    id="LEC003",
    severity=Severity.WARNING,
    title=Text("Columna sin interpretar", "Column not interpreted"),
    why=Text(
        "Lo que imprime esa columna no está en los resultados.",
        "What that column prints is not among the results.",
    ),
    basis=Text(
        "Columnas cuyo encabezado no está en el léxico, o repite el de otra",
        "Columns whose header is not in the lexicon, or repeats that of another",
    ),
    example=Text("Una columna «Beneficiarios indirectos».", "A column “Beneficiarios indirectos”."),
    check=check,
)
