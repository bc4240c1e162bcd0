"""The words that rooms share: texts in two languages, safe printing, errors that travel between processes, the plan as JSON."""

from __future__ import annotations

import json
import pickle
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from veedor.schema.errors import DocumentError, ExitCode, Reason
from veedor.schema.finding import Evaluation
from veedor.schema.language import Count, Text, number, printable
from veedor.schema.place import Place
from veedor.schema.plan import Basis, Document, Indicator, Kind, Measure, MeasureKind, Plan
from veedor.schema.quantity import Quantity, State
from veedor.schema.tables import TABLES, records

HOSTILE = "a\x1b[31mb\u202ec\u2066d\x00e\nf\ud800g\u2028h"


def test_text_in_two_languages() -> None:
    text = Text("{n} filas", "{n} rows").format(n=3)
    assert (text.get("es"), text.get("en")) == ("3 filas", "3 rows")


@pytest.mark.parametrize(("n", "es", "en"), [(0, "0 filas", "0 rows"), (1, "1 fila", "1 row"), (2, "2 filas", "2 rows")])
def test_a_number_brings_its_noun(n: int, es: str, en: str) -> None:
    said = Text("{n:fila|filas}", "{n:row|rows}").format(n=n)
    assert (said.es, said.en) == (es, en)
    assert f"{Count(n):03d}" == f"{n:03d}" and f"{Count(n)}" == str(n)


def test_printable_takes_out_what_a_terminal_would_obey() -> None:
    clean = printable(HOSTILE)
    assert clean.isprintable()
    assert [c for c in clean if c in "abcdefgh"] == list("abcdefgh")


@given(st.text(max_size=400), st.integers(2, 50))
def test_printable_is_short_and_harmless(text: str, limit: int) -> None:
    clean = printable(text, limit)
    assert len(clean) <= limit
    assert not [c for c in clean if c in "\x1b\x00\n\r\u202e\u2066\u2028"]
    assert len(text) <= limit or (clean.endswith("…") and len(clean) == limit)
    assert len(text) > limit or len(clean) == len(text)


@pytest.mark.parametrize(
    ("value", "text"), [(1, "1"), (0.5, "0.5"), (1e6, "1000000"), (1 / 3, "0.333333"), (-2.50, "-2.5"), (0.0000001, "0")]
)
def test_figures_as_a_person_writes_them(value: float, text: str) -> None:
    assert number(value) == text


def test_errors_travel_between_processes() -> None:
    error = DocumentError(Reason.EMPTY, Text("vacío", "empty"))
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, DocumentError)
    assert (again.reason, again.text, str(again)) == (Reason.EMPTY, error.text, "vacío")


def test_codes_of_the_contract() -> None:
    """Other programs rely on these."""
    assert {int(c) for c in ExitCode} == {0, 2, 3, 4, 5, 130}
    reasons = ["not-a-document", "empty", "encrypted", "damaged", "too-large", "too-many-pages", "timeout", "out-of-memory", "no-tables"]
    assert {r.value for r in Reason} == {*reasons, "unsupported"}
    assert [s.value for s in State] == ["value", "zero", "blank", "not_programmed", "not_reported", "illegible", "redacted", "ambiguous"]
    assert [k.value for k in Kind] == ["heading", "action", "result_indicator", "production_indicator", "indicator", "product", "total"]
    assert [m.value for m in MeasureKind] == ["target", "actual", "percent", "class", "weight", "baseline", "weighted"]


def quarter(n: int, value: float | None, **fields: Any) -> Measure:
    quantity = Quantity(value=value, state=State.BLANK if value is None else State.VALUE, place=Place(line=3))
    return Measure(measure=MeasureKind.TARGET, months=(3 * n - 2, 3 * n), quantity=quantity, **fields)


def reporting(kind: MeasureKind, months: tuple[int, int], value: float) -> Measure:
    return Measure(measure=kind, months=months, quantity=Quantity(value=value, state=State.VALUE))


ANNUAL = Measure(measure=MeasureKind.TARGET, months=(1, 12), basis=Basis.ANNUAL, quantity=Quantity(value=10, state=State.VALUE))
ROW = Indicator(
    sequence=1,
    section=1,
    kind=Kind.ACTION,
    name="ñandú « »",
    measures=(
        ANNUAL,
        quarter(1, 1),
        quarter(2, None),
        quarter(4, 4),
        reporting(MeasureKind.ACTUAL, (1, 3), 1),
        reporting(MeasureKind.ACTUAL, (1, 6), 2),
        reporting(MeasureKind.PERCENT, (1, 6), 40),
    ),
    reported_months=(1, 6),
)


def values(quantities: tuple[Quantity | None, ...]) -> list[float | str | None]:
    return ["no column" if q is None else q.value for q in quantities]


def test_figures_of_a_row() -> None:
    assert ROW.annual_target is not None and ROW.annual_target.value == 10
    assert values(ROW.quarter_targets) == [1, None, "no column", 4]
    assert values((ROW.actual, ROW.percent, ROW.period_target)) == [2, 40, "no column"]
    empty = Indicator(sequence=1, section=1, kind=Kind.ACTION)
    assert values((*empty.quarter_targets, empty.annual_target, empty.actual, empty.percent, empty.period_target)) == ["no column"] * 8


def test_the_target_of_the_reported_period() -> None:
    own = ROW.model_copy(update={"measures": (*ROW.measures, reporting(MeasureKind.TARGET, (1, 6), 5))})
    assert values((own.period_target,)) == [5]


def test_only_a_figure_without_doubt_is_known() -> None:
    known = {s for s in State if Quantity(value=1, state=s).known}
    assert known == {State.VALUE, State.ZERO}
    assert not Quantity(state=State.VALUE).known


PLAN = Plan(document=Document(name="x", year=2022, period_start=date(2022, 1, 1)), indicators=(ROW,))


def test_a_plan_comes_back_from_json() -> None:
    text = PLAN.model_dump_json(exclude_none=True)
    assert Plan.model_validate_json(text) == PLAN
    assert Plan.model_validate_json(text).model_dump_json(exclude_none=True) == text


def test_the_json_schema_takes_plans_and_refuses_others() -> None:
    validator = jsonschema.Draft202012Validator(Plan.model_json_schema(mode="serialization"))
    data = json.loads(PLAN.model_dump_json(exclude_none=True))
    assert validator.is_valid(data)
    for wrong in (
        {**data, "extra": 1},
        {**data, "indicators": [{"sequence": 1}]},
        {"indicators": []},
        {**data, "indicators": [{**data["indicators"][0], "kind": "x"}]},
    ):
        assert not validator.is_valid(wrong)


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"kind": "other"},
        {"sequence": "one"},
        {"measures": [{"measure": "target", "quantity": {"value": float("nan")}}]},
        {"measures": [{"measure": "target", "quantity": {"value": float("inf")}}]},
        {"measures": [{"measure": "target", "quantity": {"state": "maybe"}}]},
    ],
)
def test_rows_of_another_form_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Indicator.model_validate({"sequence": 1, "section": 1, "kind": "action", **change})


def test_rows_do_not_change() -> None:
    with pytest.raises(ValidationError):
        ROW.name = "otro"  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("months", [(0, 3), (1, 13), (4, 3), (1, 10**19)])
def test_the_months_of_a_figure_are_months_in_their_order(months: tuple[int, int]) -> None:
    with pytest.raises(ValidationError):
        Measure(MeasureKind.TARGET, Quantity(value=1.0, state=State.VALUE), months)


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 30))
def test_every_figure_that_there_can_be_is_written(value: float, decimals: int) -> None:
    quantity = Quantity(value=value, state=State.VALUE, decimals=decimals)
    row = Indicator(sequence=1, section=1, kind=Kind.ACTION, measures=(Measure(MeasureKind.ACTUAL, quantity),))
    [column] = [f for f in TABLES["measures"] if f.name == "value"]
    plan = Plan(document=Document(name="x"), indicators=(row,))
    [written] = [column.get(r) for r in records(plan, Evaluation())["measures"]]
    assert isinstance(written, Decimal) and written.as_tuple().exponent == -decimals
    assert abs(Fraction(written) - Fraction(repr(value))) <= Fraction(1, 2 * 10**decimals)
