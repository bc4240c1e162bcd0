"""Headers that only count quarters or months below a parent that says what they are."""

from __future__ import annotations

import pytest

from veedor.normalize.ordinal_headers import named
from veedor.normalize.periods import length_of_parts, ordinal

QUARTERS = [f"{n} trimestre" for n in (1, 2, 3, 4)]
YEAR = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"]


def leaves(parent: str, names: list[str], figures: bool = False) -> list[str]:
    """The last names of these columns below one parent, after a column of names and before one of remarks."""
    paths = [("Actividad",), *((parent, n) for n in names), ("Observaciones",)]
    return [p[-1] for p in named(paths, [False, *(figures for _ in names), False])][1:-1]


@pytest.mark.parametrize(
    ("parent", "names", "figures"),
    [
        ("Programación trimestral", ["I", "II", "III", "IV"], True),
        ("Trimestres", ["1", "2", "3", "4"], False),
        ("Metas por trimestre", ["1.er", "2.º", "3.er", "4.º"], False),
        ("Trimestre", ["Primero", "Segundo", "Tercero", "Cuarto"], False),
        ("Trimestre", ["I T", "II T", "III T", "IV T"], False),
        ("Meta física", ["1°", "2°", "3°", "4°"], True),
        ("Ejecutado", ["1", "2", "3", "4"], True),
    ],
)
def test_bare_ordinals_are_the_quarters_of_their_parent(parent: str, names: list[str], figures: bool) -> None:
    assert leaves(parent, names, figures) == QUARTERS


@pytest.mark.parametrize(
    ("parent", "names"),
    [
        ("Mes", list("EFMAMJJASOND")),
        ("Cronograma", list("EFMAMJJASOND")),
        ("Cronograma mensual", [str(n) for n in range(1, 13)]),
        ("Meses", ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]),
    ],
)
def test_initials_and_numbers_are_the_months_of_their_parent(parent: str, names: list[str]) -> None:
    assert leaves(parent, names) == YEAR


def test_totals_between_are_let_be() -> None:
    assert leaves("Programación", ["E", "F", "M", "T1", "A", "M", "J"], True) == [*YEAR[:3], "T1", *YEAR[3:6]]
    assert leaves("Trimestres", ["I", "I", "II", "II", "Total"]) == ["1 trimestre", "1 trimestre", "2 trimestre", "2 trimestre", "Total"]


def test_only_the_first_quarters_are_printed() -> None:
    assert leaves("Avance trimestral", ["I", "II", "III"], True) == QUARTERS[:3]
    assert leaves("Semestres", ["I", "II"]) == ["1 semestre", "2 semestre"]


@pytest.mark.parametrize(
    ("parent", "names", "figures"),
    [
        ("Objetivos", ["1", "2", "3", "4"], False),
        ("Programación", ["P", "E"], True),
        ("Ejecutado", ["1", "2", "3"], True),
        ("Trimestres", ["I", "III", "IV"], False),
        ("Semestres", ["I", "II", "III", "IV"], False),
        ("Zona", ["N", "S", "E", "O"], False),
    ],
)
def test_other_names_stay_as_they_are(parent: str, names: list[str], figures: bool) -> None:
    assert leaves(parent, names, figures) == names


def test_roman_numbers_alone_are_quarters_where_there_are_four() -> None:
    paths = [("Actividad",), ("Meta anual",), ("I",), ("II",), ("III",), ("IV",), ("Responsable",)]
    assert [p[-1] for p in named(paths, [False] * 7)][2:6] == QUARTERS
    paths = [("Actividad",), ("1",), ("2",), ("3",), ("4",)]
    assert named(paths, [False] * 5) == paths


def test_an_ordinal_and_the_parts_of_a_parent() -> None:
    assert [ordinal(t) for t in ("II", "2.º", "T-2", "Segundo", "XII", "Meta", "2022", "13")] == [2, 2, 2, 2, 12, 0, 0, 0]
    assert [length_of_parts(t) for t in ("Trimestres", "Por mes", "Metas semestrales", "Metas")] == [3, 1, 6, 0]
