"""A table whose header names a wrong part of the year: its rows are judged by the document's period, the header is said once."""

from __future__ import annotations

from veedor.evaluate.formula import Percentage, published
from veedor.evaluate.misheaded import as_reported
from veedor.schema.plan import Indicator, Kind, Measure, MeasureKind
from veedor.schema.quantity import Quantity, State


def _row(reported: tuple[int, int]) -> Indicator:
    def figure(kind: MeasureKind, months: tuple[int, int], value: float) -> Measure:
        return Measure(measure=kind, months=months, quantity=Quantity(value=value, printed=str(value), state=State.VALUE))

    quarters = [figure(MeasureKind.TARGET, (first, first + 2), 10.0) for first in (1, 4, 7, 10)]
    told = [figure(MeasureKind.ACTUAL, reported, 15.0), figure(MeasureKind.PERCENT, reported, 50.0)]
    return Indicator(sequence=7, section=1, kind=Kind.ACTION, measures=(*quarters, *told), reported_months=reported)


def test_figures_under_a_wrong_header_are_of_the_months_that_it_should_name() -> None:
    row = _row((1, 6))
    (meant,) = published([row], {7: (1, 9)})
    assert isinstance(meant, Percentage)
    assert meant.actual.months == meant.percent.months == (1, 9)
    (headed,) = published([row])
    assert headed.actual.months == (1, 6)
    assert as_reported(row, {7: (1, 9)}) == (1, 9)
    assert as_reported(row, {}) == (1, 6)
