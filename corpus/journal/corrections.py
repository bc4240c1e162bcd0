"""Applies what people said is printed to a plan as read, and tells of each correction what became of it. Opens and stores nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ...schema.plan import Diagnostic, Indicator, Plan
from .rewriting import Told, same_figure, with_fact, with_figure, with_text
from .spots import FIGURE, Cell, Spot, figures_of, found_all, matching, plain

_DOUBTS = frozenset({"LEC-ambiguous-number", "LEC-not-a-number", "LEC-second-reading"})
"""Codes of what the reading says of single figures, by quoting them."""


class State(StrEnum):
    """What became of an entry on a document."""

    APPLIED = "applied"
    ASKED = "asked"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    DISMISSED = "dismissed"
    """Somebody answered its question: the reading of this document is right."""
    GONE = "gone"
    """The finding that it judges is no longer made."""


class Note(StrEnum):
    """Why an entry is asked again."""

    READS_DIFFERENTLY = "reads_differently"
    NOT_FOUND = "not_found"
    NEW_VERSION = "new_version"
    CHANGED = "changed"
    """What was approved is no longer the same."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction in force: the number of its entry, what it corrects, what was read there (``state`` that of a figure), what is right."""

    entry: int
    spot: Spot
    printed: str
    state: str
    right: Told


@dataclass(frozen=True, slots=True)
class Became:
    """What became of an entry on a document: its row there, None where there is none, and what is read there now."""

    entry: int
    state: State
    note: str = ""
    sequence: int | None = None
    read: str = ""


def corrected(plan: Plan, corrections: Sequence[Correction]) -> tuple[Plan, tuple[Became, ...]]:
    """The plan as read with the corrections in force, and what became of each, in their order.

    Each is held against the reading, never against another correction: the last one of a cell counts, whatever came before. One
    whose cell is not found, or reads neither what was read when it was made nor what it says, is not applied but asked.
    """
    cells = dict(zip((c.entry for c in corrections), found_all(plan, [c.spot for c in corrections]), strict=True))
    last = {_key(cells[c.entry], c.spot): c.entry for c in sorted(corrections, key=lambda c: c.entry)}
    became = tuple(_became(plan, c, cells[c.entry], last[_key(cells[c.entry], c.spot)] == c.entry) for c in corrections)
    applied = [(cell, c.right) for c, b in zip(corrections, became, strict=True) if b.state is State.APPLIED and (cell := cells[c.entry])]
    return _rewritten(plan, applied), became


def _key(cell: Cell | None, spot: Spot) -> object:
    return cell.key if cell is not None else spot


def _became(plan: Plan, c: Correction, cell: Cell | None, counts: bool) -> Became:
    if cell is None:
        return Became(c.entry, State.ASKED if counts else State.REPLACED, Note.NOT_FOUND if counts else "")
    sequence = None if cell.row is None else plan.indicators[cell.row].sequence
    if not counts:
        return Became(c.entry, State.REPLACED, sequence=sequence, read=cell.printed)
    if cell.reads(c.printed, c.state) or says(plan, cell, c.right):
        return Became(c.entry, State.APPLIED, sequence=sequence, read=cell.printed)
    return Became(c.entry, State.ASKED, Note.READS_DIFFERENTLY, sequence, cell.printed)


def says(plan: Plan, cell: Cell, right: Told) -> bool:
    """Whether a cell already reads what a person says is right."""
    if cell.row is not None and cell.measure is not None:
        figure = figures_of(plan.indicators[cell.row])[cell.measure].quantity
        return same_figure(figure, right) or cell.reads(right.text, right.state)
    return plain(cell.printed) == plain(right.text)


def asked_again(
    plan: Plan, older: Sequence[Correction], own: Iterable[Correction] = (), dismissed: Collection[int] = ()
) -> tuple[Became, ...]:
    """What the corrections of older versions ask of a newer one, as it is read: all that it does not already read as they say.

    Nothing is asked of a cell that an ``own`` correction of the newer version speaks of; of several that ask of one cell it is the last.
    ``dismissed`` are the entries whose question somebody answered.
    """
    answered = {cell.key for cell in found_all(plan, [c.spot for c in own]) if cell is not None}
    asked: dict[object, Became] = {}
    for c in sorted(older, key=lambda c: c.entry):
        row, cell = matching(plan, c.spot)
        if cell is not None and (cell.key in answered or says(plan, cell, c.right)):
            asked.pop(cell.key, None)
            continue
        state, note = (State.DISMISSED, "") if c.entry in dismissed else (State.ASKED, Note.NEW_VERSION)
        sequence = None if row is None else plan.indicators[row].sequence
        asked[_key(cell, c.spot)] = Became(c.entry, state, note, sequence, cell.printed if cell else "")
    return tuple(asked.values())


def _rewritten(plan: Plan, applied: Sequence[tuple[Cell, Told]]) -> Plan:
    """The order is that of what follows from what: the year before other facts, a row's unit before its figures."""
    if not applied:
        return plan
    as_read = plan
    for cell, right in sorted((a for a in applied if a[0].row is None), key=lambda a: a[0].field != "year"):
        plan = with_fact(plan, cell.field, right.text)
    rows: list[Indicator] = list(plan.indicators)
    settled: list[Diagnostic] = []
    for cell, right in sorted((a for a in applied if a[0].row is not None), key=lambda a: a[0].field == FIGURE):
        assert cell.row is not None
        row = rows[cell.row]
        if cell.measure is None:
            rows[cell.row] = with_text(as_read, row, cell.field, right.text)
            continue
        rows[cell.row] = with_figure(row, cell.measure, right)
        settled += _doubts_of(as_read, as_read.indicators[cell.row], cell)
    kept = tuple(d for d in plan.diagnostics if d not in settled)
    return plan.model_copy(update={"indicators": tuple(rows), "diagnostics": kept})


def _doubts_of(plan: Plan, row: Indicator, cell: Cell) -> list[Diagnostic]:
    """What the reading says of a figure that a person has now read."""
    places = (row.place, figures_of(row)[cell.measure or 0].quantity.place)
    quoted = f"«{cell.printed[:60]}»"
    return [d for d in plan.diagnostics if d.code in _DOUBTS and d.place in places and quoted in d.message_es]
