"""Runs one document in a process of its own, which the parent limits in time and memory and may kill."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import pickle
import select
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from ..extract.progress import listen
from ..extract.scan import tesseract
from ..extract.scan.machine import processors
from ..extract.scan.slot import ask_with
from ..extract.scan.store import folder as recognised_pages
from ..schema.errors import Reason, VeedorError
from ..schema.language import Text
from ..schema.limits import Limits
from . import endings
from .confinement import confine
from .pages import Pages, pages_to
from .recognition_slots import Asked, held_by_memory, slots_through
from .starting import context, free_to_start
from .workroom import workroom

_POLL = 0.5
_SIGKILL = 9
_SOON = 1
"""Seconds in which a process that was killed is gone, unless the system itself holds it: nobody waits for that."""
_WAITING = 2
"""Processes for each that works: those that wait for a slot hold up none that need no slot."""
_OUTCOME = "outcome"
"""The file in its room in which a worker leaves what came out: through the pipe it only says so, and nobody waits for half a message."""


@dataclass(frozen=True, slots=True)
class Job:
    """A task for one document. ``task`` must be importable by name; its result must be picklable.

    It writes into the folders ``writes`` alone, which are made for it, and into one of its own that is there only meanwhile.
    """

    number: int
    document: Path
    task: Callable[..., dict[str, Any]]
    arguments: tuple[Any, ...] = ()
    writes: tuple[Path, ...] = ()


@dataclass(slots=True)
class Result:
    """How a job ended: ``values`` from its task, or the reason and message of its failure."""

    job: Job
    seconds: float
    values: dict[str, Any] = field(default_factory=dict)
    reason: Reason | None = None
    message: Text | None = None
    refused: bool = False
    lost: bool = False
    """The system ended the process: the document may have asked for too much, or others did."""


@dataclass(slots=True)
class _Running:
    job: Job
    process: BaseProcess
    pipe: Connection
    started: float
    since: float
    """When it started, or began to recognise its last page: its time runs from there."""
    heard: float
    """When it last said anything."""
    room: Path
    asks: bool = False
    """It waits for a slot to recognise a page."""
    waited: float = 0.0
    """Seconds that it waited for slots: they are nobody's fault."""
    recognises: bool = False
    """It had a slot: it keeps the memory that it took, and the slot, until it ends."""


def run_jobs(
    jobs: Sequence[Job],
    parallel: int,
    limits: Limits,
    on_start: Callable[[Job], None] = lambda job: None,
    on_pages: Callable[[Job, Pages], None] = lambda job, pages: None,
) -> Iterator[Result]:
    """Runs jobs, at most ``parallel`` at once, and yields each result as it ends. One failure stops nothing.

    Leaving the iteration early (an interruption too) kills what still runs.
    """
    forked = context()
    parallel = max(1, parallel)
    at_once = max(1, min(parallel, limits.recognising or held_by_memory() or parallel))
    waiting = list(reversed(jobs))
    running: list[_Running] = []
    with workroom() as room:
        try:
            while waiting or running:
                while waiting and sum(not r.asks for r in running) < parallel and len(running) < _WAITING * parallel:
                    job = waiting.pop()
                    on_start(job)
                    with _uninterrupted():
                        running.append(_start(forked, job, limits, room / str(job.number)))
                wait([r.pipe for r in running], timeout=_POLL)
                for r in list(running):
                    result = _poll(r, limits, on_pages)
                    if result is not None:
                        running.remove(r)
                        shutil.rmtree(room / str(r.job.number), ignore_errors=True)
                        yield result
                _give_slots(running, at_once)
        finally:
            for r in running:
                _kill(r)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Holds back an interruption to the end of the block: half started, a worker is known to nobody who could end it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came and callable(before):
        before(signal.SIGINT, None)


def _start(forked: Any, job: Job, limits: Limits, room: Path) -> _Running:
    ours, theirs = forked.Pipe()
    process = forked.Process(target=_serve, args=(theirs, job, limits, room))
    with free_to_start():
        process.start()
    theirs.close()
    now = time.monotonic()
    return _Running(job, process, ours, now, now, now, room)


def _give_slots(running: Sequence[_Running], most: int) -> None:
    """Lets workers recognise a page that ask for it: those that did before, and others up to ``most`` of them."""
    for r in running:
        if r.asks and not r.recognises and sum(o.recognises for o in running) < most:
            r.recognises = True
    share = max(1, processors() // max(1, sum(r.recognises for r in running)))
    for r in running:
        if r.asks and r.recognises:
            now = time.monotonic()
            r.waited += now - r.heard
            r.asks, r.since, r.heard = False, now, now
            with contextlib.suppress(OSError):  # that it died meanwhile is seen at the next look
                r.pipe.send(share)


def _poll(r: _Running, limits: Limits, on_pages: Callable[[Job, Pages], None]) -> Result | None:
    """The result of a process that ended or ran out of time; None while it works."""
    now = time.monotonic()
    seconds = now - r.started
    # A worker may send and end between two looks: whether it is alive is asked before its pipe is looked at.
    alive = r.process.is_alive()
    while r.pipe.poll():
        try:
            sent = r.pipe.recv()
        except (EOFError, OSError):
            return _died(r, seconds, limits)
        r.heard = now
        if isinstance(sent, Pages):
            on_pages(r.job, sent)
            continue
        if isinstance(sent, Asked):
            r.asks = True
            continue
        _kill(r)  # it has nothing more to say, and what it started neither
        return _outcome(r, seconds, sent, limits)
    if not alive:
        return _died(r, seconds, limits)
    late = None if r.asks else endings.late(seconds - r.waited, now - r.since, now - r.heard, r.recognises, limits)
    if late is not None:
        _kill(r)
        return Result(r.job, seconds, reason=Reason.TIMEOUT, message=late)
    return None


def _outcome(r: _Running, seconds: float, sent: endings.Outcome | None, limits: Limits) -> Result:
    """The result that a worker left in its room, or ``sent`` itself where it could leave none."""
    outcome = sent
    if outcome is None:
        file = r.room / _OUTCOME
        try:
            if file.stat().st_size > limits.output * 2**20:  # where the system sets no bound
                return Result(r.job, seconds, reason=Reason.TOO_LARGE, message=endings.too_much(limits))
            with file.open("rb") as kept:
                outcome = pickle.load(kept)
        except OSError as error:
            outcome = endings.failed(error, limits)
    values, reason, message, refused = outcome
    return Result(r.job, seconds, values, reason, message, refused)


def _died(r: _Running, seconds: float, limits: Limits) -> Result:
    """A process that ended without a result."""
    r.process.join(_SOON)
    code = r.process.exitcode
    _kill(r)
    reason, message = endings.died(code, r.recognises, limits)
    return Result(r.job, seconds, reason=reason, message=message, lost=code == -_SIGKILL)


def _kill(r: _Running) -> None:
    """Kills a worker with whatever it started: they are a group of its number, which outlives it as long as one of them is left."""
    if r.process.pid is not None and hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(r.process.pid, signal.SIGKILL)
    with contextlib.suppress(Exception):
        r.process.kill()
        r.process.join(_SOON)
    r.pipe.close()


def _serve(pipe: Connection, job: Job, limits: Limits, room: Path) -> None:
    """The worker: takes its limits, does the task with its own files in ``room``, says that it is done. It ends with who asked for it."""
    threading.Thread(target=_end_with, args=(pipe,), daemon=True).start()
    if hasattr(os, "setsid"):
        with contextlib.suppress(OSError):
            os.setsid()  # whatever it starts is of its group, and ends with it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000, 50, 50)  # one document makes many objects and drops few: collecting often only costs time
    _keep_copies_in(room)
    confine(limits, [room, *job.writes, *_kept_pages()], {tesseract.program() or ""})
    listen(pages_to(pipe))
    ask_with(slots_through(pipe))
    try:
        outcome: endings.Outcome = (job.task(job.document, *job.arguments), None, None, False)
    except Exception as error:  # the last net: whatever a document does, the batch goes on
        if os.environ.get("VEEDOR_DEBUG") and not isinstance(error, VeedorError):
            raise
        outcome = endings.failed(error, limits)
    pipe.send(_left_in(room, outcome, limits))
    pipe.close()


def _left_in(room: Path, outcome: endings.Outcome, limits: Limits) -> endings.Outcome | None:
    """None once the outcome is left in the room; else what there is to say of that, which is short."""
    try:
        with (room / _OUTCOME).open("xb") as file:
            pickle.dump(outcome, file, pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # no room left on the disk, or too large, or nothing that can be handed over
        return endings.failed(error, limits)
    return None


def _end_with(pipe: Connection) -> None:
    """Ends this process once nobody can take its result: the read end of its pipe closes with its owner, however that ended."""
    if sys.platform == "win32":  # there pipes cannot be watched, and a process has its owner for a parent
        parent = multiprocessing.parent_process()
        if parent is None:
            return
        parent.join()
    else:
        watch = select.poll()
        watch.register(pipe.fileno(), 0)  # nothing but the closing of the other end
        watch.poll()
    os._exit(1)


def _kept_pages() -> list[Path]:
    """Where recognised pages are kept for the next reading, if they are."""
    folder = recognised_pages()
    if folder is None:
        return []
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return [folder]


def _keep_copies_in(room: Path) -> None:
    """Has this process, and programs that it starts, write their temporary files there."""
    with contextlib.suppress(OSError):
        room.mkdir()
        tempfile.tempdir = str(room)
        os.environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(room)))
