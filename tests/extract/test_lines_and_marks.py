"""Lines are counted as other programs count them; signatures and crossed-out text are told from content."""

from __future__ import annotations

from pathlib import Path

import pytest

from veedor.extract.marks import goes_on, is_page_number, redactions
from veedor.extract.raw import RawDocument
from veedor.extract.reading import read_raw
from veedor.extract.shape import Shape, shape
from veedor.normalize.numbers import Convention, parse
from veedor.schema.place import NOWHERE
from veedor.schema.quantity import State


def raw(folder: Path, text: str) -> RawDocument:
    file = folder / "documento.txt"
    file.write_text(text.replace("→", "\t"), encoding="utf-8")
    return read_raw(file)


@pytest.mark.parametrize("before", ["uno\f\n", "uno\n\f", "uno \x85 dos\n", "uno \u2028 dos\n", "uno\v dos\n"])
def test_a_page_break_or_other_separator_shifts_no_line(before: str, tmp_path: Path) -> None:
    table = raw(tmp_path, before + "Indicador→Meta\nA→5\nB→6\n").tables[0]
    assert [r.place.line for r in table.rows] == [3, 4]


def test_a_signature_between_pages_does_not_part_a_table(tmp_path: Path) -> None:
    text = "Código→Actividad→Meta\nA-1→uno→12\nA-2→dos→4\n\n*Firma del jefe*\n\nCódigo→Actividad→Meta\nA-3→tres→7\n"
    (table,) = raw(tmp_path, text).tables
    assert [r.text(0) for r in table.rows] == ["A-1", "A-2", "A-3"]


def test_crosses_at_the_end_of_a_sentence_are_a_redaction() -> None:
    assert [printed for printed, _, _ in redactions("Su cuenta es XXXXXXXX.")] == ["XXXXXXXX"]
    assert redactions("El siglo XXX y el tomo XXXX") == []


def test_a_redaction_in_an_html_cell_is_of_a_cell(tmp_path: Path) -> None:
    text = (
        "<table><tr><th>Indicador</th><th>Meta</th></tr>\n<tr><td>A</td><td>5</td></tr>\n<tr><td>B</td><td>[Redacted]</td></tr></table>\n"
    )
    assert [m.kind for m in raw(tmp_path, text).redactions] == ["cell"]


@pytest.mark.parametrize("text", ["-", "—", ".", "...", "N/A", "n/a", "NA", "N.A.", "S/D", "n/d", "No aplica"])
def test_a_cell_without_a_value_is_the_same_for_shape_and_figure(text: str) -> None:
    assert shape(text) is Shape.NEUTRAL
    assert parse(text, NOWHERE, Convention()).state is State.BLANK


def test_marks_of_the_page() -> None:
    assert [t for t in ("Página 3 de 8", "- 12 -", "7", "Página de firmas", "7 de mayo") if is_page_number(t)] == [
        "Página 3 de 8",
        "- 12 -",
        "7",
    ]
    assert [t for t in ("Informe según", "Informe (", "Metas,", "La vida", "Informe anual.") if goes_on(t)] == [
        "Informe según",
        "Informe (",
        "Metas,",
    ]
