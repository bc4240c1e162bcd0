"""DIC001: a count of the prose that the rows contradict."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..claims.checks import checks, filled
from ..engine import Check, Rule
from ..needs import CLAIMS
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    yield from checks(subject, "count", filled(_FAILS))


_FAILS = Text(
    "El texto dice {published} ({quantity}); las filas dan {recomputed}.",
    "The text says {published} ({quantity}); the rows give {recomputed}.",
)

RULE = Rule(
    id="DIC001",
    severity=Severity.ERROR,
    title=Text("La cuenta del texto sale de las filas", "The count in the text follows from the rows"),
    why=Text(
        "El resumen es lo que se lee; si cuenta otra cosa que las filas, quien lo cita se equivoca.",
        "The summary is what people read; where it counts something else than the rows, whoever quotes it is wrong.",
    ),
    basis=Text(
        "Filas del alcance que dicen la frase o los títulos en vigor, contadas por clase o por cumplimiento",
        "Rows of the scope that the sentence or the headings in force give, counted by class or by fulfilment",
    ),
    example=Text(
        "«4 obtuvieron resultado bueno» y las filas de esa perspectiva tienen 5 buenos.",
        "“4 obtained a good result” where the rows of that perspective have 5 good ones.",
    ),
    check=check,
    needs=(CLAIMS,),
)
