"""ARI013: a target in percent is off the scale of percentages: 0.85 among 90 and 95, or 190 % of fulfilment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...normalize.folding import unaccented
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, MeasureKind
from ...schema.quantity import Quantity
from ..engine import Check, Rule
from ..needs import TARGETS
from ..subject import Subject, where
from ..wordings import load

_WHOLE, _PERCENT = 100.0, 10.0
_SOME = 2
"""Other targets in percent that show how the document prints them."""


def check(subject: Subject) -> Iterator[Check]:
    found = [(r, q) for r in subject.own_rows if r.unit_code == "percent" for q in _targets(r)]
    usual = [q for _, q in found if q.known and (q.value or 0) >= _PERCENT]
    said: set[int] = set()
    for row, target in found:
        if row.sequence in said:
            continue
        message = _message(row, target, usual)
        if not target.known:
            said.add(row.sequence)
            yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL, target.printed)
        elif message is not None:
            said.add(row.sequence)
            shown = message.format(target=target.printed, unit=row.unit_of_measure)
            severity = None if _of_whole(row) else Severity.NOTE
            yield Check(Outcome.FAILS, row, shown, target.printed, "", where(row), severity)
        else:
            yield Check(Outcome.HOLDS, row)


def _targets(row: Indicator) -> list[Quantity]:
    return [m.quantity for m in row.measures if m.measure is MeasureKind.TARGET and m.quantity.value is not None]


def _message(row: Indicator, target: Quantity, usual: list[Quantity]) -> Text | None:
    value = target.value or 0.0
    if value > _WHOLE and _of_whole(row):
        return _ABOVE
    if 0 < value <= 1 and target.decimals > 0 and "%" not in target.printed and len(usual) >= _SOME:
        # A rate of errors or losses may well be of less than one percent.
        return _PART
    return None


def _of_whole(row: Indicator) -> bool:
    return _pattern().search(unaccented(row.unit_of_measure)) is not None


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(load("units")["of_whole"])


_ABOVE = Text(
    "La meta es {target} y la unidad «{unit}»: de un todo no se puede cumplir más del 100 %.",
    "The target is {target} and the unit “{unit}”: of a whole no more than 100 % can be fulfilled.",
)
_PART = Text(
    "La meta está impresa como {target} con la unidad «{unit}», y las demás metas en porcentaje van de 10 a 100: parece parte de uno.",
    "The target is printed as {target} with the unit “{unit}”, the other targets in percent run from 10 to 100: it seems a part of one.",
)
_DOUBTFUL = Text("No se puede juzgar la escala: la meta es dudosa.", "The scale cannot be judged: the target is doubtful.")

RULE = Rule(
    id="ARI013",
    severity=Severity.WARNING,
    title=Text("Metas en porcentaje dentro de su escala", "Targets in percent within their scale"),
    why=Text(
        "Una meta de 190 % de cumplimiento no se puede alcanzar, y una de 0.85 se da por cumplida cien veces.",
        "A target of 190 % of fulfilment cannot be reached, and one of 0.85 is taken for reached a hundred times over.",
    ),
    basis=Text(
        "Filas cuya unidad es un porcentaje: metas sobre 100 donde es parte de un todo (wordings/units.yaml), y metas de 0 a 1 sin signo "
        "entre otras de 10 o más; nota donde la unidad no dice de qué todo",
        "Rows whose unit is a percentage: targets above 100 where it is a part of a whole (wordings/units.yaml), and targets from 0 to 1 "
        "without a sign among others of 10 or more; a note where the unit does not say of what whole",
    ),
    example=Text("«% DE CUMPLIMIENTO: 190%».", "“% DE CUMPLIMIENTO: 190%”."),
    check=check,
    needs=(TARGETS,),
)
