"""Periods as headers and titles print them: months, quarters, semesters, years, ranges, accumulated to date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.normalize.periods import YEAR, Period, find_period
from veedor.schema.plan import Basis


@pytest.mark.parametrize(
    ("text", "first", "last", "year"),
    [
        # ranges of months
        ("EN-MAR", 1, 3, None),
        ("ABR-JUN", 4, 6, None),
        ("JUL - SEP", 7, 9, None),
        ("OCT–DIC", 10, 12, None),
        ("EN-JUN", 1, 6, None),
        ("Ene. - Mar. 2023", 1, 3, 2023),
        ("ene/mar 23", 1, 3, 2023),
        ("enero a junio de 2022", 1, 6, 2022),
        ("ABRIL – JUNIO 2023", 4, 6, 2023),
        ("Enero-diciembre 2020", 1, 12, 2020),
        ("Resultado Enero-junio 2023", 1, 6, 2023),
        # the letter alone is a quarter
        ("I T", 1, 3, None),
        ("Ejecutado al III T", 1, 9, None),
        ("Prog. II T", 4, 6, None),
        ("1er T", 1, 3, None),
        # quarters
        ("I TRIM", 1, 3, None),
        ("II Trimestre", 4, 6, None),
        ("III TRIM.", 7, 9, None),
        ("IV trimestre 2021", 10, 12, 2021),
        ("Avance 4° trimestre", 10, 12, None),
        ("2o Trimestre", 4, 6, None),
        ("1er. trimestre", 1, 3, None),
        ("2º trimestre", 4, 6, None),
        ("Primer trimestre", 1, 3, None),
        ("Cuarto Trimestre de 2022", 10, 12, 2022),
        ("Trimestre 3", 7, 9, None),
        ("Trim. II", 4, 6, None),
        ("TI", 1, 3, None),
        ("TIV", 10, 12, None),
        ("T2", 4, 6, None),
        ("T-3", 7, 9, None),
        ("Q4", 10, 12, None),
        ("1T", 1, 3, None),
        # other parts
        ("1er semestre", 1, 6, None),
        ("Segundo semestre 2023", 7, 12, 2023),
        ("II SEM", 7, 12, None),
        ("Tercer cuatrimestre", 9, 12, None),
        ("2do bimestre", 3, 4, None),
        # months
        ("ENE", 1, 1, None),
        ("Dic.", 12, 12, None),
        ("setiembre", 9, 9, None),
        ("Marzo 2022", 3, 3, 2022),
        ("dic-22", 12, 12, 2022),
        ("mayo", 5, 5, None),
        # to date, and the year
        ("Acumulado a junio", 1, 6, None),
        ("hasta septiembre 2022", 1, 9, 2022),
        ("META ANUAL", 1, 12, None),
        ("Avance anual 2021", 1, 12, 2021),
    ],
)
def test_periods(text: str, first: int, last: int, year: int | None) -> None:
    found, _ = find_period(text)
    assert found == Period(first, last, year)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Meta",
        "META 2022",
        "METAS PARA AÑO 2022",
        "mayor",
        "Actividad 2",
        "en 2023",
        "5to trimestre",
        "trimestre",
        "Marzena",
        "set de pruebas",
        "P1",
        "Tipo",
        "ABR"[:1],
    ],
)
def test_no_period(text: str) -> None:
    assert find_period(text)[0] is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Resultado Enero-junio 2023", "resultado"),
        ("% EJECUCIÓN EN-JUN", "% ejecucion"),
        ("OBSERVACIONES - COMENTARIOS 2o Trimestre", "observaciones - comentarios"),
        ("META ANUAL", "meta"),
        ("EN-MAR", ""),
        ("Responsable", "responsable"),
    ],
)
def test_the_rest_of_a_header_is_kept(text: str, rest: str) -> None:
    assert find_period(text)[1] == rest


def test_dates() -> None:
    assert Period(1, 2).dates(2024) == (date(2024, 1, 1), date(2024, 2, 29))
    assert Period(4, 6, 2023).dates(2022) == (date(2023, 4, 1), date(2023, 6, 30))
    assert Period(4, 6).dates(None) == (None, None)


@pytest.mark.parametrize(
    ("period", "basis"),
    [
        (YEAR, Basis.ANNUAL),
        (Period(1, 3), Basis.PERIOD),
        (Period(1, 6), Basis.CUMULATIVE),
        (Period(1, 9), Basis.CUMULATIVE),
        (Period(4, 6), Basis.PERIOD),
        (Period(7, 12), Basis.PERIOD),
        (Period(1, 1), Basis.PERIOD),
    ],
)
def test_basis(period: Period, basis: Basis) -> None:
    assert period.basis is basis


MONTHS = [
    ("enero", "ene"),
    ("febrero", "feb"),
    ("marzo", "mar"),
    ("abril", "abr"),
    ("mayo", "may"),
    ("junio", "jun"),
    ("julio", "jul"),
    ("agosto", "ago"),
    ("septiembre", "sep"),
    ("octubre", "oct"),
    ("noviembre", "nov"),
    ("diciembre", "dic"),
]


@given(
    st.integers(0, 11),
    st.integers(0, 11),
    st.booleans(),
    st.sampled_from(["-", " - ", "–", " a ", "/"]),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.one_of(st.none(), st.integers(2000, 2099)),
)
def test_every_range_of_months(a: int, b: int, short: bool, dash: str, case: type[str], year: int | None) -> None:
    first, last = sorted((a, b))
    text = case(MONTHS[first][short] + dash + MONTHS[last][short]) + (f" {year}" if year else "")
    assert find_period(text) == (Period(first + 1, last + 1, year), "")


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=60))
def test_any_header_is_read(text: str) -> None:
    found, rest = find_period(text)
    assert found is None or 1 <= found.first <= found.last <= 12
    assert found is None or found.year is None or 2000 <= found.year < 2100
    assert rest == rest.lower()


@pytest.mark.parametrize(
    ("text", "period", "rest"),
    [
        ("Observado 1.er cuatr.", Period(1, 4), "observado"),
        ("OCT Prog.", Period(10, 10), "prog."),
        ("Ejec. NOV", Period(11, 11), "ejec."),
        ("Ene. Ejecutado", Period(1, 1), "ejecutado"),
        ("Meta de la vigencia", YEAR, "meta"),
        ("Programado gestión 2022", YEAR, "programado 2022"),
        ("Plan año", YEAR, "plan"),
        ("Mar de fondo", None, "mar de fondo"),
        ("EN P", None, "en p"),
        ("Gestión 2023", None, "gestion 2023"),
        ("Gestión de riesgo 2023", None, "gestion de riesgo 2023"),
    ],
)
def test_short_months_beside_their_words_and_years_of_the_budget(text: str, period: Period | None, rest: str) -> None:
    found, left = find_period(text)
    assert found == period and " ".join(left.split()) == rest
