"""PER007: a project or an action lies wholly outside the plan's year."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import TERMS, YEAR
from ..planned_dates import terms, told
from ..subject import Subject

# An action that is to end so many years after its plan, or in the plan's year with its figures in another order, has a slip in its date.
_FAR = 10


def check(subject: Subject) -> Iterator[Check]:
    year = subject.plan.document.year
    if year is None:
        return
    for term in terms(subject):
        early = term.end is not None and term.end.year < year
        late = term.start is not None and term.start.year > year
        slip = next((d for d in (term.end, term.start) if d is not None and _is_slip(d.year, year)), None)
        if term.start is None and term.end is None:
            if term.row is None:
                yield Check(Outcome.CANNOT_EVALUATE, message=_UNKNOWN, place=term.place)
        elif not early and not late and slip is None:
            yield Check(Outcome.HOLDS, term.row, place=term.place)
        else:
            printed = term.end_printed if early or (slip is not None and slip is term.end) else term.start_printed
            message = told(_EARLY if early else _LATE if late and slip is None else _SLIP, term, date=printed, year=year)
            yield Check(Outcome.FAILS, term.row, message, printed, str(year), term.evidence, place=term.place)


def _is_slip(told: int, year: int) -> bool:
    return told > year + _FAR or (told > year + 1 and sorted(str(told)) == sorted(str(year)))


_EARLY = Text(
    "{what} termina el {date}, antes del año del plan ({year}): o la fecha está mal, o ya no toca planificarlo.",
    "{what} ends on {date}, before the plan's year ({year}): either the date is wrong, or it is not to be planned any more.",
)
_LATE = Text(
    "{what} empieza el {date}, después del año del plan ({year}): o la fecha está mal, o es de otro plan.",
    "{what} starts on {date}, after the plan's year ({year}): either the date is wrong, or it belongs to another plan.",
)
_SLIP = Text(
    "{what} imprime la fecha {date} en un plan de {year}: el año parece una errata.",
    "{what} prints the date {date} in a plan of {year}: the year seems a slip.",
)
_UNKNOWN = Text("No se puede comparar: el proyecto no imprime fechas.", "Cannot be compared: the project prints no dates.")

RULE = Rule(
    id="PER007",
    severity=Severity.WARNING,
    title=Text("El proyecto cae en el año del plan", "The project falls into the plan's year"),
    why=Text(
        "Un proyecto fuera de su año no tendrá avance que informar, o esconde una errata en la fecha.",
        "A project outside its year will have no progress to report, or hides a slip in its date.",
    ),
    basis=Text("Las fechas del proyecto contra el año del plan", "The project's dates against the plan's year"),
    example=Text("Fin 30/06/2020 en un plan de 2021.", "End 30/06/2020 in a plan of 2021."),
    check=check,
    needs=(TERMS, YEAR),
)
