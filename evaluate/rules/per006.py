"""PER006: a project ends before it starts."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import PROJECTS
from ..subject import Subject
from ..texts import at


def check(subject: Subject) -> Iterator[Check]:
    for project in subject.plan.projects:
        if project.start is None or (project.end is None and not project.open_ended):
            if project.start_printed or project.end_printed:
                yield Check(Outcome.CANNOT_EVALUATE, message=_UNKNOWN, published=project.start_printed, place=project.place)
        elif project.end is None or project.start <= project.end:
            yield Check(Outcome.HOLDS, place=project.place)
        else:
            message = _FAILS.format(start=project.start_printed or project.start, end=project.end_printed or project.end)
            evidence = f"{project.name[:80]} · {at(project.place)}"
            yield Check(Outcome.FAILS, None, message, project.end_printed, f">= {project.start.isoformat()}", evidence, place=project.place)


_FAILS = Text("El proyecto empieza el {start} y termina antes, el {end}.", "The project starts on {start} and ends before that, on {end}.")
_UNKNOWN = Text(
    "No se puede comparar: el proyecto no imprime un inicio y un fin que se lean como fechas.",
    "Cannot be compared: the project prints no start and end that read as dates.",
)

RULE = Rule(
    id="PER006",
    severity=Severity.ERROR,
    title=Text("El proyecto termina después de empezar", "The project ends after it starts"),
    why=Text("Un plazo imposible no se puede seguir ni evaluar.", "An impossible term can be neither followed nor evaluated."),
    basis=Text("Las fechas de inicio y fin de la misma fila", "The dates of start and end of the same row"),
    example=Text("Inicio 01/07/2021, fin 30/06/2021.", "Start 01/07/2021, end 30/06/2021."),
    check=check,
    needs=(PROJECTS,),
)
