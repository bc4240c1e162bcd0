"""PUB004: text is still in the file beneath what was struck out."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..engine import Check, Rule, reported
from ..needs import Need
from ..subject import Subject

PAGES = Need(
    Text("El documento no es un PDF: no tiene capas.", "The document is no PDF: it has no layers."),
    lambda s: s.plan.document.pages is not None,
)


def check(subject: Subject) -> Iterator[Check]:
    return reported(subject, "LEC-covered")


RULE = Rule(
    id="PUB004",
    severity=Severity.WARNING,
    title=Text("Texto bajo lo tachado", "Text beneath what was struck out"),
    why=Text(
        "Quien copie la página obtiene lo que se quiso proteger: la versión pública lo está publicando.",
        "Who copies the page gets what was to be protected: the public version publishes it.",
    ),
    basis=Text(
        "Letras del PDF que quedan debajo de un rectángulo o de una anotación de tachado",
        "Letters of the PDF that lie beneath a rectangle or an annotation of redaction",
    ),
    example=Text(
        "Un cuadro negro dibujado sobre un párrafo que sigue en el archivo.",
        "A black box drawn over a paragraph that is still in the file.",
    ),
    check=check,
    needs=(PAGES,),
)
