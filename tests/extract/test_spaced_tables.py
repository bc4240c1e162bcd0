"""Tables aligned with spaces are not read, and that is said; prose with wide blanks is no table."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.extract.reading import read_raw
from veedor.extract.spaced import spaced_tables
from veedor.schema.errors import DocumentError

_PIPES = "| Código | Actividad | Meta |\n|---|---|---|\n| A.1 | Emitir informes | 4 |\n| A.2 | Celebrar talleres | 3 |\n"
_SPACED = """
Código   Actividad                  Unidad      Meta   Logro
B.1      Inspeccionar mercados      Acta          12      10
B.2      Pavimentar calles          Metro        340     300
         del centro
B.3      Podar árboles              Árbol         95      95
B.4      Reparar luminarias         Lámpara    1.200     980
"""


def _read(tmp_path: Path, text: str):
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return read_raw(path)


def test_a_spaced_table_beside_another_is_said_with_its_lines(tmp_path: Path) -> None:
    document = _read(tmp_path, _PIPES + _SPACED)
    said = [d for d in document.diagnostics if d.code == "LEC-spaced"]
    assert [d.place.line for d in said] == [6]
    assert "6 a 11" in said[0].message_es
    assert document.partial


def test_a_document_of_spaced_tables_alone_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        _read(tmp_path, "PLAN OPERATIVO 2024\n" + _SPACED)
    assert "alineada con espacios" in caught.value.text.es and "tabuladores" in caught.value.text.es


@pytest.mark.parametrize(
    "text",
    [
        "1.  Introducción ............  3\n2.  Objetivos ...............  5\n3.  Metas ..............  8\n4.  Anexos ...........  12\n",
        "La   presente   evaluación  da   cuenta  de   12  metas.\nSe  informa   que   en   el  año    hubo  3  cambios.\n"
        "Las  unidades    remiten   sus   4   informes   en   plazo.\nCada   una   de   ellas  cumplió    con   su    2   parte.\n",
        "San José,  4 de  mayo\n\nAna   Directora\nLuis   Jefe\n",
    ],
)
def test_prose_contents_and_signatures_are_no_table(tmp_path: Path, text: str) -> None:
    assert [d.code for d in _read(tmp_path, _PIPES + "\n" + text).diagnostics] == []


@given(st.lists(st.text(alphabet="ab 1.", max_size=60), max_size=30))
def test_what_is_found_lies_in_the_text_in_order(lines: list[str]) -> None:
    from veedor.extract.raw import TextBlock
    from veedor.schema.place import Place

    found = spaced_tables([TextBlock(line, Place(line=k)) for k, line in enumerate(lines, 1)], lines)
    assert all(1 <= first < last <= len(lines) for first, last in found)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(found))
