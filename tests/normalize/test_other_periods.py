"""Headers of another year or period than the document: of a table, and repeated over the parts of one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from veedor.corpus.walk import read
from veedor.schema.plan import Plan

from ..extract.pdf.drawn import document, table, text

PlanText = Callable[..., Plan]

REPORT = """Plan Operativo Institucional 2022

CÓDIGO→ACCIÓN→METAS PARA AÑO 2022→→REAL→OBSERVACIONES AL II TRIMESTRE
→→EN-MAR→ABR-JUN→EN-JUN→
AO.1.→Capacitar→2→2→4→Hecho
AO.2.→Informar→1→1→2→Hecho


CÓDIGO→ACCIÓN→{targets}→→REAL→{remarks}
→→{quarter}→ABR-JUN→EN-JUN→
AO.3.→Visitar→3→3→6→Hecho
AO.4.→Comprar→1→1→2→Hecho
"""


def _said(plan: Plan) -> list[tuple[str, int | None]]:
    return [(d.code, d.place.line if d.place else None) for d in plan.diagnostics if d.code.startswith("PER-")]


@pytest.mark.parametrize(
    ("targets", "remarks", "quarter", "said"),
    [
        ("METAS PARA AÑO 2022", "OBSERVACIONES AL II TRIMESTRE", "EN-MAR", []),
        ("METAS PARA AÑO 2020", "OBSERVACIONES AL II TRIMESTRE", "EN-MAR", [("PER-year", 9)]),
        ("METAS PARA ANO 2022", "OBSERVACIONES AL II TRIMESTRE", "EN-MAR", []),
        ("METAS PARA AÑO 2022", "OBSERVACIONES AL I TRIMESTRE", "EN-MAR", [("PER-header", 9)]),
        ("METAS PARA AÑO 2022", "OBSERVACIONES AL II TRIMESTRE", "ABR-JUN", []),
    ],
)
def test_a_header_repeated_below_the_first_part(
    plan_text: PlanText, targets: str, remarks: str, quarter: str, said: list[tuple[str, int]]
) -> None:
    plan = plan_text(REPORT.format(targets=targets, remarks=remarks, quarter=quarter).replace("→", "\t"))
    assert len(plan.indicators) == 4
    assert _said(plan) == said


def _page(year: str, rows: list[list[str]]) -> str:
    return text(40, 60, "Plan Operativo Anual 2022") + table([["Actividad", f"Meta {year}", "Resultado", "Observaciones"], *rows])


@pytest.mark.parametrize(("year", "said"), [("2022", []), ("2021", [("PER-year", 2)])])
def test_a_header_repeated_on_the_next_page(tmp_path: Path, year: str, said: list[tuple[str, int]]) -> None:
    many = [[f"Informe de la sede {n}", "4", "4", ""] for n in range(31)]
    file = tmp_path / "plan.pdf"
    file.write_bytes(document(_page("2022", many), _page(year, [["Visitas a las sedes", "7", "7", ""], ["Talleres", "3", "2", ""]])))
    plan = read(file)
    assert len(plan.indicators) == 33
    assert [(d.code, d.place.page) for d in plan.diagnostics if d.code.startswith("PER-") and d.place] == said


_UNITS = ("Compras", "Seguros", "Archivo", "Informática", "Auditoría")


def _tables(*months: str) -> str:
    head = "Unidad de {unit}\n\nCÓDIGO→ACCIÓN→META→METAS PARA AÑO 2022→→REAL\n"
    head += "→→→EN-MAR→ABR-JUN→{months}\nAO.{n}.→Visitar la sede {n}→4→2→2→3\n\n\n"
    tables = zip(months, _UNITS, strict=True)
    return "Plan Operativo Institucional 2022\n\n" + "".join(
        head.format(n=n, months=m, unit=u) for n, (m, u) in enumerate(tables, 1)
    ).replace("→", "\t")


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (["EN-SEP"] * 5, 0),
        (["EN-SEP"] * 4 + ["EN-JUN"], 1),
        (["EN-SEP"] * 3 + ["EN-JUN"] * 2, 0),
    ],
)
def test_one_table_of_another_period_than_all_its_siblings(plan_text: PlanText, months: list[str], said: int) -> None:
    assert [code for code, _ in _said(plan_text(_tables(*months)))] == ["PER-header"] * said
