"""ARI004: the actuals of months or quarters add up to the accumulated actual of their row."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ...schema.plan import MeasureKind
from ..engine import Check, Rule
from ..needs import ACTUALS
from ..subject import Subject
from ..sums import check_sums, sums


def check(subject: Subject) -> Iterator[Check]:
    found = sums(subject.rows, MeasureKind.ACTUAL, lambda m: True)
    yield from check_sums(subject, found, MeasureKind.ACTUAL, _FAILS, _DOUBTFUL, _RATE, blank_is_nothing=False)


_FAILS = Text(
    "El resultado acumulado impreso es {printed}, pero los de sus períodos suman {total}.",
    "The accumulated actual is printed as {printed}, but those of its periods add up to {total}.",
)
_DOUBTFUL = Text(
    "No se puede sumar: algún resultado de la fila es dudoso, está omitido o no se informa.",
    "Cannot be added: some actual of the row is doubtful, withheld or not reported.",
)
_RATE = Text(
    "No se puede juzgar: los resultados por período no suman el acumulado, pero este puede ser una tasa, un promedio o el último valor.",
    "Cannot be judged: the actuals by period do not add up to the accumulated one, which may be a rate, a mean or the last value.",
)

RULE = Rule(
    id="ARI004",
    severity=Severity.ERROR,
    title=Text("Los resultados por período suman el acumulado", "The actuals by period add up to the accumulated one"),
    why=Text(
        "El porcentaje sale del acumulado: si los meses o trimestres no lo suman, uno de los dos informa otra cosa.",
        "The percentage comes from the accumulated figure: if months or quarters do not give it, one of the two reports something else.",
    ),
    basis=Text(
        "Aritmética de la propia fila; es error donde la mayoría de las filas del documento sí suman",
        "Arithmetic of the row itself; an error where most rows of the document do add up",
    ),
    example=Text("Resultados mensuales 0, 0, 1, 0, 0 y 2, acumulado 1.", "Monthly actuals 0, 0, 1, 0, 0 and 2, accumulated 1."),
    check=check,
    needs=(ACTUALS,),
)
