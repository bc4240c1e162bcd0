"""A batch of documents: which files, which folders they get, and the summary of how each one ended."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..extract.readers import suffixes
from ..normalize.folding import unaccented
from ..schema.errors import OutputError, Reason, system_said
from ..schema.language import Language, Text, printable
from ..schema.limits import Limits, as_json
from .outputs import NOT_WRITTEN, Render, publish, withdraw, write_whole
from .pages import Pages
from .tasks import Options, run_document
from .worker import Job, Result, run_jobs

SUMMARY = "summary.json"
_STAGING = ".veedor-"
DOCUMENT_ENDINGS = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})

_OF_THE_FOLDER = frozenset({"readme", "leeme", "leame", "license", "licencia", "changelog", "contributing", "notice"})
"""Names of files, without endings and accents, that say what a folder is, by a custom of those who publish files."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read and the name of the folder that its results get."""

    path: Path
    name: str


@dataclass(slots=True)
class Entry:
    """One line of the summary. ``status`` is done, partial, refused or failed."""

    document: str
    source: str
    status: str
    reason: str = ""
    message: Text | None = None
    values: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0

    def as_json(self, language: Language) -> dict[str, Any]:
        findings = self.values.get("findings") or {"error": 0, "warning": 0, "note": 0}
        return {
            "document": self.document,
            "source": self.source,
            "sha256": self.values.get("sha256"),
            "status": self.status,
            "reason": self.reason or None,
            "message": self.message.get(language) if self.message else None,
            "pages": self.values.get("pages"),
            "tables": self.values.get("tables", 0),
            "indicators": self.values.get("indicators", 0),
            "findings": findings,
            "seconds": round(self.seconds, 3),
        }


def collect(paths: Iterable[Path], left_out: Callable[[Path], None] = lambda path: None) -> list[Input]:
    """The documents that some files and folders name, each once per mention, with a folder name of its own.

    From a folder come, in order of name, the files whose ending a reader takes; hidden ones and the
    results of an earlier run are left out, and so are files that tell of the folder (LEEME.txt, README.md), of
    each of which ``left_out`` is told. A file named outright is always tried.
    """
    files: list[Path] = []
    endings = suffixes() | DOCUMENT_ENDINGS
    for path in paths:
        if not _is_folder(path):
            files.append(path)
            continue
        for file in sorted(f for f in path.rglob("*") if f.suffix.lower() in endings and _wanted(f, path)):
            if unaccented(file.name.split(".")[0]) in _OF_THE_FOLDER:
                left_out(file)
            else:
                files.append(file)
    taken = {SUMMARY}
    return [Input(f, _free_name(f, taken)) for f in files]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError, RuntimeError):
        return False  # a name that the system refuses is said to be no document, like any other


def _wanted(file: Path, folder: Path) -> bool:
    if any(part.startswith(".") for part in file.relative_to(folder).parts):
        return False
    return not _is_folder(file) and not (file.parent / "plan.json").exists()


def _free_name(path: Path, taken: set[str]) -> str:
    """The file's stem as a folder name; ``-2``, ``-3`` where an earlier document, or the summary, has it."""
    stem = printable(path.stem, 120).replace("/", "_").replace("\\", "_").strip(" .") or "documento"
    name, n = stem, 1
    while name.casefold() in taken:
        n += 1
        name = f"{stem}-{n}"
    taken.add(name.casefold())
    return name


def run_batch(
    inputs: list[Input],
    out: Path,
    options: Options,
    limits: Limits,
    parallel: int,
    render: Render | None,
    on_start: Callable[[Input], None] = lambda item: None,
    on_pages: Callable[[Input, Pages], None] = lambda item, pages: None,
    on_end: Callable[[Entry], None] = lambda entry: None,
) -> list[Entry]:
    """Runs every document and writes its folder and ``summary.json``; returns one entry per input, in order.

    An interruption keeps what was finished, writes the summary of it, and is raised again.
    """
    with _writing(out):
        out.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        staging = Path(tempfile.mkdtemp(prefix=f"{_STAGING}{os.getpid()}-", dir=out))
    entries: dict[int, Entry] = {}
    jobs = [Job(n, i.path, run_document, (i.name, staging / str(n), options, render), (staging / str(n),)) for n, i in enumerate(inputs)]
    try:
        started, read = (lambda job: on_start(inputs[job.number])), (lambda job, pages: on_pages(inputs[job.number], pages))
        for result in run_jobs(jobs, parallel, limits, started, read):
            entry = _settle(result, inputs[result.job.number], staging / str(result.job.number), out)
            entries[result.job.number] = entry
            on_end(entry)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        done = [entries[n] for n in sorted(entries)]
        write_whole(out / SUMMARY, summary_text(done, options.language, limits))
    return done


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turns a failure to write into an error with a remedy."""
    try:
        yield
    except OSError as error:
        raise OutputError(NOT_WRITTEN.format(path=printable(str(path), 160), error=system_said(error))) from None


def _sweep(out: Path) -> None:
    """Takes away the staging folders of runs that were killed."""
    for folder in out.glob(f"{_STAGING}*"):
        owner = folder.name.removeprefix(_STAGING).split("-")[0]
        if owner.isdecimal() and not _alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _settle(result: Result, item: Input, staged: Path, out: Path) -> Entry:
    """Publishes the files of a finished document.

    A document that is refused leaves no files of an earlier run behind, since they are not its own; one
    that failed for lack of time, memory or disk keeps them: the same document may have given them.
    """
    source = os.fsencode(item.path).decode("utf-8", "backslashreplace")
    entry = Entry(item.name, source, "done", values=result.values, seconds=result.seconds)
    if result.reason is None:
        try:
            publish(staged, out / item.name)
        except OSError as error:
            with contextlib.suppress(OSError):
                withdraw(out / item.name)
            text = NOT_WRITTEN.format(path=printable(str(out / item.name), 160), error=system_said(error))
            return Entry(item.name, source, "failed", Reason.DAMAGED, text, seconds=result.seconds)
        if partial := result.values.get("partial"):
            entry.status, entry.message = "partial", partial
        return entry
    if result.refused:
        with contextlib.suppress(OSError):
            withdraw(out / item.name)
    entry.status, entry.reason, entry.message = ("refused" if result.refused else "failed"), result.reason.value, result.message
    return entry


def summary_text(entries: list[Entry], language: Language, limits: Limits) -> str:
    """``summary.json``: how each document ended, and the limits within which all were read."""
    summary = {"documents": [e.as_json(language) for e in entries], "limits": as_json(limits)}
    return json.dumps(summary, ensure_ascii=False, indent=1) + "\n"
