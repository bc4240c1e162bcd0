"""What tests of broken input share: the cases, and the checks of the benchmarks, which are scripts and no part of the package."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from .built import Case, cases

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture(scope="session", name="cases")
def all_cases() -> list[Case]:
    return cases()


@pytest.fixture(scope="session")
def promises() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        return importlib.import_module("promises")
