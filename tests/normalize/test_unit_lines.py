"""Lines of forms that name the unit of the rows below: labels, numbers, what else stands in the line, and where a unit ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.normalize.unit_lines import unit_line
from veedor.schema.plan import Plan

PlanText = Callable[..., Plan]
TABLE = "CÓDIGO→ACTIVIDAD→META ANUAL\n{code}→{name}→4\n"


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("CENTRO COSTO PADRE : 02 - ÓRGANO DE CONTROL", "ÓRGANO DE CONTROL"),
        ("CENTRO DE COSTO: 01.02 Oficina de Logística", "Oficina de Logística"),
        ("Centro de costo 01.02 Oficina de Logística", "Oficina de Logística"),
        ("Órgano: Gerencia General", "Gerencia General"),
        ("Órgano / Unidad Orgánica: Oficina de Asesoría", "Oficina de Asesoría"),
        ("Dependencia: DIRECCIÓN REGIONAL DE SALUD", "DIRECCIÓN REGIONAL DE SALUD"),
        ("Área: Recursos Humanos", "Recursos Humanos"),
        ("Dirección: Dirección de Compras", "Dirección de Compras"),
        ("Nombre de la unidad: Unidad Ambiental Fecha: 12/03/2023", "Unidad Ambiental"),
        ("PLIEGO: 313 SEN UNIDAD EJECUTORA: 001 SEN CENTRO DE COSTO: 01 - DIRECCIÓN EJECUTIVA", "DIRECCIÓN EJECUTIVA"),
        ("Unidad: Porcentaje", ""),
        ("Unidad de medida: Informe", ""),
        ("Unidad: 3", ""),
        ("Dirección: Calle Arce 123, San Salvador", ""),
        ("Gerencia: Se cumplió con todo lo planificado en el área.", ""),
        ("Se trabajó en la unidad: mejoras de la oficina", ""),
        ("PLIEGO: 313 SEN", ""),
    ],
)
def test_the_unit_of_a_line(line: str, unit: str) -> None:
    assert unit_line(line) == unit


def _plan(plan_text: PlanText, text: str) -> list[tuple[int, str]]:
    return [(i.section, i.lead_unit) for i in plan_text(text.replace("→", "\t")).indicators]


def test_each_table_has_the_unit_above_it(plan_text: PlanText) -> None:
    text = "\n".join(
        f"CENTRO DE COSTO: 0{n} {unit}\n\n{TABLE.format(code=f'AO.{n}.1', name='Ordenar el archivo')}"
        for n, unit in enumerate(("Oficina de Compras", "Oficina de Personal", "Órgano de Control"), 1)
    )
    assert _plan(plan_text, text) == [(1, "Oficina de Compras"), (2, "Oficina de Personal"), (3, "Órgano de Control")]


def test_an_objective_does_not_end_the_unit(plan_text: PlanText) -> None:
    text = "Unidad: Unidad de Compras\n\nObjetivo Estratégico 1: Mejorar la gestión de compras\n\n" + TABLE.format(
        code="AO.1", name="Comprar"
    )
    assert _plan(plan_text, text) == [(1, "Unidad de Compras")]


def test_of_two_lines_the_inner_unit(plan_text: PlanText) -> None:
    above = "Órgano: Gerencia General\nUnidad orgánica: {unit}\n\n"
    text = "".join(
        above.format(unit=unit) + TABLE.format(code=f"AO.{n}", name=f"Informar de la parte {n}") + "\n"
        for n, unit in enumerate(("Oficina de Compras", "Oficina de Compras", "Oficina de Personal"), 1)
    )
    text += "Órgano: Gerencia General\n\n" + TABLE.format(code="AO.4", name="Dirigir la institución")
    assert _plan(plan_text, text) == [
        (1, "Oficina de Compras"),
        (1, "Oficina de Compras"),
        (2, "Oficina de Personal"),
        (3, "Gerencia General"),
    ]


def test_a_unit_in_a_row_across_the_table(plan_text: PlanText) -> None:
    text = """CÓDIGO→ACTIVIDAD→META ANUAL
CENTRO DE COSTO: 01 Oficina de Compras→→
AO.1→Comprar→4
CENTRO DE COSTO: 02 Oficina de Personal→→
AO.2→Pagar→3
"""
    assert _plan(plan_text, text) == [(1, "Oficina de Compras"), (2, "Oficina de Personal")]
