"""COD006: a code stands out of the order of its series."""

from __future__ import annotations

import re
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
            evidence = f"{where(near)} / {where(row)}"
            wanted = _left_out([n for _, n in rows], i)
            expected = f"{row.code_printed[: _last_number(row.code_printed)]}{wanted}" if wanted else ""
            yield Check(Outcome.FAILS, row, message, row.code_printed, expected, evidence, Severity.WARNING if wanted else None)


def _left_out(numbers: list[int], i: int) -> int:
    """The one number that is missing between the rows before and behind, so that the row's own is surely mistyped; 0 where none is."""
    between = range(numbers[i - 1] + 1, numbers[i + 1]) if 0 < i < len(numbers) - 1 else range(0)
    return between[0] if len(between) == 1 and between[0] not in numbers else 0


def _last_number(code: str) -> int:
    """Where the last number of a code begins."""
    return max((m.start() for m in re.finditer(r"\d+", code)), default=len(code))


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
        "Series de tres códigos o más de una unidad y objetivo que difieren en su último número; callada si uno de cada tres se aparta; "
        "aviso donde falta justo el número que cabe en su lugar",
        "Series of three codes or more of one unit and objective that differ in their last number; silent where one in three departs; "
        "a warning where the very number is missing that fits its place",
    ),
    example=Text("AO.6.1., AO.6.3., AO.6.2., AO.6.4.", "AO.6.1., AO.6.3., AO.6.2., AO.6.4."),
    check=check,
    needs=(CODES,),
)
