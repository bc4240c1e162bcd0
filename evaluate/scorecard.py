"""The scorecard: counts over the document, its sections, units and objectives, and the coverage of each rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..normalize.arithmetic import BASES
from ..schema.finding import Outcome, ScoreRow
from ..schema.language import Language
from ..schema.plan import Indicator, MeasureKind
from .engine import Rule, Tally
from .subject import Subject

MET = 100.0


@dataclass(frozen=True, slots=True)
class _Told:
    """What one row adds to the counts of each scope that it is in. ``percent`` is its published one, where something was due."""

    row: Indicator
    status: str
    reports: bool
    with_target: bool
    with_actual: bool
    percent: float | None
    executions: dict[str, float | None]
    """Under each standard formula, unrounded."""


def scorecard(subject: Subject, rules: Sequence[Rule], tallies: dict[str, Tally], language: Language) -> Iterator[ScoreRow]:
    """One row for the document, each section, unit and objective that has rows, and each rule: what it checked, or why it could not."""
    told = [_told(subject, row) for row in subject.own_rows]
    yield _row("document", subject.plan.document.name, subject.plan.document.title, told)
    sections = {s.number: s.title for s in subject.plan.sections}
    if len(sections) > 1:
        yield from _groups(told, "section", lambda r: (str(r.section), sections.get(r.section, "") or r.lead_unit))
    yield from _groups(told, "unit", lambda r: (r.lead_unit_id, r.lead_unit))
    yield from _groups(told, "objective", lambda r: (r.objective_id, r.objective))
    for rule in rules:
        tally = tallies.get(rule.id, Tally())
        count = tally.counts
        if count or tally.lacking:
            yield ScoreRow(
                scope="rule",
                id=rule.id,
                label=rule.title.get(language),
                holds=count[Outcome.HOLDS],
                fails=count[Outcome.FAILS],
                cannot_evaluate=count[Outcome.CANNOT_EVALUATE] or int(tally.lacking is not None),
                reason=tally.lacking.get(language) if tally.lacking else "",
            )


def _told(subject: Subject, row: Indicator) -> _Told:
    actual, percent, percentage = row.actual, row.percent, subject.by_row.get(row.sequence)
    executions: dict[str, float | None] = {}
    if percentage is not None:
        so_far = subject.so_far(percentage)
        executions = {basis: subject.exact(percentage if basis == "period" else so_far, basis) for basis in BASES}
    return _Told(
        row=row,
        status=_status(subject, row),
        reports=actual is not None or percent is not None,
        with_target=any(m.measure is MeasureKind.TARGET and m.quantity.value is not None for m in row.measures),
        with_actual=actual is not None and actual.value is not None,
        percent=percent.value if percent is not None and percent.known and not subject.nothing_due(row) else None,
        executions=executions,
    )


def _groups(told: Sequence[_Told], scope: str, key: Callable[[Indicator], tuple[str, str]]) -> Iterator[ScoreRow]:
    groups: dict[str, list[_Told]] = {}
    labels: dict[str, str] = {}
    for one in told:
        identity, label = key(one.row)
        if identity:
            groups.setdefault(identity, []).append(one)
            labels.setdefault(identity, label)
    for identity, found in groups.items():
        yield _row(scope, identity, labels[identity], found)


def _row(scope: str, identity: str, label: str, told: Sequence[_Told]) -> ScoreRow:
    reporting = any(t.reports for t in told)
    status = Counter(t.status for t in told) if reporting else Counter[str]()
    observable = [t.row for t in told if t.row.observable]
    return ScoreRow(
        scope=scope,
        id=identity,
        label=label,
        rows=len(told),
        with_target=sum(t.with_target for t in told),
        with_actual=sum(t.with_actual for t in told) if reporting else None,
        met=status["met"] if reporting else None,
        partly=status["partly"] if reporting else None,
        not_met=status["not_met"] if reporting else None,
        not_due=status["not_due"] if reporting else None,
        not_evaluable=status["not_evaluable"] if reporting else None,
        with_observation=sum(1 for t in told if t.row.observation) if observable else None,
        share_with_observation=round(100 * sum(1 for r in observable if r.observation) / len(observable), 2) if observable else None,
        mean_percent=_mean([t.percent for t in told if t.percent is not None]),
        **_executions(told),
    )


def _executions(told: Sequence[_Told]) -> dict[str, Any]:
    """The mean execution under each standard formula, each row as it is and none above 100."""
    found: dict[str, Any] = {}
    for basis in BASES:
        known = [value for t in told if (value := t.executions.get(basis)) is not None]
        found[f"execution_{basis}"] = _mean(known)
        found[f"execution_{basis}_capped"] = _mean([min(value, MET) for value in known])
    return found


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 2) if values else None


def _status(subject: Subject, row: Indicator) -> str:
    """met (100 % or more), partly, not_met (0), not_due, or not_evaluable; facts without any traffic light."""
    execution = subject.execution(row)
    if execution is None:
        return "not_due" if subject.nothing_due(row) else "not_evaluable"
    if not subject.directed(row):
        # Where less is better, the target is met by no more than it; how near it came, nobody says.
        return "met" if execution <= MET else "partly"
    return "met" if execution >= MET else "partly" if execution > 0 else "not_met"
