"""What people say of links over documents: that two rows, or two objectives, are the same, or are not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from ..store.marks import mark_years_of
from ..store.opening import Store
from ..store.tables import ENTRIES
from .entries import Entry, EntryKind, append, entries, take_turn
from .signing import Signed, document_named


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a link: a row or an objective of a document, by its code and name as read. ``sequence`` is None for an objective."""

    document: str
    code: str
    name: str
    sequence: int | None = None


def link(store: Store, one: Side, other: Side, signed: Signed, verdict: Literal["confirmed", "rejected"] = "confirmed") -> Entry:
    """Confirms or rejects that two rows, or two objectives, are the same over documents. The last word on a pair counts.

    Their years are to be linked anew from the same moment on: whatever happens next, the decision holds when anyone looks.
    """
    with store.writing() as connection:
        take_turn(connection)
        identity, sha256, _ = document_named(connection, one.document)
        other_identity, other_sha256, _ = document_named(connection, other.document)
        entry = signed.entry(
            EntryKind.LINK,
            sha256=sha256,
            field="objective" if one.sequence is None else "row",
            sequence=one.sequence,
            code=one.code,
            name=one.name,
            verdict=verdict,
            other_sha256=other_sha256,
            other_sequence=other.sequence,
            other_code=other.code,
            other_name=other.name,
        )
        mark_years_of(connection, [identity, other_identity])
        return append(connection, entry)


def links(connection: Connection) -> list[Entry]:
    """The links in force, the last word on each pair, in the order of the journal."""
    said = entries(connection, ENTRIES.c.kind.in_((EntryKind.LINK, EntryKind.WITHDRAWAL)))
    withdrawn = {e.of_entry for e in said}
    last = {frozenset((_side(e), _other_side(e))): e for e in said if e.kind == EntryKind.LINK and e.id not in withdrawn}
    return sorted(last.values(), key=lambda e: e.id)


def answered(connection: Connection) -> frozenset[int]:
    """The entries of which somebody dismissed what they ask of a newer version. A link goes on holding for the version it was said of."""
    said = select(ENTRIES.c.of_entry).where(ENTRIES.c.kind == EntryKind.DISMISSAL)
    return frozenset(n for n in connection.execute(said).scalars() if n is not None)


def _side(e: Entry) -> tuple[str, str, int | None, str, str]:
    return (e.field, e.sha256, e.sequence, e.code, e.name)


def _other_side(e: Entry) -> tuple[str, str, int | None, str, str]:
    return (e.field, e.other_sha256, e.other_sequence, e.other_code, e.other_name)
