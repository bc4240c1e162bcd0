"""Tables that only level rules part: cells that go on over several rows, totals, bands, and where such a table ends."""

from __future__ import annotations

import pytest

from veedor.extract.pdf.bare import table_going_on
from veedor.extract.pdf.content import PageContent
from veedor.extract.pdf.dressing import dress
from veedor.extract.pdf.shaded_spans import join_shaded

from .page import Page, texts

NAMES = ["Objetivo", "Actividad", "Meta", "Real"]
GREY = (228, 228, 228)


def names(page: Page, top: float, given: list[str]) -> Page:
    for x, name in zip((50, 160, 280, 380), given, strict=True):
        page.text(x, top, name, bold=True)
    return page


def row(page: Page, top: float, k: int, name: str = "") -> Page:
    page.text(160, top, name or f"Tarea {k}").text(310, top, f"{10 + k}", end=True).text(410, top, f"{20 + k}", end=True)
    return page


def merged(start: float, count: int = 6) -> Page:
    """Two objectives of three rows each; the rules between their rows begin at ``start``."""
    page = names(Page().across(95, 45, 430).across(115, 45, 430), 100, NAMES)
    for k in range(count):
        row(page, 120 + 20 * k, k).across(135 + 20 * k, 45 if k % 3 == 2 else start, 430)
    # The text of each stands in the middle of its rows, between two lines of the other cells.
    return page.text(50, 134, "Agua").text(50, 145, "segura").text(50, 200, "Gestión")


def test_a_column_that_the_rules_leave_out_has_cells_over_several_rows() -> None:
    (table,) = merged(150).tables
    assert texts(table) == [
        NAMES,
        ["Agua segura", "Tarea 0", "10", "20"],
        [None, "Tarea 1", "11", "21"],
        [None, "Tarea 2", "12", "22"],
        ["Gestión", "Tarea 3", "13", "23"],
        [None, "Tarea 4", "14", "24"],
        [None, "Tarea 5", "15", "25"],
    ]
    assert [c.row_span for r in table.rows if (c := r.cells[0]) is not None] == [1, 3, 3]


def boxed(years: list[str], groups: list[int]) -> Page:
    """Names in a box of their own, years among them; rules between the rows from the second column on, and one below each objective."""
    page = Page().table([45, 150, 280, 340, 430], [80, 100], [["Objetivo", "Unidad de medida", *years]])
    top = 105
    for n, count in enumerate(groups):
        page.text(50, top, f"Eje {n}")
        for k in range(count):
            # The measure wraps, so that its lines stand closer than those of two rows.
            page.text(153, top - 3, "Por").text(153, top + 7, "ciento")
            page.text(330, top + 2, f"{10 + k}.5", end=True).text(410, top + 2, f"{20 + k}", end=True)
            top += 20
            page.across(top, 45 if k == count - 1 else 150, 430)
        page.text(50, top - 20 * count + 12, "Agua")
        top += 5
    return page


@pytest.mark.parametrize("groups", [[4], [3, 3], [3, 4, 2, 3, 2]])
@pytest.mark.parametrize("years", [["2023", "2024"], ["Base", "Meta"]])
def test_rows_below_a_boxed_header_are_parted_by_rules_that_leave_out_a_column(years: list[str], groups: list[int]) -> None:
    (table,) = boxed(years, groups).tables
    assert texts(table)[0] == ["Objetivo", "Unidad de medida", *years] and table.levels == 1
    assert [r[1:] for r in texts(table)[1:]] == [["Por ciento", f"{10 + k}.5", f"{20 + k}"] for count in groups for k in range(count)]
    assert [r[0] for r in texts(table)[1:]] == [t for n, count in enumerate(groups) for t in (f"Eje {n} Agua", *[None] * (count - 1))]


def test_rules_over_all_columns_leave_none_out() -> None:
    """The same texts, in cells of one row each."""
    (table,) = merged(45).tables
    assert not any(c is None for r in table.rows for c in r.cells)


def test_several_texts_between_the_rules_of_a_column_are_cells_of_their_own() -> None:
    """Rules that begin right of a first column with a text in every row part it too."""
    page = names(Page().across(95, 45, 430).across(115, 45, 430), 100, NAMES)
    for k in range(6):
        row(page, 120 + 20 * k, k).text(50, 120 + 20 * k, f"Eje {k}").across(135 + 20 * k, 45 if k == 5 else 150, 430)
    (table,) = page.tables
    assert [r.texts[0] for r in table.rows] == ["Objetivo", *(f"Eje {k}" for k in range(6))]


@pytest.mark.parametrize("right", [430, 420])
def test_a_second_table_below_with_fewer_names_is_none_of_its_rows(right: float) -> None:
    page = merged(150).text(50, 250, "Nota: datos preliminares.").text(50, 268, "Indicadores de calidad", bold=True)
    for x, name in ((50, "Indicador"), (200, "Trim. I"), (300, "¿Cumple?")):
        page.text(x, 287, name, bold=True)
    for k in range(3):
        page.text(50, 307 + 20 * k, f"Calidad {k}").text(230, 307 + 20 * k, f"3{k}", end=True).text(300, 307 + 20 * k, "Sí")
    for k in range(5):
        page.across(283 + 20 * k, 45, right)
    first, second = page.tables
    assert texts(first)[-1] == [None, "Tarea 5", "15", "25"]
    assert texts(second)[0] == ["Indicador", "Trim. I", "¿Cumple?"] and len(second.rows) == 4
    assert [t.lines[0].text for t in page.texts] == ["Nota: datos preliminares.", "Indicadores de calidad"]


def totals(filled: bool = True) -> Page:
    """A label of a total that ends over the columns before its figures, in a shaded row."""
    page = names(Page().across(95, 45, 430).across(115, 45, 430), 100, ["Código", "Actividad", "Base", "Meta"])
    for k in range(5):
        page.text(50, 120 + 20 * k, f"1.0{k}")
        row(page, 120 + 20 * k, k).across(135 + 20 * k, 45, 430)
    if filled:
        page.fill(45, 215, 345, 235, GREY).fill(345, 215, 430, 235, GREY)
    return page.text(335, 220, "TOTAL DEL EJE UNO", end=True, bold=True).text(410, 220, "115", end=True).across(235, 45, 430)


def dressed(page: Page) -> list[list[str | None]]:
    content: PageContent = page.content
    layout = page.layout
    dress(layout, content)
    (table,) = [p for p in layout.pieces if hasattr(p, "rows")]
    return texts(table)  # pyright: ignore[reportArgumentType]


def test_a_fill_tells_the_columns_of_the_label_of_a_total() -> None:
    assert dressed(totals())[-1] == ["TOTAL DEL EJE UNO", None, None, "115"]


def test_the_label_of_a_total_hides_no_blank_between_columns() -> None:
    found = dressed(totals(filled=False))
    assert found[1] == ["1.00", "Tarea 0", "10", "20"]
    assert "TOTAL DEL EJE UNO" in found[-1] and found[-1][-1] == "115"


def test_a_fill_of_a_whole_row_joins_no_cells() -> None:
    page = totals(filled=False).fill(45, 215, 430, 235, GREY)
    assert None not in dressed(page)[-1]


def test_the_fill_of_a_lone_row_tells_no_columns() -> None:
    """No other row shows whether it is the shade of these columns."""
    xs = [45.0, 150.0, 270.0, 330.0, 430.0]
    page = Page(2).text(50, 40, "Tarea 6").text(310, 40, "16", end=True).text(410, 40, "26", end=True).fill(45, 35, 270, 55, GREY)
    table = table_going_on(page.lines, page.content.horizontal, xs, 2)
    assert table is not None
    join_shaded(table, page.content.fills)
    assert texts(table) == [["Tarea 6", "", "16", "26"]]


def test_rows_go_on_over_the_page_with_their_totals_and_wrapped_cells() -> None:
    """No rule stands above the first row, and a total has few figures."""
    xs = [45.0, 150.0, 270.0, 330.0, 430.0]
    page = Page().text(50, 40, "1.06")
    row(page, 40, 6, "Instalar medidores").text(160, 51, "nuevos").across(65, 45, 430).text(50, 70, "1.07")
    row(page, 70, 7).across(85, 45, 430).text(50, 90, "TOTAL").text(410, 90, "115", end=True).across(105, 45, 430)
    page.text(50, 112, "Nota: sin línea base.")
    table = table_going_on(page.lines, page.content.horizontal, xs, 2)
    assert table is not None
    assert texts(table) == [["1.06", "Instalar medidores nuevos", "16", "26"], ["1.07", "Tarea 7", "17", "27"], ["TOTAL", "", "", "115"]]


def test_short_figures_beside_their_names_are_below_them() -> None:
    """Names in the middle, figures at the right edge: a column is no narrower than both, and the last name takes no figures."""
    page = Page().text(50, 100, "Meta del plan")
    for k in range(6):
        page.text(230 + 50 * k, 100, "Ene" if k % 2 else "Mar", end=True)
    page.text(510, 100, "Observaciones")
    for n in range(6):
        page.text(50, 120 + 14 * n, f"Tarea {n}")
        for k in range(6):
            page.text(247 + 50 * k, 120 + 14 * n, f"{k + 2}{n}8", end=True)
        page.text(580, 120 + 14 * n, f"Ob {n}", end=True)
    (table,) = page.tables
    assert texts(table)[1] == ["Tarea 0", *(f"{k + 2}08" for k in range(6)), "Ob 0"]
    assert texts(table)[0] == ["Meta del plan", *["Mar", "Ene"] * 3, "Observaciones"]
