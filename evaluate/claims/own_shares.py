"""Shares of which the rows say nothing, but whose own sentence gives whole and part: "41,505 metas, de las cuales 18,849 …, el 45%"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...schema.finding import ClaimOutcome, Severity
from ...schema.language import number
from . import reasons
from .draft import DraftClaim
from .figures import Figure, pattern
from .pairs import DIFFER, OWN
from .recount import cut_to, rounds_to
from .statement import Sentence, Statement

_WORD = re.compile(r"[a-z]{4,}")
_BEHIND, _LARGE = 60, 20


def settle(checked: Sequence[tuple[Statement, DraftClaim]], sentences: Sequence[Sentence]) -> None:
    """Decides the stated shares that the rows left open for want of a way, where their sentence itself says what they are shares of."""
    drafts = {id(s): d for s, d in checked}
    for sentence in sentences:
        for statement in sentence.statements:
            draft = drafts.get(id(statement))
            if draft is None or not statement.share or statement.figure.operator != "=":
                continue
            if draft.outcome is ClaimOutcome.CONTRADICTED and (own := _made_of(sentence, statement.figure)) is not None:
                draft.decide(ClaimOutcome.CONFIRMED, _shown(*own), OWN)
                continue
            if draft.reason is not reasons.WHICH_MEAN:
                continue
            found = _part_and_whole(sentence, statement.figure)
            if found is None:
                continue
            part, whole = found
            share = statement.figure
            shown = _shown(part, whole)
            if rounds_to(part.value, whole.value, share.value, share.decimals):
                draft.decide(ClaimOutcome.CONFIRMED, shown, OWN)
            elif not cut_to(part.value, whole.value, share.value, share.decimals):
                draft.decide(ClaimOutcome.CONTRADICTED, shown, DIFFER, Severity.WARNING)


def _shown(part: Figure, whole: Figure) -> str:
    return f"{number(part.value)} / {number(whole.value)} × 100 = {number(round(100 * part.value / whole.value, 2))} %"


def _made_of(sentence: Sentence, share: Figure) -> tuple[Figure, Figure] | None:
    """The two figures of its own sentence that give a share which says that it is made of what stands before it.

    "Se programaron 43,404 metas en 151 actividades, de las cuales 32,420 metas fueron ejecutadas, que representa el 75 %": not of the
    actividades. Small figures give round shares by chance, so that one of the two must be large.
    """
    if not pattern("makes").search(sentence.plain[: share.start]):
        return None
    before = [f for f in sentence.figures if f.end <= share.start and not f.bracket and f.kind != "percent"]
    if not before:
        return None
    part = before[-1]
    wholes = (f for f in before[:-1] if f.kind == part.kind and f.value >= part.value and f.value >= _LARGE)
    return next(((part, f) for f in wholes if rounds_to(part.value, f.value, share.value, share.decimals)), None)


def _part_and_whole(sentence: Sentence, share: Figure) -> tuple[Figure, Figure] | None:
    """The two figures right before a share that says it is made of them, where the first is "…, de los cuales …" of the second."""
    if sum(1 for f in sentence.figures if f.kind == "percent") != 1 or not pattern("makes").search(sentence.plain[: share.start]):
        return None
    before = [f for f in sentence.figures if f.end <= share.start and not f.bracket]
    if len(before) < 2 or before[-1].kind != before[-2].kind or not before[-2].value:
        return None
    whole, part = before[-2:]
    between = sentence.plain[whole.end : part.start]
    if ";" in between or not pattern("of_which_behind").search(between) or not part.value <= 2 * whole.value:
        return None
    told = _things(sentence.plain[share.end :])
    return (part, whole) if not told or told & (_things(between) | _things(sentence.plain[part.end : share.start])) else None


def _things(text: str) -> set[str]:
    """The words of a piece of text, without the ending of the plural."""
    return {w.removesuffix("s") for w in _WORD.findall(text[:_BEHIND])}
