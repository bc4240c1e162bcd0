"""A share of which the rows say nothing, beside the two figures that its sentence makes it of."""

from __future__ import annotations

from pathlib import Path

import pytest

from veedor import evaluate_plan, read
from veedor.schema.finding import ClaimOutcome

ROWS = "Actividad\tUnidad de medida\tMeta anual\tEjecutado\nVer\tInforme\t40\t10\nOír\tActa\t160\t70\n"


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        (
            "el 40% del total de la meta física programada.",
            ClaimOutcome.CONFIRMED,
        ),
        (
            "el 45% del total de la meta física programada.",
            ClaimOutcome.CONTRADICTED,
        ),
        (
            "el 45% del presupuesto.",
            None,
        ),
    ],
)
def test_shares_of_the_two_figures_before_them(sentence: str, outcome: ClaimOutcome | None, tmp_path: Path) -> None:
    document = tmp_path / "informe.txt"
    document.write_text(
        f"INSTITUTO DE PRUEBA\nSEGUIMIENTO DEL PLAN OPERATIVO ANUAL 2022\n\nEn el año se programaron 2 actividades "
        "y 200 metas físicas, de las cuales se ejecutó 80 metas; "
        f"lo que representa {sentence}\n\n{ROWS}",
        "utf-8",
    )
    found = [c.outcome for c in evaluate_plan(read(document)).claims if c.published.endswith("%")]
    if outcome is None:
        assert ClaimOutcome.CONTRADICTED not in found
    else:
        assert found == [outcome]
