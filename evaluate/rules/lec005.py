"""LEC005: what the document was read by is incomplete, contradicts it, or leaves the meaning of a column open."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..engine import Check, Rule, reported
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    return reported(subject, "LEC-lexicon", "LEC-template", "LEC-period")


RULE = Rule(
    id="LEC005",
    severity=Severity.WARNING,
    title=Text("Lectura por confirmar", "Reading to be confirmed"),
    why=Text(
        "Un período o un papel supuesto cambia lo que dicen todas las cifras de su columna.",
        "A period or role that is supposed changes what all the figures of its column say.",
    ),
    basis=Text(
        "Columnas cuyo período o papel puede ser otro, archivos del léxico que faltan, plantillas que el documento contradice",
        "Columns whose period or role may be another, missing files of the lexicon, templates that the document contradicts",
    ),
    example=Text("Dos columnas «Meta 2023» con cifras distintas.", "Two columns “Meta 2023” with different figures."),
    check=check,
)
