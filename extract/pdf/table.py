"""The table of one page: rows of cells with their words and boxes, before pages are joined."""

from __future__ import annotations

from dataclasses import dataclass

from .content import Box, Colour, Word, around
from .lines import text_of


@dataclass(slots=True)
class PageCell:
    """A cell as laid out. ``text`` is made from its words once."""

    words: list[Word]
    box: Box
    row_span: int = 1
    col_span: int = 1
    redacted: bool = False
    illegible: bool = False
    """Something stands in it that no engine reads."""
    text: str = ""
    fill: Colour | None = None
    recognised: bool = False
    """Its words were read in a picture."""
    readings: tuple[str, ...] = ()
    """Where it was recognised in a picture: what else was read in its place, the engine's own reading first."""

    def settle(self, rests: frozenset[int] = frozenset()) -> None:
        """Makes the text. ``rests`` are the words that go on with the word of the line above."""
        self.text = text_of(self.words, rests)

    def reread(self, text: str) -> None:
        """Takes ``text`` for what it says; what it said until now stays among its readings."""
        self.readings, self.text = (self.text, *self.readings), text

    def doubt(self) -> None:
        """Says of every word in it that it may be another."""
        for word in self.words:
            word.doubtful = True


@dataclass(slots=True)
class PageRow:
    """As many entries as the table has columns; None where a span covers the field."""

    cells: list[PageCell | None]

    @property
    def box(self) -> Box:
        return around([c.box for c in self.cells if c is not None])

    @property
    def texts(self) -> list[str]:
        return [c.text if c else "" for c in self.cells]

    @property
    def filled(self) -> list[tuple[int, PageCell]]:
        return [(i, c) for i, c in enumerate(self.cells) if c is not None and c.text]


@dataclass(slots=True)
class PageTable:
    """A table on one page. ``xs`` are the edges of its columns."""

    page: int
    xs: list[float]
    rows: list[PageRow]
    box: Box
    ruled: bool
    levels: int = 0
    """Rows at its top that are its header."""
    lone: bool = False
    """A single row at the top of the page: it goes on with the table of the page before, or is text."""

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def word_ids(self) -> set[int]:
        """The identity of each word in its cells."""
        return {id(w) for row in self.rows for cell in row.cells if cell is not None for w in cell.words}

    @property
    def above_bands(self) -> int:
        """The number of its rows without those at its end that are one text over the whole width: an objective, a unit."""
        rows = len(self.rows)
        while rows > 1 and len(f := self.rows[rows - 1].filled) == 1 and f[0][1].col_span == self.columns > 1:
            rows -= 1
        return rows

    @property
    def header(self) -> list[PageRow]:
        return self.rows[: self.levels]

    @property
    def body(self) -> list[PageRow]:
        return self.rows[self.levels :]
