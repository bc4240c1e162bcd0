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
