"""The findings and doubts of the report: grouped by severity and rule, each with its place, its arithmetic and what the page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..evaluate.engine import Rule
from ..schema.finding import Finding, Outcome, Severity
from ..schema.language import Language
from ..schema.plan import Confidence, Diagnostic, Level, Plan
from ..schema.quantity import State
from . import words as w
from .cutouts import NOTHING, View
from .show import EMPTY, Cell, measure_name, published, quoted, readings, where

ORDER = list(Severity)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: what it is about (and the row to jump to), what it says, and why."""

    subject: str
    anchor: int | None
    place: str
    message: Cell
    published: str = ""
    expected: str = ""
    evidence: Cell = EMPTY
    accepted: bool = False
    view: View = NOTHING


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of one rule or one level, under a heading; what a rule rests on, and why it asks."""

    label: str
    title: str
    level: str
    note: str
    entries: list[Entry]
    basis: str = ""
    why: str = ""
    id: str = ""
    """To link to: the rule, where it is the first group of that rule."""


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By severity, rule and outcome, those of one rule as the document has them."""
    return sorted(findings, key=_key)


def _key(f: Finding) -> tuple[int, str, str]:
    return ORDER.index(f.severity), f.rule, f.outcome


def groups(
    findings: Sequence[Finding],
    views: Sequence[View],
    titles: Mapping[str, str],
    rules: Mapping[str, Rule],
    anchors: set[int],
    language: Language,
) -> list[Group]:
    """The findings, given in order, with their views."""
    out: list[Group] = []
    for (order, rule, outcome), found in groupby(zip(findings, views, strict=True), lambda pair: _key(pair[0])):
        known = rules.get(rule)
        out.append(
            Group(
                f"{w.SEVERITIES[ORDER[order]][0].get(language)} · {rule}",
                titles.get(rule, ""),
                ORDER[order].value,
                w.OUTCOMES[Outcome(outcome)].get(language),
                [_entry(f, view, anchors, language) for f, view in found],
                known.basis.get(language).replace("`", "") if known else "",
                known.why.get(language) if known else "",
                rule if known and all(g.id != rule for g in out) else "",
            )
        )
    return out


def subject_of(f: Finding, language: Language) -> str:
    return published(f.code or ("" if f.sequence is None else f"{w.WORDS['row'].get(language)} {f.sequence}"), language)


def _entry(f: Finding, view: View, anchors: set[int], language: Language) -> Entry:
    return Entry(
        subject_of(f, language),
        f.sequence if f.sequence in anchors else None,
        where(f.place, language),
        quoted(f.message, language),
        published(f.published, language),
        published(f.expected, language),
        EMPTY if f.evidence in (f"p. {f.place.page}", f"l. {f.place.line}") else quoted(f.evidence, language),
        f.accepted,
        view,
    )


def doubts(plan: Plan, language: Language) -> list[tuple[int, str, str, str, str, str]]:
    """Sequence, row, figure, printed, readings and place of every figure that is in doubt."""
    found = []
    for row in plan.indicators:
        doubtful = [m for m in row.measures if m.quantity.state in (State.AMBIGUOUS, State.ILLEGIBLE)]
        subject = published(row.code_printed or row.code or row.name or str(row.sequence), language, 60)
        for m in doubtful:
            place = where(m.quantity.place, language) or where(row.place, language)
            printed = published(m.quantity.printed, language, 60)
            found.append((row.sequence, subject, measure_name(m, language), printed, readings(m.quantity, language), place))
        if not doubtful and row.confidence in (Confidence.AMBIGUOUS, Confidence.ILLEGIBLE):
            word = w.CONFIDENCES[row.confidence][1].get(language)
            found.append((row.sequence, subject, w.WORDS["whole_row"].get(language), "", word, where(row.place, language)))
    return found


def remarks(diagnostics: Iterable[Diagnostic], findings: Sequence[Finding], language: Language) -> list[Group]:
    """The remarks of the reading that no finding says already, by level; the same remark on many places is one entry."""
    places: dict[tuple[Level, str, str], list[str]] = {}
    said = {f.message for f in findings if f.rule.startswith("LEC")}
    for d in diagnostics:
        if said.isdisjoint((d.message_es, d.message_en)):
            message = d.message_en if language == "en" else d.message_es
            places.setdefault((d.level, d.code, message), []).append(where(d.place, language))
    out = []
    for level in (Level.WARNING, Level.NOTE):
        entries = [
            Entry(published(code, language, 60), None, "; ".join(dict.fromkeys(p for p in found if p)), quoted(message, language))
            for (of, code, message), found in places.items()
            if of is level
        ]
        if entries:
            out.append(Group(w.LEVELS[level].get(language), "", level.value, "", entries))
    return out
