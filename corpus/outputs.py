"""Writes a document's tables, plan and report: each file whole or not at all, the same bytes for the same content."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from ..schema.errors import OutputError, system_said
from ..schema.finding import Evaluation
from ..schema.language import Language, Text, printable
from ..schema.plan import Plan
from ..schema.tables import TABLES, records, rows, written
from .csv_text import csv_writer
from .sight import Sight

Render = Callable[[Plan, Evaluation, Language, Sight], str]


def table_texts(plan: Plan, evaluation: Evaluation) -> dict[str, str]:
    """The contract's CSV tables as text, by file name."""
    found = records(plan, evaluation)
    texts = {}
    for name, fields in TABLES.items():
        out = io.StringIO()
        writer = csv_writer(out)
        writer.writerow([f.name for f in fields])
        writer.writerows([written(v) for v in row] for row in rows(name, found[name]))
        texts[f"{name}.csv"] = out.getvalue()
    return texts


def write_document(folder: Path, plan: Plan, evaluation: Evaluation, language: Language, sight: Sight, render: Render | None) -> None:
    """Every file of one document, into an empty folder. Rendering may open the document: it belongs in a process with limits."""
    files = table_texts(plan, evaluation)
    files["plan.json"] = plan.model_dump_json(indent=1, exclude_none=True) + "\n"
    if render is not None:
        files["report.html"] = render(plan, evaluation, language, sight)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", errors="replace", newline="\n")


def publish(staged: Path, target: Path) -> None:
    """Moves the files of a finished document to their place, one atomic replacement each."""
    target.mkdir(parents=True, exist_ok=True)
    for file in sorted(staged.iterdir()):
        file.replace(target / file.name)
    shutil.rmtree(staged, ignore_errors=True)


def withdraw(target: Path) -> None:
    """Takes away the files that an earlier run wrote for a document that now fails, so that they do not pass for its results."""
    for name in (*(f"{t}.csv" for t in TABLES), "plan.json", "report.html"):
        if not (target / name).is_dir():
            (target / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        target.rmdir()


def write_whole(path: Path, text: str) -> None:
    """Writes a file beside its place and then replaces it, so that nobody ever sees half of it. Raises OutputError."""
    try:
        _write_whole(path, text)
    except OSError as error:
        raise OutputError(NOT_WRITTEN.format(path=printable(str(path), 160), error=system_said(error))) from None


def _write_whole(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as out:
            out.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


NOT_WRITTEN = Text(
    "No se pudo escribir en {path}: {error}. Revise el espacio en disco y los permisos, o indique otro lugar (--out).",
    "Could not write to {path}: {error}. Check disk space and permissions, or name another place (--out).",
)
