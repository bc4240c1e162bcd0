"""ARI003: a percentage is published although no actual is reported."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.quantity import State
from ..engine import Check, Rule
from ..needs import PERCENTAGES
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    for p in subject.percentages:
        percent, actual = p.percent.quantity, p.actual.quantity
        if percent.value is None:
            continue
        if actual.state in (State.REDACTED, State.ILLEGIBLE):
            yield Check(Outcome.CANNOT_EVALUATE, p.row, _HIDDEN, published=percent.printed)
        elif actual.state is not State.NOT_REPORTED or (percent.value == 0 and subject.nothing_due(p.row)):
            # A blank actual beside 0 % where nothing was due says just that.
            yield Check(Outcome.HOLDS, p.row)
        else:
            severity = Severity.ERROR if percent.value else Severity.WARNING
            evidence = f"{where(p.row)}: % = {percent.printed}, real = —"
            yield Check(Outcome.FAILS, p.row, _FAILS.format(printed=percent.printed), percent.printed, "", evidence, severity)


_FAILS = Text(
    "Se publica {printed} de ejecución, pero la celda del resultado está en blanco.",
    "{printed} is published, but the cell of the actual is blank.",
)
_HIDDEN = Text("No se puede juzgar: el resultado está omitido o no se lee.", "Cannot be judged: the actual is withheld or illegible.")

RULE = Rule(
    id="ARI003",
    severity=Severity.WARNING,
    title=Text("Porcentaje sin resultado", "Percentage without actual"),
    why=Text(
        "Sin el resultado nadie puede comprobar el porcentaje; un 0 % puede ser un dato que falta.",
        "Without the actual nobody can check the percentage; a 0 % may be missing data.",
    ),
    basis=Text("En blanco no es cero: la celda vacía no informa nada", "Blank is not zero: an empty cell reports nothing"),
    example=Text("Meta del período 5, REAL en blanco, 100 %.", "Period target 5, blank actual, 100 %."),
    check=check,
    needs=(PERCENTAGES,),
)
