"""Tables whose rules only part the rows: names above the first rule, a row below the last."""

from __future__ import annotations

from .page import Page, texts

ROWS = [["Remuneraciones", "120.00", "80.00"], ["Bienes", "40.00", "39.50"], ["Transferencias", "9.00", "8.00"], ["Otros", "7.00", "6.00"]]


def page_of(above: bool, below: bool) -> Page:
    """Rules between rows; over the names and under the last row only where asked for."""
    page = Page().text(40, 100, "Concepto").text(250, 100, "Aprobado").text(350, 100, "Devengado")
    for k, row in enumerate(ROWS):
        for x, text in zip((40, 250, 350), row, strict=True):
            page.text(x, 117 + 17 * k, text)
    for k in range(0 if above else 1, len(ROWS) + (2 if below else 1)):
        page.across(97 + 17 * k, 38, 420)
    return page


def test_names_above_the_first_rule() -> None:
    (table,) = page_of(above=False, below=True).tables
    assert texts(table) == [["Concepto", "Aprobado", "Devengado"], *ROWS]
    assert table.levels == 1


def test_a_row_below_the_last_rule() -> None:
    (table,) = page_of(above=True, below=False).tables
    assert texts(table)[1:] == ROWS


def test_both() -> None:
    (table,) = page_of(above=False, below=False).tables
    assert texts(table) == [["Concepto", "Aprobado", "Devengado"], *ROWS]


def test_a_title_above_and_a_note_below_stay_outside() -> None:
    page = page_of(above=True, below=True).text(40, 86, "Cuadro 1. Ejecución al 30 de junio").text(40, 188, "Nota: cifras de 2023")
    (table,) = page.tables
    assert texts(table) == [["Concepto", "Aprobado", "Devengado"], *ROWS]
    assert len(page.texts) == 2


def test_a_title_below_the_rule_of_a_running_head_is_no_row() -> None:
    page = page_of(above=True, below=True).across(30, 38, 420)
    page.text(38, 50, "3. Avance por actividad").text(38, 70, "Cuadro 2. Presupuesto por concepto")
    (table,) = page.tables
    assert texts(table) == [["Concepto", "Aprobado", "Devengado"], *ROWS]
    assert table.levels == 1
