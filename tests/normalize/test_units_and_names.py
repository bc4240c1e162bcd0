"""Units of measure, organisational units and institutions: recognised, and given ids that spelling variants share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.extract.raw import TextBlock
from veedor.normalize.lexicon import load
from veedor.normalize.measure_units import unit_of
from veedor.normalize.organisations import UnitNames, institution_of, is_unit
from veedor.schema.place import Place
from veedor.schema.plan import Plan


def texts(lines: list[str]) -> list[TextBlock]:
    return [TextBlock(line, Place(line=n)) for n, line in enumerate(lines, 1)]


@pytest.mark.parametrize(
    ("printed", "code", "unece", "indivisible"),
    [
        ("DOCUMENTO", "document", "", True),
        ("INFORME", "report", "", True),
        ("Informe de empleado capacitado", "report", "", True),
        ("PENSIONADOS", "person", "IE", True),
        ("% DE EJECUCIÓN", "percent", "P1", False),
        ("porcentaje", "percent", "P1", False),
        ("DÍAS HÁBILES (Tiempo promedio)", "business_day", "", False),
        ("días", "day", "DAY", False),
        ("MES (tiempo promedio)", "month", "MON", False),
        ("MONTO (US$MILES)", "usd_thousand", "", False),
        ("MONTO (US$MILLONES)", "usd_million", "", False),
        ("US$", "usd", "", False),
        ("Monto", "amount", "", False),
        ("CANTIDAD DE SOLICITUDES", "request", "", True),
        ("Cantidad", "count", "C62", True),
        ("km", "kilometre", "KMT", False),
        ("m2", "square_metre", "MTK", False),
        ("SISTEMAS Y/O APLICACIONES", "system", "", True),
    ],
)
def test_units_of_measure(printed: str, code: str, unece: str, indivisible: bool) -> None:
    unit = unit_of(printed)
    assert unit is not None
    assert (unit.code, unit.unece, unit.indivisible) == (code, unece, indivisible)
    assert unit_of(printed.upper()) == unit_of(printed.lower()) == unit


@pytest.mark.parametrize("printed", ["", "cosa", "mesa", "informático", "kmh", "trimestre"])
def test_words_that_are_no_unit_of_measure(printed: str) -> None:
    assert unit_of(printed) is None


def test_units_of_the_lexicon_are_apart() -> None:
    units = load("units_of_measure")["units"]
    assert len({u["code"] for u in units}) == len(units)
    wordings = [str(w) for u in units for w in u["wordings"]]
    assert len(set(wordings)) == len(wordings)
    assert [w for w in wordings if unit_of(w) is None] == []


def test_the_unit_printed_with_the_figure_is_the_rows(plan_text: Callable[..., Plan]) -> None:
    plan = plan_text("Actividad\tMeta\nAtender en plazo\t10 días\nCumplir\t≥ 90%\nOtra\t5\n")
    assert [(i.unit_of_measure, i.unit_code) for i in plan.indicators] == [("días", "day"), ("%", "percent"), ("", "")]
    assert [m.unit for i in plan.indicators for m in i.measures] == ["DAY", "P1", ""]


@pytest.mark.parametrize(
    "variants",
    [
        ["Unidad Financiera Institucional", "UNIDAD FINANCIERA INSTITUCIONAL", "UFI", "Unidad Financiera  Institucional."],
        [
            "Departamento de Atención al Usuario",
            "Depto. Atención al Usuario",
            "DEPARTAMENTO DE ATENCION AL USUARIO",
            "Dpto. de Atención al Usuario",
        ],
        ["Unidad de Comunicaciones", "U. de Comunicaciones", "unidad de comunicaciones"],
        ["División de Seguridad Institucional", "Div. Seguridad Institucional", "División de Seguridad Instituconal"],
        ["Departamento de Planificación en Salud", "Depto. Planificación en Salud (resultados a marzo 2023)"],
    ],
)
def test_variants_of_one_unit_share_an_id(variants: list[str]) -> None:
    names = UnitNames()
    ids = {names.id_of(v) for v in variants}
    assert len(ids) == 1
    (identity,) = ids
    assert identity and identity == identity.lower() and " " not in identity


@pytest.mark.parametrize(
    "different",
    [
        ["Unidad Legal", "Unidad de Pensiones", "Unidad Financiera"],
        ["Centro de Salud N° 1", "Centro de Salud N° 2"],
        ["Departamento de Proyectos 1", "Departamento de Proyectos 12"],
        ["Oficina Regional Oriente", "Oficina Regional Occidente"],
        ["Gerencia", "Subgerencia"],
    ],
)
def test_other_units_have_other_ids(different: list[str]) -> None:
    names = UnitNames()
    assert len({names.id_of(d) for d in different}) == len(different)


def test_ids_do_not_depend_on_the_document() -> None:
    spellings = ["Depto. Atención al Usuario", "Departamento de Atención al Usuario", "DEPARTAMENTO ATENCIÓN AL USUARIO"]
    assert len({UnitNames().id_of(s) for s in spellings}) == 1


def test_acronyms_that_a_document_defines_come_first() -> None:
    own = UnitNames({"DARBE": "División de Aseguramiento, Recaudación y Beneficios Económicos", "UFI": "Unidad de Fomento Industrial"})
    assert own.id_of("DARBE") == own.id_of("División de Aseguramiento, Recaudación y Beneficios Económicos")
    assert own.id_of("UFI") != UnitNames().id_of("UFI")


def test_no_name_has_no_id() -> None:
    assert UnitNames().id_of("") == ""


def test_ids_of_rows(plan_text: Callable[..., Plan]) -> None:
    plan = plan_text(
        "DARBE: División de Aseguramiento y Recaudación.\n\n"
        "Actividad\tUnidad organizativa\tResponsable\tMeta\n"
        "Cobrar\tDARBE\tUFI\t5\nVisitar\tDivisión de Aseguramiento y Recaudación\tUnidad Financiera Institucional\t6\nMirar\t\t\t7\n"
    )
    first, second, third = plan.indicators
    assert first.lead_unit_id == second.lead_unit_id != ""
    assert first.responsible_unit_id == second.responsible_unit_id != ""
    assert (third.lead_unit_id, third.responsible_unit_id) == ("", "")
    assert plan.document.acronyms == {"DARBE": "División de Aseguramiento y Recaudación"}


@pytest.mark.parametrize(
    "text",
    [
        "Unidad de Pensiones",
        "DEPTO. PLANIFICACIÓN EN SALUD",
        "Gerencia",
        "Subgerencia Comercial",
        "Oficina Regional de Oriente",
        "Unidad Médica 1 de Mayo",
        "UT. UNIDAD DE TRANSPARENCIA",
        "OIC – Órgano Interno de Control",
    ],
)
def test_names_of_units(text: str) -> None:
    assert is_unit(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Informe",
        "Unidad",
        "Área de 120 metros",
        "Departamento de Salud; otro",
        "La unidad revisa",
        "Programa a la población. se hizo",
        "AO. ACTIVIDADES OPERATIVAS",
        "FIN. Se hizo todo",
        "OE. Objetivo estratégico",
    ],
)
def test_texts_that_name_no_unit(text: str) -> None:
    assert not is_unit(text)


@pytest.mark.parametrize(
    ("lines", "identity"),
    [
        (["CAJA MUTUAL DE LOS EMPLEADOS DEL MINISTERIO DE", "EDUCACIÓN"], "sv-caja-mutual"),
        (["Instituto Salvadoreño", "del Seguro Social"], "sv-isss"),
        (["El ISSS informa", "datos del ISSS", "según el ISSS"], "sv-isss"),
        (["El ISSS informa"], ""),
        (["Alcaldía Municipal de San Miguel", "Plan anual"], "alcaldia-municipal-de-san-miguel"),
        (["MINISTERIO DE", "OBRAS PÚBLICAS", "Plan"], "ministerio-de-obras-publicas"),
        (["Plan operativo 2020"], ""),
        ([], ""),
    ],
)
def test_institution(lines: list[str], identity: str) -> None:
    found, printed = institution_of(texts(lines))
    assert found == identity
    assert bool(printed) == bool(identity)


def test_an_institution_that_a_label_states() -> None:
    assert institution_of(texts(["PEI-PERIODO: 2020-2023", "PLIEGO: 112-INSTITUTO DEL MAR"]))[1] == "INSTITUTO DEL MAR"


def test_a_name_goes_on_below_and_not_beside() -> None:
    logo = TextBlock("Municipalidad de", Place(page=1, x0=60, top=97, x1=134, bottom=107))
    title = TextBlock("DE EJECUCION PRESUPUESTARIA", Place(page=1, x0=200, top=98, x1=417, bottom=109))
    place = TextBlock("Carmen de Areco", Place(page=1, x0=60, top=110, x1=135, bottom=120))
    assert institution_of([logo, title, place])[1] == "Municipalidad de Carmen de Areco"
    assert institution_of([logo, title]) == ("", "")


def test_a_heading_of_services_is_no_institution() -> None:
    assert institution_of(texts(["SERVICIOS PÚBLICOS", "Fondos propios"]), ["SERVICIO NACIONAL"]) == ("", "")


def test_the_institution_named_most_wins() -> None:
    lines = ["Instituto Salvadoreño del Seguro Social"] + ["Caja Mutual de los Empleados del Ministerio de Educación"] * 2
    assert institution_of(texts(lines))[0] == "sv-caja-mutual"


def test_letters_in_front_of_a_name_are_no_part_of_it() -> None:
    names = UnitNames()
    assert names.id_of("UT. UNIDAD DE TRANSPARENCIA") == names.id_of("Unidad de Transparencia")


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["SECRETARÍA DE SALUD", "HOSPITAL GENERAL DEL VALLE", "Evaluación del POA"], "HOSPITAL GENERAL DEL VALLE"),
        (["MINISTERIO DE OBRAS", "Dirección General de Planificación", "Plan 2024"], "MINISTERIO DE OBRAS"),
        (["Gobierno del Estado · Secretaría de Educación", "Universidad del Sur"], "Universidad del Sur"),
        (["Superintendencia de Puertos", "Informe", "Instituto de Pesca"], "Superintendencia de Puertos"),
        (["SERVICIO NACIONAL DE SUELOS - SENASU"], "SERVICIO NACIONAL DE SUELOS"),
        (["Instituto de Riego – Unidad de Planificación"], "Instituto de Riego"),
        (["EMPRESA DE AGUAS DEL ORIENTE S.A. E.S.P."], "EMPRESA DE AGUAS DEL ORIENTE S.A. E.S.P."),
        (["Pliego: 301 - M. D. de Lomas, Resolución N° 214-2022", "MUNICIPALIDAD DE LOMAS"], "MUNICIPALIDAD DE LOMAS"),
    ],
)
def test_the_institution_of_a_letterhead(lines: list[str], name: str) -> None:
    assert institution_of(texts(lines))[1] == name
