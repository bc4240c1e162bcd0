"""ARI011: an accumulated actual is smaller than the actual of one of its periods."""

from __future__ import annotations

from collections.abc import Iterator

from ...normalize.arithmetic import parts_of
from ...schema.by_row import by_row
from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator, Measure, MeasureKind
from ..engine import Check, Rule
from ..needs import ACTUALS
from ..subject import Subject, read_twice, where


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.rows:
        pair = _widest(row)
        if pair is None:
            continue
        whole, part = pair
        if not (whole.quantity.known and part.quantity.known):
            yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL, whole.quantity.printed)
            continue
        value, own = whole.quantity.value or 0.0, part.quantity.value or 0.0
        if own <= value or own < 0 or value < 0 or row.unit_code == "percent":
            yield Check(Outcome.HOLDS, row)
            continue
        message = _FAILS.format(whole=whole.quantity.printed, part=part.quantity.printed)
        evidence = f"{where(row)}: {number(own)} > {number(value)}"
        yield Check(Outcome.FAILS, row, message, whole.quantity.printed, f">= {number(own)}", evidence, note=read_twice(row))


@by_row
def _widest(row: Indicator) -> tuple[Measure, Measure] | None:
    """The longest of the row's periods with a printed actual and the largest actual of a shorter period inside it."""
    actuals = [m for m in row.measures if m.measure is MeasureKind.ACTUAL and m.months is not None and m.quantity.value is not None]
    whole = max(actuals, key=_length, default=None)
    if whole is None or whole.months is None or parts_of(row.measures, MeasureKind.ACTUAL, whole.months):
        return None  # where the parts make up the whole period, ARI004 adds them
    first, last = whole.months
    inside = [m for m in actuals if m.months and first <= m.months[0] and m.months[1] <= last and _length(m) < _length(whole)]
    part = max(inside, key=lambda m: m.quantity.value or 0.0, default=None)
    return None if part is None else (whole, part)


def _length(measure: Measure) -> int:
    return measure.months[1] - measure.months[0] if measure.months else -1


_FAILS = Text(
    "El acumulado impreso es {whole}, menos que lo informado en uno solo de sus períodos: {part}.",
    "The accumulated figure is printed as {whole}, less than what one of its periods alone reports: {part}.",
)
_DOUBTFUL = Text("No se puede comparar: algún resultado de la fila es dudoso.", "Cannot be compared: some actual of the row is doubtful.")

RULE = Rule(
    id="ARI011",
    severity=Severity.WARNING,
    title=Text("Acumulado menor que una de sus partes", "Accumulated figure below one of its parts"),
    why=Text(
        "Un acumulado no puede bajar de lo que ya informó uno de sus períodos, salvo que sea un promedio o el último valor.",
        "What is accumulated cannot be less than one of its periods has reported, unless it is a mean or the last value.",
    ),
    basis=Text(
        "Cantidades que se acumulan por suma; tasas y porcentajes quedan fuera",
        "Amounts that accumulate by sum; rates and percentages are left out",
    ),
    example=Text("Tercer trimestre 5, enero a septiembre 3.", "Third quarter 5, January to September 3."),
    check=check,
    needs=(ACTUALS,),
)
