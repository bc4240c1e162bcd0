"""Reads born-digital PDFs: tables rebuilt from PDFium's characters and lines, joined over pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

import pypdfium2

from ...schema.errors import DocumentError, Reason
from ...schema.language import Text
from ...schema.plan import Diagnostic, Level
from ..options import ENGINES, ReadOptions
from ..pdf.content import PageContent
from ..pdf.drawn import with_drawn_grids
from ..pdf.engines import layouts as engine_layouts
from ..pdf.furniture import Margins, margins, mark
from ..pdf.layout import PageLayout, lay_out
from ..pdf.pdfium import opened, page_count, read_page
from ..pdf.stitch import stitch
from ..raw import RawDocument
from ..source import Source

name = "pdf"
suffixes = (".pdf",)
priority = 10
MAX_PAGES = 3000
_NEAR = 2
"""Pages before and behind that are looked at for what is printed again."""


def claims(source: Source) -> bool:
    return source.foreign == "PDF"


def read(source: Source, options: ReadOptions) -> RawDocument:
    """Reads a PDF. Raises DocumentError: encrypted, damaged, too-many-pages, no-tables."""
    with opened(source.data, options.password) as pdf:
        count = page_count(pdf)
        if count > MAX_PAGES:
            raise DocumentError(Reason.TOO_MANY_PAGES, _TOO_MANY.format(count=count, limit=MAX_PAGES))
        document = RawDocument(name=source.name, source=source.file_name, sha256=source.sha256, reader=name, pages=count)
        wanted = [n for n in range(count) if options.pages is None or n + 1 in options.pages]
        if options.engine == ENGINES[0] or not _read_by(options.engine, document, pdf, source, options.password, wanted):
            document.blocks = stitch(_layouts(pdf, wanted, document.diagnostics))
    if not any(t.rows for t in document.tables):
        raise DocumentError(Reason.NO_TABLES, _NO_TABLES)
    return document


def _read_by(
    engine: str, document: RawDocument, pdf: pypdfium2.PdfDocument, source: Source, password: str | None, numbers: Sequence[int]
) -> bool:
    """Fills in the blocks with the tables of another program. False, and said so, where it is not there."""
    try:
        document.blocks = stitch(engine_layouts(pdf, source.data, password, engine, numbers))
        document.reader = f"{name}-{engine}"
        return True
    except ImportError as error:
        document.diagnostics.append(_missing(_NO_ENGINE, error, engine))
        return False


def _missing(text: Text, error: ImportError, program: str) -> Diagnostic:
    said = text.format(name=error.name or program)
    return Diagnostic(code="LEC-engine", level=Level.WARNING, message_es=said.es, message_en=said.en)


def _layouts(pdf: pypdfium2.PdfDocument, numbers: Sequence[int], notes: list[Diagnostic]) -> Iterator[PageLayout]:
    """The pages laid out one by one. Only a few neighbours are held, to tell what is printed on each of them."""
    window: deque[tuple[PageContent, Margins]] = deque()
    for index in numbers:
        page = read_page(pdf, index)
        if page is None:
            continue
        window.append((page, margins(page)))
        if len(window) > _NEAR:
            yield _laid(pdf, window, len(window) - 1 - _NEAR, notes)
        if len(window) > 2 * _NEAR:
            window.popleft()
    for k in range(max(len(window) - _NEAR, 0), len(window)):
        yield _laid(pdf, window, k, notes)


def _laid(pdf: pypdfium2.PdfDocument, window: deque[tuple[PageContent, Margins]], k: int, notes: list[Diagnostic]) -> PageLayout:
    page, its = window[k]
    mark(its, [other for i, (_, other) in enumerate(window) if i != k and abs(i - k) <= _NEAR])
    layout = lay_out(page, its)
    try:
        return with_drawn_grids(pdf, page, layout)
    except ImportError as error:
        if (note := _missing(_NO_CAMELOT, error, "camelot")) not in notes:
            notes.append(note)
        return layout


_NO_ENGINE = Text(
    "Se pidió leer con un programa que no está instalado ({name}); se leyó con PDFium. Instálelo con «pip install pdfplumber camelot-py».",
    "Asked to read with a program that is not installed ({name}); PDFium read it. Install it with “pip install pdfplumber camelot-py”.",
)
_NO_CAMELOT = Text(
    "Hay cuadrículas que solo se ven en una imagen y falta {name} para leerlas; instálelo con «pip install camelot-py».",
    "Some grids are only seen in a picture and {name} is missing to read them; install it with “pip install camelot-py”.",
)
_TOO_MANY = Text(
    "El PDF declara {count} páginas y el límite es {limit}. Divídalo en partes.",
    "The PDF declares {count} pages, the limit is {limit}. Split it.",
)
_NO_TABLES = Text(
    "El PDF se leyó, pero no contiene tablas en texto. Si es un escaneo, hace falta reconocer antes su texto.",
    "The PDF was read but holds no table in text. If it is a scan, its text has to be recognised first.",
)
