"""Lays out pages with the tables that another program finds, so that a user can compare it with veedor's own layout."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence

import pypdfium2

from ...schema.errors import DocumentError, Reason
from ...schema.language import Text, printable
from . import lattice, plumber
from .content import PageContent, inside
from .furniture import Margins
from .layout import PageLayout
from .lines import lines_of, phrases
from .paragraphs import PageText
from .table import PageTable

Lay = Callable[[PageContent, Margins, Sequence[float]], PageLayout]
_MODULES = {"pdfplumber": "pdfplumber", "camelot": "camelot.io"}


def missing(engine: str) -> Text | None:
    """Says that a program is not there; None where it is."""
    try:
        importlib.import_module(_MODULES[engine])
    except ImportError as error:
        return _NOT_THERE.format(name=error.name or engine)
    return None


def layout_by(engine: str, document: pypdfium2.PdfDocument, data: bytes, password: str | None, numbers: Sequence[int]) -> Lay:
    """Lays out these pages (from 0), in this order, with the tables of ``engine``. Raises DocumentError: damaged."""
    waiting = plumber.pages(data, password, [n + 1 for n in numbers])

    def by_pdfplumber(page: PageContent) -> list[PageTable]:
        return next((plumber.tables(p, page.words) for p in waiting if p.page_number == page.number), [])

    def by_camelot(page: PageContent) -> list[PageTable]:
        return lattice.tables(document, page.number - 1, page.words)

    find = by_pdfplumber if engine == "pdfplumber" else by_camelot

    def lay(page: PageContent, its: Margins, columns: Sequence[float]) -> PageLayout:
        try:
            return _laid(page, its, find(page))
        except MemoryError:
            raise
        except Exception as error:  # pdfminer raises anything on a damaged file
            said = printable(f"{type(error).__name__}: {error}", 120)
            raise DocumentError(Reason.DAMAGED, _GAVE_UP.format(engine=engine, error=said)) from None

    return lay


def _laid(page: PageContent, its: Margins, tables: list[PageTable]) -> PageLayout:
    """The tables, and PDFium's text outside of them."""
    if page.struck or page.beneath:
        # The other programs read what lies beneath too: on such a page the grid is theirs, and the text what is left of it.
        for cell in (c for t in tables for r in t.rows for c in r.cells if c is not None):
            cell.settle()
    running = its.running | its.names
    lines = lines_of(phrases([w for w in page.words if not any(inside(w, t.box) for t in tables)]))
    texts = [PageText([line], line.box, running=all(id(w) in running for w in line.words)) for line in lines]
    pieces = sorted([*tables, *texts], key=lambda p: (p.box[1], p.box[0]))
    return PageLayout(page.number, page.width, page.height, pieces, page.left)


_NOT_THERE = Text(
    "Se pidió leer con un programa que no está instalado ({name}); se leyó con PDFium. Instálelo con «pip install pdfplumber camelot-py».",
    "Asked to read with a program that is not installed ({name}); PDFium read it. Install it with “pip install pdfplumber camelot-py”.",
)
_GAVE_UP = Text(
    "{engine} no pudo leer el PDF ({error}). Léalo sin --engine.",
    "{engine} could not read the PDF ({error}). Read it without --engine.",
)
