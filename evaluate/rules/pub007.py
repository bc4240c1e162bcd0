"""PUB007: health or leave of a named person is left in the document."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import TEXT
from ..personal import health
from ..subject import Subject
from ..texts import at, texts


def check(subject: Subject) -> Iterator[Check]:
    clean = True
    for printed in texts(subject.plan):
        if (datum := health(printed.text)) is not None:
            clean = False
            # Neither message nor evidence repeats the datum, nor the text that it stands in.
            message = Text(_FAILS.es.format(what=datum.what.es), _FAILS.en.format(what=datum.what.en))
            yield Check(Outcome.FAILS, printed.row, message, datum.masked, "", at(printed.place), place=printed.place)
    if clean:
        yield Check(Outcome.HOLDS)


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
