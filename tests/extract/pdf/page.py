"""Pages made by hand for tests of the layout: words of even width, rules, and tables typeset cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from veedor.extract.pdf.content import Fill, PageContent, Rule, Word
from veedor.extract.pdf.layout import PageLayout, lay_out
from veedor.extract.pdf.lines import Line, lines_of, phrases
from veedor.extract.pdf.paragraphs import PageText
from veedor.extract.pdf.table import PageTable

SIZE = 10.0
"""Height of the type; letters and blanks are half as wide."""
LETTER = SIZE / 2


class Page:
    """A page under construction. Every ``text`` is a stretch of its own, as a file prints it."""

    def __init__(self, number: int = 1, width: float = 600, height: float = 800) -> None:
        self.content = PageContent(number, width, height)
        self.spans = 0

    def text(self, x: float, top: float, text: str, bold: bool = False, end: bool = False) -> Page:
        """Words from ``x`` on, or up to it with ``end``."""
        if end:
            x -= len(text) * LETTER
        for word in text.split(" "):
            if word:
                x1 = x + len(word) * LETTER
                self.content.words.append(Word(word, x, top, x1, top + SIZE, 0, self.spans, self.spans, bold))
            x += (len(word) + 1) * LETTER
        self.spans += 1
        return self

    def turned(self, x: float, top: float, text: str, angle: int = 90) -> Page:
        """One line of turned text; 90 reads upwards."""
        words = text.split(" ")
        for word in words if angle == 270 else reversed(words):
            bottom = top + len(word) * LETTER
            self.content.words.append(Word(word, x, top, x + SIZE, bottom, angle, self.spans, self.spans))
            top = bottom + LETTER
        self.spans += 1
        return self

    def across(self, y: float, x0: float, x1: float, faint: bool = False) -> Page:
        self.content.horizontal.append(Rule(y, x0, x1, 0.5, faint))
        return self

    def down(self, x: float, top: float, bottom: float, faint: bool = False) -> Page:
        self.content.vertical.append(Rule(x, top, bottom, 0.5, faint))
        return self

    def fill(self, x0: float, top: float, x1: float, bottom: float, colour: tuple[int, int, int] = (217, 226, 243)) -> Page:
        self.content.fills.append(Fill((x0, top, x1, bottom), colour, 0))
        return self

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Page:
        return self.across(top, x0, x1).across(bottom, x0, x1).down(x0, top, bottom).down(x1, top, bottom)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Page:
        for y in ys:
            self.across(y, xs[0], xs[-1])
        for x in xs:
            self.down(x, ys[0], ys[-1])
        return self

    def cells(self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]) -> Page:
        """Texts at the top left of their fields; a line break parts the lines of a cell."""
        for top, row in zip(ys, rows, strict=False):
            for x, cell in zip(xs, row, strict=False):
                for k, line in enumerate(cell.split("\n")):
                    self.text(x + 3, top + 3 + 11 * k, line)
        return self

    def table(self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]) -> Page:
        return self.grid(xs, ys).cells(xs, ys, rows)

    @property
    def layout(self) -> PageLayout:
        return lay_out(self.content)

    @property
    def tables(self) -> list[PageTable]:
        return [p for p in self.layout.pieces if isinstance(p, PageTable)]

    @property
    def texts(self) -> list[PageText]:
        return [p for p in self.layout.pieces if isinstance(p, PageText)]

    @property
    def lines(self) -> list[Line]:
        return lines_of(phrases(self.content.words))


def texts(table: PageTable) -> list[list[str | None]]:
    """The cells of a table; None where a span covers the field."""
    return [[None if c is None else c.text for c in row.cells] for row in table.rows]


def ladder(start: float, *steps: float) -> list[float]:
    """Positions from ``start`` on, each a step further."""
    out = [start]
    for step in steps:
        out.append(out[-1] + step)
    return out


def rules(*given: tuple[float, float, float]) -> list[Rule]:
    """Rules, each by its place, start and end."""
    return [Rule(at, lo, hi) for at, lo, hi in given]


def words_of(pieces: Iterable[PageTable | PageText]) -> list[Word]:
    """Every word of a page's tables and texts, as often as it is there."""
    found: list[Word] = []
    for piece in pieces:
        if isinstance(piece, PageTable):
            found += [w for r in piece.rows for c in r.cells if c is not None for w in c.words]
        else:
            found += [w for line in piece.lines for w in line.words]
    return found
