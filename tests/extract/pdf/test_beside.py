"""Tables without a grid that stand side by side or follow each other with names of their own."""

from __future__ import annotations

import pytest

from .page import Page, texts

LEFT = [["Rubro", "Monto", "Saldo"], *([f"Rubro {c}", f"{k}0.00", f"{k}.00"] for k, c in enumerate("abcdefg", 1))]
RIGHT = [["Fuente", "Monto", "Parte"], *([f"Fondo {c}", f"{k}5.00", f"{k}%"] for k, c in enumerate("hijk", 1))]


@pytest.mark.parametrize("ruled", [True, False])
def test_rows_of_two_tables_side_by_side_are_not_mixed(ruled: bool) -> None:
    page = Page()
    for rows, xs, step in ((LEFT, (40, 140, 200), 16), (RIGHT, (320, 420, 480), 23)):
        for k, row in enumerate(rows):
            for x, text in zip(xs, row, strict=True):
                page.text(x, 100 + step * k, text)
        for k in range(len(rows) + 1) if ruled else ():
            page.across(97 + step * k, xs[0] - 2, xs[2] + 40)
    assert sorted(map(texts, page.tables)) == [RIGHT, LEFT]


@pytest.mark.parametrize("ruled", [True, False])
def test_names_below_a_title_begin_another_table(ruled: bool) -> None:
    """Their columns are those of the table above."""
    page = Page().text(40, 180, "Egresos")
    expected = []
    for top, names in ((90, ("Concepto", "Inicial", "Final")), (210, ("Rubro", "Vigente", "Pagado"))):
        rows = [list(names), *([f"Fila {c}", f"{k}00.00", f"{k}1.00"] for k, c in enumerate("abc", 1))]
        for k, row in enumerate(rows):
            for x, text in zip((40, 200, 300), row, strict=True):
                page.text(x, top + 18 * k, text)
        for k in range(len(rows) + 1) if ruled else ():
            page.across(top - 4 + 18 * k, 38, 360)
        expected.append(rows)
    assert [texts(t) for t in page.tables] == expected
