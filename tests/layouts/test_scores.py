"""The scores of layouts see what they are for: a row that is lost or made up, a figure that is wrong, and whether that is marked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("reportlab", reason="reportlab, which typesets the layouts, is not installed")
sys.path.append(str(Path(__file__).parent))
sys.path.append(str(Path(__file__).resolve().parents[2] / "corpus" / "samples"))

from layout_fixtures import fixture
from layout_scores import Score, print_into, score
from layout_truth import wanted

import veedor
from veedor.schema.plan import Indicator, Measure, MeasureKind, Plan
from veedor.schema.quantity import State

DOCUMENT = fixture("archivo")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return veedor.read(print_into(tmp_path_factory.mktemp("layout"), DOCUMENT, "dump"))


def scored(plan: Plan, change: Callable[[Indicator], Indicator] = lambda i: i) -> Score:
    """The score of a plan whose first row of figures is changed."""
    first = first_of_figures(plan)
    rows = tuple(change(row) if row is first else row for row in plan.indicators)
    return score(plan.model_copy(update={"indicators": rows}), wanted(DOCUMENT, "dump"))


def first_of_figures(plan: Plan) -> Indicator:
    return next(row for row in plan.indicators if row.measures)


def with_measures(change: Callable[[Measure], Measure]) -> Callable[[Indicator], Indicator]:
    return lambda row: row.model_copy(update={"measures": tuple(map(change, row.measures))})


def test_what_is_printed_is_good(plan: Plan) -> None:
    assert scored(plan).good, scored(plan).told()


def test_a_lost_row_is_seen(plan: Plan) -> None:
    found = score(
        plan.model_copy(update={"indicators": tuple(r for r in plan.indicators if r is not first_of_figures(plan))}),
        wanted(DOCUMENT, "dump"),
    )
    assert (found.rows_found, found.rows, found.good) == (5, 6, False)


def test_a_row_that_is_none_is_seen(plan: Plan) -> None:
    made_up = first_of_figures(plan).model_copy(update={"sequence": 99, "code_printed": "", "name": "Nota: lo ejecutado a septiembre"})
    found = score(plan.model_copy(update={"indicators": (*plan.indicators, made_up)}), wanted(DOCUMENT, "dump"))
    assert found.precision < 0.99 and found.wrong and not found.good


@pytest.mark.parametrize(("state", "silent"), [(State.VALUE, True), (State.AMBIGUOUS, False)])
def test_a_wrong_figure_is_silent_or_marked(plan: Plan, state: State, silent: bool) -> None:
    def spoiled(m: Measure) -> Measure:
        wrong = replace(m.quantity, value=12.4, state=state)
        return replace(m, quantity=wrong) if m.measure is MeasureKind.ACTUAL else m

    found = scored(plan, with_measures(spoiled))
    assert (bool(found.wrong), found.measures - found.measures_right) == (silent, 1)


def test_a_figure_of_another_period_is_wrong(plan: Plan) -> None:
    def moved(m: Measure) -> Measure:
        return replace(m, period_end=m.period_start) if m.measure is MeasureKind.ACTUAL else m

    assert len(scored(plan, with_measures(moved)).wrong) == 1


def test_an_actual_among_the_targets_is_wrong(plan: Plan) -> None:
    def misnamed(m: Measure) -> Measure:
        return replace(m, measure=MeasureKind.TARGET) if m.measure is MeasureKind.ACTUAL else m

    assert len(scored(plan, with_measures(misnamed)).wrong) == 1


@pytest.mark.parametrize("cell", ["code_printed", "objective", "unit_of_measure", "responsible_unit", "class_published", "observation"])
def test_a_cell_that_is_not_what_is_printed_is_seen(plan: Plan, cell: str) -> None:
    found = scored(plan, lambda row: row.model_copy(update={cell: "otra cosa"}))
    assert found.cells - found.cells_right == 1
