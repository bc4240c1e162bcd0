"""CRU009: one unit lists two rows whose names are the same but for an ending or a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import MeasureKind
from ..engine import Check, Rule
from ..needs import ROWS
from ..same_action import comparable, near_names, shown, unlike
from ..subject import Subject, where

_FIGURES = (MeasureKind.TARGET, MeasureKind.ACTUAL)


def check(subject: Subject) -> Iterator[Check]:
    told = False
    for first, row in near_names(subject.plan.indicators):
        told = True
        evidence = f"{where(first)} / {where(row)}"
        if not comparable(first, row) and not unlike(first, row):
            yield Check(Outcome.CANNOT_EVALUATE, row, _NOTHING, evidence=evidence)
            continue
        a, b = shown(first, _FIGURES), shown(row, _FIGURES)
        message = Text(
            _FAILS.es.format(name=first.name[:100], other=a.es, own=b.es), _FAILS.en.format(name=first.name[:100], other=a.en, own=b.en)
        )
        yield Check(Outcome.FAILS, row, message, row.name, first.name, evidence)
    if not told:
        yield Check(Outcome.HOLDS)


_FAILS = Text(
    "El nombre es casi el de otra fila de la misma unidad, «{name}» ({other}; aquí {own}): puede ser la misma dos veces.",
    "The name is almost that of another row of the same unit, “{name}” ({other}; here {own}): it may be the same one twice.",
)
_NOTHING = Text(
    "No se puede comparar: hay otra fila de nombre casi igual, y no dan cifras ciertas del mismo período.",
    "Cannot be compared: there is another row of almost the same name, and they give no certain figures of one period.",
)

RULE = Rule(
    id="CRU009",
    severity=Severity.WARNING,
    title=Text("Filas de nombre casi igual", "Rows of almost the same name"),
    why=Text(
        "Una fila copiada con una errata pasa por otra y se cuenta dos veces.",
        "A row copied with a slip passes for another and is counted twice.",
    ),
    basis=Text(
        "Nombres de una unidad que solo difieren en número, género o una letra de una palabra larga; ninguna cifra",
        "Names of one unit that differ only in number, gender or one letter of a long word; in no figure",
    ),
    example=Text(
        "«Informe mensual de compras» e «Informes mensuales de compra».", "“Informe mensual de compras” and “Informes mensuales de compra”."
    ),
    check=check,
    needs=(ROWS,),
)
