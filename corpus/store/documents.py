"""Documents in the store: registered by the hash of their bytes, queued to be read, and written with their rows once they are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, and_, delete, exists, func, insert, select, text, update

from ..public_address import is_whole
from .marks import mark_years_of
from .names import Names
from .tables import CONTENTS, DOCUMENTS, READINGS, ROWS, SOURCES

QUEUED, DONE, PARTIAL, REFUSED, FAILED, SET_ASIDE = "queued", "done", "partial", "refused", "failed", "set_aside"
STATES = (QUEUED, DONE, PARTIAL, REFUSED, FAILED, SET_ASIDE)
READ = (DONE, PARTIAL)
"""The states in which a reading ends that gives rows."""
_AT_ONCE = 5000
"""Rows that one statement names: databases take some ten thousand."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a manifest says of a document: it comes before what the document itself tells. ``months``: first and last of its period."""

    institution: str = ""
    year: int | None = None
    months: tuple[int, int] | None = None


NOTHING = Stated()


@dataclass(frozen=True, slots=True)
class Queued:
    """A document that waits to be read."""

    id: int
    document: str
    sha256: str
    file_name: str
    bytes: int
    tries: int
    asked: str
    """How it is to be read: the settings of an ingestion, as JSON."""
    stated: Stated = NOTHING
    address: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A document at an address: its bytes, their hash, and a name for it."""

    address: str
    file_name: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the reading of a document ended, ready to be written.

    ``facts`` are columns of ``documents``, ``rows`` the values of every table of the contract in the order of its columns; ``plan`` and
    ``evaluation`` are JSON compressed with zlib, empty where the document was not read.
    """

    state: str
    reason: str = ""
    message: str = ""
    seconds: float = 0.0
    facts: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Sequence[Any]]] = field(default_factory=dict)
    plan: bytes = b""
    evaluation: bytes = b""
    missing_part: bool = False
    """Whether something that can be installed would read more of it."""


def now() -> datetime:
    """The time as the store keeps it: UTC, to the second, without a zone."""
    return datetime.now(UTC).replace(microsecond=0, tzinfo=None)


def names(connection: Connection) -> Names:
    """The names that documents have."""
    return Names(connection.execute(select(DOCUMENTS.c.document)).scalars())


def register(connection: Connection, taken: Names, found: Found, stated: Stated, asked: str, keep: bool) -> tuple[int, bool]:
    """Notes that a document was found; queues it where its bytes are new, or are stated to be of something else than before.

    Gives its id and whether it is new.
    """
    known = connection.execute(select(DOCUMENTS.c.id).where(DOCUMENTS.c.sha256 == found.sha256)).scalar()
    identity = known or _next(connection, DOCUMENTS)
    before = _stated(_sources_of(connection, identity))
    if known is None:
        stem, dot, suffix = found.file_name.rpartition(".")
        stem, suffix = (stem, dot + suffix.lower()) if stem else (found.file_name, "")
        values = {
            "id": identity,
            "sha256": found.sha256,
            "document": taken.take(stem),
            "suffix": suffix,
            "bytes": len(found.data),
            "added_at": now(),
            "asked": asked,
            "state": QUEUED,
        }
        connection.execute(insert(DOCUMENTS).values(values))
    if keep and (
        known is None or connection.execute(select(CONTENTS.c.document_id).where(CONTENTS.c.document_id == known)).scalar() is None
    ):
        connection.execute(insert(CONTENTS).values(document_id=identity, data=found.data))
    _note_source(connection, found.address, identity, stated)
    if known is not None and _stated(_sources_of(connection, identity)) != before:
        requeue(connection, [identity])
    return identity, known is None


def _next(connection: Connection, table: Table) -> int:
    """The next id: they count in the order of adding, whoever reads which document first."""
    return 1 + (connection.execute(select(func.max(table.c.id))).scalar() or 0)


def note_unreachable(connection: Connection, address: str, stated: Stated, reason: str, message: str) -> None:
    """Notes an address that gave no document, with the reason; what it gave before is kept."""
    _note_source(connection, address, None, stated, reason, message)


def without_document(connection: Connection) -> list[tuple[str, Stated]]:
    """The addresses that gave no document, in the order in which they were named, with what is stated of each."""
    found = connection.execute(select(SOURCES).where(SOURCES.c.document_id.is_(None)).order_by(SOURCES.c.id)).mappings()
    return [(r["address"], _stated([r])) for r in found]


def forget(connection: Connection, addresses: Sequence[str]) -> None:
    """Takes addresses that gave no document off the list of these."""
    connection.execute(delete(SOURCES).where(SOURCES.c.address.in_(addresses), SOURCES.c.document_id.is_(None)))


def _note_source(connection: Connection, address: str, document: int | None, stated: Stated, reason: str = "", message: str = "") -> None:
    first, last = stated.months or (None, None)
    values = {
        "institution": stated.institution,
        "year": stated.year,
        "first_month": first,
        "last_month": last,
        "reason": reason,
        "message": message,
    }
    # That an address gave nothing is of no interest once it gave a document.
    connection.execute(delete(SOURCES).where(SOURCES.c.address == address, SOURCES.c.document_id.is_(None)))
    same = and_(SOURCES.c.address == address, SOURCES.c.document_id == document)
    if document is not None and (found := connection.execute(select(SOURCES).where(same)).mappings().first()) is not None:
        if stated != NOTHING and any(found[k] != v for k, v in values.items()):
            connection.execute(update(SOURCES).where(same).values(values))
        return
    connection.execute(
        insert(SOURCES).values(id=_next(connection, SOURCES), address=address, document_id=document, added_at=now(), **values)
    )


def queued(connection: Connection) -> list[Queued]:
    """The documents that wait to be read, in the order in which they were added, with what is stated of them."""
    rows = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.state == QUEUED).order_by(DOCUMENTS.c.id)).mappings().all()
    sources: defaultdict[int, list[RowMapping]] = defaultdict(list)
    of_queued = select(SOURCES).join(DOCUMENTS).where(DOCUMENTS.c.state == QUEUED).order_by(SOURCES.c.id)
    for source in connection.execute(of_queued).mappings():
        sources[source["document_id"]].append(source)
    return [_queued(r, sources[r["id"]]) for r in rows]


def _queued(row: RowMapping, sources: Sequence[RowMapping]) -> Queued:
    name = f"{row['document']}{row['suffix']}"
    places = [s["address"] for s in reversed(sources)]
    address = next(filter(is_whole, places), places[0] if places else "")
    return Queued(row["id"], row["document"], row["sha256"], name, row["bytes"], row["tries"], row["asked"], _stated(sources), address)


def _sources_of(connection: Connection, document: int) -> Sequence[RowMapping]:
    return connection.execute(select(SOURCES).where(SOURCES.c.document_id == document).order_by(SOURCES.c.id)).mappings().all()


def _stated(sources: Iterable[RowMapping]) -> Stated:
    """What the first source of a document that states anything states of it."""
    found = next((s for s in sources if s["institution"] or s["year"] or s["first_month"]), None)
    if found is None:
        return NOTHING
    months = (found["first_month"], found["last_month"]) if found["first_month"] else None
    return Stated(found["institution"], found["year"], months)


def is_read() -> ColumnElement[bool]:
    """The condition on documents that have rows, whatever became of a later try to read them again."""
    # Asked of each document that is in question; a list of all that are read would be gone through for every year of an institution.
    reading = READINGS.alias()
    return exists().where(reading.c.document_id == DOCUMENTS.c.id).correlate(DOCUMENTS)


def is_there(connection: Connection, document: int) -> bool:
    """Whether a document is still in the store: somebody may take it out while it is read."""
    return connection.execute(select(DOCUMENTS.c.id).where(DOCUMENTS.c.id == document)).first() is not None


def content(connection: Connection, document: int) -> bytes | None:
    """The bytes of a document, None where the store does not keep them."""
    return connection.execute(select(CONTENTS.c.data).where(CONTENTS.c.document_id == document)).scalar()


def in_states(connection: Connection, states: Iterable[str]) -> list[int]:
    """The ids of the documents whose reading ended so."""
    found = connection.execute(select(DOCUMENTS.c.id).where(DOCUMENTS.c.state.in_(list(states))).order_by(DOCUMENTS.c.id))
    return list(found.scalars())


def requeue(connection: Connection, documents: Iterable[int], asked: str | None = None) -> None:
    """Lets documents be read again, with other settings where such are given. Their rows stay until then."""
    values = {"state": QUEUED, "reason": "", "message": "", "tries": 0, **({"asked": asked} if asked is not None else {})}
    connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.id.in_(list(documents))).values(values))


def count_try(connection: Connection, document: int) -> None:
    """Counts a try that was lost with its worker."""
    connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == document).values(tries=DOCUMENTS.c.tries + 1))


def settle(connection: Connection, document: int, outcome: Outcome) -> None:
    """Writes how the reading of a document ended: its state, and its rows in place of those that an earlier reading gave it.

    One that failed for lack of time or memory keeps the rows of an earlier reading: the same bytes gave them.
    """
    ended = {
        "state": outcome.state,
        "reason": outcome.reason,
        "message": outcome.message,
        "seconds": round(outcome.seconds, 3),
        "read_at": now(),
    }
    mark_years_of(connection, [document])
    connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == document).values({**ended, **outcome.facts}))
    mark_years_of(connection, [document])
    if outcome.state not in READ:
        if outcome.state == REFUSED:
            _clear(connection, document)
        return
    connection.execute(delete(READINGS).where(READINGS.c.document_id == document))
    how = {"state": outcome.state, "message": outcome.message}
    connection.execute(insert(READINGS).values(document_id=document, plan=outcome.plan, evaluation=outcome.evaluation, **how))
    write_rows(connection, document, outcome.rows)


def write_rows(connection: Connection, document: int, rows: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Makes these the rows of a document in every table. What stands there already is left as it is: a correction changes few of them."""
    for name, table in ROWS.items():
        names = [c.name for c in table.columns][1:]
        of_document = table.c.document_id == document
        there = {row[0]: tuple(row) for row in connection.execute(select(*(table.c[n] for n in names)).where(of_document)).all()}
        wanted = {n: (n, *row) for n, row in enumerate(rows.get(name, ()), 1)}
        gone = [n for n, row in there.items() if wanted.get(n) != row]
        for at in range(0, len(gone), _AT_ONCE):
            connection.execute(delete(table).where(of_document, table.c.position.in_(gone[at : at + _AT_ONCE])))
        values = [{"document_id": document, **dict(zip(names, row, strict=True))} for n, row in wanted.items() if there.get(n) != row]
        if values:
            insert_rows(connection, table, values)


def insert_rows(connection: Connection, table: Table, values: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows. A server gets them as one text, since each row by itself would be a journey of its own."""
    if connection.dialect.name == "postgresql":
        whole = json.dumps(values, default=date.isoformat)
        statement = f"INSERT INTO {table.name} SELECT * FROM json_populate_recordset(NULL::{table.name}, CAST(:whole AS json))"
        connection.execute(text(statement), {"whole": whole})
    else:
        connection.execute(insert(table), list(values))


def _clear(connection: Connection, document: int) -> None:
    for table in (READINGS, *ROWS.values()):
        connection.execute(delete(table).where(table.c.document_id == document))


def remove(connection: Connection, documents: Sequence[int]) -> None:
    """Takes documents out of the store with all that came from them; what people said of them stays in the journal."""
    mark_years_of(connection, documents)
    for table in (SOURCES, CONTENTS, READINGS, *ROWS.values()):
        connection.execute(delete(table).where(table.c.document_id.in_(documents)))
    connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.id.in_(documents)))
