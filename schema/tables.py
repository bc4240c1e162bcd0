"""The CSV tables of the contract: their columns, types and meaning, and the rows that a plan gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from .by_row import by_row
from .finding import Evaluation
from .plan import Indicator, Measure, Plan
from .quantity import Quantity

Value = str | int | float | Decimal | bool | date | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column: name, type (``text``, ``integer``, ``number``, ``boolean``, ``date``), and how a row gives it."""

    name: str
    type: str
    get: Callable[[Any], Value]


def _place(of: str, box: bool = False) -> list[Field]:
    """``of`` is where a record has the place."""
    fields = _of(of, "integer", "page", "line")
    return fields + _of(of, "number", "x0", "top", "x1", "bottom") if box else fields


def _of(path: str, kind: str, *names: str) -> list[Field]:
    return [Field(n, kind, attrgetter(f"{path}.{n}")) for n in names]


def _row(kind: str, *names: str) -> list[Field]:
    return _of("row", kind, *names)


def _value(quantity: Quantity | None) -> Decimal | None:
    """The number with as many decimals as are printed: 873.60 stays 873.60."""
    if quantity is None or quantity.value is None:
        return None
    return Decimal(repr(quantity.value)).quantize(_last_place(quantity.decimals), context=_EVERY_DIGIT)


_EVERY_DIGIT = Context(prec=350)
"""Room for the largest number of the machine and its decimals; the usual 28 digits are refused where a number has more."""


@cache
def _last_place(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def _quarter(n: int) -> Field:
    return Field(f"target_q{n}", "number", lambda r: _value(_quarters(r.row)[n - 1]))


@by_row
def _quarters(row: Indicator) -> tuple[Quantity | None, ...]:
    return row.quarter_targets


def _operator(row: Indicator) -> str | None:
    target = row.period_target or row.annual_target
    return target.operator if target is not None and target.value is not None else None


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table with the plan that it belongs to."""

    plan: Plan
    row: Any
    measure: Measure | None = None


_DOCUMENT = Field("document", "text", attrgetter("plan.document.name"))

INDICATORS = [
    _DOCUMENT,
    *_row("integer", "sequence", "section"),
    *_row("text", "kind"),
    *_row("boolean", "restated"),
    *_row("text", "objective_code", "objective", "parent_code", "code", "code_printed", "name"),
    *_row("text", "lead_unit", "responsible_unit", "unit_of_measure"),
    Field("annual_target", "number", lambda r: _value(r.row.annual_target)),
    *(_quarter(n) for n in (1, 2, 3, 4)),
    *_row("date", "period_start", "period_end"),
    Field("period_target", "number", lambda r: _value(r.row.period_target)),
    Field("target_operator", "text", lambda r: _operator(r.row)),
    Field("actual", "number", lambda r: _value(r.row.actual)),
    Field("percent_published", "number", lambda r: _value(r.row.percent)),
    *_row("text", "class_published", "direction", "frequency", "observation"),
    *_row("boolean", "redacted"),
    *_place("row.place"),
    *_of("plan.document", "text", "institution"),
    *_of("plan.document", "integer", "year"),
    *_row("text", "objective_id", "lead_unit_id", "responsible_unit_id", "unit_code", "confidence"),
]

MEASURES = [
    _DOCUMENT,
    *_row("integer", "sequence"),
    *_of("measure", "text", "measure"),
    *_of("measure", "date", "period_start", "period_end"),
    *_of("measure", "text", "basis"),
    Field("value", "number", lambda r: _value(r.measure.quantity)),
    *_of("measure.quantity", "text", "printed"),
    *_of("measure", "text", "unit"),
    Field("operator", "text", lambda r: r.measure.quantity.operator if r.measure.quantity.value is not None else None),
    *_of("measure.quantity", "text", "state"),
    *_place("measure.quantity.place", box=True),
]

PROJECTS = [
    _DOCUMENT,
    *_row("integer", "sequence"),
    *_row("text", "name"),
    Field("objectives", "text", lambda r: " | ".join(r.row.objectives)),
    Field("expected_results", "text", lambda r: " | ".join(r.row.expected_results)),
    *_row("date", "start", "end"),
    *_row("boolean", "open_ended"),
    *_place("row.place"),
]

REDACTIONS = [
    _DOCUMENT,
    *_row("integer", "sequence"),
    *_row("text", "kind", "reason_stated", "legal_basis", "scope"),
    *_place("row.place", box=True),
]

CLAIMS = [
    _DOCUMENT,
    *_row("integer", "sequence"),
    *_row("text", "scope", "text", "quantity", "published", "recomputed", "outcome"),
    *_place("row.place"),
]

FINDINGS = [
    _DOCUMENT,
    *_row("text", "finding", "rule", "severity", "outcome"),
    *_row("integer", "sequence"),
    *_row("text", "code", "message", "published", "expected"),
    *_place("row.place"),
    *_row("text", "evidence"),
]

SCORECARD = [
    _DOCUMENT,
    *_row("text", "scope", "id", "label"),
    *_row("integer", "rows", "with_target", "with_actual", "met", "partly", "not_met", "not_due", "not_evaluable", "with_observation"),
    *_row("number", "share_with_observation", "mean_percent", "execution_annual", "execution_annual_capped"),
    *_row("number", "execution_period", "execution_period_capped", "execution_cumulative", "execution_cumulative_capped"),
    *_row("integer", "holds", "fails", "cannot_evaluate"),
    *_row("text", "reason"),
]

TABLES: dict[str, list[Field]] = {
    "indicators": INDICATORS,
    "measures": MEASURES,
    "projects": PROJECTS,
    "claims": CLAIMS,
    "redactions": REDACTIONS,
    "findings": FINDINGS,
    "scorecard": SCORECARD,
}


PRINTED = frozenset({"annual_target", *(f"target_q{n}" for n in (1, 2, 3, 4)), "period_target", "actual", "percent_published", "value"})
"""The columns of numbers that keep the decimals that are printed (Decimal); the others are doubles."""


def records(plan: Plan, evaluation: Evaluation | None = None) -> dict[str, Iterator[Record]]:
    """The rows of every table, in order, as records that the fields of ``TABLES`` read; each table is to be gone through once."""
    said = evaluation or Evaluation()
    own: dict[str, Iterable[Any]] = {
        "indicators": plan.indicators,
        "projects": plan.projects,
        "claims": said.claims,
        "redactions": plan.redactions,
        "findings": said.findings,
        "scorecard": said.scorecard,
    }
    return {name: _records(plan, own[name]) if name in own else (r for i in plan.indicators for r in measures(plan, i)) for name in TABLES}


def _records(plan: Plan, rows: Iterable[Any]) -> Iterator[Record]:
    return (Record(plan, row) for row in rows)


def measures(plan: Plan, row: Indicator) -> list[Record]:
    """The records of the figures of one row."""
    return [Record(plan, row, m) for m in _all_measures(row)]


def _all_measures(row: Indicator) -> list[Measure]:
    """The figures of a row, its money behind them, and its class as one more measure."""
    from .plan import MeasureKind
    from .quantity import State

    if not row.class_published:
        return [*row.measures, *row.money]
    quantity = Quantity(printed=row.class_published, state=State.VALUE, place=row.place)
    own = Measure(
        measure=MeasureKind.CLASS, months=row.reported_months, period_start=row.period_start, period_end=row.period_end, quantity=quantity
    )
    return [*row.measures, *row.money, own]


def columns(name: str, found: Iterable[Record]) -> list[Iterator[Value]]:
    """The values of a table, field by field, each in the order of the rows."""
    there = list(found)
    return [map(f.get, there) for f in TABLES[name]]


def rows(name: str, found: Iterable[Record]) -> Iterator[tuple[Value, ...]]:
    """The values of a table, row by row, in the order of its fields."""
    return zip(*columns(name, found), strict=True)


def written(value: Value) -> str:
    """A value as CSV text: ISO dates, ``.`` decimals, true/false, empty for no value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    return value.isoformat() if isinstance(value, date) else str(value)
