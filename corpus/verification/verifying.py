"""Verifies an export against the files that it was made of: each document in a process of its own, one that fails stops nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ...schema.errors import DataFileError, ExitCode
from ...schema.language import Text
from ...schema.limits import Limits
from ..export.words import Odd
from ..pages import Pages
from ..worker import Job, Result, run_jobs
from ..workroom import workroom
from .checking import MOST_LISTED, check_document
from .derived import Asked
from .differences import Checked, Difference, Kind, Level, State
from .exported import Exported, keep_entries
from .sources import Sources, find


def verify(
    export: Path,
    folder: Path,
    asked: Asked,
    limits: Limits,
    parallel: int,
    on_found: Callable[[Sequence[str], Sources], None] = lambda names, sources: None,
    on_start: Callable[[str], None] = lambda name: None,
    on_pages: Callable[[str, Pages], None] = lambda name, pages: None,
    on_end: Callable[[str], None] = lambda name: None,
) -> list[Checked]:
    """What became of each document of an export, in its order; before them, where there is any, what it says of its own tables and should
    not. ``folder`` holds the source files, under whatever names.

    Raises DataFileError where the export cannot be read, OutputError where the folder is none.
    """
    with workroom() as room:
        documents, odd = _documents(export, room, limits)
        sources = find(folder, [d.wanted for d in documents], limits)
        on_found([d.wanted.document for d in documents], sources)
        checked = {n: _without_source(d, sources) for n, d in enumerate(documents) if d.wanted.sha256 not in sources.files}
        jobs = [Job(n, sources.files[d.wanted.sha256], check_document, (d, asked)) for n, d in enumerate(documents) if n not in checked]
        name_of = [d.wanted.document for d in documents]
        for name in (name_of[n] for n in checked):
            on_end(name)
        for result in run_jobs(
            jobs, parallel, limits, lambda job: on_start(name_of[job.number]), lambda job, pages: on_pages(name_of[job.number], pages)
        ):
            checked[result.job.number] = _ended(result, documents[result.job.number])
            on_end(name_of[result.job.number])
    return [*([_of_itself(export, odd)] if odd else []), *(checked[n] for n in sorted(checked))]


def _of_itself(export: Path, odd: Sequence[Odd]) -> Checked:
    """What the export says of its own tables, and should not."""
    found = [
        Difference(Level.WORDS, Kind.CHANGED, o.table, o.row, None, o.column, None, None, o.exported, o.due) for o in odd[:MOST_LISTED]
    ]
    differs = Checked(export.name, "", State.DIFFERS, file=str(export), differences=found, notes=[_WORDS])
    differs.unlisted = len(odd) - len(found)
    return differs


def _documents(export: Path, room: Path, limits: Limits) -> tuple[list[Exported], list[Odd]]:
    """The documents of the export and what it says otherwise, read by a worker: the export is a file of others, like any document."""
    (result,) = run_jobs([Job(0, export, keep_entries, (room,), (room,))], 1, limits)
    if result.reason is not None:
        raise DataFileError(result.message or _UNREADABLE)
    return result.values["documents"], result.values["odd"]


def _without_source(d: Exported, sources: Sources) -> Checked:
    w = d.wanted
    if other := sources.altered.get(w.sha256):
        return Checked(w.document, w.sha256, State.ALTERED, file=str(other), message=_ALTERED)
    return Checked(w.document, w.sha256, State.MISSING, message=_MISSING)


def _ended(result: Result, d: Exported) -> Checked:
    if result.reason is None:
        return result.values["checked"]
    w = d.wanted
    failed = Checked(w.document, w.sha256, State.UNREADABLE, str(result.job.document), result.reason.value, result.message)
    failed.missing_part = bool(result.values.get("missing_part"))
    return failed


def exit_code(checked: Sequence[Checked]) -> ExitCode:
    """4 where anything differs or a source is another file; else 5 where a part of veedor is missing, 3 where a source is, 0."""
    states = {c.state for c in checked}
    if states & {State.DIFFERS, State.ALTERED}:
        return ExitCode.LEVEL_REACHED
    if any(c.missing_part for c in checked):
        return ExitCode.MISSING_PART
    return ExitCode.SOME_FAILED if states & {State.MISSING, State.UNREADABLE} else ExitCode.DONE


_UNREADABLE = Text("El export no se pudo leer.", "The export could not be read.")
_WORDS = Text(
    "El diccionario y los textos que acompañan a las tablas no son los que escribe este veedor: alguien los cambió, o los escribió otra "
    "versión.",
    "The dictionary and the texts beside the tables are not those that this veedor writes: somebody changed them, or another version "
    "wrote them.",
)
_ALTERED = Text(
    "Con su nombre hay otro archivo: su huella SHA-256 no es la del export. "
    "Está alterado, cortado o es otra versión; pida el original a quien publicó el export.",
    "Under its name there is another file: its SHA-256 hash is not that of the export. "
    "It is altered, cut off or another version; ask who published the export for the original.",
)
_MISSING = Text(
    "Ningún archivo de la carpeta tiene su huella SHA-256. Añada el original a la carpeta de --sources.",
    "No file of the folder has its SHA-256 hash. Add the original to the folder of --sources.",
)
