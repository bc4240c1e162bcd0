"""Columns of money beside physical ones: measures of their own with a currency as unit, never mixed with the physical figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.normalize.currencies import captioned, stated
from veedor.normalize.measure_units import unit_of
from veedor.schema.plan import Plan
from veedor.schema.tables import records, rows

PlanText = Callable[..., Plan]
HEAD = "Evaluación del POA 2022, informe anual\n\n"
TABLE = "CÓD.\tOPERACIÓN\tMeta\tEjecutado\t%\t{heads}\nA1\tVer\t4\t2\t50,0\t{a}\nA2\tOír\t8\t4\t50,0\t{b}\n"


def money(plan: Plan) -> list[list[tuple[str, str, float | None]]]:
    return [[(m.measure, m.unit, m.quantity.value) for m in i.money] for i in plan.indicators]


def physical(plan: Plan) -> list[list[tuple[str, float | None]]]:
    return [[(m.measure, m.quantity.value) for m in i.measures] for i in plan.indicators]


GOODS = [[("target", 4), ("actual", 2), ("percent", 50)], [("target", 8), ("actual", 4), ("percent", 50)]]


@pytest.mark.parametrize(
    ("heads", "unit"),
    [
        ("Presupuesto (Bs)\tEjecutado (Bs)\t% Ejec. presupuestaria", "bob"),
        ("Presupuesto Bs.\tDevengado Bs.\t%", "bob"),
        ("PRESUPUESTO VIGENTE (US$ MILES)\tPRESUPUESTO EJECUTADO (US$ MILES)\t% EJECUCIÓN FINANCIERA", "usd_thousand"),
        ("Programado (S/)\tEjecutado (S/)\t% avance financiero", "pen"),
        ("PIM\tDevengado\tAvance financiero (%)", "amount"),
        ("Asignación (miles de L)\tGasto (miles de L)\tPorcentaje de gasto", "hnl_thousand"),
        ("Presupuesto (Q)\tEjecutado (Q)\t% de ejecución financiera", "gtq"),
        ("Presupuesto ₲\tEjecutado ₲\t%", "pyg"),
        ("Presupuesto en millones de colones\tEjecución en millones de colones\t% ejecutado", "crc_million"),
        ("Presupuesto (M$)\tGasto (M$)\t% de gasto", "clp_thousand"),
        ("Monto asignado (C$)\tMonto ejecutado (C$)\t% monto", "nio"),
        ("Budget (US$ thousands)\tSpent (US$ thousands)\t% spent", "usd_thousand"),
    ],
)
def test_programmed_executed_and_percent_of_money(plan_text: PlanText, heads: str, unit: str) -> None:
    table = TABLE.format(heads=heads, a="1.200,00\t300,00\t25,0", b="2.400,00\t1.200,00\t50,0")
    plan = plan_text(HEAD + table)
    percent = f"{unit.split('_')[0]}_percent"
    assert money(plan) == [
        [("target", unit, 1200), ("actual", unit, 300), ("percent", percent, 25)],
        [("target", unit, 2400), ("actual", unit, 1200), ("percent", percent, 50)],
    ]
    assert physical(plan) == GOODS


@pytest.mark.parametrize(
    ("above", "head", "below", "unit"),
    [
        ("(Expresado en bolivianos)", "Presupuesto", "", "bob"),
        ("(Valores monetarios en millones de RD$)", "Presupuesto (RD$)", "", "dop_million"),
        ("(Valores monetarios en millones de RD$)", "Presupuesto (US$)", "", "usd"),
        ("", "Presupuesto", "Nota: montos expresados en miles de lempiras", "hnl_thousand"),
        ("Estados Unidos Mexicanos", "Presupuesto ($)", "", "mxn"),
        ("República de Colombia", "Presupuesto (millones de pesos)", "", "cop_million"),
        ("", "Presupuesto ($)", "", "amount"),
        ("", "Presupuesto (miles de pesos)", "", "peso_thousand"),
        ("Se ejecutaron 3 millones de dólares en obras.", "Presupuesto", "", "amount"),
        ("El convenio se firmó en Santiago de Chile", "Presupuesto (Bs)", "", "bob"),
    ],
)
def test_the_currency_of_captions_and_countries(plan_text: PlanText, above: str, head: str, below: str, unit: str) -> None:
    plan = plan_text(f"{HEAD}{above}\n\nCÓD.\tOPERACIÓN\tMeta\tEjecutado\t{head}\nA1\tVer\t4\t2\t12.50\nA2\tOír\t8\t4\t30.25\n\n{below}\n")
    assert money(plan) == [[("target", unit, 12.5)], [("target", unit, 30.25)]]


def test_a_caption_is_of_its_own_table(plan_text: PlanText) -> None:
    table = "CÓD.\tOPERACIÓN\tMeta\tEjecutado\tPresupuesto (Bs)\nA{n}\tVer\t4\t2\t12.50\nB{n}\tOír\t8\t4\t30.25\n\n"
    plan = plan_text(
        HEAD
        + table.format(n=1)
        + "Ejecución del segundo eje\n\n(En miles de bolivianos)\n\n"
        + table.format(n=2)
        + "Otra sección\n\n"
        + table.format(n=3)
    )
    assert [i.money[0].unit for i in plan.indicators] == ["bob"] * 2 + ["bob_thousand"] * 2 + ["bob"] * 2


def test_cells_tell_the_currency(plan_text: PlanText) -> None:
    plan = plan_text(HEAD + TABLE.format(heads="Costo\tDetalle", a="US$ 1,250.00\tx", b="-\ty"))
    assert money(plan) == [[("actual", "usd", 1250)], [("actual", "usd", None)]]
    plan = plan_text("POA 2022\n\nCÓD.\tOPERACIÓN\tMeta\tCosto\nA1\tVer\t4\tUS$ 1,250.00\nA2\tOír\t8\tUS$ 10.00\n")
    assert money(plan) == [[("target", "usd", 1250)], [("target", "usd", 10)]]


def test_money_below_a_header_of_its_own(plan_text: PlanText) -> None:
    """ "Ejecutado" below "Presupuesto" is no physical result, whatever stands beside it."""
    text = (
        "CÓD.\tOPERACIÓN\tFÍSICO\t\t\tFINANCIERO (Q)\t\t\n\t\tProg.\tEjec.\t%\tProg.\tEjec.\t%\n"
        "A1\tVer\t4\t2\t50.0\t1,200.00\t300.00\t25.0\nA2\tOír\t8\t4\t50.0\t2,400.00\t1,200.00\t50.0\n"
    )
    plan = plan_text(HEAD + text)
    assert physical(plan) == GOODS
    assert [m.unit for m in plan.indicators[0].money] == ["gtq", "gtq", "gtq_percent"]


def test_the_percentage_of_the_money_is_none_of_the_goods(plan_text: PlanText) -> None:
    head = "CÓD.\tOPERACIÓN\tMeta\tEjecutado\tPresupuesto (Bs)\tDevengado (Bs)\t%\n"
    plan = plan_text(f"{HEAD}{head}A1\tVer\t4\t2\t1.200,00\t300,00\t25,0\nA2\tOír\t8\t3\t2.400,00\t1.200,00\t50,0\n")
    assert physical(plan) == [[("target", 4), ("actual", 2)], [("target", 8), ("actual", 3)]]
    assert [i.money[-1].unit for i in plan.indicators] == ["bob_percent"] * 2
    # The same column where it prints what the physical figures give.
    plan = plan_text(f"{HEAD}{head}A1\tVer\t4\t2\t1.200,00\t300,00\t50,0\nA2\tOír\t8\t6\t2.400,00\t1.200,00\t75,0\n")
    assert [i.percent and i.percent.value for i in plan.indicators] == [50, 75]


def test_the_budget_in_force_and_what_was_accrued(plan_text: PlanText) -> None:
    heads = "PIA\tPIM\tComprometido\tDevengado\tGirado\tSaldo"
    cells = "100.00\t120.00\t90.00\t80.00\t70.00\t40.00"
    plan = plan_text(HEAD + "(En soles)\n\n" + TABLE.format(heads=heads, a=cells, b=cells))
    assert money(plan) == [[("target", "pen", 120), ("actual", "pen", 80)]] * 2
    (unread,) = [d.message_es for d in plan.diagnostics if d.code == "LEC-money" and "veedor extract" in d.message_es]
    assert all(f"«{name}»" in unread for name in ("PIA", "Comprometido", "Girado", "Saldo"))


@pytest.mark.parametrize(
    "head", ["Partida presupuestaria", "Código presupuestario", "Fuente de financiamiento (Bs)", "Costo unitario (Bs)"]
)
def test_what_numbers_an_item_is_no_amount(plan_text: PlanText, head: str) -> None:
    plan = plan_text(HEAD + TABLE.format(heads=head, a="25100", b="34200"))
    assert not any(i.money for i in plan.indicators) and physical(plan) == GOODS


def test_goals_of_money_are_the_figures_of_their_table(plan_text: PlanText) -> None:
    plan = plan_text(HEAD + "CÓD.\tINDICADOR\tMeta (US$)\tEjecutado (US$)\nA1\tVentas\t400.50\t200.25\nA2\tCobros\t80.00\t40.00\n")
    assert physical(plan) == [[("target", 400.5), ("actual", 200.25)], [("target", 80), ("actual", 40)]]


def test_measures_csv_holds_both(plan_text: PlanText) -> None:
    plan = plan_text(HEAD + TABLE.format(heads="Presupuesto (Bs)", a="1.200,00", b="2.400,00"))
    found = list(rows("measures", records(plan)["measures"]))
    wanted = [("target", "4", ""), ("actual", "2", ""), ("percent", "50.0", "P1"), ("target", "1200.00", "bob")]
    assert [(str(r[2]), str(r[6]), r[8]) for r in found[:4]] == wanted


@pytest.mark.parametrize("total", ["\tSUBTOTAL\t\t\t\t", "\t\tSUBTOTAL\t\t\t"])
def test_a_total_of_money_alone(plan_text: PlanText, total: str) -> None:
    """Its label may stand in any column; it is neither lost nor a physical figure."""
    head = "CÓD.\tOPERACIÓN\tResponsable\tMeta\tEjecutado\tPresupuesto (Bs)\n"
    plan = plan_text(f"{HEAD}{head}A1\tVer\tUno\t4\t2\t1.200,00\nA2\tOír\tDos\t8\t4\t2.400,00\n{total}Bs 3.600,00\n")
    assert [(i.kind, i.name) for i in plan.indicators][-1] == ("total", "SUBTOTAL")
    assert money(plan)[-1] == [("target", "bob", 3600)]
    assert not any(m.quantity.printed for m in plan.indicators[-1].measures)


@pytest.mark.parametrize("text", ["Absoluto", "No. S/N", "Datos reales", "CUP", "Total L", "I Q", "Peso (%)"])
def test_what_is_no_currency(text: str) -> None:
    assert stated(text) is None


def test_prose_with_an_amount_is_no_caption() -> None:
    assert captioned("Se ejecutaron 3 millones de dólares en obras") is None


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Soles", "pen"),
        ("Miles de lempiras", "hnl_thousand"),
        ("Monto en Bs.", "bob"),
        ("US$ miles", "usd_thousand"),
        ("₡", "crc"),
        ("Monto", "amount"),
    ],
)
def test_units_of_money(printed: str, code: str) -> None:
    unit = unit_of(printed)
    assert unit is not None and unit.code == code


def test_a_cost_beside_results_may_be_planned_or_spent(plan_text: PlanText) -> None:
    rows = "A1\tVer\t4\t2\t300,00\nA2\tOír\t8\t4\t450,50\n"
    plan = plan_text(HEAD + "CÓD.\tOPERACIÓN\tMeta\tEjecutado\tCosto (Bs)\n" + rows)
    assert [[(m.unit, m.quantity.value, m.quantity.state.value) for m in i.money] for i in plan.indicators] == [
        [("bob", 300, "ambiguous")],
        [("bob", 450.5, "ambiguous")],
    ]
    assert any(d.code == "LEC-period" and "presupuestado o de lo gastado" in d.message_es for d in plan.diagnostics)
    planned = plan_text("Plan operativo 2022\n\nCÓD.\tOPERACIÓN\tMeta\tCosto (Bs)\nA1\tVer\t4\t300,00\nA2\tOír\t8\t450,50\n")
    assert [m.quantity.state.value for i in planned.indicators for m in i.money] == ["value", "value"]


def test_the_row_of_letters_says_nothing_of_money(plan_text: PlanText) -> None:
    head = "CÓD.\tOPERACIÓN\tMeta\tEjecutado\tPresupuesto (Bs)\t\t\n\t\t\t\tVigente\tDevengado\t% Ejec.\n\t\ta\tb\tc\td\te=(d/c)\n"
    plan = plan_text(HEAD + head + "A1\tVer\t4\t2\t1.200,00\t300,00\t25,0\nA2\tOír\t8\t4\t2.400,00\t1.200,00\t50,0\n")
    assert money(plan)[0] == [("target", "bob", 1200), ("actual", "bob", 300), ("percent", "bob_percent", 25)]
