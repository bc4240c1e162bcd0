"""PRO015: a row names no unit that answers for it, where all others name one."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Kind, MeasureKind
from ..engine import Check, Rule
from ..needs import UNITS
from ..subject import Subject, where

# So many rows with targets, and this share of them, show that a unit is to be named.
_ROWS, _SHARE = 8, 0.95


def check(subject: Subject) -> Iterator[Check]:
    rows = [r for r in subject.own_rows if r.kind not in (Kind.HEADING, Kind.TOTAL) and _has_target(r)]
    named = [r for r in rows if r.lead_unit or r.responsible_unit]
    if len(named) < max(_ROWS, _SHARE * len(rows)):
        return
    for row in rows:
        if row.lead_unit or row.responsible_unit:
            yield Check(Outcome.HOLDS, row)
        elif row.redacted:
            yield Check(Outcome.CANNOT_EVALUATE, row, _WITHHELD, "", "", where(row))
        else:
            yield Check(Outcome.FAILS, row, _FAILS.format(count=len(named), rows=len(rows)), "", "", where(row))


def _has_target(row: Indicator) -> bool:
    return any(m.measure is MeasureKind.TARGET and m.quantity.value is not None for m in row.measures)


_FAILS = Text(
    "Tiene meta y no dice qué unidad responde por ella: {count} de las {rows} filas con meta la nombran.",
    "It has a target and does not say which unit answers for it: {count} of the {rows} rows with a target name one.",
)
_WITHHELD = Text("No se puede juzgar: parte de la fila está omitida.", "Cannot be judged: part of the row is withheld.")

RULE = Rule(
    id="PRO015",
    severity=Severity.WARNING,
    title=Text("Meta sin unidad responsable", "Target without a responsible unit"),
    why=Text("De una meta sin responsable nadie rinde cuentas.", "Nobody accounts for a target without a responsible unit."),
    basis=Text(
        "Las demás filas del documento: al menos ocho, y 19 de cada 20, nombran unidad líder o responsable",
        "The document's other rows: at least eight, and 19 of 20, name a lead or responsible unit",
    ),
    example=Text("«Evaluar el POA» con las dos celdas de unidad en blanco.", "“Evaluar el POA” with both cells of the unit blank."),
    check=check,
    needs=(UNITS,),
)
