"""Lays out pages with the tables that another program finds, so that a user can compare it with veedor's own layout."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

import pypdfium2

from ...schema.errors import DocumentError, Reason
from ...schema.language import Text, printable
from . import lattice, plumber
from .content import PageContent, overlap
from .furniture import Margins, margins, mark
from .layout import PageLayout, PageText
from .lines import lines_of, phrases
from .pdfium import read_page
from .table import PageTable

_NEAR = 2
"""Pages before and behind that are looked at for what is printed again."""
Page = tuple[PageContent, list[PageTable], Margins]


def layouts(
    document: pypdfium2.PdfDocument, data: bytes, password: str | None, engine: str, numbers: Sequence[int]
) -> Iterator[tuple[PageContent, PageLayout]]:
    """The pages (from 0) with the tables of ``engine``. Raises ImportError where it is not there.

    What was struck out is kept from them as from veedor's own layout.
    """
    found = _by_pdfplumber(document, data, password, numbers) if engine == "pdfplumber" else _by_camelot(document, numbers)
    window: deque[Page] = deque(maxlen=2 * _NEAR + 1)
    waiting: deque[Page] = deque()
    for content, tables in _said(found, engine):
        page = (content, tables, margins(content))
        window.append(page)
        waiting.append(page)
        if len(waiting) > _NEAR:
            yield waiting[0][0], _laid(waiting.popleft(), window)
    while waiting:
        yield waiting[0][0], _laid(waiting.popleft(), window)


def _said(found: Iterator[tuple[PageContent, list[PageTable]]], engine: str) -> Iterator[tuple[PageContent, list[PageTable]]]:
    """What the program finds; that it gives up on the file is said. Raises DocumentError: damaged."""
    try:
        yield from found
    except (ImportError, DocumentError, MemoryError):
        raise
    except Exception as error:  # pdfminer raises anything on a damaged file
        raise DocumentError(
            Reason.DAMAGED, _GAVE_UP.format(engine=engine, error=printable(f"{type(error).__name__}: {error}", 120))
        ) from None


def _by_pdfplumber(
    document: pypdfium2.PdfDocument, data: bytes, password: str | None, numbers: Sequence[int]
) -> Iterator[tuple[PageContent, list[PageTable]]]:
    for page in plumber.pages(data, password, [n + 1 for n in numbers]):
        content = plumber.content(page)
        seen = read_page(document, content.number - 1)
        if seen is not None:
            # What was struck out is known from PDFium alone; it is kept from every reading.
            content.struck, content.fills, content.beneath = seen.struck, seen.fills, seen.beneath
            content.words = [w for w in content.words if not any(plumber.inside(w, s.box) for s in content.struck)]
        yield content, plumber.tables(page, content.words)


def _by_camelot(document: pypdfium2.PdfDocument, numbers: Sequence[int]) -> Iterator[tuple[PageContent, list[PageTable]]]:
    """camelot has no text beside its tables: that is PDFium's."""
    for number in numbers:
        content = read_page(document, number)
        if content is not None:
            tables = lattice.tables(document, number)
            for table in tables:
                _without_struck(table, content)
            yield content, tables


def _without_struck(table: PageTable, content: PageContent) -> None:
    """camelot gives the text of a cell whole: one that something was struck out of is left blank."""
    for cell in (c for row in table.rows for c in row.cells if c is not None):
        if any(overlap(s.box, cell.box) > 0 for s in content.struck):
            cell.words, cell.text = [], ""


def _laid(page: Page, window: Sequence[Page]) -> PageLayout:
    """The tables, and each line outside of them; what neighbouring pages print again is furniture."""
    content, tables, its = page
    mark(its, [other for near, _, other in window if near is not content and abs(near.number - content.number) <= _NEAR])
    running = its.running | its.names
    free = [w for w in content.words if not any(plumber.inside(w, t.box) for t in tables)]
    lines = lines_of(phrases(free))
    texts = [PageText([line], line.box, running=all(id(w) in running for w in line.words)) for line in lines]
    pieces = sorted([*tables, *texts], key=lambda p: (p.box[1], p.box[0]))
    return PageLayout(content.number, content.width, content.height, pieces)


_GAVE_UP = Text(
    "{engine} no pudo leer el PDF ({error}). Léalo sin --engine.",
    "{engine} could not read the PDF ({error}). Read it without --engine.",
)
