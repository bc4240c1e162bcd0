"""Rows of two documents matched one to one: by code and text together, never by chance, and in doubt where it is."""

from __future__ import annotations

import pytest

from veedor.corpus.history.matching import Earlier, Match, Named, match
from veedor.corpus.history.names import likeness, name_of, of_its_year


def found(rows: list[Named], earlier: list[Named], said: dict[tuple[int, int], bool] | None = None) -> list[Match]:
    index = Earlier()
    for n, named in enumerate(earlier):
        index.add(n, named)
    return match(rows, index, said)


def certain(matches: list[Match]) -> list[int | None]:
    return [m.candidates[0].action if m.certain else None for m in matches]


ASKED = Named("Levantamiento de indicadores de gestión.", "AO.6.1", "unidad-seguros")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Elaboración de los informes sobre la ejecución presupuestaria", "AO.1.1"),  # reworded
        ("Elab0rar informes de ejecuc1ón presupuestaria", "AO.1.1"),  # damaged
        ("Elaborar informes de ejecución presupues", "AO.1.1"),  # cut
        ("Elaborar informes de ejecución presupuestaria (AE.2.1. del PEI 2021-2024).", "AO.1.1"),  # with a reference
        ("ELABORAR INFORMES DE EJECUCIÓN PRESUPUESTARIA", ""),
    ],
)
def test_a_name_is_known_again(name: str, code: str) -> None:
    earlier = [
        Named("Coordinar la comisión de préstamos personales.", "AO.1.2", "unidad-a"),
        Named("Elaborar informes de ejecución presupuestaria", "AO.1.1", "unidad-a"),
    ]
    assert certain(found([Named(name, code, "unidad-a")], earlier)) == [1]


def test_a_code_alone_links_nothing() -> None:
    earlier = [Named("Capacitar a guardaparques en manejo del fuego.", "AO.1.1", "unidad-a")]
    [m] = found([Named("Digitalizar el archivo histórico de escrituras.", "AO.1.1", "unidad-a")], earlier)
    assert m.candidates == ()


def test_one_word_in_place_of_another_is_another_action() -> None:
    earlier = [Named("Evaluación de la dotación de personal para atender los servicios de seguros.", "AO.1.2", "unidad-a")]
    [m] = found([Named("Evaluación de la dotación de personal para atender los servicios de préstamos.", "AO.1.3", "unidad-a")], earlier)
    assert not m.certain


def test_a_number_tells_actions_apart() -> None:
    assert (
        likeness(name_of("Desarrollar el módulo 2 del sistema de reclamos"), name_of("Desarrollar el módulo 3 del sistema de reclamos"))
        < 75
    )


def test_short_names_belong_to_their_unit() -> None:
    units = ["unidad-seguros", "unidad-prestamos", "unidad-legal"]
    earlier = [Named("Levantamiento de indicadores de gestión.", "AO.6.1", u) for u in units]
    rows = [Named("Levantamiento de indicadores de gestión.", f"AO.6.{n}", u) for n, u in enumerate(reversed(units))]
    assert certain(found(rows, earlier)) == [2, 1, 0]
    [m] = found([Named("Levantamiento de indicadores de gestión.", "AO.6.1", "unidad-nueva")], earlier)
    assert m.candidates == ()


def test_a_unit_with_another_rank_is_the_same() -> None:
    [m] = found([ASKED], [Named("Levantamiento de indicadores de gestión.", "AO.6.1", "jefatura-seguros")])
    assert m.certain and m.candidates[0].score == 100


def test_rows_that_nothing_tells_apart_are_in_doubt() -> None:
    same = Named("Presentar para autorización del Consejo Directivo.", "", "presidencia")
    matches = found([same, same], [same, same])
    assert certain(matches) == [None, None]
    assert [[c.action for c in m.candidates] for m in matches] == [[0, 1], [0, 1]]


def test_headings_tell_short_names_apart() -> None:
    def under(heading: str, code: str) -> Named:
        return Named("Presentar para autorización del Consejo Directivo.", code, "presidencia", heading=heading)

    rows = [under("Proponer incrementos salariales al personal", "AO.9"), under("Proponer un programa de becas escolares", "AO.8")]
    earlier = [under("Proponer un programa de becas escolares", "AO.1"), under("Proponer incrementos salariales al personal", "AO.2")]
    assert certain(found(rows, earlier)) == [1, 0]


def test_no_action_is_given_twice() -> None:
    earlier = [Named("Supervisar las agencias departamentales de la zona oriental.", "AO.1", "unidad-a")]
    rows = [
        Named("Supervisar las agencias departamentales de la zona oriental", "AO.2", "unidad-b"),
        Named("Supervisar las agencias departamentales de la zona oriental.", "AO.1", "unidad-a"),
    ]
    assert certain(found(rows, earlier)) == [None, 0]


def test_people_have_the_last_word() -> None:
    earlier = [
        Named("Actualizar el índice de información reservada.", "AO.1", "unidad-a"),
        Named("Otra cosa muy distinta.", "AO.2", "unidad-a"),
    ]
    row = Named("Actualizar el índice de información reservada.", "AO.1", "unidad-a")
    [m] = found([row], earlier, {(0, 0): False, (0, 1): True})
    assert (m.candidates[0].action, m.confirmed) == (1, True)
    [m] = found([row], earlier, {(0, 0): False})
    assert not m.certain and [c.action for c in m.rejected] == [0]


def test_years_are_those_of_the_plan() -> None:
    assert of_its_year("Formular el presupuesto 2023", 2022) == of_its_year("Formular el presupuesto 2022", 2021)
    assert of_its_year("Formular el presupuesto 2022", 2022) != of_its_year("Formular el presupuesto 2023", 2022)
    assert of_its_year("Seguimiento al PEI 2021-2024", 2022) == "Seguimiento al PEI 2021-2024"


def test_matching_takes_time_in_proportion_to_the_rows() -> None:
    """Forms of one kind do not make every row a candidate for every other."""
    index = Earlier()
    rows = [
        Named(f"Elaborar informe de seguimiento del convenio número {n} con la entidad {n * 7}", f"AO.{n}", "unidad-a") for n in range(3000)
    ]
    for n, row in enumerate(rows):
        index.add(n, row)
    altered = [Named(r.name.replace("Elaborar informe", "Elaboración de informes"), r.code, r.unit) for r in rows]
    assert certain(match(altered, index)) == list(range(3000))
