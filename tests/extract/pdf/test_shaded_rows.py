"""Tables of which only some rows are shaded: the shade tells the columns, and what stands beside it belongs to them."""

from __future__ import annotations

import itertools

import pytest

from .page import Page, texts

XS = [45, 90, 230, 300, 380, 460]
NAMES = ["Ref.", "Compromiso", "Valor de base (2023)", "Valor", "Estado"]
GREY, GREEN = (245, 241, 236), (213, 234, 208)


def names(page: Page, top: float) -> Page:
    """Names of two lines and of one, set in the middle of their columns; figures end at the right edge."""
    page.text(50, top + 11, "Ref.", bold=True).text(110, top + 11, "Compromiso", bold=True)
    page.text(232, top, "Valor de base", bold=True).text(250, top + 11, "(2023)", bold=True)
    return page.text(330, top + 11, "Valor", bold=True).text(400, top + 11, "Estado", bold=True)


def rows(page: Page, top: float, code: str, count: int = 4) -> Page:
    """Every other row is shaded, and the state of each."""
    for k in range(count):
        y = top + 14 * k
        for x0, x1 in itertools.pairwise(XS) if k % 2 == 0 else ():
            page.fill(x0, y, x1, y + 14, GREY)
        page.fill(XS[-2], y, XS[-1], y + 14, GREEN)
        page.text(50, y + 2, f"{code}.{k}").text(93, y + 2, f"Acción {k}")
        page.text(298, y + 2, f"{k}{k}5", end=True).text(378, y + 2, f"{k}1", end=True).text(390, y + 2, "En vías")
    return page


def expected(code: str, count: int = 4) -> list[list[str]]:
    return [[f"{code}.{k}", f"Acción {k}", f"{k}{k}5", f"{k}1", "En vías"] for k in range(count)]


def test_names_above_shaded_rows_are_theirs_behind_a_heading() -> None:
    page = Page()
    for n, letter in enumerate("AB"):
        top = 100 + 200 * n
        page.text(45, top - 30, f"Eje {letter}. Justicia", bold=True)
        names(page, top).across(top + 24, 45, 460)
        page.text(48, top + 29, f"Objetivo {letter}.1 de reducir la mora", bold=True)
        rows(page, top + 42, f"{letter}1")
        page.text(48, top + 103, f"Objetivo {letter}.2", bold=True)
        rows(page, top + 116, f"{letter}2", 3)
    first, second = page.tables
    for letter, table in (("A", first), ("B", second)):
        bands = [[f"Objetivo {letter}.1 de reducir la mora", None, None, None, None], [f"Objetivo {letter}.2", None, None, None, None]]
        found = texts(table)[table.levels :]
        assert found == [bands[0], *expected(f"{letter}1"), bands[1], *expected(f"{letter}2", 3)]
        assert [" ".join(t for r in texts(table)[: table.levels] if (t := r[c])) for c in range(5)] == NAMES
    assert [t.lines[0].text for t in page.texts] == ["Eje A. Justicia", "Eje B. Justicia"]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_row_that_is_not_shaded_stands_among_the_others(ruled: bool) -> None:
    """Right below the names, and at the end."""
    page = names(Page(), 100)
    if ruled:
        page.across(124, 45, 460)
    for y, k in ((128, 8), (198, 9)):
        page.text(50, y, f"A.{k}").text(93, y, f"Acción {k}").text(298, y, f"{k}{k}5", end=True)
        page.text(378, y, f"{k}1", end=True).text(390, y, "En vías")
    rows(page, 140, "A")
    (table,) = page.tables
    assert [r[0] for r in texts(table)[table.levels :]] == ["A.8", "A.0", "A.1", "A.2", "A.3", "A.9"]


def test_shaded_rows_without_anything_above_stay_a_grid() -> None:
    page = Page()
    for k in range(4):
        for x0, x1 in itertools.pairwise(XS):
            page.fill(x0, 100 + 30 * k, x1, 130 + 30 * k, GREY if k % 2 else GREEN)
        page.text(50, 103 + 30 * k, f"A.{k}").text(93, 103 + 30 * k, "Acción").text(93, 115 + 30 * k, "de dos líneas")
        page.text(298, 103 + 30 * k, f"{k}5", end=True)
    (table,) = page.tables
    assert table.ruled and [r[:3] for r in texts(table)] == [[f"A.{k}", "Acción de dos líneas", f"{k}5"] for k in range(4)]


def test_a_heading_that_runs_over_an_edge_is_one_text() -> None:
    """Where the edge of another column lies in one of its blanks."""
    page = names(Page(), 100).across(124, 45, 460)
    page.text(48, 129, "Objetivo uno de todos los planes del año")
    rows(page, 142, "A")
    (table,) = page.tables
    assert texts(table)[table.levels] == ["Objetivo uno de todos los planes del año", None, None, None, None]
