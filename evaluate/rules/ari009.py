"""ARI009: the target and the actual of a rate are printed on different scales: 0.9 beside 92."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Measure, MeasureKind
from ...schema.quantity import Quantity
from ..engine import Check, Rule
from ..needs import ACTUALS, TARGETS
from ..subject import Subject, where

# A percentage above this beside a part of one is another scale, whatever was executed.
_PERCENT = 10.0


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        if row.unit_code != "percent":
            continue
        pair = _pair(row)
        if pair is None:
            continue
        target, actual = pair
        if not (target.known and actual.known):
            yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL, actual.printed)
        elif _part_of_one(target, actual) or _part_of_one(actual, target):
            message = _FAILS.format(target=target.printed, actual=actual.printed)
            yield Check(Outcome.FAILS, row, message, actual.printed, "", f"{where(row)}: {target.printed} / {actual.printed}")
        else:
            yield Check(Outcome.HOLDS, row)


def _pair(row: Indicator) -> tuple[Quantity, Quantity] | None:
    """The actual of the reported period and the target of the same period, else the annual one."""
    actual = row.actual
    target = row.period_target or row.annual_target or next(_targets(row), None)
    if actual is None or target is None or actual.value is None or target.value is None:
        return None
    return target, actual


def _targets(row: Indicator) -> Iterator[Quantity]:
    return (m.quantity for m in row.measures if _is_target(m))


def _is_target(measure: Measure) -> bool:
    return measure.measure is MeasureKind.TARGET and measure.quantity.value is not None


def _part_of_one(small: Quantity, large: Quantity) -> bool:
    """True where one is printed as a part of one, without a sign of percent, and the other as a percentage."""
    value, other = small.value or 0.0, large.value or 0.0
    return 0 < value <= 1 and "%" not in small.printed and small.decimals > 0 and other >= _PERCENT


_FAILS = Text(
    "La meta está impresa como {target} y el resultado como {actual}: uno parece parte de uno y el otro porcentaje.",
    "The target is printed as {target} and the actual as {actual}: one seems a part of one and the other a percentage.",
)
_DOUBTFUL = Text(
    "No se puede comparar la escala: alguna cifra de la fila es dudosa.",
    "The scale cannot be compared: some figure of the row is doubtful.",
)

RULE = Rule(
    id="ARI009",
    severity=Severity.WARNING,
    title=Text("Meta y resultado en escalas distintas", "Target and actual on different scales"),
    why=Text(
        "Con la meta en 0.9 y el resultado en 92, la división da diez mil por ciento y la fila no dice qué se logró.",
        "With a target of 0.9 and an actual of 92 the division gives ten thousand percent, and the row does not say what was achieved.",
    ),
    basis=Text(
        "Filas cuya unidad es porcentaje: una cifra entre 0 y 1 con decimales y sin signo, y otra de 10 o más",
        "Rows whose unit is a percentage: one figure between 0 and 1 with decimals and no sign, another of 10 or more",
    ),
    example=Text("Meta 0.90, resultado 92 %.", "Target 0.90, actual 92 %."),
    check=check,
    needs=(TARGETS, ACTUALS),
)
