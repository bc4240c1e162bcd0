"""Actions printed in two rows or more, programmed and executed: how the rows are told, and where their percentage stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.schema.plan import Basis, Confidence, Kind, MeasureKind, Plan

PlanText = Callable[..., Plan]
HEADER = "N.º→Actividad→Unidad→{}→T1→T2→T3→T4→Total→% cumplimiento→Observaciones\n"


def tabs(text: str) -> str:
    return text.replace("→", "\t")


def told(plan: Plan) -> list[tuple[object, ...]]:
    kinds = (MeasureKind.TARGET, MeasureKind.ACTUAL, MeasureKind.PERCENT)
    return [(i.name, *([m.quantity.value for m in i.measures if m.measure is kind] for kind in kinds)) for i in plan.indicators]


PAIRS = [("P", "E"), ("Prog.", "Ejec."), ("Programado", "Ejecutado"), ("Meta", "Logro"), ("Plan", "Real")]
FIRST = ("Vacunar", [10, 20, 30, 40, 100], [5, 20, 30, 40, 95], [95])
SECOND = ("Atender", [1, 2, 3, 4, 10], [1, 2, 3, 4, 10], [100])


@pytest.mark.parametrize(
    ("planned", "done"), [("P", "E"), ("Prog.", "Ejec."), ("Programado", "Ejecutado"), ("Meta", "Logro"), ("Plan", "Real")]
)
@pytest.mark.parametrize("header", ["P/E", "Prog./Ejec.", "Meta/Logro", "Detalle", ""])
@pytest.mark.parametrize("above", [True, False])
def test_a_column_of_its_own(planned: str, done: str, header: str, above: bool, plan_text: PlanText) -> None:
    first, second = ("95%→Faltó\n", "→\n") if above else ("→\n", "95%→Faltó\n")
    plan = plan_text(
        tabs(HEADER).format(header).replace("→", "\t")
        + tabs(f"1.1→Vacunar→Dosis→{planned}→10→20→30→40→100→{first}→→→{done}→5→20→30→40→95→{second}")
        + tabs(f"1.2→Atender→Cita→{planned}→1→2→3→4→10→{first}→→→{done}→1→2→3→4→10→{second}").replace("95%", "100%")
    )
    assert told(plan) == [FIRST, SECOND]
    assert {i.observation for i in plan.indicators} == {"Faltó"}
    assert {i.confidence for i in plan.indicators} == {Confidence.CHECKED}


def test_a_percentage_that_spans_both_rows(plan_text: PlanText) -> None:
    plan = plan_text(
        "<table><tr><th>N.º</th><th>Actividad</th><th>P/E</th><th>ENE</th><th>FEB</th><th>MAR</th><th>TOTAL</th><th>%</th></tr>"
        "<tr><td rowspan=2>1</td><td rowspan=2>Vacunar</td><td>P</td><td>10</td><td>20</td><td>30</td><td>60</td>"
        "<td rowspan=2>50%</td></tr>"
        "<tr><td>E</td><td>10</td><td>10</td><td>10</td><td>30</td></tr></table>\n"
    )
    (row,) = plan.indicators
    assert row.percent is not None and row.percent.value == 50
    assert row.actual is not None and row.actual.value == 30


def test_a_third_row_prints_the_percentages(plan_text: PlanText) -> None:
    plan = plan_text(
        tabs("""Actividad→Detalle→I Trim→II Trim→Total
Vacunar→Programado→10→20→30
→Ejecutado→5→20→25
→%→50%→100%→83.3%
→Saldo→5→0→5
""")
    )
    (row,) = plan.indicators
    assert [m.quantity.value for m in row.measures if m.measure is MeasureKind.PERCENT] == [50, 100, 83.3]
    assert "LEC-row" in {d.code for d in plan.diagnostics}


def test_words_alone_in_the_column_of_names(plan_text: PlanText) -> None:
    plan = plan_text(
        tabs("""Código→Actividad→I Trim→II Trim→III Trim→IV Trim→Total
1.1→Vacunar a la población→→→→→
→Programado→10→20→30→40→100
→Ejecutado→5→20→30→40→95
1.2→Atender→→→→→
→Programado→1→2→3→4→10
→Ejecutado→1→2→3→4→10
""")
    )
    assert [(i.code, i.kind) for i in plan.indicators] == [("1.1", Kind.ACTION), ("1.2", Kind.ACTION)]
    assert [t[1:3] for t in told(plan)] == [FIRST[1:3], SECOND[1:3]]


def test_words_behind_the_names(plan_text: PlanText) -> None:
    plan = plan_text(
        tabs("""Actividad→I Trim→II Trim→III Trim→IV Trim→Total
Vacunar – Programado→10→20→30→40→100
Vacunar – Ejecutado→5→20→30→40→95
Atender (P)→1→2→3→4→10
Atender (E)→1→2→3→4→10
Medir el avance→1→1→1→1→4
""")
    )
    assert [t[:3] for t in told(plan)] == [FIRST[:3], SECOND[:3], ("Medir el avance", [1, 1, 1, 1, 4], [])]


def test_a_total_of_what_was_executed_so_far(plan_text: PlanText) -> None:
    plan = plan_text(tabs("Actividad→P/E→T1→T2→T3→T4→Total\nVacunar→P→10→20→30→40→100\n→E→5→20→→→25\n"))
    (row,) = plan.indicators
    assert row.reported_months == (1, 6)
    assert row.actual is not None and row.actual.value == 25
    assert [m.basis for m in row.measures if m.measure is MeasureKind.ACTUAL][-1] is Basis.CUMULATIVE
