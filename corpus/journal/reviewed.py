"""A document as people left it: its plan with the corrections in force, the evaluation of that, and all that was said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from ...schema.finding import Evaluation
from ...schema.plan import Plan
from ..store.tables import APPLICATIONS, DOCUMENTS
from .applying import as_corrected, evaluation_of, plan_as_read
from .corrections import State
from .entries import Entry, EntryKind, entries_of
from .signing import value_of
from .spots import Cell, found_all


@dataclass(frozen=True, slots=True)
class Fixed:
    """A correction in force: its entry, the cell that it corrects, what is read there without it, and what the cell says now."""

    entry: Entry
    cell: Cell
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """``entries`` are all that people said of the document, the last at the end; ``states`` what became of each, by its number."""

    as_read: Plan
    plan: Plan
    evaluation: Evaluation
    entries: Sequence[Entry] = ()
    states: Mapping[int, str] | None = None

    def of(self, kind: EntryKind, *states: str) -> list[Entry]:
        """The entries of a kind of which that became, in order."""
        became = self.states or {}
        return [e for e in self.entries if e.kind == kind and became.get(e.id) in states]

    @property
    def fixed(self) -> list[Fixed]:
        """The corrections in force, in the order of what they correct: facts of the document, then its rows."""
        applied = self.of(EntryKind.CORRECTION, State.APPLIED)
        cells = found_all(self.as_read, [e.correction.spot for e in applied])
        pairs = [(e, c) for e, c in zip(applied, cells, strict=True) if c is not None]
        pairs.sort(key=lambda pair: (-1 if pair[1].row is None else pair[1].row, pair[0].id))
        # A correction moves no row and no figure: the same cell is meant in both plans.
        return [Fixed(e, c, value_of(self.as_read, c), value_of(self.plan, _now(self.plan, c))) for e, c in pairs]

    @property
    def approval(self) -> tuple[Entry, bool] | None:
        """The last approval and whether the rows are still those approved; None where nobody approved it, or it was withdrawn."""
        last = next((e for e in reversed(self.entries) if e.kind == EntryKind.APPROVAL), None)
        state = (self.states or {}).get(last.id, "") if last else ""
        return (last, state == State.APPLIED) if last is not None and state in (State.APPLIED, State.ASKED) else None


def _now(plan: Plan, cell: Cell) -> Cell:
    if cell.measure is not None:
        return cell
    held = plan.document if cell.row is None else plan.indicators[cell.row]
    value = getattr(held, cell.field)
    return Cell(cell.field, cell.row, None, "" if value is None else str(value))


def reviewed(connection: Connection, document: int) -> Reviewed | None:
    """The document of this id as it stands now; None where it has no rows."""
    as_read, evaluation = plan_as_read(connection, document), evaluation_of(connection, document)
    sha256 = connection.execute(select(DOCUMENTS.c.sha256).where(DOCUMENTS.c.id == document)).scalar()
    if as_read is None or evaluation is None or sha256 is None:
        return None
    said = entries_of(connection, sha256)
    a = APPLICATIONS.c
    states = {row.entry_id: row.state for row in connection.execute(select(a.entry_id, a.state).where(a.document_id == document))}
    return Reviewed(as_read, as_corrected(connection, sha256, as_read) if said else as_read, evaluation, tuple(said), states)
