"""Holds what the load says of losses and of memory to cases that are made up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest


@pytest.fixture
def journal(load: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What the journal holds, in place of a store."""
    kept: list[str] = []

    class Reading:
        def __enter__(self) -> Any:
            return SimpleNamespace(execute=lambda _: SimpleNamespace(scalars=lambda: kept))

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(load, "open_store", lambda _: SimpleNamespace(reading=Reading, close=lambda: None))
    return kept


@pytest.mark.parametrize(
    ("kept", "lost"), [(["a", "b"], 0), (["b", "a"], 0), (["a"], 1), ([], 2), (["a", "a", "b"], 1), (["a", "b", "c"], 1)]
)
def test_each_correction_stands_in_the_journal_once(load: ModuleType, journal: list[str], kept: list[str], lost: int) -> None:
    journal.extend(kept)
    assert load.lost(Path("store"), load.Answers(corrected=["a", "b"])) == lost


def test_what_is_not_answered_is_an_error_and_no_correction(load: ModuleType) -> None:
    answers = load.Answers()
    answers.note("correct", 0.0, SimpleNamespace(status_code=409, text="overtaken"), "reason")
    answers.note("correct", 0.0, SimpleNamespace(status_code=200, text=""), "other")
    assert answers.corrected == ["other"] and answers.errors == ["correct: 409 overtaken"] and len(answers.spent["correct"]) == 2


def test_growth_after_warming_up_is_told(watching: ModuleType) -> None:
    # Thirty samples of warming up from nothing, then 1 MB more and one file more with each.
    samples = [(float(n), float(n), 2.0 * n, n) for n in range(100)]
    found = watching.Watched(samples).figures()
    assert (found["memory_warm"], found["memory_end"]) == (36.5, 92.5) and found["files_end"] > found["files_warm"] > 30
    assert found["memory_most"] == 198.0
    assert watching.Watched(samples[:4]).figures() == {}


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="this system tells nothing in /proc")
def test_a_process_is_seen_with_those_that_it_started(watching: ModuleType) -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert child.pid in watching.below(os.getpid())
        held, together, files = watching.sample(os.getpid())
        assert 1 < held < together and files >= 3
    finally:
        child.communicate(b"\n")
    assert watching.sample(child.pid) is None
