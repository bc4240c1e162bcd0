"""The contract's tables: their columns in order, how values are written, and the same tables as pandas frames."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas
import pytest

from veedor.corpus.outputs import table_texts
from veedor.evaluate.evaluating import evaluate_plan
from veedor.schema.plan import Plan
from veedor.schema.tables import TABLES, Value, records, rows, written

DUMP = (
    "POI 2022\n\nCódigo\tActividad\tUnidad de medida\tMeta anual\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\tREAL EN-JUN\t% EJECUCIÓN EN-JUN\n"
    "AO.1.1.\tCapacitar\tInforme\t4\t1\t1\t1\t1\t2\t100%\n"
    "AO.1.2.\tPagar\tUS$\t873.60\t\t873.60\t0\t\t436.8\t50.0%\n"
    "AO.1.3.\tCumplir\t%\t≥ 90%\t\t\t\t≥ 90%\t\t\n"
)


@pytest.fixture
def plan(plan_text: Callable[..., Plan]) -> Plan:
    return plan_text(DUMP)


def columns_of_the_contract(text: str, title: str) -> list[str]:
    """Column names of one table: from its Markdown table, else from the list that the text gives."""
    part = text.split(title, 1)[1].split("\n### ")[0].split("\n## ")[0]
    if listed := [row.split("|")[1] for row in part.split("\n") if row.startswith("|")][2:]:
        names: list[str] = []
        for cell in listed:
            for name in re.split(r",\s*", cell.strip()):
                if match := re.fullmatch(r"(\w+?)_q1…(\w+?)_q4", name):
                    assert match[1] == match[2]
                    names += [f"{match[1]}_q{n}" for n in range(1, 5)]
                else:
                    names.append(name)
        return names
    return names_in(part.split("`")[1])


def names_in(listed: str) -> list[str]:
    return [n for n in re.split(r"[,\s]+", re.sub(r"\([^)]*\)", "", listed)) if n]


@pytest.mark.parametrize("name", ["indicators", "measures", "findings", "projects", "claims", "redactions"])
def test_columns_are_those_of_the_contract_in_its_order(name: str, shared: Path) -> None:
    file = shared / "design" / "contract.md"
    if not file.is_file():
        pytest.skip(f"{file} is not there")
    text = file.read_text("utf-8")
    if name in ("projects", "claims", "redactions"):
        (listed,) = re.findall(rf"^{name}: `([^`]+)`", text, re.M)
        wanted = names_in(listed)
    else:
        wanted = columns_of_the_contract(text, f"### {name}.csv")
    assert len(wanted) >= 9
    assert [f.name for f in TABLES[name]] == wanted


def table(plan: Plan, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table_texts(plan, evaluate_plan(plan))[f"{name}.csv"])))


def test_indicators(plan: Plan) -> None:
    first, second, third = table(plan, "indicators")
    assert {k: first[k] for k in ("document", "sequence", "kind", "code", "code_printed", "unit_code", "year", "line", "page")} == {
        "document": "doc",
        "sequence": "1",
        "kind": "action",
        "code": "AO.1.1",
        "code_printed": "AO.1.1.",
        "unit_code": "report",
        "year": "2022",
        "line": "4",
        "page": "",
    }
    # Blank is empty, a printed zero is 0, and decimals are as printed.
    assert [second[f"target_q{n}"] for n in range(1, 5)] == ["", "873.60", "0", ""]
    assert (second["annual_target"], second["actual"], second["percent_published"]) == ("873.60", "436.8", "50.0")
    assert (first["target_operator"], third["target_operator"], third["annual_target"]) == ("=", ">=", "90")
    assert (first["restated"], first["redacted"]) == ("false", "false")
    assert (first["period_start"], first["period_end"]) == ("2022-01-01", "2022-06-30")


def test_measures_are_the_same_figures(plan: Plan) -> None:
    found = table(plan, "measures")
    assert len(found) == 3 * 7
    states = [(m["measure"], m["basis"], m["value"], m["printed"], m["state"]) for m in found if m["sequence"] == "2"]
    assert states == [
        ("target", "annual", "873.60", "873.60", "value"),
        ("target", "period", "", "", "not_programmed"),
        ("target", "period", "873.60", "873.60", "value"),
        ("target", "period", "0", "0", "zero"),
        ("target", "period", "", "", "not_programmed"),
        ("actual", "cumulative", "436.8", "436.8", "value"),
        ("percent", "cumulative", "50.0", "50.0%", "value"),
    ]
    assert {(m["operator"] == "") for m in found if not m["value"]} == {True}
    assert {m["unit"] for m in found if m["measure"] == "percent" and m["value"]} == {"P1"}


def test_a_class_is_one_more_measure(plan_text: Callable[..., Plan]) -> None:
    plan = plan_text("Indicador\tMeta\tResultado\tClasificación\nConsultas\t10\t6\tRegular\nPartos\t10\t4\tCrítico\n")
    found = [(m["sequence"], m["printed"], m["state"]) for m in table(plan, "measures") if m["measure"] == "class"]
    assert found == [("1", "regular", "value"), ("2", "critico", "value")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (3.0, "3"),
        (0.1, "0.1"),
        (Decimal("873.60"), "873.60"),
        (Decimal("1E+3"), "1000"),
        (date(2022, 1, 31), "2022-01-31"),
        ("texto", "texto"),
        ("", ""),
    ],
)
def test_values_as_text(value: Value, text: str) -> None:
    assert written(value) == text


def test_every_table_has_a_header_even_without_rows(plan: Plan) -> None:
    texts = table_texts(plan, evaluate_plan(plan))
    assert set(texts) == {f"{name}.csv" for name in TABLES}
    for name, fields in TABLES.items():
        assert texts[f"{name}.csv"].split("\n")[0] == ",".join(f.name for f in fields)
    assert texts["claims.csv"].count("\n") == 1


def test_frames_have_typed_columns(plan: Plan) -> None:
    frames = plan.to_frames()
    assert set(frames) == {"indicators", "measures", "projects", "redactions"}
    for name, frame in frames.items():
        assert list(frame.columns) == [f.name for f in TABLES[name]]
    indicators = frames["indicators"]
    assert indicators["annual_target"].tolist() == [4, 873.6, 90]
    assert pandas.isna(indicators["target_q1"][1]) and indicators["target_q3"][1] == 0
    assert indicators["period_end"][0] == pandas.Timestamp(2022, 6, 30)
    assert str(indicators["sequence"].dtype) == "Int64" and str(indicators["restated"].dtype) == "boolean"
    assert indicators["annual_target"].sum() == pytest.approx(967.6)
    assert len(frames["projects"]) == 0


def test_frames_hold_what_the_tables_hold(plan: Plan) -> None:
    found = records(plan)
    for name in ("indicators", "measures"):
        frame = plan.to_frames()[name]
        for number, values in enumerate(rows(name, found[name])):
            for field, value in zip(TABLES[name], values, strict=True):
                cell = frame[field.name][number]
                assert (
                    pandas.isna(cell)
                    if value is None
                    else cell
                    == (pandas.Timestamp(value) if isinstance(value, date) else float(value) if isinstance(value, Decimal) else value)
                )
