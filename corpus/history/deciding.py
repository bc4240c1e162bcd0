"""What people decided of links, as the journal keeps it, and which rows of the store it means today."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, select

from ...schema.errors import StoreError
from ...schema.language import Text, printable
from ..journal.entries import Entry
from ..journal.links import Side as Said
from ..journal.links import link
from ..journal.signing import Signed
from ..store.opening import Store
from ..store.tables import DOCUMENTS, LINKS, OBJECTIVE_LINKS, OBJECTIVES, ROWS
from .carrying import Pair
from .linking import Decisions
from .years import Row

CONFIRMED: Literal["confirmed"] = "confirmed"
REJECTED: Literal["rejected"] = "rejected"
ACTION, OBJECTIVE = "row", "objective"
_ID = re.compile(r"(?P<objective>o?)(?P<d>\d{1,9})\.(?P<s>\d{1,9})-(?P<ed>\d{1,9})\.(?P<es>\d{1,9})")


@dataclass(frozen=True, slots=True)
class Side:
    """One row of a link, with its document and place."""

    document: str
    sha256: str
    sequence: int
    code: str
    name: str
    page: int | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """A link of the store with both of its rows. ``field``: row or objective."""

    field: str
    institution: str
    year: int
    state: str
    row: Side
    earlier: Side


def find_link(connection: Connection, identity: str) -> Known:
    """The link that the history shows under an id (``3.43-2.19``, ``o3.1-1.52``). Raises StoreError where there is none."""
    match = _ID.fullmatch(identity.strip())
    shown = printable(identity, 60)
    if match is None:
        raise StoreError(_NO_ID.format(id=shown))
    table, rows = (OBJECTIVE_LINKS, OBJECTIVES) if match["objective"] else (LINKS, ROWS["indicators"])
    c = table.c
    row, earlier = (int(match["d"]), int(match["s"])), (int(match["ed"]), int(match["es"]))
    same = (c.document_id == row[0], c.sequence == row[1], c.earlier_document_id == earlier[0], c.earlier_sequence == earlier[1])
    found = connection.execute(select(c.institution, c.year, c.state).where(*same)).first()
    if found is None:
        raise StoreError(_NO_LINK.format(id=shown))
    kind = OBJECTIVE if match["objective"] else ACTION
    return Known(kind, found[0], found[1], found[2], _side(connection, rows, row), _side(connection, rows, earlier))


def decide(store: Store, institution: str, verdicts: Mapping[str, bool], signed: Signed) -> list[tuple[Known, Entry]]:
    """Writes to the journal what a person says of links by their id: true where both are the same.

    All are looked up before any is written. Raises StoreError where one is not there, or is of another institution.
    """
    with store.reading() as connection:
        known = {identity: find_link(connection, identity) for identity in verdicts}
    if strange := [i for i, k in known.items() if k.institution != institution]:
        raise StoreError(_OTHERS.format(institution=printable(institution, 60), ids=", ".join(strange)))
    entries = []
    for identity, same in verdicts.items():
        k = known[identity]
        sides = [Said(s.document, s.code, s.name, s.sequence if k.field != OBJECTIVE else None) for s in (k.row, k.earlier)]
        entries.append((k, link(store, sides[0], sides[1], signed, CONFIRMED if same else REJECTED)))
    return entries


def _side(connection: Connection, rows: Any, row: Row) -> Side:
    c = rows.c
    name = c.objective if rows is OBJECTIVES else c.name
    columns = (DOCUMENTS.c.document, DOCUMENTS.c.sha256, c.code, name, c.page, c.line)
    wanted = select(*columns).join(DOCUMENTS, DOCUMENTS.c.id == c.document_id).where(c.document_id == row[0], c.sequence == row[1])
    found = connection.execute(wanted)
    document, sha256, code, text, page, line = found.one()
    return Side(document, sha256, row[1], code or "", text or "", page, line)


def decisions(connection: Connection, entries: Iterable[Entry], answered: Collection[int] = ()) -> tuple[Decisions, list[Entry]]:
    """What the entries of kind ``link``, in order, say of the rows as they stand now; and those whose rows are not there any more.

    A later entry on the same two rows takes the place of an earlier one. An entry names its rows by the hash of their document, their
    ``sequence``, and their code and name, by which a row is found again that a later reading numbered otherwise. ``answered``: the
    numbers of those of which somebody said that another version does not have to ask them again.
    """
    actions: dict[tuple[Row, Row], bool] = {}
    objectives: dict[tuple[Row, Row], bool] = {}
    numbers: dict[Pair, int] = {}
    lost: list[Entry] = []
    for entry in entries:
        of_objective = entry.field == OBJECTIVE
        row = _row(connection, of_objective, entry.sha256, entry.sequence, entry.code, entry.name)
        earlier = _row(connection, of_objective, entry.other_sha256, entry.other_sequence, entry.other_code, entry.other_name)
        if row is None or earlier is None:
            lost.append(entry)
            continue
        said = objectives if of_objective else actions
        said.pop((row, earlier), None)
        if entry.verdict in (CONFIRMED, REJECTED):
            said[row, earlier] = entry.verdict == CONFIRMED
        if not of_objective:
            numbers.pop((row, earlier), None)
            if (row, earlier) in said and entry.id not in answered:
                numbers[row, earlier] = entry.id
    return Decisions(actions, objectives, numbers), lost


def _row(connection: Connection, of_objective: bool, sha256: str, sequence: int | None, code: str, name: str) -> Row | None:
    """The row that an entry means: the one of its number if it still has its name, else the only one of its code and name.

    Objectives are looked up in the rows under them: the table of objectives is made of the links' own year.
    """
    c = ROWS["indicators"].c
    text, own_code = (c.objective, c.objective_code) if of_objective else (c.name, c.code)
    found = connection.execute(
        select(c.document_id, c.sequence, own_code)
        .join(DOCUMENTS, DOCUMENTS.c.id == c.document_id)
        .where(DOCUMENTS.c.sha256 == sha256, text == name)
        .order_by(c.sequence)
    ).all()
    rows = [(r[0], r[1]) for r in found if (r[2] or "") == code]
    same = [r for r in rows if r[1] == sequence]
    if same or of_objective:
        return next(iter(same or rows), None)
    return rows[0] if len(rows) == 1 else None


_NO_ID = Text(
    "«{id}» no es un enlace: copie el que muestra «veedor corpus history» al final de una línea de enlaces, con la forma 3.43-2.19.",
    "“{id}” is no link: copy one that “veedor corpus history” shows at the end of a line of links, of the form 3.43-2.19.",
)
_NO_LINK = Text(
    "No hay un enlace «{id}» en la colección. Puede que se haya vuelto a calcular: mírelo otra vez con «veedor corpus history».",
    "There is no link “{id}” in the corpus. It may have been made anew: look it up again with “veedor corpus history”.",
)
_OTHERS = Text("No son enlaces de {institution}: {ids}.", "No links of {institution}: {ids}.")
