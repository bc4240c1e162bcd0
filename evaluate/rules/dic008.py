"""DIC008: one thing that two places of the prose state differently."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..claims.checks import checks, filled
from ..engine import Check, Rule
from ..needs import CLAIMS
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    yield from checks(subject, "repeated", filled(_FAILS))


_FAILS = Text(
    "El texto dice aquí {published} ({quantity}); en otro lugar, {recomputed}.",
    "The text says {published} here ({quantity}); elsewhere, {recomputed}.",
)

RULE = Rule(
    id="DIC008",
    severity=Severity.WARNING,
    title=Text("Lo mismo, dicho dos veces", "The same thing, stated twice"),
    why=Text(
        "Cuando dos lugares del texto dan cifras distintas de lo mismo, al menos una está mal.",
        "Where two places of the text give different figures of one thing, one of them at least is wrong.",
    ),
    basis=Text(
        "Cuentas y porcentajes de un mismo alcance en varios lugares del texto; una parte no es más que su todo",
        "Counts and shares of one scope in several places of the text; a part is no more than its whole",
    ),
    example=Text(
        "«23 del área de salud» al principio y 24 en una sola perspectiva.",
        "“23 of the health area” at the beginning and 24 in one perspective alone.",
    ),
    check=check,
    needs=(CLAIMS,),
)
