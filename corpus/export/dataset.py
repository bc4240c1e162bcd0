"""What is exported: documents one after the other, each with its rows in every table, and what anyone needs to check them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from ...schema.finding import Evaluation
from ...schema.plan import Plan
from ...schema.tables import TABLES as OF_A_PLAN
from ...schema.tables import Field, Value, records
from ...schema.tables import rows as rows_of

Row = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Kept:
    """A document of the collection as the table ``documents`` shows it: its file, what it is, how it was read and evaluated.

    ``address`` is where it was found; ``version`` counts the versions of one report, and ``replaced_by`` names the document
    that stands for this one: a later version, or the whole of which it is an extract.
    ``pages_read`` is as ``--pages`` takes it, empty for all of them.
    ``profile`` was followed, ``profile_asked`` asked for by its id or the name of its file; ``profile_sha256`` and ``lexicon_sha256``
    tell a profile's file and a user's own lexicon from others of the same name.
    ``stated`` is what a person said of the document when it was added, which came before what it tells itself: ``year=2021; months=4-6``.
    """

    document: str
    sha256: str
    bytes: int
    address: str
    title: str = ""
    institution: str = ""
    institution_printed: str = ""
    year: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    reports: bool | None = None
    version: int = 1
    replaced_by: str = ""
    pages: int | None = None
    lines: int | None = None
    recognised: str = ""
    state: str = "done"
    message: str = ""
    language: str = ""
    read_by: str = ""
    pages_read: str = ""
    engine: str = ""
    verify: str = ""
    ocr: str = ""
    profile: str = ""
    profile_asked: str = ""
    profile_sha256: str = ""
    lexicon_sha256: str = ""
    stated: str = ""
    formula_basis: str = ""
    formula_rounding: str = ""
    formula_quotient: str = ""
    formula_cap: float | None = None
    formula_matched: int | None = None
    formula_evaluable: int | None = None
    percent_cap: float | None = None
    limits: str = ""
    limits_source: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction by a person: of what, from which reading to which, by whom, when and why.

    ``sequence`` is the row, None for a fact of the document; ``field`` the column of ``indicators``, ``figure`` for a measure, which
    ``measure``, ``basis`` and the period then tell, or ``finding`` where somebody accepted or dismissed one. ``printed`` is what was
    read at its place, or the id of the finding. ``state``: ``applied``, ``asked`` (its source reads differently now, or is a new
    version), ``replaced`` by a later one, ``dismissed`` or ``withdrawn``. ``digest`` seals the entry and all entries before it.
    """

    document: str
    entry: int
    sequence: int | None
    field: str
    measure: str
    basis: str
    period_start: date | None
    period_end: date | None
    page: int | None
    line: int | None
    x0: float | None
    top: float | None
    x1: float | None
    bottom: float | None
    printed: str
    old_value: str
    new_value: str
    author: str
    at: str
    reason: str
    state: str
    digest: str


DOCUMENT_FIELDS = tuple(f.name for f in fields(Kept))
_TYPES = {"str": "text", "int": "integer", "float": "number", "bool": "boolean", "date": "date"}


def _fields_of(row: type) -> list[Field]:
    """The columns of a table from the fields of a data class, by their types."""
    return [Field(f.name, _TYPES[str(f.type).split(" |")[0]], lambda r, n=f.name: getattr(r, n)) for f in fields(row)]


TABLES: dict[str, list[Field]] = {"documents": _fields_of(Kept), **OF_A_PLAN, "corrections": _fields_of(Corrected)}
"""The tables of an export with their columns, in order."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of an export: its rows by table, each with the values of the table's columns in order.

    ``plan`` is the plan that the rows come from; None for what was read back from an export.
    """

    rows: Mapping[str, Sequence[Row]]
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is exported. Going through it gives its entries in order, one document at a time, each time anew.

    ``title`` names it for people; ``version`` is the veedor that made it.
    """

    entries: Callable[[], Iterator[Entry]]
    title: str
    version: str

    def __iter__(self) -> Iterator[Entry]:
        return self.entries()


def entry(kept: Kept, plan: Plan, evaluation: Evaluation, corrections: Sequence[Corrected] = ()) -> Entry:
    """The rows of one document in every table. ``plan`` carries the document's name as the collection has it."""
    found = records(plan, evaluation)
    rows: dict[str, Sequence[Row]] = {name: list(rows_of(name, found[name])) for name in OF_A_PLAN}
    return Entry({"documents": [_row("documents", kept)], **rows, "corrections": [_row("corrections", c) for c in corrections]}, plan)


def _row(table: str, value: Kept | Corrected) -> list[Value]:
    return [f.get(value) for f in TABLES[table]]
