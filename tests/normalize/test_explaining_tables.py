"""Tables that explain rows of earlier ones, by whatever title; and the unit of a chapter, which ends with it."""

from __future__ import annotations

import pytest

from veedor.extract.raw import TextBlock, TextKind
from veedor.normalize.context import Context
from veedor.normalize.draft import Draft
from veedor.normalize.restated import is_explaining_title, is_restatement_title, mark_explained_tables
from veedor.schema.place import Place
from veedor.schema.plan import Kind, Measure, MeasureKind
from veedor.schema.quantity import Quantity

NAMES = (
    "Informes de control elaborados",
    "Talleres de capacitación impartidos",
    "Inspecciones de campo",
    "Planes de manejo revisados",
    "Viveros abastecidos",
)


def row(table: int, n: int, *values: float, code: bool = True, remark: str = "") -> Draft:
    """The n-th action in some table, with its figures."""
    measures = [Measure(MeasureKind.TARGET, Quantity(printed=str(v), value=v)) for v in values]
    printed = f"1-00{n + 1}" if code else ""
    return Draft(Kind.ACTION, NAMES[n], Place(), table, 1, code_printed=printed, observation=remark, measures=measures)


def restated(drafts: list[Draft], *explaining: int) -> list[bool]:
    mark_explained_tables(drafts, frozenset(explaining))
    return [d.restated for d in drafts]


OWN = [0, 1, 2, 3, 4]


def test_rows_of_an_announced_explanation_are_restated_with_any_figures() -> None:
    again = [row(1, 1, 77.0, remark="Faltó personal"), row(1, 3, 5.0, remark="Llovió")]
    assert restated([*(row(0, n, 10.0 + n) for n in OWN), *again], 1) == [False] * 5 + [True] * 2


def test_an_announced_table_of_rows_of_its_own_is_none() -> None:
    assert not any(restated([row(0, 0, 10.0), row(0, 1, 11.0), row(1, 2, 12.0), row(1, 3, 13.0)], 1))


def test_without_a_title_remarks_on_a_part_of_the_rows_are_restated() -> None:
    own = [row(0, n, 10.0 + n) for n in OWN]
    assert restated([*own, row(1, 1, remark="Faltó personal"), row(1, 3, 13.0, remark="Llovió")])[5:] == [True, True]


@pytest.mark.parametrize(
    "again",
    [
        [row(1, n, 10.0 + n, 9.0, remark="Según lo previsto") for n in (1, 3)],
        [row(1, n, 10.0 + n) for n in (1, 3)],
        [row(1, n, 10.0 + n, remark="Según lo previsto") for n in OWN],
        [row(1, n, code=False, remark="Según lo previsto") for n in (1, 3)],
    ],
    ids=["figures of its own", "no remarks", "every row: a follow-up", "neither codes nor figures"],
)
def test_without_a_title_other_tables_are_not(again: list[Draft]) -> None:
    assert not any(restated([*(row(0, n, 10.0 + n) for n in OWN), *again]))


def _line(text: str, kind: TextKind = TextKind.LINE) -> TextBlock:
    return TextBlock(text=text, kind=kind, place=Place())


@pytest.mark.parametrize(
    "title", ["Justificaciones", "4. Justificación de resultados", "Anexo II. Justificaciones", "Cuadro 3: Justificación"]
)
def test_titles_of_justifications(title: str) -> None:
    assert is_restatement_title([_line(title)])


@pytest.mark.parametrize(
    "title",
    [
        "Explicación de las actividades con ejecución menor a 96 %",
        "5. Causas del incumplimiento",
        "Análisis de las desviaciones",
        "Observaciones a las metas no alcanzadas",
        "Motivos de las metas no cumplidas",
        "Metas con bajo cumplimiento",
        "Detalle de las actividades no ejecutadas",
    ],
)
def test_titles_that_announce_explanations(title: str) -> None:
    assert is_explaining_title([_line(title)]) and not is_restatement_title([_line(title)])


@pytest.mark.parametrize("title", ["Metas por unidad", "Actividades del Departamento", "Análisis de laboratorio", "Resumen de metas"])
def test_other_titles_announce_none(title: str) -> None:
    assert not is_explaining_title([_line(title)])


@pytest.mark.parametrize(
    ("unit", "next_heading", "ends"),
    [
        ("3.5. Dirección de Vinculación", "4. Justificaciones", True),
        ("III. Dirección de Vinculación", "IV. Conclusiones", True),
        ("3.5. Dirección de Vinculación", "3.6. Resumen de indicadores", True),
        ("3.5. Dirección de Vinculación", "3.5.1. Metas del año", False),
        ("3.5. Dirección de Vinculación", "1. Se contrató personal", False),
        ("Dirección de Vinculación", "4. Justificaciones", False),
    ],
)
def test_the_heading_of_the_next_part_ends_the_unit(unit: str, next_heading: str, ends: bool) -> None:
    context = Context()
    context.see_text(_line(unit))
    assert context.unit == "Dirección de Vinculación"
    context.see_text(_line(next_heading, TextKind.BULLET))
    assert context.unit == ("" if ends else "Dirección de Vinculación")
