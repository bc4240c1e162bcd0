"""Charts: bars are, shaded cells are not; what stands in one is no table."""

from __future__ import annotations

import pytest

from veedor.extract.pdf.charts import charts

from .page import Page, texts

HEIGHTS = (40, 75, 60, 90, 20)
BLUE, RED = (68, 114, 196), (192, 0, 0)


def bars(page: Page, heights: tuple[float, ...] = HEIGHTS, pitch: float = 40, thick: float = 20) -> Page:
    for k, height in enumerate(heights):
        page.fill(100 + pitch * k, 400 - height, 100 + pitch * k + thick, 400, BLUE)
    return page


def test_bars_on_one_base_line() -> None:
    assert charts(bars(Page()).content, []) == [(100, 310, 280, 400)]


def test_bars_that_lie() -> None:
    page = Page()
    for k, length in enumerate(HEIGHTS):
        page.fill(100, 300 + 30 * k, 100 + length, 315 + 30 * k, BLUE)
    assert len(charts(page.content, [])) == 1


def test_clusters_of_bars() -> None:
    page = Page()
    for k, height in enumerate(HEIGHTS):
        page.fill(100 + 60 * k, 400 - height, 120 + 60 * k, 400, BLUE).fill(120 + 60 * k, 400 - height / 2, 140 + 60 * k, 400, RED)
    assert len(charts(page.content, [])) == 1


@pytest.mark.parametrize(
    "page",
    [
        bars(Page(), (40, 75, 60)),  # too few
        bars(Page(), (40, 40, 40, 40, 40)),  # cells of one row
        bars(Page(), pitch=20),  # cells that touch
        bars(Page(), thick=2),  # lines
    ],
)
def test_shaded_cells_are_no_chart(page: Page) -> None:
    assert charts(page.content, []) == []


PLAN = [
    ["Actividad", "Meta", "Real"],
    ["Objetivo 1"],
    ["Informes", "10", "9"],
    ["Objetivo 2"],
    ["Talleres", "4", "4"],
    ["Objetivo 3"],
    ["Visitas", "30", "31"],
    ["Total", "44", "44"],
]
XS, YS = (40, 140, 200, 260), tuple(100 + 20 * k for k in range(9))
"""Bands of different lengths begin at one edge, as bars do that lie."""
ENDS = {1: 260, 3: 200, 5: 140, 7: 180}


def banded() -> Page:
    page = Page().cells(XS, YS, PLAN)
    for row, end in ENDS.items():
        page.fill(XS[0], YS[row], end, YS[row + 1])
    return page


@pytest.mark.parametrize("ruled", [True, False])
def test_shaded_bands_of_a_table_are_no_bars(ruled: bool) -> None:
    page = banded().grid(XS, YS) if ruled else banded()
    (table,) = page.tables
    assert texts(table)[2] == PLAN[2]
    assert texts(table)[-1] == PLAN[-1]


def test_header_cells_of_several_levels_are_no_bars() -> None:
    xs = [40 + 20 * k for k in range(12)]
    page = Page(width=400).grid(xs, (300, 320, 340))
    for k, top in enumerate((200, 240, 220, 260, 200, 240)):
        page.fill(xs[2 * k], top, xs[2 * k + 1], 300).turned(xs[2 * k] + 4, top + 2, "Meta").turned(xs[2 * k + 1] + 4, 262, "Real")
        page.box(xs[2 * k], top, xs[2 * k + 1], 300)
    for k in range(11):
        page.text(xs[k] + 3, 303, str(k)).text(xs[k] + 3, 323, str(2 * k))
    assert charts(page.content, []) == []


def test_bars_drawn_in_the_cells_of_a_table() -> None:
    xs, ys = (40, 140, 200, 320), tuple(100 + 20 * k for k in range(7))
    rows = [["Actividad", "Meta", "Avance"], *([f"Tarea {n}", "10", f"{10 * n}%"] for n in range(1, 6))]
    page = Page().table(xs, ys, rows)
    for n in range(1, 6):
        page.fill(201, ys[n] + 2, 201 + 20 * n, ys[n + 1] - 2, BLUE)
    (table,) = page.tables
    assert texts(table) == rows


def test_shaded_headers_of_small_tables_below_each_other_are_no_bars() -> None:
    page, wanted = Page(), []
    for k, width in enumerate((250, 275, 300, 325)):
        xs, ys = (40, 140, width), tuple(100 + 150 * k + 15 * n for n in range(5))
        rows = [["Indicador", "Camas"], ["Código", f"SB-0{k}"], ["Meta", "10"], ["Resultado", "9"]]
        page = page.fill(140, ys[0], width, ys[1]).table(xs, ys, rows)
        wanted.append(rows)
    assert [texts(t) for t in page.tables] == wanted


def test_lines_of_a_scale_are_no_rows() -> None:
    page = labelled()
    for k in range(1, 6):
        page.across(400 - 20 * k, 90, 300)
    for k in range(6):
        page.down(90 + 40 * k, 300, 400)
    assert page.tables == []


def labelled() -> Page:
    page = bars(Page().box(60, 280, 400, 440))
    for k, height in enumerate(HEIGHTS):
        page.text(102 + 40 * k, 400 - height - 11, f"{height}").text(100 + 40 * k, 405, "enefe"[k])
    for k in range(6):
        page.text(88, 395 - 20 * k, str(20 * k), end=True)
    return page


def test_the_labels_of_a_chart_are_no_table() -> None:
    page = labelled()
    assert page.tables == []
    assert [t.chart for t in page.texts] == [True]


def test_a_table_beside_a_chart_stays() -> None:
    rows = [["Mes", "Meta"], ["enero", "40"], ["febrero", "75"]]
    (table,) = labelled().table((60, 200, 300), (500, 520, 540, 560), rows).tables
    assert texts(table) == rows


def test_the_scale_of_a_chart_that_draws_no_bars_is_no_table() -> None:
    page = Page()
    for k in range(7):
        page.text(90, 300 + 20 * k, f"{120 - 20 * k}", end=True)
    page.text(110, 433, "ene").text(160, 433, "feb").text(210, 433, "mar").text(112, 350, "45").text(162, 360, "38")
    assert page.tables == []
