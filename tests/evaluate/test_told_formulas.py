"""What the prose says of how figures are computed, in the words of several documents."""

from __future__ import annotations

import pytest

from veedor.evaluate.told_formulas import accumulation_of, accumulations, decreasing_quotient
from veedor.schema.place import Place
from veedor.schema.plan import Document, Indicator, Kind, MeasureKind, Narrative, Plan


def plan(
    *texts: str, rows: tuple[tuple[str, str, str], ...] = (("Tasa de retención", "Porcentaje", "percent"), ("Talleres", "Taller", ""))
) -> Plan:
    return Plan(
        document=Document(name="doc"),
        indicators=tuple(
            Indicator(sequence=n, section=1, kind=Kind.INDICATOR, name=name, unit_of_measure=unit, unit_code=code)
            for n, (name, unit, code) in enumerate(rows, 1)
        ),
        narrative=tuple(Narrative(text=text, section=1, place=Place(line=n)) for n, text in enumerate(texts, 1)),
    )


def told(*texts: str, kind: MeasureKind = MeasureKind.ACTUAL) -> list[str]:
    given = plan(*texts)
    found = accumulations(given)
    return [accumulation_of(found, row, kind) for row in given.indicators]


@pytest.mark.parametrize(
    ("text", "hows"),
    [
        (
            "El resultado anual de los indicadores expresados en porcentaje o días es el promedio de los cuatro trimestres; el de los "
            "demás indicadores es la suma.",
            ["mean", "sum"],
        ),
        ("El resultado acumulado es la suma de los trimestres.", ["sum", "sum"]),
        ("El valor anual corresponde al último valor reportado en el trimestre.", ["last", "last"]),
        ("En los indicadores porcentuales el acumulado es el último dato del período.", ["last", ""]),
        ("El resultado de los porcentajes se promedia entre los meses.", ["mean", ""]),
        ("La tasa de deserción es el promedio de los semestres.", ["", ""]),
        ("El porcentaje de cumplimiento es el promedio de los porcentajes de los trimestres.", ["", ""]),
        ("El promedio de atención fue de 12 minutos en el trimestre.", ["", ""]),
        ("La meta anual es la suma de las metas de los trimestres.", ["", ""]),
    ],
)
def test_how_a_year_comes_from_its_parts(text: str, hows: list[str]) -> None:
    assert told(text) == hows


def test_what_is_told_of_targets_is_told_of_targets() -> None:
    assert told("La meta anual es la suma de las metas de los trimestres.", kind=MeasureKind.TARGET) == ["sum", "sum"]


def test_a_sentence_over_two_lines() -> None:
    assert told("El resultado anual es el promedio", "de los cuatro trimestres.") == ["mean", "mean"]


@pytest.mark.parametrize(
    ("text", "quotient"),
    [
        ("En los de sentido «Menor es mejor» el porcentaje es meta entre resultado.", "inverse"),
        ("Para los indicadores descendentes, % de cumplimiento = (meta / logro) x 100.", "inverse"),
        ("En indicadores decrecientes se divide lo programado sobre lo ejecutado.", "inverse"),
        ("Indicadores de reducción: 2 - (resultado / meta).", "mirror"),
        ("En los de sentido «Mayor es mejor» el porcentaje es resultado entre meta.", ""),
        ("El porcentaje de cumplimiento es meta entre resultado.", ""),
    ],
)
def test_how_what_is_better_when_less_is_divided(text: str, quotient: str) -> None:
    assert decreasing_quotient(plan(text)) == quotient
