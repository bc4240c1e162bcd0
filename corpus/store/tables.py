"""The tables of the store, for SQLite and PostgreSQL. What a change here asks for is a new migration in migrations/."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

from ...schema.tables import TABLES

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
TYPES: dict[str, type[TypeEngine]] = {"text": Text, "integer": Integer, "number": Float, "boolean": Boolean, "date": Date}
"""The column types for those of schema.tables. Numbers are doubles: the digits as printed stand in ``measures.printed``."""


def _document_id(primary_key: bool = False, index: bool = False) -> Column[int]:
    return Column("document_id", Integer, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=primary_key, index=index)


DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("id", Integer, primary_key=True),  # in the order in which they were added, which does not depend on who read them when
    Column("sha256", String(64), nullable=False, unique=True),
    Column("document", Text, nullable=False, unique=True),
    Column("suffix", Text, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("added_at", DateTime, nullable=False),
    Column("asked", Text, nullable=False),  # the settings of the ingestion that is to read it, as JSON
    # How its reading went: queued, done, partial, refused, failed or set_aside, with the reason code and what to do about it.
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("message", Text, nullable=False, default=""),
    Column("tries", Integer, nullable=False, default=0),
    Column("seconds", Float),
    Column("read_at", DateTime),
    # What it is; what a manifest states of it stands in sources and comes first.
    Column("title", Text, nullable=False, default=""),
    Column("institution", Text, nullable=False, default=""),
    Column("institution_printed", Text, nullable=False, default=""),
    Column("year", Integer),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("version", Integer, nullable=False, default=1),
    Column("replaced_by", Integer),  # the id of a later version of the report, or of the whole of which this is an extract
    Column("reports", Boolean),  # whether it prints results: a follow-up, and no plan
    Column("pages", Integer),
    Column("lines", Integer),
    Column("recognised", Text, nullable=False, default=""),
    # How it was read and evaluated: what anyone needs to do it again.
    Column("language", Text, nullable=False, default=""),
    Column("read_by", Text, nullable=False, default=""),
    Column("pages_read", Text, nullable=False, default=""),
    Column("engine", Text, nullable=False, default=""),
    Column("verify", Text, nullable=False, default=""),
    Column("ocr", Text, nullable=False, default=""),
    Column("profile", Text, nullable=False, default=""),
    Column("profile_asked", Text, nullable=False, default=""),
    Column("profile_sha256", Text, nullable=False, default=""),
    Column("lexicon_sha256", Text, nullable=False, default=""),
    Column("stated", Text, nullable=False, default=""),
    # By what its percentages and classes follow.
    Column("formula_basis", Text, nullable=False, default=""),
    Column("formula_rounding", Text, nullable=False, default=""),
    Column("formula_quotient", Text, nullable=False, default=""),
    Column("formula_cap", Float),
    Column("formula_matched", Integer),
    Column("formula_evaluable", Integer),
    Column("percent_cap", Float),
    Column("limits", Text, nullable=False, default=""),
    Column("limits_source", Text, nullable=False, default=""),
    Index(None, "institution", "year"),
    Index(None, "state"),
)

SOURCES = Table(
    "sources",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("address", Text, nullable=False),
    _document_id(index=True),  # none where the address gave no document
    Column("institution", Text, nullable=False, default=""),  # as stated in a manifest; so the next three
    Column("year", Integer),
    Column("first_month", Integer),
    Column("last_month", Integer),
    Column("reason", Text, nullable=False, default=""),
    Column("message", Text, nullable=False, default=""),
    Column("added_at", DateTime, nullable=False),
    UniqueConstraint("address", "document_id"),
)

CONTENTS = Table("contents", METADATA, _document_id(primary_key=True), Column("data", LargeBinary, nullable=False))
"""The bytes of each document, so that a store is whole in itself."""

READINGS = Table(
    "readings",
    METADATA,
    _document_id(primary_key=True),
    Column("plan", LargeBinary, nullable=False),
    Column("evaluation", LargeBinary, nullable=False),
    # How this reading ended, done or partial, and what it did not read: the document's own state is that of the newest try.
    Column("state", Text, nullable=False),
    Column("message", Text, nullable=False, default=""),
)
"""What was read of each document, before any correction, and what its evaluation says after them: JSON, compressed with zlib.

A document that has a reading has rows: also while it waits to be read again, and where that failed for lack of time or memory.
"""

ROWS = {
    name: Table(
        name,
        METADATA,
        _document_id(primary_key=True),
        Column("position", Integer, primary_key=True),
        *(Column(f.name, TYPES[f.type]) for f in fields if f.name != "document"),
    )
    for name, fields in TABLES.items()
}
"""The tables of the contract, with the corrections of people, in the order in which ``veedor run`` writes them."""
Index(None, ROWS["indicators"].c.institution, ROWS["indicators"].c.year)
Index(None, ROWS["measures"].c.document_id, ROWS["measures"].c.sequence)

ENTRIES = Table(
    "entries",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 … without a gap
    Column("kind", Text, nullable=False),  # correction, withdrawal, dismissal, acceptance, link or approval
    Column("author", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("reason", Text, nullable=False),
    # Of which document, by its bytes: an entry outlives the document's place in the store.
    Column("sha256", String(64), nullable=False, default="", index=True),
    Column("field", Text, nullable=False, default=""),
    Column("sequence", Integer),
    Column("code", Text, nullable=False, default=""),
    Column("name", Text, nullable=False, default=""),
    Column("measure", Text, nullable=False, default=""),
    Column("basis", Text, nullable=False, default=""),
    Column("first_month", Integer),
    Column("last_month", Integer),
    Column("period_start", Date),
    Column("period_end", Date),
    *(Column(n, Integer) for n in ("page", "line")),
    *(Column(n, Float) for n in ("x0", "top", "x1", "bottom")),
    # What was read there, what stood before (an earlier correction, or the reading) and what is right.
    Column("printed", Text, nullable=False, default=""),
    Column("printed_state", Text, nullable=False, default=""),
    Column("old", Text, nullable=False, default=""),
    Column("new", Text, nullable=False, default=""),
    Column("new_state", Text, nullable=False, default=""),
    Column("new_value", Float),
    Column("new_decimals", Integer, nullable=False, default=0),
    Column("of_entry", Integer),  # the entry that is withdrawn, or whose question is dismissed
    Column("finding", Text, nullable=False, default=""),
    Column("verdict", Text, nullable=False, default=""),  # accepted or dismissed; confirmed or rejected; approved
    # The other side of a link.
    Column("other_sha256", String(64), nullable=False, default=""),
    Column("other_sequence", Integer),
    Column("other_code", Text, nullable=False, default=""),
    Column("other_name", Text, nullable=False, default=""),
    Column("digest", String(64), nullable=False),  # over this entry and the digest of the one before
)
"""The journal: what people said of documents. Rows are added and never changed."""

JOURNAL_SEAL = Table(
    "journal_seal",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("entries", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
)
"""One row: how many entries the journal has and the digest of the last, so that one missing at its end is found."""

APPLICATIONS = Table(
    "applications",
    METADATA,
    Column("entry_id", Integer, ForeignKey("entries.id"), primary_key=True, autoincrement=False),
    _document_id(primary_key=True),
    Column("state", Text, nullable=False),  # applied, asked, replaced or withdrawn
    Column("note", Text, nullable=False, default=""),  # why it is asked
    Column("sequence", Integer),  # its row in the document as it is read now
    Column("read", Text, nullable=False, default=""),  # what is read there now
    Index(None, "document_id"),
    Index(None, "state"),
)
"""What became of each entry on each document that it concerns; it follows from the entries and the readings."""


def _row(prefix: str = "", primary_key: bool = False) -> tuple[Column[int], Column[int]]:
    """A row of ``indicators`` by its document and its ``sequence``."""
    document = Column(f"{prefix}document_id", Integer, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=primary_key)
    return document, Column(f"{prefix}sequence", Integer, primary_key=primary_key)


def _links(name: str) -> Table:
    """``state``: linked, doubtful (a person is to say), asked (again), confirmed or rejected. ``by_what``: what agrees, in words."""
    return Table(
        name,
        METADATA,
        *_row(primary_key=True),
        *_row("earlier_", primary_key=True),
        Column("institution", Text, nullable=False),
        Column("year", Integer, nullable=False),
        Column("earlier_year", Integer, nullable=False),
        Column("score", Float, nullable=False),
        Column("by_what", Text, nullable=False),
        Column("state", Text, nullable=False),
        Index(None, "institution", "year"),
        Index(None, "earlier_document_id"),
    )


LINKS = _links("links")
"""Which row of an earlier document each row of an institution goes on from: of its year, or of an earlier one where its year has none."""
OBJECTIVES = Table(
    "objectives",
    METADATA,
    *_row(primary_key=True),  # the first row under it in the first document of the year that has it
    Column("institution", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("objective", Text, nullable=False),
    Column("page", Integer),
    Column("line", Integer),
    Index(None, "institution", "year"),
)
OBJECTIVE_LINKS = _links("objective_links")
TO_LINK = Table(
    "to_link",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("institution", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Index(None, "institution"),
)
"""The years whose documents changed since they were linked: one row for each change, so that no two writers meet."""
