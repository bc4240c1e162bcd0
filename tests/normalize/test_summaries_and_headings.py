"""Tables that sum up others stay in the plan; headings are told by their markup, and name the unit of what stands below them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.normalize.context import without_number
from veedor.schema.plan import Plan

PlanText = Callable[..., Plan]
ROWS = "Indicador\tMeta\tResultado\t% Realizado\nConsultas\t600\t450\t75%\nPartos\t500\t300\t60%\n"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("4. Gerencia de Operaciones", "Gerencia de Operaciones"),
        ("IV.2 - Gerencia de Operaciones", "Gerencia de Operaciones"),
        ("3.1 Resultados", "Resultados"),
        ("b) Resultados", "Resultados"),
        ("2023 en cifras", "2023 en cifras"),
        ("Civil y penal", "Civil y penal"),
    ],
)
def test_the_number_of_a_heading_is_no_part_of_it(heading: str, name: str) -> None:
    assert without_number(heading) == name


def test_markup_says_how_deep_a_heading_stands(plan_text: PlanText) -> None:
    plan = plan_text(f"# Plan Operativo 2022\n\n<h3>Anexos</h3>\n\n#1 en ventas\n\n{ROWS}")
    assert [(n.text, n.heading) for n in plan.narrative] == [("Plan Operativo 2022", 1), ("Anexos", 3), ("#1 en ventas", 0)]


def test_a_counted_heading_names_the_unit_of_its_rows(plan_text: PlanText) -> None:
    plan = plan_text(f"POI 2022\n\n## 4. Gerencia de Operaciones\n\nTexto.\n\n{ROWS}")
    assert {i.lead_unit for i in plan.indicators} == {"Gerencia de Operaciones"}


def test_a_table_that_sums_up_others_is_kept_with_its_figures(plan_text: PlanText) -> None:
    table = "Gerencia\tIndicadores evaluados\tPromedio (%)\nOperaciones\t11\t94.6\nComercial\t10\t\nTotal\t21\t92.1\n"
    plan = plan_text(f"POI 2022\n\n{table}\n\n{ROWS}")
    (summary,) = plan.summaries
    assert (summary.label, summary.columns) == ("Gerencia", ("Indicadores evaluados", "Promedio (%)"))
    assert [(r.label, *(q.value for q in r.cells)) for r in summary.rows] == [
        ("Operaciones", 11, 94.6),
        ("Comercial", 10, None),
        ("Total", 21, 92.1),
    ]
    assert [i.name for i in plan.indicators] == ["Consultas", "Partos"]
    assert all(q.place.line for r in summary.rows for q in r.cells)


def test_activities_that_are_numbers_are_counted_and_not_named(plan_text: PlanText) -> None:
    table = "Componente\tActividades\tProgramado\tEjecutado\nArchivos\t5\t4\t3\nMuseos\t6\t6\t2\nBibliotecas\t7\t5\t5\n"
    plan = plan_text(f"POI 2022\n\n{ROWS}\n\n{table}")
    assert [i.name for i in plan.indicators] == ["Consultas", "Partos"]
    assert [r.label for r in plan.summaries[0].rows] == ["Archivos", "Museos", "Bibliotecas"]


def test_a_label_over_the_columns_of_names_is_no_other_rows_name(plan_text: Callable[..., Plan]) -> None:
    rows = "".join(f"<tr><td>Eje {n}</td><td>Tarea {n}</td><td>10</td><td>{n}</td></tr>" for n in (1, 2))
    total = "<tr><td colspan=2>Nota media de la casa</td><td>20</td><td>3</td></tr>"
    head = "<tr><th>Objetivo</th><th>Actividad</th><th>Meta</th><th>Ejecutado</th></tr>"
    plan = plan_text(f"<table>{head}{rows}{total}</table>\n")
    assert [i.name for i in plan.indicators] == ["Tarea 1", "Tarea 2", "Nota media de la casa"]
    assert plan.indicators[-1].objective == plan.indicators[1].objective
