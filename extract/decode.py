"""Bytes of a text dump to clean text: encoding, line ends, control and bidi characters, ligatures."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from ..schema.errors import DocumentError, Reason
from ..schema.language import Text

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = dict.fromkeys((*range(9), 11, *range(14, 32), *range(127, 133), *range(134, 160)))
_INVISIBLE = dict.fromkeys((173, 8203, 8204, 8205, 8288, 65279))
_BIDI = dict.fromkeys((1564, 8206, 8207, *range(8234, 8239), *range(8294, 8298)))
_SPACES = dict.fromkeys((160, 5760, *range(8192, 8203), 8239, 8287, 12288), " ")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_CLEANING = {**_CONTROL, **_INVISIBLE, **_BIDI, **_SPACES, **_LIGATURES}
HARMFUL = frozenset((*_CONTROL, *_BIDI))
"""Code points that hide or reverse what is printed: control characters and those that turn the direction of text."""
_HARMFUL = re.compile("[" + "".join(re.escape(chr(c)) for c in sorted(HARMFUL)) + "]")
_FAR = re.compile("[\u0300-\U0010ffff]{31,}")
_MARKS_OF_A_LETTER = 30
"""As many as Unicode lets a text have that is composed in one pass (UAX 15, stream-safe text)."""
_PAGE_BREAK = re.compile(r"\f(?=\n)|(?<=\n)\f")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\ufffd]")
# "Ã³" and the like: UTF-8 that was once read as Windows-1252. One pair may be a name; a page of them is not.
_MOJIBAKE = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u2018-\u201e\u2020-\u2026\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc]"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Clean text, the encoding it was in, and how many harmful characters were taken out of it."""

    text: str
    encoding: str
    removed: int
    doubtful: bool


def decode(data: bytes) -> Decoded:
    """Decodes a dump: BOM, UTF-8, UTF-16 without BOM, else Windows-1252 with Latin-1 for its gaps.

    Text that went through a wrong encoding once is repaired where the way back is exact. Lines end
    in ``\\n``. Raises DocumentError ``not-a-document`` for binary data. Linear in the size.
    """
    text, encoding = _to_text(data)
    doubtful = encoding in ("windows-1252", "utf-8-damaged")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\f" in text:
        text = _PAGE_BREAK.sub("", text).replace("\f", "\n")
    # Other programs do not count these as ends of lines, and a finding's line must be the one that they show.
    for separator in ("\v", "\x85", "\u2028", "\u2029"):
        text = text.replace(separator, " " if "\n" in text else "\n")
    if len(_MOJIBAKE.findall(text)) >= 3 and (repaired := _undo_mojibake(text)) is not None:
        text, encoding = repaired, encoding + "+utf-8"
    removed = len(_HARMFUL.findall(text))
    if not text.isascii():
        cleaned = text.translate(_CLEANING)
        safe = without_towers(cleaned)
        removed += len(cleaned) - len(safe)
        text = unicodedata.normalize("NFC", safe)
    elif removed:
        text = text.translate(_CLEANING)
    return Decoded(text, encoding, removed, doubtful)


def without_towers(text: str) -> str:
    """The text without the marks (accents and the like) that stand over a letter above thirty of them.

    No writing has so many; they cover the lines beside them, and composing a letter takes the square of their number.
    """
    return _FAR.sub(_lowered, text)


def _lowered(found: re.Match[str]) -> str:
    kept, height = [], 0
    for letter in found[0]:
        height = height + 1 if unicodedata.combining(letter) else 0
        if height <= _MARKS_OF_A_LETTER:
            kept.append(letter)
    return "".join(kept)


def _to_text(data: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            body = data[len(bom) :]
            return (body.decode(encoding, errors="replace"), encoding)
    sample = data[:65536]
    zeros = sample.count(0)
    if zeros > len(sample) // 5:
        guess = "utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be"
        text = data.decode(guess, errors="replace")
        if _readable(text):
            return text, guess
        raise _binary()
    try:
        text = data.decode("utf-8")
        if not _readable(text):
            raise _binary()
        return text, "utf-8"
    except UnicodeDecodeError:
        pass
    if not _readable(sample.decode("latin-1")):
        raise _binary()
    # Mostly UTF-8 with a few broken bytes (a cut or a bad copy) is better read as UTF-8 with marks than as Windows-1252.
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    good = sum(1 for c in text[:200000] if ord(c) > 0x7F) - text[:200000].count("\ufffd")
    if good > 4 * broken:
        return text, "utf-8-damaged"
    return "".join(_cp1252(data)), "windows-1252"


def _cp1252(data: bytes) -> list[str]:
    """Windows-1252, with Latin-1 for the five bytes that it leaves undefined."""
    try:
        return [data.decode("cp1252")]
    except UnicodeDecodeError:
        table = {b: (bytes([b]).decode("cp1252", errors="ignore") or chr(b)) for b in range(0x80, 0xA0)}
        return [data.decode("latin-1").translate(table)]


def _readable(text: str) -> bool:
    """Text rather than binary: nearly no control characters in its first and last stretch."""
    for part in (text[:65536], text[-4096:]):
        bad = len(_UNREADABLE.findall(part))
        if bad > max(4, len(part) // 20):
            return False
    return True


def _undo_mojibake(text: str) -> str | None:
    """The text before it was wrongly read as Windows-1252, line by line; None where nothing improved."""
    out, changed = [], False
    for line in text.split("\n"):
        if _MOJIBAKE.search(line):
            try:
                line, changed = line.encode("cp1252").decode("utf-8"), True
            except UnicodeError:
                # Windows-1252 leaves five bytes undefined; the wrong reader then used Latin-1 for them.
                try:
                    line = b"".join(_byte(c) for c in line).decode("utf-8")
                    changed = True
                except UnicodeError:
                    pass
        out.append(line)
    return "\n".join(out) if changed else None


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _binary() -> DocumentError:
    return DocumentError(
        Reason.NOT_A_DOCUMENT,
        Text(
            "El archivo es binario, no un documento de texto. Si es un PDF o una imagen dañados, descárguelo de nuevo.",
            "The file is binary, not a text document. If it is a damaged PDF or picture, download it again.",
        ),
    )
