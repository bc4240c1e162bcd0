"""PUB006: a private telephone, mail box, bank account or address is left in the document."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import TEXT
from ..personal import contacts
from ..subject import Subject
from ..texts import at, texts


def check(subject: Subject) -> Iterator[Check]:
    clean = True
    for printed in texts(subject.plan):
        for datum in contacts(printed.text):
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
    id="PUB006",
    severity=Severity.WARNING,
    title=Text("Contacto o cuenta particular a la vista", "Private contact or account in sight"),
    why=Text(
        "Un teléfono, correo, cuenta o domicilio particular expone a la persona; los de una oficina son públicos y no cuentan.",
        "A private telephone, mail box, account or address exposes the person; those of an office are public and do not count.",
    ),
    basis=Text(
        "Ley de Acceso a la Información Pública de El Salvador, arts. 6 y 24: los datos personales son confidenciales; solo "
        "números y correos que el texto da por particulares o pone junto a un "
        "nombre",
        "Access to public information act of El Salvador, arts. 6 and 24: personal data are confidential; only numbers "
        "and boxes that the text calls private or puts beside a name",
    ),
    example=Text("«Celular personal» con su número en una observación.", "“Celular personal” with its number in an observation."),
    check=check,
    needs=(TEXT,),
)
