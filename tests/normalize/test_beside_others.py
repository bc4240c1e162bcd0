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
