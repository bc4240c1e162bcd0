"""Commas that lost their tails: settled where a column shows both signs, doubted where none of a few is seen; clean columns stay."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from veedor.extract.pdf.content import Word
from veedor.extract.pdf.table import PageTable
from veedor.extract.scan.signs import settle

from .pixels import table

POINTS = ["1.6", "66.7", "0.6", "0.2", "2.7", "919", "9.7", "161.9"]
COMMAS = [t.replace(".", ",") for t in POINTS]
WORN = [*POINTS[:5], "905,1", "11,5", "253.9"]


def made(*columns: Sequence[str]) -> PageTable:
    found = table(list(zip(*columns, strict=True)))
    for cell in (c for r in found.rows for c in r.cells if c is not None):
        cell.words = [Word(cell.text, 0, 0, 10, 10, 0, 0, 0)]
    return found


def after(*columns: Sequence[str]) -> list[list[str]]:
    """The texts of each column, those in doubt with a mark."""
    found = made(*columns)
    settle(found)
    return [
        [f"?{c.text}" if any(w.doubtful for w in c.words) else c.text for r in found.rows if (c := r.cells[k]) is not None]
        for k in range(len(columns))
    ]


def test_a_column_of_both_signs_has_commas_and_its_points_are_in_doubt() -> None:
    found = made(WORN)
    settle(found)
    assert [r.texts[0] for r in found.rows] == [t.replace(".", ",") for t in WORN]
    doubted = [c.readings[0] for r in found.rows if (c := r.cells[0]) is not None and c.words[0].doubtful]
    assert doubted == [t for t in WORN if "." in t]


@pytest.mark.parametrize("column", [POINTS, COMMAS, ["1,234.50", "905.10", "87,50", "11,20", "3.20", "8.10", "9.90", "1.10"]])
def test_columns_of_one_sign_and_those_that_show_their_thousands_stay(column: Sequence[str]) -> None:
    assert after(column) == [list(column)]


def test_columns_of_one_sign_each_stay_beside_each_other() -> None:
    assert after(POINTS, COMMAS) == [POINTS, COMMAS]


def test_one_comma_among_points_may_be_a_speck() -> None:
    assert after(["1,6", *POINTS[1:]]) == [["?1,6", *POINTS[1:]]]


def test_a_column_of_points_beside_a_worn_one_is_in_doubt_where_it_has_too_few_to_show_a_tail() -> None:
    assert after(WORN, POINTS)[1] == [f"?{t}" if "." in t else t for t in POINTS]
    long, many = [*WORN, *WORN], [f"{k}7.50" for k in range(1, 17)]
    assert after(long, many)[1] == many


def test_codes_and_thousands_are_no_decimals() -> None:
    codes = ["1.1.2", "1.250", "1.262", "A.1", "2.300", "4.100", "1.1.3", "2"]
    assert after(WORN, codes)[1] == codes
