"""PRO011: a target of a part of the year is above that of the whole, or a running total of targets falls."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Basis, Indicator, Measure, MeasureKind
from ..engine import Check, Rule
from ..needs import TARGETS
from ..subject import Subject, where
from ..sums import parts_of_year


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        targets = [m for m in row.measures if m.measure is MeasureKind.TARGET and m.months is not None and m.quantity.value is not None]
        if len(targets) < 2 or row.unit_code == "percent" or subject.decreases(row):
            continue
        if not all(m.quantity.known for m in targets):
            yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL)
        elif pair := _falls(targets):
            before, after = pair
            message = _FALLS.format(before=before.quantity.printed, after=after.quantity.printed, until=_until(before), month=_until(after))
            yield Check(Outcome.FAILS, row, message, after.quantity.printed, f">= {before.quantity.printed}", where(row))
        elif pair := _above_year(row, targets):
            part, annual = pair
            message = _ABOVE.format(part=part.quantity.printed, annual=annual.quantity.printed)
            yield Check(Outcome.FAILS, row, message, annual.quantity.printed, f">= {part.quantity.printed}", where(row))
        else:
            yield Check(Outcome.HOLDS, row)


def _falls(targets: list[Measure]) -> tuple[Measure, Measure] | None:
    """Two targets for the year so far of which the later is smaller."""
    running = sorted((m for m in targets if m.basis is Basis.CUMULATIVE and m.months and m.months[0] == 1), key=_until)
    return next(((a, b) for a, b in pairwise(running) if (b.quantity.value or 0.0) < (a.quantity.value or 0.0)), None)


def _above_year(row: Indicator, targets: list[Measure]) -> tuple[Measure, Measure] | None:
    """A part of the year with a target above the annual one, where ARI001 has not all the parts to add."""
    annual = next((m for m in targets if m.basis is Basis.ANNUAL), None)
    if annual is None or annual.quantity.operator == "<=" or parts_of_year(row):
        return None
    part = max((m for m in targets if m.basis is not Basis.ANNUAL), key=lambda m: m.quantity.value or 0.0, default=None)
    return (part, annual) if part is not None and (part.quantity.value or 0.0) > (annual.quantity.value or 0.0) else None


def _until(measure: Measure) -> int:
    return measure.months[1] if measure.months else 0


_ABOVE = Text(
    "La meta de una parte del año es {part}, más que la de todo el año: {annual}.",
    "The target of a part of the year is {part}, more than that of the whole year: {annual}.",
)
_FALLS = Text(
    "La meta acumulada baja: {before} al mes {until} y {after} al mes {month}.",
    "The running target falls: {before} to month {until} and {after} to month {month}.",
)
_DOUBTFUL = Text("No se puede comparar: alguna meta de la fila es dudosa.", "Cannot be compared: some target of the row is doubtful.")

RULE = Rule(
    id="PRO011",
    severity=Severity.WARNING,
    title=Text("Meta que no cabe en el año", "Target that does not fit in the year"),
    why=Text(
        "Lo acumulado no puede bajar ni una parte superar al todo, salvo que la meta sea un nivel y no una cantidad.",
        "What is accumulated cannot fall, nor a part exceed the whole, unless the target is a level and not an amount.",
    ),
    basis=Text(
        "Metas de la propia fila; los porcentajes y lo que mejora hacia abajo quedan fuera",
        "Targets of the row itself; percentages and what improves downwards are left out",
    ),
    example=Text("Meta anual 4, meta del tercer trimestre 6.", "Annual target 4, target of the third quarter 6."),
    check=check,
    needs=(TARGETS,),
)
