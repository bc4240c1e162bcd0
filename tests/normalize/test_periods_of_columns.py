"""Which figure belongs to which role and period: layouts of headers, and what stays in doubt where nothing tells."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.normalize.header_roles import match_header
from veedor.normalize.letter_rows import without_letters
from veedor.normalize.periods import Period
from veedor.schema.plan import Basis, Plan
from veedor.schema.quantity import State

PlanText = Callable[..., Plan]
Figure = tuple[str, tuple[int, int] | None]
T, A, P = "target", "actual", "percent"
YEAR = (1, 12)
QUARTERS = [(1, 3), (4, 6), (7, 9), (10, 12)]
NAMES = ["Dictar talleres", "Publicar boletines", "Visitar obras"]
TITLE = "SEGUIMIENTO DEL PLAN OPERATIVO 2023"


def read(plan_text: PlanText, header: list[str], columns: int, title: str = TITLE) -> tuple[dict[int, Figure], set[int], Plan]:
    """The role and months of each column of figures by its number, and the numbers of those in doubt.

    ``header``: its rows, cells parted by "|", behind the columns of codes and names. Row 2 prints 200, 201, 202 ...
    """
    rows = [f"A-{n}\t{name}\t" + "\t".join(str(100 * n + c) for c in range(columns)) for n, name in enumerate(NAMES, 1)]
    lines = [f"{'Código' if not n else ''}\t{'Actividad' if not n else ''}\t" + line.replace("|", "\t") for n, line in enumerate(header)]
    plan = plan_text(f"{title}\n\n" + "\n".join(lines + rows) + "\n")
    figures = [m for m in plan.indicators[1].measures if m.quantity.value is not None]
    found = {int(m.quantity.value or 0) - 200: (str(m.measure.value), m.months) for m in figures}
    doubted = {int(m.quantity.value or 0) - 200 for m in figures if m.quantity.state is State.AMBIGUOUS}
    return found, doubted, plan


def numbered(figures: list[Figure | None]) -> dict[int, Figure]:
    return {n: f for n, f in enumerate(figures) if f is not None}


@pytest.mark.parametrize(
    "names",
    [
        ["I TRIM", "II TRIM", "III TRIM", "IV TRIM"],
        ["T1", "T2", "T3", "T4"],
        ["1T2023", "2T2023", "3T2023", "4T2023"],
        ["TRIM-1", "TRIM-2", "TRIM-3", "TRIM-4"],
        ["EN-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC"],
        ["ENMAR", "ABRJUN", "JULSET", "OCTDIC"],
        ["E-M", "A-J", "J-S", "O-D"],
        ["Q1", "Q2", "Q3", "Q4"],
        ["1st quarter", "2nd quarter", "3rd quarter", "4th quarter"],
        ["1.º trim.", "2.º trim.", "3.º trim.", "4.º trim."],
    ],
)
def test_names_of_quarters(names: list[str], plan_text: PlanText) -> None:
    pairs = [(r, q) for q in QUARTERS for r in (T, A)]
    found, doubted, _ = read(plan_text, ["||".join(names) + "||Total|", "|".join(["Prog.|Ejec."] * 5)], 10)
    assert found == numbered([*pairs, (T, YEAR), (A, YEAR)]) and not doubted
    found, doubted, _ = read(plan_text, ["Meta 2023|Realizado||||Total ejecutado|% cumpl.", "|" + "|".join(names) + "||"], 7)
    assert found == numbered([(T, YEAR), *((A, q) for q in QUARTERS), (A, YEAR), (P, YEAR)]) and not doubted


LAYOUTS: dict[str, tuple[str, list[str], list[Figure | None]]] = {
    "letters under two semesters": (
        TITLE,
        ["Primer semestre|||Segundo semestre||", "Prog.|Ejec.|Eficacia (%)|Prog.|Ejec.|Eficacia (%)", "a|b|c=(b/a)|d|e|f=(e/d)"],
        [(r, h) for h in ((1, 6), (7, 12)) for r in (T, A, P)],
    ),
    "accumulated and a deviation": (
        "SEGUIMIENTO DEL PLAN OPERATIVO 2023 A JUNIO",
        ["Meta anual|EN-MAR||ABR-JUN||Acum. EN-JUN||Desviación|Grado de cumplimiento", "|Prog.|Ejec.|Prog.|Ejec.|Prog.|Ejec.||"],
        [(T, YEAR), (T, (1, 3)), (A, (1, 3)), (T, (4, 6)), (A, (4, 6)), (T, (1, 6)), (A, (1, 6)), None, (P, (1, 6))],
    ),
    "accumulated by quarters": (
        TITLE,
        ["Ejecutado acumulado||||Meta anual", "I Trim|II Trim|III Trim|IV Trim|"],
        [(A, (1, 3)), (A, (1, 6)), (A, (1, 9)), (A, YEAR), (T, YEAR)],
    ),
    "four-month periods and the year": (
        TITLE,
        ["C1||C2||C3||Anual|", "|".join(["Programado|Ejecutado"] * 4)],
        [(r, p) for p in ((1, 4), (5, 8), (9, 12), YEAR) for r in (T, A)],
    ),
    "up to a day": (
        "AVANCE DEL PLAN AL 30/06/2023",
        ["Meta anual|Ejecutado al 30/06/2023|% de avance|Numerador|Denominador"],
        [(T, YEAR), (A, (1, 6)), (P, (1, 6)), None, None],
    ),
    "the document says the part": (
        "EVALUACIÓN AL PRIMER SEMESTRE DE 2023",
        ["Meta anual|Programado|Ejecutado|% de ejecución|Brecha"],
        [(T, YEAR), (T, (1, 6)), (A, (1, 6)), (P, (1, 6)), None],
    ),
    "percentages alone": (
        TITLE,
        ["Meta total|% Trim I|% Trim II|% Trim III|% Trim IV|% Año"],
        [(T, YEAR), *((P, q) for q in QUARTERS), (P, YEAR)],
    ),
    "several years": (TITLE, ["Meta 2023-2026|Meta 2023|Logro (b)|% (b/a)"], [None, (T, YEAR), (A, YEAR), (P, YEAR)]),
    "no part of a year anywhere": (TITLE, ["Meta|Ejecutado|%|Por ejecutar"], [(T, YEAR), (A, YEAR), (P, YEAR), None]),
}


@pytest.mark.parametrize(("title", "header", "figures"), list(LAYOUTS.values()), ids=list(LAYOUTS))
def test_layouts(title: str, header: list[str], figures: list[Figure | None], plan_text: PlanText) -> None:
    found, doubted, _ = read(plan_text, header, len(figures), title)
    assert found == numbered(figures) and not doubted


@pytest.mark.parametrize(
    ("header", "doubted"),
    [
        (["XYZ||ZYX|", "Prog.|Ejec.|Prog.|Ejec."], {0, 1, 2, 3}),  # parents that are not understood tell the columns apart
        (["Programado|Programado|Ejecutado"], {0, 1}),
        (["EN-MAR|MAR-JUN|JUL-SEP|OCT-DIC|Total"], {0, 1, 2, 3}),  # March is in two of them, and they do not add up to the total
        (["Meta anual|Programado al período|Ejecutado al período"], {1, 2}),
        (["Meta|Trimestre||||%", "|I|II|III|IV|"], {1, 2, 3, 4}),  # programmed or executed?
    ],
)
def test_what_nothing_tells_is_in_doubt_and_said(header: list[str], doubted: set[int], plan_text: PlanText) -> None:
    columns = max(line.count("|") for line in header) + 1
    found, unsure, plan = read(plan_text, header, columns)
    assert unsure == doubted and doubted <= set(found)
    assert any(d.code == "LEC-period" and d.level == "warning" for d in plan.diagnostics)


@pytest.mark.parametrize(
    "header",
    ["Desviación", "Desviación (%)", "Variación %", "Meta pendiente", "No ejecutado", "Saldo por ejecutar"],
)
def test_headers_of_other_figures(header: str) -> None:
    assert match_header((header,), 0).role in ("", "budget")
    assert match_header(("I Trimestre", header), 0).role in ("", "budget")


@pytest.mark.parametrize("header", ["Ejecutado vs. programado", "Realizado año anterior", "Meta quinquenal", "Meta 2021-2025", "Numerador"])
def test_headers_of_other_years_and_fractions(header: str) -> None:
    assert match_header((header,), 0).role == match_header(("Ejecutado", header), 0).role == ""


@pytest.mark.parametrize("header", ["Justificación de la desviación", "Causas del incumplimiento", "Motivo de la desviación"])
def test_texts_about_deviations_stay_observations(header: str) -> None:
    assert match_header((header,), 0).role == "observation"


@pytest.mark.parametrize(
    ("paths", "kept"),
    [
        ([("Meta", "a"), ("Logro", "b"), ("%", "c=b/a")], [("Meta",), ("Logro",), ("%",)]),
        ([("Cód.", "1"), ("Meta", "2"), ("Logro", "3"), ("%", "4=3/2")], [("Cód.",), ("Meta",), ("Logro",), ("%",)]),
        ([("Prog", "E"), ("Prog", "F"), ("Prog", "M"), ("Prog", "A")], None),  # initials of months
        ([("Enero", "P"), ("Enero", "E"), ("Febrero", "P"), ("Febrero", "E")], None),
        ([("Meta",), ("Prog", "1"), ("Prog", "2"), ("Prog", "3"), ("Prog", "4")], None),  # quarters
        ([("Prog", "I"), ("Prog", "II"), ("Prog", "III")], None),
    ],
)
def test_rows_of_letters(paths: list[tuple[str, ...]], kept: list[tuple[str, ...]] | None) -> None:
    assert without_letters(paths) == (kept or paths)


def test_an_accumulated_first_quarter_is_cumulative(plan_text: PlanText) -> None:
    _, _, plan = read(plan_text, ["Meta anual|I Trimestre||Acumulado al I Trimestre", "|Prog.|Ejec.|Ejec."], 4)
    basis = {m.quantity.value: m.basis for m in plan.indicators[1].measures}
    assert basis[202.0] is Basis.PERIOD and basis[203.0] is Basis.CUMULATIVE


def test_parts_beside_one_that_stands_under_a_name(plan_text: PlanText) -> None:
    """The name of the span lies over its last part only; the totals of the rows say that all are of it."""
    head = "Actividad\tMeta 2023\t1er trim.\t2do trim.\t3er trim.\tRealizado\t\t% cumpl.\n\t\t\t\t\t4to trim.\tTotal\t\n"
    rows = "Ver\t40\t5\t6\t7\t8\t26\t65\nOír\t30\t1\t2\t3\t4\t10\t33\nIr\t20\t4\t4\t4\t4\t16\t80\n"
    row = plan_text(f"{TITLE}\n\n{head}{rows}").indicators[0]
    assert [(str(m.measure.value), m.months, m.quantity.value) for m in row.measures] == [
        (T, YEAR, 40),
        *((A, q, v) for q, v in zip(QUARTERS, (5, 6, 7, 8), strict=True)),
        (A, YEAR, 26),
        (P, YEAR, 65),
    ]
    other = plan_text(f"{TITLE}\n\n{head}{rows.replace('26', '90').replace('10', '80').replace('16', '70')}").indicators[0]
    assert {m.quantity.state for m in other.measures if m.measure == A} == {State.AMBIGUOUS}  # sums that deny it leave doubt


def test_programmed_and_executed_in_tables_of_their_own(plan_text: PlanText) -> None:
    title = "PLAN DE ACCIÓN INSTITUCIONAL 2023 – INFORME DE SEGUIMIENTO A 31 DE DICIEMBRE\n\n"
    first = "N.º\tIndicador\tMeta 2023\tProgramación trimestral\t\t\t\n\t\t\tT1\tT2\tT3\tT4\n"
    first += "PA-1\tBecas\t10\t1\t2\t3\t4\nPA-2\tAulas\t4\t1\t1\t1\t1\n\n"
    then = "N.º\tIndicador\tEjecución trimestral\t\t\t\tTotal ejecutado\tCumplimiento (%)\n\t\tT1\tT2\tT3\tT4\t\t\n"
    plan = plan_text(f"{title}{first}Avance registrado\n\n{then}PA-1\tBecas\t1\t2\t2\t4\t9\t90,0\nPA-2\tAulas\t1\t1\t1\t0\t3\t75,0\n")
    starts = {(str(m.measure.value), m.months): str(m.period_start) for i in plan.indicators for m in i.measures}
    assert (
        starts[T, YEAR] == starts[A, YEAR] == starts[P, YEAR] == starts[A, (1, 3)] == "2023-01-01" and starts[A, (10, 12)] == "2023-10-01"
    )


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("PLAN DE ACCIÓN INSTITUCIONAL 2023 – INFORME DE SEGUIMIENTO A 31 DE DICIEMBRE", 2023),
        ("Programación de metas 2024\nAprobado el 15 de diciembre de 2023", 2024),
        ("Plan Estratégico 2020-2025\nProgramación operativa 2024", 2024),
        ("MUNICIPALIDAD DE LA LOMA – 2024", 2024),
        ("Seguimiento al 31/12/2023", 2023),
        ("Sin año", None),
    ],
)
def test_the_year_of_the_plan(text: str, year: int | None, plan_text: PlanText) -> None:
    assert plan_text(f"{text}\n\nCódigo\tActividad\tT1\tT2\tT3\tT4\nA-1\tVer\t1\t1\t1\t1\n").document.year == year


def test_the_year_that_only_a_header_prints(plan_text: PlanText) -> None:
    table = "MINISTERIO DE OBRAS\n\nCódigo\tActividad\t{}\nA-1\tVer\t4\t4\nA-2\tOír\t5\t5\n"
    assert plan_text(table.format("Meta 2024\tResponsable")).document.year == 2024
    assert plan_text(table.format("Meta 2024\tMeta 2025")).document.year is None


def test_dates_and_ranges_as_periods() -> None:
    assert match_header(("Avance acumulado", "III Trimestre"), 0).period == Period(1, 9)
    assert match_header(("Meta acumulada abril-junio",), 0).period == Period(4, 6)  # the months that it prints


_QUARTERLY = "Código\tActividad\tI Trim\tII Trim\tIII Trim\tIV Trim\tTotal\nA-1\tVer\t1\t2\t3\t4\t10\nA-2\tOír\t1\t2\t3\t4\t10\n\n"


@pytest.mark.parametrize(
    ("above", "role", "doubted"),
    [
        ("Cuadro 1. Metas programadas por trimestre", T, False),
        ("EJECUCIÓN", A, False),
        ("Cuadro 2. Metas ejecutadas por trimestre", A, False),
        ("Programación y ejecución trimestral", T, True),
        ("Anexo 1", T, False),
    ],
)
def test_a_title_tells_what_its_table_is_of(above: str, role: str, doubted: bool, plan_text: PlanText) -> None:
    row = plan_text(f"PLAN DE TRABAJO 2023\n\n{above}\n\n{_QUARTERLY}").indicators[0]
    assert {str(m.measure.value) for m in row.measures} == {role}
    assert {m.quantity.state is State.AMBIGUOUS for m in row.measures} == {doubted}
    assert [m.months for m in row.measures] == [*QUARTERS, YEAR]


def test_each_table_is_of_the_period_of_its_own_title(plan_text: PlanText) -> None:
    table = "Código\tActividad\tMeta anual\tEjecutado\t%\nA-1\tVer\t4\t3\t75\nA-2\tOír\t4\t2\t50\n\n"
    for first, second in (
        ("PRIMER TRIMESTRE", "SEGUNDO TRIMESTRE"),
        ("Tabla 1. Avance a marzo de 2023", "Tabla 2. Avance a junio de 2023"),
    ):
        plan = plan_text(f"EVALUACIÓN DEL POA 2023\n\n{first}\n\n{table}{second}\n\n{table}")
        months = [m.months for i in plan.indicators for m in i.measures if m.measure == A]
        assert months == [(1, 3)] * 2 + [(4, 6) if first.startswith("P") else (1, 6)] * 2
    dated = plan_text(f"EVALUACIÓN DEL POA 2023\n\nEnero 2024\n\n{table}").indicators[0]
    assert [m.months for m in dated.measures] == [YEAR] * 3


def _of(plan: Plan, row: int, *measures: str) -> list[tuple[str, str, str]]:
    found = [m for m in plan.indicators[row].measures if m.measure.value in measures]
    return [(m.measure.value, str(m.period_start), str(m.period_end)) for m in found]


def test_what_was_achieved_so_far_ends_where_the_document_does(plan_text: Callable[..., Plan]) -> None:
    head = "Informe de avance\n\nAl 31 de agosto de 2023 (segundo cuatrimestre)\n\n"
    names = "Actividad\tMeta anual\tProgramación\t\t\tAvance acumulado\t% de avance acumulado\n"
    parts = "\t\tI Cuatrimestre\tII Cuatrimestre\tIII Cuatrimestre\t\t\n"
    plan = plan_text(head + names + parts + "Dragar\t185\t40\t85\t60\t118\t63,8%\nIluminar\t6\t1\t2\t3\t3\t50,0%\n")
    assert _of(plan, 0, "actual", "percent") == [("actual", "2023-01-01", "2023-08-31"), ("percent", "2023-01-01", "2023-08-31")]


def test_results_of_a_year_give_it_to_the_percentage(plan_text: Callable[..., Plan]) -> None:
    text = "Programación mensual de actividades\n\nIndicador\tEfectivo 2022\tEfectivo 2023\tMeta 2023\t% Cumplimiento\n"
    plan = plan_text(text + "Monitoreo\t45,2\t52,4\t50,0\t100,0%\nInformes\t8\t9\t10\t90,0%\n")
    row = plan.indicators[1]
    assert row.actual is not None and row.actual.value == 9
    assert _of(plan, 1, "percent") == [("percent", "2023-01-01", "2023-12-31")]


def test_a_plan_of_several_years_has_a_target_for_each(plan_text: Callable[..., Plan]) -> None:
    table = "Código\tIndicador\tMeta 2023\tMeta 2024\tMeta 2025\nI1\tCobertura de agua\t75\t80\t85\nI2\tPlantas nuevas\t1\t2\t3\n"
    plan = plan_text("PLAN ESTRATÉGICO INSTITUCIONAL\n\n" + table)
    assert plan.document.year is None
    row = plan.indicators[0]
    assert [(str(m.period_start), str(m.period_end), m.quantity.value) for m in row.measures] == [
        (f"{year}-01-01", f"{year}-12-31", value) for year, value in ((2023, 75), (2024, 80), (2025, 85))
    ]
    assert row.annual_target is None and any("varios años" in d.message_es for d in plan.diagnostics)


def test_a_result_of_last_year_is_dated_to_it(plan_text: Callable[..., Plan]) -> None:
    table = "Actividad\tUnidad de medida\tEjecutado 2022\tMeta 2023\nVer\tInforme\t8\t10\nOír\tInforme\t5\t6\n"
    plan = plan_text("PLAN OPERATIVO ANUAL 2023\n\n" + table)
    assert _of(plan, 0, "actual", "target") == [("actual", "2022-01-01", "2022-12-31"), ("target", "2023-01-01", "2023-12-31")]


def test_a_bare_target_beside_results_of_several_parts_is_of_the_year(plan_text: Callable[..., Plan]) -> None:
    table = "Actividad\tMeta\tEjecutado I trimestre\tEjecutado II trimestre\nCapacitar\t12\t1\t2\nGira\t4\t1\t1\n"
    plan = plan_text("SEGUIMIENTO AL POA 2023\n\n" + table)
    assert _of(plan, 0, "target") == [("target", "2023-01-01", "2023-12-31")]


def test_bare_parts_in_a_follow_up_that_do_not_add_up_are_in_doubt(plan_text: Callable[..., Plan]) -> None:
    table = "Actividad\tMeta\tI T\tII T\tIII T\tIV T\nVer\t20\t1\t2\t3\t4\nOír\t10\t1\t1\t1\t1\nIr\t8\t1\t1\t0\t0\n"
    doubted = [
        [c.doubted for c in plan_text(f"{title}\n\n{table}").tables[0].columns] for title in ("INFORME DE SEGUIMIENTO POA 2023", "POA 2023")
    ]
    assert doubted == [[False, False, True, True, True, True], [False] * 6]


def test_the_year_of_a_baseline_is_not_the_plans(plan_text: Callable[..., Plan]) -> None:
    table = "Compromiso\tDato de partida (dic. 2023)\tValor comprometido\tValor final\nVer\t8\t10\t9\nOír\t5\t6\t6\n"
    assert plan_text("Tablero de compromisos 2024 – Informe de cierre\n\n" + table).document.year == 2024
