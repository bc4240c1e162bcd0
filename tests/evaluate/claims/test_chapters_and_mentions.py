"""Which part of a document a sentence speaks of: its headings, and the units that it names or points at."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.evaluate.claims.chapters import chapters_of
from veedor.evaluate.claims.mentions import UNKNOWN, bearing, mentions, names_of
from veedor.evaluate.claims.words import words_of
from veedor.schema.plan import Plan

PlanText = Callable[..., Plan]
TABLE = "Indicador\tMeta\tResultado\t% Realizado\n{0} uno\t600\t450\t75%\n{0} dos\t500\t300\t60%\n"
STYLES = [
    ("## 4. Gerencia de Obras", "## 5. Gerencia de Aguas", "## 6. Conclusiones"),
    ("4. REGISTRO MERCANTIL", "5. REGISTRO CIVIL", "6. CONCLUSIONES"),
    ("<h2>Registro Mercantil</h2>", "<h2>Registro Civil</h2>", "<h2>Conclusiones</h2>"),
    ("REGISTRO MERCANTIL", "REGISTRO CIVIL", "CONCLUSIONES"),
    ("Componente 1: Obras", "Componente 2: Aguas", "Conclusiones"),
    ("IV. Obras públicas", "V. Aguas", "VI. Conclusiones"),
]


@pytest.mark.parametrize("headings", STYLES, ids=lambda h: h[0])
def test_headings_set_rows_and_prose_apart(headings: tuple[str, str, str], plan_text: PlanText) -> None:
    first, second, last = headings
    body = f"{first}\n\nUno.\n\n{TABLE.format('Obra')}\n{second}\n\nDos.\n\n{TABLE.format('Agua')}\n{last}\n\nTres.\n"
    plan = plan_text(f"INFORME DEL PLAN OPERATIVO 2022\n\n{body}")
    chapters = chapters_of(plan, plan.indicators)
    inside = {n.text: chapters.at(n.place.order) for n in plan.narrative}
    assert [r.name for r in chapters.rows[inside["Uno."][0]]] == ["Obra uno", "Obra dos"]
    assert [r.name for r in chapters.rows[inside["Dos."][0]]] == ["Agua uno", "Agua dos"]
    assert inside["Tres."] == ()


def test_a_chapter_inside_another_and_one_printed_again(plan_text: PlanText) -> None:
    parts = [("3. Obras\n\n3.1 Caminos", "Camino"), ("3.2 Puentes", "Puente"), ("3. Obras", "Obra"), ("4. Aguas", "Agua")]
    body = "\n".join(f"{heading}\n\n{TABLE.format(name)}" for heading, name in parts)
    plan = plan_text(f"PLAN OPERATIVO 2022\n\n{body}")
    chapters = chapters_of(plan, plan.indicators)
    assert sorted(len(rows) for rows in chapters.rows.values()) == [2, 2, 2, 6]


@pytest.fixture
def plan(plan_text: PlanText) -> Plan:
    head = "DIRECCIÓN NACIONAL DE REGISTROS (DINAR)\n\nINFORME DEL PLAN OPERATIVO 2022"
    return plan_text(
        f"{head}\n\n## Gerencia de Obras y Caminos\n\n{TABLE.format('Obra')}\n## Gerencia Comercial\n\n{TABLE.format('Venta')}"
    )


@pytest.mark.parametrize(
    ("sentence", "known", "governs"),
    [
        ("La Gerencia Comercial evaluó 2 indicadores.", True, True),
        ("La gerencia comercial evaluó 2 indicadores.", True, True),
        ("En la Gerencia de Obras se evaluaron 2 indicadores.", True, True),
        ("Se cumplieron 2 indicadores de la Gerencia Comercial.", True, True),
        ("Durante todo el año que termina, como informó la Gerencia Comercial, hubo 2 indicadores.", True, False),
        ("La Gerencia de Auditoría evaluó 2 indicadores.", False, True),
        ("Cada gerencia evaluó 2 indicadores.", False, True),
        ("Las gerencias Comercial y de Obras evaluaron 4 indicadores.", False, True),
    ],
)
def test_units_that_a_sentence_names(sentence: str, known: bool, governs: bool, plan: Plan) -> None:
    (found,) = mentions(sentence, names_of(plan, chapters_of(plan, plan.indicators)))
    assert (UNKNOWN not in found.identities, found.governs) == (known, governs)


@pytest.mark.parametrize(
    "sentence",
    [
        "La Dirección Nacional de Registros evaluó 4 indicadores.",
        "Las áreas de la DINAR evaluaron 4 indicadores.",
        "Las gerencias evaluaron 4 indicadores.",
        "La Unidad de Planificación elaboró el informe de 4 indicadores.",
        "Según la Gerencia Comercial, se evaluaron 4 indicadores.",
        "La unidad de medida de 4 indicadores cambió.",
    ],
)
def test_units_of_which_nothing_is_counted(sentence: str, plan: Plan) -> None:
    assert not [m for m in mentions(sentence, names_of(plan, chapters_of(plan, plan.indicators))) if m.governs]


def test_a_sentence_points_at_the_part_that_it_stands_in(plan: Plan) -> None:
    (found,) = mentions("Esta gerencia evaluó 2 indicadores.", names_of(plan, chapters_of(plan, plan.indicators)))
    assert (found.identities, found.own) == ((), "gerencia")


@pytest.mark.parametrize(
    ("label", "bears"),
    [
        ("Comercial", True),
        ("Obras y caminos", True),
        ("GERENCIA DE OBRAS", True),
        ("2. Gerencia Comercial", True),
        ("Gerencia Legal", False),
    ],
)
def test_labels_of_tables_leave_words_out(label: str, bears: bool, plan: Plan) -> None:
    assert bool(bearing(label, names_of(plan, chapters_of(plan, plan.indicators)))) is bears


@pytest.mark.parametrize(
    ("printed", "forms"),
    [
        ("no logrado", ["no logrados", "no lograda"]),
        ("parcial", ["parcial", "parciales"]),
        ("verde", ["verde", "verdes"]),
        ("en riesgo", ["en riesgo"]),
        ("parcialmente cumplido", ["parcialmente cumplidas"]),
    ],
)
def test_every_form_of_a_class(printed: str, forms: list[str], plan: Plan) -> None:
    shown = words_of(plan, [printed]).classes[printed]
    assert all(shown.fullmatch(form) for form in forms)
