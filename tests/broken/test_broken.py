"""Every broken file ends as its template says, with its reason or read as printed: no traceback, nothing half written, no other spoiled."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from .built import ROWS, Case, cases

CLOCK, MEMORY = 20, 640
"""Seconds and MiB that a file may use: many times what any takes but the bombs, which have a clock of their own."""


@dataclass
class Ended:
    """How the files of the cases ended, each by its name: its entry of the summary, the folder of its results, what was said of all."""

    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    folders: dict[str, Path] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    codes: set[int] = field(default_factory=set)


@pytest.fixture(scope="module")
def ended(promises: ModuleType, tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Ended:
    """All files of all cases, by one run for each clock."""
    found = Ended()
    clocks: dict[int, list[Case]] = {}
    for case in cases():
        clocks.setdefault(case.clock or CLOCK, []).append(case)
    for clock, its in clocks.items():
        folder = tmp_path_factory.mktemp("broken")
        files = [write(folder / "in", name, data) for case in its for name, data in case.files()]
        hidden = [f for f in files if f.name.startswith(".")]  # a folder is read without them
        done = promises.run("run", folder / "in", *hidden, "--out", folder / "out", "--timeout", clock, "--memory", MEMORY, seconds=300)
        found.codes.add(done.code)
        found.said += [done.out, done.err]
        found.faults += done.left
        found.faults += promises.broken_promises(folder / "out", len(files))
        for entry in json.loads((folder / "out" / "summary.json").read_text("utf-8"))["documents"]:
            name = Path(entry["source"]).name
            found.entries[name], found.folders[name] = entry, folder / "out" / entry["document"]
    return found


def write(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def test_nothing_is_half_written_and_nothing_said_is_a_traceback(ended: Ended) -> None:
    assert ended.faults == []
    assert ended.codes == {3}
    assert not [said for said in ended.said if "Traceback" in said or "\x1b" in said or "\u202e" in said]


def marked(case: Case) -> ParameterSet:
    return pytest.param(case, id=case.name, marks=[pytest.mark.xfail(reason=case.unmet)] if case.unmet else [])


@pytest.mark.parametrize("case", map(marked, cases()))
def test_a_case_ends_as_its_template_says(case: Case, ended: Ended) -> None:
    for name, _ in case.files():
        entry = ended.entries[name]
        read = entry["status"] in ("done", "partial")
        assert ("read" if read else entry["reason"]) in case.outcome, entry
        if not read:
            assert all(words in entry["message"] for words in case.says), entry
            continue
        folder = ended.folders[name]
        plan = json.loads((folder / "plan.json").read_text("utf-8"))
        assert set(case.says) <= {d["code"] for d in plan.get("diagnostics", ())}
        with (folder / "indicators.csv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        sound = [r for r in rows if r["name"] in ROWS and r["confidence"] in ("checked", "read")]
        assert [(r["name"], r["annual_target"], r["actual"]) for r in sound] == [(r["name"], *ROWS[r["name"]]) for r in sound]
        assert len(sound) >= case.rows
        table = (folder / "indicators.csv").read_text("utf-8")
        assert [words for words in case.holds if words not in table] == []
        assert [(f.name, words) for f in folder.iterdir() for words in case.lacks if words in f.read_text("utf-8")] == []


def test_broken_files_as_found_on_the_web(here: Callable[..., Any], shared: Path, tmp_path: Path) -> None:
    found = sorted((shared / "real").glob("broken-*.pdf"))
    if not found:
        pytest.skip(f"no broken-*.pdf in {shared / 'real'}")
    assert here("run", *found, "--out", tmp_path / "out").returncode == 3
    entries = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["documents"]
    ended = {e["document"]: (e["reason"], e["message"]) for e in entries}
    assert ended["broken-empty"][0] == "empty"
    assert ended["broken-web-page"][0] == "not-a-document" and "página web" in ended["broken-web-page"][1]


def test_a_sweep_of_altered_examples(script: Callable[[str], ModuleType], samples: Path, cache: Path) -> None:
    """A few of those of benchmarks/broken.py, which tries thousands."""
    broken = script("broken")
    files = [f for f in broken.sample_files(samples / "none") if f.suffix == ".txt" or "sin-lineas" in f.stem or "partida" in f.stem]
    altered = list(broken.mutants(files, 60, 3))
    assert altered == list(broken.mutants(files, 60, 3)), "the same seed makes the same files"
    assert len({name.split("-")[1] for name, _ in altered}) >= 8, "each kind of change is there"
    found = broken.Found()
    broken.by_command(altered, CLOCK, "never", found)
    assert found.faults == [] and not found.crashes
    assert found.files == 60 and found.ended["done"] > 5 and len(found.ended) > 2
