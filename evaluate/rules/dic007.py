"""DIC007: a value stated in the prose of one row, against the row."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..claims.checks import checks, filled
from ..engine import Check, Rule
from ..needs import CLAIMS
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    yield from checks(subject, "value", filled(_FAILS))


_FAILS = Text(
    "El texto da {published}; la tabla, {recomputed}.",
    "The text gives {published}; the table, {recomputed}.",
)

RULE = Rule(
    id="DIC007",
    severity=Severity.WARNING,
    title=Text("El valor del texto es el de su fila", "The value in the text is that of its row"),
    why=Text(
        "Texto y tabla dan el mismo resultado; si difieren, uno de los dos se quedó sin corregir.",
        "Text and table give the same result; where they differ, one of them was left uncorrected.",
    ),
    basis=Text(
        "La cifra que el texto da de un indicador, bajo su nombre o junto a él, frente a la meta, el resultado o la ejecución de su fila",
        "The figure that the text gives of an indicator, below its name or beside it, against target, result or execution of its row",
    ),
    example=Text("La interpretación dice 48.3 % y la tabla 48.6 %.", "The interpretation says 48.3 % and the table 48.6 %."),
    check=check,
    needs=(CLAIMS,),
)
