"""Classes as words, letters, signs, colours, and in one cell with their percentage."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.normalize.classes import class_id, class_of_cell, split_class
from veedor.schema.plan import Plan

PlanText = Callable[..., Plan]
HEAD = "Evaluación del POA 2022, informe anual\n\nCÓD.\tINDICADOR\tMeta\tEjecutado\t"
ROWS = "A1\tVer\t4\t4\t{}\nA2\tOír\t8\t4\t{}\nA3\tIr\t8\t2\t{}\n"


def classes(plan: Plan) -> list[str]:
    return [i.class_published for i in plan.indicators]


@pytest.mark.parametrize(
    ("text", "published", "identity"),
    [
        ("En proceso", "en proceso", "en proceso"),
        ("No cumplida", "no cumplida", "no cumplido"),
        ("Críticas", "criticas", "critico"),
        ("Bueno (95%)", "bueno", "bueno"),
        ("A", "a", "a"),
        ("▲", "▲", "▲"),
        ("N/A", "", ""),
        ("S/D", "", ""),
        ("—", "", ""),
        ("95", "", ""),
    ],
)
def test_a_class_is_published_as_printed(text: str, published: str, identity: str) -> None:
    """Lower case without accents, with its blanks; plural and feminine forms have one identity."""
    assert class_of_cell(text) == published
    assert (class_id(published) if published else "") == identity


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("95,1% Bueno", ("95,1%", "Bueno")),
        ("Bueno (95,1%)", ("95,1%", "Bueno")),
        ("100 % - Muy bueno", ("100 %", "Muy bueno")),
        ("72.5 | Regular", ("72.5", "Regular")),
        ("● 88%", ("88%", "●")),
        ("Bueno", ("", "")),
        ("95%", ("", "")),
        ("AO.1.2", ("", "")),
        ("2 de 3 informes", ("", "")),
    ],
)
def test_percentage_and_class_of_one_cell(text: str, parts: tuple[str, str]) -> None:
    assert split_class(text) == parts


@pytest.mark.parametrize("head", ["Nivel de cumplimiento", "% de cumplimiento", "Calificación", "Cumplimiento (%)"])
@pytest.mark.parametrize("form", ["{}% {}", "{}% ({})", "{1} ({0}%)", "{1}: {0}%", "{}% – {}"])
def test_both_come_out(plan_text: PlanText, head: str, form: str) -> None:
    cells = [form.format(*c) for c in (("100,0", "Bueno"), ("50,0", "Regular"), ("25,0", "Deficiente"))]
    plan = plan_text(f"{HEAD}{head}\n{ROWS.format(*cells)}")
    assert classes(plan) == ["bueno", "regular", "deficiente"]
    assert [i.percent and (i.percent.value, i.percent.printed) for i in plan.indicators] == [
        (v, c) for v, c in zip((100, 50, 25), cells, strict=True)
    ]


def test_units_beside_a_percentage_are_no_classes(plan_text: PlanText) -> None:
    plan = plan_text(f"{HEAD}% de avance\n" + ROWS.format("100% anual", "50% anual", "25% anual"))
    assert classes(plan) == ["", "", ""]
    assert [i.percent and i.percent.value for i in plan.indicators] == [100, 50, 25]


@pytest.mark.parametrize(
    "key",
    [
        "Estado: ▲ Cumplido (90% o más)   ● En proceso (70% a menos de 90%)   ▼ Atrasado (menos de 70%)   — sin meta",
        "▲ = Cumplido; ● = En proceso; ▼ = Atrasado",
        "▲: Cumplido, ●: En proceso, ▼: Atrasado",
        "Símbolo\tSignificado\n▲\tCumplido\n●\tEn proceso\n▼\tAtrasado",
    ],
)
def test_signs_mean_what_the_document_says(plan_text: PlanText, key: str) -> None:
    plan = plan_text(f"{HEAD}Estado\n{ROWS.format('▲', '●', '▼')}\n{key}\n")
    assert classes(plan) == ["cumplido", "en proceso", "atrasado"]


def test_a_key_of_one_sign_a_line(plan_text: PlanText) -> None:
    plan = plan_text(f"{HEAD}Estado\n{ROWS.format('▲', '◆', '▼')}\n▲ Cumplido\n◆ En proceso\n▼ Atrasado\n")
    assert classes(plan) == ["cumplido", "en proceso", "atrasado"]


@pytest.mark.parametrize("key", ["", "● Cumplido ● En proceso ● Atrasado", "▲ Véase la nota del anexo."])
def test_signs_without_a_key_stay_signs(plan_text: PlanText, key: str) -> None:
    assert classes(plan_text(f"{HEAD}Estado\n{ROWS.format('▲', '●', '▼')}\n{key}\n")) == ["▲", "●", "▼"]


@pytest.mark.parametrize(
    "key",
    [
        "Nivel: A = 90% o más; B = de 70% a 89.9%; C = menos de 70%. (—) sin programación.",
        "Categoría: A: 90% o más; B: 70% a 89.9%; C: menos de 70%.",
    ],
)
def test_letters_with_their_limits(plan_text: PlanText, key: str) -> None:
    plan = plan_text(f"{HEAD}Nivel\n{ROWS.format('A', 'B', 'C')}\n{key}\n")
    assert classes(plan) == ["a", "b", "c"]
    assert [(c.id, c.lower, c.upper) for c in plan.class_limits] == [("a", 90, None), ("b", 70, 89.9), ("c", None, 70)]


def test_the_limits_of_signs_are_those_of_their_words(plan_text: PlanText) -> None:
    key = "Estado: ▲ Cumplido (90% o más) ● En proceso (70% a menos de 90%) ▼ Atrasado (menos de 70%)"
    plan = plan_text(f"{HEAD}Estado\n{ROWS.format('▲', '●', '▼')}\n{key}\n")
    assert [(c.id, c.lower, c.upper) for c in plan.class_limits] == [("cumplido", 90, None), ("en proceso", 70, 90), ("atrasado", None, 70)]
    assert [i.class_id for i in plan.indicators] == [c.id for c in plan.class_limits]


def test_no_percentage_and_a_class_all_the_same() -> None:
    assert split_class("S.I. No medido") == ("S.I.", "No medido")
    assert split_class("N/A") == ("", "")
