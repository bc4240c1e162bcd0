"""Tables without a grid under one header: a name that one of them shows apart is apart in all."""

from __future__ import annotations

from veedor.extract.pdf.agreed import agreed
from veedor.extract.pdf.content import Word, around
from veedor.extract.pdf.layout import PageLayout
from veedor.extract.pdf.table import PageCell, PageRow, PageTable


def _cell(*placed: tuple[str, float], top: float) -> PageCell:
    words = [Word(text, x, top, x + 5 * len(text), top + 8, 0, 0, 0) for text, x in placed]
    cell = PageCell(words, around([w.box for w in words]) if words else (0, top, 1, top + 8))
    cell.settle()
    return cell


def _table(page: int, *rows: list[list[tuple[str, float]]]) -> PageLayout:
    laid = [PageRow([_cell(*words, top=100.0 + 12 * n) for words in row]) for n, row in enumerate(rows)]
    xs = [0.0, *(row[0][1] - 3 for row in rows[0][1:]), 400.0]
    layout = PageLayout(page, 600, 800)
    layout.pieces = [PageTable(page, xs, laid, (0, 100, 400, 160), ruled=False, levels=1)]
    return layout


def _texts(layout: PageLayout) -> list[list[str]]:
    (table,) = layout.pieces
    assert isinstance(table, PageTable)
    return [row.texts for row in table.rows]


NAMES = [("Actividad", 10.0), ("Unidad", 150.0), ("Peso", 190.0), ("Meta", 240.0)]


def test_names_that_are_apart_on_one_page_are_apart_on_the_other() -> None:
    apart = _table(1, [[n] for n in NAMES], [[("Talleres", 10.0)], [("Taller", 150.0)], [("20", 195.0)], [("4", 245.0)]])
    merged = _table(
        2,
        [[NAMES[0]], [NAMES[1], NAMES[2]], [NAMES[3]]],
        [[("Visitas", 10.0)], [("Visita", 150.0), ("30", 195.0)], [("9", 245.0)]],
    )
    first, second = agreed([apart, merged])
    assert _texts(first)[1] == ["Talleres", "Taller", "20", "4"]
    assert _texts(second) == [["Actividad", "Unidad", "Peso", "Meta"], ["Visitas", "Visita", "30", "9"]]


def test_a_name_of_two_words_stays_one_where_no_row_fills_its_second_half() -> None:
    one = _table(1, [[NAMES[0]], [NAMES[1], NAMES[2]], [NAMES[3]]], [[("Talleres", 10.0)], [("Taller", 150.0)], [("4", 245.0)]])
    two = _table(2, [[n] for n in NAMES], [[("Visitas", 10.0)], [("Visita", 150.0)], [("30", 195.0)], [("9", 245.0)]])
    first, _ = agreed([one, two])
    assert _texts(first)[0] == ["Actividad", "Unidad Peso", "Meta"]
