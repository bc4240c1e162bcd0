"""Money beside physical figures, figures that replace others, and what is not read: nothing is mixed or left out in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from veedor.normalize.codes import split_code
from veedor.normalize.columns import match_header
from veedor.schema.plan import Plan

PlanText = Callable[..., Plan]
HEAD = "Seguimiento del POI 2020, primer semestre\n\n"
STACKED = (
    "ACTIVIDAD\tTIPO\tUNIDAD DE MEDIDA\tMETA\tEJECUTADO\t% AVANCE\n"
    "AO.1.1 Visitas\tFisico\tVISITA\t4\t2\t50\n"
    "AO.1.1 Visitas\tFinanc.S/.\tVISITA\t8,000.00\t1,000.00\t12.5\n"
    "AO.1.2 Ferias\tFisico\tFERIA\t2\t2\t100\n"
    "AO.1.2 Ferias\tFinanc.S/.\tFERIA\t600.00\t600.00\t100\n"
)


def said(plan: Plan, code: str) -> list[str]:
    return [d.message_es for d in plan.diagnostics if d.code == code]


def test_rows_of_money_are_no_actions_and_are_said(plan_text: PlanText) -> None:
    plan = plan_text(HEAD + STACKED)
    assert [(i.code, i.actual and i.actual.value) for i in plan.indicators] == [("AO.1.1", 2), ("AO.1.2", 2)]
    (money,) = said(plan, "LEC-money")
    assert "(2)" in money


@pytest.mark.parametrize(
    "below",
    ["TOTAL\t\t\t8,600\tS/. 1,600.00\t18.6", "TOTAL\t\t\tS/. 8,600.00\t1,600.00\t18.6", "TOTAL\tFinanc.S/.\t\t8,600\t1,600\t18.6"],
    ids=["sign of the actual", "sign of the target", "kind"],
)
def test_a_total_of_rows_of_money_is_one_of_them(plan_text: PlanText, below: str) -> None:
    plan = plan_text(f"{HEAD}{STACKED}{below}\n")
    assert [i.code for i in plan.indicators] == ["AO.1.1", "AO.1.2"]
    (money,) = said(plan, "LEC-money")
    assert "(3)" in money


def test_a_total_of_rows_of_goods_stays_a_total(plan_text: PlanText) -> None:
    plan = plan_text(f"{HEAD}{STACKED}TOTAL\tFisico\t\t6\t4\t66.7\n")
    assert [(i.kind, i.actual and i.actual.value) for i in plan.indicators[2:]] == [("total", 4)]
    alone = plan_text(HEAD + "ACTIVIDAD\tMETA\tEJECUTADO\nVentas\t800\t400\nCuotas\t200\t100\nTOTAL\t1,000\tS/. 500.00\n")
    assert [(i.kind, i.actual and i.actual.value) for i in alone.indicators[2:]] == [("total", 500)]


_STACKS = {
    "blank header": ("ACTIVIDAD\t\tMETA\tEJECUTADO", "AO.1.{n} Visitas\tFisico", "\tFinanc.S/."),
    "unknown header": ("ACTIVIDAD\tTIPO DE META\tMETA\tEJECUTADO", "AO.1.{n} Visitas\tFísica", "\tPresupuestal"),
    "unit of money": ("CÓDIGO\tACTIVIDAD\tUNIDAD DE MEDIDA\tMETA\tEJECUTADO", "AO.1.{n}\tVisitas\tVisita", "\t\tS/."),
    "named again": ("CÓDIGO\tACTIVIDAD\tUNIDAD DE MEDIDA\tMETA\tEJECUTADO", "AO.1.{n}\tVisitas\tVisita", "AO.1.{n}\tVisitas\tSoles"),
    "name of money": ("CÓDIGO\tACTIVIDAD\tMETA\tEJECUTADO", "AO.1.{n}\tVisitas", "\tPresupuesto (S/)"),
}


@pytest.mark.parametrize(("header", "goods", "money"), list(_STACKS.values()), ids=list(_STACKS))
def test_a_row_of_money_below_its_action(plan_text: PlanText, header: str, goods: str, money: str) -> None:
    rows = "".join(f"{goods}\t4\t2\n{money}\t8,000.00\t1,000.00\n".format(n=n) for n in (1, 2))
    plan = plan_text(f"{HEAD}{header}\n{rows}")
    assert [(i.code, i.name, i.actual and i.actual.value) for i in plan.indicators] == [("AO.1.1", "Visitas", 2), ("AO.1.2", "Visitas", 2)]
    assert len(said(plan, "LEC-money")) == 1


def test_another_unit_of_one_action_is_no_money(plan_text: PlanText) -> None:
    header = "CÓDIGO\tACTIVIDAD\tUNIDAD DE MEDIDA\tMETA\tEJECUTADO\n"
    plan = plan_text(f"{HEAD}{header}AO.1\tVisitas\tVisita\t4\t2\nAO.1\tVisitas\tInforme\t8\t1\nAO.2\tPresupuesto\tInforme\t8\t1\n")
    assert len(plan.indicators) == 3


@pytest.mark.parametrize(
    ("path", "role"),
    [
        (("PROGRAMACION MENSUAL", "FISICO - FINANCIERO", "Ene"), "target"),
        (("EJECUCION MENSUAL", "FISICO - FINANCIERO", "Ene"), "actual"),
        (("EJECUCION MENSUAL", "FINANCIERO", "Ene"), "budget"),
        (("Presupuesto programado",), "budget"),
    ],
)
def test_a_header_of_goods_and_money_is_not_one_of_money(path: tuple[str, ...], role: str) -> None:
    assert match_header(path, 0).role == role


def test_columns_of_money_are_said(plan_text: PlanText) -> None:
    plan = plan_text(HEAD + "Actividad\tMeta\tEjecutado\tPresupuesto\nVer\t4\t2\t100.00\nOír\t8\t4\t30.00\n")
    (money,) = said(plan, "LEC-money")
    assert "«Presupuesto» (amount)" in money


def test_columns_of_money_that_are_not_read_are_said(plan_text: PlanText) -> None:
    plan = plan_text(HEAD + "Actividad\tMeta\tEjecutado\tSaldo\nVer\t4\t2\t100.00\nOír\t8\t4\t30.00\n")
    (money,) = said(plan, "LEC-money")
    assert "«Saldo»" in money and "veedor extract" in money
    assert not any(i.money for i in plan.indicators)


def test_the_modified_target_is_the_one_in_force(plan_text: PlanText) -> None:
    plan = plan_text(HEAD + "Actividad\tMeta aprobada\tMeta modificada\tEjecutado\nVer\t4\t6\t3\nOír\t8\t9\t4\n")
    assert [m.quantity.value for i in plan.indicators for m in i.measures if m.measure == "target"] == [6, 9]
    (other,) = said(plan, "LEC-double")
    assert "Meta aprobada" in other


def test_the_year_so_far(plan_text: PlanText) -> None:
    """ "Avance anual" in a report of the third quarter is no figure of December."""
    table = "Actividad\tMeta anual\tAVANCE ANUAL\tIII TRIM META\tIII TRIM EJECUTADO\nVer\t12\t9\t3\t3\nOír\t8\t6\t2\t2\n"
    plan = plan_text(f"Informe de seguimiento del POI 2018, al III trimestre\n\n{table}")
    ends = {(m.period_start, m.period_end) for m in plan.indicators[0].measures if m.measure == "actual"}
    assert ends == {(date(2018, 1, 1), date(2018, 9, 30)), (date(2018, 7, 1), date(2018, 9, 30))}


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("11.7.1.7.1.4.-CONSOLIDAR la estructura", "11.7.1.7.1.4", "CONSOLIDAR la estructura"),
        ("AOI00008400228 - CONDUCCIÓN", "AOI00008400228", "CONDUCCIÓN"),
        ("1.2.- Ver", "1.2", "Ver"),
    ],
)
def test_a_code_and_its_text(text: str, code: str, rest: str) -> None:
    found = split_code(text)
    assert found is not None and (found[0].canonical, found[1]) == (code, rest)


def test_the_text_beside_a_code_is_the_name_and_other_names_are_said(plan_text: PlanText) -> None:
    head = "Código PEI\tIndicador de Proceso\tCódigo POA\tIndicador de Proceso POA\tMeta\n"
    row = "6.1.2.- Mejorar la gestión interna\tN° de acuerdos\t1.3.{n}.- Consolidar la estructura institucional {n}\t% ejecutado\t100\n"
    plan = plan_text(HEAD + head + row.format(n=4) + row.format(n=5))
    assert [(i.code, i.name) for i in plan.indicators] == [
        ("1.3.4", "Consolidar la estructura institucional 4"),
        ("1.3.5", "Consolidar la estructura institucional 5"),
    ]
    assert {i.objective for i in plan.indicators} == {"6.1.2.- Mejorar la gestión interna"}
    assert {m.split("»")[0] for m in said(plan, "LEC-double")} == {"La columna «Indicador de Proceso POA"}


def test_a_total_in_the_column_of_objectives_is_a_total(plan_text: PlanText) -> None:
    head = "Código PEI\tCódigo POA\tIndicador de Proceso POA\tPonderación %\n"
    row = "6.1.2.- Mejorar la gestión interna\t1.3.{n}.- Consolidar la estructura institucional {n}\tN° de acuerdos\t50%\n"
    plan = plan_text(HEAD + head + row.format(n=4) + row.format(n=5) + "SUBTOTAL\t\t\t100%\n" + row.format(n=6))
    assert [i.kind == "total" for i in plan.indicators] == [False, False, True, False]
    assert len({i.objective_code for i in plan.indicators}) == 1


def test_a_number_in_the_column_of_objectives_is_none(plan_text: PlanText) -> None:
    plan = plan_text(HEAD + "Objetivo\tActividad\tMeta\nOEI.01\tDirigir\t\n1\tVer\t4\n2\tOír\t8\n")
    assert {i.objective_code for i in plan.indicators} == {"OEI1"}


def test_a_cost_centre_is_the_unit_of_its_rows(plan_text: PlanText) -> None:
    text = "CENTRO DE COSTO: 02.01 - PRESIDENCIA EJECUTIVA NRO. REGISTRO: 2020\n\nActividad\tMeta\tEjecutado\nVer\t4\t2\nOír\t8\t4\n"
    assert {i.lead_unit for i in plan_text(HEAD + text).indicators} == {"PRESIDENCIA EJECUTIVA"}


def test_what_is_said_of_a_column_is_said_once(plan_text: PlanText) -> None:
    table = "Actividad\tMeta\tFecha de firma\nVer\t4\tx\nOír\t8\ty\n"
    plan = plan_text(HEAD + table + "\nOtra parte del documento, con su texto.\n\n" + table)
    assert len(said(plan, "LEC-column")) == 1


def test_months_that_make_up_the_half_year_confirm_it(plan_text: PlanText) -> None:
    months = ("Ene", "Feb", "Mar", "Abr", "May", "Jun")
    head = "Actividad\tPROGRAMADO\t\t\t\t\t\t\n\t" + "\t".join(months) + "\tEN-JUN\n"
    plan = plan_text(HEAD + head + "Ver\t1\t0\t2\t0\t0\t1\t4\nOír\t1\t0\t2\t0\t0\t1\t5\n")
    assert [i.confidence for i in plan.indicators] == ["checked", "read"]


def test_an_amount_that_groups_by_another_sign_than_its_column(plan_text: PlanText) -> None:
    head, rows = "Actividad\tMeta\tPresupuesto", ("Uno\t1\t145.000", "Dos\t2\t98.700", "Tres\t3\t1.950.000", "Cuatro\t4\t820,000")
    (table,) = plan_text("\n".join([head, *rows])).money
    assert [r.amounts[0].value for r in table.rows] == [145000, 98700, 1950000, 820000]
    # Where the column prints decimals, three digits may be some of them too.
    (table,) = plan_text("\n".join([head, *rows, "Cinco\t5\t12,5"])).money
    assert table.rows[3].amounts[0].value == 820
