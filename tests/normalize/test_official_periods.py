"""Periods in the spellings of official titles: days, points, hyphens, bimesters."""

from __future__ import annotations

import pytest

from veedor.normalize.periods import Period, find_period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2.º trimestre", Period(4, 6)),
        ("I-TRIM", Period(1, 3)),
        ("1 de abril al 30 de junio 2022", Period(4, 6, 2022)),
        ("Quinto bimestre", Period(9, 10)),
    ],
)
def test_periods_as_officially_spelled(text: str, period: Period) -> None:
    assert find_period(text)[0] == period
