"""Which documents `veedor corpus export` writes, and what is said of those that a person corrected."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

TABLE = "CÓDIGO\tACCIÓN\tUNIDAD DE MEDIDA\tMETA\tRESULTADO\nA.1.\tRevisar canales\tinforme\t4\t{}\nA.2.\tLimpiar canales\tinforme\t2\t2\n"


def test_a_document_that_is_named_is_written_also_where_another_replaced_it(here: Callable[..., Any], tmp_path: Path) -> None:
    title = "Instituto Nacional de Riego\nSEGUIMIENTO DEL PLAN OPERATIVO 2022\nEnero a junio de 2022\n\n"
    for name, result in (("antes", 1), ("luego", 2)):
        (tmp_path / f"{name}.txt").write_text(title + TABLE.format(result), encoding="utf-8")
        assert here("corpus", "add", tmp_path / f"{name}.txt", "--store", tmp_path / "c.sqlite").returncode == 0

    def written(*named: str) -> list[str]:
        out = tmp_path / "e.json"
        assert here("corpus", "export", *named, "--store", tmp_path / "c.sqlite", "--format", "json", "--out", out).returncode == 0
        return [d["document"] for d in json.loads(out.read_text(encoding="utf-8"))["documents"]]

    assert written() == ["luego"]
    assert written("antes") == ["antes"]


def test_what_agrees_only_by_a_correction_is_told_apart(here: Callable[..., Any], samples: Path, tmp_path: Path) -> None:
    store, file = tmp_path / "c.sqlite", samples / "caja-poi-2022-seguimiento.txt"
    assert here("corpus", "add", file, "--store", store).returncode == 0
    said = ("--row", "2", "--field", "actual", "--to", "48", "--author", "Ana Pérez", "--reason", "Se lee 48")
    assert here("corpus", "correct", file.stem, *said, "--store", store).returncode == 0
    assert here("corpus", "export", "--store", store, "--format", "csv", "--out", tmp_path / "e").returncode == 0
    shown = here("verify", tmp_path / "e", "--sources", samples)
    assert shown.returncode == 0, shown.stdout
    assert "coincide si se corrige" in shown.stdout and "Solo con las correcciones que el export trae: 1." in shown.stdout
    assert "Ana Pérez" in shown.stdout and "Se lee 48" in shown.stdout
