"""What the history of an institution is made of: years, documents, lines, the figures and links of these, and statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from ...schema.language import Text, printable


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a year. ``reports`` is True for a follow-up; ``whole`` is False where a part could not be read.

    ``replaced_by`` names what stands for it, a later version or the whole of an extract: its own figures are shown and count for nothing.
    """

    id: int
    name: str
    year: int
    period_start: date | None
    period_end: date | None
    reports: bool
    whole: bool
    replaced_by: str = ""


class Printed(NamedTuple):
    """A row as a document prints it; None where it prints nothing."""

    document_id: int
    sequence: int
    code: str | None
    name: str
    unit: str | None
    unit_of_measure: str | None
    unit_code: str | None
    annual_target: float | None
    period_target: float | None
    actual: float | None
    percent: float | None
    class_published: str | None
    page: int | None
    line: int | None


class Figure(NamedTuple):
    """A target or an actual of a row: from which day to which (ISO dates), as printed, and in what state."""

    document_id: int
    sequence: int
    measure: str
    basis: str
    period_start: str | None
    period_end: str | None
    value: float | None
    printed: str
    unit: str
    state: str
    page: int | None
    line: int | None


class Where(NamedTuple):
    """A place that a statement rests on: document, page or line, and what is printed there."""

    document: str
    page: int | None
    line: int | None
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is to be said of a line, with the places it rests on and its arithmetic.

    ``kind``: target_changed, programme_changed, restated, falls, never_reported, no_result, left_out, not_planned, or cannot_tell.
    """

    kind: str
    text: Text
    places: tuple[Where, ...] = ()
    arithmetic: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody said of an earlier version of a link: the number of the entry, ``confirmed`` or ``rejected``, who, and when (UTC)."""

    entry: int
    verdict: str
    author: str
    at: datetime

    @property
    def text(self) -> Text:
        verdict = _CONFIRMED if self.verdict == "confirmed" else _REJECTED
        shown = printable(self.author, 80)
        return verdict.format(author=shown, entry=self.entry)


_CONFIRMED = Text(
    "confirmado por {author} (entrada {entry}), sobre una versión anterior", "confirmed by {author} (entry {entry}), on an earlier version"
)
_REJECTED = Text(
    "rechazado por {author} (entrada {entry}), sobre una versión anterior", "rejected by {author} (entry {entry}), on an earlier version"
)


class Link(NamedTuple):
    """A link from a row to an earlier one, of the year or of an earlier one.

    ``by``: what agrees; ``state`` as in the table ``links``; from ``document`` on, what the earlier row prints and where.
    ``objective`` is True for links of objectives, whose rows are the first under them. ``decided``: where it is asked again, what was said.
    """

    document_id: int
    sequence: int
    earlier_document_id: int
    earlier_sequence: int
    year: int
    score: float
    by: str
    state: str
    document: str
    code: str
    name: str
    page: int | None
    line: int | None
    objective: bool = False
    decided: Decided | None = None

    @property
    def id(self) -> str:
        """What ``--confirm`` and ``--reject`` take."""
        kind = "o" if self.objective else ""
        return f"{kind}{self.document_id}.{self.sequence}-{self.earlier_document_id}.{self.earlier_sequence}"

    @property
    def where(self) -> Where:
        return Where(self.document, self.page, self.line)


@dataclass(slots=True)
class Line:
    """One action of one year: its rows in order of the documents, the links of these to each other and to earlier years, and statements.

    ``number`` counts the lines of the year from 1.
    """

    year: int
    number: int
    rows: list[Printed]
    links: list[Link]
    statements: list[Statement]

    @property
    def head(self) -> Printed:
        """The row by which the line is called: the first."""
        return self.rows[0]


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective of one year, where it first stands, with its links to those of earlier years."""

    year: int
    code: str
    text: str
    where: Where
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A year: its documents in order, its lines, its objectives, and what holds for it as a whole."""

    year: int
    documents: tuple[Document, ...]
    lines: list[Line]
    objectives: tuple[Objective, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The history of an institution by its id. ``name``: what its documents print of it; empty where none does."""

    institution: str
    years: tuple[Year, ...]
    name: str = ""
