"""Cells that ran together: parted where the rows and columns beside them tell it, else in doubt with what they cover."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from veedor.extract.pdf.content import Word
from veedor.extract.pdf.table import PageCell, PageRow, PageTable
from veedor.extract.scan.merged import doubt_across, doubt_within, part

HIGH, XS = 16.0, [0.0, 40.0, 100.0, 160.0]
ROWS = [("1", "10/10/18", "42,564.11"), ("2", "12/04/21", "1,339.04"), ("3", "06/12/21", "8,564.18"), ("4", "27/08/23", "325.24")]
ROWS += [(str(k), f"0{k}/08/21", f"{k}75.20") for k in range(5, 9)]


def placed(text: str, row: int, column: int) -> list[Word]:
    """The words of a line within a field."""
    out, x = [], XS[column] + 4
    for part_ in text.split():
        out.append(Word(part_, x, row * HIGH + 3, x + 4.5 * len(part_), row * HIGH + 12, 0, 0, 0))
        x += 4.5 * len(part_) + 2
    return out


def made(rows: Sequence[Sequence[str]] = ROWS) -> PageTable:
    cells = [
        PageRow([PageCell(placed(t, r, c), (XS[c], r * HIGH, XS[c + 1], (r + 1) * HIGH)) for c, t in enumerate(row)])
        for r, row in enumerate(rows)
    ]
    for cell in (c for r in cells for c in r.cells if c is not None):
        cell.settle()
    return PageTable(1, list(XS), cells, (0, 0, XS[-1], len(rows) * HIGH), ruled=True)


def merge(table: PageTable, row: int, column: int, high: int, wide: int) -> PageCell:
    """Makes one cell of several."""
    fields = [(r, c) for r in range(row, row + high) for c in range(column, column + wide)]
    words = [w for r, c in fields if (cell := table.rows[r].cells[c]) is not None for w in cell.words]
    box = (XS[column], row * HIGH, XS[column + wide], (row + high) * HIGH)
    one = PageCell(words, box, high, wide)
    one.settle()
    for r, c in fields:
        table.rows[r].cells[c] = None
    table.rows[row].cells[column] = one
    return one


def texts(table: PageTable) -> list[tuple[str, ...]]:
    return [tuple(r.texts) for r in table.rows]


def doubtful(table: PageTable) -> list[str]:
    return [w.text for r in table.rows for c in r.cells if c is not None for w in c.words if w.doubtful]


@pytest.mark.parametrize(("high", "wide"), [(2, 1), (1, 2), (3, 2)])
def test_entries_that_stand_each_in_a_field_get_cells_of_their_own(high: int, wide: int) -> None:
    table = made()
    merge(table, 1, 1, high, wide)
    part(table)
    assert texts(table) == list(ROWS)
    assert doubtful(table) == []


def test_a_field_of_which_nothing_is_left_is_not_blank() -> None:
    table = made()
    one = merge(table, 1, 2, 3, 1)
    one.words = [w for w in one.words if w.text != "8,564.18"]
    one.settle()
    part(table)
    assert [r.texts[2] for r in table.rows[1:4]] == ["1,339.04", "", "325.24"]
    assert [c.illegible for r in table.rows[1:4] if (c := r.cells[2])] == [False, True, False]


def test_two_entries_that_no_line_parts_are_in_doubt_with_what_they_cover() -> None:
    table = made()
    one = merge(table, 1, 1, 1, 2)
    for word in one.words:
        word.x0, word.x1 = word.x0 + 32, word.x1 + 32  # the first stands on the edge
    part(table)
    assert table.rows[1].texts == ["2", "12/04/21 1,339.04", ""]
    assert doubtful(table) == ["12/04/21", "1,339.04"]
    assert table.rows[1].cells[2] is not None and table.rows[1].cells[2].illegible


def test_two_entries_one_under_the_other_in_a_cell_are_in_doubt() -> None:
    table = made()
    cell = table.rows[1].cells[2]
    assert cell is not None
    cell.words = [*placed("12.10", 1, 2), *(Word(w.text, w.x0, w.top + 9, w.x1, w.bottom + 9, 0, 0, 0) for w in placed("7.55", 1, 2))]
    cell.settle()
    part(table)
    assert doubtful(table) == ["12.10", "7.55"]


@pytest.mark.parametrize("row", [("9", "Total general", ""), ("9", "", "12.10"), ("Total", "de 2019", "8.00")])
def test_what_is_merged_with_one_entry_stays(row: Sequence[str]) -> None:
    table = made([*ROWS, row])
    merge(table, len(ROWS), 1, 1, 2)
    before = texts(table)
    part(table)
    assert (texts(table)[:-1], doubtful(table)) == (before[:-1], [])


def test_a_name_over_two_rows_stays() -> None:
    rows = [(name, *rest) for name, (_, *rest) in zip(("Uno", "Dos", "Tres", "de 4", "de 5", "Seis", "Siete", "Ocho"), ROWS, strict=True)]
    table = made(rows)
    merge(table, 3, 0, 2, 1)
    before = texts(table)
    part(table)
    assert texts(table) == before


def test_a_table_within_another_is_doubtful_and_so_are_the_blanks_beneath_it() -> None:
    outer = made([row if k not in (2, 3) else ("", "", "") for k, row in enumerate(ROWS)])
    inner = made(ROWS[2:4])
    inner.box = (0.0, 2 * HIGH, XS[-1], 4 * HIGH)
    doubt_within([outer, inner])
    assert len(doubtful(inner)) == 6
    assert doubtful(outer) == []
    assert [all(c is not None and c.illegible for c in r.cells) for r in outer.rows] == [k in (2, 3) for k in range(8)]


def test_tables_beside_each_other_are_sure() -> None:
    first, second = made(), made()
    second.box = (0.0, 200.0, XS[-1], 300.0)
    doubt_within([first, second])
    assert doubtful(first) == doubtful(second) == []


@pytest.mark.parametrize(
    ("text", "x0", "x1", "own", "beside"),
    [
        ("96.425104.493", 30.0, 95.0, True, True),  # two figures, read as one
        ("10/10/18", 37.0, 95.0, False, False),  # a rule that leans
        ("contrato", 10.0, 95.0, False, False),  # a text runs over into a blank cell
    ],
)
def test_a_figure_across_a_rule_puts_both_cells_in_doubt(text: str, x0: float, x1: float, own: bool, beside: bool) -> None:
    table = made([("", "x", "1.0"), *ROWS])
    blank, cell = table.rows[1].cells[0], table.rows[1].cells[1]
    assert blank is not None and cell is not None
    blank.words, blank.text = [], ""
    cell.words = [Word(text, x0, HIGH + 3, x1, HIGH + 12, 0, 0, 0)]
    doubt_across(table)
    assert (cell.words[0].doubtful, blank.illegible) == (own, beside)
    assert sum(c.illegible for r in table.rows for c in r.cells if c is not None) == beside
