"""ARI014: a weighted result is the weight times the percentage, as on most rows of the document."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import MeasureKind
from ..engine import Check, Rule
from ..needs import PERCENTAGES, WEIGHTED, WEIGHTS
from ..subject import Subject, where
from ..weighted import products


def check(subject: Subject) -> Iterator[Check]:
    found = products(subject.own_rows, subject.execution)
    if found is None:
        rows = [r for r in subject.own_rows if r.figure(MeasureKind.WEIGHTED) is not None]
        if rows:
            yield Check(Outcome.CANNOT_EVALUATE, rows[0], _UNKNOWN, "", "", where(rows[0]))
        return
    for p in found:
        if p.holds:
            yield Check(Outcome.HOLDS, p.row)
            continue
        shown = f"{p.weight.printed} × {p.percent.printed} = {number(round(p.value, 4))}"
        message = _FAILS.format(printed=p.printed.printed, shown=shown)
        yield Check(Outcome.FAILS, p.row, message, p.printed.printed, number(round(p.value, 4)), f"{where(p.row)}: {shown}")


_FAILS = Text(
    "El avance ponderado impreso es {printed}, y su peso por su porcentaje da otra cosa: {shown}.",
    "The weighted progress printed is {printed}, and its weight times its percentage gives something else: {shown}.",
)
_UNKNOWN = Text(
    "No se puede juzgar: el peso por el porcentaje no da el avance ponderado en la mayoría de las filas.",
    "Cannot be judged: weight times percentage does not give the weighted progress on most rows.",
)

RULE = Rule(
    id="ARI014",
    severity=Severity.WARNING,
    title=Text("El avance ponderado es el peso por el porcentaje", "Weighted progress is weight times percentage"),
    why=Text(
        "El avance global del plan es la suma de los ponderados: uno errado lo altera sin que se note en la fila.",
        "The overall progress of a plan is the sum of the weighted ones: a wrong one changes it without showing in its row.",
    ),
    basis=Text(
        "Peso × porcentaje (impreso o sin redondear, con tope de 100 o sin él, sobre 100 o sobre 1), como en tres filas o más y tres de "
        "cada cuatro",
        "Weight × percentage (as printed or unrounded, capped at 100 or not, of 100 or of 1), as on three rows or more and three of "
        "every four",
    ),
    example=Text("Peso 10 %, logro 86.7 %, avance ponderado 7.67 %.", "Weight 10 %, achieved 86.7 %, weighted progress 7.67 %."),
    check=check,
    needs=(WEIGHTS, PERCENTAGES, WEIGHTED),
)
