"""One page: which words are tables, which are text, and in which order; every word once."""

from __future__ import annotations

from itertools import pairwise

import pytest

from veedor.extract.pdf.layout import lay_out
from veedor.extract.pdf.table import PageTable

from .page import Page, ladder, texts, words_of

XS = (50, 250, 320, 390)
YS = (100, 120, 140, 160)
ROWS = [["Indicador", "Meta", "Real"], ["Informes", "12", "9"], ["Visitas", "5", "31"]]
BLUE = (68, 114, 196)


def only(page: Page) -> PageTable:
    (found,) = page.tables
    return found


def test_a_ruled_table_between_texts() -> None:
    page = Page().text(50, 60, "Evaluación del plan").table(XS, YS, ROWS).text(50, 180, "Fuente: unidades")
    assert [type(p).__name__ for p in page.layout.pieces] == ["PageText", "PageTable", "PageText"]
    assert texts(only(page)) == ROWS
    assert only(page).levels == 1


def test_two_levels_of_names() -> None:
    page = Page().across(100, 50, 390).across(120, 250, 390).across(140, 50, 390).across(160, 50, 390).across(180, 50, 390)
    for x in (50, 250, 390):
        page.down(x, 100, 180)
    page.down(320, 120, 180).cells((50, 250), (100,), [["Indicador", "Metas"]]).cells((250, 320), (120,), [["Meta", "Real"]])
    page.cells(XS, (140, 160), ROWS[1:])
    found = only(page)
    assert found.levels == 2
    assert texts(found) == [["Indicador", "Metas", None], [None, "Meta", "Real"], *ROWS[1:]]


def test_a_table_inside_a_box_is_the_table() -> None:
    page = Page().box(30, 70, 420, 200).text(40, 76, "II. METAS").table(XS, YS, ROWS)
    assert texts(only(page)) == ROWS
    assert [t.lines[0].text for t in page.texts] == ["II. METAS"]


def test_a_table_inside_a_cell_is_the_table() -> None:
    """A form of two fields, one of which holds the table."""
    page = Page().grid((30, 420), (50, 80, 200)).text(40, 60, "II. METAS").table(XS, YS, ROWS)
    assert ROWS in [texts(t) for t in page.tables]


def test_a_box_around_a_title_is_no_table() -> None:
    page = Page().box(50, 100, 400, 130).text(60, 110, "PLAN OPERATIVO INSTITUCIONAL")
    assert page.tables == []
    assert [t.lines[0].text for t in page.texts] == ["PLAN OPERATIVO INSTITUCIONAL"]


def test_tables_side_by_side_come_from_the_left() -> None:
    right = [["Riesgo", "Nivel"], ["Sismo", "3"], ["Lluvia", "2"]]
    page = Page().table((330, 450, 520), YS, right).table((50, 150, 300), YS, [r[:2] for r in ROWS])
    assert [texts(t) for t in page.tables] == [[r[:2] for r in ROWS], right]


def test_tables_that_touch_with_other_rows_are_two() -> None:
    left = [["Indicador", "Meta"], ["Informes\npresentados", "12"], ["Visitas", "5"]]
    page = Page().table((50, 150, 250), (100, 120, 150, 190), left)
    page.table((252, 350, 420), (100, 130, 160, 190), [["Riesgo", "Nivel"], ["Sismo", "3"], ["Lluvia", "2"]])
    assert [t.columns for t in page.tables] == [2, 2]
    assert [texts(t)[1] for t in page.tables] == [["Informes presentados", "12"], ["Sismo", "3"]]


def test_edges_of_shaded_cells_rule_a_table() -> None:
    page = Page().cells(XS, YS, ROWS)
    for r, (top, bottom) in enumerate(pairwise(YS)):
        for x0, x1 in pairwise(XS):
            page.fill(x0, top, x1, bottom, BLUE if r == 0 else (217, 226, 243))
    assert texts(only(page)) == ROWS
    assert only(page).ruled


def shaded() -> Page:
    return Page().fill(50, 100, 390, 160).cells(XS, YS, ROWS)


def test_white_rules_part_shaded_cells() -> None:
    page = shaded()
    for y in YS:
        page.across(y, 50, 390, faint=True)
    for x in XS:
        page.down(x, 100, 160, faint=True)
    found = only(page)
    assert (texts(found), found.ruled) == (ROWS, True)


def test_white_rules_on_white_are_not_seen() -> None:
    """A white line that nobody sees cuts no cell in two."""
    page = Page().table(XS, YS, ROWS).down(150, 100, 160, faint=True).across(130, 50, 390, faint=True)
    assert texts(only(page)) == ROWS


def test_zebra_stripes_are_no_rules_of_columns() -> None:
    page = Page()
    rows = [["Objeto", "Crédito", "Pagado"], *([f"Cuenta {k}", f"{k}00,00", f"{k}0,50"] for k in range(1, 9))]
    for k, row in enumerate(rows):
        if k % 2:
            page.fill(45, 98 + 16 * k, 395, 114 + 16 * k)
        for x, text in zip((50, 250, 320), row, strict=True):
            page.text(x, 101 + 16 * k, text)
    assert texts(only(page)) == rows


def test_a_grid_that_leaves_out_its_columns() -> None:
    """An outer box and a line under the names; the figures stand without upright rules."""
    page = Page().box(45, 95, 500, 230).across(115, 45, 500)
    rows = [["Objeto", "Crédito", "Pagado", "Saldo"], *([f"Cuenta {k}", f"{k}00,00", f"{k}0,50", f"{k},00"] for k in range(1, 7))]
    for k, row in enumerate(rows):
        for x, text in zip((50, 250, 340, 430), row, strict=True):
            page.text(x, 100 + 18 * k, text)
    assert texts(only(page)) == rows


def test_an_open_grid_has_no_side_rules() -> None:
    page = Page().cells(XS, YS, ROWS).down(250, 100, 160).down(320, 100, 160)
    for y in YS:
        page.across(y, 50, 390)
    assert texts(only(page)) == ROWS


def test_rules_between_rows_alone() -> None:
    page = Page().cells(XS, YS, ROWS)
    for y in YS:
        page.across(y, 50, 390)
    assert texts(only(page)) == ROWS


def test_turned_labels() -> None:
    xs, ys = (50, 75, 250, 320), ladder(100, 20, 40, 40)
    page = Page().across(100, 50, 320).across(120, 50, 320).across(160, 75, 320).across(200, 50, 320)
    for x in xs:
        page.down(x, 100, 200)
    page.cells(xs, ys, [["", "Indicador", "Meta"], ["", "Informes", "12"], ["", "Visitas", "5"]]).turned(57, 125, "PROCESOS", 90)
    assert texts(only(page)) == [["", "Indicador", "Meta"], ["PROCESOS", "Informes", "12"], [None, "Visitas", "5"]]


def test_a_title_over_the_whole_width_counts_with_the_header() -> None:
    page = Page().across(80, 50, 390).down(50, 80, 160).down(390, 80, 160).table(XS, YS, ROWS).text(150, 84, "METAS DEL AÑO 2023")
    found = only(page)
    assert found.levels == 2
    first = found.rows[0].cells[0]
    assert first is not None and (first.text, first.col_span) == ("METAS DEL AÑO 2023", 3)


def test_words_in_a_narrow_cell() -> None:
    xs = (50, 200, 226, 290)
    page = Page().table(
        xs, (100, 130, 150, 170), [["Indicador", "META", "Unidad\nLÍDER"], ["Informes", "12", "UFI"], ["Visitas", "5", "UDI"]]
    )
    page.content.words = [w for w in page.content.words if w.text != "META"]
    page.text(202, 103, "META").text(202, 114, "S")
    assert texts(only(page))[0] == ["Indicador", "METAS", "Unidad LÍDER"]


@pytest.mark.parametrize("width", [300, 40])
def test_a_numbered_list_is_text(width: int) -> None:
    page = Page()
    for k in range(6):
        page.text(50, 100 + 14 * k, f"{k + 1}.").text(80, 100 + 14 * k, "La unidad presentó su informe de avance en el plazo"[:width])
    assert page.tables == []


def test_two_columns_of_prose_are_text() -> None:
    page = Page()
    for k in range(8):
        page.text(50, 100 + 12 * k, f"de las metas que la institución se propuso {'abcdefgh'[k]}")
        page.text(320, 100 + 12 * k, f"y de los medios que tuvo para alcanzarlas {'abcdefgh'[k]}")
    assert page.tables == []


def test_signatures_are_no_table() -> None:
    page = Page().across(600, 60, 200).across(600, 330, 480)
    page.text(70, 605, "María Pérez").text(340, 605, "Juan López").text(70, 618, "Directora").text(340, 618, "Contador")
    assert page.tables == []


def test_a_page_without_anything() -> None:
    assert lay_out(Page().content).pieces == []


def test_every_word_is_in_a_table_or_a_text() -> None:
    page = Page().table(XS, YS, ROWS).text(50, 60, "Título")
    assert sorted(w.text for w in words_of(page.layout.pieces)) == sorted(w.text for w in page.content.words)


def test_a_header_of_four_levels() -> None:
    page = Page(width=700)
    xs = [40, 160, 220, 280, 340, 400]
    page.grid(xs, [160, 180, 200, 220]).across(80, 40, 400).across(100, 160, 400).across(120, 160, 400).across(140, 160, 400)
    for x, top in ((40, 80), (160, 80), (280, 100), (400, 80)):
        page.down(x, top, 160)
    page.down(220, 140, 160).down(340, 140, 160)
    page.text(45, 115, "Actividad").text(165, 84, "Programa").text(165, 104, "Semestre I").text(285, 104, "Semestre II")
    page.text(165, 124, "Enero").text(285, 124, "Julio")
    for k, name in enumerate(("Prog.", "Ejec.", "Prog.", "Ejec.")):
        page.text(165 + 60 * k, 144, name)
    for row in range(3):
        page.text(45, 164 + 20 * row, f"Tarea {'abc'[row]}")
        for k in range(4):
            page.text(165 + 60 * k, 164 + 20 * row, str(row + k))
    (table,) = page.tables
    assert table.levels == 4


def test_a_rule_below_a_name_makes_no_grid_of_the_upright_rules_it_touches() -> None:
    page = Page()
    for x in (50, 200, 260, 320, 380, 440):
        page.down(x, 40, 200)
    page.text(60, 44, "Actividad").text(235, 44, "Programado").text(355, 44, "Ejecutado").across(56, 200, 320)
    for k in range(4):
        page.text(220 + 60 * k, 58, f"T{k % 2 + 1}")
    for r in range(8):
        page.text(55, 76 + 14 * r, f"Accion numero {r}")
        for k in range(4):
            page.text(250 + 60 * k, 76 + 14 * r, f"{r}{k}", end=True)
    (found,) = page.tables
    assert texts(found)[found.levels] == ["Accion numero 0", "00", "01", "02", "03"] and len(found.body) == 8
