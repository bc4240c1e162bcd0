"""Turned names over the columns of tables without a grid: its header, read along the text; labels and titles are none."""

from __future__ import annotations

import pytest

from .page import LETTER, Page, texts

XS = (40, 240, 300, 360, 420)
NAMES = ["Actividad", "Meta anual", "Real del año", "Avance", "Costo"]
ROWS = [["Informes", "12", "9", "75%", "100"], ["Talleres", "4", "4", "100%", "250"], ["Visitas", "30", "31", "103%", "80"]]
TOP = 170


def rows(page: Page) -> Page:
    for k, row in enumerate(ROWS):
        for x, words in zip(XS, row, strict=True):
            page.text(x, TOP + 15 * k, words)
    return page


def headed(angle: int, names: list[str] = NAMES, shift: float = 0) -> Page:
    """The first name upright, the others turned: 90 ends, 270 begins on one line."""
    page = Page().text(XS[0], 120, names[0])
    for x, name in zip(XS[1:], names[1:], strict=False):
        high = len(name) * LETTER
        page.turned(x + shift, TOP - 5 - high if angle == 90 else 100, name, angle)
    return page


@pytest.mark.parametrize("angle", [90, 270])
@pytest.mark.parametrize("shift", [0, -12, 14])
def test_turned_names_are_the_header(angle: int, shift: float) -> None:
    (table,) = rows(headed(angle, shift=shift)).tables
    assert texts(table) == [NAMES, *ROWS]
    assert table.levels == 1


def test_a_turned_name_of_two_lines() -> None:
    page = headed(90, NAMES[:-1]).turned(XS[4], 120, "Costo en").turned(XS[4] + 11, 120, "dólares")
    (table,) = rows(page).tables
    assert texts(table)[0] == [*NAMES[:-1], "Costo en dólares"]


@pytest.mark.parametrize("angle", [90, 270])
def test_names_over_several_turned_ones(angle: int) -> None:
    page = headed(angle).text(248, 85, "Físico").text(375, 85, "Dinero")
    page.across(97, 236, 316).across(97, 356, 436)
    (table,) = rows(page).tables
    assert [[(c.text, c.col_span) for c in row.cells if c] for row in table.header] == [
        [("Actividad", 1), ("Físico", 2), ("Dinero", 2)],
        [("Meta anual", 1), ("Real del año", 1), ("Avance", 1), ("Costo", 1)],
    ]


def test_fewer_names_than_columns_are_not_given_to_any() -> None:
    (table,) = rows(headed(90, NAMES[:-1])).tables
    assert (texts(table), table.levels) == (ROWS, 0)


def test_a_title_above_turned_names_is_none() -> None:
    (table,) = rows(headed(90).text(200, 60, "Seguimiento del plan operativo")).tables
    assert texts(table)[0] == NAMES


def test_a_label_along_the_edge_heads_nothing() -> None:
    page = Page().text(40, 155, "Actividad").text(240, 155, "Meta").text(300, 155, "Real").text(360, 155, "Avance").text(420, 155, "Costo")
    (table,) = rows(page.turned(20, 80, "Versión pública")).tables
    assert texts(table)[0] == ["Actividad", "Meta", "Real", "Avance", "Costo"]
