"""Accepted findings: visible, with who, when and why; no error or warning any more; a file with a fault says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from veedor.evaluate.evaluating import evaluate_plan
from veedor.schema.errors import DataFileError
from veedor.schema.finding import Severity
from veedor.schema.plan import Plan

TEXT = "Código\tActividad\tMeta anual\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\nA-1\tVer\t5\t1\t1\t1\t1\nA-2\tOír\t9\t1\t1\t1\t1\n"
ENTRY = "- {{finding: {id}, reason: La institución lo corrigió en su adenda., author: M. Pérez, date: 2026-03-02}}\n"


@pytest.fixture
def plan(plan_text) -> Plan:
    return plan_text(TEXT)


def written(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "aceptados.yaml"
    file.write_text("accepted:\n" + "".join(lines), encoding="utf-8")
    return file


def test_an_accepted_finding_stays_visible_and_weighs_no_more(plan: Plan, tmp_path: Path) -> None:
    first, second = (f for f in evaluate_plan(plan, select=["ARI001"]).findings)
    assert first.severity is second.severity is Severity.ERROR
    file = written(tmp_path, ENTRY.format(id=first.finding))
    found, other = evaluate_plan(plan, select=["ARI001"], accepted=file).findings
    assert (found.finding, found.severity, found.accepted) == (first.finding, Severity.NOTE, True)
    assert found.evidence.endswith("aceptado: La institución lo corrigió en su adenda (M. Pérez, 2026-03-02)")
    assert other == second


def test_what_no_longer_occurs_does_no_harm(plan: Plan, tmp_path: Path) -> None:
    file = written(tmp_path, ENTRY.format(id="ARI001-0000000000"))
    assert evaluate_plan(plan, accepted=file).findings == evaluate_plan(plan).findings


@pytest.mark.parametrize(
    "lines",
    ["- {finding: ARI001-0, author: A}\n", "- 5\n", "- {finding: [}\n", "- {finding: ARI001-0, reason: porque, author: A, date: ayer}\n"],
)
def test_a_file_that_cannot_be_used_says_so(plan: Plan, tmp_path: Path, lines: str) -> None:
    with pytest.raises(DataFileError) as caught:
        evaluate_plan(plan, accepted=written(tmp_path, lines))
    assert "aceptados.yaml" in caught.value.text.es and "reason" in caught.value.text.es


def test_a_fault_is_told_in_spanish_with_its_line_and_entry(plan: Plan, tmp_path: Path) -> None:
    good = ENTRY.format(id="ARI001-0000000000")
    with pytest.raises(DataFileError) as caught:
        evaluate_plan(plan, accepted=written(tmp_path, good, good.replace("2026-03-02", "2026-03")))
    assert "línea 3: accepted.date: «2026-03» no es una fecha como 2024-05-31. Debe tener" in caught.value.text.es
    assert "“2026-03” is no date such as 2024-05-31" in caught.value.text.en
