"""DIC002: a share in the prose that the rows contradict."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..claims.checks import checks, filled
from ..engine import Check, Rule
from ..needs import CLAIMS
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    yield from checks(subject, "share", filled(_FAILS))


_FAILS = Text(
    "El texto dice {published} ({quantity}); las filas dan {recomputed}.",
    "The text says {published} ({quantity}); the rows give {recomputed}.",
)

RULE = Rule(
    id="DIC002",
    severity=Severity.ERROR,
    title=Text("El porcentaje del texto sale de las filas", "The share in the text follows from the rows"),
    why=Text(
        "Un porcentaje redondo en el resumen esconde cuántas filas son; se recalcula con las filas y con su todo.",
        "A round share in the summary hides how many rows it means; it is recomputed from the rows and their whole.",
    ),
    basis=Text(
        "Filas que cumplen entre las filas del alcance, redondeado como se imprime",
        "Rows that fulfil over the rows of the scope, rounded as printed",
    ),
    example=Text("«El 16 % fue regular» y son 20 de 114: 18 %.", "“16 % were regular” where it is 20 of 114: 18 %."),
    check=check,
    needs=(CLAIMS,),
)
