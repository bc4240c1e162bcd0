"""Headers, footers and page numbers, told from the names of columns and from rows that repeat."""

from __future__ import annotations

from collections.abc import Callable

from veedor.extract.pdf.content import PageContent
from veedor.extract.pdf.furniture import Margins, margins, mark

from .page import Page

Printed = Callable[[Page, int], object]


def marked(*what: Printed, pages: int = 3, which: int = 1) -> tuple[PageContent, Margins]:
    """One of several pages on which all of this is printed."""
    made = []
    for number in range(1, pages + 1):
        page = Page(number)
        for printed in what:
            printed(page, number)
        page.text(50, 300, f"Texto de la página {number}")
        made.append(page.content)
    found = [margins(c) for c in made]
    mark(found[which], [m for k, m in enumerate(found) if k != which])
    return made[which], found[which]


def texts(content: PageContent, ids: set[int]) -> str:
    return " ".join(w.text for w in content.words if id(w) in ids)


def header(page: Page, _: int) -> object:
    return page.text(50, 40, "Instituto del Seguro").text(400, 40, "Plan 2023")


def number(page: Page, n: int) -> object:
    return page.text(280, 760, f"Página {n} de 3")


def names(page: Page, _: int) -> object:
    return page.text(50, 90, "Actividad").text(250, 90, "Meta").text(320, 90, "Real")


def test_what_every_page_prints_at_the_same_place() -> None:
    content, found = marked(header, number)
    assert texts(content, found.running) == "Instituto del Seguro Plan 2023 Página 2 de 3"
    assert not found.names


def test_the_first_and_the_last_page_have_neighbours_too() -> None:
    for which in (0, 2):
        content, found = marked(header, which=which)
        assert texts(content, found.running) == "Instituto del Seguro Plan 2023"


def test_names_of_columns_are_kept_apart() -> None:
    """A table prints them on every page as well; which they are is for the layout to say."""
    content, found = marked(header, names)
    assert texts(content, found.running) == "Instituto del Seguro Plan 2023"
    assert texts(content, found.names) == "Actividad Meta Real"


def test_a_row_of_figures_that_repeats_is_no_furniture() -> None:
    content, found = marked(lambda page, _: page.text(50, 90, "Total").text(250, 90, "12").text(320, 90, "9"))
    assert texts(content, found.running | found.names) == ""


def test_what_moves_is_no_furniture() -> None:
    _, found = marked(lambda page, n: page.text(50, 40 + 12 * n, "Presentar el informe"))
    assert not found.running


def test_what_stands_below_content_is_none() -> None:
    """The same name at the same place on two pages, under a row that differs."""
    content, found = marked(lambda page, n: page.text(50, 60, f"Fila {'abc'[n - 1]}").text(50, 90, "Unidad Financiera"))
    assert texts(content, found.running) == ""


def test_a_lone_page_has_only_its_number() -> None:
    content, found = marked(header, number, pages=1, which=0)
    assert texts(content, found.running) == "Página 1 de 3"
