"""Reads born-digital PDFs: tables rebuilt from PDFium's characters and lines, joined over pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

import pypdfium2

from ...schema.errors import DocumentError, Reason
from ...schema.language import Text
from ..options import ReadOptions
from ..pdf.content import PageContent
from ..pdf.furniture import Margins, margins, mark
from ..pdf.layout import PageLayout, lay_out
from ..pdf.pdfium import opened, page_count, read_page
from ..pdf.stitch import stitch
from ..progress import tell
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
        document.blocks = stitch(_layouts(pdf, wanted))
    if not any(t.rows for t in document.tables):
        raise DocumentError(Reason.NO_TABLES, _NO_TABLES)
    return document


def _layouts(pdf: pypdfium2.PdfDocument, numbers: Sequence[int]) -> Iterator[PageLayout]:
    """The pages laid out one by one. Only a few neighbours are held, to tell what is printed on each of them."""
    window: deque[tuple[PageContent, Margins]] = deque()
    for n, index in enumerate(numbers):
        tell(n, len(numbers))
        page = read_page(pdf, index)
        if page is None:
            continue
        window.append((page, margins(page)))
        if len(window) > _NEAR:
            yield _laid(window, len(window) - 1 - _NEAR)
        if len(window) > 2 * _NEAR:
            window.popleft()
    for k in range(max(len(window) - _NEAR, 0), len(window)):
        yield _laid(window, k)


def _laid(window: deque[tuple[PageContent, Margins]], k: int) -> PageLayout:
    page, its = window[k]
    mark(its, [other for i, (_, other) in enumerate(window) if i != k and abs(i - k) <= _NEAR])
    return lay_out(page, its)


_TOO_MANY = Text(
    "El PDF declara {count} páginas y el límite es {limit}. Divídalo en partes.",
    "The PDF declares {count} pages, the limit is {limit}. Split it.",
)
_NO_TABLES = Text(
    "El PDF se leyó, pero no contiene tablas en texto. Si es un escaneo, hace falta reconocer antes su texto.",
    "The PDF was read but holds no table in text. If it is a scan, its text has to be recognised first.",
)
