"""Words from the characters of a page: ligatures, soft hyphens, accents, odd blanks, figures that touch, what is not shown."""

from __future__ import annotations

import pytest

from veedor.extract.pdf.content import PageContent
from veedor.extract.pdf.pdfium import opened, read_page

from .drawn import document, stream, text

CODES = {1: "fi", 2: "\u00ad", 3: "o\u0301", 4: "\u00a0", 5: "\ufb01", 6: "\ufb04", 7: "\uf0fc", 8: "\u0301", 9: "\u200b"}
"""What the letters A, B, C ... of a font of the document mean."""


def font(meanings: dict[int, str]) -> bytes:
    """A table that says what the letters of a font mean: number 1 is A."""
    lines = b"".join(b"<%02X> <%s>\n" % (64 + k, m.encode("utf-16-be").hex().upper().encode()) for k, m in meanings.items())
    table = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange %d beginbfchar\n" % len(
        meanings
    )
    return stream(table + lines + b"endbfchar endcmap end")


def page(content: str, meanings: dict[int, str] = CODES) -> PageContent:
    odd = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 5 0 R>>"
    resources = b"/Resources<</Font<</F 3 0 R/O 6 0 R/B 7 0 R>>>>"
    bold = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>"
    with opened(document(content, entries=resources, more=[font(meanings), odd, bold])) as pdf:
        found = read_page(pdf, 0)
    assert found is not None
    return found


def words(content: str) -> list[str]:
    return [w.text for w in page(content).words]


def odd(x: float, base: float, codes: str) -> str:
    return text(x, base, codes).replace("/F 10", "/O 10")


def test_words_with_their_boxes() -> None:
    meta, anual = page(text(50, 100, "Meta anual")).words
    assert (meta.text, anual.text, meta.angle) == ("Meta", "anual", 0)
    assert 49 < meta.x0 < 52 and 70 < meta.x1 < 75 < anual.x0 < 78
    assert 90 < meta.top < 93 and 101 < meta.bottom < 104
    assert meta.box == (meta.x0, meta.top, meta.x1, meta.bottom)
    assert meta.span == anual.span


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        ("dcAcho", ["dcficho"]),
        ("dcEcho", ["dcficho"]),  # the ligature's own character
        ("oFcho", ["offlcho"]),
        ("gestiCn", ["gesti\u00f3n"]),  # NFC
        ("25Ddcas", ["25", "dcas"]),  # a no-break space parts
        ("a\u0020Ib", ["a", "b"]),
    ],
)
def test_odd_characters(codes: str, found: list[str]) -> None:
    assert [w.text for w in page(odd(50, 100, codes)).words] == found


def test_an_icon_is_marked() -> None:
    icon, plain = page(odd(50, 100, "G") + text(80, 100, "90%")).words
    assert (icon.text, icon.symbol) == ("✓", True)
    assert (plain.text, plain.symbol) == ("90%", False)


def test_bold_type() -> None:
    content = text(50, 100, "TOTAL").replace("/F 10", "/B 10") + text(100, 100, "5")
    assert [(w.text, w.bold) for w in page(content).words] == [("TOTAL", True), ("5", False)]


def test_text_printed_apart_is_of_another_span() -> None:
    first, second = page(text(50, 100, "Meta") + text(200, 100, "Real")).words
    assert first.span != second.span and first.order < second.order


def test_letters_printed_one_by_one_are_a_word() -> None:
    content = "".join(text(x, 100, letter) for x, letter in ((50, "M"), (58.4, "e"), (64, "t"), (66.8, "a")))
    assert words(content) == ["Meta"]


@pytest.mark.parametrize("figure", ["12,345,678", "1.234,56", "-4.500"])
def test_a_figure_printed_digit_by_digit_is_one(figure: str) -> None:
    content, x = "", 50.0
    for sign in figure:
        content += text(x, 100, sign)
        x += {".": 2.78, ",": 2.78, "-": 3.33}.get(sign, 5.56)
    assert words(content) == [figure]


def test_a_gap_without_a_blank_parts_two_words() -> None:
    assert words("BT /F 10 Tf 1 0 0 1 50 700 Tm [(Meta)-900(12)] TJ ET") == ["Meta", "12"]
    assert words("BT /F 10 Tf 1 0 0 1 50 700 Tm [(Me)-60(ta)] TJ ET") == ["Meta"], "letters set a little wider"


@pytest.mark.parametrize("first", ["1.234.567,89", "1,234,567.89"])
def test_two_amounts_that_touch_are_two(first: str) -> None:
    second = "-" + first
    left, right = page(text(50, 100, first + second)).words
    assert (left.text, right.text) == (first, second)
    assert left.x1 == right.x0 and 49 < left.x0 < left.x1 < right.x1


def test_amounts_printed_apart_that_touch_are_two() -> None:
    assert words(text(50, 100, "1.234,56") + text(89, 100, "789,00")) == ["1.234,56", "789,00"]


def test_a_long_number_is_one() -> None:
    assert words(text(50, 100, "1.234.567.890.123,45")) == ["1.234.567.890.123,45"]


def test_a_text_over_another_one_mixes_no_letters() -> None:
    """A label that runs under the figures of the next column."""
    assert words(text(50, 100, "Transferencias") + text(90, 100, "1.234,56")) == ["Transferencias", "1.234,56"]


def test_a_hyphen_at_the_end_of_a_line_is_kept() -> None:
    found = words("BT /F 10 Tf 12 TL 1 0 0 1 50 700 Tm (EN-) Tj T* (MAR) Tj ET")
    assert [w.replace("\x02", "-") for w in found] == ["EN-", "MAR"]


def test_text_that_is_not_shown_is_counted_and_left_out() -> None:
    found = page(text(50, 100, "visto") + text(50, 120, "oculto").replace("BT", "BT 3 Tr"))
    assert [w.text for w in found.words] == ["visto"]
    assert found.hidden_text == 6


def test_lines_are_words_of_their_own() -> None:
    assert words(text(50, 100, "Meta") + text(72, 112, "anual")) == ["Meta", "anual"]


def test_a_page_without_text() -> None:
    assert words("0 0 10 10 re f") == []


@pytest.mark.parametrize(("matrix", "angle"), [("0 1 -1 0 100 300", 90), ("-1 0 0 -1 300 300", 180), ("0 -1 1 0 100 300", 270)])
def test_turned_words(matrix: str, angle: int) -> None:
    found = page(f"BT /F 10 Tf {matrix} Tm (PROCESOS DE APOYO) Tj ET").words
    assert [(w.text, w.angle) for w in found] == [("PROCESOS", angle), ("DE", angle), ("APOYO", angle)]
    assert all(9 < w.height < 14 for w in found)


def test_a_capital_letter_that_is_printed_before_the_rest_of_its_word() -> None:
    end, below = 50 + 6.67, text(50, 120, "Meta")  # P and A of Helvetica at 10 points are 6.67 wide
    assert words(text(50, 100, "P") + below + text(end, 100, "rimer")) == ["Primer", "Meta"]
    assert words(text(50, 100, "A") + below + text(end + 2, 100, "casa")) == ["A", "Meta", "casa"]
    assert words(text(50, 100, "P") + below + text(end, 100, "Rimer")) == ["P", "Meta", "Rimer"]
