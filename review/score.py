"""The scorecard of the report and its charts: each a table whose bars show the figures beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from ..schema.finding import Evaluation, Formula, ScoreRow
from ..schema.language import Language
from ..schema.plan import Indicator, Kind, MeasureKind, Plan
from ..schema.quantity import Quantity, State
from . import words as w
from .show import plain, published

STATES = ("met", "partly", "not_met", "not_due", "not_evaluable")
COUNTS = ("rows", "with_target", "with_actual", *STATES, "with_observation", "mean_percent")
_BINS = ("≤ 0 %", "< 50 %", "50 – < 75 %", "75 – < 100 %", "100 %", "> 100 – 150 %", "> 150 %")
_MOST_GROUPS, _MOST_CLASSES = 30, 6
_SHORT = 15
"""Lines of a scope that are shown at once; more of them open on demand."""
_NOTHING_DUE = (State.BLANK, State.NOT_PROGRAMMED)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its style, how long it is (0 to 100), and the figure as written."""

    css: str
    length: float
    shown: str


@dataclass(frozen=True, slots=True)
class Charts:
    """Progress by quarter, rows by execution, and classes by unit and by objective; empty where the document gives none."""

    quarters: list[tuple[str, list[Bar], int]] = field(default_factory=list)
    bins: list[tuple[str, Bar]] = field(default_factory=list)
    computed: bool = False
    """The document prints no percentages: execution is the actual by the target of the same period."""
    classes: list[str] = field(default_factory=list)
    groups: list[tuple[str, list[tuple[str, list[int]]]]] = field(default_factory=list)
    left: int = 0
    """Units and objectives that are not shown."""


def scorecard(rows: Sequence[ScoreRow], language: Language) -> dict[str, Any]:
    """The lines by scope, and only the columns that any of them fills."""
    if not any(s.with_target or s.with_actual for s in rows):
        rows = []  # nothing that could be met
    used = [c for c in COUNTS if any(getattr(s, c) is not None for s in rows)]
    scopes = [
        {"name": w.word(w.SCOPES, scope, language), "lines": lines, "short": len(lines) <= _SHORT}
        for scope, lines in ((scope, [_score(s, used, language) for s in found]) for scope, found in groupby(rows, lambda s: s.scope))
    ]
    return {"columns": [(c, w.WORDS[c].get(language)) for c in used], "scopes": scopes, "bars": any(c in used for c in STATES)}


def _score(row: ScoreRow, used: Iterable[str], language: Language) -> dict[str, Any]:
    bars = [(c, getattr(row, c)) for c in STATES if getattr(row, c)]
    return {"label": published(row.label or row.id, language), "figures": [decimal(getattr(row, c)) for c in used], "bars": bars}


def decimal(value: float | None) -> str:
    return plain(value if value is None else round(value, 1))


def charts(plan: Plan, evaluation: Evaluation, language: Language) -> Charts:
    """The charts of the rows that the document reports itself: no headings, totals or repeated rows."""
    rows = [r for r in plan.indicators if r.kind not in (Kind.HEADING, Kind.TOTAL) and not r.restated]
    values, computed = _executions(rows, evaluation.formula)
    classes = _classes(rows, evaluation)
    groups, left = _groups(rows, plan, classes, language) if classes else ([], 0)
    return Charts(_quarters(rows), _binned(values), computed, classes, groups, left)


# Progress by quarter


def _quarters(rows: Sequence[Indicator]) -> list[tuple[str, list[Bar], int]]:
    """For the end of each quarter: mean target and mean actual to date, in percent of the annual target, and of how many rows.

    Both are means of the same rows: those that report to that day, else all whose quarters add up to their year.
    """
    found = [(r, shares) for r in rows if (shares := _programme(r)) is not None]
    out: list[tuple[str, list[Bar], int]] = []
    for k in range(4) if found else ():
        done = [(sum(shares[: k + 1]), actual) for r, shares in found if (actual := _to_date(r, k)) is not None]
        planned = [p for p, _ in done] or [sum(shares[: k + 1]) for _, shares in found]
        bars = [_share("planned", sum(planned) / len(planned))]
        if done:
            bars.append(_share("actual", sum(a for _, a in done) / len(done)))
        out.append((str(k + 1), bars, len(planned)))
    return out


def _share(css: str, value: float) -> Bar:
    return Bar(css, max(0.0, min(100 * value, 100.0)), f"{decimal(100 * value)} %")


def _programme(row: Indicator) -> list[float] | None:
    """The shares of the annual target that its four quarters are; None where they do not add up to it."""
    annual = row.annual_target
    if annual is None or not annual.known or (annual.value or 0) <= 0 or None in row.quarter_targets:
        return None
    values = [_due(q) for q in row.quarter_targets]
    if any(v is None for v in values):
        return None
    known = [v or 0.0 for v in values]
    year = annual.value or 0.0
    return [v / year for v in known] if abs(sum(known) - year) <= 0.005 * year else None


def _due(quantity: Quantity | None) -> float | None:
    if quantity is None:
        return None
    return 0.0 if quantity.state in _NOTHING_DUE else quantity.value if quantity.known else None


def _to_date(row: Indicator, quarter: int) -> float | None:
    """What was done up to the end of a quarter (0 to 3), as a share of the annual target; None where it is not told."""
    actuals = {m.months: m.quantity.value for m in row.measures if m.measure is MeasureKind.ACTUAL and m.quantity.known}
    whole = actuals.get((1, 3 * quarter + 3))
    parts = [actuals.get((3 * k + 1, 3 * k + 3)) for k in range(quarter + 1)]
    done = whole if whole is not None else sum(p for p in parts if p is not None) if None not in parts else None
    year = row.annual_target.value if row.annual_target else None
    return done / year if done is not None and year else None


# Execution


def _executions(rows: Iterable[Indicator], formula: Formula | None) -> tuple[list[float], bool]:
    """The percentages of the rows: as printed, or where none is, the actual by the target of the same period."""
    factor = 100.0 if formula is not None and formula.fraction else 1.0
    rows = list(rows)
    printed = [factor * r.percent.value for r in rows if r.percent is not None and r.percent.known and r.percent.value is not None]
    if printed:
        return printed, False
    pairs = [(r.actual, r.period_target) for r in rows]
    return [
        100 * a.value / t.value
        for a, t in pairs
        if a is not None and t is not None and a.known and t.known and a.value is not None and t.value and t.operator == "="
    ], True


def _binned(values: Sequence[float]) -> list[tuple[str, Bar]]:
    """How many percentages each bin has."""
    if not values:
        return []
    found = Counter(map(_bin, values))
    most = max(found.values())
    return [(name, Bar("count", 100 * found[k] / most, str(found[k]))) for k, name in enumerate(_BINS)]


def _bin(value: float) -> int:
    inside = (value <= 0, value < 50, value < 75, value < 100, value == 100, value <= 150, True)
    return inside.index(True)


# Classes


def _classes(rows: Iterable[Indicator], evaluation: Evaluation) -> list[str]:
    """The classes that the rows are published in: in order of their limits, the best first; others by how many rows have them."""
    counts = Counter(r.class_id for r in rows if r.class_id)
    order = {c.id: -(c.lower if c.lower is not None else float("-inf")) for c in evaluation.limits}
    return sorted(counts, key=lambda c: (order.get(c, float("inf")), -counts[c], c))[:_MOST_CLASSES]


def _groups(
    rows: Sequence[Indicator], plan: Plan, classes: Sequence[str], language: Language
) -> tuple[list[tuple[str, list[tuple[str, list[int]]]]], int]:
    names = {o.code: o.text for o in plan.objectives}
    by_unit = _counted(((r.lead_unit or r.responsible_unit, r.class_id) for r in rows), classes)
    by_objective = _counted(((names.get(r.objective_code, "") or r.objective or r.objective_code, r.class_id) for r in rows), classes)
    found: Mapping[str, dict[str, list[int]]] = {"lead_unit": by_unit, "objective": by_objective}
    groups = [
        (w.word(w.SCOPES, scope, language), [(published(name, language, 120), of) for name, of in list(lines.items())[:_MOST_GROUPS]])
        for scope, lines in found.items()
        if lines
    ]
    return groups, sum(max(0, len(lines) - _MOST_GROUPS) for lines in found.values())


def _counted(pairs: Iterable[tuple[str, str]], classes: Sequence[str]) -> dict[str, list[int]]:
    """For each name, in order of the document, how many rows of each class."""
    out: dict[str, list[int]] = {}
    for name, of in pairs:
        if name and of in classes:
            out.setdefault(name, [0] * len(classes))[classes.index(of)] += 1
    return out
