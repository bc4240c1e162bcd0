"""Figures with decimals are added and divided as on paper, not as the machine holds them."""

from __future__ import annotations

from pathlib import Path

from veedor.corpus.walk import read
from veedor.evaluate.evaluating import evaluate_plan

HEADER = "Código\tActividad\tMETA ANUAL\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\tREAL EN-JUN\t% EJECUCIÓN EN-JUN\tOBSERVACIONES\n"


def test_tenths_add_up(tmp_path: Path) -> None:
    file = tmp_path / "poi-2022.txt"
    rows = "".join(f"AO.{n}.\tActividad {n}\t1\t0.1\t0.2\t0.3\t0.4\t0.3\t100%\t\n" for n in (1, 2, 3, 4))
    file.write_text("POI 2022\n\n" + HEADER + rows, encoding="utf-8")
    plan = read(file)
    assert len(plan.indicators) == 4
    assert [f for f in evaluate_plan(plan).findings if f.outcome == "fails"] == []
