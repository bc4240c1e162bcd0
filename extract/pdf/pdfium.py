"""Opens a PDF with PDFium and reads its pages one by one: words, drawing and annotations, upright and cropped."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ...schema.errors import DocumentError, Reason
from ...schema.language import Text, printable
from . import calls
from .characters import read_text
from .content import Annotation, PageContent
from .letters import Letters
from .look import Look
from .painted import Painted
from .struck import strike
from .upright import Upright, upright_of


@contextmanager
def opened(data: bytes, password: str | None = None) -> Iterator[pdfium.PdfDocument]:
    """The document of these bytes. Raises DocumentError: encrypted, damaged, unsupported."""
    try:
        document = _document(data, password)
    except pdfium.PdfiumError as error:
        raise _refused(error, password) from None
    try:
        yield document
    finally:
        document.close()


def _document(data: bytes, password: str | None) -> pdfium.PdfDocument:
    """With its password, else without: one that opens without any may lie in a folder of locked ones."""
    raw.FPDF_LoadMemDocument(b"", 0, None)  # PDFium keeps its last error, and some documents fail without setting another
    if password:
        try:
            return pdfium.PdfDocument(data, password=password)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) != raw.FPDF_ERR_PASSWORD:
                raise
    return pdfium.PdfDocument(data)


def _refused(error: pdfium.PdfiumError, password: str | None) -> DocumentError:
    code = getattr(error, "err_code", None)
    if code == raw.FPDF_ERR_PASSWORD:
        return DocumentError(Reason.ENCRYPTED, _WRONG_PASSWORD if password else _ENCRYPTED)
    if code == raw.FPDF_ERR_SECURITY:
        return DocumentError(Reason.ENCRYPTED, _UNKNOWN_ENCRYPTION)
    return DocumentError(Reason.DAMAGED, _DAMAGED)


def is_locked(document: pdfium.PdfDocument) -> bool:
    """True for a document that is encrypted, whether or not it opens without a password."""
    return raw.FPDF_GetSecurityHandlerRevision(document) >= 0


def page_count(document: pdfium.PdfDocument) -> int:
    return len(document)


def read_page(document: pdfium.PdfDocument, index: int) -> PageContent | None:
    """Page ``index`` (from 0). None where PDFium cannot load it."""
    handle = raw.FPDF_LoadPage(document.raw, index)
    if not handle:
        return None
    try:
        upright = upright_of(handle)
        if upright is None:
            return None
        page = PageContent(index + 1, upright.width, upright.height)
        address = ctypes.cast(handle, ctypes.c_void_p).value or 0
        painted = Painted(page, upright)
        painted.read(address)
        page.annotations = list(_annotations(handle, upright))
        page.covers_unknown |= raw.FPDFPage_GetAnnotCount(handle) > MAX_ANNOTATIONS
        text = raw.FPDFText_LoadPage(handle)
        if not text:
            strike(page, Look(handle, upright), lambda word, boxes: [])
            return page
        try:
            here = calls.pointer(ctypes.cast(text, ctypes.c_void_p).value or 0)
            read_text(here, text, page, upright, painted.order_of)
            strike(page, Look(handle, upright), Letters(here, text, upright).outside)
        finally:
            raw.FPDFText_ClosePage(text)
        return page
    finally:
        raw.FPDF_ClosePage(handle)


_KINDS = {
    raw.FPDF_ANNOT_REDACT: "Redact",
    raw.FPDF_ANNOT_SQUARE: "Square",
    raw.FPDF_ANNOT_HIGHLIGHT: "Highlight",
    raw.FPDF_ANNOT_STRIKEOUT: "StrikeOut",
    raw.FPDF_ANNOT_STAMP: "Stamp",
    raw.FPDF_ANNOT_FREETEXT: "FreeText",
    raw.FPDF_ANNOT_INK: "Ink",
    raw.FPDF_ANNOT_CIRCLE: "Circle",
    raw.FPDF_ANNOT_POLYGON: "Polygon",
    raw.FPDF_ANNOT_POLYLINE: "PolyLine",
    raw.FPDF_ANNOT_LINE: "Line",
    raw.FPDF_ANNOT_WIDGET: "Widget",
}
MAX_ANNOTATIONS = 2000


def _annotations(page: Any, upright: Upright) -> Iterator[Annotation]:
    for k in range(min(raw.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, k)
        if not annotation:
            continue
        try:
            kind = _KINDS.get(raw.FPDFAnnot_GetSubtype(annotation))
            box = raw.FS_RECTF()
            if kind and raw.FPDFAnnot_GetRect(annotation, box):
                over = _string(annotation, b"OverlayText") if kind == "Redact" else ""
                yield Annotation(kind, upright.box(box.left, box.bottom, box.right, box.top), over)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _string(annotation: Any, key: bytes) -> str:
    """A text of an annotation. Not its Contents: editors copy what it covers there."""
    size = min(raw.FPDFAnnot_GetStringValue(annotation, key, None, 0), 2000)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return printable(bytes(buffer).decode("utf-16-le", "replace").split("\0")[0], 200) if size > 2 else ""


_ENCRYPTED = Text(
    "El PDF está protegido con contraseña. Indíquela con --password, o guarde una copia sin protección.",
    "The PDF is protected with a password. Give it with --password, or save a copy without protection.",
)
_WRONG_PASSWORD = Text(
    "La contraseña indicada no abre el PDF. Revísela (--password).",
    "The password given does not open the PDF. Check it (--password).",
)
_UNKNOWN_ENCRYPTION = Text(
    "El PDF está cifrado de un modo que no se puede leer. Guarde una copia sin protección.",
    "The PDF is encrypted in a way that cannot be read. Save a copy without protection.",
)
_DAMAGED = Text(
    "El PDF está dañado o incompleto y no se puede abrir. Vuelva a descargarlo de su fuente.",
    "The PDF is damaged or incomplete and cannot be opened. Download it again from its source.",
)
