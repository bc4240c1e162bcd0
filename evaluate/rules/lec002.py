"""LEC002: a table with figures was not interpreted, or not read at all."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..engine import Check, Rule, reported
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    """A table that sums up others was understood after all where its figures could be counted again."""
    counted = {c.place for c in subject.claims}
    understood = {s.place for s in subject.plan.summaries if any(q.place in counted for r in s.rows for q in r.cells)}
    return reported(subject, "LEC-table", "LEC-spaced", apart_from=understood)


RULE = Rule(
    id="LEC002",
    severity=Severity.WARNING,
    title=Text("Tabla sin interpretar", "Table not interpreted"),
    why=Text(
        "Sus filas no están en los resultados: sin este aviso parecería que el documento no las tiene.",
        "Its rows are not among the results: without this notice the document would seem not to have them.",
    ),
    basis=Text("Tablas con cifras cuyas columnas no están en el léxico", "Tables with figures whose columns are not in the lexicon"),
    example=Text("Una tabla con columnas «Rubro» y «Devengado».", "A table with columns “Rubro” and “Devengado”."),
    check=check,
)
