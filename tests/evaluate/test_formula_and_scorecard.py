"""The formula that gives a document's percentages, found back from its rows; and the counts of the scorecard."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.evaluate.evaluating import evaluate_plan
from veedor.evaluate.formula import established, find_formula, published
from veedor.normalize.arithmetic import percent_of
from veedor.normalize.periods import YEAR, Period
from veedor.schema.finding import Formula, ScoreRow
from veedor.schema.plan import Document, Indicator, Kind, Measure, MeasureKind, Plan, Section
from veedor.schema.quantity import Quantity, State

ROUNDINGS = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN, "up": ROUND_UP}
JUNE = Period(1, 6)


def figure(value: float | None, blank: State, decimals: int = 0) -> Quantity:
    if value is None:
        return Quantity(state=blank)
    return Quantity(value=value, printed=f"{value:g}", state=State.VALUE if value else State.ZERO, decimals=decimals)


def measure(kind: MeasureKind, period: Period, value: float | None, decimals: int = 0) -> Measure:
    blank = {MeasureKind.TARGET: State.NOT_PROGRAMMED, MeasureKind.ACTUAL: State.NOT_REPORTED}.get(kind, State.BLANK)
    months = (period.first, period.last)
    return Measure(measure=kind, months=months, basis=period.basis, quantity=figure(value, blank, decimals))


def row(
    number: int,
    quarters: Sequence[float | None],
    actual: float | None,
    percent: float | None,
    *,
    reported: Period = JUNE,
    target: float | None = None,
    decimals: int = 0,
    **fields: object,
) -> Indicator:
    known = [q for q in quarters if q is not None]
    measures = [measure(MeasureKind.TARGET, YEAR, sum(known) if known else None)]
    measures += [measure(MeasureKind.TARGET, Period(3 * n + 1, 3 * n + 3), q) for n, q in enumerate(quarters)]
    if target is not None:
        measures.append(measure(MeasureKind.TARGET, reported, target))
    measures.append(measure(MeasureKind.ACTUAL, reported, actual))
    measures.append(measure(MeasureKind.PERCENT, reported, percent, decimals))
    given = {"sequence": number, "section": 1, "kind": Kind.ACTION, "measures": tuple(measures)}
    return Indicator.model_validate({**given, "reported_months": (reported.first, reported.last), **fields})


def plan(rows: Sequence[Indicator], sections: Sequence[Section] = ()) -> Plan:
    return Plan(document=Document(name="doc", title="Título"), indicators=tuple(rows), sections=tuple(sections))


def rounded(actual: float, target: float, decimals: int, rounding: str) -> float:
    exact = Decimal(str(actual)) * 100 / Decimal(str(target))
    return float(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUNDINGS[rounding]))


@pytest.mark.parametrize(
    ("actual", "target", "decimals", "rounding", "percent"),
    [
        (1, 8, 0, "half_up", 13),
        (1, 8, 0, "half_even", 12),
        (3, 8, 0, "half_even", 38),
        (1, 8, 0, "down", 12),
        (1, 8, 0, "up", 13),
        (2, 3, 1, "half_up", 66.7),
        (2, 3, 1, "down", 66.6),
        (1.005, 1, 1, "half_up", 100.5),
        (0, 8, 2, "half_up", 0),
    ],
)
def test_percent_rounds_as_on_paper(actual: float, target: float, decimals: int, rounding: str, percent: float) -> None:
    assert percent_of(actual, target, decimals, rounding) == percent


def test_percent_of_no_target() -> None:
    with pytest.raises(ArithmeticError):
        percent_of(1, 0, 0, "half_up")


# Actual and target of shares that tell all roundings apart: 12.5, 37.5, 62.5, 33.3, 66.7, 16.7 and 137.5 %.
SHARES = [(1, 8), (3, 8), (5, 8), (1, 3), (2, 3), (1, 6), (11, 8)]


@pytest.mark.parametrize("rounding", ["half_up", "half_even", "down", "up"])
@pytest.mark.parametrize("basis", ["annual", "cumulative", "period"])
def test_the_formula_is_found_back(basis: str, rounding: str) -> None:
    rows = []
    for n, (actual, target) in enumerate(SHARES, 1):
        quarters = {"annual": (1, 0, target - 1, 0), "cumulative": (1, target - 1, n, 2), "period": (n + 1, 9, 2, 7)}[basis]
        percent = rounded(actual, target, 0, rounding)
        # A printed target for January to June stands beside the quarters only where it is meant.
        rows.append(row(n, quarters, actual, percent, target=target if basis == "period" else None))
    found = find_formula(published(rows))
    assert found == Formula(basis=basis, rounding=rounding, matched=len(SHARES), evaluable=len(SHARES))
    assert established(found)


def test_a_cap_is_found_where_rows_show_it() -> None:
    rows = [row(n, (2, 2, 2, 2), actual, min(rounded(actual, 4, 0, "half_up"), 130)) for n, actual in enumerate((1, 2, 3, 7, 9, 4), 1)]
    found = find_formula(published(rows))
    assert found is not None and (found.cap, found.matched, found.basis) == (130, 6, "cumulative")


def test_one_high_figure_is_no_cap() -> None:
    rows = [row(n, (2, 2, 2, 2), actual, rounded(actual, 4, 0, "half_up")) for n, actual in enumerate((1, 2, 3, 7), 1)]
    found = find_formula(published([*rows, row(5, (2, 2, 2, 2), 9, 130)]))
    assert found is not None and (found.cap, found.matched, found.evaluable) == (None, 4, 5)


def test_a_stated_cap_is_tried() -> None:
    rows = [row(n, (2, 2, 2, 2), actual, min(rounded(actual, 4, 0, "half_up"), 120)) for n, actual in enumerate((1, 2, 3, 7), 1)]
    found = find_formula(published(rows), stated_cap=120)
    assert found is not None and (found.cap, found.matched) == (120, 4)


def test_rows_that_cannot_be_compared_are_counted_apart() -> None:
    rows = [
        row(1, (2, 2, 2, 2), 4, 100),
        row(2, (2, 2, 2, 2), 2, 50),
        row(3, (None, None, 2, 2), None, 0),
        row(4, (None, None, 2, 2), 0, 0),
        row(5, (2, 2, 2, 2), 4, None),
    ]
    found = find_formula(published(rows))
    assert found is not None and (found.evaluable, found.without_target) == (2, 2)
    assert find_formula(published(rows[4:])) is None and find_formula([]) is None
    assert not established(found) and not established(None)  # two rows prove nothing


@pytest.mark.parametrize(
    ("matched", "evaluable", "sure"), [(3, 3, True), (2, 2, False), (6, 10, True), (5, 10, False), (3, 6, False), (0, 0, False)]
)
def test_when_a_formula_is_established(matched: int, evaluable: int, sure: bool) -> None:
    assert established(Formula(basis="annual", rounding="half_up", matched=matched, evaluable=evaluable)) is sure


QUARTERS = st.tuples(*[st.integers(1, 500)] * 4)


@given(st.lists(st.tuples(QUARTERS, st.integers(0, 2000)), min_size=3, max_size=12), st.sampled_from(list(ROUNDINGS)), st.integers(0, 2))
def test_a_document_that_keeps_to_its_formula_is_always_reproduced(
    rows: list[tuple[tuple[int, ...], int]], rounding: str, decimals: int
) -> None:
    given_rows = [
        row(n, q, actual, rounded(actual, q[0] + q[1], decimals, rounding), decimals=decimals) for n, (q, actual) in enumerate(rows, 1)
    ]
    found = find_formula(published(given_rows))
    assert found is not None and found.matched == found.evaluable == len(rows)
    assert [f for f in evaluate_plan(plan(given_rows), select=["ARI002"]).findings if f.outcome == "fails"] == []


@given(st.lists(st.tuples(QUARTERS, st.integers(1, 2000)), min_size=5, max_size=10), st.integers(0, 4), st.sampled_from([-7, -2, 2, 11]))
def test_a_row_that_deviates_is_found(rows: list[tuple[tuple[int, ...], int]], which: int, off: int) -> None:
    """Whatever the others print: a percentage some points off its row is said."""
    wanted = [rounded(actual, q[0] + q[1], 0, "half_up") for q, actual in rows]
    printed = [p + off * (n == which) for n, p in enumerate(wanted)]
    found = evaluate_plan(plan([row(n, q, actual, printed[n - 1]) for n, (q, actual) in enumerate(rows, 1)]), select=["ARI002"])
    formula = found.formula
    assert formula is not None and formula.matched >= len(rows) - 1
    if formula.basis == "cumulative" and formula.rounding == "half_up" and formula.cap is None:
        (finding,) = found.findings
        assert finding.sequence == which + 1
        if finding.outcome == "fails":
            assert finding.published == f"{printed[which]:g}"
            assert finding.expected.startswith(f"{wanted[which]:g} ")
        else:  # it happens to be target / actual
            assert printed[which] == rounded(rows[which][0][0] + rows[which][0][1], rows[which][1], 0, "half_up")


def scores(rows: Sequence[Indicator], scope: str, sections: Sequence[Section] = ()) -> dict[str, ScoreRow]:
    return {s.id: s for s in evaluate_plan(plan(rows, sections)).scorecard if s.scope == scope}


FOLLOW_UP = [
    row(1, (2, 2, 2, 2), 4, 100, observation="bien", observable=True, lead_unit="Ventas", lead_unit_id="ventas"),
    row(2, (2, 2, 2, 2), 6, 150, observable=True, lead_unit="VENTAS", lead_unit_id="ventas"),
    row(3, (2, 2, 2, 2), 1, 25, observation="tarde", observable=True, lead_unit="Legal", lead_unit_id="legal", section=2),
    row(4, (2, 2, 2, 2), 0, 0, observable=True, lead_unit="Legal", lead_unit_id="legal", section=2),
    row(5, (None, None, 2, 2), None, 0, observable=True, objective_id="oe1", objective="OE1"),
    row(6, (2, 2, 2, 2), None, None, observable=True, section=2),
    row(7, (2, 2, 2, 2), 4, 100, observable=True, restated=True),
    row(8, (2, 2, 2, 2), 4, 100, observable=True, kind=Kind.TOTAL),
    row(9, (None, None, None, None), None, None, observable=True, kind=Kind.HEADING),
]


def test_counts_of_a_follow_up() -> None:
    (found,) = scores(FOLLOW_UP, "document").values()
    assert (found.id, found.label) == ("doc", "Título")
    assert (found.rows, found.with_target, found.with_actual, found.with_observation) == (6, 6, 4, 2)
    assert (found.met, found.partly, found.not_met, found.not_due, found.not_evaluable) == (2, 1, 1, 1, 1)
    assert found.mean_percent == 68.75  # of 100, 150, 25 and 0: what was not due does not count


def test_execution_by_every_standard_formula() -> None:
    (found,) = scores(FOLLOW_UP, "document").values()
    assert (found.execution_cumulative, found.execution_cumulative_capped) == (68.75, 56.25)  # of 100, 150, 25 and 0
    assert (found.execution_annual, found.execution_annual_capped) == (34.38, 34.38)  # of 4, 6, 1 and 0 of 8
    assert (found.execution_period, found.execution_period_capped) == (None, None)  # no half-year target is printed
    assert found.share_with_observation == 33.33


def test_the_year_is_held_against_the_year_so_far_where_a_quarter_stands_beside_it() -> None:
    third = Period(7, 9)
    both = row(1, (2, 2, 2, 2), 1, None, reported=third)
    both = both.model_copy(update={"measures": (*both.measures, measure(MeasureKind.ACTUAL, Period(1, 9), 5))})
    alone = row(2, (2, 2, 2, 2), 2, None, reported=third)
    (found,) = scores([both], "document").values()
    assert (found.execution_annual, found.execution_period, found.execution_cumulative) == (62.5, 50, 83.33)  # 5 of 8, 1 of 2, 5 of 6
    (found,) = scores([alone], "document").values()
    assert (found.execution_annual, found.execution_period) == (25, 100)


def test_counts_by_unit_objective_and_section() -> None:
    units = scores(FOLLOW_UP, "unit")
    assert {u: (s.rows, s.met, s.partly, s.not_met) for u, s in units.items()} == {"ventas": (2, 2, 0, 0), "legal": (2, 0, 1, 1)}
    assert units["ventas"].label == "Ventas"
    assert {o: s.rows for o, s in scores(FOLLOW_UP, "objective").items()} == {"oe1": 1}
    assert scores(FOLLOW_UP, "section") == {}  # one section is the document
    sections = scores(FOLLOW_UP, "section", [Section(number=1, title="Uno"), Section(number=2)])
    assert {n: (s.rows, s.label) for n, s in sections.items()} == {"1": (3, "Uno"), "2": (3, "Legal")}


def test_groups_add_up_to_the_document() -> None:
    whole = scores(FOLLOW_UP, "document")["doc"]
    parts = scores(FOLLOW_UP, "section", [Section(number=1), Section(number=2)]).values()
    for name in ("rows", "with_target", "with_actual", "met", "partly", "not_met", "not_due", "not_evaluable", "with_observation"):
        assert sum(getattr(p, name) for p in parts) == getattr(whole, name), name


def test_what_is_better_when_less_is_met_by_less() -> None:
    """By its own formula where the rows show one; else by standing at the target or below."""
    year = Period(1, 12)
    known = [(10, 12.5, 80), (20, 16, 125), (30, 40, 75)]
    rows = [
        row(n, (t, 0, 0, 0), actual, percent, reported=year, target=t, direction="decrease")
        for n, (t, actual, percent) in enumerate(known, 1)
    ]
    (found,) = scores(rows, "document").values()
    assert (found.met, found.partly) == (1, 2)
    (found,) = scores(rows[:2], "document").values()
    assert (found.met, found.partly) == (1, 1)


def test_a_plan_without_results_has_no_results() -> None:
    measures = (measure(MeasureKind.TARGET, YEAR, 4), *(measure(MeasureKind.TARGET, Period(3 * n + 1, 3 * n + 3), 1) for n in range(4)))
    only = Indicator(sequence=1, section=1, kind=Kind.ACTION, measures=measures)
    (found,) = scores([only], "document").values()
    assert (found.rows, found.with_target) == (1, 1)
    assert (found.with_actual, found.met, found.not_due, found.mean_percent, found.with_observation) == (None,) * 5


def test_rules_are_counted() -> None:
    rules = scores(FOLLOW_UP, "rule")
    assert (rules["ARI001"].holds, rules["ARI001"].fails, rules["ARI001"].cannot_evaluate) == (7, 0, 0)
    assert (rules["CLA001"].cannot_evaluate, rules["CLA001"].holds) == (1, 0) and "clases" in rules["CLA001"].reason
    assert all((s.holds or 0) + (s.fails or 0) + (s.cannot_evaluate or 0) > 0 and s.label for s in rules.values())
