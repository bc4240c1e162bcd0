"""Series of codes: rows of one section whose codes differ in their last number only."""

from __future__ import annotations

from ..normalize.codes import parse_code
from ..schema.plan import Indicator, Kind, Plan

MIN_LENGTH = 2


def series(plan: Plan) -> list[list[tuple[Indicator, int]]]:
    """Each series of two rows or more, ordered by the last number, every number once.

    Headings are left out: a plan may take any of the actions of a longer strategic plan.
    """
    found: dict[tuple[object, ...], dict[int, Indicator]] = {}
    for row in plan.indicators:
        if row.restated or row.kind in (Kind.HEADING, Kind.TOTAL) or not row.code_printed:
            continue
        code = parse_code(row.code_printed)
        if code is not None and code.path[-1] < 1000:
            found.setdefault((row.section, code.prefix, code.path[:-1]), {}).setdefault(code.path[-1], row)
    return [[(numbers[n], n) for n in sorted(numbers)] for numbers in found.values() if len(numbers) >= MIN_LENGTH]
