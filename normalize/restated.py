"""Tables that repeat rows which the document already reported, such as the justification tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz

from ..extract.raw import TextBlock
from ..schema.plan import MeasureKind
from .draft import Draft
from .folding import fold
from .lexicon import load

_SAME_NAME = 85.0
_TITLE_LINES = 8
# Rows of the same figures that a row is compared with; figures that recur more often tell no row apart.
_MAX_ALIKE = 25
_MAX_NAME = 400


@cache
def _titles() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(t, re.I) for t in load("classes").get("restated_titles", ()))


def is_restatement_title(blocks: Sequence[TextBlock]) -> bool:
    """True where one of the last lines above a table says that it justifies rows of others."""
    return any(p.match(b.text) for b in blocks[-_TITLE_LINES:] for p in _titles())


def mark_repeated_tables(drafts: Sequence[Draft]) -> None:
    """Marks a table as restated where most of its rows repeat name and figures of rows of earlier tables."""
    seen: dict[tuple[float | None, ...], list[Draft]] = {}
    by_table: dict[int, list[Draft]] = {}
    for d in drafts:
        by_table.setdefault(d.table, []).append(d)
    for rows in by_table.values():
        if not any(d.restated for d in rows) and len(rows) >= 2:
            repeats = sum(1 for d in rows if d.code is None and any(_same(d, o) for o in seen.get(_figures(d), ())))
            if repeats > len(rows) / 2:
                for d in rows:
                    d.restated = True
        for d in rows:
            if not d.restated and len([v for v in _figures(d) if v]) >= 2:
                alike = seen.setdefault(_figures(d), [])
                if len(alike) < _MAX_ALIKE:
                    alike.append(d)


def _figures(draft: Draft) -> tuple[float | None, ...]:
    kinds = (MeasureKind.TARGET, MeasureKind.ACTUAL, MeasureKind.PERCENT)
    return tuple(m.quantity.value for m in draft.measures if m.measure in kinds)


def _same(a: Draft, b: Draft) -> bool:
    return a.section == b.section and fuzz.ratio(fold(a.name[:_MAX_NAME]), fold(b.name[:_MAX_NAME])) >= _SAME_NAME
