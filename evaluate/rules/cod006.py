"""COD006: a code stands out of the order of its series."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from ...normalize.codes import parse_code
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Kind
from ..engine import Check, Rule
from ..needs import CODES
from ..subject import Subject, where

_MIN_LENGTH = 3
_FEW = 3
"""One row in so many may stand out of order; more, and the document orders its rows by something else."""
_MAX_NUMBER = 1000


def check(subject: Subject) -> Iterator[Check]:
    series: dict[tuple[object, ...], list[tuple[Indicator, int]]] = {}
    for row in subject.plan.indicators:
        if row.restated or row.kind is Kind.TOTAL or not row.code_printed:
            continue
        code = parse_code(row.code_printed)
        if code is not None and code.path[-1] < _MAX_NUMBER:
            key = (row.section, row.objective_code, row.lead_unit_id, row.kind is Kind.HEADING, code.prefix, code.path[:-1])
            series.setdefault(key, []).append((row, code.path[-1]))
    for rows in series.values():
        if len(rows) < _MIN_LENGTH:
            continue
        misplaced = _out_of_order([n for _, n in rows])
        if len(misplaced) * _FEW > len(rows):
            continue
        for i, (row, _) in enumerate(rows):
            if i not in misplaced:
                yield Check(Outcome.HOLDS, row)
                continue
            near = rows[i - 1][0] if i else rows[1][0]
            message = (_AFTER if i else _BEFORE).format(code=row.code_printed, other=near.code_printed)
            yield Check(Outcome.FAILS, row, message, row.code_printed, "", f"{where(near)} / {where(row)}")


def _out_of_order(numbers: list[int]) -> set[int]:
    """The places of the fewest numbers without which the others do not fall."""
    tails: list[int] = []
    places: list[int] = []
    previous: list[int] = []
    for i, number in enumerate(numbers):
        at = bisect_right(tails, number)
        previous.append(places[at - 1] if at else -1)
        if at == len(tails):
            tails.append(number)
            places.append(i)
        else:
            tails[at], places[at] = number, i
    kept, i = set(), places[-1]
    while i >= 0:
        kept.add(i)
        i = previous[i]
    return set(range(len(numbers))) - kept


_AFTER = Text("El código {code} está después de {other}: fuera de orden.", "Code {code} stands after {other}: out of order.")
_BEFORE = Text("El código {code} está antes de {other}: fuera de orden.", "Code {code} stands before {other}: out of order.")

RULE = Rule(
    id="COD006",
    severity=Severity.NOTE,
    title=Text("Código fuera de orden", "Code out of order"),
    why=Text(
        "Una fila fuera de orden suele ser una acción movida o un número mal escrito.",
        "A row out of order is mostly an action that was moved, or a number mistyped.",
    ),
    basis=Text(
        "Series de tres códigos o más de una unidad y objetivo que difieren en su último número; callada si uno de cada tres se aparta",
        "Series of three codes or more of one unit and objective that differ in their last number; silent where one in three departs",
    ),
    example=Text("AO.6.1., AO.6.3., AO.6.2., AO.6.4.", "AO.6.1., AO.6.3., AO.6.2., AO.6.4."),
    check=check,
    needs=(CODES,),
)
