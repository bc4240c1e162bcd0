"""Tables whose header names another part of the year than their percentages are of: what these are held against is the document's."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from operator import attrgetter

from ..schema.plan import Indicator, Plan
from .formula import ESTABLISHED_ROWS, established, find_formula, published

# A header is wrong where its rows disagree, all but this share, and most of them agree under the period of the other tables.
_FEW, _MOST = 0.34, 0.6
_SEQUENCE = attrgetter("sequence")
_Months = tuple[int, int]


def misheaded(plan: Plan) -> Mapping[int, _Months]:
    """By row, the months that the percentages of a table with a wrong header are of; PER001 says the header once.

    Only where the other tables, which report the document's period, establish its formula by themselves.
    """
    end = plan.document.period_end
    if end is None:
        return {}
    rows = [r for r in plan.indicators if r.reported_months is not None]
    usual = [r for r in rows if r.reported_months and r.reported_months[1] == end.month]
    tables = [
        rows[bisect_left(rows, t.sequences[0], key=_SEQUENCE) : bisect_right(rows, t.sequences[1], key=_SEQUENCE)]
        for t in plan.tables
        if t.sequences
    ]
    others = [own for own in tables if own and all(r.reported_months and r.reported_months[1] != end.month for r in own)]
    if not usual or not others:
        return {}
    formula, (first, _) = find_formula(published(usual), plan.document.percent_cap), usual[0].reported_months or (1, 12)
    if formula is None or formula.basis == "annual" or not established(formula):
        return {}
    found: dict[int, _Months] = {}
    for own in others:
        meant = {r.sequence: (first, end.month) for r in own}
        as_headed, as_meant = ([p.follows(formula) for p in published(own, months) if p.certain] for months in ({}, meant))
        if sum(as_headed) <= _FEW * len(as_headed) and sum(as_meant) >= max(ESTABLISHED_ROWS, _MOST * len(as_meant)):
            found.update(meant)
    return found


def as_reported(row: Indicator, months: Mapping[int, _Months]) -> _Months | None:
    """The months that a row reports: its header's, or those that the header should name."""
    return months.get(row.sequence, row.reported_months)
