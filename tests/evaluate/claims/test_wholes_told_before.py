"""Shares of a whole that another figure or another sentence tells, and results beside counts of a class."""

from __future__ import annotations

from pathlib import Path

import pytest

from veedor import evaluate_plan, read
from veedor.schema.finding import Claim, ClaimOutcome

HEADER = "Código\tActividad\tUnidad de medida\tMeta anual\tEjecutado\t% de cumplimiento\tSemáforo\n"
GREEN = "1.{n}\tVerificar expedientes {n}\tInforme\t10\t10\t100%\tVerde\n"
RED = "1.{n}\tVerificar expedientes {n}\tInforme\t10\t5\t50%\tRojo\n"
ROWS = HEADER + "".join((GREEN if n <= 6 else RED).format(n=n) for n in range(1, 8))
LIMITS = "Verde: cumplimiento igual o mayor a 90%\nRojo: cumplimiento menor a 90%\n"


def _claims(text: str, tmp_path: Path) -> list[Claim]:
    document = tmp_path / "informe.txt"
    document.write_text(f"INSTITUTO DE PRUEBA\nSEGUIMIENTO DEL PLAN OPERATIVO ANUAL 2022\n\n{LIMITS}\n{text}\n\n{ROWS}", "utf-8")
    return [c for c in evaluate_plan(read(document)).claims if c.published.endswith("%")]


@pytest.mark.parametrize(
    ("text", "share", "outcome"),
    [
        # Of the metas and not of the seven activities.
        (
            "Se programaron 43,404 metas físicas en 7 actividades, de las cuales 32,420 metas fueron ejecutadas, "
            "que representa el 75% de ejecución.",
            "75%",
            ClaimOutcome.CONFIRMED,
        ),
        # A mean of the line, beside the count of a class.
        ("La línea alcanzó un avance de 92,86%: 6 de sus 7 actividades quedaron en verde y 1 en rojo.", "92,86%", None),
        ("La línea alcanzó un avance de 97,84%: 6 de sus 7 actividades quedaron en verde y 1 en rojo.", "97,84%", None),
        # The second count of the sentence before.
        ("El plan contiene 9 actividades, de las cuales 7 fueron asignadas. De estas, 6 (85,7%) se encuentran en verde.", "85,7%", None),
    ],
)
def test_a_share_of_another_whole_is_not_contradicted(text: str, share: str, outcome: ClaimOutcome | None, tmp_path: Path) -> None:
    found = [c.outcome for c in _claims(text, tmp_path) if c.published == share]
    assert ClaimOutcome.CONTRADICTED not in found
    assert outcome is None or found == [outcome]


def test_a_wrong_share_of_its_own_pair_is_contradicted(tmp_path: Path) -> None:
    (claim,) = _claims("De las 7 actividades, 6 (58,7%) se encuentran en verde.", tmp_path)
    assert claim.outcome is ClaimOutcome.CONTRADICTED
