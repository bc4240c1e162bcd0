"""Figures put right in the way of their column, only where one way is left; digits are never changed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veedor.extract.pdf.content import Word
from veedor.extract.scan.figures import Way, is_malformed, put_right

from .pixels import column, table, texts

POINTS = ["1.128.489.339,30", "82.140.424,14", "808.782.840,40"]
COMMAS = ["1,128,489,339.30", "82,140,424.14", "808,782,840.40"]
WAYS = [Way(".", ",", 2), Way(",", ".", 2), Way(".", ",", 0), Way(",", ".", 1), Way(" ", ",", 2)]


def after(*figures: str) -> list[str]:
    found = column(*figures)
    put_right(found)
    return texts(found)


@given(st.sampled_from(WAYS), st.integers(0, 10**13))
def test_a_way_reads_what_it_writes(way: Way, number: int) -> None:
    digits = str(number).zfill(way.places + 1)
    written = way.write(digits)
    assert way.matches(written)
    assert re.sub(r"\D", "", written) == digits


@given(st.sampled_from(WAYS), st.integers(1000, 10**12))
def test_a_way_does_not_take_what_another_writes(way: Way, number: int) -> None:
    digits = str(number).zfill(way.places + 1)
    others = [other.write(digits) for other in WAYS if other.write(digits) != way.write(digits)]
    assert not any(way.matches(written) for written in others)


@given(st.lists(st.integers(100_000, 10**11), min_size=3, max_size=8), st.sampled_from(WAYS[:2]))
def test_right_figures_stay(numbers: list[int], way: Way) -> None:
    written = [way.write(str(n)) for n in numbers]
    assert after(*written) == written


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        ("495.584.288.33", "495.584.288,33"),
        ("495,584.288,33", "495.584.288,33"),
        ("495584.288,33", "495.584.288,33"),
        ("495.584 288,33", "495.584.288,33"),
        ("-495.584.28833", "-495.584.288,33"),
        ("(495.584.288.33)", "(495.584.288,33)"),
        ("45.200.00", "45.200,00"),
    ],
)
def test_lost_and_mistaken_signs(read: str, wanted: str) -> None:
    assert after(*POINTS, read) == [*POINTS, wanted]


def test_the_other_convention() -> None:
    assert after(*COMMAS, "495,584.288.33") == [*COMMAS, "495,584,288.33"]


@pytest.mark.parametrize("read", ["495.58.288,33", "495.5842.88,33", "7", "352", "10 días", "n/a", "-", "1.A45.871.072,15"])
def test_what_leaves_more_than_one_way_stays(read: str) -> None:
    """A sign out of its place means that digits were lost: nothing is put right then."""
    assert after(*POINTS, read) == [*POINTS, read]


def test_a_column_of_two_ways_stays() -> None:
    mixed = [*POINTS, *COMMAS, "495.584.288.33"]
    assert after(*mixed) == mixed


def test_what_was_read_is_kept() -> None:
    found = column(*POINTS, "45.200.00")
    put_right(found)
    assert [c.readings for row in found.rows if (c := row.cells[0])] == [(), (), (), ("45.200.00",)]


@given(st.lists(st.from_regex(r"-?[0-9.,:' ]{1,14}", fullmatch=True), min_size=1, max_size=8), st.sampled_from(["", "%", " %"]))
@settings(max_examples=60)
def test_no_digit_is_ever_changed(bodies: list[str], sign: str) -> None:
    """But where some of a column have the sign of per cent: then a digit may be one, see below."""
    figures = [body + sign for body in bodies]
    for before, now in zip(figures, after(*figures), strict=True):
        assert re.sub(r"\D", "", now).lstrip("0") == re.sub(r"\D", "", before).lstrip("0")
        assert now.startswith("-") == before.startswith("-")


@pytest.mark.parametrize(("read", "wanted"), [("258", "25%"), ("256", "25%"), ("25%6", "25%"), ("12.58", "12.5%")])
def test_a_sign_of_per_cent_that_was_read_as_a_digit(read: str, wanted: str) -> None:
    assert after("100%", "75%", "50%", read) == ["100%", "75%", "50%", wanted]


def test_it_is_in_doubt_and_keeps_what_was_read() -> None:
    found = column("100%", "75%", "50%", "258")
    for row in found.rows:
        for cell in row.cells:
            assert cell is not None
            cell.words = [Word(cell.text, 0, 0, 10, 10, 0, 0, 0)]
    put_right(found)
    cells = [c for row in found.rows if (c := row.cells[0])]
    assert [c.readings for c in cells] == [(), (), (), ("258",)]
    assert [w.doubtful for c in cells for w in c.words] == [False, False, False, True]


@pytest.mark.parametrize(
    "figures",
    [
        ("100%", "75%", "258"),  # two are few
        ("100%", "75%", "50%", "257"),  # no digit that looks like the sign
        ("100%", "75%", "50%", "8"),
        ("100%", "75%", "50%", "258", "318", "418", "518"),  # most have none
        ("100", "75", "50", "258"),
    ],
)
def test_a_digit_stays_where_it_may_be_one(figures: tuple[str, ...]) -> None:
    assert after(*figures) == list(figures)


def test_the_sign_of_decimals_of_the_table_is_that_of_its_shares() -> None:
    """In the table figures have a decimal comma, and half of the percentages show it: the rest cannot have a point."""
    found = table([[a, b] for a, b in zip([*POINTS, "1.544,20"], ["0.0 %", "12.5%", "3,25", "100,0 %"], strict=True)])
    put_right(found)
    assert texts(found, 1) == ["0,0 %", "12,5%", "3,25", "100,0 %"]
    alone = table([["0.0 %"], ["12.5%"]])
    put_right(alone)
    assert texts(alone) == ["0.0 %", "12.5%"], "nothing else tells"


def test_a_column_may_be_written_in_another_way_than_its_table() -> None:
    shares = ["0.0 %", "12.5%", "(3.25)", "100.0 %"]
    found = table([[a, b] for a, b in zip([*POINTS, "1.544,20"], shares, strict=True)])
    put_right(found)
    assert texts(found, 1) == shares
    soles = ["S/ 4 160,68", "S/ 179 751,43", "S/ 194,98", "S/ 7 608 088,01"]
    found = table([[a, b] for a, b in zip([f"US$ {x}" for x in ("1,100.71", "3,508.36", "59.13", "2,019,415.02")], soles, strict=True)])
    put_right(found)
    assert texts(found, 1) == soles


@pytest.mark.parametrize(
    "codes", [("527489", "517579", "514636", "532739"), ("001", "002", "003", "014"), ("2019", "2020", "2021", "2022")]
)
def test_digits_without_signs_stay_as_they_are_beside_amounts(codes: tuple[str, ...]) -> None:
    found = table([[a, b] for a, b in zip([*POINTS, "1.544,20"], codes, strict=True)])
    put_right(found)
    assert texts(found, 1) == list(codes)


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        ("495:584.288,33", "495.584.288,33"),
        ("495:584:288:33", "495.584.288,33"),
        ("495;584.288,33", "495.584.288,33"),
        (".495.584.288,33", "495.584.288,33"),
        ("495.584.288,33.", "495.584.288,33"),
        ("11.", "11"),
        ("12:30", "12,30"),
    ],
)
def test_a_colon_is_a_point_with_a_speck(read: str, wanted: str) -> None:
    assert after(*POINTS, read) == [*POINTS, wanted]


@pytest.mark.parametrize(("read", "wanted"), [("000", "0,00"), ("025", "0,25"), ("0.00", "0,00"), ("00", "00"), ("0", "0"), ("100", "100")])
def test_noughts_whose_comma_was_lost(read: str, wanted: str) -> None:
    assert after(*POINTS, read) == [*POINTS, wanted]


def test_numbers_of_a_list_keep_their_points() -> None:
    assert after("1.", "2.", "3.", "11.", "12") == ["1.", "2.", "3.", "11.", "12"]


def test_a_point_for_the_comma_of_thousands_is_put_right_by_the_other_columns() -> None:
    """Nobody writes 326.008.97, so a column of them is not one of another way."""
    paid = ["Q156,641.01", "Q152,274.81", "Q95,613.12", "Q649,576.72"]
    amounts = ["Q326.008.97", "Q640.190.31", "Q128.613.52", "Q804.293.09"]
    found = table([[a, b] for a, b in zip(amounts, paid, strict=True)])
    put_right(found)
    assert texts(found) == ["Q326,008.97", "Q640,190.31", "Q128,613.52", "Q804,293.09"]
    assert texts(found, 1) == paid


@pytest.mark.parametrize("text", ["326.008.97", "3.508.36", "1,234,5"])
def test_one_sign_for_thousands_and_decimals_is_malformed(text: str) -> None:
    assert is_malformed(text)


@pytest.mark.parametrize("text", ["326.008,97", "1,234.5", "1.234.567", "12.5"])
def test_two_signs_or_one_of_thousands_are_well_formed(text: str) -> None:
    assert not is_malformed(text)


def test_what_runs_between_the_digits_of_a_column_is_no_sign_of_theirs() -> None:
    """A streak of toner: the figures are as the table writes them, and in doubt until a sum proves them."""
    planned = ["1,204.55", "12,402.90", "7,114.25", "107,648.25"]
    found = table([[a, b] for a, b in zip(planned, ["260,2 79.55", "837,7 34.25", "55,6 85.88", "9 15.44"], strict=True)])
    for cell in (c for row in found.rows for c in row.cells if c is not None):
        cell.words = [Word(w, 0, 0, 9, 9, 0, 0, 0) for w in cell.text.split()]
    put_right(found)
    assert texts(found, 1) == ["260,279.55", "837,734.25", "55,685.88", "915.44"]
    doubted = [[any(w.doubtful for w in c.words) for c in row.cells if c is not None] for row in found.rows]
    assert doubted == [[False, True]] * 4


def test_a_tick_before_a_figure_is_none_of_its_signs() -> None:
    assert after("319", "√ 480", "157", "✓58%", "√ según") == ["319", "480", "157", "58%", "√ según"]
