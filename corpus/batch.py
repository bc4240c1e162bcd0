"""A batch of documents: which files, which folders they get, and the summary of how each one ended."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..extract.readers import suffixes
from ..schema.errors import Reason
from ..schema.language import Language, Text, printable
from .outputs import Render, publish, withdraw, write_whole
from .tasks import Options, run_document
from .worker import Job, Limits, Result, run_jobs

_DOCUMENT_ENDINGS = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})


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


def collect(paths: Iterable[Path], out: Path | None = None) -> list[Input]:
    """The documents that some files and folders name, each once per mention, with a folder name of its own.

    From a folder come, in order of name, the files whose ending a reader takes; hidden ones and the
    output folder are left out. A file named outright is always tried.
    """
    files: list[Path] = []
    endings = suffixes() | _DOCUMENT_ENDINGS
    skip = out.resolve() if out is not None else None
    for path in paths:
        if path.is_dir():
            files += sorted(
                f for f in path.rglob("*") if f.suffix.lower() in endings and _visible(f, path) and not _inside(f, skip) and not f.is_dir()
            )
        else:
            files.append(path)
    taken: set[str] = set()
    return [Input(f, _free_name(f, taken)) for f in files]


def _visible(file: Path, folder: Path) -> bool:
    return not any(part.startswith(".") for part in file.relative_to(folder).parts)


def _inside(file: Path, folder: Path | None) -> bool:
    return folder is not None and folder in file.resolve().parents


def _free_name(path: Path, taken: set[str]) -> str:
    """The file's stem as a folder name; ``-2``, ``-3`` where an earlier document has it."""
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
    on_end: Callable[[Entry], None] = lambda entry: None,
) -> list[Entry]:
    """Runs every document and writes its folder and ``summary.json``; returns one entry per input, in order.

    An interruption keeps what was finished, writes the summary of it, and is raised again.
    """
    out.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".veedor-", dir=out))
    entries: dict[int, Entry] = {}
    jobs = [Job(n, i.path, run_document, (i.name, staging / str(n), options, render)) for n, i in enumerate(inputs)]
    try:
        for result in run_jobs(jobs, parallel, limits, lambda job: on_start(inputs[job.number])):
            entry = _settle(result, inputs[result.job.number], staging / str(result.job.number), out)
            entries[result.job.number] = entry
            on_end(entry)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        done = [entries[n] for n in sorted(entries)]
        with contextlib.suppress(OSError):
            write_whole(out / "summary.json", summary_text(done, options.language))
    return done


def _settle(result: Result, item: Input, staged: Path, out: Path) -> Entry:
    """Publishes the files of a finished document; a document that failed leaves none of an earlier run behind."""
    entry = Entry(item.name, str(item.path), "done", values=result.values, seconds=result.seconds)
    if result.reason is None:
        try:
            publish(staged, out / item.name)
        except OSError as error:
            text = Text("No se pudieron escribir los resultados: {e}.", "Results could not be written: {e}.").format(e=error.strerror)
            return Entry(item.name, str(item.path), "failed", Reason.DAMAGED, text, seconds=result.seconds)
        if partial := result.values.get("partial"):
            entry.status, entry.message = "partial", partial
        return entry
    with contextlib.suppress(OSError):
        withdraw(out / item.name)
    entry.status, entry.reason, entry.message = ("refused" if result.refused else "failed"), result.reason.value, result.message
    return entry


def summary_text(entries: list[Entry], language: Language) -> str:
    return json.dumps({"documents": [e.as_json(language) for e in entries]}, ensure_ascii=False, indent=1) + "\n"
