"""Cells out of tune with their column, where that is not interpreted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.schema.plan import Plan

PlanText = Callable[..., Plan]

HEAD = "INSTITUTO DE PRUEBA\nPLAN OPERATIVO ANUAL 2025\n\n"
HEAD += "Actividad\tUnidad de medida\tMeta anual\tRegistrado en fecha\tBeneficiarios indirectos\n"


def said(plan_text: PlanText, dates: list[str], texts: list[str]) -> list[str]:
    rows = [f"Elaborar el informe de la zona {n}\tInforme\t4\t{d}\t{t}" for n, (d, t) in enumerate(zip(dates, texts, strict=True), 1)]
    return [d.message_es for d in plan_text(HEAD + "\n".join(rows) + "\n").diagnostics if d.code == "LEC-odd-cell"]


@pytest.mark.parametrize(
    ("odd", "message"),
    [
        ("31/02/2025", "que no existe"),
        ("12/02/2052", "las demás son de 2025"),
        ("12/02/2026", ""),
        ("12/02/2025", ""),
        ("", "solo en esta fila"),
    ],
)
def test_a_date_that_cannot_be(odd: str, message: str, plan_text: PlanText) -> None:
    found = said(plan_text, [*("10/02/2025",) * 12, odd], ["Población rural"] * 13)
    assert len(found) == bool(message)
    assert all(message in m for m in found)


@pytest.mark.parametrize(("blanks", "count"), [(0, 0), (1, 1), (2, 0)])
def test_the_only_blank_of_a_column(blanks: int, count: int, plan_text: PlanText) -> None:
    assert len(said(plan_text, ["10/02/2025"] * 13, ["Población rural"] * (13 - blanks) + [""] * blanks)) == count
