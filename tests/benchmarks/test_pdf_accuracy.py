"""Holds the count of wrong figures to rows of which each is wrong in one way."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from veedor.extract.raw import Cell, Row
from veedor.schema.place import Place

TRUTH: list[dict[str, Any]] = [
    {
        "rows": [
            {"kind": "heading", "cells": ["Formación", "", "", ""]},
            {"kind": "action", "cells": ["Capacitar", "12", "", "-3"]},
            {"kind": "action", "cells": ["Infor-mar", "1,144", "5", ""]},
        ]
    }
]


def row(*texts: str, line: int = 1, unsure: frozenset[int] = frozenset()) -> Row:
    cells = tuple(Cell(text, Place(page=1, x0=float(c), top=float(line))) for c, text in enumerate(texts))
    return Row(cells, Place(page=1), unsure=unsure)


RIGHT = [row("Formación", "", "", ""), row("Capacitar", "12", "", "-3", line=2), row("Informar", "1,144", "5", "", line=3)]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (RIGHT, 0),
        ([RIGHT[1], RIGHT[2]], 0),  # a heading has no figures
        ([RIGHT[1], row("Informar", "1,441", "5", "")], 1),
        ([row("Capacitar", "", "12", "-3"), RIGHT[2]], 2),  # in another column: one missing, one too many
        ([row("Capacitar", "12", "", "3"), RIGHT[2]], 1),  # the sign is lost
        ([row("Capacitar", "12", "", ""), RIGHT[2]], 1),
        ([RIGHT[1]], 2),  # a row is missing
        ([row("Capacitar 12", "", "", "-3"), RIGHT[2]], 3),  # a figure ran into the name: neither row is the other's
        ([*RIGHT, RIGHT[1]], 2),  # a row too many
        ([row("Capacitar", "21", "", "-3", unsure=frozenset({1})), RIGHT[2]], 0),  # said to be unsure
    ],
)
def test_wrong_figures(pdf_accuracy: ModuleType, rows: list[Row], wrong: int) -> None:
    assert pdf_accuracy.wrong_figures([rows], TRUTH, set()) == wrong


def test_what_the_plan_marks_as_doubtful_is_not_wrong(pdf_accuracy: ModuleType) -> None:
    rows = [RIGHT[1], row("Informar", "1,441", "5", "", line=3)]
    assert pdf_accuracy.wrong_figures([rows], TRUTH, {(1, 1.0, 3.0)}) == 0
    assert pdf_accuracy.wrong_figures([rows], TRUTH, {(1, 2.0, 3.0), (2, 1.0, 3.0)}) == 1


def test_documents_with_their_truth(pdf_accuracy: ModuleType, tmp_path: Path) -> None:
    for name, truth in {"born": {"tables": []}, "scan-1": {"tables": []}, "counts": {"rows": 3}}.items():
        (tmp_path / f"{name}.pdf").touch()
        (tmp_path / f"{name}.json").write_text(json.dumps(truth))
    (tmp_path / "alone.pdf").touch()
    assert pdf_accuracy.documents(tmp_path, tmp_path / "none") == [tmp_path / "born.pdf"]


def test_the_figures_of_an_example(pdf_accuracy: ModuleType, samples: Path) -> None:
    found = list(pdf_accuracy.compared(samples / "isss-pat-2021-partida.pdf"))
    assert {m.what.split(": ")[1]: m.value for m in found} == {
        "rows whole": 30,
        "rows with every cell in its column": 30,
        "F1 of cells, as printed": 1,
        "F1 of cells, without hyphens and blanks": 1,
        "wrong figures without a mark": 0,
    }
    assert all(m.met is not False for m in found)
