"""DIC006: parts of a statement that do not add up to its whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..claims.checks import checks, filled
from ..engine import Check, Rule, reported
from ..needs import CLAIMS
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    yield from checks(subject, "parts", filled(_FAILS))
    for c in reported(subject, "LEC-announced"):
        if c.outcome is Outcome.FAILS:
            yield replace(c, severity=Severity.WARNING)


_FAILS = Text(
    "Las partes que se dan son {recomputed}, y el todo es {published}.",
    "The parts that are given are {recomputed}, and the whole is {published}.",
)

RULE = Rule(
    id="DIC006",
    severity=Severity.ERROR,
    title=Text("Las partes suman el todo", "The parts add up to the whole"),
    why=Text(
        "Partes que no suman el todo que la misma frase dice no pueden ser todas ciertas.",
        "Parts that do not add up to the whole stated in the same sentence cannot all be true.",
    ),
    basis=Text(
        "Suma de las partes de la frase: cuentas contra su todo, porcentajes contra 100 con el margen del redondeo; una parte sola "
        "mayor que su todo; una lista contra el número que la anuncia",
        "Sum of the sentence's parts: counts against their whole, shares against 100 within rounding; one part that is more than its "
        "whole; a list against the number that announces it",
    ),
    example=Text(
        "«De los 13 evaluados, 5 buenos, 4 regulares y 5 críticos»: suman 14.",
        "“Of the 13 evaluated, 5 good, 4 regular and 5 critical”: they add up to 14.",
    ),
    check=check,
    needs=(CLAIMS,),
)
