"""PER010: a budget or plan of the year under way is to be made when that year is almost over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...normalize.folding import unaccented
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Basis, Indicator, MeasureKind
from ..engine import Check, Rule
from ..needs import TARGETS, YEAR
from ..subject import Subject, where
from ..wordings import load

_SECOND_HALF = 7


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(load("years")[key].format(year=r"(?P<year>20\d\d)"))


def check(subject: Subject) -> Iterator[Check]:
    year = subject.plan.document.year
    if year is None:
        return
    for row in subject.own_rows:
        plain = unaccented(row.name[:1000])
        match = _pattern("thing").search(plain)
        if match is None or not _pattern("made").search(plain) or _pattern("not").search(plain):
            continue
        told = int(match["year"])
        if not year - 1 <= told <= year + 1 and (told < year or sorted(str(told)) == sorted(str(year + 1))):
            evidence = f"{where(row)}: «{row.name[:160]}»"
            yield Check(Outcome.FAILS, row, _FAR.format(thing=match["thing"], told=told, year=year), str(told), str(year + 1), evidence)
            continue
        first = _first_month_due(row)
        if first is None:
            yield Check(Outcome.CANNOT_EVALUATE, row, _WHEN)
        elif int(match["year"]) != year or first < _SECOND_HALF:
            yield Check(Outcome.HOLDS, row)
        else:
            message = _FAILS.format(thing=match["thing"], year=year, month=first)
            yield Check(Outcome.FAILS, row, message, str(year), str(year + 1), f"{where(row)}: «{row.name[:160]}»")


def _first_month_due(row: Indicator) -> int | None:
    """The first month of the first part of the year in which the row programs something; None where it does not say."""
    parts = [
        m for m in row.measures if m.measure is MeasureKind.TARGET and m.basis is Basis.PERIOD and m.months and (m.quantity.value or 0) > 0
    ]
    if not parts or any(m.quantity.value and not m.quantity.known for m in row.measures if m.measure is MeasureKind.TARGET):
        return None
    return min(m.months[0] for m in parts if m.months)


_FAILS = Text(
    "Se programa hacer el {thing} de {year} desde el mes {month} de ese mismo año: en esas fechas se hace el del año siguiente.",
    "The {thing} of {year} is to be made from month {month} of that very year on: at that time the next year's is made.",
)
_FAR = Text(
    "Un documento de {year} programa hacer el {thing} de {told}: parece una errata, o una fila de un plan anterior.",
    "A document of {year} programs to make the {thing} of {told}: it seems a slip, or a row of an earlier plan.",
)
_WHEN = Text(
    "No se puede juzgar: la fila no dice con certeza en qué parte del año se hará.",
    "Cannot be judged: the row does not say with certainty in which part of the year it will be done.",
)

RULE = Rule(
    id="PER010",
    severity=Severity.WARNING,
    title=Text("El presupuesto se hace antes de su año", "The budget is made before its year"),
    why=Text(
        "Suele ser una fila copiada del plan anterior con su año: lo que se hará de verdad queda sin nombre.",
        "It mostly is a row copied from the plan before with its year: what will really be done is left unnamed.",
    ),
    basis=Text(
        "Presupuestos y planes anuales se formulan en el año anterior al suyo; metas solo en el segundo semestre",
        "Budgets and annual plans are made in the year before their own; targets in the second half only",
    ),
    example=Text(
        "Plan 2022, «Presentación del Presupuesto 2022», meta en julio a septiembre.",
        "Plan of 2022, “Presentación del Presupuesto 2022”, target in July to September.",
    ),
    check=check,
    needs=(TARGETS, YEAR),
)
