"""The example dumps that come with veedor against the truth that was worked out apart from it (expected.yaml)."""

from __future__ import annotations

import csv
import importlib.util
import io
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from veedor.corpus.outputs import table_texts
from veedor.corpus.walk import read
from veedor.evaluate.engine import catalogue
from veedor.evaluate.evaluating import evaluate_plan
from veedor.schema.finding import Evaluation, Outcome
from veedor.schema.plan import Indicator, MeasureKind, Plan

FOLDER = Path(__file__).resolve().parents[2] / "corpus" / "samples"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "expected.yaml").read_text("utf-8"))
NAMES = [name for name in EXPECTED if (FOLDER / f"{name}.txt").exists()]
# Rules that are not there yet. When one arrives, the ``must`` findings of its family are judged, and it leaves this list.
MISSING: set[str] = set()
COLUMNS = ["annual_target", "target_q1", "target_q2", "target_q3", "target_q4", "period_target", "actual", "percent_published"]


@pytest.fixture(scope="module")
def plans() -> dict[str, Plan]:
    return {name: read(FOLDER / f"{name}.txt") for name in NAMES}


@pytest.fixture(scope="module")
def evaluations(plans: dict[str, Plan]) -> dict[str, Evaluation]:
    return {name: evaluate_plan(plan) for name, plan in plans.items()}


@pytest.fixture(scope="module")
def rows(plans: dict[str, Plan], evaluations: dict[str, Evaluation]) -> dict[str, list[dict[str, str]]]:
    """The lines of indicators.csv."""
    texts = {name: table_texts(plan, evaluations[name])["indicators.csv"] for name, plan in plans.items()}
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}


Rows = dict[str, list[dict[str, str]]]


def of_kind(rows: list[dict[str, str]], kind: str) -> list[dict[str, str]]:
    """Rows of a kind; ``restated`` ones are apart from the kinds."""
    if kind == "restated":
        return [r for r in rows if r["restated"] == "true"]
    return [r for r in rows if r["restated"] == "false" and (kind == "all" or r["kind"] == kind)]


def by_kind(entry: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Sums and blanks of an entry by kind of row; those of a document of one kind are of all its rows."""
    return entry if all(isinstance(v, dict) for v in entry.values()) else {"all": entry}


def test_every_example_has_its_truth() -> None:
    assert {f.stem for f in FOLDER.iterdir() if f.suffix in (".txt", ".pdf")} == set(EXPECTED)


@pytest.mark.parametrize("name", NAMES)
def test_document(name: str, plans: dict[str, Plan]) -> None:
    truth, document = EXPECTED[name], plans[name].document
    assert (document.institution, document.year) == (truth["institution"], truth["year"])
    assert [document.period_start, document.period_end] == truth.get("period", [None, None])
    assert len(plans[name].sections) == truth.get("sections", 1)


@pytest.mark.parametrize("name", NAMES)
def test_rows_by_kind(name: str, rows: Rows) -> None:
    wanted = dict(EXPECTED[name]["rows"])
    assert len(rows[name]) == wanted.pop("total")
    assert {kind: len(of_kind(rows[name], kind)) for kind in wanted} == wanted
    assert sum(wanted.values()) == len(rows[name])


@pytest.mark.parametrize("name", NAMES)
def test_rows_by_group(name: str, rows: Rows) -> None:
    truth, own = EXPECTED[name], of_kind(rows[name], "all")
    groups = {"by_section": Counter(int(r["section"]) for r in own), "by_objective": Counter(r["objective_code"] for r in own)}
    groups["by_class"] = Counter(r["class_published"] for r in of_kind(rows[name], "production_indicator"))
    checked = {key: dict(found) for key, found in groups.items() if key in truth}
    assert checked and checked == {key: truth[key] for key in checked}


@pytest.mark.parametrize("name", NAMES)
def test_sums_and_blanks(name: str, rows: Rows) -> None:
    truth = EXPECTED[name]
    for kind, sums in by_kind(truth["sums"]).items():
        found = {c: sum((Decimal(r[c]) for r in of_kind(rows[name], kind) if r[c]), Decimal(0)) for c in sums}
        assert found == {c: Decimal(str(v)) for c, v in sums.items()}, kind
        assert set(sums) <= set(COLUMNS)
    for kind, blanks in by_kind(truth["blank"]).items():
        assert {c: sum(1 for r in of_kind(rows[name], kind) if not r[c]) for c in blanks} == blanks, kind


@pytest.mark.parametrize("name", NAMES)
def test_readings_and_operators(name: str, plans: dict[str, Plan]) -> None:
    """The likelier reading of each figure as printed."""
    targets = [m.quantity for i in plans[name].indicators for m in i.measures if m.measure is MeasureKind.TARGET]
    readings = EXPECTED[name].get("readings", {})
    assert {q.printed: q.value for q in targets if q.printed in readings} == readings
    operators = Counter(q.operator for q in targets if q.operator != "=" and q.value is not None)
    if "operators" in EXPECTED[name]:
        assert operators == EXPECTED[name]["operators"]


@pytest.mark.parametrize("name", NAMES)
def test_projects_and_redactions(name: str, plans: dict[str, Plan]) -> None:
    truth, plan = EXPECTED[name], plans[name]
    assert (len(plan.projects), len(plan.redactions)) == (truth["projects"], truth["redactions"])
    found = [
        {
            "start": p.start,
            "end": p.end,
            "open_ended": p.open_ended,
            "objectives": len(p.objectives),
            "expected_results": len(p.expected_results),
        }
        for p in plan.projects
    ]
    assert found == truth.get("project_dates", [])


@pytest.mark.parametrize("name", NAMES)
def test_formula_and_limits(name: str, evaluations: dict[str, Evaluation]) -> None:
    truth, evaluation = EXPECTED[name], evaluations[name]
    if "formula" in truth:
        assert evaluation.formula is not None
        assert evaluation.formula.model_dump(include=set(truth["formula"])) == truth["formula"]
        assert evaluation.formula.matched == evaluation.formula.evaluable > 0
    else:
        assert evaluation.formula is None
    assert {limit.id for limit in evaluation.limits} >= set(truth.get("limits", {}))
    assert evaluation.limits_source == ("document" if "limits" in truth else "")


def test_families_that_must_speak_later_are_not_there_yet() -> None:
    """Breaks when the first rule of one of these families arrives: then take the family out of MISSING."""
    families = {r.family for r in catalogue()}
    assert families & MISSING == set()
    named = {f for truth in EXPECTED.values() for must in truth["findings"]["must"] for f in must["rules"]}
    assert named <= families | MISSING


def row_of(plan: Plan, finding: dict[str, Any]) -> list[Indicator]:
    return [
        i
        for i in plan.indicators
        if i.section == finding.get("section", i.section)
        and i.code == finding.get("code", i.code)
        and (i.name == finding["name"] if "name" in finding and "code" not in finding else True)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_findings_that_must_be_there(name: str, plans: dict[str, Plan], evaluations: dict[str, Evaluation]) -> None:
    judged = [f for f in EXPECTED[name]["findings"]["must"] if not set(f["rules"]) <= MISSING]
    for wanted in judged:
        rows = {row.sequence for row in row_of(plans[name], wanted)}  # a justification repeats the name of its row
        found = [f for f in evaluations[name].findings if f.sequence in rows and f.rule[:3] in wanted["rules"]]
        assert found and found[0].message, wanted


def test_some_finding_that_must_be_there_is_judged() -> None:
    assert any(not set(f["rules"]) <= MISSING for truth in EXPECTED.values() for f in truth["findings"]["must"])


@pytest.mark.parametrize("name", NAMES)
def test_families_that_must_stay_silent(name: str, evaluations: dict[str, Evaluation]) -> None:
    never = set(EXPECTED[name]["findings"]["never"])
    assert len(never) >= 4
    assert [f for f in evaluations[name].findings if f.rule[:3] in never and f.outcome is Outcome.FAILS] == []


def test_the_examples_are_as_their_script_writes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(FOLDER / "figures.yaml", tmp_path)
    spec = importlib.util.spec_from_file_location("typeset_of_samples", FOLDER / "typeset.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "FOLDER", tmp_path)
    script.main()
    assert {f.name: f.read_bytes() for f in tmp_path.glob("*.txt")} == {f.name: f.read_bytes() for f in FOLDER.glob("*.txt")}
