"""Rows of plans printed in other layouts: columns of codes, groupings, pairs of rows, dates, doubt that other rows settle."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.normalize.columns import match_header
from veedor.schema.plan import Confidence, Plan

PlanText = Callable[..., Plan]


def tabs(text: str) -> str:
    return text.replace("→", "\t")


@pytest.mark.parametrize(
    "header",
    ["N.º", "N°", "Nº", "N.°", "Nro.", "Núm.", "#", "N.º de orden", "Ítem", "Correlativo", "Clave", "Id", "Ref.", "N.º de actividad"],
)
def test_headers_of_codes(header: str) -> None:
    assert match_header((header,), 0).role == "code"


@pytest.mark.parametrize("header", ["N.º de indicadores", "Nº de metas", "Número de beneficiarios", "Preferencias"])
def test_headers_that_count_are_no_codes(header: str) -> None:
    assert match_header((header,), 0).role != "code"


def test_a_code_without_a_blank_is_one_code(plan_text: PlanText) -> None:
    plan = plan_text(tabs("Código→Actividad→Meta\nC1.A01→Elaborar→1\nC1.A02→Consultar→2\nC2A.03→Aprobar→1\nC4.X→Publicar→1\n"))
    assert [(i.code_printed, i.name) for i in plan.indicators] == [
        ("C1.A01", "Elaborar"),
        ("C1.A02", "Consultar"),
        ("C2A.03", "Aprobar"),
        ("C4.X", "Publicar"),
    ]


def test_codes_are_no_evidence_of_decimals(plan_text: PlanText) -> None:
    plan = plan_text(tabs("N.º→Actividad→Peso→Meta\n1.1→Becas→12,5→1.250\n1.2→Cursos→50→3.100\n1.3→Libros→37,5→8\n"))
    assert [m.quantity.value for i in plan.indicators for m in i.measures[1:]] == [1250, 3100, 8]
    assert {i.confidence for i in plan.indicators} == {Confidence.READ}


def test_plain_weights_under_a_percent_sign_shift_no_row(plan_text: PlanText) -> None:
    plan = plan_text(
        tabs("""Código→Actividad→Unidad→Peso (%)→T1→T2→T3→T4→Total
1.1→Capacitar→Taller→40→1→1→1→1→4
1.2→Informar→Informe→35→→→→→
1.3→Visitar→Visita→25→2→2→2→2→8
→TOTAL→→100→→→→→
""")
    )
    assert [(i.kind, [m.quantity.value for m in i.measures]) for i in plan.indicators] == [
        ("action", [40, 1, 1, 1, 1, 4]),
        ("action", [35, None, None, None, None, None]),
        ("action", [25, 2, 2, 2, 2, 8]),
        ("total", [100, None, None, None, None, None]),
    ]


def test_a_list_of_objectives_is_no_heading(plan_text: PlanText) -> None:
    table = tabs("Código→Actividad→Meta\n1.1→Capacitar→4\n")
    listed = "Objetivo 1: Mejorar\nObjetivo 2: Ordenar\nObjetivo 3: Crecer\n\n"
    assert [i.objective_code for i in plan_text(listed + table).indicators] == [""]
    assert [i.objective_code for i in plan_text(listed + "Objetivo 1: Mejorar\n\n" + table).indicators] == ["OBJ1"]
    assert [i.objective_code for i in plan_text("## Componente 3: Crecer\n\n" + table).indicators] == ["COMP3"]


def test_the_header_of_the_next_page_justifies_nothing(plan_text: PlanText) -> None:
    page = "Seguimiento POI 2022 – Hoja {}\nEJE {}. CRECER\n\n"
    table = "Indicador→Meta→Resultado→%\n{0}→4→4→100%\n{1}→4→2→50%\n\n"
    table += "JUSTIFICACIÓN DE INDICADORES\n\nIndicador→Meta→Resultado→%\n{1}→4→2→50%\n\n"
    told = "La sequía lo impidió\n\n"
    plan = plan_text(
        page.format(1, 1)
        + tabs(table).format("Vacunas puestas", "Consultas dadas")
        + told
        + page.format(2, 2)
        + tabs(table).format("Obras hechas", "Bodegas reparadas")
    )
    assert [i.observation for i in plan.indicators if i.restated] == ["La sequía lo impidió", ""]


def test_prose_below_a_column_of_justifications_is_no_row_s(plan_text: PlanText) -> None:
    table = "Indicador→Meta→Resultado→%→Justificación\nConsultas dadas→4→2→50%→Faltó equipo.\n"
    plan = plan_text(tabs(f"JUSTIFICACIÓN DE RESULTADOS\n\n{table}\nPara consultas, diríjase a la oficina.\n"))
    assert [i.observation for i in plan.indicators] == ["Faltó equipo."]


def test_actions_keep_their_dates(plan_text: PlanText) -> None:
    plan = plan_text(
        tabs("""Código→Actividad→T1→T2→Total→Fecha de inicio→Fecha de término
1.1→Formular→1→→1→08/01/2024→22/03/2024
1.2→Aprobar→→1→1→abril 2024→junio 2024
""")
    )
    assert plan.projects == ()
    assert [(str(i.start), str(i.end), i.end_printed) for i in plan.indicators] == [
        ("2024-01-08", "2024-03-22", "22/03/2024"),
        ("2024-04-01", "2024-06-30", "junio 2024"),
    ]


def test_a_table_of_dates_alone_is_of_projects(plan_text: PlanText) -> None:
    plan = plan_text(tabs("Actividad→Fecha de inicio→Fecha de término\nFormular→08/01/2024→22/03/2024\nAprobar→01/04/2024→31/05/2024\n"))
    assert [p.name for p in plan.projects] == ["Formular", "Aprobar"]


@pytest.mark.parametrize(("header", "said"), [("Meta 2022→Logro 2021", 1), ("Meta 2021→Logro 2022", 1), ("Meta 2022→Logro 2022", 0)])
def test_a_header_of_another_year_than_its_siblings(header: str, said: int, plan_text: PlanText) -> None:
    table = "Código→Indicador→{}\n{}→Vacunas puestas→4→3\n\nTexto.\n\n"
    own = "Meta 2022→Logro 2022"
    plan = plan_text(
        tabs("EVALUACIÓN DEL POA 2022\n\n" + table.format(own, "A-1") + table.format(header, "A-2") + table.format(own, "A-3"))
    )
    assert sum(d.code == "PER-year" for d in plan.diagnostics) == said


def test_tables_that_all_compare_two_years_are_no_slip(plan_text: PlanText) -> None:
    table = "Código→Indicador→Meta 2022→Logro 2021\n{}→Vacunas puestas→4→3\n\nTexto.\n\n"
    plan = plan_text(tabs("EVALUACIÓN DEL POA 2022\n\n" + table.format("A-1") + table.format("A-2") + table.format("A-3")))
    assert [d.code for d in plan.diagnostics if d.code == "PER-year"] == []


def test_a_percentage_of_a_part_is_of_the_part_that_the_actual_reports(plan_text: PlanText) -> None:
    head = "Clave→Acción→Meta anual→1er. semestre→2do. semestre→Realizado enero-junio 2024→% de avance semestral"
    (row,) = plan_text(tabs(f"{head}\nA-01→Ver→4→2→2→1→50%\n")).indicators
    assert row.percent is not None and row.reported_months == (1, 6)
    assert next(m.months for m in row.measures if m.measure == "percent") == (1, 6)


def test_a_column_of_units_of_measure_headed_as_one_of_areas(plan_text: PlanText) -> None:
    head = "Cód.→Área→Indicador→Unidad→Meta→Resultado"
    rows = "P-1→Producción→Agua producida→%→98→97\nP-2→Tesorería→Red renovada→Kilómetros→12→10\nP-3→Compras→Visitas→Visita→4→4\n"
    assert [r.unit_of_measure for r in plan_text(tabs(f"{head}\n{rows}")).indicators] == ["%", "Kilómetros", "Visita"]
    other = tabs(f"{head}\n{rows}").replace("%", "Transporte").replace("Kilómetros", "Oficina de Compras").replace("Visita\t", "Taller\t")
    assert {r.unit_of_measure for r in plan_text(other).indicators} == {""}


def test_a_direction_in_brackets_at_the_end_of_a_name(plan_text: PlanText) -> None:
    rows = plan_text("Indicador\tMeta\nTiempo de espera (reducción)\t12\nAtender menores (menores de edad)\t4\n").indicators
    assert [r.direction for r in rows] == ["decrease", ""]


@pytest.mark.parametrize("printed", ["N.P.", "N/P", "(N. P.)", "s/p", "No programado", "Sin programación"])
def test_a_cell_of_figures_that_says_that_none_is_due(printed: str, plan_text: PlanText) -> None:
    row = plan_text(f"Actividad\tMeta\tEjecutado\nOír\t4\t2\nIr\t4\t3\nVer\t4\t{printed}\n").indicators[-1]
    assert row.actual is not None and row.actual.value is None and row.actual.state == "not_reported"
