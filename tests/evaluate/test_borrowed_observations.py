"""Findings that rest on an observation which may be another row's: they say so, and are no errors."""

from __future__ import annotations

from collections.abc import Callable

from veedor.evaluate.evaluating import evaluate_plan
from veedor.schema.finding import Finding, Severity
from veedor.schema.plan import Plan

PlanText = Callable[..., Plan]
HEADER = "CÓDIGO\tACCIÓN\tMETA ANUAL\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\tREAL EN-JUN\t% EJECUCIÓN EN-JUN\tOBSERVACIONES\n"
ROWS = (
    ("Vigilar la calidad del agua potable rural", "Se vigila de continuo."),
    ("Instalar estaciones pluviométricas nuevas", "Se vigiló la calidad del agua potable rural."),
    ("Imprimir boletines mensuales temáticos", "No se realizó."),
    ("Reparar compuertas hidráulicas averiadas", "Se logró imprimir boletines mensuales temáticos."),
    ("Dictar talleres comunitarios nocturnos", "No se realizó."),
)


def findings(plan_text: PlanText, rows: tuple[tuple[str, str], ...], *rules: str, actual: int = 2) -> list[Finding]:
    body = "".join(f"AO.1.{n}.\t{name}\t4\t1\t1\t1\t1\t{actual}\t100%\t{text}\n" for n, (name, text) in enumerate(rows, 1))
    plan = plan_text(f"POI 2022\n\nSeguimiento 2o Trimestre\n\n{HEADER}{body}")
    return list(evaluate_plan(plan, select=rules).findings)


def test_what_follows_from_a_column_that_is_one_row_off_says_so(plan_text: PlanText) -> None:
    assert [f.sequence for f in findings(plan_text, ROWS, "OBS013")] == [2, 4]
    between, behind = findings(plan_text, ROWS, "OBS002")
    assert (between.sequence, between.severity) == (3, Severity.WARNING) and "fila vecina (OBS013)" in between.evidence
    # Nothing shows that the column is off as far as the last row.
    assert (behind.sequence, behind.severity) == (5, Severity.ERROR) and "OBS013" not in behind.evidence


def test_a_row_that_names_its_own_matter_ends_what_is_off(plan_text: PlanText) -> None:
    own = (*ROWS[:2], (ROWS[2][0], "No se realizó: los boletines mensuales temáticos no se imprimieron."), *ROWS[3:])
    assert [f.sequence for f in findings(plan_text, own, "OBS013")] == [2, 4]
    assert not [f for f in findings(plan_text, own, "OBS002") if "OBS013" in f.evidence]


def test_the_finding_itself_and_rules_of_other_columns_say_nothing_of_it(plan_text: PlanText) -> None:
    found = findings(plan_text, ROWS, "OBS013", "PRO008", actual=9)
    assert {(f.rule, f.sequence) for f in found} >= {("OBS013", 2), ("PRO008", 2), ("PRO008", 3)}
    assert not [f for f in found if "(OBS013)" in f.evidence]
