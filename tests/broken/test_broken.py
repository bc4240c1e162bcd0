"""Every broken file ends as its template says, with its reason or read as printed: no traceback, nothing half written, no other spoiled."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

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


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.name)
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
