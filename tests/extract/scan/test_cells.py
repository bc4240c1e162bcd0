"""The cells of a recognised page: other readings are kept of each, and what fits no column of figures is in doubt."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from veedor.extract.pdf.content import Word
from veedor.extract.pdf.layout import PageLayout
from veedor.extract.pdf.table import PageCell, PageTable
from veedor.extract.scan.cells import put_right

from .pixels import column

pytestmark = pytest.mark.usefixtures("dictionary")
FIGURES = ["1.128.489,30", "82.140,14", "808.782,40", "495.584,33"]


def word(text: str, others: Sequence[str] = ()) -> Word:
    return Word(text, 0, 0, 10, 10, 0, 0, 0, others=tuple(others))


def made(*texts: str) -> PageTable:
    found = column(*texts)
    for cell in cells(found):
        cell.words = [word(t) for t in cell.text.split()]
    return found


def cells(of: PageTable) -> list[PageCell]:
    return [c for row in of.rows for c in row.cells if c is not None]


def after(table: PageTable) -> list[PageCell]:
    put_right(PageLayout(1, 600, 800, [table]))
    return cells(table)


def doubted(table: PageTable) -> list[str]:
    return [w.text for c in after(table) for w in c.words if w.doubtful]


@pytest.mark.parametrize("stroke", ["/", "l.", "IB", "O,OO", "a5", "1.A45,15"])
def test_what_is_no_figure_and_no_word_among_figures_is_in_doubt(stroke: str) -> None:
    assert doubted(made(*FIGURES, stroke)) == [stroke]


@pytest.mark.parametrize("text", ["-", "0", "100", "(8)", "5%", "", "N/A"])
def test_figures_and_what_stands_for_no_figure_are_in_no_doubt(text: str) -> None:
    assert doubted(made(*FIGURES, text)) == []


@pytest.mark.parametrize("bare", ["12", "(12)", "00", "54321"])
def test_what_lacks_the_decimals_of_its_column_may_have_lost_them(bare: str) -> None:
    assert doubted(made(*FIGURES, bare)) == [bare]
    assert doubted(made(*FIGURES, bare, "7", "38")) == [], "here some have none"


def test_a_letter_among_figures_and_texts_is_a_stroke() -> None:
    assert doubted(made(*FIGURES, "UFI", "UACI", "A")) == ["A"]


def test_words_among_figures_may_be_of_a_stamp() -> None:
    assert doubted(made(*FIGURES, "según informe xkq")) == ["según", "informe", "xkq"]


def test_a_column_of_texts_is_none_of_figures() -> None:
    assert doubted(made(*FIGURES[:3], "UFI", "UACI")) == []
    assert doubted(made(*FIGURES[:2], "UFI")) == [], "nor are three cells"


def test_a_header_that_spans_the_table_is_no_cell_of_a_column() -> None:
    table = made(*FIGURES, "UFI")
    cells(table)[-1].col_span = 2
    assert doubted(table) == []


def test_every_cell_knows_what_else_was_read_word_by_word() -> None:
    table = made("Art 31", "nada")
    first = cells(table)[0]
    first.words = [word("Art", ["Arl", "An"]), word("31", ["37", "31"])]
    found = after(table)
    assert [c.recognised for c in found] == [True, True]
    assert [c.readings for c in found] == [("Arl 31", "An 31", "Art 37"), ()]


def test_so_many_readings_are_kept_and_no_more() -> None:
    table = made("31")
    cells(table)[0].words = [word("31", [str(k) for k in range(40, 60)])]
    assert after(table)[0].readings == ("40", "41", "42", "43", "44", "45")


def test_other_readings_are_written_in_the_way_of_their_column() -> None:
    table = made(*FIGURES, "45.200.00")
    cells(table)[-1].words = [word("45.200.00", ["45.280.00"])]
    last = after(table)[-1]
    assert (last.text, last.readings) == ("45.200,00", ("45.200.00", "45.280,00"))


def beside_a_rule(*figures: tuple[str, float]) -> PageTable:
    """Figures that end so many points before their rule."""
    found = made(*(text for text, _ in figures))
    found.xs = [0.0, 60.0]
    for cell, (text, room) in zip(cells(found), figures, strict=True):
        cell.box = (0.0, 0.0, 60.0, 12.0)
        cell.words[0].x1 = 60.0 - room
        cell.words[0].x0 = 60.0 - room - 5 * len(text)
    return found


USUAL = (("12", 2.5), ("7", 2.4), ("365", 2.6))


def test_a_stroke_upon_the_rule_that_the_others_keep_away_from_is_in_doubt() -> None:
    assert doubted(beside_a_rule(*USUAL, ("41", 0.2))) == ["41"]
    assert doubted(beside_a_rule(*USUAL, ("41", 2.5))) == []
    assert doubted(beside_a_rule(*USUAL, ("48", 0.2))) == [], "no rule is read as an eight"
    assert doubted(beside_a_rule(("12", 0.3), ("7", 0.4), ("365", 0.5), ("41", 0.2))) == [], "figures that all stand at their rule"
