"""A worker tells how far it has come in its document, without ever waiting for who listens."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import pytest

from veedor.corpus import pages
from veedor.corpus.extraction import extract_document
from veedor.corpus.pages import Pages, pages_to
from veedor.corpus.worker import Job, run_jobs
from veedor.extract.options import DEFAULT
from veedor.schema.limits import Limits

Ends = tuple[Any, Any]  # their types differ by system
SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"


@pytest.fixture
def pipe() -> Iterator[Ends]:
    ours, theirs = Pipe(duplex=False)
    with ours, theirs:
        yield ours, theirs


def test_messages_come_at_most_ten_times_a_second(pipe: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pipe
    now = 1000.0
    monkeypatch.setattr(pages.time, "monotonic", lambda: now)
    send = pages_to(theirs)
    for k in range(41):
        send(k, 41)
        now += 0.025
    theirs.close()
    found = []
    while ours.poll():
        try:
            found.append(ours.recv())
        except EOFError:
            break
    assert found[0] == Pages(0, 41)
    assert 9 <= len(found) <= 11 and [p.read for p in found] == sorted({p.read for p in found})


@pytest.mark.skipif(sys.platform == "win32", reason="pipes cannot be asked there")
def test_a_parent_that_does_not_listen_holds_up_nothing(pipe: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pipe
    monkeypatch.setattr(pages, "_EVERY", 0.0)
    send = pages_to(theirs)
    started = time.monotonic()
    for k in range(20_000):  # many times what the pipe holds
        send(k, 20_000)
    assert time.monotonic() - started < 20
    os.set_blocking(theirs.fileno(), False)
    with pytest.raises(BlockingIOError):
        for _ in range(100):
            os.write(theirs.fileno(), bytes(4096))
    assert ours.recv() == Pages(0, 20_000)


def test_a_parent_that_is_gone_holds_up_nothing(pipe: Ends) -> None:
    ours, theirs = pipe
    ours.close()
    pages_to(theirs)(1, 2)


@pytest.mark.usefixtures("workers")
def test_a_worker_tells_the_pages_of_its_document(tmp_path: Path) -> None:
    document = max(SAMPLES.glob("*.pdf"), key=lambda f: f.stat().st_size)
    told: list[tuple[int, Pages]] = []
    job = Job(7, document, extract_document, (document.stem, "json", DEFAULT, tmp_path / "tables"), (tmp_path,))
    (result,) = run_jobs([job], 1, Limits(120), on_pages=lambda job, pages: told.append((job.number, pages)))
    assert result.reason is None and result.values["tables"]
    assert told and all(number == 7 and 0 <= p.read <= p.of for number, p in told)
    assert len({p.of for _, p in told}) == 1
