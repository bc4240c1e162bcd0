"""OBS012: the observation places the goal in a part of the year for which the row programs nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.quantity import State
from ..engine import Check, Rule
from ..needs import OBSERVATIONS, TARGETS, YEAR
from ..observations.dates import dates
from ..observations.phrases import hits, plain, quoted
from ..subject import Subject, where
from ..sums import parts_of_year

_EMPTY = (State.BLANK, State.NOT_PROGRAMMED)


def check(subject: Subject) -> Iterator[Check]:
    year = subject.plan.document.year
    for row in subject.own_rows:
        goal = _goal(row.observation, year) if row.observation and year else None
        parts = parts_of_year(row) if goal is not None else ()
        if goal is None or not parts:
            continue
        words, first, last = goal
        named = [p.quantity for p in parts if p.months and p.months[0] <= last and p.months[1] >= first]
        if any(q.known and q.value for q in named):
            yield Check(Outcome.HOLDS, row)
        elif any(not q.known and q.state not in _EMPTY for q in named):
            yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL)
        elif any(p.quantity.known and p.quantity.value for p in parts):
            printed = " / ".join(p.quantity.printed or "—" for p in parts)
            message = _FAILS.format(words=words, text=quoted(row.observation, words))
            yield Check(Outcome.FAILS, row, message, printed, "", f"{where(row)}: {printed}")


def _goal(text: str, year: int) -> tuple[str, int, int] | None:
    """The time in which the observation places the goal, as its words and its first and last month."""
    body, found = plain(text), dates(text, year)
    for said in hits("goal", text):
        named = next((d for d in found if 0 <= d.at - said.end <= 1), None)
        if named is None or named.first.year != year or named.last.year != year:
            continue
        until = next((d for d in found if d.at > named.end and body[named.end : d.at].strip() in ("a", "y", "al", "-")), named)
        return named.words, named.first.month, max(named.last.month, until.last.month)
    return None


_FAILS = Text(
    "La observación sitúa la meta en «{words}», pero la fila no programa nada allí: «{text}»",
    "The observation places the goal at “{words}”, but the row programs nothing there: “{text}”",
)
_DOUBTFUL = Text(
    "No se puede juzgar: la meta de ese trimestre es dudosa o está omitida.",
    "Cannot be judged: the target of that quarter is doubtful or withheld.",
)

RULE = Rule(
    id="OBS012",
    severity=Severity.WARNING,
    title=Text("La meta está en otro trimestre", "The goal is in another quarter"),
    why=Text(
        "Si la meta es de otro trimestre, o la programación o la explicación de que aún no toca está mal.",
        "If the goal is of another quarter, either the programme or the explanation that it is not yet due is wrong.",
    ),
    basis=Text(
        "Giros que sitúan la meta en un trimestre, semestre o mes (wordings/observations.yaml), contra las metas de la fila",
        "Phrases that place the target in a quarter, half or month (wordings/observations.yaml), against the row's targets",
    ),
    example=Text(
        "«Meta del 3er trimestre» en una fila con meta solo en el 2.º.",
        "“Meta del 3er trimestre” on a row with a target in the second only.",
    ),
    check=check,
    needs=(OBSERVATIONS, TARGETS, YEAR),
)
