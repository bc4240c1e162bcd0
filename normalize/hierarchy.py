"""Headings told from actions, and the code of the heading that each row hangs from."""

from __future__ import annotations

from collections.abc import Sequence

from ..schema.plan import Kind
from .codes import Code, parent_of
from .draft import Draft


def mark_headings(drafts: Sequence[Draft]) -> None:
    """Sets kind ``heading`` on the rows of action tables that print no figure and group others, and on coded lines over a whole table.

    A row groups others where it has no code, where a later row's code goes on from its own, or where
    its kind of code (AE) is not that of the row below (AO). A coded row without figures that groups
    nothing stays an action: it is an action without a target, which is for a rule to say.
    """
    for i, draft in enumerate(drafts):
        if draft.has_figures or draft.restated or (draft.kind is not Kind.ACTION and not draft.band):
            continue
        if draft.band or draft.code is None or _groups(draft.code, drafts[i + 1 : i + 200]):
            draft.kind = Kind.HEADING
            draft.measures = []


def _groups(code: Code, following: Sequence[Draft]) -> bool:
    below = [d.code for d in following if d.code is not None]
    if not below:
        return False
    first = below[0]
    if code.prefix.split()[:1] != first.prefix.split()[:1] and len(first.path) >= len(code.path):
        return True
    for other in below:
        if other.path[: len(code.path)] == code.path and len(other.path) > len(code.path) and other.family == code.family:
            return True
        if other.path == code.path and other.prefix == code.prefix:
            return False
    return False


def set_parents(drafts: Sequence[Draft]) -> None:
    """Sets ``parent_code``: the latest heading in the section whose numbers are the row's without the last."""
    headings: list[Code] = []
    section = 0
    for draft in drafts:
        if draft.section != section:
            headings, section = [], draft.section
        if draft.code is not None:
            draft.parent_code = parent_of(draft.code, headings)
            if draft.kind is Kind.HEADING:
                headings.append(draft.code)
                del headings[:-50]
