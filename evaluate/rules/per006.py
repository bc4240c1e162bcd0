"""PER006: a project or an action ends before it starts."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import TERMS
from ..planned_dates import terms, told
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    for term in terms(subject):
        if term.start is None or (term.end is None and not term.open_ended):
            # Of a row that prints one of the two there is nothing to compare.
            if term.printed and (term.row is None or (term.start_printed and term.end_printed)):
                yield Check(Outcome.CANNOT_EVALUATE, term.row, _UNKNOWN, term.start_printed, place=term.place)
        elif term.end is None or term.start <= term.end:
            yield Check(Outcome.HOLDS, term.row, place=term.place)
        else:
            message = told(_FAILS, term, start=term.start_printed or term.start, end=term.end_printed or term.end)
            wanted = f">= {term.start.isoformat()}"
            yield Check(Outcome.FAILS, term.row, message, term.end_printed, wanted, term.evidence, place=term.place)


_FAILS = Text("{what} empieza el {start} y termina antes, el {end}.", "{what} starts on {start} and ends before that, on {end}.")
_UNKNOWN = Text(
    "No se puede comparar: el inicio y el fin impresos no se leen los dos como fechas.",
    "Cannot be compared: the printed start and end do not both read as dates.",
)

RULE = Rule(
    id="PER006",
    severity=Severity.ERROR,
    title=Text("El fin es posterior al inicio", "The end is after the start"),
    why=Text("Un plazo imposible no se puede seguir ni evaluar.", "An impossible term can be neither followed nor evaluated."),
    basis=Text("Las fechas de inicio y fin de la misma fila", "The dates of start and end of the same row"),
    example=Text("Inicio 01/07/2021, fin 30/06/2021.", "Start 01/07/2021, end 30/06/2021."),
    check=check,
    needs=(TERMS,),
)
