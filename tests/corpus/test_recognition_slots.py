"""Workers recognise pages in slots: so many at once as memory holds, each with its share of processors, and time for each page."""

from __future__ import annotations

import os
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from veedor.corpus import recognition_slots, worker
from veedor.corpus.recognition_slots import NEED, held_by_memory
from veedor.corpus.starting import start_server
from veedor.corpus.worker import Job, Result, run_jobs
from veedor.extract.scan.machine import processors
from veedor.schema.errors import Reason
from veedor.schema.limits import Limits

pytestmark = pytest.mark.usefixtures("workers")

# A task must be importable by name in the worker: scripts that the standard library runs stand for documents.
RUNS: Callable[..., Any] = runpy.run_path
START = """
import sys, time
from veedor.extract.scan import slot
def page(seconds):
    asked = time.time()
    slot.take()
    said["pages"].append((asked, time.time(), slot.threads()))
    time.sleep(seconds)
said = {"began": time.time(), "pages": []}
"""
END = """
said["ended"] = time.time()
for name in set(globals()) - {"said"}:
    del globals()[name]
"""


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., tuple[list[Result], list[dict[str, Any]]]]:
    def run(*scripts: str, parallel: int, seconds: float = 60, recognising: int | None = None) -> tuple[list[Result], list[dict[str, Any]]]:
        jobs = []
        for n, script in enumerate(scripts):
            file = tmp_path / f"{n}.py"
            file.write_text(START + script + END, "utf-8")
            jobs.append(Job(n, file, RUNS))
        results = sorted(run_jobs(jobs, parallel, Limits(seconds, recognising=recognising)), key=lambda r: r.job.number)
        return results, [r.values["said"] for r in results if r.reason is None]

    return run


def together(said: list[dict[str, Any]]) -> int:
    """How many were recognised at once at most; a document keeps its memory from its first slot to its end."""
    spans = [(s["pages"][0][1], s["ended"]) for s in said]
    return max(sum(a <= begin < b for a, b in spans) for begin, _ in spans)


def test_a_document_goes_on_page_by_page_beyond_its_time(run: Any) -> None:
    (result,), (said,) = run("for _ in range(6): page(0.4)", parallel=1, seconds=2)
    assert result.reason is None and result.seconds > 2.4
    assert len(said["pages"]) == 6


def test_what_hangs_is_stopped(run: Any) -> None:
    scripts = ["time.sleep(60)", "page(0.1); time.sleep(60)", "page(60)"]
    results, _ = run(*scripts, parallel=3, seconds=2, recognising=3)
    for script, result in zip(scripts, results, strict=True):
        assert result.reason is Reason.TIMEOUT and "2 s" in result.message.es and 2 <= result.seconds < 30
        assert ("página" in result.message.es) == ("page" in script)


def test_no_more_are_recognised_at_once_than_is_said(run: Any) -> None:
    results, said = run(*["page(0.3); page(0.3)"] * 4, parallel=3, recognising=2)
    assert [r.reason for r in results] == [None] * 4
    assert together(said) == 2


def test_waiting_for_a_slot_takes_no_time_of_the_document(run: Any) -> None:
    results, said = run(*["for _ in range(3): page(0.7)"] * 2, parallel=2, seconds=2, recognising=1)
    assert [r.reason for r in results] == [None, None]
    assert together(said) == 1


def test_who_waits_for_a_slot_holds_up_none_that_needs_no_slot(run: Any) -> None:
    results, said = run("page(1.5)", "page(1.5)", "pass", "pass", parallel=2, recognising=1)
    assert [r.reason for r in results] == [None] * 4
    assert max(s["ended"] for s in said[2:]) < max(s["pages"][0][1] for s in said[:2])


def test_a_worker_that_dies_gives_its_slot_back(run: Any) -> None:
    dies = "page(0.1); import os; os._exit(7)"
    results, said = run(dies, dies, "page(0.1)", parallel=3, recognising=1)
    assert [r.reason for r in results] == [Reason.DAMAGED, Reason.DAMAGED, None]
    assert len(said) == 1


@pytest.mark.parametrize(("before", "reason"), [("page(0.1); ", Reason.OUT_OF_MEMORY), ("", Reason.DAMAGED)])
def test_an_engine_that_crashes_had_too_little_memory(before: str, reason: Reason, run: Any) -> None:
    (result,), _ = run(before + "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", parallel=1)
    assert result.reason is reason and ("--memory" in result.message.es) == bool(before)


def test_processors_are_shared_out(run: Any) -> None:
    _, both = run("page(0.7); page(0.7)", "page(0.7); page(0.7)", parallel=2, recognising=2)
    assert [s["pages"][1][2] for s in both] == [max(processors() // 2, 1)] * 2
    _, (alone,) = run("page(0.1)", parallel=2)
    assert alone["pages"][0][2] == min(processors(), 8)


def test_without_a_number_memory_decides(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "held_by_memory", lambda: 1)
    _, said = run(*["page(0.3)"] * 3, parallel=3)
    assert together(said) == 1


@pytest.mark.parametrize(("free", "count"), [(0, 1), (NEED - 1, 1), (2 * NEED, 2), (16 * 2**30, 10), (None, None)])
def test_how_many_memory_holds(free: int | None, count: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition_slots, "free_memory", lambda: free)
    assert held_by_memory() == count


@pytest.mark.parametrize("error", ["std::bad_alloc", "Failed to allocate memory for requested buffer", "pthread_create failed, error: 11"])
def test_libraries_that_get_no_more_memory_are_understood(error: str, run: Any) -> None:
    (result,), _ = run(f"raise RuntimeError({error!r})", parallel=1)
    assert result.reason is Reason.OUT_OF_MEMORY and "--memory" in result.message.en


@pytest.mark.skipif(not hasattr(os, "fork"), reason="another way to start workers")
def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    before = dict(os.environ)
    start_server([])
    assert dict(os.environ) == before
