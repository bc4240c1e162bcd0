"""Broken and hostile PDFs, each a few lines of text: loops, lies, bombs, cuts."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from .drawn import PLAN, document, fill, pdf, stream, table, text

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"


def sound() -> bytes:
    """A document that reads well, for cutting and spoiling."""
    return document(table(PLAN), table(PLAN), table(PLAN))


def no_pages() -> bytes:
    return pdf([_CATALOGUE, b"<</Type/Pages/Kids[]/Count 0>>"])


def many_declared(count: int = 50_000) -> bytes:
    """A page tree that says it has many pages and has one."""
    return sound().replace(b"/Count 3", b"/Count %d" % count)


def many_pages(count: int = 50_000) -> bytes:
    """As many blank pages, each the same object."""
    kids = b"3 0 R " * count
    return pdf([_CATALOGUE, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"])


def page_tree_loop() -> bytes:
    return pdf([_CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 5>>", b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 5>>"])


def page_tree_of_itself() -> bytes:
    return pdf([_CATALOGUE, b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"])


def form_of_itself() -> bytes:
    form = stream(b"/X5 Do", b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources 4 0 R")
    return document(table(PLAN) + "/X5 Do", more=[form])


def form_loop() -> bytes:
    """A form that paints itself twice, and twice again."""
    form = stream(b"/X5 Do /X6 Do", b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources 4 0 R")
    return document(table(PLAN) + "/X5 Do", more=[form, form])


def outline_loop() -> bytes:
    item = b"<</Title(a)/Parent 5 0 R/First 6 0 R/Last 6 0 R/Next 6 0 R/Prev 6 0 R>>"
    return document(table(PLAN), more=[b"<</Type/Outlines/First 6 0 R/Last 6 0 R/Count 1>>", item]).replace(
        _CATALOGUE, b"<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R>>"
    )


def bad_xref() -> bytes:
    """Every offset is wrong; the objects themselves are whole."""
    data = sound()
    start = data.index(b"xref\n")
    return data[:start] + data[start:].replace(b"0000000", b"0000099")


def no_xref() -> bytes:
    data = sound()
    return data[: data.index(b"xref\n")]


def many_points(count: int = 1_000_000) -> bytes:
    """A page with one path of very many points, packed."""
    path = b"".join(b"%d %d l\n" % (n % 600, n * 7 % 800) for n in range(count))
    packed = zlib.compress(table(PLAN).encode() + b"0 0 m\n" + path + b"S\n")
    return _packed(packed)


def many_letters(count: int = 100_000) -> bytes:
    lines = "".join(text(20, 20 + n % 700, "abcdefghij " * 10, size=4) for n in range(count // 100))
    return document(table(PLAN) + lines)


def flate_bomb(mebibytes: int = 640) -> bytes:
    """A content stream of a few KiB that unpacks to very many MiB, packed twice."""
    blanks, check = b" " * 2**20, 1
    for _ in range(mebibytes):
        check = zlib.adler32(blanks, check)
    piece = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    once = piece.compress(blanks) + piece.flush(zlib.Z_FULL_FLUSH)  # stands for itself, so it is packed once
    packed = b"\x78\xda" + once * mebibytes + piece.flush() + check.to_bytes(4, "big")
    return _packed(zlib.compress(packed, 9), b"[/FlateDecode/FlateDecode]")


def deep_arrays(depth: int = 10_000) -> bytes:
    return document(table(PLAN), entries=b"/Deep " + b"[" * depth + b"]" * depth)


def deep_in_content(depth: int = 10_000) -> bytes:
    return document(("[" * depth + "]" * depth + " 0 d\n") + table(PLAN))


def deep_states(depth: int = 200_000) -> bytes:
    return document("q\n" * depth + table(PLAN))


def huge_page(side: int = 1_000_000) -> bytes:
    return sound().replace(b"[0 0 600 800]", b"[0 0 %d %d]" % (side, side))


def no_size() -> bytes:
    return sound().replace(b"[0 0 600 800]", b"[0 0 0 0]")


def no_numbers(word: str) -> bytes:
    """A matrix and a box that are no numbers, or none that can be drawn."""
    return document(table(PLAN) + f"q {word} 0 0 {word} 0 0 cm " + fill(10, 10, 60, 40) + text(20, 20, "perdido") + "Q")


def picture_only() -> bytes:
    pixels = bytes((x * y) % 256 for x in range(60) for y in range(80))
    image = b"/Type/XObject/Subtype/Image/Width 60/Height 80/ColorSpace/DeviceGray/BitsPerComponent 8"
    return document("q 600 0 0 800 0 0 cm /X5 Do Q", more=[stream(pixels, image)])


def half_scanned() -> bytes:
    """A page of text, and one that is a picture with the hidden text of an OCR engine."""
    pixels = bytes((x * y) % 256 for x in range(60) for y in range(80))
    image = b"/Type/XObject/Subtype/Image/Width 60/Height 80/ColorSpace/DeviceGray/BitsPerComponent 8"
    hidden = "BT 3 Tr /F 10 Tf 50 700 Td (texto de un reconocedor) Tj ET"
    return document(table(PLAN), "q 600 0 0 800 0 0 cm /X5 Do Q" + hidden, more=[stream(pixels, image)])


def without_meaning() -> bytes:
    """A font whose glyphs have numbers and no meaning."""
    letters = "".join(f"BT /X 10 Tf 40 {700 - 12 * n} Td <0024002500260027> Tj ET\n" for n in range(20))
    data = document(
        table(PLAN) + letters,
        more=[
            b"<</Type/Font/Subtype/Type0/BaseFont/Zz/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Zz/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            b"/FontDescriptor<</Type/FontDescriptor/FontName/Zz/Flags 4>>>>",
        ],
    )
    return data.replace(b"/Font<</F 3 0 R>>", b"/Font<</F 3 0 R/X 5 0 R>>")


def controls() -> bytes:
    """Text of which some letters are a NUL, a bell, and characters that turn the direction of text."""
    meaning = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00><ff> endcodespacerange "
        b"4 beginbfchar <01><202e> <02><0000> <03><2066> <04><0007> endbfchar endcmap end end"
    )
    rows = [list(r) for r in PLAN]
    rows[1][0] = "\x01Atenciones\x02 \x03brindadas\x04"
    return document(table(rows), more=[stream(meaning)]).replace(_FONT, _FONT[:-2] + b"/ToUnicode 5 0 R>>")


def cut(data: bytes, steps: int) -> Sequence[bytes]:
    """The file cut off at many places."""
    return [data[: len(data) * k // steps] for k in range(1, steps)]


def _packed(packed: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    return pdf(
        [
            _CATALOGUE,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            stream(packed, b"/Filter" + filters),
            _FONT,
        ]
    )
