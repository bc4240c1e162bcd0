"""Rows told apart: headings and actions, parents, objectives in force, units, totals, classes, restated tables, projects."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from veedor.normalize.context import match_objective
from veedor.normalize.dates import parse_date
from veedor.schema.plan import Kind, Plan

PlanText = Callable[..., Plan]


def tabs(text: str) -> str:
    return text.replace("→", "\t")


def test_headings_group_and_actions_do(plan_text: PlanText) -> None:
    plan = plan_text(
        tabs("""CÓDIGO→ACCIÓN OPERATIVA→META ANUAL
AE.1.→Formular el plan→
AO.1.1.→Capacitar→4
AO.1.2.→Informar→0
AE.2.→Ordenar la casa→
AO.2.1.→Visitar→2
AO.2.2.→Sin meta todavía→
""")
    )
    assert [(i.code, i.kind, i.parent_code) for i in plan.indicators] == [
        ("AE.1", Kind.HEADING, ""),
        ("AO.1.1", Kind.ACTION, "AE.1"),
        ("AO.1.2", Kind.ACTION, "AE.1"),
        ("AE.2", Kind.HEADING, ""),
        ("AO.2.1", Kind.ACTION, "AE.2"),
        # An action without a target is still an action; that it has none is for a rule to say.
        ("AO.2.2", Kind.ACTION, "AE.2"),
    ]
    assert plan.indicators[0].measures == ()


def test_headings_by_numbers_alone(plan_text: PlanText) -> None:
    plan = plan_text(tabs("No.→Actividad→Meta\n1→Capacitar→\n1.1→Talleres→4\n1.2→Cursos→3\n2→Informar→\n2.1→Boletines→7\n"))
    assert [(i.code, i.kind, i.parent_code) for i in plan.indicators] == [
        ("1", Kind.HEADING, ""),
        ("1.1", Kind.ACTION, "1"),
        ("1.2", Kind.ACTION, "1"),
        ("2", Kind.HEADING, ""),
        ("2.1", Kind.ACTION, "2"),
    ]


def test_a_code_and_its_text_in_one_cell(plan_text: PlanText) -> None:
    plan = plan_text(
        tabs("""CÓDIGO→ACCIÓN→UNIDAD ORGANIZATIVA→META
AE.2.2.3.1. Proponer un porcentaje.→→Presidencia→
AO.2.2.3.1.1.→Calcular el porcentaje.→Presidencia→1
AO PQD G1.1→Prestar un vehículo.→Presidencia→2
""")
    )
    assert [(i.code, i.code_printed, i.name, i.kind) for i in plan.indicators] == [
        ("AE.2.2.3.1", "AE.2.2.3.1.", "Proponer un porcentaje.", Kind.HEADING),
        ("AO.2.2.3.1.1", "AO.2.2.3.1.1.", "Calcular el porcentaje.", Kind.ACTION),
        ("AO PQD G1.1", "AO PQD G1.1", "Prestar un vehículo.", Kind.ACTION),
    ]


@pytest.mark.parametrize(
    ("line", "code", "text"),
    [
        ("O.E.1. Mejorar el servicio.", "OE1", "O.E.1. Mejorar el servicio."),
        ("OE.2. Administrar los activos", "OE2", "OE.2. Administrar los activos"),
        ("OE3: Crecer", "OE3", "OE3: Crecer"),
        ("OBJETIVO ESTRATÉGICO 4: Fortalecer", "OE4", "OBJETIVO ESTRATÉGICO 4: Fortalecer"),
        ("Objetivo del PQD: 1. Productividad", "PQD1", "Objetivo del PQD: 1. Productividad"),
        ("OTRAS ACTIVIDADES OPERATIVAS", "OTRAS", "OTRAS ACTIVIDADES OPERATIVAS"),
        ("Metas Operativas: Gestión Pensiones", "gestion-pensiones", "Gestión Pensiones"),
        ("PERSPECTIVA PERSONA USUARIA", "persona-usuaria", "PERSPECTIVA PERSONA USUARIA"),
        ("OEI.02 Proteger a la población", "OEI2", "OEI.02 Proteger a la población"),
        ("OBJETIVO DE GESTIÓN 1: Formar", "OG1", "OBJETIVO DE GESTIÓN 1: Formar"),
        ("Objetivo operativo N.º 02 – Formar", "OO2", "Objetivo operativo N.º 02 – Formar"),
        ("Línea de acción 3. Formar", "LE3", "Línea de acción 3. Formar"),
        ("EJE II: Formar", "EJEII", "EJE II: Formar"),
        ("Programa 04 - Formar", "PROG4", "Programa 04 - Formar"),
        ("COMPONENTE 5", "COMP5", "COMPONENTE 5"),
    ],
)
def test_objectives(line: str, code: str, text: str) -> None:
    heading = match_objective(line)
    assert heading is not None
    assert (heading.code, heading.text) == (code, text)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "OE",
        "El objetivo estratégico es crecer",
        "AO.1.1. Capacitar",
        "Mejorar el servicio",
        "OBJETIVO ESTRATÉGICO (OE)",
        "Programa 2 de becas",
        "Componente 3 del proyecto",
        "Objetivo 1 y objetivo 2",
    ],
)
def test_lines_that_put_no_objective_in_force(line: str) -> None:
    assert match_objective(line) is None


def test_the_objective_in_force_is_carried_down(plan_text: PlanText) -> None:
    plan = plan_text(
        tabs("""O.E.1. Mejorar el servicio.

Código→Actividad→Meta
AO.1.1.→Atender→5

AO.1.2.→Escuchar→3
<b>O.E.2. Ordenar la casa.</b>→→
AO.2.1.→Archivar→4
OTRAS ACTIVIDADES OPERATIVAS→→
AO.6.1.→Asistir→4
""")
    )
    assert [(i.code, i.objective_code, i.objective) for i in plan.indicators] == [
        ("AO.1.1", "OE1", "O.E.1. Mejorar el servicio."),
        ("AO.1.2", "OE1", "O.E.1. Mejorar el servicio."),
        ("AO.2.1", "OE2", "O.E.2. Ordenar la casa."),
        ("AO.6.1", "OTRAS", "OTRAS ACTIVIDADES OPERATIVAS"),
    ]
    assert [(o.code, o.place.line) for o in plan.objectives] == [("OE1", 1), ("OE2", 7), ("OTRAS", 9)]


def test_one_objective_in_two_spellings_has_one_id(plan_text: PlanText) -> None:
    plan = plan_text(
        tabs("""O.E.1. Mejorar continuamente los servicios de la institución

Código→Actividad→Meta
AO.1.1.→Atender→5
AO.1.2.→Escuchar→6
OE1: MEJORAR CONTINUAMENTE LOS SERVICIOS DE LA INSTITUCION.→→
AO.1.3.→Archivar→4
O.E.2. Mejorar las finanzas de la institución→→
AO.2.1.→Contar→4
""")
    )
    first, _, again, other = [i.objective_id for i in plan.indicators]
    assert first == again != other
    assert first and " " not in first and first == first.lower()


def test_an_objective_column_is_spread_down(plan_text: PlanText) -> None:
    plan = plan_text(tabs("Objetivo estratégico→Actividad→Meta\nOE1. Mejorar→Capacitar→5\n→Informar→6\nOE2. Crecer→Sembrar→7\n"))
    assert [(i.name, i.objective_code) for i in plan.indicators] == [("Capacitar", "OE1"), ("Informar", "OE1"), ("Sembrar", "OE2")]


def test_a_mission_opens_a_section(plan_text: PlanText) -> None:
    part = "MISIÓN: Atender a {0} con calidad y prontitud.\n\nCódigo→Actividad→Unidad organizativa→Meta\n"
    part += "<b>O.E.1. Mejorar.</b>→→→\nAO.1.1.→Capacitar a {0}→{1}→5\n\n"
    plan = plan_text(tabs(part.format("clientes", "Ventas") + part.format("empleados", "Personal")))
    assert [(s.number, s.place.line) for s in plan.sections] == [(1, 1), (2, 7)]
    assert [(i.section, i.code, i.lead_unit, i.objective_code) for i in plan.indicators] == [
        (1, "AO.1.1", "Ventas", "OE1"),
        (2, "AO.1.1", "Personal", "OE1"),
    ]
    assert "clientes" in plan.sections[0].mission


def test_totals_are_no_products(plan_text: PlanText) -> None:
    plan = plan_text(
        tabs("Producto→Unidad de medida→Totales\nFallos→Resolución→4\nInformes→Informe→6\nTOTAL GENERAL→→10\nTotalizar cuentas→Acta→1\n")
    )
    assert [i.kind for i in plan.indicators] == [Kind.PRODUCT, Kind.PRODUCT, Kind.TOTAL, Kind.PRODUCT]


def test_the_unit_that_prose_puts_in_charge(plan_text: PlanText) -> None:
    plan = plan_text(
        tabs("""Metas Operativas: Gestión Pensiones

Esta Línea está conformada por los elementos del Departamento de Beneficios Económicos que incluye lo siguiente.

Propósito /Producto→Unidad de Medida→TOTALES
Resoluciones de vejez→RESOLUCIONES→29
Informes de avance→INFORMES→4
""")
    )
    assert {i.lead_unit for i in plan.indicators} == {"Departamento de Beneficios Económicos"}
    assert {i.objective_code for i in plan.indicators} == {"gestion-pensiones"}


CLASSES = """PERSPECTIVA FINANCIERA

CUMPLIMIENTO BUENO→→Indicador de producción→Meta→Resultado Enero-junio 2023→% Realizado
→UFI→Estado de situación financiera→6→6→100%
→→Pago a suministrantes→200→240→120%
→DARBE→Recuperación de mora→50→50→100%

CUMPLIMIENTO CRÍTICO→→Indicador de producción→Meta→Resultado Enero-junio 2023→% Realizado
→Depto. Salud→Consulta de especialidades→600→450→75%
→→Atención preventiva→500→300→60%
→→Planificación familiar→100→0→0%

JUSTIFICACIONES CUMPLIMIENTO CRÍTICO→→→
Indicador→Meta→Resultado ene-jun 23→% Realizado
Departamento de Salud→→→
Consulta de especialidades→600→450→75%
[Redacted]→→→
Atención preventiva→500→300→60%
El departamento revisa sus datos con la unidad encargada de ellos.→→→
"""


def test_classes_and_labels_are_spread_over_their_rows(plan_text: PlanText) -> None:
    rows = plan_text(tabs(CLASSES)).indicators
    assert [(i.class_published, i.lead_unit) for i in rows if not i.restated] == [
        ("bueno", "UFI"),
        ("bueno", "UFI"),
        ("bueno", "DARBE"),
        ("critico", "Depto. Salud"),
        ("critico", "Depto. Salud"),
        ("critico", "Depto. Salud"),
    ]


def test_justifications_repeat_rows(plan_text: PlanText) -> None:
    plan = plan_text(tabs(CLASSES))
    first, second = [i for i in plan.indicators if i.restated]
    assert [i.kind for i in (first, second)] == [Kind.INDICATOR] * 2
    assert [[m.quantity.value for m in i.measures] for i in (first, second)] == [[600, 450, 75], [500, 300, 60]]
    assert {i.lead_unit for i in (first, second)} == {"Departamento de Salud"}
    assert (first.redacted, second.redacted) == (True, False)
    assert second.observation.startswith("El departamento revisa")
    own = next(i for i in plan.indicators if i.name == first.name and not i.restated)
    assert own.lead_unit_id == first.lead_unit_id  # "Depto. Salud" is "Departamento de Salud"


def test_a_table_that_repeats_rows_without_saying_so(plan_text: PlanText) -> None:
    """Same names and figures as rows above, and no codes of its own: they are not counted twice."""
    table = "Indicador→Meta→Resultado→% Realizado\nConsultas de salud→600→450→75%\nVacunas puestas→500→300→60%\n"
    plan = plan_text(tabs(f"{table}\nAnexo de lo pendiente.\n\n{table}"))
    assert [i.restated for i in plan.indicators] == [False, False, True, True]
    other = table.replace("450", "451").replace("300", "301")
    plan = plan_text(tabs(f"{table}\nAnexo de lo pendiente.\n\n{other}"))
    assert [i.restated for i in plan.indicators] == [False] * 4


def test_prose_puts_a_label_back_that_drifted(plan_text: PlanText) -> None:
    plan = plan_text(
        tabs("""→Indicador de resultado→Periodicidad→Meta Enero-junio→Resultado
UFI→Liquidez corriente→Trimestral→2→1
→Cobertura de gasto corriente→Trimestral→105→92
→Tasa de mora de cotizaciones→Mensual→4→1
DARBE→Recuperación de aportes→Mensual→40→10

Interpretación de los resultados

UFI

- Liquidez corriente

La liquidez se mantuvo por debajo de lo esperado.

DARBE

- Tasa de mora de cotizaciones

La mora bajó en el período.
""")
    )
    assert [i.lead_unit for i in plan.indicators] == ["UFI", "UFI", "DARBE", "DARBE"]
    (said,) = [d for d in plan.diagnostics if d.code == "LEC-label"]
    assert said.place.line == 4 and "DARBE" in said.message_es


def test_the_heading_of_another_unit_ends_a_label(plan_text: PlanText) -> None:
    """ "D. Coactivas" stands under a heading that the table does not print: its row stays its own."""
    plan = plan_text(
        tabs("""→Indicador de resultado→Periodicidad→Meta Enero-junio→Resultado
UFI→Liquidez corriente→Trimestral→2→1
→Cobertura de gasto corriente→Trimestral→105→92
D. Coactivas→Tasa de mora de cotizaciones→Mensual→4→1

Interpretación de los resultados

UFI

- Liquidez corriente

La liquidez se mantuvo por debajo de lo esperado.

DIRECCIÓN DE COACTIVAS

- Tasa de mora de cotizaciones

La mora bajó en el período.
""")
    )
    assert [i.lead_unit for i in plan.indicators] == ["UFI", "UFI", "D. Coactivas"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("O.G.1. Ampliar la cobertura", "OG1"),
        ("O.E.I. 2: Reducir las brechas", "OEI2"),
        ("OO-3. Mejorar los procesos", "OO3"),
        ("OTRAS ACCIONES PERMANENTES", "OTRAS"),
        ("Otras actividades de la unidad", "OTRAS"),
        ("Otras actividades realizadas con aliados", None),
        ("OG 5 casos atendidos", None),
    ],
)
def test_objectives_by_their_letters(line: str, code: str | None) -> None:
    found = match_objective(line)
    assert (found.code if found else None) == code


def test_summaries_give_no_rows(plan_text: PlanText) -> None:
    plan = plan_text(
        tabs("Tipo de indicador→Medidos→Alcanzó meta\nResultado→28→20\nProducción→114→90\n\nIndicador→Meta\nConsultas→5\nPartos→6\n")
    )
    assert [i.name for i in plan.indicators] == ["Consultas", "Partos"]
    assert [d.code for d in plan.diagnostics] == ["LEC-summary"]


PROJECTS = """PROYECTOS 2021→→→→
NOMBRE→OBJETIVOS→RESULTADOS ESPERADOS→PERÍODO DE EJECUCION→
→→→INICIO→FIN
DIGITALIZAR→<ul><li>Menos papel</li><li>Más orden</li></ul>→Archivo ordenado. Consulta rápida.→03/01/2021→PERMANENTE
INSPECCIONAR→Modernizar la inspección.→<ul style="x"> Sin viajes, Menos gasto. Más control→27/11/2020→31/02/2021
AUDITAR→Revisar las cuentas→Cuentas claras→1.3.21→2021-12-01
"""


def test_projects(plan_text: PlanText) -> None:
    plan = plan_text(tabs(PROJECTS))
    assert plan.indicators == ()
    assert [(p.sequence, p.name, p.place.line) for p in plan.projects] == [(1, "DIGITALIZAR", 4), (2, "INSPECCIONAR", 5), (3, "AUDITAR", 6)]
    assert [(p.start, p.end, p.open_ended) for p in plan.projects] == [
        (date(2021, 1, 3), None, True),
        (date(2020, 11, 27), None, False),  # 31 February is no day
        (date(2021, 3, 1), date(2021, 12, 1), False),
    ]
    assert [p.end_printed for p in plan.projects] == ["PERMANENTE", "31/02/2021", "2021-12-01"]
    assert plan.projects[0].objectives == ("Menos papel", "Más orden")
    assert plan.projects[0].expected_results == ("Archivo ordenado.", "Consulta rápida.")
    assert plan.projects[1].expected_results == ("Sin viajes", "Menos gasto.", "Más control")
    assert plan.projects[2].objectives == ("Revisar las cuentas",)


def test_numbered_items_of_projects(plan_text: PlanText) -> None:
    head = "NOMBRE→OBJETIVOS→RESULTADOS ESPERADOS→INICIO→FIN\n"
    row = "AUDITAR→1. Revisar cuentas 2. Corregir errores→Mejora según el art. 2. Menos errores→01/02/2021→03/04/2021\n"
    (project,) = plan_text(tabs(head + row)).projects
    assert project.objectives == ("Revisar cuentas", "Corregir errores")
    assert project.expected_results == ("Mejora según el art. 2.", "Menos errores")  # a number that counts nothing


def test_an_objective_that_names_a_unit_is_no_action(plan_text: PlanText) -> None:
    plan = plan_text(
        tabs("""Código→Actividad→Unidad organizativa→Meta
O.E.1.→Mejorar el servicio→Presidencia→
AO.1.1.→Capacitar→Presidencia→3
O.E.2.→Crecer→Presidencia→
AO.2.1.→Ver→Presidencia→4
""")
    )
    assert [(i.code, i.objective_code) for i in plan.indicators] == [("AO.1.1", "OE1"), ("AO.2.1", "OE2")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("03/01/2021", date(2021, 1, 3)),
        ("3-1-2021", date(2021, 1, 3)),
        ("3.1.21", date(2021, 1, 3)),
        ("2021-01-03", date(2021, 1, 3)),
        ("del 03/01/2021", date(2021, 1, 3)),
        ("29/02/2024", date(2024, 2, 29)),
        ("29/02/2023", None),
        ("01/13/2021", None),
        ("00/00/0000", None),
        ("PERMANENTE", None),
        ("", None),
        ("2021", None),
    ],
)
def test_dates(text: str, found: date | None) -> None:
    assert parse_date(text) == found


def test_a_coded_row_with_a_blank_name_is_kept(plan_text: PlanText) -> None:
    plan = plan_text(tabs("CÓDIGO→ACCIÓN OPERATIVA→META ANUAL\nAO.1.1.→Capacitar→4\nAO.1.2.→→2\nAO.1.3.→Visitar→3\n"))
    assert [(i.code, i.annual_target and i.annual_target.value) for i in plan.indicators] == [("AO.1.1", 4), ("AO.1.2", 2), ("AO.1.3", 3)]


def test_a_wrapped_row_goes_on_with_the_one_above(plan_text: PlanText) -> None:
    plan = plan_text(
        tabs("Código→Actividad→Meta\nA-1→Capacitar al personal de las→5\n→oficinas regionales→\nA-2→Informar→6\nA-3→Visitar→7\n")
    )
    assert [i.name for i in plan.indicators] == ["Capacitar al personal de las oficinas regionales", "Informar", "Visitar"]


def test_rows_follow_each_other_over_tables(plan_text: PlanText) -> None:
    plan = plan_text(tabs("Actividad→Meta\nCapacitar→5\nMirar→1\n\nOtra cosa.\n\nIndicador→Meta→Resultado\nCasos→5→4\nPartos→6→6\n"))
    assert [(i.sequence, i.name, i.kind) for i in plan.indicators] == [
        (1, "Capacitar", Kind.ACTION),
        (2, "Mirar", Kind.ACTION),
        (3, "Casos", Kind.INDICATOR),
        (4, "Partos", Kind.INDICATOR),
    ]


@pytest.mark.parametrize(
    ("word", "direction"), [("Creciente", "increase"), ("Disminuir", "decrease"), ("DESCENDENTE", "decrease"), ("Constante", "")]
)
def test_direction(word: str, direction: str, plan_text: PlanText) -> None:
    plan = plan_text(tabs(f"Indicador→Sentido→Periodicidad→Meta\nMora→{word}→Mensual→5\nCasos→{word}→Anual→6\n"))
    assert [(i.direction, i.frequency) for i in plan.indicators] == [(direction, "Mensual"), (direction, "Anual")]


def test_an_indicator_that_begins_like_a_total_is_none(plan_text: PlanText) -> None:
    rows = ["Total de consultas atendidas→Consulta→9", "Total de metas→→9", "Promedio de tiempo de respuesta→Día→9", "Promedio general→→9"]
    plan = plan_text(tabs("Producto→Unidad de medida→Totales\nFallos→Resolución→4\n" + "\n".join(rows) + "\n"))
    assert [i.kind for i in plan.indicators] == [Kind.PRODUCT, Kind.PRODUCT, Kind.TOTAL, Kind.PRODUCT, Kind.TOTAL]
