"""Reasons of struck-out matter: in the mark, behind it, in the line below, in the struck cell, in a legend; and what is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from veedor.corpus.walk import read
from veedor.normalize.withheld_reasons import only_reason
from veedor.schema.plan import Plan

from ..extract.pdf.drawn import PLAN, cell, document, fill, table, text

PlanText = Callable[..., Plan]
TABLE = "Actividad\tMeta\tReal\nCapacitar\t4\t2\n"


def _reasons(plan: Plan) -> list[str]:
    return [r.reason_stated for r in plan.redactions]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("El trámite es de [Testado] Art. 24 LAIP", "Art. 24 LAIP"),
        ("[Testado] Información confidencial, art. 24 de la LAIP.", "Información confidencial, art. 24 de la LAIP."),
        ("[Redacted]\nInformación confidencial (Art. 6 LAIP)", "Información confidencial (Art. 6 LAIP)"),
        (
            "[Redacted]\n\nSe omiten datos personales con base en el art. 30 de la LAIP.",
            "Se omiten datos personales con base en el art. 30 de la LAIP.",
        ),
        ("[Redacted]\nInformación testada", ""),
        ("[Redacted]\nLa información reservada creció en el año.\n\nEl comité es confidencial en sus actas.", ""),
        ("[Redacted] fue atendido según lo previsto en el plan", ""),
        ("[Redacted]\nArtículos deportivos entregados", ""),
    ],
)
def test_a_reason_behind_a_mark_or_below_it(plan_text: PlanText, lines: str, reason: str) -> None:
    assert _reasons(plan_text(f"{TABLE}\n{lines}\n")) == [reason]


def test_a_legend_explains_the_marks(plan_text: PlanText) -> None:
    plan = plan_text(f"{TABLE}\nUno [Redacted]\n\nDos █████\n\n■ Información testada con base en el art. 30 de la LAIP\n")
    assert _reasons(plan) == ["Información testada con base en el art. 30 de la LAIP"] * 2


def test_the_statement_of_a_public_version_is_no_reason_of_a_mark(plan_text: PlanText) -> None:
    plan = plan_text(
        f"{TABLE}\nEste documento es una versión pública, en el cual únicamente se ha omitido la información que la Ley de "
        "Acceso a la Información Pública define como confidencial (Arts. 24 y 30 de la LAIP).\n\n[Redacted]\n"
    )
    assert _reasons(plan) == [""] and plan.redactions[0].legal_basis


def test_a_reason_in_another_cell_of_the_row(plan_text: PlanText) -> None:
    rows = "Partos\t4\t1\t[Redacted]\tDatos personales, art. 24 LAIP\nVacunas\t4\t1\t[Redacted]\t\n"
    plan = plan_text("Actividad\tMeta\tReal\tObservaciones\tMotivo\n" + rows)
    assert _reasons(plan) == ["Datos personales, art. 24 LAIP", ""]


BOX = cell(3, 3)
UNDER = (BOX[0], BOX[3] - 7)


def _of_pdf(folder: Path, content: str) -> list[str]:
    file = folder / "plan.pdf"
    file.write_bytes(document(table(PLAN) + content))
    return _reasons(read(file))


def test_a_reason_beneath_the_box_in_its_cell(tmp_path: Path) -> None:
    x0, top, x1, bottom = BOX
    bar = fill(x0, top, x1, bottom - 9)
    assert _of_pdf(tmp_path, bar) == [""]
    assert _of_pdf(tmp_path, bar + text(x0 + 1, bottom - 1, "Reservada, Art. 19 LAIP.", size=7)) == ["Reservada, Art. 19 LAIP."]


def test_a_reason_beside_or_below_a_box_in_the_text(tmp_path: Path) -> None:
    bar = fill(40, 300, 200, 312)
    assert _of_pdf(tmp_path, bar + text(205, 310, "Art. 24 LAIP")) == ["Art. 24 LAIP"]
    assert _of_pdf(tmp_path, bar + text(40, 324, "Informacion confidencial, art. 24 LAIP")) == ["Informacion confidencial, art. 24 LAIP"]
    assert _of_pdf(tmp_path, bar + text(40, 380, "Informacion confidencial, art. 24 LAIP")) == [""]


@pytest.mark.parametrize(
    ("told", "only"),
    [
        ("Información omitida: reservada, Art. 19 LAIP.", True),
        ("Datos personales omitidos, Art. 24 LAIP.", True),
        ("Faltó equipo. Datos personales omitidos, Art. 24 LAIP.", False),
        ("Se eliminó la meta por falta de fondos.", False),
        ("", False),
    ],
)
def test_a_text_that_only_gives_the_reason(told: str, only: bool) -> None:
    assert only_reason(told) is only
