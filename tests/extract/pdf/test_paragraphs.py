"""Text outside the tables: lines to paragraphs, and texts that only stand beside each other."""

from __future__ import annotations

from veedor.extract.pdf.paragraphs import paragraphs

from .page import Page


def read(page: Page) -> list[str]:
    return [" / ".join(line.text for line in text.lines) for text in paragraphs(page.lines)]


def test_a_logo_and_a_title_are_two_texts() -> None:
    page = Page().text(50, 40, "Municipalidad de").text(300, 40, "Estado de ejecución").text(50, 52, "Carmen de Areco")
    assert read(page) == ["Municipalidad de", "Estado de ejecución", "Carmen de Areco"]


def test_a_lead_keeps_what_it_leads() -> None:
    assert read(Page().text(50, 40, "Periodo:").text(200, 40, "III Trimestre")) == ["Periodo: III Trimestre"]
    assert read(Page().text(50, 40, "1.").text(120, 40, "Presentación")) == ["1. Presentación"]


def test_what_stands_beside_goes_on_below_by_itself() -> None:
    page = Page().text(50, 40, "Logo").text(300, 40, "Informe de seguimiento y evaluación del plan").text(300, 51, "operativo del año")
    assert read(page) == ["Logo", "Informe de seguimiento y evaluación del plan / operativo del año"]
