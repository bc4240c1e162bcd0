"""Tables without a grid: rows by line, headings over the columns, boxed headers; and what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest

from veedor.extract.pdf.bare import table_below, table_from_lines, table_going_on
from veedor.extract.pdf.stretches import alike
from veedor.extract.pdf.table import PageTable

from .page import Page, rules, texts

NAMES = ("Objeto del gasto", "Crédito", "Pagado")
ROWS = [("Personal", "1.234,00", "900,00"), ("Bienes", "200,00", "150,50"), ("Servicios", "70,00", "3,00")]


def columns(page: Page, top: float, *rows: tuple[str, ...], pitch: float = 15) -> Page:
    """A text on the left and figures set to the right edges of their columns."""
    for k, (name, *figures) in enumerate(rows):
        if name:
            page.text(50, top + pitch * k, name)
        for edge, figure in zip((300, 400, 500), figures, strict=False):
            if figure:
                page.text(edge, top + pitch * k, figure, end=True)
    return page


def read(page: Page, *drawn: tuple[float, float, float]) -> PageTable | None:
    return table_from_lines(page.lines, rules(*drawn), 1)


def rows(page: Page, *drawn: tuple[float, float, float]) -> list[list[str | None]]:
    found = read(page, *drawn)
    assert found is not None
    return texts(found)


def test_names_and_rows() -> None:
    found = read(columns(Page(), 100, NAMES, *ROWS))
    assert found is not None
    assert texts(found) == [[*NAMES], *map(list, ROWS)]
    assert (found.levels, found.ruled) == (1, False)


def test_blanks_stay_in_their_column() -> None:
    made = columns(Page(), 100, NAMES, *ROWS, ("Deuda", "", "8,00"), ("Otros", "7,00", ""))
    assert rows(made)[4:] == [["Deuda", "", "8,00"], ["Otros", "7,00", ""]]


def test_a_heading_over_the_columns() -> None:
    page = columns(Page(), 100, NAMES, ROWS[0], ("",), *ROWS[1:]).text(
        50, 130, "Jurisdicción: Secretaría de Hacienda y Finanzas de la Provincia"
    )
    assert rows(page)[2] == ["Jurisdicción: Secretaría de Hacienda y Finanzas de la Provincia", None, None]


def test_a_name_over_two_columns_under_its_rule() -> None:
    page = Page().text(50, 100, "Objeto").text(350 - 50, 100, "Ejecución en el año")
    columns(page, 116, ("del gasto", *NAMES[1:]), *ROWS, *ROWS)
    found = read(page, (113, 230, 420))
    assert found is not None
    assert found.levels == 2
    upper = found.rows[0].cells[1]
    assert upper is not None and (upper.text, upper.col_span) == ("Ejecución en el año", 2)


def test_rows_between_rules_may_have_several_lines() -> None:
    page = columns(Page(), 100, NAMES)
    page.text(50, 120, "Personal de planta y").text(50, 131, "contratado").text(300, 126, "12", end=True).text(400, 126, "9", end=True)
    page.text(50, 150, "Bienes").text(300, 150, "5", end=True).text(400, 150, "7", end=True)
    page.text(50, 170, "Deuda").text(300, 170, "6", end=True).text(400, 170, "8", end=True)
    drawn = [(y, 45, 405) for y in (95, 115, 145, 165, 185)]
    assert rows(page, *drawn) == [[*NAMES], ["Personal de planta y contratado", "12", "9"], ["Bienes", "5", "7"], ["Deuda", "6", "8"]]


def test_figures_outside_of_any_column_are_left_out() -> None:
    """Stray amounts between the columns of a statement."""
    many = [(f"Cuenta {k}", f"{k}00,00", f"{k}0,50") for k in range(1, 10)]
    page = columns(Page(), 100, NAMES, *many).text(330, 160, "7,77", end=True)
    found = rows(page)
    assert all(len(row) == 3 for row in found)
    assert found[4] == ["Cuenta 4", "400,00", "40,50"]


PROSE = [
    "El presente informe da cuenta de lo actuado",
    "por la institución en el año, de los medios",
    "que tuvo y de lo que aún le falta, según lo",
    "que manda la ley y con las cifras que dan",
    "las unidades, revisadas por la de control,",
    "que las firma y responde de ellas ante todos.",
]


def test_two_columns_of_prose_are_no_table() -> None:
    page = Page()
    for k, line in enumerate(PROSE):
        page.text(50, 100 + 12 * k, line).text(320, 100 + 12 * k, PROSE[-1 - k])
    assert read(page) is None


def test_two_columns_of_prose_with_years_are_no_table() -> None:
    page = Page()
    for k, line in enumerate(PROSE):
        page.text(50, 100 + 12 * k, f"{line[:-5]} 202{k}").text(320, 100 + 12 * k, PROSE[-1 - k])
    assert read(page) is None


def test_a_numbered_list_is_no_table() -> None:
    page = Page()
    for k, line in enumerate(PROSE):
        page.text(50, 100 + 12 * k, f"{k + 1}.").text(80, 100 + 12 * k, line)
    assert read(page) is None


def test_a_list_of_letters_is_no_table() -> None:
    page = Page()
    for k, line in enumerate(PROSE):
        page.text(50, 100 + 12 * k, f"{'abcdef'[k]})").text(80, 100 + 12 * k, line)
    assert read(page) is None


@pytest.mark.parametrize("step", [20, 2.5])
def test_the_scale_of_a_chart_is_no_table(step: float) -> None:
    page = Page()
    for k in range(6):
        page.text(90, 100 + 20 * k, f"{100 - step * k:g}", end=True)
    page.text(120, 230, "ene").text(170, 230, "feb").text(120, 150, "45").text(170, 130, "60")
    assert read(page) is None


def test_a_scale_with_figures_beside_it_is_no_table() -> None:
    page = Page()
    for k in range(8):
        page.text(90, 100 + 20 * k, f"{160 - 20 * k}", end=True)
        if k % 2:
            page.text(200, 100 + 20 * k, f"{45 - k}", end=True)
    assert read(page) is None


def test_one_column_is_no_table() -> None:
    page = Page()
    for k, line in enumerate(PROSE):
        page.text(50, 100 + 12 * k, line)
    assert read(page) is None
    assert table_from_lines([], [], 1) is None


def boxed() -> PageTable:
    (found,) = Page().table((50, 250, 310, 410), (100, 120), [NAMES]).layout.pieces[:1]
    assert isinstance(found, PageTable)
    return found


def test_a_boxed_header_with_rows_below() -> None:
    page = Page().table((45, 240, 310, 410), (80, 98), [NAMES])
    columns(page, 105, *ROWS)
    (found,) = page.tables
    assert texts(found) == [[*NAMES], *map(list, ROWS)]
    assert (found.levels, found.xs[1:-1]) == (1, [240, 310])


def test_rows_below_a_boxed_header_need_columns() -> None:
    header = boxed()
    assert table_below(header, Page().text(55, 130, "Fuente: elaboración propia").lines, [], 1) is None


def test_notes_below_a_boxed_header_are_no_rows() -> None:
    page = Page(height=700).table((45, 240, 310, 410), (80, 98), [NAMES])
    columns(page, 105, *ROWS)
    end = 105 + 15 * len(ROWS)
    page.text(50, end + 8, "Nota: las metas de este cuadro se revisan cada año en el Consejo").text(50, end + 19, "Según el acta 12")
    page.text(50, 680, "Unidad de Planificación").text(390, 680, "7")
    (found,) = page.tables
    assert texts(found) == [[*NAMES], *map(list, ROWS)]


def test_a_heading_below_the_last_row_of_a_page_stays() -> None:
    page = Page().table((45, 240, 310, 410), (80, 98), [NAMES]).text(52, 105, "Zona norte del país")
    columns(page, 120, *ROWS)
    page.text(52, 120 + 15 * len(ROWS), "Zona sur del país")
    (found,) = page.tables
    assert [row[0] for row in texts(found)[1:]] == ["Zona norte del país", *(r[0] for r in ROWS), "Zona sur del país"]


def test_a_name_that_stands_lower_than_its_figures_stays() -> None:
    page = Page().table((45, 240, 310, 410), (80, 98), [NAMES])
    columns(page, 105, *ROWS)
    end = 105 + 15 * len(ROWS)
    page.text(255, end, "7").text(330, end, "8").text(50, end + 14, "Última tarea")
    (found,) = page.tables
    assert "Última tarea" in [row[0] for row in texts(found)]


def test_notes_behind_the_last_rule_that_is_drawn_cell_by_cell() -> None:
    xs = (45, 240, 310, 410)
    page = Page().table(xs, (80, 98), [NAMES])
    columns(page, 105, *ROWS)
    end = 105 + 15 * len(ROWS)
    for a, b in pairwise(xs):
        page.across(end, a, b)
    page.text(50, end + 6, "Elaborado por: Planificación").text(250, end + 6, "Revisado por: Gerencia")
    (found,) = page.tables
    assert texts(found) == [[*NAMES], *map(list, ROWS)]


def test_a_table_of_one_row() -> None:
    page = Page().text(40, 100, "Concepto").text(200, 100, "Aprobado").text(280, 100, "Vigente").text(360, 100, "Pagado")
    page.text(40, 116, "Remuneraciones").text(200, 116, "120.00").text(280, 116, "130.00").text(360, 116, "90.00")
    (table,) = page.tables
    assert texts(table) == [["Concepto", "Aprobado", "Vigente", "Pagado"], ["Remuneraciones", "120.00", "130.00", "90.00"]]
    assert table.levels == 1


def test_the_first_lines_of_a_row_are_no_names() -> None:
    """Its figures stand at the middle of a text of three lines."""
    page = Page().text(40, 100, "Actividad").text(250, 100, "Meta").text(320, 100, "Real")
    for row in range(3):
        top = 116 + 40 * row
        for k, line in enumerate(("Publicar la información", "oficiosa en el portal de", "transparencia del año")):
            page.text(40, top + 11 * k, line)
        page.text(250, top + 11, f"{row + 4}").text(320, top + 11, f"{row + 2}")
    (table,) = page.tables
    assert texts(table)[0] == ["Actividad", "Meta", "Real"]


def test_rows_below_names_of_their_own_do_not_go_on() -> None:
    """The header is printed again on the next page; without it, the rows go on under the columns of the page before."""
    xs = [38.0, 195.0, 275.0, 355.0, 400.0]
    page = Page().text(200, 84, "Aprobado").text(280, 84, "Vigente").text(360, 84, "Pagado")
    rows = Page()
    for k in range(3):
        for made in (page, rows):
            made.text(40, 100 + 14 * k, f"Rubro {'abc'[k]}").text(200, 100 + 14 * k, "12.00").text(280, 100 + 14 * k, "13.00")
    assert table_going_on(page.text(40, 84, "Concepto").lines, [], xs, 2) is None
    assert table_going_on(rows.lines, [], xs, 2) is not None


def test_rows_of_which_one_has_no_figures_go_on() -> None:
    xs = [38.0, 75.0, 195.0, 275.0, 355.0]
    page = Page()
    for k in range(4):
        page.text(40, 100 + 14 * k, f"A-{k + 1}").text(80, 100 + 14 * k, f"Tarea {'abcd'[k]}")
        if k != 2:
            page.text(200, 100 + 14 * k, "12.00").text(280, 100 + 14 * k, "13.00")
    found = table_going_on(page.lines, [], xs, 2)
    assert found is not None and [row[0] for row in texts(found)] == ["A-1", "A-2", "A-3", "A-4"]


def test_a_total_in_larger_type_is_a_row() -> None:
    """Its figures end where those above do, and stand no wider apart than words."""
    page = Page()
    for k, name in enumerate(("Detalle", "Ventanilla única", "Red de salud", "Mora patronal", "Control interno")):
        first, second = ("Anual", "Acumulado") if not k else (f"5{k}.92 %", f"4{k}.26 %")
        page.text(50, 40 + 14 * k, name).text(330, 40 + 14 * k, first, end=True).text(385, 40 + 14 * k, second, end=True)
    page.text(280, 110, "TOTAL", end=True).text(330, 110, "1058.43 %", end=True).text(385, 110, "1058.43 %", end=True)
    (found,) = page.tables
    assert texts(found)[-1] == ["TOTAL", "1058.43 %", "1058.43 %"] and len(found.rows) == 6


def test_columns_closer_than_a_blank_are_told_by_their_starts() -> None:
    page = Page()
    for k, name in enumerate(("Capacitar", "Publicar", "Visitar", "Evaluar", "Informar")):
        page.text(50, 40 + 14 * k, f"AO.1.{k}").text(83, 40 + 14 * k, name).text(330, 40 + 14 * k, f"{k}0", end=True).text(
            385, 40 + 14 * k, "90%", end=True
        )
    (found,) = page.tables
    assert [r[:2] for r in texts(found)] == [
        [f"AO.1.{k}", n] for k, n in enumerate(("Capacitar", "Publicar", "Visitar", "Evaluar", "Informar"))
    ]


def test_rows_of_marks_below_their_months() -> None:
    page = Page()
    for k, row in enumerate(
        [("N.º", "Actividad", "ENE", "FEB"), ("1.1", "Ver el río", "✓", ""), ("1.2", "Oír", "", "✓"), ("1.3", "Ir", "✓", "✓")]
    ):
        for x, cell in zip((50, 90, 250, 310), row, strict=True):
            if cell:
                page.text(x, 100 + 15 * k, cell)
    found = rows(page)
    assert found == [["N.º", "Actividad", "ENE", "FEB"], ["1.1", "Ver el río", "✓", ""], ["1.2", "Oír", "", "✓"], ["1.3", "Ir", "✓", "✓"]]


def test_texts_close_behind_figures_set_right_are_a_column() -> None:
    page = Page().text(50, 100, "Actividad").text(190, 100, "Meta").text(260, 100, "Evidencia")
    for k, (name, figure, text) in enumerate([("Ver", "36", "Actas"), ("Oír", "14.250", "Registro"), ("Ir", "1", "Informe final")], 1):
        page.text(50, 100 + 15 * k, name).text(240, 100 + 15 * k, figure, end=True).text(247, 100 + 15 * k, text)
    assert rows(page)[1:] == [["Ver", "36", "Actas"], ["Oír", "14.250", "Registro"], ["Ir", "1", "Informe final"]]


def test_the_head_of_a_page_above_its_rule_names_no_columns() -> None:
    page = Page().text(50, 40, "Biblioteca Nacional").text(450, 40, "Plan de 2024")
    names = ("Actividad", "I", "II", "III")
    for k, row in enumerate([names, ("Ver", "1,5", "2,5", "3,5"), ("Oír", "4,5", "5,5", "6,5"), ("Ir", "7,5", "8,5", "9,5")]):
        for x, cell in zip((50, 250, 330, 410), row, strict=True):
            page.text(x, 90 + 15 * k, cell)
    (part,) = alike(page.lines, rules((50, 60, 530)))
    assert [p.text for p in part[0].phrases] == [*names]
