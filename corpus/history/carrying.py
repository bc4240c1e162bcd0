"""Decisions on links where another version replaced a document: to which of its rows each is carried, to be asked again there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, insert, select

from ..journal.corrections import Note, State
from ..journal.entries import EntryKind
from ..store.tables import APPLICATIONS, ENTRIES
from .matching import OfVersion
from .names import name_of
from .years import Act, Row

Pair = tuple[Row, Row]
"""A row and an earlier one."""


@dataclass(slots=True)
class Carried:
    """What decisions on replaced documents say of the rows of the versions that replaced them.

    ``pairs``: the entry and its verdict, by the two rows it is carried to. ``at``: by entry, the row of a newer version that it asks
    about; its ``sequence`` is None where the version has no such row, or more than one.
    """

    pairs: dict[Pair, OfVersion] = field(default_factory=dict)
    at: dict[int, tuple[int, int | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """An entry that a link asks again. ``link``: its id as the history shows it."""

    entry: int
    link: str


def carried(
    said: Mapping[Pair, bool], entries: Mapping[Pair, int], acts: Mapping[int, Sequence[Act]], replaced: Mapping[int, int]
) -> Carried:
    """The decisions of which a document was replaced. ``entries``: those that may be asked again, in order; a later one takes the place
    of an earlier one on the same rows. ``acts`` and ``replaced`` are by document."""
    found = Carried()
    for pair, entry in entries.items():
        documents = [_last(replaced, row[0]) for row in pair]
        changed = [d for d, row in zip(documents, pair, strict=True) if d != row[0]]
        # Of an older version's row and the newer one's it says how the versions go together, and stays what it is.
        if not changed or documents[0] == documents[1]:
            continue
        row, earlier = (_in_version(acts, row, d) for d, row in zip(documents, pair, strict=True))
        if row is None or earlier is None:
            found.at[entry] = (changed[0], None)
        elif (row, earlier) not in said:
            found.pairs.pop((row, earlier), None)
            found.pairs[row, earlier] = (entry, said[pair])
            found.at[entry] = row if row != pair[0] else earlier
    return found


def _last(replaced: Mapping[int, int], document: int) -> int:
    while document in replaced:
        document = replaced[document]
    return document


def _in_version(acts: Mapping[int, Sequence[Act]], row: Row, version: int) -> Row | None:
    """The one row of a version that has the code and the name of a row of a document that it replaced; None where none has, or several."""
    if version == row[0]:
        return row
    own = next((a.named for a in acts.get(row[0], ()) if a.row == row), None)
    if own is None:
        return None
    name = name_of(own.name).compact
    same = [a.row for a in acts.get(version, ()) if a.named.code == own.code and name_of(a.named.name).compact == name]
    return same[0] if len(same) == 1 else None


def write_asked(connection: Connection, documents: Sequence[int], at: Carried, asked: Iterable[Asked]) -> None:
    """Writes anew which decisions on links these documents ask again."""
    a, known = APPLICATIONS.c, frozenset(documents)
    of_links = select(ENTRIES.c.id).where(ENTRIES.c.kind == EntryKind.LINK)
    for document in sorted(known):
        connection.execute(delete(APPLICATIONS).where(a.document_id == document, a.state == State.ASKED, a.entry_id.in_(of_links)))
    links = {x.entry: x.link for x in asked}
    values = [
        {
            "entry_id": entry,
            "document_id": document,
            "state": str(State.ASKED),
            "note": str(Note.NOT_FOUND if sequence is None else Note.NEW_VERSION),
            "sequence": sequence,
            "read": links.get(entry, ""),
        }
        for entry, (document, sequence) in sorted(at.at.items())
        if document in known and (sequence is None or entry in links)
    ]
    if values:
        connection.execute(insert(APPLICATIONS), values)
