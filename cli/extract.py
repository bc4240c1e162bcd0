"""`veedor extract`: the raw tables of one document as printed, before any interpretation."""

from __future__ import annotations

from pathlib import Path

import click

from ..extract.options import ReadOptions
from . import options
from .formatting import command
from .output import emit, exit_code, name_failed, name_partial
from .texts import say


@command(
    help=say(
        "Las tablas del documento tal como están impresas, antes de interpretarlas.",
        "The document's tables as printed, before any interpretation.",
    ),
    short_help=say("Tablas tal como están impresas.", "Tables as printed."),
)
@click.argument("document", metavar="DOC", type=click.Path(path_type=Path))
@options.form("json", "csv", "html")
@options.reading
@options.limits
@options.lang
def extract(document: Path, form: str, reading: ReadOptions) -> int:
    from ..corpus.starting import start_server

    start_server(["veedor.corpus.extraction"])
    from ..corpus.extraction import extract_document
    from ..corpus.worker import Job, run_jobs
    from ..corpus.workroom import workroom
    from ..extract.source import sayable
    from ..schema.language import printable
    from .progress import Progress

    with workroom() as folder:
        out, name = folder / "read" / "tables", printable(document.name, 120)
        job = Job(0, document, extract_document, (sayable(document.stem), form, reading, out), (out.parent,))
        with Progress([name]) as progress:
            progress.begin(name)
            read = run_jobs([job], 1, reading.limits, on_pages=lambda _, pages: progress.pages(name, pages.read, pages.of))
            result = next(iter(read))
        if result.reason is not None:
            name_failed(result)
        else:
            name_partial(result)
            emit(out.read_text(encoding="utf-8"), end="")
    return exit_code([result])
