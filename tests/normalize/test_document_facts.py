"""What a document says of itself: year, reported period, title, class limits, legal basis; and the words of classes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from veedor.normalize.classes import class_of_cell, class_of_title
from veedor.schema.plan import Plan

PlanText = Callable[..., Plan]
TABLE = "Indicador\tMeta\tResultado\t% Realizado\nConsultas\t600\t450\t75%\nPartos\t500\t300\t60%\n"


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ("Plan Operativo Institucional (POI) 2022", 2022),
        ("POI/POA 2018", 2018),
        ("PLAN ANUAL DE TRABAJO 2021\n\nAGOSTO 2020", 2021),
        ("Plan Anual de Trabajo (PAT) 2024\n\nDiciembre de 2023", 2024),
        ("Gestión 2020", 2020),
        ("Evaluación abril-junio 2023", 2023),
        ("Plan sin fecha", None),
    ],
)
def test_year(head: str, year: int | None, plan_text: PlanText) -> None:
    assert plan_text(f"{head}\n\n{TABLE}").document.year == year


def test_the_header_of_the_targets_says_the_year(plan_text: PlanText) -> None:
    plan = plan_text("Plan Operativo (POI) 2021\n\nActividad\tMETAS PARA AÑO 2022\t\n\tEN-MAR\tABR-JUN\nCapacitar\t1\t2\nVer\t3\t4\n")
    assert plan.document.year == 2022


@pytest.mark.parametrize(
    ("head", "start", "end"),
    [
        ("POI 2022\n\n2o Trimestre\n\nJulio 2022", date(2022, 4, 1), date(2022, 6, 30)),
        ("PAT 2023\n\nABRIL – JUNIO 2023", date(2023, 4, 1), date(2023, 6, 30)),
        ("POI 2020\n\nSeguimiento Anual\n\nDiciembre 2020", date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_reported_period_of_a_follow_up(head: str, start: date, end: date, plan_text: PlanText) -> None:
    document = plan_text(f"{head}\n\n{TABLE}").document
    assert (document.period_start, document.period_end) == (start, end)


def test_a_column_says_its_own_period(plan_text: PlanText) -> None:
    plan = plan_text("POI 2022\n\nSeguimiento 2o Trimestre\n\nActividad\tMeta anual\tREAL EN-JUN\nVer\t4\t2\nOír\t8\t4\n")
    assert {(i.period_start, i.period_end) for i in plan.indicators} == {(date(2022, 1, 1), date(2022, 6, 30))}


def test_a_plan_reports_no_period(plan_text: PlanText) -> None:
    document = plan_text("Plan Operativo (POI) 2022\n\nEnero 2022\n\nActividad\tMeta\nVer\t4\nOír\t8\n").document
    assert (document.year, document.period_start, document.period_end) == (2022, None, None)


def test_title_and_hash(plan_text: PlanText) -> None:
    document = plan_text(f"Memoria\n\nEvaluación del Plan Anual de Trabajo 2023\n\n{TABLE}", "memoria.txt").document
    assert (document.name, document.source, document.title) == ("memoria", "memoria.txt", "Evaluación del Plan Anual de Trabajo 2023")
    assert len(document.sha256) == 64 and document.tables == 1 and document.lines is not None and document.lines >= 8


LIMITS = {
    "two lines each": "CRÍTICO\n\nIndicadores con un porcentaje menor a 85%\n\nREGULAR\n\nEntre el 85% y 99%\n\nBUENO\n\nMayor a 99%\n",
    "one line each": "Crítico: menor a 85%\n\nRegular: entre 85% y 99%\n\nBueno: mayor a 99%\n",
    "behind an introduction": "Los resultados se clasifican así: CRÍTICO, menores a 85%; REGULAR, entre 85% y 99%; BUENO, mayor a 99%.\n",
    "behind a short one": "Escala utilizada: Crítico, menor a 85%; Regular, entre 85% y 99%; Bueno, mayor a 99%\n",
    "signs": "Crítico: < 85%\n\nRegular: entre 85% y 99%\n\nBueno: > 99%\n",
}


@pytest.mark.parametrize("prose", list(LIMITS.values()), ids=list(LIMITS))
def test_class_limits_as_the_prose_states_them(prose: str, plan_text: PlanText) -> None:
    found = plan_text(f"{prose}\n{TABLE}").class_limits
    assert [(c.id, c.lower, c.lower_inclusive, c.upper, c.upper_inclusive) for c in found] == [
        ("critico", None, False, 85, False),
        ("regular", 85, True, 99, True),
        ("bueno", 99, False, None, False),
    ]
    assert all(c.text and c.place.line for c in found)


def test_limits_without_a_class_that_the_tables_print_and_the_sentence_names_are_not_used(plan_text: PlanText) -> None:
    prose = "Es crítico lo que no llega a regular; Regular, entre 85% y 99%; Bueno, mayor a 99%\n"
    table = "Actividad\tMeta\tReal\t% Cumplimiento\tClasificación\nVer\t4\t2\t50%\t{printed}\n"
    assert plan_text(f"{prose}\n{table.format(printed='CRÍTICO')}").class_limits == ()
    # A class that nothing defines is for a rule to say.
    assert len(plan_text(f"{prose}\n{table.format(printed='Deficiente')}").class_limits) == 2


SENTENCES = [
    "El semáforo es Verde cuando el avance es igual o mayor a 90%, Amarillo cuando es igual o mayor a 70% y menor a 90%, Rojo cuando es "
    "menor a 70% y Gris cuando la acción no tiene programación (N/A).",
    "El semáforo será Verde si el cumplimiento es mayor o igual a 90 %; Amarillo si es de 70 % a menos de 90 %; Rojo si es menor a 70 %.",
    "Los indicadores se ubican en verde cuando alcanzan 90% o más, en amarillo desde 70% y en rojo cuando no llegan a 70%.",
    "Una acción está en verde a partir de 90%, en amarillo a partir de 70% y en rojo por debajo de 70%.",
    "Verde si X ≥ 90%, amarillo si 70% ≤ X < 90% y rojo si X < 70%.",
]


@pytest.mark.parametrize("prose", SENTENCES)
def test_limits_in_one_running_sentence(prose: str, plan_text: PlanText) -> None:
    found = plan_text(f"{prose}\n\n{TABLE}").class_limits
    assert [(c.id, c.lower, c.lower_inclusive, c.upper, c.upper_inclusive) for c in found] == [
        ("verde", 90, True, None, False),
        ("amarillo", 70, True, 90, False),
        ("rojo", None, False, 70, False),
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "Las acciones en Verde son 24 (75 %), en Amarillo 5 (15.6 %) y en Rojo 3 (9.4 %).",
        "El cumplimiento es alto en 90 % de las áreas, medio en 7 % y bajo en 3 %.",
        "El cumplimiento fue Bueno en 12 metas (de 90 % a 100 %), Regular en 3 (de 70 % a 89 %).",
    ],
)
def test_a_sentence_of_results_states_no_limits(prose: str, plan_text: PlanText) -> None:
    assert plan_text(f"{prose}\n\n{TABLE}").class_limits == ()


def test_closed_limits(plan_text: PlanText) -> None:
    prose = "Bueno: mayor o igual a 90%\n\nRegular: de 70 a 89.99%\n\nDeficiente: menor o igual a 69,99%\n"
    found = {c.id: (c.lower, c.lower_inclusive, c.upper, c.upper_inclusive) for c in plan_text(f"{prose}\n{TABLE}").class_limits}
    assert found["bueno"] == (90, True, None, False)
    assert found["regular"] == (70, True, 89.99, True)
    assert found[class_of_cell("Deficiente")] == (None, False, 69.99, True)


THREE = [
    "Verde: 90 % o más; Amarillo: de 70 % a menos de 90 %; Rojo: menos de 70 %",
    "3. Valoración: Verde, cumplimiento de 90 % o más; Amarillo, de 70 % a menos de 90 %; Rojo, menos de 70 %.",
    "VERDE: cumplimiento de 90% o más\n\nAMARILLO: cumplimiento de 70% a menos de 90%\n\nROJO: cumplimiento menor a 70%",
    "Los indicadores se clasifican en verde (≥ 90 %), amarillo (de 70 % a menos de 90 %) y rojo (menos de 70 %).",
    "Semáforo: verde ≥ 90%, amarillo ≥ 70% y menor a 90%, rojo < 70%",
    "90 % o más: verde\n\nDe 70 % a menos de 90 %: amarillo\n\nPor debajo de 70 %: rojo",
    "Verde: igual o superior al 90%. Amarillo: superior o igual al 70% e inferior al 90%. Rojo: inferior al 70%.",
    "Verde: a partir de 90 %\n\nAmarillo: 70 % ≤ x < 90 %\n\nRojo: x < 70 %",
    "Semáforo\tRango\nVerde\t≥ 90\nAmarillo\t≥ 70 y < 90\nRojo\t< 70",
    "Color\tSignificado\t% de cumplimiento\n"
    "Verde\tCumple\t90 % o más\nAmarillo\tRiesgo\tde 70 % a menos de 90 %\nRojo\tNo cumple\tmenos de 70 %",
]


@pytest.mark.parametrize("prose", THREE)
def test_class_limits_in_other_wordings(prose: str, plan_text: PlanText) -> None:
    found = plan_text(f"{prose}\n\n{TABLE}").class_limits
    assert {
        (c.id, c.lower, c.lower is not None and c.lower_inclusive, c.upper, c.upper is not None and c.upper_inclusive) for c in found
    } == {
        ("rojo", None, False, 70, False),
        ("amarillo", 70, True, 90, False),
        ("verde", 90, True, None, False),
    }


@pytest.mark.parametrize(
    ("prose", "classes"),
    [
        ("Logrado: 100%; Parcial: de 60% a 99%; No logrado: menos de 60%", {"logrado": 100, "parcial": 60, "no logrado": None}),
        ("Óptimo (≥ 95 %), Aceptable (80 % a 94.99 %) y Deficiente (< 80 %)", {"optimo": 95, "aceptable": 80, "deficiente": None}),
    ],
)
def test_classes_of_other_names(prose: str, classes: dict[str, float | None], plan_text: PlanText) -> None:
    assert {c.id: c.lower for c in plan_text(f"{prose}\n\n{TABLE}").class_limits} == classes


@pytest.mark.parametrize(
    "prose",
    [
        "Bueno: 72 %, Regular: 15 %, Crítico: 13 %",
        "Los indicadores en verde representan más de 71,0% del total, los amarillos menos de 19,4%",
        "Indicador\tMeta\tSemáforo\nVacunas\t≥ 90%\tVerde\nDemoras\t≤ 5%\tRojo",
    ],
)
def test_shares_and_targets_are_no_limits(prose: str, plan_text: PlanText) -> None:
    assert plan_text(f"{prose}\n\n{TABLE}").class_limits == ()


@pytest.mark.parametrize(
    "prose", ["", "Bueno\n\nMayor a 99%\n", "Los indicadores buenos subieron 5%\n\nLos regulares, 3%\n", "Índice\n\nRegular\t5\n"]
)
def test_limits_that_are_not_stated_are_not_made_up(prose: str, plan_text: PlanText) -> None:
    assert plan_text(f"{prose}\n{TABLE}").class_limits == ()


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("CUMPLIMIENTO BUENO", "bueno"),
        ("CUMPLIMIENTO CRÍTICO", "critico"),
        ("Cumplimiento regular", "regular"),
        ("OCUMPLIMIENTO BUENO", "bueno"),
        ("JUSTIFICACIONES CUMPLIMIENTO CRÍTICO", "critico"),
        ("Resultados críticos", "critico"),
        ("Cumplimiento de metas", ""),
        ("", ""),
        ("El cumplimiento bueno de las metas se debe al esfuerzo del personal", ""),
    ],
)
def test_titles_that_give_a_class(text: str, identity: str) -> None:
    assert class_of_title(text) == identity


@pytest.mark.parametrize(
    ("text", "identity"), [("BUENO", "bueno"), ("Crítica", "critica"), ("Muy bueno", "muy bueno"), ("98%", ""), ("", ""), ("-", "")]
)
def test_classes_in_cells(text: str, identity: str) -> None:
    assert class_of_cell(text) == identity


def test_a_class_column(plan_text: PlanText) -> None:
    plan = plan_text("Indicador\tMeta\tResultado\tSemáforo\nConsultas\t600\t450\tRegular\nPartos\t500\t300\tCrítico\nVacunas\t1\t1\t\n")
    assert [i.class_published for i in plan.indicators] == ["regular", "critico", ""]


NOTICE = '"Este documento es una versión pública: se omitió lo confidencial" (Arts. 24 y 30 de la LAIP) y lo reservado (Art. 19 LAIP)\n'


def test_legal_basis_of_a_public_version(plan_text: PlanText) -> None:
    plan = plan_text(f"{NOTICE}\nIndicador\tMeta\nConsultas\t5\nPartos\t[Redacted]\n")
    (redaction,) = plan.redactions
    assert re.findall(r"\d+", redaction.legal_basis) == ["24", "30", "19"]
    assert redaction.scope == "Partos"


def test_a_struck_out_line_of_a_table_is_of_the_row_above(plan_text: PlanText) -> None:
    plan = plan_text(f"JUSTIFICACIONES CUMPLIMIENTO CRÍTICO\t\t\t\n{TABLE}[Redacted]\t\t\t\n")
    assert [r.scope for r in plan.redactions] == ["Partos"]
    assert [i.redacted for i in plan.indicators] == [False, True]


def test_a_quarter_in_the_title_comes_before_the_month_of_issue(plan_text: PlanText) -> None:
    document = plan_text(f"POI 2022\n\nSeguimiento 2o Trimestre\n\nJunio 2022\n\n{TABLE}").document
    assert document.period_end == date(2022, 6, 30) and document.period_start in (date(2022, 1, 1), date(2022, 4, 1))


def test_prose_is_kept_with_what_was_in_force(plan_text: PlanText) -> None:
    plan = plan_text(f"O.E.1. Mejorar.\n\nDe los 43 indicadores, el 79% se cumplió.\n\n{TABLE}\nO.E.2. Crecer.\n\nSe creció.\n")
    found = {n.text: (n.objective_code, n.place.line) for n in plan.narrative}
    assert found["De los 43 indicadores, el 79% se cumplió."] == ("OE1", 3)
    assert found["Se creció."] == ("OE2", 11)


def test_a_table_that_cannot_be_understood_is_said(plan_text: PlanText) -> None:
    plan = plan_text(f"Ciudad\tHabitantes\tAltura\nSan Miguel\t5\t7\nSanta Ana\t6\t8\nLa Unión\t7\t9\n\n{TABLE}")
    (said,) = [d for d in plan.diagnostics if d.code == "LEC-table"]
    assert "Ciudad" in said.message_es and said.place.line == 1
    assert [i.name for i in plan.indicators] == ["Consultas", "Partos"]
