"""PER007: a project lies wholly outside the plan's year."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import PROJECTS, YEAR
from ..subject import Subject
from ..texts import at


def check(subject: Subject) -> Iterator[Check]:
    year = subject.plan.document.year
    if year is None:
        return
    for project in subject.plan.projects:
        early = project.end is not None and project.end.year < year
        late = project.start is not None and project.start.year > year
        if project.start is None and project.end is None:
            yield Check(Outcome.CANNOT_EVALUATE, message=_UNKNOWN, place=project.place)
        elif not early and not late:
            yield Check(Outcome.HOLDS, place=project.place)
        else:
            told = project.end_printed if early else project.start_printed
            message = (_EARLY if early else _LATE).format(date=told, year=year)
            yield Check(Outcome.FAILS, None, message, told, str(year), f"{project.name[:80]} · {at(project.place)}", place=project.place)


_EARLY = Text(
    "El proyecto termina el {date}, antes del año del plan ({year}): o la fecha está mal, o ya no toca planificarlo.",
    "The project ends on {date}, before the plan's year ({year}): either the date is wrong, or it is not to be planned any more.",
)
_LATE = Text(
    "El proyecto empieza el {date}, después del año del plan ({year}): o la fecha está mal, o es de otro plan.",
    "The project starts on {date}, after the plan's year ({year}): either the date is wrong, or it belongs to another plan.",
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
    needs=(PROJECTS, YEAR),
)
