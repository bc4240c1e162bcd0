"""Rows from lines: which line goes on with the row above, and in which column a text stands."""

from __future__ import annotations

import pytest

from veedor.extract.pdf.content import Word
from veedor.extract.pdf.lines import is_figure, lines_of, phrase
from veedor.extract.pdf.rows import placed, rows_of

from .page import Page

XS = (45.0, 205.0, 300.0, 400.0)


def rows(page: Page, ruled: bool = False) -> list[list[str]]:
    return [[" ".join(w.text for w in row.words(c)) for c in range(len(XS) - 1)] for row in rows_of(page.lines, XS, ruled)]


def test_each_line_is_a_row_where_its_text_would_have_fitted_above() -> None:
    page = (
        Page().text(50, 100, "Capacitar al personal").text(250, 100, "12").text(50, 112, "Pagar").text(250, 112, "5").text(50, 124, "Otros")
    )
    assert rows(page) == [["Capacitar al personal", "12", ""], ["Pagar", "5", ""], ["Otros", "", ""]]


def test_a_line_whose_first_word_did_not_fit_goes_on() -> None:
    page = (
        Page()
        .text(50, 100, "Presentar el informe de todas")
        .text(250, 100, "12")
        .text(50, 111, "actividades")
        .text(50, 124, "Pagar")
        .text(250, 124, "5")
    )
    assert rows(page) == [["Presentar el informe de todas actividades", "12", ""], ["Pagar", "5", ""]]


def test_a_wider_blank_begins_a_row() -> None:
    page = (
        Page()
        .text(50, 100, "Presentar el informe de todas")
        .text(250, 100, "12")
        .text(50, 118, "actividades")
        .text(50, 130, "Pagar")
        .text(250, 130, "5")
    )
    assert rows(page) == [["Presentar el informe de todas", "12", ""], ["actividades", "", ""], ["Pagar", "5", ""]]


def test_two_lines_of_figures_are_two_rows() -> None:
    page = Page().text(50, 100, "Presentar el informe de todas").text(250, 100, "12").text(50, 111, "actividades").text(250, 111, "5")
    assert [row[1] for row in rows(page)] == ["12", "5"], "figures of two rows never stand in one cell"


def test_figures_set_to_the_middle_of_a_label_of_two_lines() -> None:
    page = Page().text(50, 100, "Presentar el informe de todas").text(250, 105.5, "12").text(330, 105.5, "90%").text(50, 111, "actividades")
    assert rows(page) == [["Presentar el informe de todas actividades", "12", "90%"]]


def where(page: Page) -> dict[int, list[str]]:
    (line,) = page.lines
    return {c: [p.text for p in ps] for c, ps in placed(line, XS).items()}


def test_a_label_that_runs_under_the_next_column_stays_in_its_own() -> None:
    page = Page().text(50, 100, "Servicios de la deuda y otros gastos").text(330, 100, "5")
    assert where(page) == {0: ["Servicios de la deuda y otros gastos"], 2: ["5"]}


def test_a_figure_goes_where_most_of_it_lies() -> None:
    assert where(Page().text(45, 100, "a").text(303, 100, "1.234.567", end=True).text(350, 100, "5")) == {
        0: ["a"],
        1: ["1.234.567"],
        2: ["5"],
    }


@pytest.mark.parametrize("ends", [(290, 299), (260, 303)])
def test_two_figures_never_share_a_column_with_a_blank_one_beside(ends: tuple[float, float]) -> None:
    """Both lie mostly in the second column; the last reaches over its edge."""
    page = Page().text(ends[0] - 40, 100, "1,144", end=True).text(ends[1] + 5, 100, "90,000,00", end=True)
    found = where(page)
    assert all(len(texts) == 1 for texts in found.values() if all(map(is_figure, texts)))


def test_short_names_close_under_each_other_are_rows_of_their_own() -> None:
    xs = [0.0, 150.0, 200.0]
    lines = []
    for k, (name, figure) in enumerate([("Personal", "12"), ("Bienes", "5"), ("Gastos", ""), ("Deuda", "8")]):
        top = 100.0 + 12 * k
        words = [Word(name, 5.0, top, 5.0 + 5 * len(name), top + 10, 0, 2 * k, k)]
        words += [Word(figure, 160.0, top, 170.0, top + 10, 0, 2 * k + 1, k)] if figure else []
        lines += lines_of([phrase([w]) for w in words])
    assert [[w.text for w in row.words(0)] for row in rows_of(lines, xs, ruled=False)] == [["Personal"], ["Bienes"], ["Gastos"], ["Deuda"]]


def _label(page: Page, top: float, *lines: str) -> Page:
    for k, line in enumerate(lines):
        page.text(50, top + 11 * k, line)
    return page


def test_figures_in_the_middle_of_labels_of_several_lines() -> None:
    page = _label(Page(), 100, "Presentar", "el informe", "anual").text(250, 111, "12").text(330, 111, "90%")
    _label(page, 146, "Pagar", "a tiempo").text(250, 151.5, "5")
    _label(page, 182, "Otros").text(250, 182, "7")
    assert rows(page) == [["Presentar el informe anual", "12", "90%"], ["Pagar a tiempo", "5", ""], ["Otros", "7", ""]]


def test_labels_without_a_wider_blank_between_them_stay_lines() -> None:
    page = _label(Page(), 100, "Presentar", "el informe", "anual", "Pagar", "a tiempo").text(250, 111, "12").text(250, 138.5, "5")
    assert [row[1] for row in rows(page) if row[1]] == ["12", "5"]


def test_a_blank_over_all_columns_parts_rows_with_texts_of_several_lines_on_both_sides() -> None:
    """The comment has three lines and the label two; figures stand at the middle, and a year ends the comment."""
    page = (
        Page()
        .text(50, 106, "Instalar medidores")
        .text(250, 112, "12")
        .text(310, 100, "Tres quedan")
        .text(50, 118, "en barrios")
        .text(310, 112, "para el mes")
        .text(310, 124, "2024.")
        .text(50, 150, "Pagar")
        .text(250, 150, "5")
        .text(310, 150, "Sin novedad")
    )
    wanted = [["Instalar medidores en barrios", "12", "Tres quedan para el mes 2024."], ["Pagar", "5", "Sin novedad"]]
    assert rows(page) == wanted
    assert rows(page, ruled=True) == wanted
