"""PUB005: an identity number of a person is left in the document."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import TEXT
from ..personal import identities
from ..subject import Subject
from ..texts import at, texts


def check(subject: Subject) -> Iterator[Check]:
    clean = True
    for printed in texts(subject.plan):
        for datum in identities(printed.text):
            clean = False
            # Neither message nor evidence repeats the datum, nor the text that it stands in.
            message = Text(_FAILS.es.format(what=datum.what.es), _FAILS.en.format(what=datum.what.en))
            yield Check(Outcome.FAILS, printed.row, message, datum.masked, "", at(printed.place), place=printed.place)
    if clean:
        yield Check(Outcome.HOLDS)


_FAILS = Text(
    "El texto publica {what}. Aquí no se repite; táchelo antes de publicar.",
    "The text publishes {what}. It is not repeated here; strike it out before publishing.",
)

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
