"""What a column or heading is by what stands beside or below it: bare totals, weighted results, units, codes in names."""

from __future__ import annotations

from pathlib import Path

from veedor import read
from veedor.schema.plan import MeasureKind, Plan

HEADER = (
    "CÓDIGO\tACTIVIDAD\tINDICADOR (UNIDAD)\tPESO\tMETA 2023\tEJECUTADO 2023\t\t\t\t{total}\t% LOGRO\tAVANCE PONDERADO\n"
    "\t\t\t\t\tI TRIM\tII TRIM\tIII TRIM\tIV TRIM\t\t\t\n"
)
ROWS = (
    "L1.1\tRenovar registros\tSyllabus\t60%\t4\t0\t1\t1\t2\t4\t100,0%\t60,00%\n"
    "L1.2\tOfertar cursos\tCurso\t40%\t12\t3\t3\t3\t2\t11\t91,7%\t36,68%\n"
    "L1.3\tPublicar libros\tLibro\t40%\t10\t1\t2\t3\t2\t8\t80,0%\t32,00%\n"
)


def _read(text: str, tmp_path: Path) -> Plan:
    document = tmp_path / "plan.txt"
    document.write_text(text, "utf-8")
    return read(document)


def test_a_bare_total_behind_executed_quarters_is_executed(tmp_path: Path) -> None:
    for total in ("ACUMULADO", "TOTAL"):
        plan = _read(f"PLAN DE ACCIÓN 2023\n\n{HEADER.format(total=total)}{ROWS}", tmp_path)
        row = plan.indicators[1]
        assert row.actual is not None and row.actual.value == 11
        assert row.unit_of_measure == "Curso" and not row.lead_unit
        weighted = row.figure(MeasureKind.WEIGHTED)
        assert weighted is not None and weighted.value == 36.68


def test_a_total_with_its_last_day_behind_executed_quarters_is_executed(tmp_path: Path) -> None:
    header = "ACTIVIDAD\tMETA 2023\tRealizado\t\t\t{total}\n\t\tI TRIM\tII TRIM\tIII TRIM\t\n"
    rows = "Renovar registros\t4\t0\t1\t1\t2\nOfertar cursos\t12\t3\t3\t3\t9\n"
    for total in ("Acumulado al 30 de septiembre", "Total a septiembre", "Acumulado III trimestre"):
        row = _read(f"PLAN DE ACCIÓN 2023\n\n{header.format(total=total)}{rows}", tmp_path).indicators[1]
        found = [m for m in row.measures if m.measure is MeasureKind.ACTUAL and m.quantity.value == 9]
        assert [m.period_end.isoformat() for m in found if m.period_end] == ["2023-09-30"], total
        assert row.actual is not None and row.actual.value == 9


def test_a_weighted_result_without_weights_is_the_percentage(tmp_path: Path) -> None:
    table = "Actividad\tMeta\tEjecutado\tCumplimiento ponderado\nVer\t4\t2\t50%\nOír\t8\t2\t25%\n"
    row = _read(f"SEGUIMIENTO DEL PLAN 2023\n\n{table}", tmp_path).indicators[0]
    assert row.percent is not None and row.percent.value == 50


def test_units_are_told_by_the_sentence_below_their_headings(tmp_path: Path) -> None:
    table = "Clave\tIndicador\tMeta\tAlcanzado\n{c}-01\tDemandas radicadas\t4\t4\n{c}-02\tSentencias emitidas\t5\t5\n"
    parts = [("SECRETARÍA GENERAL DE ACUERDOS", "A"), ("PRIMERA SALA UNITARIA", "B"), ("PONENCIA CUARTA", "C")]
    text = "\n".join(f"{name}\n\nEl área evaluó 2 indicadores: 2 satisfactorios.\n\n{table.format(c=c)}\n" for name, c in parts)
    plan = _read(f"PROGRAMA ANUAL DE TRABAJO 2022\n\n{text}", tmp_path)
    assert [r.lead_unit for r in plan.indicators[::2]] == [name for name, _ in parts]


def test_codes_in_front_of_every_name_are_split_off(tmp_path: Path) -> None:
    table = "Indicador\tMeta\tAlcanzado\nDA-01 NÓMINAS PAGADAS\t4\t4\nDA-02 CONTRATOS FIRMADOS\t5\t5\nDA-03 EQUIPOS SUSTITUIDOS\t6\t1\n"
    plan = _read(f"PROGRAMA ANUAL DE TRABAJO 2022\n\n{table}", tmp_path)
    assert (plan.indicators[0].code_printed, plan.indicators[0].name) == ("DA-01", "NÓMINAS PAGADAS")
    other = table.replace("DA-02", "COVID").replace("DA-03", "Los")
    assert _read(f"PROGRAMA ANUAL DE TRABAJO 2022\n\n{other}", tmp_path).indicators[0].name == "DA-01 NÓMINAS PAGADAS"


def _of_halves(year: str, tmp_path: Path) -> list[tuple[float | None, float | None]]:
    names = f"N.°\tActividad\tUnidad\t1.er semestre\t\t2.º semestre\t\t{year}\t\t\n"
    header = f"{names}\t\t\tProg.\tEjec.\tProg.\tEjec.\tProg.\tEjec.\tObservaciones\n"
    rows = "1\tPrestar consultas\tConsulta\t40\t38\t60\t61\t100\t99\tBien\n2\tDictar charlas\tCharla\t4\t4\t6\t5\t10\t9\t—\n"
    plan = _read(f"EVALUACIÓN ANUAL DEL PLAN OPERATIVO 2023\n\n{header}{rows}", tmp_path)
    assert not plan.indicators[1].observation
    figures = []
    for row in plan.indicators:
        assert row.annual_target is not None and row.actual is not None
        figures.append((row.annual_target.value, row.actual.value))
    return figures


def test_the_year_beside_its_halves(tmp_path: Path) -> None:
    for year in ("Año 2023", "AÑO", "Gestión 2023", "Ejercicio fiscal 2023", "2023", "Total 2023", "Anual"):
        assert _of_halves(year, tmp_path) == [(100, 99), (10, 9)], year


def test_things_between_names_and_figures_are_the_unit_of_measure(tmp_path: Path) -> None:
    header = "N.°\tActividad\tUnidad\tMeta 2023\tEjecutado\n"
    things = (
        ("Dictar charlas", "Charla"),
        ("Publicar boletines", "Boletín"),
        ("Celebrar sesiones", "Sesión"),
        ("Ordenar el archivo", "Legajo"),
    )
    areas = (("Dictar charlas", "Biblioteca"), ("Comprar equipos", "Compras"), ("Celebrar sesiones", "Laboratorio"), ("Ordenar", "Archivo"))
    for cells, measured in ((things, True), (areas, False)):
        rows = "".join(f"{n}\t{name}\t{unit}\t4\t3\n" for n, (name, unit) in enumerate(cells, 1))
        plan = _read(f"SEGUIMIENTO DEL PLAN 2023\n\n{header}{rows}", tmp_path)
        assert [bool(r.unit_of_measure) for r in plan.indicators] == [measured] * len(cells)


def test_a_subtotal_is_told_in_the_column_of_what_the_actions_serve(tmp_path: Path) -> None:
    table = (
        "Acción estratégica\tCódigo AO\tActividad operativa\tUnidad de medida\tPeso (%)\tMeta anual\n"
        "Formación pertinente\tAO.01.01\tTomar el examen\tExamen\t60\t2\n"
        "\tAO.01.02\tDar talleres\tTaller\t40\t20\nSubtotal AEI.01\t\t\t\t100\t\n"
        "Investigación fortalecida\tAO.02.01\tFinanciar proyectos\tProyecto\t100\t12\nSubtotal AEI.02\t\t\t\t100\t\n"
    )
    plan = _read(f"PLAN OPERATIVO 2025\n\n{table}", tmp_path)
    assert [(r.kind, r.objective) for r in plan.indicators] == [
        ("action", "Formación pertinente"),
        ("action", "Formación pertinente"),
        ("total", "Formación pertinente"),
        ("action", "Investigación fortalecida"),
        ("total", "Investigación fortalecida"),
    ]


def test_columns_of_figures_without_a_header_are_said(tmp_path: Path) -> None:
    rows = "".join(f"1.{n}\tVer {n}\t{n}0\t{n}\t{n}0 %\n" for n in range(1, 5))
    plan = _read(f"SEGUIMIENTO DEL PLAN 2023\n\nCódigo\tActividad\tMeta\t\t\n{rows}", tmp_path)
    assert any("Columnas de cifras sin encabezado: 2." in d.message_es for d in plan.diagnostics)
