"""The charts of the report: means of the same rows, every row in one bin, classes counted by unit and objective, figures beside bars."""

from __future__ import annotations

from typing import Any

import pytest

from veedor.review.report import render
from veedor.review.score import charts
from veedor.schema.finding import Evaluation, Formula, ScoreRow
from veedor.schema.plan import Basis, ClassLimit, Document, Indicator, Kind, Measure, MeasureKind, Objective, Plan
from veedor.schema.quantity import Quantity, State


def number(value: float | None, **fields: Any) -> Quantity:
    state = State.BLANK if value is None else State.VALUE if value else State.ZERO
    return Quantity(**{"value": value, "printed": "" if value is None else str(value), "state": state, **fields})


def row(sequence: int, annual: float, quarters: tuple[float | None, ...], *measures: Measure, **fields: Any) -> Indicator:
    targets = [Measure(MeasureKind.TARGET, number(annual), (1, 12), basis=Basis.ANNUAL)]
    targets += [Measure(MeasureKind.TARGET, number(q), (3 * k + 1, 3 * k + 3)) for k, q in enumerate(quarters)]
    given = {"section": 1, "kind": Kind.ACTION, "reported_months": (1, 6), **fields}
    return Indicator(sequence=sequence, measures=(*targets, *measures), **given)


def actual(value: float | None, months: tuple[int, int] = (1, 6)) -> Measure:
    return Measure(MeasureKind.ACTUAL, number(value), months, basis=Basis.CUMULATIVE)


def percent(value: float) -> Measure:
    return Measure(MeasureKind.PERCENT, number(value), (1, 6), basis=Basis.CUMULATIVE)


def plan(*rows: Indicator, **fields: Any) -> Plan:
    return Plan(document=Document(name="d"), indicators=rows, **fields)


def test_progress_by_quarter_is_the_mean_of_the_same_rows() -> None:
    rows = (
        row(1, 100, (10, 40, 25, 25), actual(40)),  # half of the year is due by June, 40 % is done
        row(2, 4, (None, 4, None, None), actual(2)),  # all of it is due, half is done
        row(3, 10, (10, None, None, None)),  # tells no result, so it counts where nobody does
        row(4, 100, (100, 100, 100, 100), actual(100)),  # its quarters are no parts of its year
        row(5, 100, (0, 0, 0, 100), actual(100), kind=Kind.TOTAL),
        row(6, 100, (0, 0, 0, 100), actual(100), restated=True),
    )
    found = charts(plan(*rows), Evaluation(), "es").quarters
    assert [(name, [b.shown for b in bars], count) for name, bars, count in found] == [
        ("1", ["36.7 %"], 3),
        ("2", ["75 %", "45 %"], 2),
        ("3", ["91.7 %"], 3),
        ("4", ["100 %"], 3),
    ]


def test_results_of_single_quarters_add_up() -> None:
    rows = (row(1, 100, (25, 25, 25, 25), actual(10, (1, 3)), actual(20, (4, 6))),)
    found = charts(plan(*rows), Evaluation(), "es").quarters
    assert [bars[1].shown if len(bars) > 1 else "" for _, bars, _ in found] == ["10 %", "30 %", "", ""]


def test_a_figure_in_doubt_is_in_no_mean() -> None:
    doubtful = Measure(MeasureKind.ACTUAL, number(999, state=State.AMBIGUOUS), (1, 6), basis=Basis.CUMULATIVE)
    found = charts(plan(row(1, 100, (25, 25, 25, 25), doubtful)), Evaluation(), "es").quarters
    assert all(len(bars) == 1 for _, bars, _ in found)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (-5, "≤ 0 %"),
        (0, "≤ 0 %"),
        (0.5, "< 50 %"),
        (50, "50 – < 75 %"),
        (99.9, "75 – < 100 %"),
        (100, "100 %"),
        (100.5, "> 100 – 150 %"),
        (151, "> 150 %"),
    ],
)
def test_every_percentage_is_in_one_bin(value: float, name: str) -> None:
    found = charts(plan(row(1, 1, (1, 0, 0, 0), percent(value))), Evaluation(), "es")
    assert [n for n, bar in found.bins if bar.shown != "0"] == [name] and not found.computed


def test_percentages_printed_as_parts_of_one() -> None:
    formula = Formula(basis="annual", rounding="none", fraction=True)
    found = charts(plan(row(1, 1, (1, 0, 0, 0), percent(0.8))), Evaluation(formula=formula), "es")
    assert [n for n, bar in found.bins if bar.shown == "1"] == ["75 – < 100 %"]


def test_without_percentages_execution_is_computed_and_said() -> None:
    due = Measure(MeasureKind.TARGET, number(10), (1, 6))
    one = Indicator(sequence=1, section=1, kind=Kind.ACTION, reported_months=(1, 6), measures=(due, actual(5)))
    found = charts(plan(one), Evaluation(), "es")
    assert found.computed and [n for n, bar in found.bins if bar.shown == "1"] == ["50 – < 75 %"]


def test_classes_by_unit_and_objective_the_best_first() -> None:
    rows = [
        row(k, 1, (1, 0, 0, 0), class_id=of, lead_unit=unit, objective_code="OE1")
        for k, (unit, of) in enumerate([("A", "critico"), ("B", "bueno"), ("A", "bueno"), ("A", "critico"), ("A", "")], 1)
    ]
    limits = (ClassLimit(id="critico", upper=85), ClassLimit(id="bueno", lower=99))
    given = plan(*rows, objectives=(Objective(code="OE1", text="Servir", id="oe1"),))
    found = charts(given, Evaluation(limits=limits), "es")
    assert found.classes == ["bueno", "critico"]
    assert found.groups == [("Por unidad líder", [("A", [1, 2]), ("B", [1, 0])]), ("Por objetivo", [("Servir", [2, 2])])]


def test_every_bar_has_its_figure_in_the_same_row() -> None:
    rows = (row(1, 100, (10, 40, 25, 25), actual(40), percent(80)),)
    score = ScoreRow(scope="document", id="d", rows=1, with_target=1, with_actual=1, met=0, partly=1)
    page = render(plan(*rows), Evaluation(scorecard=(score,)))
    assert '<th scope="row">T2</th><td class="num">50 %</td><td class="num">40 %</td><td class="num">1</td>' in page
    assert '<th scope="row">75 – &lt; 100 %</th><td class="num">1</td>' in page
    assert page.count('<div class="track"') == 4 + 7
    assert (
        '<div class="track" aria-hidden="true"><i class="planned" style="width:50.0%"></i><i class="actual" style="width:40.0%"></i></div>'
        in page
    )
