"""LEC002: a table with figures was read but not interpreted."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule, Subject, reported

_CODES = frozenset({"LEC-table"})


def check(subject: Subject) -> Iterator[Check]:
    found = list(reported(subject, _CODES))
    yield from found or [Check(Outcome.HOLDS)]


RULE = Rule(
    id="LEC002",
    severity=Severity.WARNING,
    title=Text("Tabla sin interpretar", "Table not interpreted"),
    why=Text(
        "Sus filas no están en los resultados: sin este aviso parecería que el documento no las tiene.",
        "Its rows are not among the results: without this notice the document would seem not to have them.",
    ),
    basis="Tablas con cifras cuyas columnas no están en el léxico",
    example=Text("Una tabla con columnas «Rubro» y «Devengado».", "A table with columns “Rubro” and “Devengado”."),
    check=check,
)
