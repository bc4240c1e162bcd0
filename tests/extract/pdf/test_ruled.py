"""Words in the cells of a grid: spans, missing rules, text over a rule, bands of several rows, gaps between double rules."""

from __future__ import annotations

from collections.abc import Sequence

from veedor.extract.pdf.grid import grid_of
from veedor.extract.pdf.ruled import table_of
from veedor.extract.pdf.rules import frames, joined
from veedor.extract.pdf.table import PageTable

from .page import Page, texts

XS = (50, 250, 320, 390)
YS = (100, 120, 140, 160)


def table(page: Page) -> PageTable:
    (frame,) = frames(joined(page.content.horizontal), joined(page.content.vertical))
    grid = grid_of(frame)
    assert grid is not None
    return table_of(grid, page.content.words, 1)


def without(page: Page, xs: Sequence[float] = (), ys: Sequence[float] = ()) -> Page:
    page.content.vertical = [r for r in page.content.vertical if r.at not in xs]
    page.content.horizontal = [r for r in page.content.horizontal if r.at not in ys]
    return page


ROWS = [["Indicador", "Meta", "Real"], ["Informes", "12", "9"], ["Visitas", "", "31"]]


def test_every_text_in_its_field() -> None:
    found = table(Page().table(XS, YS, ROWS))
    assert texts(found) == ROWS
    assert found.xs == list(XS)
    cell = found.rows[1].cells[1]
    assert cell is not None and cell.box == (250, 120, 320, 140)


def test_a_figure_over_two_columns_stands_once() -> None:
    page = without(Page().table(XS, YS, [ROWS[0], ["Informes", "", ""]]), xs=[320]).down(320, 100, 120).down(320, 140, 160)
    page.text(300, 123, "12").text(253, 143, "Visitas")
    assert texts(table(page)) == [["Indicador", "Meta", "Real"], ["Informes", "12", None], ["", "Visitas", ""]]


def test_a_figure_over_two_rows_stands_once() -> None:
    page = without(Page().grid(XS, YS), ys=[140]).across(140, 50, 250).cells(XS, YS, [ROWS[0], ["Informes", "", ""], ["Visitas", "", ""]])
    page.text(260, 135, "12")
    found = table(page)
    assert texts(found) == [["Indicador", "Meta", "Real"], ["Informes", "12", ""], ["Visitas", None, None]]
    cell = found.rows[1].cells[1]
    assert cell is not None and (cell.row_span, cell.col_span) == (2, 1)


def test_a_missing_rule_between_two_columns_of_figures() -> None:
    """Each figure stands on its own side of where the rule runs above and below."""
    page = without(Page().table(XS, YS, ROWS), xs=[320]).down(320, 100, 120).down(320, 140, 160)
    assert texts(table(page)) == ROWS


def test_a_text_printed_at_once_stays_whole_over_a_rule() -> None:
    page = Page().grid(XS, YS).cells(XS, YS, [ROWS[0], ["", "12", "9"]]).text(53, 123, "Informes que se presentan a la junta directiva")
    rows = texts(table(page))
    assert rows[1] == ["Informes que se presentan a la junta directiva", "12", "9"]


def test_a_row_that_the_file_prints_at_once_is_parted_at_its_rules() -> None:
    page = Page().grid(XS, YS).cells(XS, YS, [ROWS[0]]).text(53, 123, "Informes" + 32 * " " + "12" + 12 * " " + "9")
    assert texts(table(page))[1] == ["Informes", "12", "9"]


def test_a_name_and_its_figure_printed_at_once_a_blank_apart() -> None:
    page = Page().grid((50, 95, 140), (100, 120, 140)).text(53, 103, "Nombre").text(98, 103, "Meta").text(53, 123, "Informes 12")
    assert texts(table(page)) == [["Nombre", "Meta"], ["Informes", "12"]]


def test_turned_labels_over_several_rows() -> None:
    xs = (50, 70, 250, 320)
    page = without(Page().grid(xs, YS), ys=[120, 140]).across(120, 70, 320).across(140, 70, 320)
    page.cells(xs, YS, [["", "Indicador", "12"], ["", "Visitas", "9"], ["", "Talleres", "4"]]).turned(55, 105, "PROCESOS")
    found = table(page)
    assert texts(found) == [["PROCESOS", "Indicador", "12"], [None, "Visitas", "9"], [None, "Talleres", "4"]]
    cell = found.rows[0].cells[0]
    assert cell is not None and cell.row_span == 3


def test_the_gap_between_double_rules_is_no_column_and_no_row() -> None:
    xs, ys = (50, 250, 256, 320, 390), (100, 120, 124, 144, 164)
    page = Page().grid(xs, ys).cells((50, 256, 320), (100, 124, 144), ROWS)
    found = table(page)
    assert texts(found) == ROWS
    assert all(c is not None and (c.row_span, c.col_span) == (1, 1) for r in found.rows for c in r.cells)


def test_lines_of_figures_between_two_rules_are_rows() -> None:
    page = Page().table(XS, (100, 120, 170), [ROWS[0], ["Informes\nVisitas\nTalleres", "12\n5\n7", "9\n\n8"]])
    assert texts(table(page)) == [ROWS[0], ["Informes", "12", "9"], ["Visitas", "5", ""], ["Talleres", "7", "8"]]


def test_the_lines_of_one_name_beside_one_figure_are_one_row() -> None:
    page = Page().table(XS, (100, 120, 170), [ROWS[0], ["Informes que se presentan cada mes a la\njunta directiva", "12", "9"]])
    assert texts(table(page))[1] == ["Informes que se presentan cada mes a la junta directiva", "12", "9"]


def test_an_empty_row_stays() -> None:
    assert texts(table(Page().table(XS, YS, [ROWS[0], ["", "", ""], ROWS[2]]))) == [ROWS[0], ["", "", ""], ROWS[2]]


def test_a_turned_name_longer_than_its_cell_is_high() -> None:
    xs, ys = (50, 70, 90, 250), (100, 120, 180, 200)
    page = Page().grid(xs, ys).turned(55, 110, "Avance del periodo").turned(75, 125, "Meta anual", 270)
    page.text(53, 103, "Real").text(73, 183, "12").text(53, 183, "9").text(93, 183, "Informes")
    assert texts(table(page)) == [["Real", "", ""], ["Avance del periodo", "Meta anual", ""], ["9", "12", "Informes"]]
