"""The scorecard: counts over the document, its sections, units and objectives, and the coverage of each rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ..normalize.arithmetic import BASES
from ..schema.finding import Outcome, ScoreRow
from ..schema.language import Language
from ..schema.plan import Indicator
from .engine import Rule, Tally
from .subject import Subject

MET = 100.0


def scorecard(subject: Subject, rules: Sequence[Rule], tallies: dict[str, Tally], language: Language) -> Iterator[ScoreRow]:
    """One row for the document, each section, unit and objective that has rows, and each rule: what it checked, or why it could not."""
    statuses = {r.sequence: _status(subject, r) for r in subject.own_rows}
    yield _row(subject, statuses, "document", subject.plan.document.name, subject.plan.document.title, subject.own_rows)
    sections = {s.number: s.title for s in subject.plan.sections}
    if len(sections) > 1:
        yield from _groups(subject, statuses, "section", lambda r: (str(r.section), sections.get(r.section, "") or r.lead_unit))
    yield from _groups(subject, statuses, "unit", lambda r: (r.lead_unit_id, r.lead_unit))
    yield from _groups(subject, statuses, "objective", lambda r: (r.objective_id, r.objective))
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


def _groups(subject: Subject, statuses: dict[int, str], scope: str, key: Callable[[Indicator], tuple[str, str]]) -> Iterator[ScoreRow]:
    groups: dict[str, list[Indicator]] = {}
    labels: dict[str, str] = {}
    for row in subject.own_rows:
        identity, label = key(row)
        if identity:
            groups.setdefault(identity, []).append(row)
            labels.setdefault(identity, label)
    for identity, found in groups.items():
        yield _row(subject, statuses, scope, identity, labels[identity], found)


def _row(subject: Subject, statuses: dict[int, str], scope: str, identity: str, label: str, rows: Sequence[Indicator]) -> ScoreRow:
    reporting = any(r.actual is not None or r.percent is not None for r in rows)
    status = Counter(statuses[r.sequence] for r in rows) if reporting else Counter[str]()
    published = [r.percent.value for r in rows if r.percent is not None and r.percent.known and not subject.nothing_due(r)]
    known = [p for p in published if p is not None]
    row = ScoreRow(
        scope=scope,
        id=identity,
        label=label,
        rows=len(rows),
        with_target=sum(1 for r in rows if any(m.measure == "target" and m.quantity.value is not None for m in r.measures)),
        with_actual=sum(1 for r in rows if r.actual is not None and r.actual.value is not None) if reporting else None,
        met=status["met"] if reporting else None,
        partly=status["partly"] if reporting else None,
        not_met=status["not_met"] if reporting else None,
        not_due=status["not_due"] if reporting else None,
        not_evaluable=status["not_evaluable"] if reporting else None,
        with_observation=sum(1 for r in rows if r.observation) if any(r.observable for r in rows) else None,
        share_with_observation=_share(rows),
        mean_percent=_mean(known),
    )
    return row.model_copy(update=_executions(subject, rows))


def _share(rows: Sequence[Indicator]) -> float | None:
    observable = [r for r in rows if r.observable]
    return round(100 * sum(1 for r in observable if r.observation) / len(observable), 2) if observable else None


def _executions(subject: Subject, rows: Sequence[Indicator]) -> dict[str, float | None]:
    """The mean execution under each standard formula, each row as it is and none above 100."""
    found: dict[str, float | None] = {}
    reported = [p for r in rows if (p := subject.by_row.get(r.sequence)) is not None]
    so_far = [subject.so_far(p) for p in reported]
    for basis in BASES:
        exact = [subject.exact(p, basis) for p in (reported if basis == "period" else so_far)]
        known = [value for value in exact if value is not None]
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
