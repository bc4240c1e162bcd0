"""Forms of one indicator each ("fichas"): labels beside, above or before their values, a grid of periods among them; one row each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.schema.plan import MeasureKind, Plan
from veedor.schema.quantity import State

PlanText = Callable[..., Plan]
QUARTERS = [(1, 3), (4, 6), (7, 9), (10, 12)]


def told(plan: Plan) -> list[tuple[object, ...]]:
    """Code, name, unit, area, and by month: targets and results of each row."""
    return [
        (
            i.code_printed,
            i.name,
            i.unit_of_measure,
            i.responsible_unit,
            *({m.months: m.quantity.value for m in i.measures if m.measure is k} for k in (MeasureKind.TARGET, MeasureKind.ACTUAL)),
        )
        for i in plan.indicators
    ]


def expected(n: int) -> tuple[object, ...]:
    targets, actuals = [10 * n, 20 * n, 30 * n, 40 * n], [9 * n, 20 * n, 31 * n, 40 * n]
    own = (f"HG-0{n}", ("Camas ocupadas", "Cirugías hechas")[n - 1], ("Cama", "Cirugía")[n - 1], ("Enfermería", "Quirófano")[n - 1])
    year = {(1, 12): 100 * n}
    return (*own, year | dict(zip(QUARTERS, targets, strict=True)), year | dict(zip(QUARTERS, actuals, strict=True)))


def expected_all() -> list[tuple[object, ...]]:
    return [expected(1), expected(2)]


BESIDE = """FICHA N.º {n}→→→→
Nombre del indicador→{name}→→→
Código→HG-0{n}→Unidad de medida→→{unit}
Responsable→{area}→Línea base 2022→→{n}5
Trimestre→I→II→III→IV
Meta del período→{t1}→{t2}→{t3}→{t4}
Resultado del período→{a1}→{a2}→{a3}→{a4}
Meta anual→{year}→Resultado anual→→{year}
Fuente de datos→Registros del hospital→→→
"""
COLONS = """Indicador:→{name}→Código:→HG-0{n}→
Unidad de medida:→{unit}→Responsable:→{area}→
Período→I Trim→II Trim→III Trim→IV Trim
Programado→{t1}→{t2}→{t3}→{t4}
Ejecutado→{a1}→{a2}→{a3}→{a4}
Meta anual:→{year}→Resultado anual:→{year}→
"""
ABOVE = """Ficha {n}→→→
Código→Nombre del indicador→Unidad de medida→Responsable
HG-0{n}→{name}→{unit}→{area}
Trimestre→Meta→Resultado→
I→{t1}→{a1}→
II→{t2}→{a2}→
III→{t3}→{a3}→
IV→{t4}→{a4}→
Meta anual→Resultado anual→→
{year}→{year}→→
"""
TITLED = """Indicador {n}: {name}→→→→
Código: HG-0{n}→→Unidad de medida: {unit}→→
Responsable→{area}→→→
→Ene-Mar→Abr-Jun→Jul-Sep→Oct-Dic
Meta→{t1}→{t2}→{t3}→{t4}
Logro→{a1}→{a2}→{a3}→{a4}
Meta anual→{year}→→Resultado anual→{year}
"""


def filled(form: str, n: int) -> str:
    code, name, unit, area, *_ = expected(n)
    t, a = [10 * n, 20 * n, 30 * n, 40 * n], [9 * n, 20 * n, 31 * n, 40 * n]
    figures = {f"{k}{q + 1}": v for k, found in (("t", t), ("a", a)) for q, v in enumerate(found)}
    return form.format(n=n, code=code, name=name, unit=unit, area=area, year=100 * n, **figures)


def html(form: str, n: int) -> str:
    """The form with blank cells merged into the one before them."""
    rows = []
    for line in filled(form, n).splitlines():
        cells: list[list[object]] = []
        for text in line.split("→"):
            if text or not cells:
                cells.append([text, 1])
            else:
                cells[-1][1] = int(str(cells[-1][1])) + 1
        rows.append("<tr>" + "".join(f"<td colspan={w}>{t}</td>" for t, w in cells) + "</tr>")
    return "<table>" + "".join(rows) + "</table>\n\n"


@pytest.mark.parametrize("form", [BESIDE, COLONS, ABOVE, TITLED], ids=["beside", "colons", "above", "titled"])
@pytest.mark.parametrize("printed", ["tabs", "one table", "pipes", "html"])
def test_one_row_each(form: str, printed: str, plan_text: PlanText) -> None:
    if printed == "html":
        text = html(form, 1) + html(form, 2)
    elif printed == "pipes":
        text = "\n".join("\n".join(f"| {line.replace('→', ' | ')} |" for line in filled(form, n).splitlines()) + "\n" for n in (1, 2))
    else:
        text = ("\n" if printed == "tabs" else "").join(filled(form, n).replace("→", "\t") for n in (1, 2))
    plan = plan_text("POA 2023\n\n" + text)
    assert told(plan) == expected_all()


def test_two_texts_behind_a_label_are_no_value(plan_text: PlanText) -> None:
    text = filled(BESIDE, 1).replace("Meta anual→100→", "Meta anual→100→120→").replace("Resultado anual→→100", "→")
    plan = plan_text("POA 2023\n\n" + text.replace("→", "\t"))
    (row,) = plan.indicators
    assert row.annual_target is None or row.annual_target.value is None or row.annual_target.state is State.AMBIGUOUS


def test_a_label_that_is_not_known_is_no_target(plan_text: PlanText) -> None:
    text = "".join(filled(BESIDE, n).replace("Resultado del período", "Lluvia caída en mm") + "\n" for n in (1, 2))
    plan = plan_text("POA 2023\n\n" + text.replace("→", "\t"))
    targets = [[m.quantity.value for m in i.measures if m.measure is MeasureKind.TARGET] for i in plan.indicators]
    assert [sorted(v for v in row if v is not None) for row in targets] == [[10, 20, 30, 40, 100], [20, 40, 60, 80, 200]]
    assert any("Lluvia caída en mm" in d.message_es for d in plan.diagnostics)


def test_sections_of_a_form_are_no_forms(plan_text: PlanText) -> None:
    text = "".join(
        filled(BESIDE, n)
        .replace("Código", "1. Datos generales→→→→\nCódigo")
        .replace("Trimestre", "2. Resultados por trimestre→→→→\nTrimestre")
        + "\n"
        for n in (1, 2)
    )
    assert told(plan_text("POA 2023\n\n" + text.replace("→", "\t"))) == expected_all()


def test_a_table_of_two_actions_is_no_form(plan_text: PlanText) -> None:
    plan = plan_text("Código→Indicador→Unidad de medida→Meta\nA-1→Camas ocupadas→Cama→10\nA-2→Cirugías→Cirugía→20\n".replace("→", "\t"))
    assert [(i.code_printed, i.name, i.unit_of_measure) for i in plan.indicators] == [
        ("A-1", "Camas ocupadas", "Cama"),
        ("A-2", "Cirugías", "Cirugía"),
    ]
