"""Dumps and the tables printed in them (tests/data/printed_tables.yaml): columns, cells, lines, and what stays text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from veedor.extract.raw import RawDocument, Row, Table, TextBlock, TextKind

Read = Callable[..., RawDocument]
CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "data" / "printed_tables.yaml").read_text("utf-8"))


def texts_of(row: Row) -> list[str | None]:
    return [None if c is None else c.text for c in row.cells]


def lines_of(rows: tuple[Row, ...]) -> list[int | None]:
    return [r.place.line for r in rows]


@pytest.mark.parametrize("case", CASES, ids=[c["case"] for c in CASES])
def test_tables_and_text_as_printed(case: dict[str, Any], read_text: Read) -> None:
    document = read_text(case["dump"].replace("→", "\t"))
    found = [
        {
            "columns": t.names,
            "header": lines_of(t.header),
            "rows": [[r.place.line, texts_of(r)] for r in t.rows],
            "moved": [r.place.line for r in t.rows if r.moved],
        }
        for t in document.tables
    ]
    assert found == [{"moved": [], **t} for t in case["tables"]]
    assert [[b.place.line, b.kind.value, b.text] for b in document.texts] == case["texts"]


@pytest.mark.parametrize("case", CASES, ids=[c["case"] for c in CASES])
def test_every_cell_has_the_line_that_prints_it(case: dict[str, Any], read_text: Read) -> None:
    dump = case["dump"].replace("→", "\t")
    printed = dump.split("\n")
    for table in read_text(dump).tables:
        for row in (*table.header, *table.rows):
            for _, cell in row.filled:
                assert cell.place.line is not None
                # Markup apart, the first word of the cell stands on its line; an HTML row may go on over some lines.
                word = cell.text.split()[0].strip("≥%")
                assert word in "".join(printed[cell.place.line - 1 : cell.place.line + 6 * ("<" in printed[cell.place.line - 1])])


def test_rows_are_as_wide_as_their_table(read_text: Read) -> None:
    for case in CASES:
        for table in read_text(case["dump"].replace("→", "\t")).tables:
            assert {len(r.cells) for r in table.rows} == {len(table.columns)}, case["case"]


def test_a_name_keeps_the_line_where_it_is_printed_apart_from_its_values(read_text: Read) -> None:
    (case,) = [c for c in CASES if c["case"].startswith("names printed above")]
    first = read_text(case["dump"].replace("→", "\t")).tables[0].rows[0]
    assert [c.place.line for c in first.cells if c] == [3, 10, 10]


def test_spans_stay_known(read_text: Read) -> None:
    (case,) = [c for c in CASES if c["case"] == "HTML rows and columns spanned"]
    first, _, last = read_text(case["dump"]).tables[0].rows
    assert first.cells[0] is not None and (first.cells[0].row_span, first.cells[0].col_span) == (2, 1)
    assert last.cells[1] is not None and (last.cells[1].row_span, last.cells[1].col_span) == (1, 2)


def test_items_of_a_list_stay_apart(read_text: Read) -> None:
    (case,) = [c for c in CASES if c["case"].startswith("lists in cells")]
    cells = [r.cells[1] for r in read_text(case["dump"].replace("→", "\t")).tables[0].rows]
    assert [c.items for c in cells if c] == [("Menos papel", "Más orden"), ("Personal formado", "Manual impreso")]
    assert all(c and "list" in c.marks for c in cells)


def test_parts_are_counted_and_inherited_headers_are_said(read_text: Read) -> None:
    joined = read_text("Código\tActividad\tMeta\nA-1\tCapacitar\t12\n\nA-2\tInformar\t4\n")
    (table,) = joined.tables
    assert (table.joined_parts, table.inherited) == (2, False)
    apart = read_text("Código\tActividad\tMeta\nA-1\tCapacitar\t12\n\nOtro asunto de la unidad.\n\nA-2\tInformar\t4\n")
    first, second = apart.tables
    assert (first.inherited, second.inherited) == (False, True)
    assert second.names == first.names and second.header == first.header


def test_an_unclosed_table_is_said(read_text: Read) -> None:
    document = read_text("uno\n<table><tr><th>Actividad<th>Meta\n<tr><td>Capacitar<td>12\n")
    assert document.partial
    assert [(d.code, d.place.line) for d in document.diagnostics] == [("LEC-unclosed", 2)]


def test_a_page_label_above_each_header_is_in_no_row(read_text: Read) -> None:
    page = "Dirección de Planificación\t\t\nCódigo\tActividad\tMeta\nA-{n}\tCapacitar al grupo {n}\t{n}\n"
    document = read_text("".join(page.format(n=n) for n in range(1, 4)))
    rows = [texts_of(r) for t in document.tables for r in t.rows]
    assert rows == [[f"A-{n}", f"Capacitar al grupo {n}", str(n)] for n in range(1, 4)]
    assert [b.text for b in document.texts] == ["Dirección de Planificación"] * 3


def test_cells_beyond_any_width_are_kept_as_text(read_text: Read) -> None:
    wide = "\t".join(["Actividad", "Meta", *(f"c{n}" for n in range(1000))])
    document = read_text(f"{wide}\nCapacitar\t1\n")
    texts = [c.text for t in document.tables for r in (*t.header, *t.rows) for _, c in r.filled]
    texts += [b.text for b in document.texts]
    assert all(len(r.cells) <= 400 for t in document.tables for r in (*t.header, *t.rows))
    assert "c999" in " ".join(texts).split()


@pytest.mark.parametrize(
    "spans", ['rowspan="999999999"', 'colspan="999999999"', 'rowspan="-3"', 'colspan="x"', 'rowspan=""', 'rowspan="2.5"']
)
def test_hostile_spans_are_cut(spans: str, read_text: Read) -> None:
    document = read_text(f"<table><tr><th>Actividad</th><th>Meta</th></tr><tr><td {spans}>Capacitar</td><td>3</td></tr></table>")
    (table,) = document.tables
    assert len(table.columns) <= 400
    assert table.rows[0].text(0) == "Capacitar"
    assert "3" in [c.text for _, c in table.rows[0].filled]


def test_deeply_nested_markup_is_read(read_text: Read) -> None:
    depth = 2000
    nested = "<table><tr><td>" * depth + "x" + "</td></tr></table>" * depth
    document = read_text(f"{nested}\nActividad\tMeta\nCapacitar\t1\n")
    assert document.tables[-1].names == ["Actividad", "Meta"]


def test_blocks_come_in_reading_order(read_text: Read) -> None:
    document = read_text("uno\n\nActividad\tMeta\nCapacitar\t1\n\ndos\n\nIndicador\tTotal\nCasos\t2\n\ntres\n")
    order = [b.text if isinstance(b, TextBlock) else b.names[0] for b in document.blocks]
    assert order == ["uno", "Actividad", "dos", "Indicador", "tres"]
    assert all(isinstance(b, Table) or b.kind is TextKind.LINE for b in document.blocks)
