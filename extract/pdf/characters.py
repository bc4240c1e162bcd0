"""The words of a page: PDFium's characters in file order, parted at blanks, at gaps and where text begins elsewhere."""

from __future__ import annotations

import ctypes
import math
import struct
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pypdfium2.raw as raw

from ..decode import HARMFUL, without_towers
from ..shape import AMOUNT, TWO_AMOUNTS
from . import calls
from .content import Box, PageContent, Word
from .upright import Upright

MAX_CHARACTERS = 400_000
_ASCENT, _DESCENT = 0.82, 0.2
"""Of the type's size, above and below the base line: what the common text fonts need."""
_TOUCHING = 0.05
"""Of the type's size: what a kerned pair of letters may lie off each other; the narrowest blank is four times as wide."""
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BLANKS = frozenset({*range(33), 0xA0, *range(0x2000, 0x200C), 0x200E, 0x200F, 0x202F, 0x3000, 0xFEFF} - {2})
"""Code points that part words. PDFium gives 2 for the hyphen at the end of a line."""
NO_LETTERS = _BLANKS | HARMFUL - {2}
_CONTROLS = frozenset({*range(32)} - {9, 10, 13})
SOFT_HYPHEN = "\u00ad"
_DRAWN = 0.1
"""Widths of a hyphen in sizes of its type: a drawn one has a quarter to a third, one that the producer only left in the text has none."""
BREAK = "\x02"
"""A hyphen at the end of a line as PDFium marks it: printed because the word is broken there, or part of it."""
# Icons of symbol fonts that stand for a character that text has too.
_ICONS = {0xF0FC: "✓", 0xF0FB: "✗", 0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF076: "❖", 0xF06C: "●", 0xF06E: "■", 0xF0E0: "→"}


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
    top: float = 0.0
    bottom: float = 0.0
    """Of its upright characters, from their base line and size; equal where these are not known."""


def read_text(here: Any, handle: Any, page: PageContent, upright: Upright, order_of: dict[int, int]) -> None:
    """Appends the words of the page: characters in file order, parted at blanks, gaps, and where text begins elsewhere.

    ``here`` is the text page of ``handle`` as ``calls`` take it.
    """
    count = min(raw.FPDFText_CountChars(handle), MAX_CHARACTERS)
    if count <= 0:
        return
    codes = codes_of(here, handle, count)
    rectangle = raw.FS_RECTF()
    where, sides = calls.pointer(ctypes.addressof(rectangle)), struct.Struct("4f").unpack_from
    loose_box, text_object = calls.loose_box, calls.text_object
    spans: dict[int, _Span] = {}
    fonts: dict[int, tuple[bool, bool]] = {}
    turn, left, top = upright.turn, upright.left, upright.top
    width, height = page.width + 0.5, page.height + 0.5
    found: list[Word] = []
    letters: list[str] = []
    word = Word("", 0.0, 0.0, 0.0, 0.0, 0, -1, 0)
    owner = starter = seen = -1
    span = _Span(-1, 0, 0, False, False, False, False)
    blank = True
    # Some thousand characters a page pass here, so nothing is called for a plain one but PDFium.
    for k, code in enumerate(codes):
        if code in NO_LETTERS:
            if code in HARMFUL:
                page.controls += 1
            # In turned text PDFium sees blanks between letters; there only those that are printed count.
            elif not span.angle or not calls.is_generated(here, k):
                blank = True
            continue
        if not loose_box(here, k, where):
            continue
        x0, y1, x1, y0 = sides(rectangle)
        if turn == 0:
            x0 -= left
            x1 -= left
            y0, y1 = top - y1, top - y0
        else:
            x0, y0, x1, y1 = upright.box(x0, y0, x1, y1)
        if not (x1 >= -0.5 and y1 >= -0.5 and x0 <= width and y0 <= height):
            continue
        holder = text_object(here, k) or 0
        if holder != seen:
            seen = holder
            if holder not in spans:
                spans[holder] = _span(here, k, holder, len(spans), upright, order_of, fonts)
            span = spans[holder]
        if not span.visible:
            page.hidden_text += 1
            continue
        if span.bottom > span.top:
            y0, y1 = span.top, span.bottom
        if y1 - y0 < 0.05 or x1 - x0 < 0.01:
            tight = _tight(here, k, upright)
            if tight is not None:
                x0, y0, x1, y1 = tight
        odd = False
        if code == 0xAD and x1 - x0 < _DRAWN * (y1 - y0) and turn == span.angle == 0:
            continue
        if 32 < code < 0x2000:
            letter = chr(code)
        else:
            letter, odd = letter_of(code)
        goes_on = False
        if not blank:
            size = word.bottom - word.top
            # The plain case of _goes_on, without the call.
            plain = (
                holder == owner and span.angle == 0 and -0.9 * size <= x0 - word.x1 <= 0.22 * size and abs(y1 - word.bottom) < 0.5 * size
            )
            whole = holder != owner and owner == starter
            goes_on = plain or _goes_on(word, letters, span, (x0, y0, x1, y1), letter, holder != owner, whole)
        if goes_on:
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
            word.text = "".join(letters)
            letters = [letter]
            word = Word("", x0, y0, x1, y1, span.angle, span.number, span.order, span.bold, span.suspect, odd or span.symbol)
            found.append(word)
            starter = holder
        owner = holder
        blank = False
    word.text = "".join(letters)
    _coloured(found, {s.number: holder for holder, s in spans.items()})
    page.words = [part for w in _whole(found) for part in _settled(w)]
    page.unmapped = sum(len(w.text) for w in page.words if w.suspect)


def _coloured(found: list[Word], holders: dict[int, int]) -> None:
    """Gives signs that stand alone their colour."""
    channels = (ctypes.c_uint * 4)()
    at = [calls.pointer(ctypes.addressof(channels) + 4 * n) for n in range(4)]
    for w in found:
        holder = holders.get(w.span) if len(w.text) == 1 and not w.text.isascii() and not w.text.isalnum() else None
        if holder and calls.fill_colour(calls.pointer(holder), *at):
            red, green, blue, _ = channels
            w.colour = (red, green, blue)


def _whole(found: list[Word]) -> list[Word]:
    """The words with the rest of each joined to its capital letter, where the file prints them apart, and others in between."""
    capitals = {(round(w.x1), round(w.bottom)): w for w in found if len(w.text) == 1 and w.text.isupper() and not w.angle}
    rests: set[int] = set()
    for w in found if capitals else ():
        if w.angle or not w.text[:1].islower():
            continue
        near = (capitals.get((round(w.x0) + i, round(w.bottom) + j)) for i in (-1, 0, 1) for j in (-1, 0, 1))
        first = next((c for c in near if c is not None and _touches(c, w)), None)
        if first is not None and len(first.text) == 1:
            first.text += w.text
            first.x1 = w.x1
            rests.add(id(w))
    return [w for w in found if id(w) not in rests] if rests else found


def _touches(left: Word, right: Word) -> bool:
    """True where a word begins where another ends, on one line and in one size."""
    size = left.bottom - left.top
    return (
        abs(right.x0 - left.x1) <= _TOUCHING * size
        and abs(right.bottom - left.bottom) <= _TOUCHING * size
        and abs(right.top - left.top) <= _TOUCHING * size
    )


def _settled(word: Word) -> list[Word]:
    """A word with its text composed; two amounts that touch as two words.

    Some producers print every hyphen and minus as a soft hyphen. Only the one that ends a word may have been
    set by a line end; before a letter or figure it is what it looks like: "EN-MAR", "-24".
    """
    if not word.text.isascii():
        word.text = unicodedata.normalize("NFC", without_towers(word.text))
        if SOFT_HYPHEN in word.text:
            inner, last = word.text[:-1].replace(SOFT_HYPHEN, "-"), word.text[-1]
            word.text = inner + (last if inner else last.replace(SOFT_HYPHEN, "-"))
    return _figures_apart(word) if len(word.text) >= 16 else [word]


def _figures_apart(word: Word) -> list[Word]:
    """Two amounts that touch, each with its two decimals, as two words: the file prints them with no blank, or one over the other."""
    if not word.text[-1].isdigit() or not (two := TWO_AMOUNTS.fullmatch(word.text)):
        return [word]
    end = max(two.end(1), two.end(2))
    # Digits of one font are equally wide.
    cut = word.x0 + (word.x1 - word.x0) * end / len(word.text)
    left = replace(word, text=word.text[:end], x1=cut)
    return [left, replace(word, text=word.text[end:], x0=cut)]


def codes_of(here: Any, handle: Any, count: int) -> list[int]:
    """The code point of each character. PDFium's bulk call leaves out characters without one, so its length is checked."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(handle, 0, count, buffer)
    codes = buffer[:count]
    there = set(codes)
    if written != count + 1 or any(0xD800 <= c < 0xE000 for c in there):
        codes = [calls.unicode(here, k) for k in range(count)]
        there = set(codes)
    if 2 in there or 0xFFFE in there:  # the hyphen at the end of a line, or a character that has no code, or this one
        codes = [c if c not in (2, 0xFFFE) else 2 if calls.is_hyphen(here, k) else 0 for k, c in enumerate(codes)]
    if not _CONTROLS.isdisjoint(there):
        # Printed, and the font does not tell what it is.
        codes = [0xFFFD if c in _CONTROLS and c != 2 and calls.map_error(here, k) else c for k, c in enumerate(codes)]
    return codes


def _goes_on(word: Word, letters: list[str], span: _Span, box: Box, letter: str, elsewhere: bool, whole: bool) -> bool:
    """Whether a character continues the word before it: on its line, without a gap, in its direction.

    ``elsewhere``: the file prints the character at another time than the letter before; ``whole``: and the word so far at once.
    """
    if word.angle != span.angle:
        return False
    x0, y0, x1, y1 = box
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
    # Text that the file prints at another time: only what touches on one line goes on, and an amount printed at once is whole.
    if drift > 0.12 * size or gap < -0.2 * size or gap > 0.12 * size:
        return False
    return not whole or not (letter.isdigit() or letter == "-") or not AMOUNT.fullmatch("".join(letters))


def letter_of(code: int) -> tuple[str, bool]:
    """The text of a character, and whether it is an icon of a symbol font."""
    if code == 2:
        return BREAK, False
    if code < 0x2000:
        return chr(code), False
    if code in _LIGATURES:
        return _LIGATURES[code], False
    if 0xE000 <= code <= 0xF8FF:
        return _ICONS.get(code, chr(code)), True
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd", False
    return chr(code), 0x2700 <= code <= 0x27BF


def _tight(here: Any, k: int, upright: Upright) -> Box | None:
    values = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = values
    if not calls.tight_box(here, k, *(ctypes.addressof(v) for v in (left, right, bottom, top))):
        return None
    return upright.box(left.value, bottom.value, right.value, top.value)


def _span(here: Any, k: int, found: int, number: int, upright: Upright, order_of: dict[int, int], fonts: dict) -> _Span:
    # PDFium measures clockwise, as /Rotate does.
    degrees = -math.degrees(calls.angle(here, k)) - 90.0 * upright.turn
    angle = round(degrees / 90.0) * 90 % 360
    bold = symbol = False
    visible = True
    if found:
        visible = calls.render_mode(found) not in (3, 7)
        font = calls.font(found) or 0
        if font not in fonts:
            fonts[font] = _style(font)
        bold, symbol = fonts[font]
    span = _Span(number, angle, order_of.get(found, 1 << 30), visible, bold, symbol, bool(calls.map_error(here, k)))
    if angle == 0 and found:
        span.top, span.bottom = _heights(here, k, upright)
    return span


@cache
def _answers() -> tuple[Any, ...]:
    """Where PDFium writes a place, a matrix and a box, and the pointers to them: made once, since pages hold many texts."""
    held = (ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX(), raw.FS_RECTF())
    return (*held, *(calls.pointer(ctypes.addressof(h)) for h in held))


def _heights(here: Any, k: int, upright: Upright) -> tuple[float, float]:
    """Top and bottom of upright text by its base line and size. PDFium's boxes follow the single letters in some fonts.

    (0, 0) where the size that the file states is far from the letter's own box, as in fonts drawn by hand.
    """
    x, y, m, box, *at = _answers()
    if not calls.origin(here, k, at[0], at[1]) or not calls.character_matrix(here, k, at[2]):
        return 0.0, 0.0
    size = calls.font_size(here, k) * math.hypot(m.c, m.d)
    calls.loose_box(here, k, at[3])
    drawn = abs(box.top - box.bottom) if upright.turn % 2 == 0 else abs(box.right - box.left)
    if not 0.5 * drawn < size < 2.5 * drawn:
        return 0.0, 0.0
    _, base = upright.point(x.value, y.value)
    return base - _ASCENT * size, base + _DESCENT * size


def _style(font: int) -> tuple[bool, bool]:
    """Whether a font is bold, and whether it is one of symbols."""
    if not font:
        return False, False
    buffer = ctypes.create_string_buffer(200)
    calls.font_name(font, ctypes.addressof(buffer), 200)
    name = buffer.value.decode("latin-1").lower()
    return "bold" in name or "black" in name or "heavy" in name or calls.font_weight(font) >= 600, "dingbat" in name or "symbol" in name
