"""The sums that a table prints are found in its figures: totals below and above, of subtotals, and never by chance."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veedor.extract.scan.sums import Sum, is_slip, sums

Lines = list[list[Decimal | None]]


def lines(*rows: str) -> Lines:
    """Rows of figures, "-" where there is none."""
    return [[None if t == "-" else Decimal(t) for t in row.split()] for row in rows]


@st.composite
def budgets(draw: st.DrawFn) -> tuple[Lines, list[Sum]]:
    """Groups of long figures with a subtotal each, and a total of these; all above what they sum, or all below. What was made is told."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    columns, above = draw(st.integers(1, 5)), draw(st.booleans())
    sizes = draw(st.lists(st.integers(2, 6), min_size=2, max_size=5))

    def figure() -> Decimal:
        return Decimal(chance.randrange(10**9, 10**11)) / 100

    def added(parts: list[list[Decimal | None]]) -> list[Decimal | None]:
        return [sum((v for v in column if v is not None), Decimal(0)) for column in zip(*parts, strict=True)]

    made: Lines = []
    found: list[Sum] = []
    subtotals: list[int] = []
    for size in sizes:
        # A line without any figure is no part: the first column has no blanks, nor have the first and the last line.
        blanks = {(k, c) for k in range(1, size - 1) for c in range(1, columns) if chance.random() < 0.1}
        parts: Lines = [[None if (k, c) in blanks else figure() for c in range(columns)] for k in range(size)]
        made += parts
        found.append(Sum(len(made), tuple(range(len(made) - size, len(made)))))
        subtotals.append(len(made))
        made.append(added(parts))
    found.append(Sum(len(made), tuple(subtotals)))
    made.append(added([made[k] for k in subtotals]))
    if above:
        last = len(made) - 1
        made.reverse()
        found = [Sum(last - s.total, tuple(sorted(last - p for p in s.parts))) for s in found]
    return made, found


@given(budgets())
@settings(deadline=None, max_examples=50)
def test_every_sum_of_a_budget_is_found_and_none_that_does_not_hold(made: tuple[Lines, list[Sum]]) -> None:
    given_, wanted = made
    found = sums(given_)
    assert set(wanted) <= set(found)
    assert all(s.off(given_, c) == 0 for s in found for c in range(len(given_[0])))


@given(budgets(), st.data())
@settings(deadline=None, max_examples=50)
def test_a_digit_that_was_misread_hides_no_sum_of_long_figures(made: tuple[Lines, list[Sum]], data: st.DataObject) -> None:
    given_, wanted = made
    figures = [(r, c) for r, line in enumerate(given_) for c, v in enumerate(line) if v]
    r, c = data.draw(st.sampled_from(figures))
    given_[r][c] = (given_[r][c] or Decimal(0)) + Decimal(10) ** data.draw(st.integers(-2, 6))
    found = set(sums(given_))
    assert set(wanted) <= found


def test_a_blank_is_nothing() -> None:
    made = lines("1204.55 -", "- 88.13", "310.20 12.40", "1514.75 100.53")
    (found,) = sums(made)
    assert found == Sum(3, (0, 1, 2))
    assert [found.off(made, c) for c in (0, 1)] == [0, 0]
    assert Sum(0, (1, 2)).off(made, 1) is None, "the total is blank"
    assert Sum(2, (1,)).off(made, 0) is None, "no part is a figure"
    assert Sum(3, (0, 2)).off(lines("1 1", "2 2", "3 3", "9 9"), 0) == 5


@pytest.mark.parametrize("small", [("3 1 5 2 8 1", "4 2 1 6 3 7", "7 3 6 8 11 8"), ("3 1 5 2 8 1", "4 2 1 6 3 7", "7 3 6 8 11 9")])
def test_small_figures_add_up_in_many_columns_at_once_or_not_at_all(small: tuple[str, ...]) -> None:
    holds = small[-1].endswith("8")
    assert sums(lines(*small)) == ([Sum(2, (0, 1))] if holds else [])
    assert sums([line[:3] for line in lines(*small)]) == [], "three of them are chance"


def test_a_total_of_one_line_agrees_in_several_columns() -> None:
    assert sums(lines("1204.55 88.13", "1204.55 88.13")) == [Sum(1, (0,)), Sum(0, (1,))]
    assert sums(lines("1204.55 12", "1204.55 13")) == []
    assert sums(lines("1204.55 88.13", "1204.55 88.13"), least=2) == []


def test_round_figures_tell_nothing() -> None:
    """A thousand and two thousand are three thousand by chance; noughts are no digits."""
    assert sums(lines("1000000", "2000000", "3000000")) == []
    assert sums(lines("1000001", "2000000", "3000001")) != []


def test_lines_that_do_not_stand_together_make_a_long_figure() -> None:
    made = lines("4012345.67 9.00", "1.00 2.00", "5.00 6.00", "3001122.33 1.00", "7.00 8.00", "7013468.00 10.00")
    assert Sum(5, (0, 3)) in sums(made)
    made[5][1] = Decimal("11.00")
    assert Sum(5, (0, 3)) not in sums(made), "nor where another column of the three says no"


def test_lines_without_figures_stand_between() -> None:
    assert sums(lines("1204.55 88.13", "- -", "310.20 12.40", "1514.75 100.53")) == [Sum(3, (0, 2))]


@pytest.mark.parametrize(
    ("off", "total", "slip"),
    [
        ("0", "1234567.89", False),
        ("300", "1234567.89", True),
        ("-0.04", "1234567.89", True),
        ("310", "1234567.89", False),
        ("300", "1234.56", False),
        ("300", "1200000000", False),
    ],
)
def test_one_digit_out(off: str, total: str, slip: bool) -> None:
    assert is_slip(Decimal(off), Decimal(total)) is slip


def test_a_column_alone_is_understood_though_one_digit_of_it_is_wrong() -> None:
    wrong: Lines = lines("1204567.55", "310220.20", "1514787.75")
    assert Sum(2, (0, 1)) in sums([*wrong[:2], lines("1514797.75")[0]])
    assert sums([*wrong[:2], lines("1514897.15")[0]]) == []
