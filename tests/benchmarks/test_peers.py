"""Holds how the tables of other tools are handed to the measures, and how a tool or a document that is missing is taken."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest


def box(x1: int, y1: int, x2: int, y2: int, text: str | None) -> SimpleNamespace:
    return SimpleNamespace(bbox=SimpleNamespace(x1=x1, y1=y1, x2=x2, y2=y2), value=text)


def test_a_text_that_img2table_repeats_is_one_cell(peers: ModuleType) -> None:
    wide, left, right = box(0, 0, 20, 10, "METAS"), box(0, 10, 10, 20, None), box(10, 10, 20, 20, "3")
    assert set(peers._same_box({0: [wide, wide], 1: [left, right]})) == {(0, 0, 0, 1, "METAS"), (1, 0, 1, 0, ""), (1, 1, 1, 1, "3")}


def test_positions_without_a_value_are_covered_by_the_cell_before(peers: ModuleType) -> None:
    rows = [["CÓDIGO", "METAS", None], [None, "EN", "ABR"], ["AO.1", "", "3"]]
    expected = {(0, 0, 1, 0, "CÓDIGO"), (0, 1, 0, 2, "METAS"), (1, 1, 1, 1, "EN"), (1, 2, 1, 2, "ABR")}
    assert set(peers._covering(rows)) == expected | {(2, 0, 2, 0, "AO.1"), (2, 1, 2, 1, ""), (2, 2, 2, 2, "3")}


def test_what_a_tool_lacks_is_named(peers: ModuleType) -> None:
    assert peers.Way("x", "no-such-package", "", list).lacking() == "no-such-package"
    assert peers.Way("x", "veedor", "", list, "no-such-program").lacking() == "no-such-program"
    assert peers.way("veedor").lacking() == ""


def test_a_tool_whose_environment_is_not_there_is_left_out(comparison: ModuleType, peers: ModuleType, tmp_path: Path) -> None:
    bench = comparison.Bench(tmp_path, tmp_path, lambda _: None)
    assert bench.read(peers.way("tabula lattice"), [tmp_path / "a.pdf"]) == {"lacking": "tabula-py"}


def test_kinds_without_a_document_are_left_out(comparison: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    for name in ("one.pdf", "one.json", "two.pdf"):  # of the second the truth is missing
        (tmp_path / "real" / name).touch()
    listed = tmp_path / "listed.yaml"
    entry: dict[str, Any] = {"kind": "published", "es": "e", "en": "e", "examples": [], "data": ["real/*"]}
    listed.write_text(json.dumps([entry, entry | {"kind": "none", "data": ["real/x*"]}]), "utf-8")
    found = comparison.kinds(tmp_path, listed)
    assert [(k.id, [f.name for f in k.files]) for k in found] == [("published", ["one.pdf"])]


def test_a_document_that_a_tool_fails_on_has_no_tables(peers: ModuleType, tmp_path: Path) -> None:
    import importlib

    def fails(_: Path) -> list[Any]:
        raise RuntimeError("odd font")

    timed = importlib.import_module("timed")
    found = timed.measured(peers.Way("x", "veedor", "", fails), [tmp_path / "a.pdf"])
    (document,) = found["documents"]
    assert document["tables"] == [] and document["error"] == "RuntimeError: odd font" and found["memory"] > 1
    assert sys.modules["held"].most() > 10**6


def test_marks_stand_in_the_positions_of_the_tables(
    comparison: ModuleType, peers: ModuleType, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if veedor doubted every 100 %: the marks are those of the cells that the other measure takes."""
    monkeypatch.setattr(comparison, "is_flagged", lambda cell, _: cell is not None and cell.text == "100%")
    file = samples / "isss-pat-2023-caracteres.pdf"
    found = [{(c.row, c.col) for c in t.cells if c.text == "100%"} for t in peers.way("veedor").tables(file)]
    assert comparison.marked(file) == found and any(found)
