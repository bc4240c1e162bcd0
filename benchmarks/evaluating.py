"""Prints, as JSON, the processor seconds to evaluate so many synthetic rows, and those pandas needs for the same sums and percentages."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable

import pandas

from veedor.evaluate.evaluating import evaluate_plan
from veedor.schema.plan import Basis, Document, Indicator, Kind, Measure, MeasureKind, Plan, Section
from veedor.schema.quantity import Quantity, State

RUNS = 3
ENOUGH = 10.0  # seconds: a run that takes long tells enough in fewer times
_EVERY = 97  # one row in so many is wrong, so that findings are made too
_SECTION = 250


def plan(rows: int) -> Plan:
    """A follow-up to June: quarters, year, actual, percentage, class and code on every row, in sections of one unit each."""
    return Plan(
        document=Document(name="synthetic", year=2023, title="Seguimiento"),
        sections=tuple(Section(number=n, title=f"Unidad {n}") for n in range(1, rows // _SECTION + 2)),
        indicators=tuple(_row(n) for n in range(1, rows + 1)),
    )


def _row(number: int) -> Indicator:
    section, place = (number - 1) // _SECTION + 1, (number - 1) % _SECTION
    quarters = [number % 7 + 1, number % 5, number % 11, number % 3]
    due = quarters[0] + quarters[1]
    actual = due if number % 4 else max(due - 1, 0)
    percent = int(actual * 100 / due + 0.5)
    if number % _EVERY == 0:
        percent += 3
    code = f"AO.{place // 50 + 1}.{place % 50 + 1}"
    return Indicator(
        sequence=number,
        section=section,
        kind=Kind.ACTION,
        objective_code=f"OE{place // 50 + 1}",
        objective_id=f"oe-{place // 50 + 1}",
        parent_code=f"AE.{place // 10 + 1}",
        code=code,
        code_printed=f"{code}.",
        name=f"Elaborar el informe {number % 1000} de la unidad {section}",
        lead_unit=f"Unidad {section}",
        lead_unit_id=f"unidad-{section}",
        unit_of_measure="Informe",
        unit_code="report",
        observation="" if number % 3 else "Se remitió el informe.",
        observable=True,
        reported_months=(1, 6),
        measures=(
            _measure(MeasureKind.TARGET, 1, 12, sum(quarters), Basis.ANNUAL),
            *(_measure(MeasureKind.TARGET, 3 * n + 1, 3 * n + 3, value) for n, value in enumerate(quarters)),
            _measure(MeasureKind.ACTUAL, 1, 6, actual, Basis.CUMULATIVE),
            _measure(MeasureKind.PERCENT, 1, 6, percent, Basis.CUMULATIVE),
        ),
    )


def _measure(kind: MeasureKind, first: int, last: int, value: int, basis: Basis = Basis.PERIOD) -> Measure:
    quantity = Quantity(value=float(value), printed=str(value), state=State.VALUE if value else State.ZERO)
    return Measure(measure=kind, months=(first, last), basis=basis, quantity=quantity)


def frame(given: Plan) -> pandas.DataFrame:
    """The figures of a plan, as somebody without veedor would have them."""
    names = ("annual", "q1", "q2", "q3", "q4", "actual", "percent")
    return pandas.DataFrame([[m.quantity.value for m in row.measures] for row in given.indicators], columns=list(names))


def in_pandas(figures: pandas.DataFrame) -> int:
    """How many rows have quarters that do not make the year, or a percentage that is not that of the target to June."""
    wrong_sum = figures[["q1", "q2", "q3", "q4"]].sum(axis=1) != figures["annual"]
    expected = (figures["actual"] * 100 / (figures["q1"] + figures["q2"]) + 0.5) // 1
    return int((wrong_sum | (expected != figures["percent"])).sum())


def seconds(work: Callable[[], int]) -> tuple[float, int]:
    """The median processor seconds of a few runs, after one that is not counted unless it tells enough; and what the last one gave."""
    found: list[float] = []
    result = 0
    while len(found) <= RUNS and sum(found) < ENOUGH:
        started = time.process_time()
        result = work()
        found.append(time.process_time() - started)
    return statistics.median(found[1:] or found), result


def wrong(given: Plan) -> int:
    """How many sums and percentages veedor finds wrong."""
    return sum(1 for f in evaluate_plan(given).findings if f.outcome == "fails" and f.rule in ("ARI001", "ARI002"))


def measure(rows: int) -> dict[str, float]:
    """The seconds of each. Raises AssertionError where the two do not find the same wrong rows."""
    given = plan(rows)
    figures = frame(given)
    own, found = seconds(lambda: wrong(given))
    other, expected = seconds(lambda: in_pandas(figures))
    assert found == expected > 0, f"veedor finds {found}, pandas {expected}"
    return {"veedor": own, "pandas": other}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
