"""Evaluates one plan: finds the formula, chooses the limits, runs the rules, fills the scorecard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..schema.finding import Evaluation, Formula
from ..schema.language import Language
from ..schema.plan import Plan
from .accepted import accept, read_accepted
from .claims.finding import claims_of
from .engine import run, selected
from .formula import DIRECT, ESTABLISHED_ROWS, Percentage, counted, established, find_decreasing, find_formula, published
from .misheaded import misheaded
from .profile import Profile, choose
from .scorecard import scorecard
from .subject import Subject
from .told_formulas import decreasing_quotient


def evaluate_plan(
    plan: Plan,
    profile: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    language: Language = "es",
    accepted: Path | None = None,
) -> Evaluation:
    """Findings and scorecard of a plan. Changes no value of it.

    ``profile`` is an id or a YAML file; without one the document's own institution decides. Limits that
    the document states come before those of its profile, unless a profile was asked for. ``accepted``
    is a YAML file of findings that somebody accepts. Raises DataFileError for a file that cannot be used.
    """
    chosen = choose(plan, profile)
    meant = misheaded(plan)
    printed = published(plan.indicators, meant)
    formula = _formula(plan, chosen, printed)
    decreasing = _decreasing(plan, chosen)
    from_document = bool(plan.class_limits) and not (profile and chosen.limits)
    limits = plan.class_limits if from_document else chosen.limits
    subject = Subject(
        plan=plan,
        profile=chosen,
        formula=formula,
        formula_sure=chosen.formula is not None or established(formula),
        limits=limits,
        printed=printed,
        meant=meant,
        decreasing=decreasing,
    )
    subject = subject.with_claims(claims_of(subject, language))
    rules = selected(select, ignore)
    findings, tallies = run(subject, rules, language)
    if accepted is not None:
        findings = accept(findings, read_accepted(accepted), language)
    return Evaluation(
        findings=tuple(findings),
        scorecard=tuple(scorecard(subject, rules, tallies, language)),
        claims=subject.claims,
        formula=formula,
        profile=chosen.id,
        limits=limits,
        limits_source="document" if from_document else f"profile:{chosen.id}" if limits else "",
    )


def _formula(plan: Plan, profile: Profile, printed: Sequence[Percentage]) -> Formula | None:
    """The profile's formula with the counts it reaches, else the one found; by the rows that are better when more."""
    upwards = [p for p in printed if not profile.decreases(p.row)]
    found = find_formula(upwards if len(upwards) >= ESTABLISHED_ROWS else printed, plan.document.percent_cap)
    if profile.formula is None or found is None:
        return found
    wanted = profile.formula
    return counted(published(plan.indicators), wanted.basis, wanted.rounding, wanted.cap)


def _decreasing(plan: Plan, profile: Profile) -> Formula | None:
    """The formula of the rows that are better when less, where it is another than that of the rest."""
    rows = [r for r in plan.indicators if profile.decreases(r) and not r.restated]
    found = find_decreasing(published(rows), plan.document.percent_cap, decreasing_quotient(plan)) if rows else None
    return found if found is not None and found.quotient != DIRECT else None
