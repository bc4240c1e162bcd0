"""Periods in a column, several rows for one action: one row with its figures by period; other columns of periods stay as they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.normalize.period_labels import period_names
from veedor.schema.plan import MeasureKind, Plan

PlanText = Callable[..., Plan]
FIRST = (
    "Vacunar",
    {(1, 3): 10, (4, 6): 20, (7, 9): 30, (10, 12): 40, (1, 12): 100},
    {(1, 3): 5, (4, 6): 20, (7, 9): 30, (10, 12): 40, (1, 12): 95},
)
SECOND = (
    "Atender",
    {(1, 3): 1, (4, 6): 2, (7, 9): 3, (10, 12): 4, (1, 12): 10},
    {(1, 3): 1, (4, 6): 2, (7, 9): 3, (10, 12): 3, (1, 12): 9},
)


def figures(plan: Plan, kind: MeasureKind) -> list[dict[tuple[int, int] | None, float | None]]:
    return [{m.months: m.quantity.value for m in i.measures if m.measure is kind} for i in plan.indicators]


def told(plan: Plan) -> list[tuple[object, ...]]:
    kinds = (MeasureKind.TARGET, MeasureKind.ACTUAL)
    return [(i.name, *f) for i, *f in zip(plan.indicators, *(figures(plan, k) for k in kinds), strict=True)]


def table(header: str, labels: list[str], *, repeated: bool) -> str:
    """Two actions, five rows each; their own cells stand in the first row, or in all."""
    lines = [f"N.º→Actividad→Unidad de medida→{header}→Programado→Ejecutado→Responsable"]
    plans = [("1.1→Vacunar→Dosis", (10, 20, 30, 40, 100), (5, 20, 30, 40, 95)), ("1.2→Atender→Cita", (1, 2, 3, 4, 10), (1, 2, 3, 3, 9))]
    for own, planned, done in plans:
        for n, (label, p, d) in enumerate(zip(labels, planned, done, strict=True)):
            shown, area = (own, "Salud") if repeated or not n else ("→→", "")
            lines.append(f"{shown}→{label}→{p}→{d}→{area}")
    return "\n".join(lines).replace("→", "\t") + "\n"


@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize(
    ("header", "labels"),
    [
        ("Trimestre", ["I", "II", "III", "IV", "Total"]),
        ("Período", ["I TRIM", "II TRIM", "III TRIM", "IV TRIM", "Anual"]),
        ("", ["Primer trimestre", "Segundo trimestre", "Tercer trimestre", "Cuarto trimestre", "Total anual"]),
        ("Avance", ["Ene-Mar", "Abr-Jun", "Jul-Sep", "Oct-Dic", "Año"]),
        ("Trimestres", ["1", "2", "3", "4", "Anual"]),
        ("Meses", ["I (ene-mar)", "II (abr-jun)", "III (jul-set)", "IV (oct-dic)", "TOTAL"]),
    ],
)
def test_one_row_an_action(header: str, labels: list[str], repeated: bool, plan_text: PlanText) -> None:
    plan = plan_text(table(header, labels, repeated=repeated))
    assert told(plan) == [FIRST, SECOND]
    assert [(i.code_printed, i.unit_of_measure, i.responsible_unit) for i in plan.indicators] == [
        ("1.1", "Dosis", "Salud"),
        ("1.2", "Cita", "Salud"),
    ]


def test_merged_cells_and_texts_of_each_period(plan_text: PlanText) -> None:
    def action(name: str, weight: int, cells: list[tuple[str, int, int, str]]) -> str:
        first, *rest = [f"<td>{p}</td><td>{a}</td><td>{b}</td><td>{o}</td>" for p, a, b, o in cells]
        own = f"<td rowspan=3>{name}</td><td rowspan=3>{weight}</td>"
        return f"<tr>{own}{first}</tr>" + "".join(f"<tr>{r}</tr>" for r in rest)

    plan = plan_text(
        "<table><tr><th>Indicador</th><th>Peso (%)</th><th>Semestre</th><th>Meta</th><th>Logro</th><th>Observaciones</th></tr>"
        + action("Actas", 40, [("I", 10, 9, "Faltó una"), ("II", 10, 10, ""), ("Anual", 20, 19, "")])
        + action("Informes", 60, [("I", 1, 1, ""), ("II", 2, 2, "A tiempo"), ("Anual", 3, 3, "Completo")])
        + "</table>\n"
    )
    assert figures(plan, MeasureKind.TARGET) == [{(1, 6): 10, (7, 12): 10, (1, 12): 20}, {(1, 6): 1, (7, 12): 2, (1, 12): 3}]
    assert [list(f.values()) for f in figures(plan, MeasureKind.WEIGHT)] == [[40], [60]]
    assert [i.observation for i in plan.indicators] == ["Faltó una", "A tiempo Completo"]


def test_rows_that_also_tell_measures(plan_text: PlanText) -> None:
    rows = "Actividad→Trimestre→P/E→Cantidad→Responsable\n" + "".join(
        f"{name if not n else ''}→{label if not m else ''}→{kind}→{value}→{'Salud' if not n and not m else ''}\n"
        for name, values in (("Vacunar", [(1, 2), (3, 4), (5, 6), (7, 8)]), ("Atender", [(2, 1), (4, 3), (6, 5), (8, 7)]))
        for n, (label, pair) in enumerate(zip(("I", "II", "III", "IV"), values, strict=True))
        for m, (kind, value) in enumerate(zip(("Programado", "Ejecutado"), pair, strict=True))
    )
    plan = plan_text(rows.replace("→", "\t"))
    assert told(plan) == [
        ("Vacunar", {(1, 3): 1, (4, 6): 3, (7, 9): 5, (10, 12): 7}, {(1, 3): 2, (4, 6): 4, (7, 9): 6, (10, 12): 8}),
        ("Atender", {(1, 3): 2, (4, 6): 4, (7, 9): 6, (10, 12): 8}, {(1, 3): 1, (4, 6): 3, (7, 9): 5, (10, 12): 7}),
    ]


def test_a_date_of_each_action_is_no_period_of_its_rows(plan_text: PlanText) -> None:
    plan = plan_text(
        "N.º→Actividad→Trimestre→Meta\n1→Vacunar→I→10\n2→Atender→II→20\n3→Informar→III→30\n4→Evaluar→IV→40\n".replace("→", "\t")
    )
    assert [i.name for i in plan.indicators] == ["Vacunar", "Atender", "Informar", "Evaluar"]


@pytest.mark.parametrize(
    ("texts", "header", "names"),
    [
        (["I", "II", "III", "Total"], "", []),  # three parts: quarters or parts of four months
        (["I (ene-abr)", "II (ene-abr)", "III (set-dic)"], "", ["enero - abril", "septiembre - diciembre"]),
        (["I", "II", "Total", "Acumulado"], "Trimestre", ["enero - marzo", "abril - junio", "enero - junio", "acumulado a junio"]),
        (["C1", "C2", "C3"], "", ["C1", "C2", "C3"]),
        (["Informe del I trimestre", "Informe del II trimestre"], "", []),
        (["12", "25", "31"], "Meta", []),
    ],
)
def test_labels(texts: list[str], header: str, names: list[str]) -> None:
    assert list(period_names(texts, header).values()) == names


def test_figures_that_are_not_understood_are_no_targets(plan_text: PlanText) -> None:
    rows = "".join(
        f"{n if not k else ''}→{'' if k else ('Vacunar', 'Atender')[n - 1]}→{label}→{10 * n + k}→{9 * n + k}→{k + 3}\n"
        for n in (1, 2)
        for k, label in enumerate(("I", "II", "III", "IV"))
    )
    plan = plan_text(("N.º→Actividad→Trimestre→Meta→Logro→Lluvia en mm\n" + rows).replace("→", "\t"))
    assert [list(f.values()) for f in figures(plan, MeasureKind.TARGET)] == [[10, 11, 12, 13], [20, 21, 22, 23]]
    assert any("Lluvia en mm" in d.message_es for d in plan.diagnostics if d.code == "LEC-column")


def test_a_goal_of_the_year_stands_once(plan_text: PlanText) -> None:
    rows = "".join(
        f"{n}→{('Vacunar', 'Atender')[n - 1]}→{100 * n}→{label}→{20 * n + k}\n"
        for n in (1, 2)
        for k, label in enumerate(("I Trim", "II Trim"))
    )
    plan = plan_text(("N.º→Actividad→Meta anual→Período→Ejecutado\n" + rows).replace("→", "\t"))
    assert figures(plan, MeasureKind.TARGET) == [{(1, 12): 100}, {(1, 12): 200}]
    assert figures(plan, MeasureKind.ACTUAL) == [{(1, 3): 20, (4, 6): 21}, {(1, 3): 40, (4, 6): 41}]


def test_bands_and_totals_between_the_actions(plan_text: PlanText) -> None:
    rows = "".join(
        (f"Objetivo {n}. Mejorar la salud de la población→→→\n" if n < 3 else "")
        + "".join(f"{'' if k else name}→{label}→{n + k}→{n}\n" for k, label in enumerate(("I", "II", "III", "IV", "Anual")))
        for n, name in enumerate(("Vacunar", "Atender", "TOTAL"), 1)
    )
    plan = plan_text(("Actividad→Trimestre→Meta→Logro\n" + rows).replace("→", "\t"))
    assert [(i.kind.value, i.name, i.objective.split(".")[0]) for i in plan.indicators][:2] == [
        ("action", "Vacunar", "Objetivo 1"),
        ("action", "Atender", "Objetivo 2"),
    ]
    assert [i.kind.value for i in plan.indicators][2:] == ["total"]


def test_figures_of_a_row_without_a_period_are_said(plan_text: PlanText) -> None:
    rows = "".join(
        f"{'' if k else name}→{'' if k else 50}→{label}→{n + k}→{n}\n"
        for n, name in ((1, "Vacunar"), (2, "Atender"))
        for k, label in enumerate(("I", "II", "III", "IV"))
    )
    plan = plan_text(("Actividad→Peso (%)→Trimestre→Meta→Logro\n" + rows + "TOTAL→100→→24→12\n").replace("→", "\t"))
    assert [i.name for i in plan.indicators] == ["Vacunar", "Atender", "TOTAL"]
    assert all(v is None for f in figures(plan, MeasureKind.TARGET)[2:] for v in f.values())
    assert [list(f.values()) for f in figures(plan, MeasureKind.WEIGHT)] == [[50], [50], [100]]
    assert any("24, 12" in d.message_es for d in plan.diagnostics if d.code == "LEC-row")
