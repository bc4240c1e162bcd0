"""Lines over a whole table: objectives and groups hold for the rows below, coded lines are rows of their own, remarks are neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from veedor import Plan, read
from veedor.normalize.group_lines import is_note, is_remark

from ..extract.pdf.drawn import ROW, document, fill, line, text

HEAD = ["Código", "Actividad", "Unidad de medida", "Meta anual"]
XS = (20, 90, 330, 450, 560)
GREY = (217, 217, 217)


def table(rows: list[list[str]], top: float = 60, shaded: bool = True) -> str:
    """A ruled table; a row of one text is a band over all columns, with no rules inside."""
    out = ""
    for k, row in enumerate(rows):
        y0, y1 = top + ROW * k, top + ROW * (k + 1)
        band = len(row) == 1
        if band and shaded:
            out += fill(XS[0], y0, XS[-1], y1, GREY)
        out += line(XS[0], y0, XS[-1], y0) + line(XS[0], y1, XS[-1], y1)
        out += "".join(line(x, y0, x, y1) for x in ((XS[0], XS[-1]) if band else XS))
        out += "".join(text(XS[c] + 3, y0 + 14, words, size=8) for c, words in enumerate(row) if words)
    return out


def plan(folder: Path, *pages: str) -> Plan:
    file = folder / "plan.pdf"
    file.write_bytes(document(*pages))
    return read(file)


def rows(found: Plan) -> list[tuple[str, str, str, str]]:
    return [(i.kind.value, i.code_printed, i.name, i.objective) for i in found.indicators]


FIRST = ["AOI001", "Recoger residuos", "Tonelada", "12"]
SECOND = ["AOI002", "Barrer calles", "Kilómetro", "30"]
THIRD = ["AOI003", "Patrullar sectores", "Sector", "8"]


def test_headings_of_two_levels_one_after_the_other(tmp_path: Path) -> None:
    bands = ["OEI.02 Mejorar la limpieza", "AEI.02.01 Servicio de recojo"]
    found = plan(tmp_path, table([HEAD, [bands[0]], [bands[1]], FIRST, SECOND, ["OEI.04 Reducir la inseguridad"], THIRD]))
    assert rows(found) == [
        ("heading", "AEI.02.01", "Servicio de recojo", bands[0]),
        ("action", "AOI001", "Recoger residuos", bands[0]),
        ("action", "AOI002", "Barrer calles", bands[0]),
        ("action", "AOI003", "Patrullar sectores", "OEI.04 Reducir la inseguridad"),
    ]


@pytest.mark.parametrize(
    "band", ["I. Gestión clínica", "RESULTADO: Para el 2026 se ha reducido en cinco puntos la espera de las familias en las salas"]
)
def test_a_group_is_in_force_for_its_table(tmp_path: Path, band: str) -> None:
    other = [
        ["Código", "Actividad", "Responsable", "Meta anual"],
        ["CG.1", "Resolver la espera", "Persona", "5"],
        ["CG.2", "Acreditar", "Acta", "1"],
    ]
    found = plan(tmp_path, table([HEAD, [band], FIRST, SECOND]) + table(other, top=300))
    assert [(k, o) for k, _, _, o in rows(found)] == [("action", band), ("action", band), ("action", ""), ("action", "")]


def test_a_group_below_an_objective_leaves_it_in_force(tmp_path: Path) -> None:
    found = plan(tmp_path, table([HEAD, ["Objetivo 1: Crecer"], ["Zona norte"], FIRST, SECOND]))
    assert [(n, o) for _, _, n, o in rows(found)] == [
        ("Recoger residuos", "Objetivo 1: Crecer"),
        ("Barrer calles", "Objetivo 1: Crecer"),
    ]


def test_a_heading_whose_rows_stand_on_the_next_page(tmp_path: Path) -> None:
    many = [[f"AOI1{n:02}", f"Tarea número {n}", "Acta", str(n + 1)] for n in range(30)]
    band = "Eje 2. Comercio"
    found = rows(plan(tmp_path, table([HEAD, ["Eje 1. Producción"], *many, [band]]), table([HEAD, FIRST, SECOND])))
    assert [o for *_, o in found[:30]] == ["Eje 1. Producción"] * 30
    assert found[30:] == [("action", *FIRST[:2], band), ("action", *SECOND[:2], band)]


def test_a_heading_printed_again_on_the_next_page_is_no_row(tmp_path: Path) -> None:
    many = [[f"AOI1{n:02}", f"Tarea número {n}", "Acta", str(n + 1)] for n in range(30)]
    band = ["Eje 1. Producción"]
    found = rows(plan(tmp_path, table([HEAD, band, *many]), table([HEAD, band, FIRST])))
    assert [(k, o) for k, *_, o in found] == [("action", band[0])] * 31


@pytest.mark.parametrize(
    "remark",
    [
        "Nota: los valores son provisionales",
        "Notas: 1) Las metas son acumuladas",
        "Fuente: registros de la institución",
        "Elaborado por: Unidad de Planificación",
        "Vo.Bo.: Gerencia",
    ],
)
def test_a_remark_below_the_rows_is_none(tmp_path: Path, remark: str) -> None:
    assert is_remark(remark)
    assert [k for k, *_ in rows(plan(tmp_path, table([HEAD, FIRST, SECOND, [remark]])))] == ["action", "action"]
    split = ["", remark, "provisional", ""]
    assert [k for k, *_ in rows(plan(tmp_path, table([HEAD, FIRST, SECOND, split])))] == ["action", "action"]


@pytest.mark.parametrize(
    "name", ["Notas de prensa publicadas", "Fuentes de agua protegidas", "Planes elaborados por unidad", "Fuente nueva"]
)
def test_names_that_begin_like_remarks(name: str) -> None:
    assert not is_remark(name)


def test_prose_over_the_columns_groups_nothing(tmp_path: Path) -> None:
    prose = "Las metas de esta unidad se revisan cada semestre."
    assert is_note(prose)
    found = rows(plan(tmp_path, table([HEAD, [prose], FIRST, SECOND], shaded=False)))
    assert [(k, o) for k, *_, o in found] == [("action", "")] * 2
