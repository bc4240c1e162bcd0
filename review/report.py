"""The report of one document: a single HTML file, without network or script, of what it says, how sure that is and what does not hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from markupsafe import Markup

from ..corpus.journal.reviewed import Reviewed
from ..corpus.sight import Sight
from ..evaluate.engine import catalogue
from ..evaluate.profile import profiles
from ..schema.finding import Evaluation, Formula, Severity
from ..schema.language import Language, printable
from ..schema.limits import told
from ..schema.plan import INCOMPLETE, ClassLimit, Confidence, Kind, Plan, Project, Redaction
from . import words as w
from .cutouts import Lack, Views, views
from .findings import doubts, groups, in_order, remarks, subject_of
from .reviewing import NOTHING, marked, section
from .rows import table
from .score import STATES, charts, scorecard
from .show import LONG_NAME, clip, limit, period, plain, published, quoted, where
from .templating import template

SHOWN = 8  # items of a list shown at once; the rest opens on demand
SIZE = 2_900_000
"""Characters that the report has at most, as far as it lies with its pictures."""
_PICTURES = 1_900_000
"""Of these the pictures take so many at most."""
_FINDING = 900
"""Characters of a finding without its picture, about."""


def render(
    plan: Plan,
    evaluation: Evaluation,
    language: Language = "es",
    sight: Sight | None = None,
    titles: Mapping[str, str] | None = None,
    review: Reviewed | None = None,
) -> str:
    """The report as HTML. Same content, same text.

    ``sight`` shows parts of the document and opens it: only in a process with limits; without it the findings stand alone.
    ``titles`` names the rules (rule id → title); without it the catalogue does.
    ``review`` is what people said of the document in a collection; without it the report says nothing of a review.
    """
    from .. import __version__

    t = {key: text.get(language) for key, text in w.WORDS.items()}
    rules = {r.id: r for r in catalogue()}
    titles = {r.id: r.title.get(language) for r in rules.values()} if titles is None else titles
    findings = in_order(evaluation.findings)
    columns, bodies = table(plan, language, marked(review) if review is not None else NOTHING)
    rows = template("rows.html.j2").render(t=t, language=language, columns=columns, bodies=bodies) if bodies else ""
    budget = min(_PICTURES, SIZE - len(rows) - _FINDING * len(findings))
    seen = views(plan, findings, sight, budget, language)
    checked = [s for s in evaluation.scorecard if s.scope == "rule"]
    return template("report.html.j2").render(
        t=t,
        language=language,
        shown=SHOWN,
        title=published(plan.document.title or plan.document.name, language),
        facts=_facts(plan, language),
        tally=[(s.value, w.SEVERITIES[s][n != 1].get(language), n) for s in Severity for n in [_count(evaluation, s)]],
        certainty=_certainty(plan, language),
        review=section(review, language) if review is not None else None,
        trust=_trust(plan, evaluation, language),
        score=scorecard([s for s in evaluation.scorecard if s.scope != "rule"], language),
        charts=charts(plan, evaluation, language),
        states=STATES,
        rules=[(s.id, titles.get(s.id, s.label), s.holds or 0, s.fails or 0, s.cannot_evaluate or 0, s.reason) for s in checked],
        findings=groups(findings, seen.of, titles, rules, {i.sequence for i in plan.indicators}, language),
        marks=t["marks_are" if seen.pictures else "marks_lines"] if any(v.picture or v.lines for v in seen.of) else "",
        pictures=seen.pictures,
        doubts=doubts(plan, language),
        diagnostics=remarks(plan.diagnostics, evaluation.findings, language),
        columns=columns,
        rows=Markup(rows),
        projects=[_project(p, language) for p in plan.projects],
        redactions=[_redaction(r, language) for r in plan.redactions],
        method=[*_method(plan, evaluation, sight, language), *([t["no_pages"]] if review is not None and sight is None else [])],
        cutouts=_cutouts(seen, [subject_of(f, language) or f.rule for f in findings], language),
        version=t["made_with"].format(version=__version__),
    )


def file_name(document: str, language: Language) -> str:
    """The name of the file of a document's report, as any system takes it."""
    stem = re.sub(r"[^\w.-]+", "_", printable(document, 80)).strip("._") or "veedor"
    return f"{stem}-{'report' if language == 'en' else 'informe'}.html"


# What the document is, and how far it can be trusted


def _facts(plan: Plan, language: Language) -> list[tuple[str, str]]:
    d = plan.document
    extent = ((d.pages, "pages_of"), (d.lines, "lines_of"), (d.tables, "tables_of"))
    return _filled(
        language,
        ("document", published(d.name, language) if d.title else ""),
        ("file", published(d.source.replace("\\", "/").rpartition("/")[2], language)),
        ("institution", published(d.institution_printed or d.institution, language)),
        ("year", str(d.year or "")),
        ("period", period(d.period_start, d.period_end, language)),
        ("extent", ", ".join(w.WORDS[word].format(count=n).get(language) for n, word in extent if n)),
        ("hash", d.sha256),
    )


def _filled(language: Language, *pairs: tuple[str, str]) -> list[tuple[str, str]]:
    return [(w.WORDS[key].get(language), value) for key, value in pairs if value]


def _count(evaluation: Evaluation, severity: Severity) -> int:
    return sum(f.severity is severity for f in evaluation.findings)


def _certainty(plan: Plan, language: Language) -> dict[str, Any]:
    """How many rows with figures are read with which certainty, and what each means; empty where no row has any."""
    rows = Counter(i.confidence for i in plan.indicators if i.measures)
    if not rows:
        return {}
    sure = rows[Confidence.CHECKED]
    said = w.WORDS["certainty_of"].format(count=rows.total(), checked=sure, share=100 * sure // rows.total()).get(language)
    parts = [(c.value, w.CONFIDENCES[c][1].get(language), w.CONFIDENCES[c][2].get(language), rows[c]) for c in Confidence]
    return {"said": said, "parts": parts}


def _trust(plan: Plan, evaluation: Evaluation, language: Language) -> list[tuple[str, list[str]]]:
    missing = [d for d in plan.diagnostics if d.code in INCOMPLETE]
    recognised = w.WORDS["recognised"].get(language).format(pages=_ranges(plan.document.recognised))
    lines = {
        "incomplete": [d.message_en if language == "en" else d.message_es for d in missing],
        "pictured": [recognised] if plan.document.recognised else [],
        "kinds": _kinds(plan, language),
        "formula": _formula(plan, evaluation.formula, language),
        "limits": _limits(plan, evaluation, language),
    }
    return [(key, values) for key, values in lines.items() if values]


def _ranges(pages: Sequence[int]) -> str:
    """Page numbers in short: 1–3, 7."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(f"{a}–{b}" if a < b else str(a) for a, b in runs)


def _kinds(plan: Plan, language: Language) -> list[str]:
    kinds = Counter(i.kind for i in plan.indicators)
    restated = sum(i.restated for i in plan.indicators)
    found = [(kinds[k], w.KINDS[k]) for k in Kind] + [(restated, w.WORDS["restated_rows"])]
    others = [(len(plan.projects), w.WORDS["projects"]), (len(plan.redactions), w.WORDS["redactions"])]
    return [f"{text.get(language).lower()}: {count}" for count, text in found + others if count]


def _formula(plan: Plan, formula: Formula | None, language: Language) -> list[str]:
    if formula is None:
        percents = any(i.percent and i.percent.known for i in plan.indicators)
        return [w.WORDS["formula_none"].get(language)] if percents else []
    said = w.WORDS["formula_is"].format(
        basis=w.word(w.FORMULA_BASES, formula.basis, language),
        rounding=w.word(w.ROUNDINGS, formula.rounding, language),
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
    own = profiles().get(name)
    source = f" ({own.source})" if own is not None and own.limits == tuple(limits) else ""
    return f"{w.WORDS['profile'].get(language).lower()} {published(name, language, 60)}{clip(source, LONG_NAME)}"


# Projects, redactions and method


def _project(p: Project, language: Language) -> dict[str, Any]:
    open_ended = w.WORDS["open_ended"].get(language) if p.open_ended else ""
    return {
        "sequence": p.sequence,
        "name": quoted(p.name, language),
        "objectives": [published(text, language, LONG_NAME) for text in p.objectives],
        "results": [published(text, language, LONG_NAME) for text in p.expected_results],
        "start": p.start.isoformat() if p.start else published(p.start_printed, language, 60),
        "end": p.end.isoformat() if p.end else open_ended or published(p.end_printed, language, 60),
        "place": where(p.place, language),
    }


def _redaction(r: Redaction, language: Language) -> dict[str, Any]:
    return {
        "sequence": r.sequence,
        "kind": published(w.word(w.REDACTIONS, r.kind, language), language, 60),
        "reason": quoted(r.reason_stated, language),
        "basis": quoted(r.legal_basis, language),
        "scope": quoted(r.scope, language),
        "place": where(r.place, language),
    }


def _method(plan: Plan, evaluation: Evaluation, sight: Sight | None, language: Language) -> list[str]:
    lines = [w.WORDS["method_is"].get(language)]
    if evaluation.profile:
        lines.append(f"{w.WORDS['profile'].get(language)}: {published(evaluation.profile, language)}.")
    programs = ["pypdfium2"] * bool(plan.document.pages) + ["rapidocr"] * bool(plan.document.recognised)
    if sight is not None and sight.reading.engine in ("pdfplumber", "camelot"):
        programs.append({"camelot": "camelot-py"}.get(sight.reading.engine, sight.reading.engine))
    if known := [f"{p} {v}" for p in programs if (v := _version(p))]:
        lines.append(w.WORDS["read_by"].get(language).format(programs=", ".join(known)))
    if sight is not None:
        lines.append(w.WORDS["within"].get(language).format(limits=told(sight.reading.limits, language)))
    return lines


def _version(program: str) -> str:
    try:
        return version(program)
    except PackageNotFoundError:
        return ""


def _cutouts(seen: Views, subjects: Sequence[str], language: Language) -> list[tuple[str, list[str]]]:
    """How many findings show their place, and for each reason which do not."""
    shown = sum(v.picture is not None for v in seen.of)
    said = w.WORDS["cutouts_are"].format(shown=shown, pictures=len(seen.pictures)).get(language)
    out: list[tuple[str, list[str]]] = [(said, [])] if shown else []
    for lack in Lack:
        which = [s for s, v in zip(subjects, seen.of, strict=True) if v.lack is lack]
        reason = w.WORDS[f"lack_{lack.value}"].get(language)
        if which:
            out.append((w.WORDS["cutouts_lack"].get(language).format(reason=reason, count=len(which)), list(dict.fromkeys(which))))
    return out
