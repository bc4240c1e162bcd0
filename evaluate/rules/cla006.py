"""CLA006: a class that the document's own limits do not define."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import CLASSES, LIMITS
from ..subject import Subject, where
from ..wordings import load


def check(subject: Subject) -> Iterator[Check]:
    neutral = set(load("classes").get("neutral", ()))
    defined = {limit.id for limit in subject.limits}
    for row in subject.own_rows:
        given = row.class_id
        if not given or given.replace("-", " ") in neutral or not any(map(str.isalnum, given)):
            continue  # a sign of which the document has no key may stand for any of them
        if given in defined:
            yield Check(Outcome.HOLDS, row)
        else:
            message = _FAILS.format(given=given, defined="», «".join(sorted(defined)))
            yield Check(Outcome.FAILS, row, message, given, "; ".join(sorted(defined)), where(row))


_FAILS = Text(
    "La clase «{given}» no está entre las que se definen: «{defined}».",
    "The class “{given}” is not among those that are defined: “{defined}”.",
)

RULE = Rule(
    id="CLA006",
    severity=Severity.WARNING,
    title=Text("Clase fuera del vocabulario", "Class outside the vocabulary"),
    why=Text(
        "Una clase sin límites no dice qué resultado la merece, y queda fuera de los conteos.",
        "A class without limits does not say what result deserves it, and is left out of the counts.",
    ),
    basis=Text(
        "Las clases que definen los límites en uso; «no programado» y otras que no califican no cuentan",
        "The classes that the limits in force define; “not programmed” and others that give no mark do not count",
    ),
    example=Text(
        "«Aceptable» en un documento que define crítico, regular y bueno.", "“Aceptable” where crítico, regular and bueno are defined."
    ),
    check=check,
    needs=(CLASSES, LIMITS),
)
