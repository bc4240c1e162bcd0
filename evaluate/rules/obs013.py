"""OBS013: the observation speaks of the row above or below, not of its own."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import OBSERVATIONS
from ..observations.phrases import plain, quoted, stems
from ..subject import Subject, where

# How much of the neighbour's own words the observation must hold, and of the row's own words at most.
_NEIGHBOUR, _OWN = 0.75, 0.25
_MIN_NEIGHBOUR, _MIN_OWN = 3, 2


def check(subject: Subject) -> Iterator[Check]:
    rows = subject.own_rows
    for i, row in enumerate(rows):
        if not row.observation:
            continue
        near = [r for r in (rows[i - 1] if i else None, rows[i + 1] if i + 1 < len(rows) else None) if r is not None]
        meant = next((r for r in near if r.section == row.section and _speaks_of(row, r)), None)
        if meant is None:
            yield Check(Outcome.HOLDS, row)
        else:
            message = _FAILS.format(name=meant.name[:100], text=quoted(row.observation))
            yield Check(Outcome.FAILS, row, message, "", "", f"{where(row)} / {where(meant)}")


def _speaks_of(row: Indicator, other: Indicator) -> bool:
    """True where the text holds the words that only the other row's name has, and hardly any that only the row's own has."""
    own, others, said = stems(plain(row.name)), stems(plain(other.name)), stems(plain(row.observation))
    mine, theirs = own - others, others - own
    if len(theirs) < _MIN_NEIGHBOUR or len(mine) < _MIN_OWN:
        return False
    return len(theirs & said) >= _NEIGHBOUR * len(theirs) and len(mine & said) <= _OWN * len(mine)


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
    needs=(OBSERVATIONS,),
)
