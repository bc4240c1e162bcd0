"""What the store holds: its documents by name, institution, year or state, where each was found, and what went wrong."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, or_, select

from ...schema.errors import StoreError
from ...schema.finding import Severity
from ...schema.language import Text, printable
from ...schema.tables import Value
from ..export.dataset import Kept
from .documents import is_read
from .tables import DOCUMENTS, ROWS, SOURCES, TO_LINK

Ids = Select[tuple[int]] | Sequence[int]
"""Ids of documents, as a question to the store or as they are."""
_OF_KEPT = [f.name for f in fields(Kept)]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which documents: those of any of the names, of any of the institutions, of any of the years, of any of the ids. Empty: all of them.

    ``read`` leaves out those that have no rows, ``current`` those that a newer version of the same report replaced.
    """

    documents: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    states: tuple[str, ...] = ()
    read: bool = False
    current: bool = False
    ids: tuple[int, ...] = ()


ALL = Selection()


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the store with its id and how its reading went."""

    id: int
    kept: Kept
    reason: str
    indicators: int
    findings: Mapping[str, int]
    added_at: datetime
    read_at: datetime | None


def condition(selection: Selection) -> ColumnElement[bool]:
    """The selection as a condition on the table of documents. A name is that of a document, a hash, or the beginning of one."""
    d = DOCUMENTS.c
    named = [
        or_(d.document == n, d.sha256.startswith(n.lower(), autoescape=True)) if len(n) >= 8 else d.document == n
        for n in selection.documents
    ]
    parts: list[ColumnElement[bool]] = [or_(*named)] if named else []
    if selection.institutions:
        parts.append(d.institution.in_(selection.institutions))
    if selection.years:
        parts.append(d.year.in_(selection.years))
    if selection.states:
        parts.append(d.state.in_(selection.states))
    if selection.ids:
        parts.append(d.id.in_(selection.ids))
    if selection.read:
        parts.append(is_read())
    if selection.current:
        parts.append(d.replaced_by.is_(None))
    return and_(True, *parts)  # type: ignore[arg-type]


def _begins_with(hash_part: str) -> ColumnElement[bool]:
    return DOCUMENTS.c.sha256.startswith(hash_part.lower(), autoescape=True)


def listed(connection: Connection, selection: Selection = ALL) -> list[Listed]:
    """The documents in the order of institution, year, period and id."""
    d = DOCUMENTS.c
    order = (d.institution, d.year, d.period_end, d.id)
    found = connection.execute(select(DOCUMENTS).where(condition(selection)).order_by(*order)).mappings().all()
    ids = select(d.id).where(condition(selection))
    rows, marks, places = _counted(connection, ids), _findings(connection, ids), addresses_of(connection, ids)
    names = names_of(connection, {r["replaced_by"] for r in found if r["replaced_by"] is not None})
    return [
        Listed(r["id"], kept(r, places, names), r["reason"], rows.get(r["id"], 0), marks.get(r["id"], {}), r["added_at"], r["read_at"])
        for r in found
    ]


def kept(row: RowMapping, places: Mapping[int, Sequence[str]], names: Mapping[int, str]) -> Kept:
    """A document as exports show it. ``places`` are the addresses of documents by id, ``names`` those of documents that replace others."""
    own = {name: row[name] for name in _OF_KEPT if name in row and name not in ("replaced_by",)}
    return Kept(
        **own,
        address=(places.get(row["id"]) or [""])[-1],
        replaced_by=names.get(row["replaced_by"], "") if row["replaced_by"] is not None else "",
    )


def names_of(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    found = connection.execute(select(DOCUMENTS.c.id, DOCUMENTS.c.document).where(DOCUMENTS.c.id.in_(list(ids))))
    return {r.id: r.document for r in found}


def addresses_of(connection: Connection, ids: Ids) -> dict[int, list[str]]:
    """Where each document was found, in the order in which it was."""
    found = connection.execute(select(SOURCES).where(SOURCES.c.document_id.in_(ids)).order_by(SOURCES.c.id))
    places: dict[int, list[str]] = {}
    for r in found:
        places.setdefault(r.document_id, []).append(r.address)
    return places


def unreachable(connection: Connection) -> list[tuple[str, str, str]]:
    """The addresses that gave no document: address, reason code, what is wrong."""
    found = connection.execute(select(SOURCES).where(SOURCES.c.document_id.is_(None)).order_by(SOURCES.c.id))
    return [(r.address, r.reason, r.message) for r in found]


def to_link(connection: Connection, institution: str | None = None) -> list[tuple[str, int]]:
    """The years of institutions, or of one, whose documents changed since they were linked."""
    c = TO_LINK.c
    wanted = select(c.institution, c.year).distinct().order_by(c.institution, c.year)
    found = connection.execute(wanted if institution is None else wanted.where(c.institution == institution))
    return [(r.institution, r.year) for r in found]


def replaced(connection: Connection) -> list[tuple[str, str]]:
    """The documents that another one of the same report stands for, with its name; in the order in which they were added."""
    d, newer = DOCUMENTS.c, DOCUMENTS.alias()
    found = connection.execute(select(d.document, newer.c.document).join(newer, newer.c.id == d.replaced_by).order_by(d.id))
    return [(older, name) for older, name in found]


def counted_states(connection: Connection) -> list[tuple[str, str, int]]:
    """How many documents are in each state for each reason."""
    d = DOCUMENTS.c
    found = connection.execute(select(d.state, d.reason, func.count()).group_by(d.state, d.reason).order_by(d.state, d.reason))
    return [(state, reason, count) for state, reason, count in found]


def find(connection: Connection, names: Sequence[str]) -> list[int]:
    """The ids of documents by name or hash. Raises StoreError for a name that none has, or several."""
    found: list[int] = []
    for name in names:
        d = DOCUMENTS.c
        ids = connection.execute(select(d.id).where(d.document == name)).scalars().all() or (
            connection.execute(select(d.id).where(_begins_with(name))).scalars().all() if len(name) >= 8 else []
        )
        if len(ids) != 1:
            raise StoreError((_SEVERAL if ids else _UNKNOWN).format(name=printable(name, 80)))
        found += ids
    return list(dict.fromkeys(found))


def find_any(connection: Connection, names: Sequence[str]) -> tuple[list[int], list[str]]:
    """The ids of documents, by name or hash, and the addresses that gave no document, whole or as a path from here. Raises StoreError."""
    missing = {form: address for address, _, _ in unreachable(connection) for form in (address, printable(address, len(address)))}
    meant = {name: missing.get(name) or missing.get(os.path.abspath(name)) for name in names}  # noqa: PTH100 (no link is followed)
    found = find(connection, [name for name, address in meant.items() if address is None])
    return found, [address for address in dict.fromkeys(meant.values()) if address is not None]


def findings_of(connection: Connection, document: int) -> list[dict[str, Value]]:
    """The findings of a document by column, errors first, then warnings, each in the order of the document."""
    rows = ROWS["findings"]
    names = [c for c in rows.columns if c.name not in ("document_id", "position")]
    found = connection.execute(select(*names).where(rows.c.document_id == document).order_by(rows.c.position)).mappings()
    levels = [level.value for level in Severity]
    return sorted((dict(r) for r in found), key=lambda r: levels.index(str(r["severity"])))


def _counted(connection: Connection, ids: Ids) -> dict[int, int]:
    rows = ROWS["indicators"].c
    found = connection.execute(select(rows.document_id, func.count()).where(rows.document_id.in_(ids)).group_by(rows.document_id))
    return {document: count for document, count in found}  # noqa: C416 (rows are no pairs to the type checker)


def _findings(connection: Connection, ids: Ids) -> dict[int, dict[str, int]]:
    rows = ROWS["findings"].c
    query = select(rows.document_id, rows.severity, func.count()).where(rows.document_id.in_(ids)).group_by(rows.document_id, rows.severity)
    counts: dict[int, dict[str, int]] = {}
    for document, severity, count in connection.execute(query):
        counts.setdefault(document, {})[severity] = count
    return counts


_UNKNOWN = Text(
    "No hay un documento «{name}» en la colección. «veedor corpus list» muestra los que hay, y «veedor corpus status» las "
    "direcciones que no dieron ninguno.",
    "There is no document “{name}” in the corpus. “veedor corpus list” shows those there are, “veedor corpus status” the addresses that "
    "gave none.",
)
_SEVERAL = Text(
    "«{name}» es el comienzo del hash de varios documentos. Escriba más de él, o el nombre.",
    "“{name}” begins the hash of several documents. Write more of it, or the name.",
)
