"""The journal of what people said: entries that are added and never changed, each sealed by a digest over all before it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, select, text

from ...schema.errors import CorrectionError
from ...schema.language import Text, printable
from ...schema.place import Place
from ..store.tables import ENTRIES, JOURNAL_SEAL
from .corrections import Correction
from .rewriting import Told
from .spots import Spot

SHORTEST_DIGEST = 8
"""Digits of a digest that tell it from those of any journal that people write."""


class EntryKind(StrEnum):
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    """Of an earlier entry, everywhere."""
    DISMISSAL = "dismissal"
    """Of the question that an entry asks of one document and of its later versions."""
    ACCEPTANCE = "acceptance"
    LINK = "link"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Entry:
    """One signed entry, as the table ``entries`` holds it. ``at`` is UTC without a zone, to the second; ``id`` and ``digest`` come last."""

    kind: str
    author: str
    at: datetime
    reason: str
    sha256: str = ""
    field: str = ""
    sequence: int | None = None
    code: str = ""
    name: str = ""
    measure: str = ""
    basis: str = ""
    first_month: int | None = None
    last_month: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    page: int | None = None
    line: int | None = None
    x0: float | None = None
    top: float | None = None
    x1: float | None = None
    bottom: float | None = None
    printed: str = ""
    printed_state: str = ""
    old: str = ""
    new: str = ""
    new_state: str = ""
    new_value: float | None = None
    new_decimals: int = 0
    of_entry: int | None = None
    finding: str = ""
    verdict: str = ""
    other_sha256: str = ""
    other_sequence: int | None = None
    other_code: str = ""
    other_name: str = ""
    id: int = 0
    digest: str = ""

    @property
    def correction(self) -> Correction:
        """The entry as what ``corrected`` applies."""
        months = (self.first_month, self.last_month) if self.first_month is not None and self.last_month is not None else None
        spot = Spot(
            field=self.field,
            sequence=self.sequence,
            place=Place(page=self.page, line=self.line, x0=self.x0, top=self.top, x1=self.x1, bottom=self.bottom),
            code=self.code,
            name=self.name,
            measure=self.measure,
            basis=self.basis,
            months=months,
            period_start=self.period_start,
            period_end=self.period_end,
        )
        return Correction(
            self.id, spot, self.printed, self.printed_state, Told(self.new, self.new_state, self.new_value, self.new_decimals)
        )


def at_spot(spot: Spot) -> dict[str, Any]:
    """The columns of an entry that say where and what it corrects."""
    first, last = spot.months or (None, None)
    own = {n: getattr(spot, n) for n in ("field", "sequence", "code", "name", "period_start", "period_end")}
    place = {n: getattr(spot.place, n) for n in ("page", "line", "x0", "top", "x1", "bottom")}
    return {**own, **place, "measure": str(spot.measure), "basis": str(spot.basis), "first_month": first, "last_month": last}


def digest_of(entry: Entry, previous: str) -> str:
    """SHA-256 over the digest of the entry before and all of this one but its own digest, as JSON with sorted keys and no blanks."""
    said = {k: v for k, v in asdict(entry).items() if k != "digest"}
    said |= {f: float(v) for f in _NUMBERS if (v := said[f]) is not None}  # 96 and 96.0 are one number to a database
    canonical = json.dumps([previous, said], sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=_iso)
    return hashlib.sha256(canonical.encode()).hexdigest()


_NUMBERS = ("x0", "top", "x1", "bottom", "new_value")


def _iso(value: object) -> str:
    if isinstance(value, date):  # also a time
        return value.isoformat()
    raise TypeError(value)


def take_turn(connection: Connection) -> None:
    """Waits until nobody else writes to the journal or applies it, to the end of the transaction.

    On SQLite every writing transaction is alone anyway; a server is asked for the turn.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('veedor:journal'))"))


def append(connection: Connection, entry: Entry) -> Entry:
    """Adds an entry at the end of the journal, sealed; gives it with its number and digest. Needs a writing transaction."""
    take_turn(connection)
    seal = connection.execute(select(JOURNAL_SEAL)).mappings().first()
    number, previous = (seal["entries"] + 1, seal["digest"]) if seal else (1, "")
    kept = replace(_writable(entry), id=number)
    kept = replace(kept, digest=digest_of(kept, previous))
    connection.execute(insert(ENTRIES).values(asdict(kept)))
    connection.execute(delete(JOURNAL_SEAL))
    connection.execute(insert(JOURNAL_SEAL).values(id=1, entries=number, digest=kept.digest))
    return kept


def _writable(entry: Entry) -> Entry:
    """Texts and time as every database keeps them: without NUL and lone surrogates, in UTC to the second and without a zone."""
    at = (entry.at.astimezone(UTC) if entry.at.tzinfo else entry.at).replace(microsecond=0, tzinfo=None)
    texts = {f.name: v for f in fields(entry) if isinstance(v := getattr(entry, f.name), str)}
    return replace(entry, at=at, **{n: str(v).replace("\0", "").encode("utf-8", "replace").decode() for n, v in texts.items()})


def entries(connection: Connection, *conditions: ColumnElement[bool]) -> list[Entry]:
    """The entries in order: all, or those that meet conditions on ``entries`` and, where they name it, on ``documents``."""
    query = select(ENTRIES).where(*conditions).order_by(ENTRIES.c.id)
    return [_entry(row) for row in connection.execute(query).mappings()]


def entries_of(connection: Connection, sha256: str) -> list[Entry]:
    """The entries of one document, in order."""
    return entries(connection, ENTRIES.c.sha256 == sha256)


def entry_of(connection: Connection, number: int) -> Entry | None:
    row = connection.execute(select(ENTRIES).where(ENTRIES.c.id == number)).mappings().first()
    return _entry(row) if row is not None else None


def _entry(row: RowMapping) -> Entry:
    return Entry(**{str(name): value for name, value in row.items()})


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain breaks: the number of the entry, and what is wrong there."""

    entry: int
    text: Text


def check_chain(connection: Connection, known: str = "") -> list[Break]:
    """Where the journal is not as it was written; empty where it is.

    ``known`` is a digest, or its beginning, that somebody noted outside the store, on paper or in an export: it must be that of one entry.
    Without one, the chain shows that nobody altered or removed an entry by the way, not that nobody wrote the whole journal anew. Raises
    CorrectionError for a beginning of fewer than ``SHORTEST_DIGEST`` digits.
    """
    known = known.strip().lower()
    if known and len(known) < SHORTEST_DIGEST:
        raise CorrectionError(_TOO_SHORT.format(digest=known, least=SHORTEST_DIGEST))
    broken: list[Break] = []
    digests: set[str] = set()
    previous, expected = "", 1
    for row in connection.execute(select(ENTRIES).order_by(ENTRIES.c.id)).mappings():
        entry = _entry(row)
        if entry.id != expected:
            broken.append(Break(expected, _MISSING.format(first=expected, last=entry.id - 1)))
        elif digest_of(entry, previous) != entry.digest:
            broken.append(Break(entry.id, _ALTERED.format(entry=entry.id)))
        digests.add(entry.digest)
        previous, expected = entry.digest, entry.id + 1
    seal = connection.execute(select(JOURNAL_SEAL)).mappings().first()
    count, last = (seal["entries"], seal["digest"]) if seal else (0, "")
    if (count, last) != (expected - 1, previous):
        broken.append(Break(expected, _END.format(count=count, found=expected - 1)))
    fitting = sum(digest.startswith(known) for digest in digests)
    if known and fitting != 1:
        broken.append(Break(0, (_SEVERAL if fitting else _UNKNOWN).format(digest=printable(known, 64), count=fitting)))
    return broken


_MISSING = Text("faltan las entradas {first} a {last}", "entries {first} to {last} are missing")
_ALTERED = Text(
    "la entrada {entry} no es la que se firmó: su contenido, o el de la anterior, cambió",
    "entry {entry} is not what was signed: its content, or that of the one before, was changed",
)
_END = Text(
    "el sello dice {count:entrada|entradas} y hay {found}, o la última no es la sellada",
    "the seal says {count:entry|entries}, found: {found}, or the last is not the sealed one",
)
_TOO_SHORT = Text(
    "«{digest}» es muy corto para un sello: escriba al menos {least} de sus 64 cifras.",
    "“{digest}” is too short for a digest: write at least {least} of its 64 digits.",
)
_SEVERAL = Text(
    "{count} entradas tienen un sello que empieza por {digest}: escriba más cifras de él",
    "{count} entries have a digest that begins with {digest}: write more of its digits",
)
_UNKNOWN = Text(
    "ninguna entrada tiene el sello {digest}: está mal copiado, o el diario no es el mismo que cuando se anotó",
    "no entry has the digest {digest}: it is miscopied, or the journal is not the one of which it was noted",
)
