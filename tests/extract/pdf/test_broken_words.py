"""Words that a narrow cell breaks without a hyphen, and those that must not be joined."""

from __future__ import annotations

import pytest

from veedor.extract.pdf.broken_words import mend
from veedor.extract.pdf.table import PageCell, PageRow, PageTable

from .page import LETTER, Page


def read(width: float, *cells: tuple[str, ...]) -> list[str]:
    """The texts of cells, each given by its lines, in a column of so many letters' width."""
    xs = [50.0, 50 + 4 + width * LETTER]
    rows = []
    for k, lines in enumerate(cells):
        page = Page()
        for n, line in enumerate(lines):
            page.text(52, 100 + 60 * k + 11 * n, line)
        cell = PageCell(page.content.words, (xs[0], 98 + 60 * k, xs[1], 155 + 60 * k))
        cell.settle()
        rows.append(PageRow([cell]))
    table = PageTable(1, xs, rows, (xs[0], 98, xs[1], 155 + 60 * len(rows)), ruled=True)
    mend(table)
    return [row.texts[0] for row in table.rows]


@pytest.mark.parametrize(
    ("width", "lines", "text"),
    [
        (5, ("EN-MA", "R"), "EN-MAR"),
        (4, ("ENER", "O"), "ENERO"),  # no conjunction ends a cell
        (8, ("PLANIFIC", "AR"), "PLANIFICAR"),
        (8, ("Planific", "ar"), "Planificar"),
        (6, ("1,144,", "000"), "1,144,000"),
        (7, ("30.000.", "000,00"), "30.000.000,00"),
        (5, ("12.34", "5%"), "12.345%"),
    ],
)
def test_the_rest_of_a_word_or_amount_joins_it(width: float, lines: tuple[str, ...], text: str) -> None:
    assert read(width, lines, ("x",)) == [text, "x"]


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (12, ("ORGANIZATIVA", "LÍDER")),  # a word of its own
        (12, ("ORGANIZATIVA", "DE", "LÍDER")),  # a small word
        (9, ("EN-MA", "R")),  # it would have fitted
        (5, ("Metas", "AL")),  # another case
        (5, ("META", "I")),  # a numeral
        (8, ("Producto", "5")),
        (3, ("100", "200")),  # two figures
        (3, ("2,5", "5%")),  # no groups of three
        (5, ("1,144", "5,000")),  # an amount of its own
    ],
)
def test_words_of_their_own_stay_apart(width: float, lines: tuple[str, ...]) -> None:
    assert read(width, lines, ("x",))[0] == " ".join(lines)
