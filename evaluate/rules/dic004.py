"""DIC004: rows said to be planned or evaluated, against the rows that are there."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..claims.checks import checks, filled
from ..engine import Check, Rule
from ..needs import CLAIMS
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    yield from checks(subject, "planned", filled(_FAILS))


_FAILS = Text(
    "El texto dice {published} ({quantity}) y el documento da {recomputed}.",
    "The text says {published} ({quantity}) and the document gives {recomputed}.",
)

RULE = Rule(
    id="DIC004",
    severity=Severity.ERROR,
    title=Text("Lo planificado, lo evaluado y las filas", "What was planned, what was evaluated, and the rows"),
    why=Text(
        "Si el documento no trae las filas que dice haber evaluado, nadie puede comprobar el resto de sus cuentas.",
        "Where a document does not print the rows that it says it evaluated, nobody can verify its other counts.",
    ),
    basis=Text(
        "Filas del alcance; lo planificado no puede ser menos que lo evaluado",
        "Rows of the scope; no less can be planned than was evaluated",
    ),
    example=Text("«Se evaluaron 28 indicadores» y la tabla trae 13.", "“28 indicators were evaluated” where the table prints 13."),
    check=check,
    needs=(CLAIMS,),
)
