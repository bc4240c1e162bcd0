"""Tables of three rules, above their names, below them and at their end: what stands below the last is no part of them."""

from __future__ import annotations

from .page import Page, texts

NAMES = ["Cuenta", "Real", "Meta"]
ROWS = [("Venta de agua", "528", "526"), ("Recolección", "478", "524"), ("Aseo de vías", "184", "194")]


def three_lines(rules: tuple[float, ...] = (100, 120, 184)) -> Page:
    page = Page()
    for y in rules:
        page.across(y, 50, 450)
    page.text(55, 105, NAMES[0]).text(250, 105, NAMES[1], end=True).text(350, 105, NAMES[2], end=True)
    for k, (name, real, goal) in enumerate(ROWS):
        page.text(55, 128 + 18 * k, name).text(250, 128 + 18 * k, real, end=True).text(350, 128 + 18 * k, goal, end=True)
    # A stamp and two signatures close below, across the columns.
    page.text(200, 190, "TESORERIA 2024").text(55, 206, "Ana Brenes").text(240, 206, "Luis Mata Solano")
    page.text(55, 218, "Tesorera").text(240, 218, "Hacienda")
    return page


def test_what_stands_below_the_last_rule_is_no_row() -> None:
    (table,) = three_lines().tables
    assert texts(table) == [NAMES, *map(list, ROWS)]
