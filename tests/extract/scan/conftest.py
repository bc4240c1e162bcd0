"""What tests of scans share: the cases that benchmarks/ typesets and spoils, each read once."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from veedor.extract.raw import RawDocument, Row, Table
from veedor.extract.reading import read_raw

BENCHMARKS = Path(__file__).resolve().parents[3] / "benchmarks"


@dataclass(frozen=True)
class Read:
    """A scan that was made, its truth, and what is read in it."""

    file: Path
    truth: dict[str, Any]
    raw: RawDocument
    clean: bytes

    @property
    def table(self) -> Table:
        (table,) = self.raw.tables
        return table

    @property
    def rows(self) -> list[list[str]]:
        return [texts(row) for row in self.table.rows]

    @property
    def wanted(self) -> list[list[str]]:
        return [row["cells"] for table in self.truth["tables"] for row in table["rows"]]


def texts(row: Row) -> list[str]:
    return [cell.text if cell else "" for cell in row.cells]


@pytest.fixture(scope="session")
def engine() -> None:
    for part in ("onnxruntime", "rapidocr"):
        pytest.importorskip(part, reason=f"{part}, which recognises scans, is not installed")


@pytest.fixture(scope="session")
def dictionary() -> None:
    pytest.importorskip("simplemma", reason="simplemma, which tells words from none, is not installed")


@pytest.fixture(scope="session")
def cases() -> Iterator[ModuleType]:
    """The module that makes scans: benchmarks/scan_cases.py."""
    pytest.importorskip("reportlab", reason="reportlab, which typesets the scans, is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        yield importlib.import_module("scan_cases")


@pytest.fixture(scope="session")
def scan(engine: None, cases: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Read]:
    """A scan of ``small.py`` by its name, made and read once."""
    small: dict[str, Any] = importlib.import_module(".small", __package__).cases()
    folder = tmp_path_factory.mktemp("scans")

    @cache
    def read(name: str) -> Read:
        try:
            file = cases.written(name, folder, small[name])
        except cases.FontMissingError as error:
            pytest.skip(f"{error} is not on this machine")
        truth = json.loads(file.with_suffix(".json").read_text("utf-8"))
        return Read(file, truth, read_raw(file), cases.clean(small[name]).pdf)

    return read
