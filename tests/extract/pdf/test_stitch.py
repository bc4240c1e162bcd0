"""Tables joined over pages, and what stands between them: headers again or not, broken rows, titles, other tables."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from veedor.extract.pdf.furniture import Margins, margins, mark
from veedor.extract.pdf.layout import lay_out, open_columns
from veedor.extract.pdf.stitch import stitch
from veedor.extract.raw import Block, Table, TextBlock, TextKind

from .page import Page, ladder

XS = (50, 110, 300, 360, 420)
NAMES = ["Código", "Actividad", "Meta", "Real"]


def row(k: int) -> list[str]:
    return [f"AO.{k}.", f"Actividad {k}", f"{10 * k}", f"{9 * k}"]


def full(page: Page, rows: Sequence[Sequence[str]], top: float = 80, bottom: float = 760) -> Page:
    """A table that fills the page down to its foot."""
    ys = [*ladder(top, *[20] * (len(rows) - 1)), bottom]
    return page.table(XS, ys, rows)


def blocks(*pages: Page) -> list[Block]:
    contents = [p.content for p in pages]
    for number, content in enumerate(contents, 1):
        content.number = number
    its = [margins(c) for c in contents]
    for k, own in enumerate(its):
        mark(own, [other for n, other in enumerate(its) if n != k])
    return stitch(lay_out(c, own) for c, own in zip(contents, its, strict=True))


def tables(*pages: Page) -> list[Table]:
    return [b for b in blocks(*pages) if isinstance(b, Table)]


def cells(table: Table) -> list[list[str]]:
    return [[r.text(c) for c in range(len(table.columns))] for r in table.rows]


@pytest.mark.parametrize("again", [True, False])
def test_a_table_goes_on_with_its_header_printed_again_or_not(again: bool) -> None:
    first = full(Page(), [NAMES, row(1), row(2)])
    second = full(Page(), [NAMES, row(3), row(4)] if again else [row(3), row(4)])
    (found,) = tables(first, second)
    assert cells(found) == [row(1), row(2), row(3), row(4)]
    assert (found.names, found.pages, found.joined_parts) == (NAMES, [1, 2], 2)
    assert [r.place.page for r in found.rows] == [1, 1, 2, 2]


@pytest.mark.parametrize("again", [True, False])
@pytest.mark.parametrize("margin", [0, 34])
def test_a_table_goes_on_over_the_page_that_faces_it(again: bool, margin: int) -> None:
    """Both are one page of the document; the right one has a margin of its own."""
    left, right = Page(), Page()
    full(left, [NAMES, row(1), row(2)])
    off = 600 + margin
    xs = [x + off for x in XS]
    rows = [NAMES, row(3), row(4)] if again else [row(3), row(4)]
    right.table(xs, [80, *(100 + 20 * k for k in range(len(rows) - 1)), 400], rows)
    right.content.left = 600.0
    (found,) = [b for b in stitch([left.layout, right.layout]) if isinstance(b, Table)]
    assert cells(found) == [row(1), row(2), row(3), row(4)]
    assert found.pages == [1]


def test_tables_of_one_page_are_not_joined() -> None:
    """Of the same names, one below the other, and nothing between them."""
    page = Page().table(XS, [80, 100, 120, 140], [NAMES, row(1), row(2)]).table(XS, [400, 420, 440, 460], [NAMES, row(3), row(4)])
    assert [len(t.rows) for t in tables(page)] == [2, 2]


def test_the_columns_of_facing_pages_are_not_handed_on() -> None:
    right = full(Page(), [NAMES, row(1), row(2)])
    right.content.left = 300.0
    assert open_columns(lay_out(right.content)) == []


def test_three_pages() -> None:
    (found,) = tables(*(full(Page(), [NAMES, row(2 * k + 1), row(2 * k + 2)]) for k in range(3)))
    assert cells(found) == [row(k) for k in range(1, 7)]


def furnished(page: Page, n: int) -> Page:
    return page.text(50, 30, "Instituto del Seguro Social").text(250, 775, f"Página {n} de 2")


def test_furniture_between_the_parts_is_none_of_the_table() -> None:
    found = blocks(*(furnished(full(Page(), [NAMES, row(n)]), n) for n in (1, 2)))
    (table,) = [b for b in found if isinstance(b, Table)]
    assert cells(table) == [row(1), row(2)]
    assert {b.kind for b in found if isinstance(b, TextBlock)} == {TextKind.RUNNING}


def test_a_title_between_them_begins_another_table() -> None:
    second = full(Page().text(50, 62, "Unidad Financiera Institucional"), [NAMES, row(2)])
    assert [cells(t) for t in tables(full(Page(), [NAMES, row(1)]), second)] == [[row(1)], [row(2)]]


def test_other_columns_are_another_table() -> None:
    other = Page().table((50, 200, 420), (80, 100, 120), [["Riesgo", "Medida"], ["Sismo", "Simulacro"]])
    assert len(tables(full(Page(), [NAMES, row(1)]), other)) == 2


def test_another_header_over_the_same_columns_is_another_table() -> None:
    names = ["Código", "Riesgo", "Nivel", "Peso"]
    found = tables(full(Page(), [NAMES, row(1)]), full(Page(), [names, row(2)]))
    assert [t.names for t in found] == [NAMES, names]


def test_a_table_that_ends_high_above_the_foot_is_whole() -> None:
    """The next page's, with a header of its own, is another one, unless only furniture stands between them to the end."""
    first = full(Page(), [NAMES, row(1)], bottom=140).text(50, 170, "Fuente: registros de la unidad")
    assert len(tables(first, full(Page(), [NAMES, row(2)]))) == 2


def test_a_row_broken_over_the_page_is_one() -> None:
    first = full(Page(), [NAMES, ["AO.1.", "Presentar el informe de", "10", "9"]])
    second = full(Page(), [["", "avance a la junta", "", ""], row(2)])
    (found,) = tables(first, second)
    assert cells(found) == [["AO.1.", "Presentar el informe de avance a la junta", "10", "9"], row(2)]


def test_a_row_broken_inside_a_word() -> None:
    first = full(Page(), [NAMES, ["AO.1.", "Actividades EN-", "10", "9"]])
    second = full(Page(), [["", "MAR", "", ""], row(2)])
    (found,) = tables(first, second)
    assert found.rows[0].text(1) == "Actividades EN-MAR"


@pytest.mark.parametrize(
    "second",
    [
        ["", "Otra actividad", "5", "4"],  # figures of its own
        ["AO.2.", "avance", "", ""],  # a code of its own
    ],
)
def test_a_row_of_its_own_at_the_top_of_a_page(second: list[str]) -> None:
    (found,) = tables(full(Page(), [NAMES, row(1)]), full(Page(), [second, row(3)]))
    assert cells(found) == [row(1), second, row(3)]


def test_figures_never_join_figures() -> None:
    (found,) = tables(full(Page(), [NAMES, row(1)]), full(Page(), [["", "", "99", ""], row(3)]))
    assert found.rows[0].text(2) == "10"
    assert "99" in {found.rows[1].text(c) for c in range(4)}


def test_a_name_over_two_columns_stands_above_both() -> None:
    page = Page().across(80, 50, 420).across(100, 300, 420).across(120, 50, 420).across(760, 50, 420)
    for x in (50, 110, 300, 420):
        page.down(x, 80, 760)
    page.down(360, 100, 760)
    page.cells((50, 110, 300), (80,), [["Código", "Actividad", "Metas del año"]]).cells((300, 360), (100,), [["Meta", "Real"]])
    page.cells(XS, (120,), [row(1)])
    (found,) = tables(page)
    assert found.names == ["Código", "Actividad", "Metas del año / Meta", "Metas del año / Real"]
    assert cells(found) == [row(1)]


def test_paragraphs_and_bullets() -> None:
    page = Page().text(50, 100, "• Presentar el informe anual")
    page.text(50, 140, "La presente evaluación da cuenta de las metas que la institución se propuso y alcanzó en el")
    page.text(50, 152, "presente año.")
    found = [b for b in blocks(page) if isinstance(b, TextBlock)]
    assert [b.text[-27:] for b in found] == [" Presentar el informe anual", "alcanzó en el presente año."]
    assert [b.kind for b in found] == [TextKind.BULLET, TextKind.LINE]


def test_a_lone_row_at_the_top_of_a_page_goes_on() -> None:
    """The total of a table, alone on its last page; where the columns are others, it is text."""
    none = Margins([], 400)
    for xs, rows, left in (((40, 240, 320, 400), 3, 0), ((40, 140, 320, 400), 2, 1)):
        first = Page(1).table([40, 240, 320, 400], [700, 720, 740, 760], [["Rubro", "Meta", "Real"], ["Uno", "3", "4"], ["Dos", "5", "6"]])
        second = Page(2).table(list(xs), [60, 80], [["Total", "8", "10"]])
        blocks = stitch(lay_out(page.content, none) for page in (first, second))
        (table,) = [b for b in blocks if isinstance(b, Table)]
        assert len(table.rows) == rows
        assert len(blocks) - 1 == left


def test_a_table_of_contents_is_none() -> None:
    page = Page()
    for k, (title, number) in enumerate((("Presentación", 3), ("Objetivos", 5), ("Metas por unidad", 8), ("Anexos", 12))):
        page.text(50, 40 + 14 * k, f"{title} {'.' * (60 - len(title))}").text(420, 40 + 14 * k, str(number), end=True)
    blocks = stitch([page.layout])
    assert {b.kind for b in blocks if isinstance(b, TextBlock)} == {TextKind.CONTENTS} and len(blocks) == 4


def test_dots_that_lead_to_an_amount_are_no_part_of_its_label() -> None:
    page = Page()
    for k, (title, amount) in enumerate((("Sueldos", "1,200.00"), ("Bienes", "850.50"), ("Servicios", "90.00"), ("TOTAL", "2,140.50"))):
        page.text(50, 40 + 14 * k, f"{title} {'.' * (40 - len(title))}").text(420, 40 + 14 * k, amount, end=True)
        page.text(520, 40 + 14 * k, amount, end=True)
    (table,) = [b for b in stitch([page.layout]) if isinstance(b, Table)]
    assert [r.text(0) for r in table.rows] == ["Sueldos", "Bienes", "Servicios", "TOTAL"]


def form(k: int) -> list[list[str]]:
    return [[f"FICHA N.° {k}", "", "", ""], ["Nombre", f"Indicador {'abc'[k]}", "", ""], ["Código", f"IN-{k}", "Meta", f"{10 * k}"]]


def test_forms_of_one_shape_stay_apart_over_the_page() -> None:
    found = tables(full(Page(), form(1)), full(Page(), form(2)))
    assert [cells(t)[0][0] for t in found] == ["FICHA N.° 1", "FICHA N.° 2"]


def test_rows_that_differ_by_their_numbers_go_on_over_the_page() -> None:
    (found,) = tables(full(Page(), [row(1), row(2)]), full(Page(), [row(3), row(4)]))
    assert cells(found) == [row(1), row(2), row(3), row(4)]
