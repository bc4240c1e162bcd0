"""What tests of the benchmarks share: their modules, which are scripts and no part of the package."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def _script(name: str) -> Callable[[pytest.MonkeyPatch], ModuleType]:
    @pytest.fixture(name=name)
    def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
        monkeypatch.syspath_prepend(BENCHMARKS)
        return importlib.import_module(name)

    return script


adjacency = _script("adjacency")
contenders = _script("contenders")
evaluating = _script("evaluating")
comparison = _script("comparison")
figures_better = _script("figures_better")
figures_page = _script("figures_page")
load = _script("load")
peers = _script("peers")
table_scores = _script("table_scores")
watching = _script("watching")
icdar = _script("icdar")
pdf_accuracy = _script("pdf_accuracy")
scan_cases = _script("scan_cases")
scan_compare = _script("scan_compare")
