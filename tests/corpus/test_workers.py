"""Documents are read in processes that the parent limits and may kill: each way to end is a result, and the next job is done."""

from __future__ import annotations

import operator
import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import GeneratorType
from typing import Any

import pytest

from veedor.corpus.worker import Job, Result, run_jobs
from veedor.schema.errors import Reason
from veedor.schema.limits import Limits

pytestmark = pytest.mark.usefixtures("workers")

# Tasks must be importable by name in the worker, so functions of the standard library stand for documents that misbehave.
Task = Callable[..., Any]
HANGS: Task = Path.read_bytes
CRASHES: Task = sys.exit
FAILS: Task = operator.index
WORKS: Task = operator.truth


def run(*jobs: Job, seconds: float = 60, parallel: int = 1) -> list[Result]:
    return sorted(run_jobs(jobs, parallel, Limits(seconds)), key=lambda r: r.job.number)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_worker_that_hangs_is_killed(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # nobody ever writes to it
    hanging, done = run(Job(0, pipe, HANGS), Job(1, tmp_path, WORKS), seconds=2, parallel=2)
    assert hanging.reason is Reason.TIMEOUT and hanging.message and "2 s" in hanging.message.es and "--timeout" in hanging.message.en
    assert hanging.seconds >= 2
    assert done.reason is None


def test_a_worker_that_dies_is_said(tmp_path: Path) -> None:
    died, done = run(Job(0, Path("adiós"), CRASHES), Job(1, tmp_path, WORKS))
    assert died.reason is Reason.DAMAGED and died.message and died.values == {}
    assert done.reason is None


def test_an_unforeseen_error_is_said_and_not_thrown(tmp_path: Path) -> None:
    failed, done = run(Job(0, tmp_path, FAILS), Job(1, tmp_path, WORKS))
    assert failed.reason is Reason.DAMAGED and failed.message and "TypeError" in failed.message.es
    assert (failed.refused, done.reason) == (False, None)


def test_what_the_system_says_is_said_in_both_languages(tmp_path: Path) -> None:
    (failed,) = run(Job(0, tmp_path / "no-hay" / "x", HANGS))
    assert failed.reason is Reason.DAMAGED and failed.message
    assert ": no existe." in failed.message.es and ": no such file or folder." in failed.message.en


def test_each_job_gives_one_result(tmp_path: Path) -> None:
    started: list[int] = []
    jobs = [Job(n, tmp_path, WORKS if n % 2 else FAILS) for n in range(8)]
    results = list(run_jobs(jobs, 3, Limits(60), lambda job: started.append(job.number)))
    assert sorted(r.job.number for r in results) == sorted(started) == list(range(8))
    assert [r.reason is None for r in sorted(results, key=lambda r: r.job.number)] == [False, True] * 4


def test_nothing_to_do() -> None:
    assert run() == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_leaving_early_kills_what_runs(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    results = run_jobs([Job(0, tmp_path, WORKS), Job(1, pipe, HANGS)], 2, Limits(60))
    assert isinstance(results, GeneratorType)
    with closing(results):  # would wait a minute if the second worker were not killed
        assert next(results).job.number == 0
    with pytest.raises(StopIteration):
        next(results)
