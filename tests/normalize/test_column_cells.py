"""Columns whose cells tell their role: texts under a header of figures, classes, and parts that go with what they add up to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.normalize.header_roles import match_header
from veedor.schema.plan import Plan

PlanText = Callable[..., Plan]

NAMES = ["Recolectar residuos sólidos", "Barrer vías y sitios públicos", "Reparar fugas del acueducto", "Impartir talleres de compostaje"]


def roles(plan: Plan) -> dict[str, str]:
    return {c.printed: c.role for c in plan.tables[0].columns}


def table(header: str, *rows: str) -> str:
    return "\n".join(line.replace(" | ", "\t") for line in (header, *rows)) + "\n"


@pytest.mark.parametrize(
    "header", ["ACTIVIDAD PROGRAMADA", "Meta operativa", "Metas y acciones programadas", "Resultado previsto del área"]
)
def test_a_column_of_texts_is_the_name_whatever_its_header_says_of_targets(header: str, plan_text: PlanText) -> None:
    rows = [f"I-0{n} | {name} | Informe | 4 | 3 | 75%" for n, name in enumerate(NAMES, 1)]
    plan = plan_text(table(f"Código | {header} | Unidad de medida | Meta anual | Ejecutado | % de avance", *rows))
    assert [i.name for i in plan.indicators] == NAMES
    assert roles(plan)["Meta anual"] == "target"


def test_a_column_of_figures_keeps_that_header_as_a_target(plan_text: PlanText) -> None:
    rows = [f"I-0{n} | {name} | 4 | 3" for n, name in enumerate(NAMES, 1)]
    plan = plan_text(table("Código | Actividad | Meta operativa | Ejecutado", *rows))
    assert roles(plan)["Meta operativa"] == "target"


def test_repeated_labels_are_no_names(plan_text: PlanText) -> None:
    """Four rows of one and the same text are a group, not what the rows are about."""
    rows = [f"I-0{n} | Servicios a la población | 4 | 3" for n in range(1, 5)]
    assert plan_text(table("Código | Meta operativa | Programado | Ejecutado", *rows)).indicators == ()


@pytest.mark.parametrize(
    ("header", "cells", "role"),
    [
        ("Condición", ["Óptimo", "Aceptable", "No programado", "Óptimo", "Óptimo"], "class"),
        ("Situación", ["Terminada", "En curso", "Terminada", "En curso", "Terminada"], "class"),
        ("CUMPLIMIENTO", ["Satisfactorio", "Crítico", "Satisfactorio", "Satisfactorio", "Crítico"], "class"),
        ("Nivel de cumplimiento", ["Alto", "Medio", "Alto", "Alto", "Bajo"], "class"),
        ("Situación", ["Se firmó en mayo", "Falta la firma", "Sin novedad", "Hubo atraso", "Va bien"], ""),
        ("Cumplimiento", ["75%", "80%", "90%", "95%", "100%"], "percent"),
    ],
)
def test_few_words_that_return_are_classes_below_a_header_that_announces_them(
    header: str, cells: list[str], role: str, plan_text: PlanText
) -> None:
    names = [*NAMES, "Operar la feria"]
    rows = [f"I-0{n} | {name} | 4 | 3 | {cell}" for n, (name, cell) in enumerate(zip(names, cells, strict=True), 1)]
    plan = plan_text(table(f"Código | Actividad | Meta | Ejecutado | {header}", *rows))
    assert roles(plan)[header] == role


PARTS = "Código | Producto | Meta 2023 | T1 | T2 | T3 | T4 | Logro"


@pytest.mark.parametrize(
    ("rows", "role"),
    [
        (["24 | 5 | 5 | 5 | 5 | 20", "8 | 1 | 1 | 2 | 1 | 5", "12 | 0 | 3 | 3 | 3 | 9"], "actual"),
        (["24 | 6 | 6 | 6 | 6 | 20", "8 | 2 | 2 | 2 | 2 | 5", "12 | 3 | 3 | 3 | 3 | 9"], "target"),
        # figures of the year so far, of which the last is the whole
        (["24 | 5 | 10 | 15 | 20 | 20", "8 | 1 | 2 | 4 | 5 | 5", "12 | 0 | 3 | 6 | 9 | 9"], "actual"),
        # every goal met to the dot: what plans print
        (["24 | 6 | 6 | 6 | 6 | 24", "8 | 2 | 2 | 2 | 2 | 8", "12 | 3 | 3 | 3 | 3 | 12"], "target"),
        # neither: not understood, and said so
        (["24 | 1 | 2 | 3 | 4 | 20", "8 | 7 | 7 | 7 | 7 | 5", "12 | 1 | 3 | 8 | 3 | 9"], ""),
    ],
)
def test_parts_of_the_year_go_with_what_they_add_up_to(rows: list[str], role: str, plan_text: PlanText) -> None:
    lines = [f"OP-0{n} | {name} | {row}" for n, (name, row) in enumerate(zip(NAMES, rows, strict=False), 1)]
    plan = plan_text(table(PARTS, *lines))
    assert {roles(plan)[f"T{n}"] for n in (1, 2, 3, 4)} == {role}
    assert any("T1" in d.message_es for d in plan.diagnostics if d.code == "LEC-column") is (role == "")


@pytest.mark.parametrize(
    ("path", "role", "basis"),
    [
        (("TOTAL EJEC.",), "actual", ""),
        (("TOTAL PROG.",), "target", "annual"),
        (("TOTAL SEM.",), "target", "part"),
        (("% CUMPL.",), "percent", ""),
        (("% ejec. acum.",), "percent", "to_date"),
        (("AVANCE ACUM.",), "actual", "to_date"),
        (("PROG. ACUM.",), "target", "to_date"),
        (("ALCANZADO 2023", "TOTAL"), "actual", ""),
        (("EJECUTADO", "TOTAL SEM."), "actual", "part"),
        (("PROGRAMADO", "TOTAL"), "target", "annual"),
        (("Total I semestre",), "target", ""),
        (("ACUMULADO",), "", ""),
        (("ÍT",), "code", ""),
    ],
)
def test_abbreviated_headers_and_totals_below_a_parent(path: tuple[str, ...], role: str, basis: str) -> None:
    column = match_header(path, 0)
    assert (column.role, column.basis) == (role, basis)


def test_marks_of_what_is_due_in_a_month_leave_its_column_one_of_targets(plan_text: PlanText) -> None:
    rows = [f"I-0{n} | {name} | {a} | {b}" for n, (name, a, b) in enumerate(zip(NAMES, "✓✓✓1", "XXX2", strict=True), 1)]
    plan = plan_text(table("Código | Actividad | Ene | Feb", *rows))
    assert [roles(plan)[m] for m in ("Ene", "Feb")] == ["target", "target"]
    assert [m.quantity.value for m in plan.indicators[-1].measures] == [1, 2]
    assert [m.quantity.printed for m in plan.indicators[0].measures if m.quantity.printed] == ["✓", "X"]


@pytest.mark.parametrize("repeated", [False, True])
def test_what_several_rows_serve_is_not_their_name(repeated: bool, plan_text: PlanText) -> None:
    """Peru and Bolivia print the strategic action, or that of the short term, in a cell over the operations that serve it."""
    rows = [f"{'ACP-1 Ampliar la red' if n == 1 or repeated else ''} | OPE 1.{n} | {name} | 4" for n, name in enumerate(NAMES, 1)]
    plan = plan_text(table("ACCIÓN DE CORTO PLAZO | CÓD. | OPERACIÓN | META", *rows))
    assert [(i.name, i.objective) for i in plan.indicators] == [(name, "ACP-1 Ampliar la red") for name in NAMES]


def test_units_that_are_symbols_are_units_of_measure(plan_text: PlanText) -> None:
    rows = [f"{n} | {name} | {unit} | 4 | 3" for n, (name, unit) in enumerate(zip(NAMES, ("%", "%", "N.º", "%"), strict=True), 1)]
    plan = plan_text(table("N° | Indicador | Unidad | Meta | Efectivo", *rows))
    assert [i.unit_of_measure for i in plan.indicators] == ["%", "%", "N.º", "%"]


def test_codes_below_a_header_that_says_something_else(plan_text: PlanText) -> None:
    rows = [f"{code} | {name} | 4 | 3" for code, name in zip(("1.1", "1.2", "1.3", "2.1"), NAMES, strict=True)]
    found = plan_text(table("Meta | Indicador | Valor meta | Valor alcanzado", *rows)).indicators
    assert [i.code for i in found] == ["1.1", "1.2", "1.3", "2.1"]
    assert [i.annual_target.value for i in found if i.annual_target] == [4] * 4
    numbers = ["14902", "14915", "15011", "15034"]
    registered = [f"{code} | {name} | 4 | 3" for code, name in zip(numbers, NAMES, strict=True)]
    assert [i.code for i in plan_text(table("SINIP | Producto | Meta | Ejecutado", *registered)).indicators] == numbers


def test_figures_before_the_names_are_no_codes(plan_text: PlanText) -> None:
    rows = [f"{meta} | {name} | 3" for meta, name in zip(("40", "12", "40", "9"), NAMES, strict=True)]
    plan = plan_text(table("Meta | Indicador | Valor alcanzado", *rows))
    assert [i.code for i in plan.indicators] == [""] * 4 and roles(plan)["Meta"] == "target"
    other = [f"{n} | {name} | 3 | 4" for n, name in zip(("7", "7", "9", "8"), NAMES, strict=True)]
    assert roles(plan_text(table("Zona QZ | Indicador | Meta | Logro", *other)))["Zona QZ"] == ""


@pytest.mark.parametrize(
    ("parts", "doubted"),
    [
        (["10 | 10 | 10 | 10 | 40", "1 | 2 | 3 | 4 | 10", "0 | 0 | 5 | 5 | 10"], False),  # they add up
        (["80 | 85 | 90 | 95 | 95", "1 | 2 | 3 | 4 | 4", "60 | 60 | 60 | 60 | 60"], False),  # the last is the goal
        (["2,1 | 3,4 | 1,8 | 2,0 | 5", "21,6 | 22,3 | 22,8 | 22,1 | 22", "19 | 31 | 17 | 20 | 30"], True),
    ],
)
def test_parts_that_do_not_make_up_their_goal_may_be_results(parts: list[str], doubted: bool, plan_text: PlanText) -> None:
    header = "Indicador | Trim. I | Trim. II | Trim. III | Trim. IV | Estándar"
    judged = [f"{name} | {figures} | Cumple" for name, figures in zip(NAMES, parts, strict=False)]
    plan = plan_text(table(f"{header} | Semáforo", *judged))
    assert {c.doubted for c in plan.tables[0].columns if c.printed.startswith("Trim")} == {doubted}
    planned = plan_text(table(header, *(f"{name} | {figures}" for name, figures in zip(NAMES, parts, strict=False))))
    assert not any(c.doubted for c in planned.tables[0].columns), "the sums of a plan may be wrong"


def test_percentages_below_a_name_of_results_are_percentages(plan_text: PlanText) -> None:
    rows = [f"{name} | {meta} | {real} | {share}" for name, meta, real, share in zip(NAMES, "8426", "4213", ("50 %",) * 4, strict=True)]
    plan = plan_text(table("Indicador | Meta | Cierre 2024 | Logro", *rows))
    assert roles(plan)["Logro"] == "percent" and roles(plan)["Cierre 2024"] == "actual"
    alone = [f"{name} | {meta} | {share}" for name, meta, share in zip(NAMES, "8426", ("50 %",) * 4, strict=True)]
    assert roles(plan_text(table("Indicador | Meta | Logro", *alone)))["Logro"] == "percent"
    rates = [f"{name} | {meta} % | {share}" for name, meta, share in zip(NAMES, "8426", ("50 %",) * 4, strict=True)]
    assert roles(plan_text(table("Indicador | Meta | Logro", *rates)))["Logro"] == "actual"


def test_one_row_alone_does_not_tell_parts(plan_text: PlanText) -> None:
    rows = [f"{NAMES[0]} | 300 | 0 | 126 | 126", f"{NAMES[1]} | 100 | 98 | 100 | 100", f"{NAMES[2]} | s/d | 12 | s/d | s/d"]
    plan = plan_text(table("Indicador | Meta anual | Ene–jun | Jul–dic | Cierre 2024", *rows))
    assert roles(plan)["Ene–jun"] == ""


def test_things_that_are_counted_are_units_whatever_the_header(plan_text: PlanText) -> None:
    units = {"Presentar informes": "Informe", "Dictar talleres": "Taller", "Realizar visitas": "Visita", "Celebrar sesiones": "Acta"}
    rows = [f"{n} | {name} | {unit} | 4 | 3" for n, (name, unit) in enumerate(units.items(), 1)]
    plan = plan_text(table("N.º | Actividad | Bien que genera | Meta | Ejecutado", *rows))
    assert [i.unit_of_measure for i in plan.indicators] == [*units.values()]


def test_several_results_in_percentages_are_percentages(plan_text: PlanText) -> None:
    rows = [f"{name} | {meta} | 33% | 40%" for name, meta in zip(NAMES, ("30", "15", "6", "12"), strict=True)]
    found = roles(plan_text(table("Actividad | Meta anual | Avance I trimestre | Avance II trimestre", *rows)))
    assert found["Avance I trimestre"] == found["Avance II trimestre"] == "percent"
    rates = [f"{name} | Porcentaje | 80 | 75%" for name in NAMES]
    assert roles(plan_text(table("Actividad | Unidad de medida | Meta | Avance", *rates)))["Avance"] == "actual"


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Meta 2022", ("1.5", "2.1", "3.4", "4.2")),
        ("Beneficiarios", ("120", "340", "280", "410")),
        ("Población", ("1200", "900", "350", "700")),
    ],
)
def test_quantities_before_the_names_are_no_codes(header: str, cells: tuple[str, ...], plan_text: PlanText) -> None:
    rows = [f"{cell} | {name} | 4 | 3" for cell, name in zip(cells, NAMES, strict=True)]
    assert [i.code for i in plan_text(table(f"{header} | Indicador | Meta 2023 | Resultado 2023", *rows)).indicators] == [""] * 4


def test_levels_of_a_matrix_are_no_labels_of_a_form(plan_text: PlanText) -> None:
    rows = [f"{level} | {name} | 10 | 5 | 50%" for level, name in zip(("Fin", "Propósito", "Componente", "Actividad"), NAMES, strict=True)]
    assert [i.name for i in plan_text(table("Nivel | Indicador | Meta | Resultado | %", *rows)).indicators] == NAMES


def test_an_indicator_over_several_activities_keeps_its_name(plan_text: PlanText) -> None:
    rows = [f"Cobertura | 80 | {NAMES[0]} | 75", f" |  | {NAMES[1]} | ", f"Calidad | 90 | {NAMES[2]} | 85", f" |  | {NAMES[3]} | "]
    found = roles(plan_text(table("Indicador | Meta | Actividades | Ejecutado", *rows)))
    assert found["Indicador"] == "name"
