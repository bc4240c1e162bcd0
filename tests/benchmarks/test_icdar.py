"""Holds the reading of the competition's truth, the means over documents, and the figures that the benchmark prints."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TRUTH = """<?xml version="1.0"?>
<document filename="x"><table id="1"><region id="1" page="3" col-increment="0" row-increment="{down}">
<cell id="1" start-row="0" start-col="0" end-col="1"><bounding-box x1="1" y1="1" x2="2" y2="2"/><content>Both</content></cell>
<cell id="2" start-row="1" start-col="0"><content>{left}</content></cell>
<cell id="3" start-row="1" start-col="1"><content>two
lines</content></cell>
</region></table></document>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, the second with two readings that are right."""
    for name, left, down in (("eu-1", "one", 0), ("eu-2a", "one", 0), ("eu-2b", "uno", -1)):
        (tmp_path / f"{name}-str.xml").write_text(TRUTH.format(left=left, down=down), "utf-8")
    for name in ("eu-1", "eu-2a", "without-truth"):
        (tmp_path / f"{name}.pdf").write_bytes(b"%PDF-1.4")
    return tmp_path


def tool(icdar: ModuleType, found: dict[str, list[Any]], name: str = "tool") -> Any:
    return icdar.Contender(name, "json", lambda file: found.get(file.stem, []))


def test_the_truth_is_read_with_spans_and_page(icdar: ModuleType, folder: Path) -> None:
    (table,) = icdar.tables(folder / "eu-1-str.xml")
    assert table.pages == {3}
    assert table.cells == ((0, 0, 0, 1, "Both"), (1, 0, 1, 0, "one"), (1, 1, 1, 1, "two\nlines"))


def test_the_increment_of_a_region_moves_its_cells(icdar: ModuleType, folder: Path) -> None:
    (table,) = icdar.tables(folder / "eu-2b-str.xml")
    assert [cell[0] for cell in table.cells] == [-1, 0, 0]


def test_a_document_may_come_closer_to_either_of_two_truths(icdar: ModuleType, folder: Path) -> None:
    one, two = icdar.documents(folder)
    assert (one.file.stem, len(one.truths), two.file.stem, len(two.truths)) == ("eu-1", 1, "eu-2a", 2)
    assert [two.score(truth).f1 for truth in two.truths] == [1, 1]
    assert one.score(two.truths[1]).f1 < 1


def test_means_are_over_documents(icdar: ModuleType, folder: Path) -> None:
    documents = icdar.documents(folder)
    (result,) = icdar.compete(documents, [tool(icdar, {"eu-1": documents[0].truths[0]})])
    assert (result.precision, result.recall, result.f1) == (0.5, 0.5, 0.5)
    assert result.pooled.f1 == pytest.approx(2 / 3)
    assert result.as_json()["documents"]["eu-2a"] == {"right": 0, "found": 0, "truth": 3, "f1": 0}


def test_a_tool_that_is_not_installed_is_skipped(icdar: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(icdar.compete(icdar.documents(folder), [icdar.Contender("none", "no_such_tool", list)])) == []
    assert "none is skipped" in capsys.readouterr().err


def test_without_documents_nothing_is_measured(icdar: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(icdar.compared(tmp_path / "icdar2013")) == []
    assert "is skipped" in capsys.readouterr().err


def test_figures_against_every_other_tool(icdar: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    truths = {d.file.stem: d.truths[0] for d in icdar.documents(folder)}
    half = {"eu-1": truths["eu-1"]}
    monkeypatch.setattr(icdar, "CONTENDERS", [tool(icdar, truths, "veedor"), tool(icdar, half, "other")])
    lacking, seconds = icdar.compared(folder)
    assert (lacking.value, lacking.against, lacking.met) == (0, 0.5, True)
    assert (seconds.unit, seconds.met) == ("s", None)


def test_what_is_printed_and_saved(
    icdar: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    truths = {d.file.stem: d.truths[0] for d in icdar.documents(folder)}
    monkeypatch.setattr(icdar, "CONTENDERS", [tool(icdar, truths)])
    saved = folder / "saved.json"
    monkeypatch.setattr(sys, "argv", ["icdar.py", "--data", str(folder), "--each", "--save", str(saved)])
    icdar.main()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line] == ["document", "eu-1", "eu-2a", "tool", "tool"]
    assert lines[-1].split()[:6] == ["tool", "2", "1.000", "1.000", "1.000", "1.000"]
    assert [r["f1"] for r in json.loads(saved.read_text("utf-8"))] == [1]


def test_the_truth_of_the_competition_against_itself(icdar: ModuleType, shared: Path) -> None:
    documents = icdar.documents(shared / "icdar2013")
    if not documents:
        pytest.skip("the documents of the competition are not there")
    scores = [document.score(truth) for document in documents for truth in document.truths]
    assert {s.f1 for s in scores} == {1}
