"""Properties: a table as typeset comes back cell by cell; no word of a page is lost or doubled; no page breaks the layout."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from veedor.extract.pdf.content import Word
from veedor.extract.pdf.pdfium import opened, read_page
from veedor.extract.pdf.stitch import stitch
from veedor.extract.pdf.table import PageTable
from veedor.extract.raw import Block, TextBlock

from .page import LETTER, SIZE, Page, words_of

CELLS = [
    "",
    "",
    "5",
    "1,144",
    "87.54",
    "100%",
    "≥ 90%",
    "0",
    "-",
    "AO.1.1.",
    "Capacitar",
    "Informe anual",
    "UFI",
    "Unidad de Planificación",
    "EN-MAR",
]
WIDTH = 115.0
"""Of a column: the widest text fits."""


@dataclass(frozen=True)
class Typeset:
    """A table with its spans: cells by row and column, those that a span covers left out."""

    columns: int
    rows: int
    texts: dict[tuple[int, int], str]
    spans: dict[tuple[int, int], tuple[int, int]]

    @property
    def covered(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each field under a span the cell that it belongs to."""
        return {
            (r + i, c + j): (r, c) for (r, c), (height, width) in self.spans.items() for i in range(height) for j in range(width) if i or j
        }

    @property
    def wanted(self) -> list[list[str | None]]:
        return [[None if (r, c) in self.covered else self.texts[r, c] for c in range(self.columns)] for r in range(self.rows)]

    def pdf(self) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(700, 800))
        canvas.setFont("Helvetica", 8)
        covered = self.covered
        for (r, c), text in self.texts.items():
            if (r, c) in covered:
                continue
            height, width = self.spans.get((r, c), (1, 1))
            x0, x1, top, bottom = 40 + WIDTH * c, 40 + WIDTH * (c + width), 740 - 24 * r, 740 - 24 * (r + height)
            canvas.rect(x0, bottom, x1 - x0, top - bottom)
            canvas.drawString(x0 + 4, (top + bottom) / 2 - 3, text)
        canvas.save()
        return out.getvalue()


@st.composite
def typeset(draw: st.DrawFn) -> Typeset:
    columns, rows = draw(st.integers(2, 5)), draw(st.integers(3, 9))
    texts = {(r, c): draw(st.sampled_from(CELLS)) for r in range(rows) for c in range(columns)}
    # Every column and row shows itself: what nothing stands in is no cell to anyone.
    for r in range(rows):
        texts[r, 0] = texts[r, 0] or f"Fila {r}"
    for c in range(columns):
        texts[0, c] = f"Nombre {c}"
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    taken: set[tuple[int, int]] = set()
    for _ in range(draw(st.integers(0, 2))):
        height, width = draw(st.sampled_from([(1, 2), (2, 1), (3, 1)]))
        r, c = draw(st.integers(1, rows - 1)), draw(st.integers(0, columns - 1))
        fields = {(r + i, c + j) for i in range(height) for j in range(width)}
        # A row that lies under spans alone would have no rule of its own.
        if r + height <= rows and c + width <= columns and not fields & taken and (height == 1 or c < columns - 1):
            spans[r, c] = (height, width)
            taken |= fields
    return Typeset(columns, rows, texts, spans)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(typeset())
def test_a_typeset_table_comes_back_cell_by_cell(table: Typeset) -> None:
    with opened(table.pdf()) as pdf:
        content = read_page(pdf, 0)
    assert content is not None
    page = Page()
    page.content = content
    (found,) = page.tables
    assert [[None if c is None else c.text for c in row.cells] for row in found.rows] == table.wanted
    spans = {
        (r, c): (x.row_span, x.col_span)
        for r, row in enumerate(found.rows)
        for c, x in enumerate(row.cells)
        if x and x.row_span + x.col_span > 2
    }
    assert spans == table.spans


texts = st.sampled_from([*(c for c in CELLS if c and " " not in c), "Total", "1.234,56", "2023", "•", "a"])
positions = st.integers(0, 590).map(float)
heights = st.integers(0, 780).map(float)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """Words and rules anywhere, some of them on a raster as in tables."""
    page = Page()
    raster = draw(st.booleans())
    step = draw(st.sampled_from([12, 15, 40]))
    for x, y, text, bold in draw(st.lists(st.tuples(positions, heights, texts, st.booleans()), max_size=60)):
        if raster:
            x, y = 20 + x // 90 * 90, 20 + y // step * step
        page.text(x, y, text, bold)
    for x, y, text in draw(st.lists(st.tuples(positions, heights, texts), max_size=4)):
        page.turned(x, y, text, draw(st.sampled_from([90, 270])))
    for at, a, b in draw(st.lists(st.tuples(heights, positions, positions), max_size=25)):
        page.across(at // step * step if raster else at, min(a, b), max(a, b), draw(st.booleans()))
    for at, a, b in draw(st.lists(st.tuples(positions, heights, heights), max_size=15)):
        page.down(at // 90 * 90 if raster else at, min(a, b), max(a, b), draw(st.booleans()))
    for x, y, w, h in draw(st.lists(st.tuples(positions, heights, positions, heights), max_size=8)):
        page.fill(x, y, x + w / 3, y + h / 9)
    return page


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(pages())
def test_every_word_of_a_page_stands_once(page: Page) -> None:
    layout = page.layout
    upright = {id(w) for w in page.content.words if not w.angle}
    found = Counter(id(w) for w in words_of(layout.pieces))
    assert {k: found[k] for k in upright} == dict.fromkeys(upright, 1)
    for piece in layout.pieces:
        if isinstance(piece, PageTable):
            assert all(len(row.cells) == piece.columns for row in piece.rows)
            assert piece.levels <= len(piece.rows)
    if len(upright) == len(page.content.words):
        letters = Counter("".join(w.text for w in page.content.words))
        assert Counter("".join(_written(stitch([layout]))).replace(" ", "")) == letters


def _written(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, TextBlock):
            yield block.text
        else:
            yield from (cell.text for row in (*block.header, *block.rows) for cell in row.cells if cell is not None)


@settings(max_examples=15, deadline=5000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.integers(0, 2**32 - 1))
def test_a_crowded_page_takes_no_time(seed: int) -> None:
    chance = random.Random(seed)
    page = Page()
    for k in range(600):
        text = chance.choice([c for c in CELLS if c])
        x, top = chance.uniform(0, 580), chance.uniform(0, 780)
        page.content.words.append(Word(text, x, top, x + len(text) * LETTER, top + SIZE, 0, k, k))
    for _ in range(200):
        a, b = chance.uniform(0, 600), chance.uniform(0, 600)
        page.across(chance.uniform(0, 800), min(a, b), max(a, b)).down(chance.uniform(0, 600), min(a, b), max(a, b))
    assert Counter(id(w) for w in page.content.words) == Counter(id(w) for w in words_of(page.layout.pieces))
