"""PRO012: where less seems better, the actual is above its target."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator, MeasureKind
from ...schema.quantity import Quantity
from ..engine import Check, Rule
from ..hypotheses import seems_to_decrease
from ..needs import ACTUALS, TARGETS
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        actual = row.actual
        if actual is None or actual.value is None or not seems_to_decrease(row):
            continue
        target = _target(row)
        if target is None or not (actual.known and target.known):
            yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL, actual.printed)
        elif actual.value <= (target.value or 0.0):
            yield Check(Outcome.HOLDS, row)
        else:
            message = (_STATED if row.direction else _FAILS).format(actual=actual.printed, target=target.printed)
            evidence = f"{where(row)}: {number(actual.value)} > {number(target.value or 0.0)}"
            yield Check(Outcome.FAILS, row, message, actual.printed, f"<= {number(target.value or 0.0)}", evidence)


def _target(row: Indicator) -> Quantity | None:
    """The target of the reported period, else the annual one."""
    found = [m for m in row.measures if m.measure is MeasureKind.TARGET and m.quantity.value is not None]
    own = [m.quantity for m in found if m.months == row.reported_months]
    return own[0] if own else row.annual_target if row.annual_target in [m.quantity for m in found] else None


_FAILS = Text(
    "Si menos es mejor, como su nombre hace pensar, no se cumplió: {actual} con una meta de {target}. El documento no dice el sentido.",
    "If less is better, as its name suggests, it was not met: {actual} with a target of {target}. The document does not say which way.",
)
_STATED = Text(
    "Mejora hacia abajo, según el documento, y el resultado ({actual}) queda por encima de la meta ({target}).",
    "It improves downwards, as the document says, and the actual ({actual}) is above the target ({target}).",
)
_DOUBTFUL = Text(
    "No se puede comparar: no hay meta cierta para el período informado.",
    "Cannot be compared: there is no certain target for the reported period.",
)

RULE = Rule(
    id="PRO012",
    severity=Severity.NOTE,
    title=Text("Por encima de la meta donde menos es mejor", "Above target where less is better"),
    why=Text(
        "Días, mora o tiempos de espera por encima de su meta pasan por cumplidos cuando se dividen como una cantidad.",
        "Days, arrears or waiting times above target pass for met when they are divided like an amount.",
    ),
    basis=Text(
        "El sentido que dice el documento; si no, una hipótesis por el nombre (wordings/direction.yaml), y así se dice",
        "The direction that the document states; else a hypothesis by name (wordings/direction.yaml), and so it is said",
    ),
    example=Text("Tiempo de respuesta: meta 10 días, resultado 14.", "Response time: target 10 days, actual 14."),
    check=check,
    needs=(TARGETS, ACTUALS),
)
