"""Names over several columns, which must neither hide the blanks between these nor make a column of their own."""

from __future__ import annotations

from veedor.extract.pdf.columns import edges
from veedor.extract.pdf.layout import PageLayout
from veedor.extract.pdf.stitch import stitch
from veedor.extract.raw import Table

from .page import Page, texts


def names(page: Page) -> list[str]:
    (block,) = [b for b in stitch([PageLayout(1, 600.0, 800.0, [*page.tables])]) if isinstance(b, Table)]
    return block.names


def months(page: Page) -> Page:
    """Programmed and executed below each month, whose name stands over the blank between them."""
    for k, month in enumerate(("Ene", "Feb", "Mar")):
        page.text(217 + 60 * k, 100, month).text(208 + 60 * k, 114, "P").text(238 + 60 * k, 114, "E")
    for row in range(4):
        page.text(40, 130 + 14 * row, f"Actividad {'abcd'[row]}")
        for column in range(6):
            page.text(208 + 30 * column, 130 + 14 * row, str((row + column) % 7))
    return page


def test_a_name_over_the_blank_between_two_columns_is_no_column() -> None:
    page = months(Page().text(40, 107, "Actividad"))
    assert names(page) == ["Actividad", "Ene / P", "Ene / E", "Feb / P", "Feb / E", "Mar / P", "Mar / E"]
    assert texts(page.tables[0])[2] == ["Actividad a", "0", "1", "2", "3", "4", "5"]


def test_a_name_over_two_columns_hides_no_blank_of_a_few_rows() -> None:
    page = Page().text(40, 100, "Concepto").text(205, 100, "Presupuesto del ejercicio")
    page.text(205, 114, "Aprobado").text(285, 114, "Vigente")
    for row, figures in enumerate((("100.00", "120.00"), ("80.00", "90.00"))):
        page.text(40, 130 + 14 * row, f"Rubro {'ab'[row]}").text(205, 130 + 14 * row, figures[0]).text(285, 130 + 14 * row, figures[1])
    assert names(page) == ["Concepto", "Presupuesto del ejercicio / Aprobado", "Presupuesto del ejercicio / Vigente"]


def test_a_name_between_the_lines_of_others_heads_its_own_column() -> None:
    page = Page().text(40, 100, "Monto").text(40, 111, "inicial").text(160, 105, "Unidad").text(280, 100, "Monto").text(280, 111, "final")
    page.text(400, 105, "Nota")
    for row in range(3):
        page.text(40, 130 + 14 * row, f"{row + 5}").text(280, 130 + 14 * row, f"{row + 7}")
    assert len(edges(page.lines)) == 5


def test_a_name_at_the_edge_of_its_rule_stands_over_all_that_it_underlines() -> None:
    page = Page().across(96, 35, 400).across(126, 35, 400).across(190, 35, 400).text(40, 106, "Concepto")
    page.text(165, 99, "Año").across(110, 160, 270).text(165, 113, "Meta").text(225, 113, "Real")
    page.text(285, 99, "Total").across(110, 280, 400).text(285, 113, "Meta").text(345, 113, "Real")
    for row in range(4):
        page.text(40, 130 + 14 * row, f"Rubro {'abcd'[row]}")
        for column in range(4):
            page.text(165 + 60 * column, 130 + 14 * row, str(row + column))
    assert names(page) == ["Concepto", "Año / Meta", "Año / Real", "Total / Meta", "Total / Real"]


def test_names_on_three_levels() -> None:
    page = Page().across(80, 35, 400).across(126, 35, 400).across(140, 35, 400).across(200, 35, 400).text(245, 83, "Programa")
    page.across(94, 200, 380).text(230, 97, "Uno").text(320, 97, "Dos").across(109, 200, 285).across(109, 295, 380)
    page.text(40, 106, "Actividad")
    for column, name in enumerate(("P", "E", "P", "E")):
        page.text(210 + 48 * column, 112, name)
        for row in range(4):
            page.text(210 + 48 * column, 130 + 14 * row, str(row + column))
    for row in range(4):
        page.text(40, 130 + 14 * row, f"Rubro {'abcd'[row]}")
    assert names(page) == ["Actividad", "Programa / Uno / P", "Programa / Uno / E", "Programa / Dos / P", "Programa / Dos / E"]


def test_rows_of_many_lines_are_a_table() -> None:
    page = Page().text(40, 86, "Actividad").text(300, 86, "Meta").text(360, 86, "Real")
    for row in range(4):
        top = 100 + 60 * row
        page.text(40, top, "Dar seguimiento a todas").text(300, top, str(row + 3)).text(360, top, str(row + 1))
        for k, line in enumerate(
            ("las recomendaciones de la", "Corte de Cuentas y de los", "auditores externos que la", "revisan cada dos")
        ):
            page.text(40, top + 11 * (k + 1), line)
    (table,) = page.tables
    assert [row[1:] for row in texts(table)][1:] == [["3", "1"], ["4", "2"], ["5", "3"], ["6", "4"]]
