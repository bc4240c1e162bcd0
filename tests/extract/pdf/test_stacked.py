"""Lines of figures stacked beside one label, between partial rules; and rows at the top of a page under columns that stay open."""

from __future__ import annotations

from veedor.extract.pdf.layout import lay_out, open_columns
from veedor.extract.pdf.stitch import stitch
from veedor.extract.pdf.table import PageTable
from veedor.extract.raw import Table

from .page import Page, texts

XS = [50, 70, 200, 250, 300, 350, 420]
NAMES = ["No.", "ACTIVIDAD", "TIPO", "ENE", "FEB", "UNIDAD"]
PAIRS = [("1", "Visitas", "4", "5", "INFORME"), ("2", "Talleres", "0", "7", "TALLER"), ("3", "Ferias", "8", "9", "FERIA")]
ROWS = [
    row
    for n, name, a, b, unit in PAIRS
    for row in ([n, name, "Físico", a, b, unit], [None, None, "Financ.", f"{a},100.00", f"{b},200.00", None])
]


def header(page: Page, top: float) -> Page:
    return page.table(XS, [top, top + 18], [NAMES])


def pair(page: Page, top: float, n: str, name: str, a: str, b: str, unit: str, at: float = 0) -> None:
    """An action: its number and figures on the first line, its name ``at`` lower, its unit between the lines, a rule below."""
    page.text(55, top, n) if n else None
    page.text(73, top + at, name) if name else None
    page.text(205, top, "Físico").text(295, top, a, end=True).text(345, top, b, end=True)
    page.text(205, top + 16, "Financ.").text(295, top + 16, f"{a},100.00", end=True).text(345, top + 16, f"{b},200.00", end=True)
    page.text(355, top + 8, unit)
    page.across(top + 13, 250, 300).across(top + 29, 70, 250).across(top + 29, 300, 350)


def stack(page: Page, top: float, pairs: list[tuple[str, str, str, str, str]] = PAIRS, at: float = 0) -> Page:
    for k, (n, name, a, b, unit) in enumerate(pairs):
        pair(page, top + 32 * k, n, name, a, b, unit, at)
    return page


def body(page: Page) -> list[list[str | None]]:
    (found,) = page.tables
    return texts(found)[found.levels :]


def test_a_label_spans_its_lines_of_figures() -> None:
    for at in (0, 8, 16):  # above, between and below
        assert body(stack(header(Page(), 80), 101, at=at)) == ROWS


def test_a_label_of_two_lines_is_one() -> None:
    page = stack(header(Page(), 80), 101)
    page.text(73, 111, "de campo")
    assert body(page)[0][1] == "Visitas de campo"
    (found,) = page.tables
    cell = found.body[0].cells[1]
    assert cell is not None and (cell.row_span, cell.col_span) == (2, 1)


def test_a_blank_figure_is_not_spread() -> None:
    page = header(Page(), 80)
    stack(page, 101, [("1", "Visitas", "4", "", "INFORME"), *PAIRS[1:]])
    page.content.words = [w for w in page.content.words if w.text != ",200.00"]
    rows = body(page)
    assert rows[0][4] == "" and rows[1][4] == ""


def test_a_heading_above_the_first_label_is_a_row() -> None:
    page = header(Page(), 80)
    page.text(73, 101, "AEI.01").text(130, 101, "Gestión moderna")
    stack(page, 117)
    rows = body(page)
    assert [t for t in rows[0] if t] == ["AEI.01 Gestión moderna"] and rows[1:] == ROWS


def test_rules_over_the_whole_width_below_each_label_part_no_line_of_figures() -> None:
    """They leave out what stands left of the labels, as wide as those that part rows elsewhere."""
    given = [(str(k), f"Visita {k}", f"{k}", f"{k + 1}", "INFORME") for k in range(1, 7)]
    page = stack(header(Page(), 80), 101, given, at=8)
    for k in range(6):
        page.across(130 + 32 * k, 70, 420)
    rows = body(page)
    assert [r[:3] for r in rows] == [r for n, name, *_ in given for r in ([n, name, "Físico"], [None, None, "Financ."])]
    assert [r[5] for r in rows] == ["INFORME", None] * 6


def test_rules_of_tables_below_do_not_lengthen_the_rows_that_go_on() -> None:
    first = lay_out(stack(header(Page(), 80), 101).content)
    second = stack(Page(2), 40, PAIRS[:2]).across(101, 50, 420)
    second.text(50, 120, "GERENCIA GENERAL").text(50, 132, "OFICINA DE DATOS")
    stack(header(second, 150), 171)
    layout = lay_out(second.content, None, open_columns(first))
    tables = [b for b in stitch([first, layout]) if isinstance(b, Table)]
    assert [len(t.rows) for t in tables] == [len(ROWS) + 4, len(ROWS)]


def test_rules_after_every_other_row_are_no_labels() -> None:
    page = header(Page(), 80)
    for k in range(6):
        page.text(55, 101 + 16 * k, str(k)).text(73, 101 + 16 * k, f"Acción {k}").text(205, 101 + 16 * k, "Físico")
        page.text(295, 101 + 16 * k, f"{k}0", end=True).text(345, 101 + 16 * k, f"{k}5", end=True)
        if k % 2:
            page.across(114 + 16 * k, 70, 350)
    assert [r[1] for r in body(page)] == [f"Acción {k}" for k in range(6)]


def test_names_at_the_foot_head_the_rows_of_the_next_page() -> None:
    first = lay_out(header(Page(), 760).content)
    second = lay_out(stack(Page(2), 40).content, None, open_columns(first))
    (table,) = [b for b in stitch([first, second]) if isinstance(b, Table)]
    assert [p[-1] for p in table.columns] == NAMES and table.pages == [1, 2]
    assert [[None if c is None else c.text for c in r.cells] for r in table.rows] == ROWS


def test_rows_go_on_under_the_columns_of_the_page_before() -> None:
    first = lay_out(stack(header(Page(), 80), 101).content)
    second = stack(Page(2), 40, PAIRS[:1])
    second.text(55, 400, "Fuente: elaboración propia sobre los registros de cada unidad")
    layout = lay_out(second.content, None, open_columns(first))
    (table,) = [b for b in stitch([first, layout]) if isinstance(b, Table)]
    assert len(table.rows) == len(ROWS) + 2 and table.rows[-2].text(1) == "Visitas"


def test_a_page_that_faces_another_does_not_take_its_columns() -> None:
    """Its own left edge lies elsewhere: what stands under them does so by chance."""
    columns = open_columns(lay_out(stack(header(Page(), 80), 101).content))
    facing = stack(Page(1), 40, PAIRS[:1])
    assert any(t.body for t in lay_out(facing.content, None, columns).pieces if isinstance(t, PageTable))
    facing.content.left = 600.0
    alone = [[r.texts for r in t.rows] for t in facing.tables]
    assert [[r.texts for r in t.rows] for t in lay_out(facing.content, None, columns).pieces if isinstance(t, PageTable)] == alone


def test_what_does_not_fit_the_open_columns_stays_text() -> None:
    page = Page(2).text(50, 40, "Las metas 12 y 15 se cumplieron en 2021").text(50, 56, "según consta en 34 informes")
    layout = lay_out(page.content, None, [float(x) for x in XS])
    assert [b.text for b in stitch([layout]) if not isinstance(b, Table)] and not any(isinstance(b, Table) for b in stitch([layout]))
