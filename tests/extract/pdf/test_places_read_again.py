"""A place of a page read again by another program: turned and cropped pages, words over an edge, fonts without letters."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from veedor.extract.pdf.pdfium import opened, read_page
from veedor.extract.pdf.second_reading import read_again
from veedor.extract.reading import read_raw
from veedor.schema.place import Place

BOX = (100.0, 100.0, 140.0, 120.0)


def page(draw: Callable[[Canvas], object]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300), invariant=1)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def in_box(data: bytes, box: tuple[float, float, float, float] = BOX, engine: str = "pdfium") -> str | None:
    place = Place(page=1, x0=box[0], top=box[1], x1=box[2], bottom=box[3])
    return read_again(data, None, {place}, engine)[place]


def turned(data: bytes, rotation: int, password: str = "") -> bytes:
    """The page turned, its boxes off the origin and cropped."""
    document = pypdfium2.PdfDocument(data)
    sheet = document[0]
    sheet.set_mediabox(-30, -20, 420, 330)
    sheet.set_cropbox(10, 15, 380, 290)
    sheet.set_rotation(rotation)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_and_cropped_pages_have_one_set_of_coordinates(rotation: int) -> None:
    words = {(60, 60): "uno", (300, 60): "dos", (60, 220): "tres", (300, 220): "cuatro"}

    def draw(canvas: Canvas) -> None:
        for (x, y), text in words.items():
            canvas.drawString(x, y, text)

    data = turned(page(draw), rotation)
    with opened(data) as document:
        first = read_page(document, 0)
    assert first is not None
    assert sorted(w.text for w in first.words) == sorted(words.values())
    for word in first.words:
        assert in_box(data, (word.x0 - 1, word.top - 1, word.x1 + 1, word.bottom + 1)) == word.text


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_text_reads_in_its_own_direction(angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(200, 150)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "Unidad de")
        canvas.drawString(0, -12, "Compras")

    assert in_box(page(draw), (100, 50, 300, 250)) == "Unidad de Compras"


def test_bold_made_by_printing_again_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.2, 0.4):
            canvas.drawString(105 + shift, 186, "53.9%")

    assert in_box(page(draw)) == "53.9%"


@pytest.mark.parametrize(("x", "text", "read"), [(95, "1,234,567", "1,234,567"), (60, "Emergencia", ""), (128, "1,234,567", "")])
def test_a_name_or_figure_over_the_edge_is_never_cut(x: float, text: str, read: str) -> None:
    assert in_box(page(lambda canvas: canvas.drawString(x, 186, text))) == read


def test_the_signs_of_the_symbol_font_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Symbol", 10)
        canvas.drawString(105, 186, "≥")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(112, 186, "90%")

    assert in_box(page(draw)) in ("≥90%", "≥ 90%")


def test_two_figures_that_touch_over_the_edge_are_cut() -> None:
    # Twelve digits and marks of Helvetica 10 are about 47 points wide: the second amount begins near 140.
    assert in_box(page(lambda canvas: canvas.drawString(100.5, 186, "1,234.00" + "5,678.00"))) == "1,234.00"


def test_ligatures_marks_and_soft_hyphens_read_as_the_first_reader_reads_them(grid_pdf: Callable[..., Path]) -> None:
    rows = [("Código", "Meta"), ("Acción pública", "12"), ("Niñez\u00a0y familia", "≥ 3".replace("≥", ">"))]
    file = grid_pdf(rows, (120, 60))
    raw = read_raw(file)
    cells = [c for t in raw.tables for row in (*t.header, *t.rows) for _, c in row.filled]
    again = read_again(file.read_bytes(), None, {c.place for c in cells})
    assert {c.text: again[c.place] for c in cells} == {c.text: c.text for c in cells}
    assert len(cells) == 6


def test_pdfium_reads_again_what_another_engine_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas._code.append("/Span <</ActualText (17)>> BDC")  # pyright: ignore[reportAttributeAccessIssue]
        canvas.drawString(105, 186, "12")
        canvas._code.append("EMC")  # pyright: ignore[reportAttributeAccessIssue]

    data = page(draw)
    assert (in_box(data, engine="pdfium"), in_box(data, engine="pdfplumber")) == ("12", "17")


def test_a_font_without_letters_is_no_reading_and_no_blank() -> None:
    data = font_without_letters()
    with opened(data) as document:
        first = read_page(document, 0)
    assert first is not None
    assert [(w.text, w.suspect) for w in first.words] == [("\ufffd\ufffd", True)]
    assert in_box(data, (0, 0, 300, 200)) is None


def test_a_file_that_only_the_first_program_opens_is_not_read_again() -> None:
    assert in_box(b"%PDF-1.7\n") is None


def test_a_protected_file_is_read_again_with_its_password(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    file = tmp_path / "doc.pdf"
    canvas = Canvas(str(file), pagesize=(400, 300), encrypt=StandardEncryption("clave"))
    canvas.drawString(105, 186, "12")
    canvas.save()
    place = Place(page=1, x0=BOX[0], top=BOX[1], x1=BOX[2], bottom=BOX[3])
    assert read_again(file.read_bytes(), "clave", {place}) == {place: "12"}
    assert read_again(file.read_bytes(), "otra", {place}) == {place: None}


def font_without_letters() -> bytes:
    """A page that prints two glyphs by their numbers, in a font that says of neither what it is."""
    shape = (
        b"<</Type/FontDescriptor/FontName/AB+Odd/Flags 4/FontBBox[0 0 500 700]/ItalicAngle 0/Ascent 700/Descent 0/CapHeight 700/StemV 80>>"
    )
    kin = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/AB+Odd/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500"
    text = b"BT /F 10 Tf 20 100 Td <00140015> Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type0/BaseFont/AB+Odd/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        kin + b"/FontDescriptor " + shape + b">>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % o for o in offsets)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        len(out),
    )
