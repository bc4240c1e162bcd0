"""The rule engine: what a rule is, what it may look at, and how its outcomes become findings and counts."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules

from ..schema.finding import Finding, Formula, Outcome, Severity
from ..schema.language import Language, Text
from ..schema.place import NOWHERE, Place
from ..schema.plan import ClassLimit, Indicator, Kind, Level, Plan
from . import rules as _rules_folder
from .formula import Percentage, published
from .profile import Profile

_NO_MESSAGE = Text("", "")


@dataclass(frozen=True, slots=True)
class Check:
    """One outcome of a rule on one row (or on the document, with no row)."""

    outcome: Outcome
    row: Indicator | None = None
    message: Text = _NO_MESSAGE
    published: str = ""
    expected: str = ""
    evidence: str = ""
    severity: Severity | None = None
    """Where the case weighs other than the rule's own severity."""
    place: Place | None = None
    """Where no row is meant."""
    note: Text = _NO_MESSAGE
    """Words behind the evidence."""


@dataclass(frozen=True)
class Subject:
    """What a rule looks at: the plan, its formula, the class limits in force and the profile."""

    plan: Plan
    profile: Profile
    formula: Formula | None
    formula_sure: bool
    limits: tuple[ClassLimit, ...]

    @cached_property
    def rows(self) -> list[Indicator]:
        """Rows that report or plan something: no headings, no totals."""
        return [i for i in self.plan.indicators if i.kind not in (Kind.HEADING, Kind.TOTAL)]

    @cached_property
    def own_rows(self) -> list[Indicator]:
        """The rows without those that only repeat others."""
        return [i for i in self.rows if not i.restated]

    @cached_property
    def percentages(self) -> list[Percentage]:
        return published(self.rows)

    @cached_property
    def by_row(self) -> dict[int, Percentage]:
        """The percentage of the reported period of each row, by its sequence."""
        return {p.row.sequence: p for p in self.percentages if p.percent.months == p.row.reported_months}

    def execution(self, row: Indicator) -> float | None:
        """The row's execution in percent, unrounded, under the document's formula; None where it cannot be told."""
        percentage = self.by_row.get(row.sequence)
        if percentage is None or self.formula is None or percentage.at_most(self.formula.basis):
            return None
        return percentage.exact(self.formula.basis)

    def arithmetic(self, row: Indicator) -> str:
        """Where the row stands and how its execution is computed, as evidence."""
        percentage = self.by_row.get(row.sequence)
        shown = percentage.arithmetic(self.formula.basis) if percentage and self.formula else ""
        return f"{where(row)}: {shown}" if shown else where(row)

    def nothing_due(self, row: Indicator) -> bool:
        """True where the row programs nothing (blank or 0) up to the end of the reported period."""
        percentage = self.by_row.get(row.sequence)
        if percentage is None:
            return False
        basis = self.formula.basis if self.formula else "cumulative"
        target = percentage.target(basis) or percentage.target("cumulative")
        return target is not None and target[0] == 0


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: one module of ``evaluate/rules`` whose ``RULE`` this is.

    ``check`` yields one Check per row that the rule speaks of; a row it does not concern gives none.
    """

    id: str
    severity: Severity
    title: Text
    why: Text
    basis: Text
    example: Text
    check: Callable[[Subject], Iterator[Check]] = field(compare=False)

    @property
    def family(self) -> str:
        return self.id[:3]


@cache
def catalogue() -> tuple[Rule, ...]:
    """Every rule, by id: the modules of ``evaluate/rules`` and the entry points of the group ``veedor.rules``."""
    found = [import_module(f"{_rules_folder.__name__}.{m.name}").RULE for m in iter_modules(_rules_folder.__path__)]
    found += [entry.load() for entry in entry_points(group="veedor.rules")]
    return tuple(sorted(found, key=lambda r: r.id))


def selected(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules that the prefixes of ids choose: ``ARI`` for a family, ``ARI001`` for one. Ignoring wins."""
    return tuple(
        r
        for r in catalogue()
        if (not select or any(r.id.startswith(s.upper()) for s in select)) and not any(r.id.startswith(s.upper()) for s in ignore)
    )


def unknown(prefixes: Sequence[str]) -> list[str]:
    """The prefixes that choose no rule."""
    return [p for p in prefixes if not any(r.id.startswith(p.upper()) for r in catalogue())]


def run(subject: Subject, rules: Sequence[Rule], language: Language) -> tuple[list[Finding], dict[str, Counter[Outcome]]]:
    """The findings of some rules, in order of place, and how often each rule held, failed or could not be evaluated.

    A row with doubtful figures never yields an error: its finding is lowered to a warning.
    """
    findings: list[Finding] = []
    counts: dict[str, Counter[Outcome]] = {}
    for rule in rules:
        count = counts.setdefault(rule.id, Counter())
        for check in rule.check(subject):
            count[check.outcome] += 1
            if check.outcome is not Outcome.HOLDS:
                findings.append(_finding(subject.plan, rule, check, language))
    findings.sort(key=lambda f: (f.sequence or 0, f.rule, f.place.page or 0, f.place.line or 0, f.message))
    return _with_ids(subject.plan, findings), counts


def _finding(plan: Plan, rule: Rule, check: Check, language: Language) -> Finding:
    severity = check.severity or rule.severity
    if check.outcome is Outcome.CANNOT_EVALUATE:
        severity = Severity.NOTE
    elif severity is Severity.ERROR and check.row is not None and check.row.confidence in ("ambiguous", "illegible"):
        severity = Severity.WARNING
    row = check.row
    return Finding(
        finding="",
        rule=rule.id,
        severity=severity,
        outcome=check.outcome,
        sequence=row.sequence if row else None,
        code=row.code if row else "",
        message=check.message.get(language),
        published=check.published,
        expected=check.expected,
        place=row.place if row else check.place or NOWHERE,
        evidence=" · ".join(filter(None, (check.evidence, check.note.get(language)))),
    )


def _with_ids(plan: Plan, findings: list[Finding]) -> list[Finding]:
    """Ids made of the rule and of what the row is, not of where it stands, so that they outlive a new reading."""
    names = {i.sequence: (i.section, i.code_printed, i.name, i.restated) for i in plan.indicators}
    seen: Counter[str] = Counter()
    out = []
    for f in findings:
        key = f"{plan.document.name}|{f.rule}|{names.get(f.sequence or 0, '')}"
        seen[key] += 1
        digest = hashlib.sha256(f"{key}|{seen[key]}".encode()).hexdigest()[:10]
        out.append(f.model_copy(update={"finding": f"{f.rule}-{digest}"}))
    return out


def reported(subject: Subject, *codes: str) -> Iterator[Check]:
    """A check that fails for each warning of the reading with one of these codes, and holds once where there is none."""
    found = [d for d in subject.plan.diagnostics if d.code in codes and d.level is Level.WARNING]
    for d in found:
        yield Check(Outcome.FAILS, message=Text(d.message_es, d.message_en), place=d.place)
    if not found:
        yield Check(Outcome.HOLDS)


def read_twice(row: Indicator) -> Text:
    """Says so where a second program read every figure of the row the same: what is wrong is wrong in the document."""
    figures = [m.quantity for m in row.measures if m.quantity.known]
    return _READ_TWICE if figures and all(q.confirmed for q in figures) else _NO_MESSAGE


_READ_TWICE = Text("un segundo programa leyó lo mismo", "a second program read the same")


def where(row: Indicator) -> str:
    """The place of a row as a person looks it up: code, page or line."""
    place = f"p. {row.place.page}" if row.place.page else f"l. {row.place.line}" if row.place.line else ""
    return " · ".join(p for p in (row.code_printed or row.name[:50], place) if p)
