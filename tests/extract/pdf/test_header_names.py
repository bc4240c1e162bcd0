"""Names of columns without a grid: one each, over several lines, and over several columns."""

from __future__ import annotations

from veedor.extract.pdf.content import Rule
from veedor.extract.pdf.header_names import header_rows
from veedor.extract.pdf.layout import PageLayout
from veedor.extract.pdf.stitch import stitch
from veedor.extract.pdf.table import PageTable
from veedor.extract.raw import Table

from .page import Page, rules

XS = (45.0, 200.0, 260.0, 320.0, 380.0)


def paths(page: Page, partial: list[Rule] | None = None) -> list[str]:
    found = header_rows([p for line in page.lines for p in line.phrases], XS, partial or [])
    table = PageTable(1, list(XS), found, (XS[0], 0.0, XS[-1], 100.0), ruled=False, levels=len(found))
    (block,) = stitch([PageLayout(1, 600.0, 800.0, [table])])
    assert isinstance(block, Table)
    return block.names


def test_one_line_of_names() -> None:
    page = Page().text(50, 100, "Objeto").text(205, 100, "Crédito").text(265, 100, "Pagado").text(325, 100, "Saldo")
    assert paths(page) == ["Objeto", "Crédito", "Pagado", "Saldo"]


def test_names_of_two_lines() -> None:
    page = (
        Page().text(50, 105, "Objeto").text(205, 100, "Crédito").text(205, 111, "vigente").text(265, 100, "Total").text(265, 111, "pagado")
    )
    assert paths(page) == ["Objeto", "Crédito vigente", "Total pagado", ""]


def test_a_name_over_several_columns_is_above_theirs() -> None:
    page = Page().text(50, 100, "Objeto").text(245, 100, "Metas del año").text(215, 115, "I").text(275, 115, "II").text(335, 115, "III")
    assert paths(page) == ["Objeto", "Metas del año / I", "Metas del año / II", "Metas del año / III"]


def test_a_rule_tells_which_columns_a_name_stands_over() -> None:
    """The name stands above one column only, in the middle of those that the rule underlines."""
    page = Page().text(50, 100, "Objeto").text(278, 100, "Metas").text(215, 115, "I").text(275, 115, "II").text(335, 115, "III")
    assert paths(page, rules((112, 200, 380))) == ["Objeto", "Metas / I", "Metas / II", "Metas / III"]


def test_no_names_no_header() -> None:
    assert header_rows([], XS, []) == []


WIDE = (45.0, 150.0, 200.0, 250.0, 300.0, 350.0, 400.0, 450.0, 500.0)


def shared(page: Page) -> list[list[str]]:
    """The names over the eight columns of ``WIDE``."""
    found = header_rows([p for line in page.lines for p in line.phrases], WIDE, [])
    table = PageTable(1, list(WIDE), found, (WIDE[0], 0.0, WIDE[-1], 100.0), ruled=False, levels=len(found))
    (block,) = stitch([PageLayout(1, 600.0, 800.0, [table])])
    assert isinstance(block, Table)
    return [list(p) for p in block.columns]


def leaves(*given: str) -> Page:
    """Names in the middle of each of the seven narrow columns, and one beside both levels."""
    page = Page().text(60, 92, "Meta del plan")
    for k, name in enumerate(given):
        page.text(175 + 50 * k - 2.5 * len(name), 100, name)
    return page


def test_a_name_above_the_middle_one_of_three_is_over_all_three() -> None:
    page = leaves("Meta", "Real", "%", "Brecha", "Meta", "Real", "%").text(210, 78, "Sem. I").text(412, 78, "Sem. II")
    assert shared(page) == [
        ["Meta del plan"],
        *(["Sem. I", name] for name in ("Meta", "Real", "%")),
        ["Brecha"],
        *(["Sem. II", name] for name in ("Meta", "Real", "%")),
    ]


def test_a_name_off_the_middle_of_three_takes_the_fourth() -> None:
    page = leaves("Meta", "Real", "%", "Brecha", "Meta", "Real", "%").text(232, 78, "Sem. I").text(412, 78, "Sem. II")
    assert shared(page)[4] == ["Sem. I", "Brecha"] and shared(page)[5] == ["Sem. II", "Meta"]


def test_the_upper_line_of_a_name_is_no_name_of_its_own() -> None:
    page = leaves("Meta", "Real", "%", "Brecha", "Meta", "Real", "%").text(212.5, 89, "Valor").text(412.5, 89, "Valor")
    assert shared(page)[1:4] == [["Meta"], ["Valor Real"], ["%"]]


def test_names_a_blank_above_every_column_are_over_one_each() -> None:
    page = leaves("(a)", "(b)", "(c)", "(d)", "(e)", "(f)", "(g)")
    for k in range(7):
        page.text(175 + 50 * k - 10, 78, f"Col{k}")
    assert all(len(path) == 1 for path in shared(page))
