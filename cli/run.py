"""`veedor run`: every stage over every document, one folder each, and a summary."""

from __future__ import annotations

import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..extract.options import ReadOptions
from ..schema.errors import ExitCode
from . import options
from .formatting import command
from .output import emit, name_left_out
from .texts import language, say

if TYPE_CHECKING:
    from ..corpus.batch import Entry


@command(
    help=say(
        "Trabajo principal: lee cada documento (archivo o carpeta) y deja en DIR/<nombre>/ sus tablas, hallazgos e informe.",
        "The main job: reads each document (file or folder) and leaves its tables, findings and report in DIR/<name>/.",
    ),
    short_help=say("Lee documentos y deja tablas, hallazgos e informe.", "Read documents; leave tables, findings and report."),
)
@options.documents
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out"),
    metavar="DIR",
    help=say("Carpeta de resultados (por defecto, out).", "Folder for the results (default: out)."),
)
@options.jobs
@options.rules
@options.reading
@options.limits
@options.lang
def run(
    documents: tuple[Path, ...],
    out: Path,
    jobs: int | None,
    profile: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    accepted: Path | None,
    reading: ReadOptions,
) -> int:
    from ..corpus.starting import start_server

    start_server(["veedor.corpus.preload", "veedor.review.report"])
    from ..corpus.batch import collect, run_batch
    from ..corpus.tasks import Options
    from ..extract.scan.machine import processors
    from ..review.report import render
    from .progress import Progress

    inputs = collect(documents, name_left_out)
    if not inputs:
        raise click.UsageError(say("No hay documentos en lo indicado.", "There are no documents in what was named."))
    options.check_rules(profile, select, ignore, accepted)
    parallel = jobs or min(len(inputs), processors())
    chosen = Options(language(), profile, select, ignore, accepted, reading)
    with Progress([i.name for i in inputs]) as progress:
        entries = run_batch(
            inputs,
            out,
            chosen,
            replace(reading.limits, recognising=jobs),
            parallel,
            render,
            lambda i: progress.begin(i.name),
            lambda i, pages: progress.pages(i.name, pages.read, pages.of),
            lambda e: progress.end(e.document),
        )
    options.name_unmatched(accepted, (finding for e in entries for finding in e.values.get("accepted", ())))
    _show(entries, out)
    if any(e.values.get("missing_part") for e in entries):
        return ExitCode.MISSING_PART
    return ExitCode.DONE if all(e.status in ("done", "partial") for e in entries) else ExitCode.SOME_FAILED


def _show(entries: list[Entry], out: Path) -> None:
    """The summary as a person reads it, on standard output."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ..schema.language import printable

    buffer = StringIO()
    console = Console(highlight=False, file=buffer, force_terminal=sys.stdout.isatty(), width=None if sys.stdout.isatty() else 110)
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for name, right in (
        (say("Documento", "Document"), False),
        (say("Estado", "Status"), False),
        (say("Filas", "Rows"), True),
        (say("Errores", "Errors"), True),
        (say("Avisos", "Warnings"), True),
        (say("Notas", "Notes"), True),
    ):
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for e in entries:
        found = e.values.get("findings") or {}
        counts = [str(e.values.get("indicators", ""))] + [str(found.get(k, "")) for k in ("error", "warning", "note")]
        style = {"done": "green", "partial": "yellow"}.get(e.status, "red")
        table.add_row(Text(e.document), Text(_status(e), style=style), *counts)
    console.print(table)
    for e in entries:
        if e.message:
            console.print(Text(f"{e.document}: {e.message.get(language())}"), soft_wrap=True)
    done = [e for e in entries if e.status in ("done", "partial")]
    if done:
        more = say(f" (y {len(done) - 1} más)", f" (and {len(done) - 1} more)") if len(done) > 1 else ""
        console.print(Text(f"{say('Informe', 'Report')}: {out / done[0].document / 'report.html'}{more}"), soft_wrap=True)
    console.print(Text(f"{say('Resumen', 'Summary')}: {printable(str(out / 'summary.json'))}"), soft_wrap=True)
    emit(buffer.getvalue(), end="")


def _status(entry: Entry) -> str:
    words = {
        "done": say("leído", "done"),
        "partial": say("en parte", "partial"),
        "refused": say("rechazado", "refused"),
        "failed": say("falló", "failed"),
    }
    return f"{words[entry.status]} ({entry.reason})" if entry.reason else words[entry.status]
