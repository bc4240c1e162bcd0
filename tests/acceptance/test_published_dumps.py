"""The five published dumps through the command line: counts, sums, hand-made truth, formulas, and the same bytes twice."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

Veedor = Callable[..., subprocess.CompletedProcess[str]]
Rows = list[dict[str, str]]

NAMES = {
    "000": "000_05d6eea9010ff234",
    "001": "001_a559339e07b05a10",
    "002": "002_f44dc0e7fbd2689f",
    "003": "003_e244c78ae46eeeef",
    "004": "004_9a59c91882e1794f",
}
TABLES = ["indicators", "measures", "projects", "claims", "redactions", "findings", "scorecard"]
STABLE = [*(f"{t}.csv" for t in TABLES), "plan.json"]


@pytest.fixture(scope="module")
def dumps(shared: Path) -> Path:
    folder = shared / "dumps"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    return folder


@dataclass(frozen=True)
class Runs:
    """The folder of results of two runs, one over the other, and what the first one had written."""

    folder: Path
    first: dict[str, bytes]

    def files(self) -> dict[str, bytes]:
        return {f"{d}/{n}": (self.folder / d / n).read_bytes() for d in NAMES.values() for n in STABLE}


@pytest.fixture(scope="module")
def runs(dumps: Path, veedor: Veedor, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    runs = Runs(tmp_path_factory.mktemp("out"), {})
    for jobs in ("2", "1"):
        done = veedor("run", dumps, "--out", runs.folder, "--jobs", jobs)
        assert done.returncode == 0, done.stderr
        if not runs.first:
            runs.first.update(runs.files())
            shutil.rmtree(runs.folder / NAMES["002"])  # one is written anew, the others are replaced
    return runs


@pytest.fixture(scope="module")
def evaluations(runs: Runs, veedor: Veedor) -> dict[str, dict[str, Any]]:
    """What ``veedor evaluate`` says of the stored plans, by the document's number."""
    done = veedor("evaluate", "--format", "json", *(runs.folder / name / "plan.json" for name in NAMES.values()))
    assert done.returncode == 0, done.stderr
    return {d["document"][:3]: d for d in json.loads(done.stdout)["documents"]}


@pytest.fixture(scope="module")
def of(runs: Runs, table: Callable[[Path], Rows]) -> Callable[[str, str], Rows]:
    """The rows of one table of one document: ``of("000", "indicators")``."""
    return lambda number, name: table(runs.folder / NAMES[number] / f"{name}.csv")


def total(rows: Rows, column: str) -> Decimal:
    return sum((Decimal(r[column]) for r in rows if r[column]), Decimal(0))


@pytest.mark.parametrize(
    ("number", "kinds"),
    [
        ("000", {("action", "false"): 181}),
        ("001", {("action", "false"): 112, ("heading", "false"): 46}),
        ("002", {("action", "false"): 17, ("heading", "false"): 5}),
        ("003", {("product", "false"): 42}),
        ("004", {("result_indicator", "false"): 28, ("production_indicator", "false"): 114, ("indicator", "true"): 27}),
    ],
)
def test_rows_by_kind(of: Callable[[str, str], Rows], number: str, kinds: dict[tuple[str, str], int]) -> None:
    rows = of(number, "indicators")
    assert Counter((r["kind"], r["restated"]) for r in rows) == kinds
    assert [int(r["sequence"]) for r in rows] == list(range(1, len(rows) + 1))


@pytest.mark.parametrize(("number", "projects", "redactions"), [("000", 0, 0), ("001", 0, 0), ("002", 0, 0), ("003", 6, 0), ("004", 0, 17)])
def test_projects_and_redactions(of: Callable[[str, str], Rows], number: str, projects: int, redactions: int) -> None:
    assert (len(of(number, "projects")), len(of(number, "redactions"))) == (projects, redactions)


@pytest.mark.parametrize(
    ("number", "kind", "sums"),
    [
        (
            "000",
            "action",
            {
                "annual_target": "37817",
                "target_q1": "9688",
                "target_q2": "9405",
                "target_q3": "9455",
                "target_q4": "9269",
                "actual": "19489.7",
                "percent_published": "16409",
            },
        ),
        ("001", "action", {"target_q1": "7500120", "target_q2": "7501423.5", "target_q3": "7501422", "target_q4": "7501353.5"}),
        ("002", "action", {"actual": "16"}),
        ("004", "production_indicator", {"period_target": "19651192", "actual": "20438435", "percent_published": "12007.3"}),
    ],
)
def test_column_sums(of: Callable[[str, str], Rows], number: str, kind: str, sums: dict[str, str]) -> None:
    rows = [r for r in of(number, "indicators") if r["kind"] == kind]
    assert {column: total(rows, column) for column in sums} == {column: Decimal(value) for column, value in sums.items()}


def test_one_row_of_the_plan_of_2018_is_ambiguous(of: Callable[[str, str], Rows]) -> None:
    assert Counter(r["confidence"] for r in of("001", "indicators") if r["kind"] == "action") == {"checked": 111, "ambiguous": 1}


def test_what_the_year_is_sure_of_adds_up(of: Callable[[str, str], Rows]) -> None:
    """Of the plan of 2018 every row but the ambiguous one has quarters that give its year."""
    sure = [r for r in of("001", "indicators") if r["confidence"] == "checked"]
    quarters = ("target_q1", "target_q2", "target_q3", "target_q4")
    assert sure
    assert [r["code"] for r in sure if sum(Decimal(r[q] or 0) for q in quarters) != Decimal(r["annual_target"])] == []


@pytest.mark.parametrize("number", ["002", "003"])
def test_every_cell_of_the_hand_made_rows(of: Callable[[str, str], Rows], shared: Path, number: str) -> None:
    with (shared / "gold" / f"{NAMES[number]}.indicators.csv").open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file))
    columns = [c for c in gold[0] if any(r[c] for r in gold)]  # a column that is empty throughout was not filled by hand
    assert len(columns) > 10
    found = of(number, "indicators")
    assert len(found) == len(gold)
    wrong = [(g["sequence"], c, g[c], f[c]) for g, f in zip(gold, found, strict=True) for c in columns if f[c] != g[c]]
    assert wrong == []


def test_projects_equal_the_hand_made_ones(of: Callable[[str, str], Rows], shared: Path) -> None:
    with (shared / "gold" / f"{NAMES['003']}.projects-raw.csv").open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file))
    # An end that is no date is an end that is open; the raw file keeps its word.
    wanted = [
        {
            **{c: g[c] for c in ("name", "objectives", "expected_results", "start")},
            "end": g["end"] if g["end"][:1].isdigit() else "",
            "open_ended": "false" if g["end"][:1].isdigit() else "true",
            "line": g["source_line"],
        }
        for g in gold
    ]
    assert [{c: r[c] for c in wanted[0]} for r in of("003", "projects")] == wanted
    assert {w["open_ended"] for w in wanted} == {"true", "false"}


@pytest.mark.parametrize(
    ("number", "formula"),
    [
        ("000", {"basis": "cumulative", "rounding": "half_up", "cap": None, "matched": 162, "evaluable": 162}),
        ("002", {"basis": "annual", "rounding": "half_up", "cap": None, "matched": 17, "evaluable": 17}),
        ("004", {"basis": "period", "rounding": "half_up", "cap": None, "matched": 139, "evaluable": 139}),
    ],
)
def test_formula_of_the_percentages(evaluations: dict[str, dict[str, Any]], number: str, formula: dict[str, Any]) -> None:
    found = evaluations[number]["formula"]
    assert {key: found.get(key) for key in formula} == formula


@pytest.mark.parametrize("number", ["001", "003"])
def test_a_plan_has_no_formula(evaluations: dict[str, dict[str, Any]], number: str) -> None:
    assert "formula" not in evaluations[number]


def test_class_limits_are_the_documents_own(evaluations: dict[str, dict[str, Any]]) -> None:
    evaluation = evaluations["004"]
    assert evaluation["limits_source"] == "document"
    (counts,) = [s for s in evaluation["scorecard"] if s["id"] == "CLA001"]
    assert counts["fails"] == 0
    assert counts["holds"] >= 114  # every production row is classed, and those rows have figures


@pytest.mark.parametrize("number", list(NAMES))
def test_what_is_right_stays_silent(of: Callable[[str, str], Rows], number: str) -> None:
    fails = Counter(f["rule"] for f in of(number, "findings") if f["outcome"] == "fails")
    assert {rule: n for rule, n in fails.items() if rule in ("ARI001", "ARI002", "CLA001")} == {}


@pytest.mark.parametrize(("number", "rules"), [("000", {"ARI001": 181, "ARI002": 162}), ("002", {"ARI001": 17}), ("004", {"ARI002": 139})])
def test_silence_is_not_for_want_of_checking(evaluations: dict[str, dict[str, Any]], number: str, rules: dict[str, int]) -> None:
    holds = {s["id"]: s["holds"] for s in evaluations[number]["scorecard"] if s["scope"] == "rule"}
    assert {rule: holds[rule] for rule in rules if holds[rule] < rules[rule]} == {}


def test_redactions_have_their_place(of: Callable[[str, str], Rows], dumps: Path) -> None:
    lines = (dumps / f"{NAMES['004']}.txt").read_text("utf-8").split("\n")
    marked = [n for n, line in enumerate(lines, 1) for _ in range(line.casefold().count("[redacted"))]
    assert [int(r["line"]) for r in of("004", "redactions")] == marked


@pytest.mark.parametrize("number", ["000", "001", "002", "004"])
def test_the_line_of_a_row_is_where_its_name_is_printed(of: Callable[[str, str], Rows], dumps: Path, number: str) -> None:
    """003 prints some names apart from their values; its lines are checked against the hand-made rows."""
    lines = (dumps / f"{NAMES[number]}.txt").read_text("utf-8").split("\n")
    rows = [(r, (r["code_printed"] or r["name"]).split()[0]) for r in of(number, "indicators")]
    assert [(r["sequence"], r["line"], word) for r, word in rows if word not in lines[int(r["line"]) - 1]] == []


@pytest.mark.parametrize("number", list(NAMES))
def test_every_value_has_a_place(of: Callable[[str, str], Rows], number: str) -> None:
    without = {
        n: sum(1 for r in of(number, n) if not (r["line"] or r["page"])) for n in ("indicators", "measures", "projects", "redactions")
    }
    assert without == {"indicators": 0, "measures": 0, "projects": 0, "redactions": 0}


def test_running_again_changes_no_byte(runs: Runs) -> None:
    second = runs.files()
    assert [name for name in runs.first if runs.first[name] != second[name]] == []
    assert all(second.values())


def test_plans_follow_the_printed_schema(runs: Runs, veedor: Veedor) -> None:
    schema = json.loads(veedor("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for name in NAMES.values():
        plan = json.loads((runs.folder / name / "plan.json").read_text("utf-8"))
        assert next(validator.iter_errors(plan), None) is None, name
        assert plan["indicators"], name
    assert not validator.is_valid({"document": {"name": "x"}, "indicators": [{"sequence": "one"}]})


def test_summary_counts_what_the_tables_hold(runs: Runs, of: Callable[[str, str], Rows]) -> None:
    summary = json.loads((runs.folder / "summary.json").read_text("utf-8"))["documents"]
    assert [d["document"] for d in summary] == list(NAMES.values())
    for d in summary:
        number = d["document"][:3]
        assert d["status"] == "done" and d["reason"] is None
        assert d["indicators"] == len(of(number, "indicators"))
        severities = Counter(f["severity"] for f in of(number, "findings"))
        assert d["findings"] == {level: severities[level] for level in ("error", "warning", "note")}
