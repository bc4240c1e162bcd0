"""Runs one document in a process of its own, which the parent limits in time and memory and may kill."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import re
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
from ..extract.scan.machine import processors
from ..extract.scan.slot import ask_with
from ..schema.errors import DocumentError, MissingPartError, Reason, VeedorError, system_said
from ..schema.language import Text, printable
from .pages import Pages, pages_to
from .recognition_slots import Asked, held_by_memory, slots_through
from .starting import context, free_to_start
from .workroom import workroom

_POLL = 0.5
_WAITING = 2
"""Processes for each that works: those that wait for a slot hold up none that need no slot."""
_SIGABRT, _SIGKILL, _SIGSEGV = 6, 9, 11


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may use: seconds of clock, MiB of address space.

    While its pages are recognised, the seconds count for each page anew. ``recognising`` is how many documents
    are recognised at once; None: as many as memory holds.
    """

    seconds: float = 300.0
    memory: int = 4096
    recognising: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A task for one document. ``task`` must be importable by name; its result must be picklable."""

    number: int
    document: Path
    task: Callable[..., dict[str, Any]]
    arguments: tuple[Any, ...] = ()


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
    asks: bool = False
    """It waits for a slot to recognise a page."""
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
                _kill(r.process)


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
    return _Running(job, process, ours, now, now)


def _give_slots(running: Sequence[_Running], most: int) -> None:
    """Lets workers recognise a page that ask for it: those that did before, and others up to ``most`` of them."""
    for r in running:
        if r.asks and not r.recognises and sum(o.recognises for o in running) < most:
            r.recognises = True
    share = max(1, processors() // max(1, sum(r.recognises for r in running)))
    for r in running:
        if r.asks and r.recognises:
            r.asks, r.since = False, time.monotonic()
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
        if isinstance(sent, Pages):
            on_pages(r.job, sent)
            continue
        if isinstance(sent, Asked):
            r.asks = True
            continue
        values, reason, message, refused = sent
        _end(r.process)
        r.pipe.close()
        return Result(r.job, seconds, values, reason, message, refused)
    if not alive:
        return _died(r, seconds, limits)
    if now - r.since > limits.seconds and not r.asks:
        _kill(r.process)
        r.pipe.close()
        text = _TIMEOUT_PAGE if r.recognises else _TIMEOUT
        return Result(r.job, seconds, reason=Reason.TIMEOUT, message=text.format(seconds=f"{limits.seconds:g}"))
    return None


def _died(r: _Running, seconds: float, limits: Limits) -> Result:
    """A process that ended without a result: the system killed it for memory, or it crashed."""
    r.process.join(5)
    code = r.process.exitcode
    _kill(r.process)
    r.pipe.close()
    if code == -_SIGKILL:
        return Result(r.job, seconds, reason=Reason.OUT_OF_MEMORY, message=_KILLED, lost=True)
    if code == -_SIGABRT:  # so libraries end that get no more memory
        return Result(r.job, seconds, reason=Reason.OUT_OF_MEMORY, message=_MEMORY.format(limit=limits.memory))
    if code == -_SIGSEGV and r.recognises:  # so the engine ends, mostly: it does not look at what it was given
        return Result(r.job, seconds, reason=Reason.OUT_OF_MEMORY, message=_CRASHED_RECOGNISING.format(limit=limits.memory))
    return Result(r.job, seconds, reason=Reason.DAMAGED, message=_CRASHED.format(code=code))


def _end(process: BaseProcess) -> None:
    process.join(5)
    if process.is_alive():
        _kill(process)


def _kill(process: BaseProcess) -> None:
    """Kills a worker with whatever it started."""
    if process.pid is not None and hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.getpgid(process.pid) == process.pid:
                os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(Exception):
        process.kill()
        process.join(5)


def _serve(pipe: Connection, job: Job, limits: Limits, room: Path) -> None:
    """The worker: takes its limits, does the task with its own files in ``room``, sends the outcome. It ends with who asked for it."""
    threading.Thread(target=_end_with, args=(pipe,), daemon=True).start()
    if hasattr(os, "setpgid"):
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000, 50, 50)  # one document makes many objects and drops few: collecting often only costs time
    _limit_memory(limits.memory)
    _keep_copies_in(room)
    listen(pages_to(pipe))
    ask_with(slots_through(pipe))
    try:
        outcome = (job.task(job.document, *job.arguments), None, None, False)
    except MissingPartError as error:
        outcome = ({"missing_part": True}, error.reason, error.text, True)
    except DocumentError as error:
        outcome = ({}, error.reason, error.text, True)
    except VeedorError as error:
        outcome = ({}, Reason.DAMAGED, error.text, False)
    except MemoryError:
        outcome = ({}, Reason.OUT_OF_MEMORY, _MEMORY.format(limit=limits.memory), False)
    except RecursionError:
        outcome = ({}, Reason.DAMAGED, _NESTED, False)
    except OSError as error:
        outcome = ({}, Reason.DAMAGED, _DISK.format(error=system_said(error)), False)
    except Exception as error:  # the last net: whatever a document does, the batch goes on
        if os.environ.get("VEEDOR_DEBUG"):
            raise
        if _starved(error):
            outcome = ({}, Reason.OUT_OF_MEMORY, _MEMORY.format(limit=limits.memory), False)
        else:
            outcome = ({}, Reason.DAMAGED, _UNEXPECTED.format(error=printable(f"{type(error).__name__}: {error}", 200)), False)
    pipe.send(outcome)
    pipe.close()


def _starved(error: BaseException | None) -> bool:
    """True for the error of a library that got no more memory, whatever it made of it."""
    while error is not None:
        if isinstance(error, MemoryError) or _STARVED.search(str(error)):
            return True
        error = error.__cause__ or error.__context__
    return False


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


def _keep_copies_in(room: Path) -> None:
    """Has this process, and programs that it starts, write their temporary files there."""
    with contextlib.suppress(OSError):
        room.mkdir()
        tempfile.tempdir = str(room)
        os.environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(room)))


def _limit_memory(mebibytes: int) -> None:
    if sys.platform == "win32" or mebibytes <= 0:
        return
    import resource

    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        size = mebibytes * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))


_STARVED = re.compile(
    r"bad[_ ]alloc|failed to allocate|insufficient memory|pthread_create failed|error return without exception", re.IGNORECASE
)
"""What libraries say, each in an error of its own, that get no more memory."""
_TIMEOUT_PAGE = Text(
    "Una página que se reconoce pasó de {seconds} s y la lectura se detuvo; las páginas ya reconocidas quedan guardadas. "
    "Suba el límite con --timeout, o elija páginas con --pages.",
    "Recognising one page took more than {seconds} s and the reading was stopped; pages recognised before are kept. "
    "Raise the limit with --timeout, or choose pages with --pages.",
)
_TIMEOUT = Text(
    "La lectura pasó de {seconds} s y se detuvo. Suba el límite con --timeout, o divida el documento.",
    "Reading took more than {seconds} s and was stopped. Raise it with --timeout, or split the document.",
)
_KILLED = Text(
    "El sistema detuvo la lectura, casi siempre por falta de memoria. Cierre otros programas o use --jobs 1.",
    "The system stopped the reading, mostly for lack of memory. Close other programs or use --jobs 1.",
)
_MEMORY = Text(
    "La lectura necesitó más de {limit} MiB de memoria. Suba el límite con --memory, o divida el documento.",
    "Reading needed more than {limit} MiB of memory. Raise it with --memory, or split the document.",
)
_NESTED = Text(
    "El documento está anidado más de lo que se puede leer. Expórtelo de nuevo desde su programa de origen.",
    "The document is nested deeper than can be read. Export it again from its own program.",
)
_DISK = Text(
    "No se pudieron escribir los resultados: {error}. Revise el disco y los permisos.",
    "Results could not be written: {error}. Check the disk and the permissions.",
)
_CRASHED = Text(
    "El proceso de lectura terminó de golpe (código {code}). El archivo puede estar dañado: descárguelo de nuevo.",
    "The reading process ended abruptly (code {code}). The file may be damaged: download it again.",
)
_CRASHED_RECOGNISING = Text(
    "El motor de reconocimiento terminó de golpe, casi siempre por falta de memoria (límite: {limit} MiB). Suba el límite con --memory.",
    "The recognition engine ended abruptly, mostly for lack of memory (limit: {limit} MiB). Raise it with --memory.",
)
_UNEXPECTED = Text(
    "El documento provocó un fallo no previsto ({error}). Envíe el archivo a quienes mantienen veedor.",
    "The document caused an unforeseen failure ({error}). Send the file to those who maintain veedor.",
)
