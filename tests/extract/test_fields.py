"""Blocks of labelled lines are read as rows of a table, whatever parts their figures; other labelled lines stay text."""

from __future__ import annotations

import pytest

from veedor.extract.fields import take_fields

ROWS = (("Bacheo", "metro", (10, 20, 30)), ("Poda", "árbol", (5, 5, 5)), ("Talleres", "taller", (1, 2, 3)))


def _block(n: int, name: str, unit: str, parts: tuple[int, ...], sign: str) -> list[str]:
    return [
        f"OBR-{n:02d}. {name}",
        f"Unidad de medida: {unit}",
        f"Meta anual: {sum(parts)}",
        f"Previsto por cuatrimestre: {sign.join(map(str, parts))}",
        "Estado: Cumplido",
        "",
    ]


def _lines(sign: str) -> list[str]:
    return ["INFORME", "", *(line for n, row in enumerate(ROWS, 1) for line in _block(n, *row, sign)), "Fin del informe."]


@pytest.mark.parametrize("sign", [" | ", " / ", "/", " + ", "; ", " - "])
def test_each_block_is_a_row_with_its_figures_parted(sign: str) -> None:
    rest, tables = take_fields(_lines(sign))
    (table,) = tables
    assert table.records
    assert table.columns == ((), ("Unidad de medida",), ("Meta anual",), ("Previsto por cuatrimestre",), (), (), ("Estado",))
    assert [c.text for c in table.rows[1].cells if c] == ["OBR-02. Poda", "árbol", "15", "5", "5", "5", "Cumplido"]
    assert table.rows[1].place.line == 9
    assert [c.place.line for c in table.rows[1].cells if c] == [9, 10, 11, 12, 12, 12, 13]
    assert [line for line in rest if line] == ["INFORME", "Fin del informe."]


def test_named_parts_name_their_columns() -> None:
    lines = [line.replace(" | ", "; II: ", 1).replace(" | ", "; III: ").replace("mestre: ", "mestre: I: ") for line in _lines(" | ")]
    (table,) = take_fields(lines)[1]
    assert table.columns[3:6] == (
        ("Previsto por cuatrimestre", "I"),
        ("Previsto por cuatrimestre", "II"),
        ("Previsto por cuatrimestre", "III"),
    )
    assert [c.text for c in table.rows[0].cells[3:6] if c] == ["10", "20", "30"]


def test_labels_set_in_below_another_bear_its_name() -> None:
    lines = []
    for n, (name, unit, parts) in enumerate(ROWS, 1):
        lines += [f"{n}. {name}", f"Unidad: {unit}", "Programado:"] + [f"  - {k} trimestre: {v}" for k, v in enumerate(parts, 1)]
        lines += ["Ejecutado:"] + [f"  - {k} trimestre: {v}" for k, v in enumerate(parts, 1)] + [""]
    (table,) = take_fields(lines)[1]
    assert table.columns[2:4] == (("Programado", "1 trimestre"), ("Programado", "2 trimestre"))
    assert table.columns[5] == ("Ejecutado", "1 trimestre")


def test_several_fields_in_one_line() -> None:
    lines = [
        line
        for n, (name, unit, parts) in enumerate(ROWS, 1)
        for line in (f"{n}. {name}", f"Unidad: {unit} | Meta: {sum(parts)} | Ejecutado: {parts[0]}")
    ]
    (table,) = take_fields(lines)[1]
    assert table.columns == ((), ("Unidad",), ("Meta",), ("Ejecutado",))
    assert len(table.rows) == len(ROWS)


def test_a_value_that_wraps_is_read_whole() -> None:
    lines = [line.replace("Estado: Cumplido", "Comentario: Se trabajó con\nla cuadrilla") for line in _lines(" | ")]
    (table,) = take_fields("\n".join(lines).split("\n"))[1]
    assert table.rows[0].text(6) == "Se trabajó con la cuadrilla"


def test_a_heading_between_blocks_parts_two_tables_and_stays_text() -> None:
    lines = _lines(" | ")
    at = lines.index("OBR-03. Talleres")
    rest, tables = take_fields([*lines[:at], "DEPARTAMENTO DE CULTURA", "", *lines[at:]])
    assert [len(t.rows) for t in tables] == [2, 1]
    assert "DEPARTAMENTO DE CULTURA" in rest


@pytest.mark.parametrize(
    "lines",
    [
        _lines(" | ")[:14],  # two blocks show no form
        ["Unidad: Obras", "Responsable: Ana", "Fecha: hoy", ""] * 4,  # no figures
        ["Unidad: Obras", "Presupuesto: 10", "Meta: 3", "Código\tActividad\tMeta", "1\tx\t3", ""] * 4,  # above tables
    ],
)
def test_other_labelled_lines_stay_text(lines: list[str]) -> None:
    assert take_fields(lines) == (lines, [])
