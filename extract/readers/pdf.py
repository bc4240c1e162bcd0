"""Reads born-digital PDFs: tables rebuilt from PDFium's characters and lines, joined over pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pypdfium2

from ...schema.errors import DocumentError, MissingPartError, Reason
from ...schema.language import Text
from ...schema.plan import NO_OCR
from ..options import ENGINES, ReadOptions
from ..pdf.agreed import agreed
from ..pdf.content import PageContent
from ..pdf.drawing import drawn
from ..pdf.drawn import with_drawn_grids
from ..pdf.dressing import dress, printed_marks, struck_marks
from ..pdf.engines import Lay, layout_by, missing
from ..pdf.furniture import Margins, margins, mark
from ..pdf.hyphens import Hyphens
from ..pdf.layout import PageLayout, lay_out, open_columns
from ..pdf.notes import NO_PAGE, Notes, listed
from ..pdf.pdfium import is_locked, opened, page_count, read_page
from ..pdf.second_reading import read_again
from ..pdf.stitch import stitch
from ..progress import tell
from ..raw import RawDocument
from ..scan.again import Rereader
from ..scan.balance import balanced
from ..scan.cells import put_right
from ..scan.layer import ReadLayer, compared
from ..scan.pages import FINEST, NO_ENGINE, Scans, picture_of
from ..scan.picture import Picture
from ..scan.shown import place, placed, quarters
from ..source import Source

name = "pdf"
suffixes = (".pdf",)
priority = 10
_NEAR = 2
"""Pages before and behind that are looked at for what is printed again."""


def claims(source: Source) -> bool:
    return source.foreign == "PDF"


def read(source: Source, options: ReadOptions) -> RawDocument:
    """Reads a PDF. Raises DocumentError: encrypted, damaged, too-many-pages, no-tables, unsupported."""
    with opened(source.data, options.password) as pdf:
        count = page_count(pdf)
        notes = Notes()
        document = RawDocument(name=source.name, source=source.file_name, sha256=source.sha256, reader=name, pages=count)
        wanted = _wanted(count, options, notes)
        lay = partial(_lay, pdf, notes)
        if options.engine != ENGINES[0]:
            if (absent := missing(options.engine)) is None:
                lay = layout_by(options.engine, pdf, source.data, options.password, wanted)
                document.reader = f"{name}-{options.engine}"
            else:
                notes.lack(absent)
        # What a password protects is not kept beside the documents for all time.
        scans = Scans(pdf, source.sha256, options.ocr, kept=not (options.password and is_locked(pdf)), limits=options.limits)
        document.blocks = stitch(agreed(_layouts(pdf, wanted, notes, Hyphens(source.data, options.password), lay, scans)))
    document.draw, document.covers = partial(_shown, source.data, options.password), notes.hidden
    if scans.shown:
        document.quarters = quarters(scans.shown)
        document.again = Rereader(source.sha256, partial(_drawn, source.data, options), scans.shown, scans.kept)
        document.blocks = balanced(placed(document.blocks, scans.shown), frozenset(scans.shown), document.again)
        notes.marks = [replace(m, place=place(m.place, scans.shown)) for m in notes.marks]
        _hold_against_layers(document, scans, notes, partial(read_again, source.data, options.password))
    if scans.lacking:
        notes.lack(NO_ENGINE, NO_OCR)
    if not any(t.rows for t in document.tables):
        raise MissingPartError(NO_ENGINE) if scans.lacking else notes.refusal()
    notes.recognised = sorted(scans.shown)
    document.recognised = tuple(notes.recognised)
    document.redactions = sorted([*notes.marks, *printed_marks(document.blocks)], key=lambda m: (m.place.page or 0, m.place.top or 0.0))
    document.diagnostics = notes.diagnostics()
    document.partial = bool(notes.pictures or notes.unread)
    return document


def _hold_against_layers(document: RawDocument, scans: Scans, notes: Notes, read: ReadLayer) -> None:
    """What the text layers of recognised pages say of their figures, and what they hold under bars."""
    if not scans.layered:
        return
    try:
        found = compared(document.blocks, scans.layered, notes.marks, read)
    except ImportError as error:
        notes.lack(_NO_LAYER.format(name=error.name or "pdfplumber"))
        return
    document.blocks, notes.layers_unused = found.blocks, found.poor
    notes.covered += sorted(found.beneath.items())


def _drawn(data: bytes, options: ReadOptions, page: int) -> Picture:
    with opened(data, options.password) as pdf:
        return picture_of(pdf, page - 1, FINEST, options.limits)


def _shown(data: bytes, password: str | None, page: int, scale: float) -> tuple[np.ndarray, float]:
    with opened(data, password) as pdf:
        return drawn(pdf, page - 1, scale)


def _wanted(count: int, options: ReadOptions, notes: Notes) -> list[int]:
    """The pages to read, from 0. Raises DocumentError where there is none."""
    if not count:
        raise DocumentError(Reason.DAMAGED, NO_PAGE)
    if options.pages is None:
        if count > options.limits.pages:
            raise DocumentError(Reason.TOO_MANY_PAGES, _TOO_MANY.format(count=count, limit=options.limits.pages))
        return list(range(count))
    wanted = [n - 1 for n in sorted(options.pages) if 0 < n <= count]
    notes.missing = [n for n in sorted(options.pages) if n > count]
    if not wanted:
        raise DocumentError(Reason.UNSUPPORTED, _NO_SUCH_PAGE.format(count=count, pages=listed(notes.missing)))
    if len(wanted) > options.limits.pages:
        raise DocumentError(Reason.TOO_MANY_PAGES, _TOO_MANY.format(count=len(wanted), limit=options.limits.pages))
    if len(wanted) < count:
        notes.chosen = [n + 1 for n in wanted], count
    return wanted


def _layouts(
    pdf: pypdfium2.PdfDocument, numbers: Sequence[int], notes: Notes, hyphens: Hyphens, lay: Lay, scans: Scans
) -> Iterator[PageLayout]:
    """The pages laid out one by one. Only a few neighbours are held, to tell what is printed on each of them."""
    window: deque[tuple[PageContent, Margins]] = deque()
    columns: Sequence[float] = ()
    for n, index in enumerate(numbers):
        tell(n, len(numbers))
        page = read_page(pdf, index)
        if page is not None and not page.covers_unknown:
            notes.hidden[page.number] = tuple(page.hidden)
        found = scans.read(page) if page is not None else ()
        if not found:
            notes.unread.append(index + 1)
        for page in found:
            notes.see(page)
            hyphens.settle(page)
            window.append((page, margins(page)))
            if len(window) > _NEAR:
                layout = _laid(window, len(window) - 1 - _NEAR, notes, lay, columns)
                columns = open_columns(layout)
                yield layout
            if len(window) > 2 * _NEAR:
                window.popleft()
    for k in range(max(len(window) - _NEAR, 0), len(window)):
        layout = _laid(window, k, notes, lay, columns)
        columns = open_columns(layout)
        yield layout


def _laid(window: deque[tuple[PageContent, Margins]], k: int, notes: Notes, lay: Lay, columns: Sequence[float]) -> PageLayout:
    page, its = window[k]
    mark(its, [other for i, (_, other) in enumerate(window) if i != k and abs(i - k) <= _NEAR])
    layout = lay(page, its, columns)
    if page.scanned:
        put_right(layout)
    dress(layout, page)
    notes.marks += struck_marks(layout, page)
    return layout


def _lay(pdf: pypdfium2.PdfDocument, notes: Notes, page: PageContent, its: Margins, columns: Sequence[float]) -> PageLayout:
    """veedor's own layout. Grids that only show when the page is drawn are left out, and said, where camelot is not there."""
    layout = lay_out(page, its, columns)
    if page.scanned:
        return layout
    try:
        return with_drawn_grids(pdf, page, layout)
    except ImportError as error:
        notes.lack(_NO_CAMELOT.format(name=error.name or "camelot"))
        return layout


_NO_LAYER = Text(
    "Hay páginas escaneadas con capa de texto y falta {name} para compararla; instálelo con «pip install pdfplumber».",
    "Some scanned pages have a text layer and {name} is missing to compare it; install it with “pip install pdfplumber”.",
)
_NO_CAMELOT = Text(
    "Hay cuadrículas que solo se ven en una imagen y falta {name} para leerlas; instálelo con «pip install camelot-py».",
    "Some grids are only seen in a picture and {name} is missing to read them; install it with “pip install camelot-py”.",
)
_TOO_MANY = Text(
    "El PDF declara {count} páginas y el límite es {limit}. Elija páginas con --pages, o suba el límite con --limit pages=N.",
    "The PDF declares {count} pages, the limit is {limit}. Choose pages with --pages, or raise the limit with --limit pages=N.",
)
_NO_SUCH_PAGE = Text(
    "El documento tiene {count} páginas; no tiene la {pages}. Corrija --pages.",
    "The document has {count} pages; it has no page {pages}. Correct --pages.",
)
