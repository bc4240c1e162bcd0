"""RawDocument: the tables, text and marks of a document as printed, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from ..schema.place import Place
from ..schema.plan import Diagnostic


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``text`` is clean (NFC, one space, no markup); ``items`` its bullets, if it is a list.

    ``fill`` is the colour that it is filled with (red, green, blue of 255), None where it is white.
    """

    text: str
    place: Place
    row_span: int = 1
    col_span: int = 1
    marks: frozenset[str] = frozenset()
    items: tuple[str, ...] = ()
    fill: tuple[int, int, int] | None = None
    readings: tuple[str, ...] = ()
    """Where the text was recognised in a picture: what else was read in its place, the engine's own reading first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as wide as its table. None is a cell that a span covers. ``moved``: cells were put back in their columns.

    ``unsure`` are the columns whose cells may belong to a neighbouring column: another placement was as
    good. ``rivals`` are the cells of the row in each of those placements, its own not among them.
    """

    cells: tuple[Cell | None, ...]
    place: Place
    moved: bool = False
    unsure: frozenset[int] = frozenset()
    rivals: tuple[tuple[Cell | None, ...], ...] = ()

    def text(self, column: int) -> str:
        cell = self.cells[column] if 0 <= column < len(self.cells) else None
        return cell.text if cell else ""

    @property
    def filled(self) -> list[tuple[int, Cell]]:
        """The cells that hold text, with their column."""
        return [(c, cell) for c, cell in enumerate(self.cells) if cell is not None and cell.text]

    @property
    def joined(self) -> str:
        return " ".join(cell.text for _, cell in self.filled)


@dataclass(frozen=True, slots=True)
class Table:
    """A logical table: header levels, body rows, and the names of its columns.

    ``columns[c]`` is the path of header texts above column c, outermost first, empty where nothing
    is printed. ``inherited`` where the header stands on an earlier part and is not repeated here.
    ``other_headers`` are the rows of headers printed again that do not say the same: another year, say.
    """

    header: tuple[Row, ...]
    columns: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]
    inherited: bool = False
    joined_parts: int = 1
    other_headers: tuple[Row, ...] = ()
    records: bool = False
    """True where each row is printed as a block of labelled lines: a column without a header is then the line above the block."""

    @property
    def names(self) -> list[str]:
        return [" / ".join(path) for path in self.columns]

    @property
    def place(self) -> Place:
        first = next(iter((*self.header, *self.rows)), None)
        return first.place if first else Place()

    @property
    def pages(self) -> list[int]:
        return sorted({r.place.page for r in (*self.header, *self.rows) if r.place.page is not None})


class TextKind(StrEnum):
    """What a text block is by its form and place; never by its meaning."""

    LINE = "line"
    BULLET = "bullet"
    RUNNING = "running"
    CONTENTS = "contents"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A line of text outside the tables. ``kind`` RUNNING marks page furniture, CONTENTS a table of contents."""

    text: str
    place: Place
    kind: TextKind = TextKind.LINE
    marks: frozenset[str] = frozenset()
    gap: bool = False
    """True where a blank line stands before it."""
    heading: int = 0
    """How deep a heading it is, where the markup says so (Markdown, HTML); 0 for any other line."""


@dataclass(frozen=True, slots=True)
class RedactionMark:
    """A mark that matter was struck out: ``kind`` text, cell, paragraph or image; ``printed`` as it stands."""

    kind: str
    printed: str
    place: Place
    reason: str = ""


Block = TextBlock | Table


@dataclass(slots=True)
class RawDocument:
    """What a reader gives. ``blocks`` are the text blocks and tables in reading order."""

    name: str
    source: str
    sha256: str
    reader: str
    blocks: list[Block] = field(default_factory=list)
    redactions: list[RedactionMark] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    pages: int | None = None
    lines: int | None = None
    partial: bool = False
    recognised: tuple[int, ...] = ()
    """Pages whose text was recognised in a picture."""
    again: Callable[[Cell], Sequence[str]] | None = field(default=None, compare=False, repr=False)
    """Reads a cell of a recognised page again, finer; None where no page was recognised."""
    draw: Callable[[int, float], Any] | None = field(default=None, compare=False, repr=False)
    """Draws a page (from 1) as it is shown, with so many pixels for a point or fewer: its pixels (rows x columns x 3, blue, green, red)
    and how many there are for a point. None for what has no pages."""
    covers: dict[int, tuple[tuple[float, float, float, float], ...]] = field(default_factory=dict)
    """Of each page whose drawing was looked at whole: what to paint over before it is shown, in points of the page as ``draw`` gives it."""
    quarters: dict[int, int] = field(default_factory=dict)
    """By how many quarters, counter-clockwise, recognised pages are turned to stand upright: their places are those of the upright page."""

    @property
    def tables(self) -> list[Table]:
        return [b for b in self.blocks if isinstance(b, Table)]

    @property
    def texts(self) -> Iterator[TextBlock]:
        return (b for b in self.blocks if isinstance(b, TextBlock))


def to_json(document: RawDocument) -> dict[str, Any]:
    """The document with every place, as plain data that ``from_json`` reads back; without what asks its file again."""
    from pydantic import TypeAdapter

    return TypeAdapter(RawDocument).dump_python(replace(document, again=None, draw=None), mode="json")


def from_json(data: dict[str, Any]) -> RawDocument:
    """The RawDocument that ``to_json`` wrote. Raises pydantic.ValidationError on another form."""
    from pydantic import TypeAdapter

    return TypeAdapter(RawDocument).validate_python(data)
