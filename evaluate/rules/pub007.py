"""PUB007: health or leave of a named person is left in the document."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..exposed import exposed
from ..needs import TEXT
from ..personal import Datum, health
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    yield from exposed(subject, _told, _FAILS)


def _told(text: str) -> list[Datum]:
    return [datum] if (datum := health(text)) is not None else []


_FAILS = Text(
    "El texto publica {what}: es dato sensible. Basta decir que faltó personal; quite el nombre o el motivo antes de publicar.",
    "The text publishes {what}: a sensitive datum. It is enough to say that staff was short; take out the name or the cause before "
    "publishing.",
)

RULE = Rule(
    id="PUB007",
    severity=Severity.WARNING,
    title=Text("Salud de una persona nombrada", "Health of a named person"),
    why=Text(
        "La salud es dato sensible también de quien trabaja en la institución; para explicar un retraso no hace falta el nombre.",
        "Health is sensitive also of those who work in the institution; a delay is explained without the name.",
    ),
    basis=Text(
        "Ley de Acceso a la Información Pública de El Salvador, art. 6 b: la salud es dato personal sensible; nombre y "
        "estado en una misma frase",
        "Access to public information act of El Salvador, art. 6 b: health is sensitive; name and state in one sentence",
    ),
    example=Text("«La Licda. … se incapacitó del 1 al 14 de julio».", "“La Licda. … se incapacitó del 1 al 14 de julio”."),
    check=check,
    needs=(TEXT,),
)
