"""What a profile may say of an institution's rows: which are better when less, how the year comes from its parts, and a tolerance."""

from __future__ import annotations

from pathlib import Path

import pytest

from veedor.evaluate.evaluating import evaluate_plan
from veedor.schema.errors import DataFileError
from veedor.schema.plan import Plan

TITLE = "Plan Operativo (POI) 2022\n\nSeguimiento 2o Trimestre\n\n"
HEAD = TITLE + "Actividad\tMeta anual\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\tREAL EN-JUN\t% EJECUCIÓN\n"
ROWS = "".join(f"Visitas {n}\t4\t1\t1\t1\t1\t2\t100%\n" for n in range(6))


def profile(tmp_path: Path, *lines: str) -> str:
    file = tmp_path / "perfil.yaml"
    file.write_text("id: propio\nsource: Norma interna\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return str(file)


def found(plan: Plan, rule: str, profile: str | None = None) -> list[tuple[str, str]]:
    return [(f.outcome.value, f.severity.value) for f in evaluate_plan(plan, profile, select=[rule]).findings]


def test_what_is_better_when_less_is_not_under_executed(plan_text, tmp_path: Path) -> None:
    plan = plan_text(HEAD + ROWS + "Días de atraso\t40\t10\t10\t10\t10\t10\t50%\n")
    assert found(plan, "PRO001") == [("fails", "note")]
    assert found(plan, "PRO001", profile(tmp_path, "decreasing: ['dias de (?:atraso|mora)']")) == []


@pytest.mark.parametrize(("how", "outcome"), [("last", []), ("sum", [("fails", "error")]), ("mean", [("fails", "warning")])])
def test_how_the_year_comes_from_its_parts(how: str, outcome: list[tuple[str, str]], plan_text, tmp_path: Path) -> None:
    plan = plan_text(HEAD + ROWS + "Cobertura\t9\t6\t7\t8\t9\t7\t\n")
    assert found(plan, "ARI001", profile(tmp_path, f"accumulation: {{'^cobertura': {how}}}")) == outcome


def test_a_tolerance_in_points(plan_text, tmp_path: Path) -> None:
    plan = plan_text(HEAD + ROWS + "Talleres\t4\t1\t1\t1\t1\t1\t51%\n")
    assert found(plan, "ARI002") == [("fails", "error")]
    assert found(plan, "ARI002", profile(tmp_path, "tolerance: 1")) == []


@pytest.mark.parametrize("line", ["decreasing: ['(']", "accumulation: {a: suma}", "tolerance: poca"])
def test_a_profile_with_a_fault_says_so(line: str, plan_text, tmp_path: Path) -> None:
    with pytest.raises(DataFileError):
        evaluate_plan(plan_text(HEAD + ROWS), profile(tmp_path, line))
