"""Marks of notes that are set small and raised, and text turned along the edge of a page."""

from __future__ import annotations

from veedor.extract.pdf.content import Word

from .page import LETTER, Page, texts


def raised(page: Page, x: float, top: float, mark: str) -> None:
    """A mark of half the size above the base line."""
    page.content.words.append(Word(mark, x, top - 2, x + LETTER / 2 * len(mark), top + 3, 0, page.spans, page.spans))
    page.spans += 1


def test_a_raised_mark_is_no_row() -> None:
    page = Page().text(40, 100, "Concepto").text(200, 100, "Meta").text(260, 100, "Real")
    for row, name in enumerate(("Informes", "Talleres", "Visitas", "Obras")):
        page.text(40, 116 + 14 * row, name).text(200, 116 + 14 * row, str(row + 3)).text(260, 116 + 14 * row, str(row + 1))
    raised(page, 40 + 8 * LETTER + 0.5, 130, "1/")
    (table,) = page.tables
    assert [row[0] for row in texts(table)] == ["Concepto", "Informes", "Talleres 1/", "Visitas", "Obras"]


def test_turned_text_outside_tables_is_text() -> None:
    page = Page().text(40, 60, "Un párrafo").turned(10, 300, "Anexo A versión pública").turned(580, 300, "Folio 12", 270)
    assert sorted(line.text for t in page.texts for line in t.lines) == ["Anexo A versión pública", "Folio 12", "Un párrafo"]
    assert [t.running for t in page.texts if t.lines[0].text.startswith("Anexo")] == [True]
