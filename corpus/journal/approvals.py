"""Who approved the documents of a store, and whether the approval still holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from ..store.listing import Ids
from ..store.tables import APPLICATIONS, ENTRIES
from .corrections import State
from .entries import EntryKind


@dataclass(frozen=True, slots=True)
class Approval:
    """The last approval of a document that nobody withdrew. ``at`` is UTC without a zone.

    ``state`` is ``applied`` where it holds, ``asked`` where the rows changed since.
    """

    entry: int
    author: str
    at: datetime
    state: str


def approvals_of(connection: Connection, documents: Ids) -> dict[int, Approval]:
    """The approvals of documents by their ids; those that nobody approved are not there."""
    a, e = APPLICATIONS.c, ENTRIES.c
    found = (
        select(a.document_id, e.id, e.author, e.at, a.state)
        .select_from(APPLICATIONS)
        .join(ENTRIES)
        .where(e.kind == EntryKind.APPROVAL, a.document_id.in_(documents), a.state.in_([State.APPLIED, State.ASKED]))
        .order_by(e.id)
    )
    return {document: Approval(*of) for document, *of in connection.execute(found)}
