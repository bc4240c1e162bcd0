"""OBS013: the observation speaks of the row above or below, not of its own."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import OBSERVATION_COLUMN
from ..observations.neighbours import meant
from ..observations.phrases import quoted
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    rows = subject.own_rows
    for n, row in enumerate(rows):
        if not row.observation:
            continue
        at = meant(rows, n)
        if at is None:
            yield Check(Outcome.HOLDS, row)
        else:
            message = _FAILS.format(name=rows[at].name[:100], text=quoted(row.observation))
            yield Check(Outcome.FAILS, row, message, "", "", f"{where(row)} / {where(rows[at])}")


_FAILS = Text(
    "La observación parece ser de la fila vecina «{name}»: nombra lo de ella y no lo propio: «{text}»",
    "The observation seems to be of the neighbouring row “{name}”: it names that row's matter and not its own: “{text}”",
)

RULE = Rule(
    id="OBS013",
    severity=Severity.WARNING,
    title=Text("Observación de la fila vecina", "Observation of the neighbouring row"),
    why=Text(
        "Una columna pegada con una fila de desfase atribuye a cada acción el avance de otra.",
        "A column pasted one row off gives every action the progress of another.",
    ),
    basis=Text(
        "Palabras de contenido que solo tiene el nombre de la fila de arriba o de abajo, frente a las que solo tiene el propio",
        "Content words that only the name of the row above or below has, against those that only the row's own has",
    ),
    example=Text(
        "«Red acelerométrica» con la observación de «Red sísmica nacional».",
        "“Red acelerométrica” with the observation of “Red sísmica nacional”.",
    ),
    check=check,
    needs=(OBSERVATION_COLUMN,),
)
