"""Units, objectives, components and projects that the prose counts, against those that the document itself names."""

from __future__ import annotations

from collections.abc import Sequence

from ...normalize.folding import fold
from ...schema.finding import ClaimOutcome, Severity
from ...schema.language import number
from ..subject import Subject
from . import reasons
from .chapters import Chapters
from .draft import DraftClaim
from .fitting import fits
from .statement import Statement

C = ClaimOutcome


def groups(subject: Subject, chapters: Chapters, s: Statement, draft: DraftClaim) -> DraftClaim:
    """A count of units or parts: confirmed by any way to count them, contradicted where all of them bear the noun that is counted."""
    plan = subject.plan
    if s.share or s.area or (s.status not in ("", "planned", "evaluated") and s.noun != "projects"):
        return draft.decide(C.UNVERIFIABLE, "", reasons.NOT_IN_ROWS)
    noun = fold(s.quantity).split()[0] if fold(s.quantity) else ""
    objectives, units = [o.text for o in plan.objectives], {r.lead_unit_id: r.lead_unit for r in subject.own_rows if r.lead_unit_id}
    parts = [p for p in chapters.parts if _bears(p, noun)]
    if s.noun == "projects":
        named: Sequence[str] = ()
        counts = {len(plan.projects)} - {0}
    elif s.noun == "objectives":
        named = parts or objectives
        counts = {len({o.code for o in plan.objectives}), len({o.id for o in plan.objectives}), len(parts)} - {0}
    else:
        named = list(units.values())
        counts = {len(units), len(plan.sections), len(parts)} - {0, 1}
    hit = next((n for n in sorted(counts) if fits(s.figure, n)), None)
    if hit is not None:
        return draft.decide(C.CONFIRMED, number(hit), reasons.COUNTED)
    certain = s.here.whole_document and not s.units and not s.narrowed
    if certain and len(named) > 1 and all(_bears(n, noun) for n in named):
        return draft.decide(C.CONTRADICTED, number(len(named)), reasons.OBJECTIVES, Severity.WARNING)
    return draft.decide(C.UNVERIFIABLE, number(max(counts)) if counts else "", reasons.NOT_IN_ROWS)


def _bears(name: str, noun: str) -> bool:
    """True for a name that begins with a noun that is counted: "Dirección de Obras" and "direcciones"."""
    first = fold(name).split()[:1]
    return bool(noun) and first != [] and noun in (first[0], f"{first[0]}s", f"{first[0]}es")
