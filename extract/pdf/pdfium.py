"""Reads a page with PDFium's raw calls: characters, paths, pictures and annotations, turned upright and cropped.

The calls per character are declared here anew with plain integers for handles: ctypes then converts
nothing, which makes them twice as fast as through typed pointers.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ...schema.errors import DocumentError, Reason
from ...schema.language import Text
from .content import Annotation, Box, Colour, Fill, PageContent, Picture, Rule, Word

MAX_SEGMENTS = 60_000
MAX_CHARACTERS = 400_000
MAX_NESTING = 8
MAX_SIDE = 20_000.0
"""Points; a page beyond it (the format's own limit is 14,400) is refused rather than laid out."""
_THIN = 2.6
_FIGURE = re.compile(r"[-(]?\d{1,3}(?:[.,]\d{3})*[.,]\d{2}\)?%?")
_TWO_AMOUNTS = re.compile(r"(-?\d{1,3}(?:\.\d{3})+,\d\d)-?\d{1,3}(?:\.\d{3})+,\d\d|(-?\d{1,3}(?:,\d{3})+\.\d\d)-?\d{1,3}(?:,\d{3})+\.\d\d")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
SOFT_HYPHEN = "\u00ad"
# Icons of symbol fonts that stand for a character that text has too.
_ICONS = {0xF0FC: "✓", 0xF0FB: "✗", 0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF076: "❖", 0xF06C: "●", 0xF06E: "■", 0xF0E0: "→"}


def _call(function: Any, result: Any, *arguments: Any) -> Any:
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


_P, _I, _U = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint
_loose_box = _call(raw.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
_tight_box = _call(raw.FPDFText_GetCharBox, _I, _P, _I, _P, _P, _P, _P)
_text_object = _call(raw.FPDFText_GetTextObject, _P, _P, _I)
_unicode = _call(raw.FPDFText_GetUnicode, _U, _P, _I)
_angle = _call(raw.FPDFText_GetCharAngle, ctypes.c_float, _P, _I)
_map_error = _call(raw.FPDFText_HasUnicodeMapError, _I, _P, _I)
_render_mode = _call(raw.FPDFTextObj_GetTextRenderMode, _I, _P)
_font = _call(raw.FPDFTextObj_GetFont, _P, _P)
_font_name = _call(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _P, _P, ctypes.c_size_t)
_font_weight = _call(raw.FPDFFont_GetWeight, _I, _P)
_object_type = _call(raw.FPDFPageObj_GetType, _I, _P)
_page_object = _call(raw.FPDFPage_GetObject, _P, _P, _I)
_form_object = _call(raw.FPDFFormObj_GetObject, _P, _P, ctypes.c_ulong)
_form_count = _call(raw.FPDFFormObj_CountObjects, _I, _P)
_matrix = _call(raw.FPDFPageObj_GetMatrix, _I, _P, _P)
_fill_colour = _call(raw.FPDFPageObj_GetFillColor, _I, _P, _P, _P, _P, _P)
_stroke_colour = _call(raw.FPDFPageObj_GetStrokeColor, _I, _P, _P, _P, _P, _P)
_stroke_width = _call(raw.FPDFPageObj_GetStrokeWidth, _I, _P, _P)
_draw_mode = _call(raw.FPDFPath_GetDrawMode, _I, _P, _P, _P)
_segment_count = _call(raw.FPDFPath_CountSegments, _I, _P)
_segment = _call(raw.FPDFPath_GetPathSegment, _P, _P, _I)
_segment_point = _call(raw.FPDFPathSegment_GetPoint, _I, _P, _P, _P)
_segment_type = _call(raw.FPDFPathSegment_GetType, _I, _P)
_segment_close = _call(raw.FPDFPathSegment_GetClose, _I, _P)

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@contextmanager
def opened(data: bytes, password: str | None = None) -> Iterator[pdfium.PdfDocument]:
    """The document of these bytes. Raises DocumentError: encrypted, damaged, unsupported."""
    try:
        document = pdfium.PdfDocument(data, password=password)
    except pdfium.PdfiumError as error:
        raise _refused(error, password) from None
    try:
        yield document
    finally:
        document.close()


def _refused(error: pdfium.PdfiumError, password: str | None) -> DocumentError:
    code = getattr(error, "err_code", None)
    if code == raw.FPDF_ERR_PASSWORD:
        return DocumentError(Reason.ENCRYPTED, _WRONG_PASSWORD if password else _ENCRYPTED)
    if code == raw.FPDF_ERR_SECURITY:
        return DocumentError(Reason.ENCRYPTED, _UNKNOWN_ENCRYPTION)
    return DocumentError(Reason.DAMAGED, _DAMAGED)


def page_count(document: pdfium.PdfDocument) -> int:
    return len(document)


def read_page(document: pdfium.PdfDocument, index: int) -> PageContent | None:
    """Page ``index`` (from 0). None where PDFium cannot load it."""
    handle = raw.FPDF_LoadPage(document.raw, index)
    if not handle:
        return None
    try:
        upright = _upright(handle)
        if upright is None:
            return None
        page = PageContent(index + 1, upright.width, upright.height)
        address = ctypes.cast(handle, ctypes.c_void_p).value or 0
        painted = _Painted(page, upright)
        painted.read(address)
        text = raw.FPDFText_LoadPage(handle)
        if text:
            try:
                _read_text(ctypes.cast(text, ctypes.c_void_p).value or 0, text, page, upright, painted.order_of)
            finally:
                raw.FPDFText_ClosePage(text)
        page.annotations = list(_annotations(handle, upright))
        return page
    finally:
        raw.FPDF_ClosePage(handle)


@dataclass(slots=True)
class _Upright:
    """Turns points of the page's own space to the page as it is shown."""

    turn: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left if self.turn % 2 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        return self.top - self.bottom if self.turn % 2 == 0 else self.right - self.left

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _upright(page: Any) -> _Upright | None:
    sides = [ctypes.c_float() for _ in range(4)]
    found = raw.FS_RECTF()
    if raw.FPDF_GetPageBoundingBox(page, found):
        left, bottom, right, top = found.left, found.bottom, found.right, found.top
    elif raw.FPDFPage_GetMediaBox(page, *sides):
        left, bottom, right, top = (s.value for s in sides)
    else:
        left, bottom, right, top = 0.0, 0.0, 612.0, 792.0
    left, right, bottom, top = min(left, right), max(left, right), min(bottom, top), max(bottom, top)
    values = (left, bottom, right, top)
    if not all(map(math.isfinite, values)) or right - left > MAX_SIDE or top - bottom > MAX_SIDE:
        return None
    if right - left < 1 or top - bottom < 1:
        return None
    return _Upright(raw.FPDFPage_GetRotation(page) % 4, *values)


# --- characters ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Span:
    """What the characters of one text object share."""

    number: int
    angle: int
    order: int
    visible: bool
    bold: bool
    symbol: bool
    suspect: bool


def _read_text(text: int, handle: Any, page: PageContent, upright: _Upright, order_of: dict[int, int]) -> None:
    """Appends the words of the page: characters in file order, parted at blanks, gaps, and where text begins elsewhere."""
    count = min(raw.FPDFText_CountChars(handle), MAX_CHARACTERS)
    if count <= 0:
        return
    codes = _codes(text, handle, count)
    rectangle = raw.FS_RECTF()
    where = ctypes.addressof(rectangle)
    spans: dict[int, _Span] = {}
    fonts: dict[int, tuple[bool, bool]] = {}
    turn, left, _base, _right, top = upright.turn, upright.left, upright.bottom, upright.right, upright.top
    width, height = page.width + 0.5, page.height + 0.5
    words = page.words
    letters: list[str] = []
    word: Word | None = None
    owner = -1
    span: _Span | None = None
    blank = True
    for k in range(count):
        code = codes[k]
        if code <= 32 or code == 0xA0 or 0x2000 <= code <= 0x200B or code in (0x202F, 0x3000, 0xFEFF, 0x200E, 0x200F):
            if code != 2:
                blank = True
                continue
            code = 0x2D
        if not _loose_box(text, k, where):
            continue
        x0, y0, x1, y1 = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        if turn == 0:
            x0, y0, x1, y1 = x0 - left, top - y1, x1 - left, top - y0
        else:
            x0, y0, x1, y1 = upright.box(x0, y0, x1, y1)
        if x1 < -0.5 or y1 < -0.5 or x0 > width or y0 > height or x0 != x0 or y0 != y0:
            continue
        found = _text_object(text, k) or 0
        if found != owner or span is None:
            span = spans.get(found)
            if span is None:
                span = spans[found] = _span(text, k, found, len(spans), upright, order_of, fonts)
        if not span.visible:
            page.hidden_text += 1
            continue
        if y1 - y0 < 0.05 or x1 - x0 < 0.01:
            tight = _tight(text, k, upright)
            if tight is not None:
                x0, y0, x1, y1 = tight
        letter, odd = _letter(code)
        if word is not None and not blank and _goes_on(word, letters, span, found != owner, x0, y0, x1, y1, letter):
            letters.append(letter)
            if x0 < word.x0:
                word.x0 = x0
            if x1 > word.x1:
                word.x1 = x1
            if y0 < word.top:
                word.top = y0
            if y1 > word.bottom:
                word.bottom = y1
            if odd:
                word.symbol = True
        else:
            if word is not None:
                word.text = "".join(letters)
            letters = [letter]
            word = Word("", x0, y0, x1, y1, span.angle, span.number, span.order, span.bold, span.suspect, odd or span.symbol)
            words.append(word)
        owner = found
        blank = False
    if word is not None:
        word.text = "".join(letters)
    for w in words:
        if not w.text.isascii():
            w.text = unicodedata.normalize("NFC", w.text)
    page.words = [part for w in words if w.text for part in _figures_apart(w)]


def _figures_apart(word: Word) -> list[Word]:
    """Two amounts that touch, each with its two decimals, as two words: the file prints them with no blank, or one over the other."""
    if len(word.text) < 16 or not word.text[-1].isdigit() or not (two := _TWO_AMOUNTS.fullmatch(word.text)):
        return [word]
    end = max(two.end(1), two.end(2))
    # Digits of one font are equally wide.
    cut = word.x0 + (word.x1 - word.x0) * end / len(word.text)
    left = replace(word, text=word.text[:end], x1=cut)
    return [left, replace(word, text=word.text[end:], x0=cut)]


def _codes(text: int, handle: Any, count: int) -> list[int] | Any:
    """The code point of each character. PDFium's bulk call leaves out characters without one, so its length is checked."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(handle, 0, count, buffer)
    if written == count + 1 and not any(0xD800 <= c < 0xE000 for c in buffer):
        return buffer
    return [_unicode(text, k) for k in range(count)]


def _goes_on(word: Word, letters: list[str], span: _Span, elsewhere: bool, x0: float, y0: float, x1: float, y1: float, letter: str) -> bool:
    """Whether a character continues the word before it: on its line, without a gap, in its direction."""
    if word.angle != span.angle:
        return False
    size = word.bottom - word.top if word.angle in (0, 180) else word.x1 - word.x0
    if word.angle == 0:
        gap, drift = x0 - word.x1, abs(y1 - word.bottom)
    elif word.angle == 90:
        gap, drift = word.top - y1, abs(x1 - word.x1)
    elif word.angle == 270:
        gap, drift = y0 - word.bottom, abs(x0 - word.x0)
    else:
        gap, drift = word.x0 - x1, abs(y1 - word.bottom)
    if unicodedata.combining(letter[:1]):
        return drift < size
    if gap > 0.22 * size or gap < -0.9 * size:
        return False
    if not elsewhere:
        return drift < 0.5 * size
    # Text that the file prints at another time: only what touches on one line goes on, and a whole figure is whole.
    if drift > 0.12 * size or gap < -0.2 * size or gap > 0.12 * size:
        return False
    return not (letter.isdigit() or letter == "-") or not _FIGURE.fullmatch("".join(letters))


def _letter(code: int) -> tuple[str, bool]:
    """The text of a character, and whether it is an icon of a symbol font."""
    if code < 0x2000:
        return chr(code), False
    if code in _LIGATURES:
        return _LIGATURES[code], False
    if code == 0xFFFE:
        return "-", False
    if 0xE000 <= code <= 0xF8FF:
        return _ICONS.get(code, chr(code)), True
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd", False
    return chr(code), 0x2700 <= code <= 0x27BF


def _tight(text: int, k: int, upright: _Upright) -> Box | None:
    values = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = values
    if not _tight_box(text, k, *(ctypes.addressof(v) for v in (left, right, bottom, top))):
        return None
    return upright.box(left.value, bottom.value, right.value, top.value)


def _span(text: int, k: int, found: int, number: int, upright: _Upright, order_of: dict[int, int], fonts: dict) -> _Span:
    # PDFium measures clockwise, as /Rotate does.
    degrees = -math.degrees(_angle(text, k)) - 90.0 * upright.turn
    angle = round(degrees / 90.0) * 90 % 360
    bold = symbol = False
    visible = True
    if found:
        visible = _render_mode(found) not in (3, 7)
        font = _font(found) or 0
        if font not in fonts:
            fonts[font] = _style(font)
        bold, symbol = fonts[font]
    return _Span(number, angle, order_of.get(found, 1 << 30), visible, bold, symbol, bool(_map_error(text, k)))


def _style(font: int) -> tuple[bool, bool]:
    """Whether a font is bold, and whether it is one of symbols."""
    if not font:
        return False, False
    buffer = ctypes.create_string_buffer(200)
    _font_name(font, ctypes.addressof(buffer), 200)
    name = buffer.value.decode("latin-1").lower()
    return "bold" in name or "black" in name or "heavy" in name or _font_weight(font) >= 600, "dingbat" in name or "symbol" in name


# --- paths, pictures ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Painted:
    """Walks the objects of a page in painting order."""

    page: PageContent
    upright: _Upright
    order_of: dict[int, int] = field(default_factory=dict)
    order: int = 0
    segments: int = 0

    def read(self, page: int) -> None:
        count = raw.FPDFPage_CountObjects(ctypes.cast(page, raw.FPDF_PAGE))
        for k in range(count):
            self._object(_page_object(page, k), _UNIT, 0)

    def _object(self, item: int | None, outer: Matrix, depth: int) -> None:
        if not item:
            return
        self.order += 1
        kind = _object_type(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self.order_of[item] = self.order
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(item, outer)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            m = _product(_matrix_of(item), outer)
            corners = [(m[4], m[5]), (m[0] + m[4], m[1] + m[5]), (m[2] + m[4], m[3] + m[5]), (m[0] + m[2] + m[4], m[1] + m[3] + m[5])]
            self.page.pictures.append(Picture(self._around(corners), self.order))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_NESTING:
            inner = _product(_matrix_of(item), outer)
            for k in range(_form_count(item)):
                self._object(_form_object(item, k), inner, depth + 1)

    def _around(self, points: list[tuple[float, float]]) -> Box:
        turned = [self.upright.point(x, y) for x, y in points]
        xs, ys = [p[0] for p in turned], [p[1] for p in turned]
        return (min(xs), min(ys), max(xs), max(ys))

    def _path(self, item: int, outer: Matrix) -> None:
        count = _segment_count(item)
        if count < 2:
            return
        self.segments += count
        if self.segments > MAX_SEGMENTS or count > 5000:
            self.page.overfull = True
            return
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        _draw_mode(item, ctypes.addressof(mode), ctypes.addressof(stroke))
        if not mode.value and not stroke.value:
            return
        figures = self._figures(item, count, _product(_matrix_of(item), outer))
        if mode.value:
            self._filled(item, figures)
        if stroke.value:
            self._stroked(item, figures)

    def _figures(self, item: int, count: int, m: Matrix) -> list[tuple[list[tuple[float, float]], bool]]:
        """The figures of a path, each its corners (upright) and whether it holds a curve."""
        x, y = ctypes.c_float(), ctypes.c_float()
        ax, ay = ctypes.addressof(x), ctypes.addressof(y)
        point = self.upright.point
        figures: list[tuple[list[tuple[float, float]], bool]] = []
        points: list[tuple[float, float]] = []
        curved = False
        for k in range(count):
            segment = _segment(item, k)
            if not segment or not _segment_point(segment, ax, ay):
                continue
            kind = _segment_type(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    figures.append((points, curved))
                points, curved = [], False
            elif kind == raw.FPDF_SEGMENT_BEZIERTO:
                curved = True
            a, b = x.value, y.value
            points.append(point(m[0] * a + m[2] * b + m[4], m[1] * a + m[3] * b + m[5]))
            if _segment_close(segment) and points[0] != points[-1]:
                points.append(points[0])
        if len(points) > 1:
            figures.append((points, curved))
        return figures

    def _filled(self, item: int, figures: list[tuple[list[tuple[float, float]], bool]]) -> None:
        colour, alpha = _colour(_fill_colour, item)
        if alpha < 13:
            return
        for points, curved in figures:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            w, h = box[2] - box[0], box[3] - box[1]
            if curved and min(w, h) > _THIN:
                continue
            if h <= _THIN and w > 2 * h and w > 1.5:
                self._rule(self.page.horizontal, (box[1] + box[3]) / 2, box[0], box[2], h, colour)
            elif w <= _THIN and h > 2 * w and h > 1.5:
                self._rule(self.page.vertical, (box[0] + box[2]) / 2, box[1], box[3], w, colour)
            elif _is_rectangle(points):
                self.page.fills.append(Fill(box, colour, self.order, alpha > 200))

    def _stroked(self, item: int, figures: list[tuple[list[tuple[float, float]], bool]]) -> None:
        colour, alpha = _colour(_stroke_colour, item)
        if alpha < 13:
            return
        width = ctypes.c_float()
        _stroke_width(item, ctypes.addressof(width))
        for points, curved in figures:
            if curved:
                continue
            for (x0, y0), (x1, y1) in itertools.pairwise(points):
                if abs(y0 - y1) <= 0.6 and abs(x0 - x1) > 0.5:
                    self._rule(self.page.horizontal, (y0 + y1) / 2, min(x0, x1), max(x0, x1), width.value, colour)
                elif abs(x0 - x1) <= 0.6 and abs(y0 - y1) > 0.5:
                    self._rule(self.page.vertical, (x0 + x1) / 2, min(y0, y1), max(y0, y1), width.value, colour)

    def _rule(self, rules: list[Rule], at: float, lo: float, hi: float, width: float, colour: Colour) -> None:
        limit, across = (self.page.height, self.page.width) if rules is self.page.horizontal else (self.page.width, self.page.height)
        if not (-1 <= at <= limit + 1) or hi < 0 or lo > across:
            return
        rules.append(Rule(at, max(lo, 0.0), min(hi, across), width, min(colour) >= 245))


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    """Four corners (the first may be said again at the end), sides along the axes."""
    if not 4 <= len(points) <= 6:
        return False
    return all(abs(a[0] - b[0]) < 0.6 or abs(a[1] - b[1]) < 0.6 for a, b in itertools.pairwise(points))


def _matrix_of(item: int) -> Matrix:
    m = raw.FS_MATRIX()
    if not _matrix(item, ctypes.addressof(m)):
        return _UNIT
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _product(m: Matrix, n: Matrix) -> Matrix:
    """First m, then n."""
    if n is _UNIT:
        return m
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _colour(function: Any, item: int) -> tuple[Colour, int]:
    parts = (ctypes.c_uint * 4)()
    at = ctypes.addressof(parts)
    if not function(item, at, at + 4, at + 8, at + 12):
        return (0, 0, 0), 255
    return (parts[0], parts[1], parts[2]), parts[3]


# --- annotations --------------------------------------------------------------------------------------------------

_KINDS = {
    raw.FPDF_ANNOT_REDACT: "Redact",
    raw.FPDF_ANNOT_SQUARE: "Square",
    raw.FPDF_ANNOT_HIGHLIGHT: "Highlight",
    raw.FPDF_ANNOT_STRIKEOUT: "StrikeOut",
    raw.FPDF_ANNOT_STAMP: "Stamp",
    raw.FPDF_ANNOT_FREETEXT: "FreeText",
    raw.FPDF_ANNOT_INK: "Ink",
    raw.FPDF_ANNOT_WIDGET: "Widget",
}
MAX_ANNOTATIONS = 2000


def _annotations(page: Any, upright: _Upright) -> Iterator[Annotation]:
    for k in range(min(raw.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, k)
        if not annotation:
            continue
        try:
            kind = _KINDS.get(raw.FPDFAnnot_GetSubtype(annotation))
            box = raw.FS_RECTF()
            if kind and raw.FPDFAnnot_GetRect(annotation, box):
                yield Annotation(kind, upright.box(box.left, box.bottom, box.right, box.top))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


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
