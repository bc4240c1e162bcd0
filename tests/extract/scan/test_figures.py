"""Figures put right in the way of their column, only where one way is left; digits are never changed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.extract.scan.figures import Way, put_right

from .pixels import column, texts

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


@given(st.lists(st.from_regex(r"-?[0-9.,' ]{1,14}%?", fullmatch=True), min_size=1, max_size=8))
def test_no_digit_is_ever_changed(figures: list[str]) -> None:
    for before, now in zip(figures, after(*figures), strict=True):
        assert re.sub(r"\D", "", now).lstrip("0") == re.sub(r"\D", "", before).lstrip("0")
        assert now.startswith("-") == before.startswith("-")
