"""The figures of a sentence: which numbers are quantities, what they are worth, and how exactly they are meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.evaluate.claims.figures import figures, sentences
from veedor.normalize.folding import unaccented
from veedor.normalize.numbers import Convention, conventions

POINT = conventions(["1,234.50", "12,345.67", "0.75"])
COMMA = conventions(["1.234,50", "12.345,67", "0,75"])


def found(text: str, convention: Convention = POINT) -> list[tuple[float, str, str]]:
    return [(f.value, f.kind, f.operator) for f in figures(unaccented(text), convention)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De los 43 indicadores evaluados, el 79% obtuvo resultados favorables", [(43, "plain", "="), (79, "percent", "=")]),
        ("se cumplió el 59 por ciento de las metas", [(59, "percent", "=")]),
        ("treinta y cinco de las cuarenta actividades", [(35, "plain", "="), (40, "plain", "=")]),
        ("más del 80% de las acciones", [(80, "percent", ">=")]),
        ("menos de 12 actividades", [(12, "plain", "<=")]),
        ("aproximadamente 300 usuarios", [(300, "plain", "~")]),
        ("se ejecutaron US$ 1,250.75", [(1250.75, "money", "=")]),
        ("una inversión de $23 millones", [(23_000_000, "money", "=")]),
        ("se atendieron 1,503 personas", [(1503, "plain", "=")]),
        # Numbers that are no quantities.
        ("en el ejercicio 2023 y el 15 de mayo de 2022", []),
        ("según el artículo 24 de la ley y la circular 7", []),
        ("el 2° trimestre y el acuerdo n.º 45-2021", []),
        ("la acción AE-12.3 y el formulario F-7", []),
        ("4to trimestre", []),
    ],
)
def test_the_quantities_of_a_sentence(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert found(text) == expected


def test_separators_are_read_by_the_documents_own_convention() -> None:
    assert found("se atendieron 1.503 personas y 2,5 horas", COMMA) == [(1503, "plain", "="), (2.5, "plain", "=")]


def test_a_year_that_counts_rows_is_a_count() -> None:
    assert found("los 2022 indicadores del sistema") == [(2022, "plain", "=")]


def test_the_ends_of_a_range_are_marked() -> None:
    first, second, third = figures("entre 80 y 90 personas, y 12 talleres", POINT)
    assert (first.ranged, second.ranged, third.ranged) == (True, True, False)


def test_a_count_in_brackets_behind_a_share_is_told() -> None:
    share, count = figures("el 78% (7) de los indicadores", POINT)
    assert (share.bracket, count.bracket, count.value) == (False, True, 7)


@given(st.integers(0, 10**9), st.sampled_from(["personas", "informes", "visitas"]))
def test_a_whole_number_is_read_as_it_is(n: int, unit: str) -> None:
    read = found(f"se registraron {n} {unit} en total")
    # Four figures alone may be a year, and then are no quantity.
    assert read == [(n, "plain", "=")] or (1980 <= n <= 2100 and read == [])


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text: str) -> None:
    for sentence in sentences(text):
        plain = unaccented(sentence)
        for figure in figures(plain, POINT):
            assert 0 <= figure.start < figure.end <= len(plain)


def test_sentences_end_at_points_not_at_abbreviations() -> None:
    text = "El Lic. Pérez firmó. Se evaluaron 3 áreas del depto. de San Miguel. Fin"
    assert sentences(text) == ["El Lic. Pérez firmó.", "Se evaluaron 3 áreas del depto. de San Miguel.", "Fin"]
