"""PUB005: an identity number of a person is left in the document."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..exposed import exposed
from ..needs import TEXT
from ..personal import identities
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    yield from exposed(subject, identities)


RULE = Rule(
    id="PUB005",
    severity=Severity.WARNING,
    title=Text("Número de identidad a la vista", "Identity number in sight"),
    why=Text(
        "Con el número de identidad se suplanta a una persona; no hace falta para dar cuenta de un plan.",
        "With an identity number a person can be impersonated; no account of a plan needs it.",
    ),
    basis=Text(
        "Ley de Acceso a la Información Pública de El Salvador, arts. 6 y 24: los datos personales son confidenciales; formas y "
        "cifras verificadoras de los registros de cada "
        "país",
        "Access to public information act of El Salvador, arts. 6 and 24: personal data are confidential; forms and "
        "check digits of each country's registry",
    ),
    example=Text(
        "Un DUI junto al nombre de una asegurada en la columna de observaciones.",
        "A DUI beside the name of an insured person in the column of observations.",
    ),
    check=check,
    needs=(TEXT,),
)
