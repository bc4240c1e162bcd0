"""PUB008: a document calls itself a public version and cites no article that allows it to withhold anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...normalize.lexicon import load
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import PROSE
from ..subject import Subject
from ..texts import at


def check(subject: Subject) -> Iterator[Check]:
    words = load("statements")
    statement = re.compile(words.get("public_version", "(?!)"), re.I)
    cited = re.compile(words.get("legal_basis", "(?!)"))
    lines = subject.plan.narrative
    said = [n for n, line in enumerate(lines) if len(line.text) < 1500 and statement.search(line.text)]
    if not said:
        return
    first = lines[said[0]]
    # The statement may go on in the lines below the words "versión pública".
    near = [lines[k].text for n in said for k in range(n, min(n + 4, len(lines)))]
    if any(cited.search(text) for text in near):
        yield Check(Outcome.HOLDS, place=first.place)
    elif any(len(lines[n].text) > 40 for n in said) or subject.plan.redactions:
        yield Check(Outcome.FAILS, None, _FAILS, first.text[:80], "", at(first.place), place=first.place)
    else:
        yield Check(Outcome.CANNOT_EVALUATE, None, _BARE, first.text[:80], place=first.place)


_FAILS = Text(
    "El documento se declara versión pública y no cita el artículo que permite omitir información.",
    "The document calls itself a public version and cites no article that allows matter to be withheld.",
)
_BARE = Text(
    "No se puede juzgar: dice «versión pública», pero no omite nada que se vea ni explica qué omitió.",
    "Cannot be judged: it says “versión pública”, but withholds nothing that can be seen and does not explain what it withheld.",
)

RULE = Rule(
    id="PUB008",
    severity=Severity.NOTE,
    title=Text("La versión pública cita su base legal", "A public version cites its legal basis"),
    why=Text(
        "La cita dice qué se protege y ante quién se puede reclamar.", "The citation says what is protected and before whom one may appeal."
    ),
    basis=Text(
        "Ley de Acceso a la Información Pública de El Salvador, arts. 19, 24 y 30",
        "Access to public information act of El Salvador, arts. 19, 24 and 30",
    ),
    example=Text(
        "«Versión pública: se omitieron datos confidenciales», sin artículo.",
        "“Versión pública: se omitieron datos confidenciales”, without an article.",
    ),
    check=check,
    needs=(PROSE,),
)
