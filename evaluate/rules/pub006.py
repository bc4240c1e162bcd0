"""PUB006: a private telephone, mail box, bank account or address is left in the document."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..exposed import exposed
from ..needs import TEXT
from ..personal import contacts
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    yield from exposed(subject, contacts)


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
