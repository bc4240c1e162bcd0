"""Headers to roles: wordings of many institutions, accents, case, slips of spelling, parents, periods and order of columns."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest

from veedor.normalize.columns import match_header
from veedor.normalize.folding import unaccented
from veedor.normalize.lexicon import load
from veedor.normalize.periods import YEAR, Period
from veedor.schema.plan import Kind, Plan


@pytest.mark.parametrize(
    ("header", "role", "kind"),
    [
        ("CÓDIGO", "code", ""),
        ("No.", "code", ""),
        ("Sub-No.", "code", ""),
        ("ACCIÓN OPERATIVA (AO)", "name", "action"),
        ("Actividades", "name", "action"),
        ("Indicador", "name", "indicator"),
        ("Indicador de producción", "name", "production_indicator"),
        ("Indicador de resultado", "name", "result_indicator"),
        ("Propósito /Producto", "name", "product"),
        ("UNIDAD ORGANIZATIVA LÍDER", "lead_unit", ""),
        ("Unidad organizativa", "lead_unit", ""),
        ("UNIDAD-ÁREA RESPONSABLE", "responsible_unit", ""),
        ("Responsable de la ejecución", "responsible_unit", ""),
        ("Unidad de Medida", "unit_of_measure", ""),
        ("META ANUAL", "target", ""),
        ("Metas", "target", ""),
        ("TOTALES", "target", ""),
        ("REAL", "actual", ""),
        ("Ejecutado", "actual", ""),
        ("Resultado", "actual", ""),
        ("% EJECUCIÓN", "percent", ""),
        ("Porcentaje de avance anual alcanzado", "percent", ""),
        ("Porcentaje de cumplimiento", "percent", ""),
        ("% Realizado", "percent", ""),
        ("Categoría de avance", "class", ""),
        ("OBSERVACIONES - COMENTARIOS 2o Trimestre", "observation", ""),
        ("Medios de verificación", "evidence", ""),
        ("Periodicidad", "frequency", ""),
        ("Importancia relativa (%)", "weight", ""),
        ("Línea base", "baseline", ""),
        ("Aprobado", "budget", ""),
        ("Presupuesto ejecutado", "budget", ""),
        ("NOMBRE DEL PROYECTO", "project_name", ""),
        ("RESULTADOS ESPERADOS", "project_results", ""),
        ("Color preferido", "", ""),
        ("", "", ""),
    ],
)
def test_roles(header: str, role: str, kind: str) -> None:
    column = match_header((header,) if header else (), 3)
    assert (column.role, column.kind, column.index, column.printed) == (role, kind, 3, header)


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("CODIGO", "code"),
        ("codigo", "code"),
        ("ACCION OPERATIVA (AO)", "name"),
        ("Acción operatva (AO)", "name"),
        ("UNIDAD ORGANIZATIVA LIDER", "lead_unit"),
        ("Unidad  de  Medída", "unit_of_measure"),
        ("OBSERVACIONES-COMENTARIOS", "observation"),
        ("Observacioness", "observation"),
        ("%EJECUCION", "percent"),
    ],
)
def test_slips_of_spelling(header: str, role: str) -> None:
    assert match_header((header,), 0).role == role


@pytest.mark.parametrize(
    ("path", "role", "period", "basis"),
    [
        (("METAS PARA AÑO 2022", "EN-MAR"), "target", Period(1, 3), ""),
        (("METAS PARA PERIODO", "OCT-DIC"), "target", Period(10, 12), ""),
        (("REAL", "EN-JUN"), "actual", Period(1, 6), ""),
        (("% EJECUCIÓN", "EN-JUN"), "percent", Period(1, 6), ""),
        (("Programación", "Primer semestre", "T1"), "target", Period(1, 3), ""),
        (("Programación", "T2", "Ejecutado"), "actual", Period(4, 6), ""),
        (("I TRIM", "Prog."), "target", Period(1, 3), ""),
        (("I TRIM", "Ejec."), "actual", Period(1, 3), ""),
        (("Enero", "P"), "target", Period(1, 1), ""),
        (("Enero", "E"), "actual", Period(1, 1), ""),
        (("EN-MAR",), "target", Period(1, 3), ""),
        (("META ANUAL",), "target", YEAR, ""),
        (("TOTALES",), "target", None, "annual"),
        (("Meta Enero-junio",), "target", Period(1, 6), ""),
        (("Resultado Enero-junio 2023",), "actual", Period(1, 6, 2023), ""),
        (("Avance 4° trimestre",), "actual", Period(10, 12), ""),
        (("PERÍODO DE EJECUCION", "INICIO"), "project_start", None, ""),
        (("PERÍODO DE EJECUCION", "FIN"), "project_end", None, ""),
        (("Meta", "b"), "target", None, ""),
        (("% Realizado", "d=(c/b)"), "percent", None, ""),
    ],
)
def test_paths(path: tuple[str, ...], role: str, period: Period | None, basis: str) -> None:
    column = match_header(path, 0)
    assert (column.role, column.period, column.basis) == (role, period, basis)


def test_what_is_only_near_is_assumed_and_said(plan_text: Callable[..., Plan]) -> None:
    assert match_header(("META ANUAL",), 0).score == 100
    assert match_header(("Cantidad de meta que se fijó",), 0).score < 88
    plan = plan_text("Código\tActividad\tCantidad de meta que se fijó\nA-1\tCapacitar\t5\nA-2\tInformar\t6\n")
    assert [i.annual_target.value for i in plan.indicators if i.annual_target] == [5, 6]
    (said,) = [d for d in plan.diagnostics if d.code == "LEC-assumed"]
    assert "Cantidad de meta que se fijó" in said.message_es and said.place.line == 1
    assert "«meta»" in said.message_es and "“target”" in said.message_en


def test_an_unknown_column_is_said_and_left_alone(plan_text: Callable[..., Plan]) -> None:
    plan = plan_text("Código\tActividad\tColor preferido\tMeta\nA-1\tCapacitar\tazul\t5\nA-2\tInformar\trojo\t6\n")
    (said,) = [d for d in plan.diagnostics if d.code == "LEC-column"]
    assert "Color preferido" in said.message_es and "Color preferido" in said.message_en
    assert [i.name for i in plan.indicators] == ["Capacitar", "Informar"]


def test_every_wording_of_the_lexicon_is_found_as_it_stands() -> None:
    """Whatever case and accents it is printed with. A wording that a longer one of another role covers would fail here."""
    taken: dict[str, tuple[str, str]] = {}
    for entry in load("headers")["columns"]:
        assert entry["source"] in {*load("headers")["sources"]}, entry
        for wording in entry["wordings"]:
            taken.setdefault(unaccented(str(wording)), (entry["role"], entry.get("kind", "")))
    assert len(taken) > 100
    wrong = {}
    for wording, (role, kind) in taken.items():
        for printed in (wording, wording.upper()):
            column = match_header((printed,), 0)
            if (column.role, column.kind) != (role, kind):
                wrong[printed] = (column.role, column.kind, "wanted", role, kind)
    assert wrong == {}


COLUMNS = {
    "Código": ["A-1", "A-2", "A-3"],
    "Actividad": ["Capacitar al personal", "Emitir informes", "Visitar centros"],
    "Meta anual": ["12", "4", "6"],
    "Real": ["6", "4", "3"],
    "% de ejecución": ["50%", "100%", "50%"],
}


@pytest.mark.parametrize("order", list(permutations(COLUMNS))[::7], ids=lambda order: "|".join(c[:2] for c in order))
def test_the_order_of_columns_does_not_matter(order: tuple[str, ...], plan_text: Callable[..., Plan]) -> None:
    lines = ["\t".join(order), *("\t".join(COLUMNS[c][n] for c in order) for n in range(3))]
    plan = plan_text("\n".join(lines) + "\n")
    found = [
        (i.code_printed, i.name, i.annual_target and i.annual_target.value, i.actual and i.actual.value, i.percent and i.percent.value)
        for i in plan.indicators
    ]
    assert found == [
        ("A-1", "Capacitar al personal", 12, 6, 50),
        ("A-2", "Emitir informes", 4, 4, 100),
        ("A-3", "Visitar centros", 6, 3, 50),
    ]
    assert {i.kind for i in plan.indicators} == {Kind.ACTION}
