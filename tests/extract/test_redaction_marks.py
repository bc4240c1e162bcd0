"""Marks that something was withheld: which wordings count, where they stand, and the reason that they state."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.extract.marks import is_image, redactions
from veedor.extract.raw import RawDocument

TABLE = "Indicador\tMeta\tResultado\nCapacitaciones\t12\t{}\nInformes\t4\t1\n"


@pytest.mark.parametrize(
    "printed",
    [
        "[Redacted]",
        "[redacted]",
        "[Redacted content]",
        "[TESTADO]",
        "[Información reservada]",
        "[dato personal]",
        "████",
        "XXXXXX",
        "[Versión pública]",
        "[Redactado]",
        "[Suprimidas]",
        "[Dato personal suprimido]",
        "[Nombre omitido]",
        "(testado)",
        "*****",
        "[Se testó]",
        "[Se suprimió el nombre]",
        "[El dato fue testado]",
        "[Se han eliminado dos líneas]",
        "(Se testó información reservada)",
    ],
)
def test_a_mark_is_a_mark(printed: str) -> None:
    ((found, reason, whole),) = redactions(f" {printed} ")
    assert (found, reason, whole) == (printed, "", True)
    ((_, _, within),) = redactions(f"cobró {printed} en junio")
    assert not within


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1]",
        "[ver anexo]",
        "MAXXXX",
        "xx",
        "reservado",
        "■ Informe",
        "talla XXXL",
        "[Sello]",
        "████░░",
        "salón (reservado)",
        "***",
        "informe (redactado)",
        "[confidencialidad alta]",
        "[Se eliminó la actividad 3 por reprogramación]",
        "[Se omitió el segundo taller]",
        "(se eliminó una meta)",
    ],
)
def test_what_only_looks_like_a_mark(text: str) -> None:
    assert redactions(text) == []


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("[Testado: datos personales]", "datos personales"),
        ("[Redacted: Art. 24 LAIP]", "Art. 24 LAIP"),
        ("[Confidencial]", ""),
        ("[Testado: art. 24 LAIP, dato personal]", "art. 24 LAIP, dato personal"),
        ("[Redactado, Art. 24 literal c) LAIP]", "Art. 24 literal c) LAIP"),
        ("[Suprimido conforme al artículo 30]", "conforme al artículo 30"),
        ("[Se omite información – art. 19]", "art. 19"),
        ("(Testado: dato personal)", "dato personal"),
    ],
)
def test_the_reason_is_kept(printed: str, reason: str) -> None:
    assert [r for _, r, _ in redactions(printed)] == [reason]


def test_two_marks_in_one_line() -> None:
    assert len(redactions("[Redacted] y [Testado: x]")) == 2


def test_marks_of_a_document_have_kind_and_line(read_text: Callable[..., RawDocument]) -> None:
    dump = TABLE.format("[Redacted]") + "\nLo informó [Redacted content] en junio.\n\n[Información reservada: índice]\n"
    found = [(m.kind, m.printed, m.place.line, m.reason) for m in read_text(dump).redactions]
    assert found == [
        ("cell", "[Redacted]", 2, ""),
        ("text", "[Redacted content]", 5, ""),
        ("paragraph", "[Información reservada: índice]", 7, "índice"),
    ]


def test_a_mark_in_a_table_that_ends_in_the_middle_of_a_line(read_text: Callable[..., RawDocument]) -> None:
    html = (
        "<table><tr><th>Indicador</th><th>Meta</th></tr><tr><td>A</td><td>5</td></tr><tr><td>B</td><td>[Redacted]</td></tr></table> fin\n"
    )
    assert [(m.printed, m.place.line) for m in read_text(f"uno\n{html}").redactions] == [("[Redacted]", 2)]


def test_a_line_of_stars_is_drawn_and_a_cell_of_them_is_struck_out(read_text: Callable[..., RawDocument]) -> None:
    document = read_text("**********\n" + TABLE.format("*****") + "\nLo informó ***** en junio.\n")
    assert [(m.printed, m.place.line) for m in document.redactions] == [("*****", 3), ("*****", 6)]
    assert document.tables[0].rows[0].text(2) == "*****"


def test_a_document_without_marks_has_none(read_text: Callable[..., RawDocument]) -> None:
    assert read_text(TABLE.format("7")).redactions == []


@pytest.mark.parametrize(
    ("text", "image"),
    [
        ("![](figura.png)", True),
        ("![Gráfico 1](data:image/png;base64,AAAA)", True),
        ("Handwritten signature or mark.", True),
        ("[Sello]", True),
        ("firma", True),
        ('<img src="x.png">', True),
        ("Firma del convenio con el ministerio", False),
        ("La imagen institucional mejoró", False),
        ("Logo y papelería entregados a la unidad", False),
    ],
)
def test_lines_that_stand_for_pictures(text: str, image: bool) -> None:
    assert is_image(text) is image
