"""Figures held against the sums of their table: what adds up is right, what does not is settled or in doubt, and nothing else changes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veedor.extract.raw import Cell, Table, TextBlock
from veedor.extract.scan.balance import CROSSED_OUT, DOUBTFUL, PROVED, balanced, value
from veedor.schema.place import Place

from .raws import At, at, marked, table, texts

BUDGET = [
    ["1.204.567,55", "88.131,10", "1.292.698,65"],
    ["310.220,20", "12.402,90", "322.623,10"],
    ["45.871.072,15", "7.114,25", "45.878.186,40"],
    ["47.385.859,90", "107.648,25", "47.493.508,15"],
]
"""Three lines and their total, of two columns and their sum."""


class Again:
    """Reads cells again, as it was told; and tells which it was asked for."""

    def __init__(self, **said: Sequence[str]) -> None:
        self.said, self.asked = said, list[str]()

    def __call__(self, cell: Cell) -> Sequence[str]:
        self.asked.append(cell.text)
        return self.said.get(cell.text, ())


def after(made: Table, again: Again | None = None) -> Table:
    (found,) = balanced([made], frozenset({1}), again or Again())
    assert isinstance(found, Table)
    return found


def changed(text: str, where: At, rows: Sequence[Sequence[str]] = BUDGET) -> list[list[str]]:
    return [[text if (r, c) == where else t for c, t in enumerate(row)] for r, row in enumerate(rows)]


def columns(rows: Sequence[Sequence[str]], *which: int) -> list[list[str]]:
    return [[row[c] for c in which] for row in rows]


def test_what_adds_up_is_proved() -> None:
    found = after(table(BUDGET, marks={(0, 0): [DOUBTFUL]}))
    assert texts(found) == BUDGET
    assert marked(found, PROVED) == {(r, c) for r in range(4) for c in range(3)}
    assert marked(found, DOUBTFUL) == set()


def test_only_tables_of_pages_that_were_recognised() -> None:
    made, line = table(BUDGET, page=3), TextBlock("x", Place(page=1))
    assert balanced([made, line], frozenset({1, 2}), Again()) == [made, line]
    assert balanced([made], frozenset({3}), Again()) != [made]


def test_a_misread_figure_with_another_reading_is_settled() -> None:
    found = after(table(changed("45.371.072,15", (2, 0)), readings={(2, 0): ["45.821.072,15", "45.871.072,15"]}))
    assert texts(found) == BUDGET
    assert at(found, 2, 0).readings == ("45.371.072,15", "45.821.072,15"), "what was read first is kept"
    assert marked(found, PROVED) >= {(r, 0) for r in range(4)}
    assert marked(found, DOUBTFUL) == set()


def test_a_misread_total_is_settled_too() -> None:
    found = after(table(changed("107.643,25", (3, 1)), readings={(3, 1): ["107.648,25"]}))
    assert texts(found) == BUDGET


def test_a_false_figure_without_another_reading_is_doubted_with_all_that_may_be_wrong() -> None:
    rows = columns(BUDGET, 0, 1)
    found = after(table(changed("45.371.072,15", (2, 0), rows)))
    assert texts(found) == changed("45.371.072,15", (2, 0), rows)
    assert marked(found, DOUBTFUL) == {(r, 0) for r in range(4)}
    assert marked(found, PROVED) == {(r, 1) for r in range(4)}


def test_what_another_sum_proves_is_no_more_in_doubt() -> None:
    """Each line and the total of the false figure's column add up across."""
    found = after(table(changed("45.371.072,15", (2, 0))))
    assert marked(found, DOUBTFUL) == {(2, 0)}


def test_two_readings_that_would_do_settle_nothing() -> None:
    made = table(changed("45.371.072,15", (2, 0), columns(BUDGET, 0, 1)), readings={(2, 0): ["45.871.072,15"], (1, 0): ["810.220,20"]})
    found = after(made)
    assert texts(found) == texts(made)
    assert (2, 0) in marked(found, DOUBTFUL)


def test_a_misread_figure_is_read_again_and_what_is_proved_is_not() -> None:
    again = Again(**{"45.371.072,15": ["45.371.072,15", "45.871.072,15"]})
    found = after(table(changed("45.371.072,15", (2, 0))), again)
    assert texts(found) == BUDGET
    assert again.asked == ["45.371.072,15"]


def test_nothing_is_read_again_where_all_adds_up() -> None:
    again = Again()
    after(table(BUDGET), again)
    assert again.asked == []


@pytest.mark.parametrize("blurred", ["45.A71.072,15", "4S.871.072,15", "45.871.O72,15"])
def test_a_digit_that_was_read_as_a_letter_is_what_the_sum_demands(blurred: str) -> None:
    found = after(table(changed(blurred, (2, 0))))
    assert texts(found) == BUDGET
    assert at(found, 2, 0).readings == (blurred,)
    assert (2, 0) in marked(found, PROVED)


def test_a_blurred_figure_whose_other_digits_the_sum_denies_is_in_doubt() -> None:
    found = after(table(changed("46.A71.072,15", (2, 0))))
    assert at(found, 2, 0).text == "46.A71.072,15"
    assert marked(found, DOUBTFUL) == {(2, 0)}


def test_another_reading_of_one_figure_leaves_one_for_a_blurred_one() -> None:
    """The one is read with a digit wrong, the other with a letter in it: one way makes the sum hold."""
    rows = changed("310.280,20", (1, 0), changed("45.A71.072,15", (2, 0), columns(BUDGET, 0, 1)))
    found = after(table(rows, readings={(1, 0): ["310.220,20"]}))
    assert texts(found) == columns(BUDGET, 0, 1)


ALONE = [["1.204.567,55", "88.131,10", "12.010,10", "5.110,25"]] * 2
"""A line and its total: it is the only one."""


def test_a_total_of_one_line_may_be_what_its_line_was_taken_for() -> None:
    """Nothing tells which of two is right: both are in doubt, and each keeps the other beside it."""
    false = changed("1.204.867,55", (1, 0), ALONE)
    found = after(table(false))
    assert texts(found) == false
    assert [at(found, r, 0).readings for r in (0, 1)] == [("1.204.867,55",), ("1.204.567,55",)]
    assert marked(found, DOUBTFUL) == {(0, 0), (1, 0)}


@pytest.mark.parametrize("wrong", [0, 1])
def test_the_next_sum_tells_which_of_a_line_and_its_total_is_right(wrong: int) -> None:
    others = [["2.300.112,20", "1.000,05", "7.441,00", "1.001,15"], ["1.000.333,10", "4.210,05", "8.000,25", "9.100,35"]]
    others.append(["3.300.445,30", "5.210,10", "15.441,25", "10.101,50"])
    whole = ["4.505.012,85", "93.341,20", "27.451,35", "15.211,75"]
    rows = [*ALONE, *others, whole]
    found = after(table(changed("1.204.867,55", (wrong, 0), rows)))
    assert texts(found) == rows
    assert marked(found, PROVED) == {(r, c) for r in range(6) for c in range(4)}


def test_percent_cells_are_no_part() -> None:
    rows = [[*row[:2], share] for row, share in zip(BUDGET, ["25,1051 %", "30,4022 %", "44,4927 %", "99,0000 %"], strict=True)]
    found = after(table(rows))
    assert texts(found) == rows
    assert {c for _, c in marked(found, PROVED) | marked(found, DOUBTFUL)} == {0, 1}


def test_a_stroke_before_a_figure_that_is_proved_goes() -> None:
    """A stroke is read as a nought: of a figure that the sum proves it is no part."""
    found = after(table(changed("0 310.220,20", (1, 0))))
    assert texts(found) == BUDGET
    assert at(found, 1, 0).readings == ("0 310.220,20",)


QUARTERS = [
    ["3", "3", "3", "3", "12"],
    ["5", "1", "2", "4", "12"],
    ["10", "0", "10", "20", "40"],
    ["7", "8", "9", "6", "30"],
    ["1", "1", "1", "2", "5"],
    ["25", "25", "30", "20", "100"],
    ["2", "4", "2", "4", "12"],
    ["9", "9", "9", "8", "35"],
]


def test_the_year_of_each_row_is_the_sum_of_its_quarters() -> None:
    found = after(table(changed("8", (3, 2), QUARTERS), readings={(3, 2): ["9"]}))
    assert texts(found) == QUARTERS
    assert marked(found, PROVED) == {(r, c) for r, row in enumerate(QUARTERS) for c, t in enumerate(row) if t != "0"}


def test_a_row_that_fails_by_itself_may_be_the_documents_own_error() -> None:
    again = Again()
    found = after(table(changed("8", (3, 2), QUARTERS)), again)
    assert texts(found) == changed("8", (3, 2), QUARTERS)
    assert marked(found, DOUBTFUL) == set()
    assert {r for r, _ in marked(found, PROVED)} == {0, 1, 2, 4, 5, 6, 7}
    assert again.asked == ["30", "7", "8", "8", "6"], "but it is looked at again"


def test_so_many_cells_are_read_again_and_no_more() -> None:
    rows = [[f"1.{k:03d}.111,11", f"2.{k:03d}.222,22", f"3.{2 * k:03d}.333,33"] for k in range(60)]
    wrong = [[a, b, c.replace("3.", "4.", 1) if k % 2 else c] for k, (a, b, c) in enumerate(rows)]
    again = Again()
    after(table(wrong), again)
    assert 20 < len(again.asked) <= 40


@pytest.mark.parametrize(
    ("text", "decimal", "wanted"),
    [
        ("1.234,50", ",", "1234.50"),
        ("1,234.50", ".", "1234.50"),
        ("1.234", ",", "1234"),
        ("1.234", "", "1234"),
        ("(1.234,50)", ",", "-1234.50"),
        ("-12", ",", "-12"),
        ("$ 12,5", ",", "12.5"),
        ("US$12", ",", "12"),
        ("1,234,50", ",", None),
        ("(12", ",", None),
        ("12)", ",", None),
        ("12 %", ",", None),
        ("n/a", ",", None),
    ],
)
def test_the_value_of_a_figure(text: str, decimal: str, wanted: str | None) -> None:
    assert value(text, decimal) == (None if wanted is None else Decimal(wanted))


# Any table: one digit of one cell is misread.


def printed(number: int) -> str:
    return f"{number // 100:,}".replace(",", ".") + f",{number % 100:02d}"


@st.composite
def misread(draw: st.DrawFn) -> tuple[list[list[str]], At, str]:
    """The rows of a table with subtotals and a total, below or above; a cell of it, and that cell with one digit wrong."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    width = draw(st.integers(2, 5))
    groups: list[list[list[int]]] = []
    for size in draw(st.lists(st.integers(2, 5), min_size=2, max_size=4)):
        parts = [[chance.randrange(10**8, 10**10) for _ in range(width)] for _ in range(size)]
        groups.append([*parts, [sum(column) for column in zip(*parts, strict=True)]])
    total = [sum(column) for column in zip(*(g[-1] for g in groups), strict=True)]
    rows = [[printed(v) for v in row] for row in (*(r for g in groups for r in g), total)]
    if draw(st.booleans()):
        rows.reverse()
    where = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, width - 1))
    return rows, where, blotted(rows[where[0]][where[1]], chance)


def blotted(text: str, chance: random.Random) -> str:
    """The text with one digit as another."""
    k = chance.choice([k for k, c in enumerate(text) if c.isdigit()])
    return text[:k] + chance.choice([d for d in "0123456789" if d != text[k]]) + text[k + 1 :]


@given(misread())
@settings(deadline=None, max_examples=40)
def test_a_misread_digit_is_doubted_and_nothing_else_is_changed(made: tuple[list[list[str]], At, str]) -> None:
    rows, where, wrong = made
    given_ = changed(wrong, where, rows)
    found = after(table(given_))
    assert texts(found) == given_
    assert where in marked(found, DOUBTFUL)
    assert {c for _, c in marked(found, DOUBTFUL)} == {where[1]}
    assert where not in marked(found, PROVED)
    assert marked(found, PROVED) >= {(r, c) for r in range(len(rows)) for c in range(len(rows[0])) if c != where[1]}


@given(misread(), st.integers(0, 2**32))
@settings(deadline=None, max_examples=40)
def test_a_misread_digit_is_settled_or_doubted_by_what_else_is_read(made: tuple[list[list[str]], At, str], seed: int) -> None:
    """Every cell of the column is read otherwise too, by a digit each: only the right one makes the sums hold."""
    rows, where, wrong = made
    chance = random.Random(seed)
    others = {row[where[1]]: [blotted(row[where[1]], chance)] for row in rows} | {wrong: [rows[where[0]][where[1]]]}
    found = after(table(changed(wrong, where, rows)), Again(**others))
    now = texts(found)
    assert now == rows or (now == changed(wrong, where, rows) and where in marked(found, DOUBTFUL))


def test_what_is_crossed_out_stays_in_doubt_though_its_sum_holds() -> None:
    made = table(BUDGET)
    rows = list(made.rows)
    first, *rest = rows[1].cells
    assert first is not None
    rows[1] = replace(rows[1], cells=(replace(first, marks=frozenset({DOUBTFUL, CROSSED_OUT})), *rest))
    crossed, other = (row.cells[0] for row in reversed(after(replace(made, rows=tuple(rows))).rows[:2]))
    assert crossed is not None and crossed.marks == {DOUBTFUL, CROSSED_OUT}
    assert other is not None and PROVED in other.marks


MONTHS = [
    [str(v) for v in (*parts, sum(parts))]
    for parts in ((2, 4, 8), (1, 3, 0), (5, 5, 1), (7, 2, 2), (9, 1, 3), (4, 4, 4), (8, 0, 1), (6, 2, 9))
]


def test_a_row_of_short_figures_that_departs_from_all_others_is_in_doubt_to_its_blanks() -> None:
    lost = ["15", "", "2", "18"]
    done = after(table([*MONTHS, lost]))
    assert marked(done, DOUBTFUL) == {(8, c) for c in range(4)}


def test_rows_of_which_several_depart_may_do_so_by_intent() -> None:
    done = after(table([*MONTHS, ["15", "", "2", "18"], ["3", "1", "", "9"]]))
    assert marked(done, DOUBTFUL) == set()
