"""DIC003: a share, or a cost per thing, that the figures of its own sentence contradict."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..claims.checks import checks, filled
from ..engine import Check, Rule
from ..needs import CLAIMS
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    yield from checks(subject, "pair", filled(_FAILS))


_FAILS = Text(
    "La frase imprime {published} y sus propias cifras dan {recomputed}.",
    "The sentence prints {published} and its own figures give {recomputed}.",
)

RULE = Rule(
    id="DIC003",
    severity=Severity.ERROR,
    title=Text("El porcentaje sale de las cifras de su frase", "The share follows from the figures of its sentence"),
    why=Text(
        "Cuando la frase da la parte, el todo y el porcentaje, los tres tienen que concordar.",
        "Where a sentence gives the part, the whole and the share, the three must agree.",
    ),
    basis=Text(
        "División de las cifras de la propia frase, redondeada como se imprime; también los costos por unidad",
        "Division of the sentence's own figures, rounded as printed; costs per thing too",
    ),
    example=Text(
        "«22 de 28, el 78 %»: 22 / 28 es 78.57 %, que se redondea a 79 %.", "“22 of 28, 78 %”: 22 / 28 is 78.57 %, which rounds to 79 %."
    ),
    check=check,
    needs=(CLAIMS,),
)
