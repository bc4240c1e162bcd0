"""The report of one document: a single HTML file, without network or script, of what it says, how sure that is and what does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ..schema.finding import Evaluation, Finding, Formula, Outcome, ScoreRow, Severity
from ..schema.language import Language, Text
from ..schema.plan import INCOMPLETE, ClassLimit, Confidence, Diagnostic, Kind, Level, Plan, Project, Redaction
from ..schema.quantity import State
from . import words as w
from .rows import table
from .show import EMPTY, LONG_NAME, Cell, clip, folded, limit, measure_name, period, plain, readings, where
from .templating import template

COUNTS = ("rows", "with_target", "with_actual", "met", "partly", "not_met", "not_due", "not_evaluable", "with_observation", "mean_percent")
STATES = ("met", "partly", "not_met", "not_due", "not_evaluable")
SHOWN = 8  # items of a list shown at once; the rest opens on demand
ORDER = list(Severity)


def render(plan: Plan, evaluation: Evaluation, language: Language = "es", titles: Mapping[str, str] | None = None) -> str:
    """The report as HTML. ``titles`` names the rules (rule id → title); without it the catalogue does. Same content, same text."""
    from .. import __version__
    from ..evaluate.engine import catalogue

    t = {key: text.get(language) for key, text in w.WORDS.items()}
    titles = {r.id: r.title.get(language) for r in catalogue()} if titles is None else titles
    anchors = {i.sequence for i in plan.indicators}
    rules = [s for s in evaluation.scorecard if s.scope == "rule"]
    columns, bodies = table(plan, language)
    return template("report.html.j2").render(
        t=t,
        language=language,
        shown=SHOWN,
        title=clip(plan.document.title or plan.document.name),
        facts=_facts(plan, language),
        trust=_trust(plan, evaluation, language),
        score=_scorecard([s for s in evaluation.scorecard if s.scope != "rule"], language),
        states=STATES,
        rules=[(s.id, titles.get(s.id, s.label), s.holds or 0, s.fails or 0, s.cannot_evaluate or 0, s.reason) for s in rules],
        findings=_findings(evaluation.findings, titles, anchors, language),
        doubts=_doubts(plan, language),
        diagnostics=_diagnostics([d for d in plan.diagnostics if not _found(d, evaluation.findings)], language),
        columns=columns,
        bodies=bodies,
        projects=[_project(p, language) for p in plan.projects],
        redactions=[_redaction(r, language) for r in plan.redactions],
        method=[t["method_is"], *([f"{t['profile']}: {clip(evaluation.profile)}."] if evaluation.profile else [])],
        version=t["made_with"].format(version=__version__),
    )


# What the document is, and how far it can be trusted


def _facts(plan: Plan, language: Language) -> list[tuple[str, str]]:
    d = plan.document
    extent = ((d.pages, "pages"), (d.lines, "lines"), (d.tables, "tables"))
    return _filled(
        language,
        ("document", clip(d.name) if d.title else ""),
        ("file", clip(d.source.replace("\\", "/").rpartition("/")[2])),
        ("institution", clip(d.institution_printed or d.institution)),
        ("year", str(d.year or "")),
        ("period", period(d.period_start, d.period_end, language)),
        ("extent", ", ".join(f"{n} {w.WORDS[word if n > 1 else f'one_{word}'].get(language)}" for n, word in extent if n)),
    )


def _filled(language: Language, *pairs: tuple[str, str]) -> list[tuple[str, str]]:
    return [(w.WORDS[key].get(language), value) for key, value in pairs if value]


def _trust(plan: Plan, evaluation: Evaluation, language: Language) -> list[tuple[str, list[str]]]:
    severities = Counter(f.severity for f in evaluation.findings)
    missing = [d for d in plan.diagnostics if d.code in INCOMPLETE]
    lines = {
        "incomplete": [d.message_en if language == "en" else d.message_es for d in missing],
        "found": [f"{w.SEVERITIES[s][1].get(language)}: {severities[s]}" for s in ORDER],
        "kinds": _kinds(plan, language),
        "certainty": _certainty(plan, language),
        "formula": _formula(plan, evaluation.formula, language),
        "limits": _limits(plan, evaluation, language),
        "hash": [plan.document.sha256] if plan.document.sha256 else [],
    }
    return [(key, values) for key, values in lines.items() if values]


def _kinds(plan: Plan, language: Language) -> list[str]:
    kinds = Counter(i.kind for i in plan.indicators)
    restated = sum(i.restated for i in plan.indicators)
    found = [(kinds[k], w.KINDS[k]) for k in Kind] + [(restated, w.WORDS["restated_rows"])]
    others = [(len(plan.projects), w.WORDS["projects"]), (len(plan.redactions), w.WORDS["redactions"])]
    return [f"{text.get(language).lower()}: {count}" for count, text in found + others if count]


def _certainty(plan: Plan, language: Language) -> list[str]:
    rows = Counter(i.confidence for i in plan.indicators if i.measures)
    if not rows:
        return []
    lines = [w.WORDS["certainty_of"].get(language).format(count=rows.total())]
    for confidence in Confidence:
        _, word, meaning = w.CONFIDENCES[confidence]
        if rows[confidence]:
            lines.append(f"{word.get(language).capitalize()}: {rows[confidence]} — {meaning.get(language)}.")
    return lines


def _formula(plan: Plan, formula: Formula | None, language: Language) -> list[str]:
    if formula is None:
        percents = any(i.percent and i.percent.known for i in plan.indicators)
        return [w.WORDS["formula_none"].get(language)] if percents else []
    said = w.WORDS["formula_is"].format(
        basis=_word(w.FORMULA_BASES, formula.basis, language),
        rounding=_word(w.ROUNDINGS, formula.rounding, language),
        cap=(w.WORDS["no_cap"] if formula.cap is None else w.WORDS["cap"]).get(language).format(cap=plain(formula.cap)),
        matched=formula.matched,
        evaluable=formula.evaluable,
    )
    without = w.WORDS["formula_without"].format(count=formula.without_target)
    return [text.get(language) for text in (said, without)[: 1 + bool(formula.without_target)]]


def _limits(plan: Plan, evaluation: Evaluation, language: Language) -> list[str]:
    """The class limits in force and whose they are: the document's own, or a profile's with the text that it cites."""
    if not evaluation.limits:
        return [w.WORDS["limits_none"].get(language)] if any(i.class_published for i in plan.indicators) else []
    origin, _, name = evaluation.limits_source.partition(":")
    source = w.WORDS["limits_stated"].get(language) if origin == "document" else _profile(name, evaluation.limits, language)
    return [*(limit(c, language) for c in evaluation.limits), f"{w.WORDS['limits_source'].get(language)}: {source.rstrip('.')}."]


def _profile(name: str, limits: Sequence[ClassLimit], language: Language) -> str:
    """A profile by name, with its source where it is one of veedor's own; a user's file may bear the same name."""
    from ..evaluate.profile import profiles

    own = profiles().get(name)
    source = f" ({own.source})" if own is not None and own.limits == tuple(limits) else ""
    return f"{w.WORDS['profile'].get(language).lower()} {clip(name, 60)}{clip(source, LONG_NAME)}"


def _word(words: Mapping[str, Text], key: str, language: Language) -> str:
    """The word for a key, or the key itself where a third party adds one."""
    return words[key].get(language) if key in words else key


# Scorecard


def _scorecard(rows: Sequence[ScoreRow], language: Language) -> dict[str, Any]:
    """The lines by scope, and only the columns that any of them fills."""
    if not any(s.with_target or s.with_actual for s in rows):
        rows = []  # nothing that could be met
    used = [c for c in COUNTS if any(getattr(s, c) is not None for s in rows)]
    scopes = [(_word(w.SCOPES, scope, language), [_score(s, used) for s in lines]) for scope, lines in groupby(rows, lambda s: s.scope)]
    return {"columns": [(c, w.WORDS[c].get(language)) for c in used], "scopes": scopes, "bars": any(c in used for c in STATES)}


def _score(row: ScoreRow, used: Iterable[str]) -> dict[str, Any]:
    bars = [(c, getattr(row, c)) for c in STATES if getattr(row, c)]
    return {"label": clip(row.label or row.id), "figures": [_decimal(getattr(row, c)) for c in used], "bars": bars}


def _decimal(value: float | None) -> str:
    return plain(value if value is None else round(value, 1))


# Findings and doubts


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


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of one rule or one level, under a heading."""

    label: str
    title: str
    level: str
    note: str
    entries: list[Entry]


def _findings(findings: Iterable[Finding], titles: Mapping[str, str], anchors: set[int], language: Language) -> list[Group]:
    def key(f: Finding) -> tuple[int, str, str]:
        return ORDER.index(f.severity), f.rule, f.outcome

    return [
        Group(
            f"{w.SEVERITIES[ORDER[order]][0].get(language)} · {rule}",
            titles.get(rule, ""),
            ORDER[order].value,
            w.OUTCOMES[Outcome(outcome)].get(language),
            [_finding(f, anchors, language) for f in found],
        )
        for (order, rule, outcome), found in groupby(sorted(findings, key=key), key)
    ]


def _finding(f: Finding, anchors: set[int], language: Language) -> Entry:
    subject = f.code or ("" if f.sequence is None else f"{w.WORDS['row'].get(language)} {f.sequence}")
    anchor = f.sequence if f.sequence in anchors else None
    return Entry(
        clip(subject),
        anchor,
        where(f.place, language),
        folded(f.message),
        clip(f.published),
        clip(f.expected),
        folded(f.evidence),
    )


def _doubts(plan: Plan, language: Language) -> list[tuple[int, str, str, str, str, str]]:
    """Sequence, row, figure, printed, readings and place of every figure that is in doubt."""
    found = []
    for row in plan.indicators:
        doubtful = [m for m in row.measures if m.quantity.state in (State.AMBIGUOUS, State.ILLEGIBLE)]
        subject = clip(row.code_printed or row.code or row.name or str(row.sequence), 60)
        for m in doubtful:
            place = where(m.quantity.place, language) or where(row.place, language)
            printed = clip(m.quantity.printed, 60)
            found.append((row.sequence, subject, measure_name(m, language), printed, readings(m.quantity, language), place))
        if not doubtful and row.confidence in (Confidence.AMBIGUOUS, Confidence.ILLEGIBLE):
            word = w.CONFIDENCES[row.confidence][1].get(language)
            found.append((row.sequence, subject, w.WORDS["whole_row"].get(language), "", word, where(row.place, language)))
    return found


def _found(diagnostic: Diagnostic, findings: Sequence[Finding]) -> bool:
    """True where a finding says the same already."""
    return any(f.message in (diagnostic.message_es, diagnostic.message_en) for f in findings if f.rule.startswith("LEC"))


def _diagnostics(diagnostics: Iterable[Diagnostic], language: Language) -> list[Group]:
    """The remarks by level; the same remark on many places is one entry."""
    places: dict[tuple[Level, str, str], list[str]] = {}
    for d in diagnostics:
        message = d.message_en if language == "en" else d.message_es
        places.setdefault((d.level, d.code, message), []).append(where(d.place, language))
    groups = []
    for level in (Level.WARNING, Level.NOTE):
        entries = [
            Entry(clip(code, 60), None, "; ".join(dict.fromkeys(p for p in found if p)), folded(message))
            for (of, code, message), found in places.items()
            if of is level
        ]
        if entries:
            groups.append(Group(w.LEVELS[level].get(language), "", level.value, "", entries))
    return groups


# Projects and redactions


def _project(p: Project, language: Language) -> dict[str, Any]:
    open_ended = w.WORDS["open_ended"].get(language) if p.open_ended else ""
    return {
        "sequence": p.sequence,
        "name": folded(p.name),
        "objectives": [clip(text, LONG_NAME) for text in p.objectives],
        "results": [clip(text, LONG_NAME) for text in p.expected_results],
        "start": p.start.isoformat() if p.start else clip(p.start_printed, 60),
        "end": p.end.isoformat() if p.end else open_ended or clip(p.end_printed, 60),
        "place": where(p.place, language),
    }


def _redaction(r: Redaction, language: Language) -> dict[str, Any]:
    kind = clip(_word(w.REDACTIONS, r.kind, language), 60)
    return {
        "sequence": r.sequence,
        "kind": kind,
        "reason": folded(r.reason_stated),
        "basis": folded(r.legal_basis),
        "scope": folded(r.scope),
        "place": where(r.place, language),
    }
