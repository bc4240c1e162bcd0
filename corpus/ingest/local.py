"""Reads documents for the store on this machine: a worker process for each, as ``veedor run`` does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ...schema.errors import OutputError, Reason, system_said
from ...schema.language import Language, Text, printable
from ...schema.limits import Limits
from ..public_address import is_whole
from ..store.documents import FAILED, REFUSED, SET_ASIDE, Outcome, Queued
from ..worker import Job, Result, run_jobs
from ..workroom import workroom
from .adding import Fetch, Lost, Read, Watch
from .reading import read_for_store
from .settings import Settings, settings


def on_this_machine(parallel: int, limits: Limits) -> Read:
    """Reads at most so many documents at once, each from a copy of its bytes that is there only meanwhile."""

    def read(items: Sequence[Queued], fetch: Fetch, password: str | None, watch: Watch) -> Iterator[tuple[Queued, Outcome | Lost]]:
        yield from _all([i for i in items if not i.tries], parallel, fetch, password, watch, limits)
        # One whose worker was lost has the machine for itself.
        yield from _all([i for i in items if i.tries], 1, fetch, password, watch, limits)

    return read


def _all(
    items: Sequence[Queued], parallel: int, fetch: Fetch, password: str | None, watch: Watch, limits: Limits
) -> Iterator[tuple[Queued, Outcome | Lost]]:
    gone: set[int] = set()
    with workroom() as folder:

        def begin(job: Job) -> None:
            item = items[job.number]
            data = fetch(item)
            if data is None:
                gone.add(job.number)
            else:
                lay_out(job.document, data)
            watch.begins(item)

        how = [settings(item.asked, password, limits) for item in items]
        jobs = [job_of(n, item, folder / str(n), how[n]) for n, item in enumerate(items)]
        for result in run_jobs(jobs, parallel, limits, begin, lambda job, pages: watch.pages(items[job.number], pages)):
            shutil.rmtree(result.job.document.parent, ignore_errors=True)
            n = result.job.number
            yield items[n], gone_outcome(items[n], how[n].language) if n in gone else outcome_of(result, how[n].language)


def job_of(number: int, item: Queued, folder: Path, how: Settings) -> Job:
    """The job that reads a document from a folder of its own."""
    return Job(number, folder / item.file_name, read_for_store, (item.document, item.sha256, item.stated, how))


def lay_out(path: Path, data: bytes) -> None:
    """Writes the working copy of a document. Raises OutputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise OutputError(_NO_COPY.format(path=printable(str(path.parent.parent), 120), error=system_said(error))) from None


def outcome_of(result: Result, language: Language) -> Outcome | Lost:
    """The outcome of a job of a worker process, also where that ended badly."""
    if result.reason is None:
        outcome: Outcome = result.values["outcome"]
        return replace(outcome, seconds=result.seconds)
    message = result.message.get(language) if result.message else ""
    if result.lost:
        return Lost(Outcome(SET_ASIDE, result.reason.value, message, result.seconds))
    return Outcome(
        REFUSED if result.refused else FAILED,
        result.reason.value,
        message,
        result.seconds,
        missing_part=bool(result.values.get("missing_part")),
    )


def gone_outcome(item: Queued, language: Language) -> Outcome:
    """The outcome of a document that is no longer to be had."""
    text = _GONE if is_whole(item.address) else _SECRET.format(address=printable(item.address, 200))
    return Outcome(FAILED, Reason.NOT_A_DOCUMENT.value, text.get(language))


_GONE = Text(
    "El documento ya no está en su dirección, o cambió, y la colección no guarda sus bytes. Añádalo otra vez.",
    "The document is no longer at its address, or changed, and the corpus does not keep its bytes. Add it again.",
)
_SECRET = Text(
    "Para leerlo de {address} hace falta la clave, que la colección no guarda, ni guarda sus bytes. Dé otra vez la dirección entera: "
    "veedor corpus add DIRECCIÓN --again.",
    "Reading it from {address} needs the password, which the corpus does not keep, nor does it keep its bytes. Give the whole address "
    "again: veedor corpus add ADDRESS --again.",
)
_NO_COPY = Text(
    "No se pudo escribir la copia de trabajo en {path}: {error}. Libere espacio, o indique otra carpeta en TMPDIR.",
    "The working copy could not be written to {path}: {error}. Free some space, or name another folder in TMPDIR.",
)
