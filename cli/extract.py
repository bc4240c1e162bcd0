"""`veedor extract`: the raw tables of one document as printed, before any interpretation."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from ..schema.errors import ExitCode
from . import options
from .formatting import command
from .output import emit, name_failed
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
@click.option("--pages", metavar="1-3,7", help=say("Solo estas páginas.", "Only these pages."))
@options.limits
@options.lang
def extract(document: Path, form: str, pages: str | None, timeout: float, memory: int) -> int:
    from ..corpus.worker import start_server

    start_server(["veedor.corpus.preload"])
    from ..corpus.tasks import extract_document
    from ..corpus.worker import Job, Limits, run_jobs

    wanted = parse_pages(pages) if pages else None
    with tempfile.TemporaryDirectory(prefix="veedor-") as folder:
        out = Path(folder) / "tables"
        job = Job(0, document, extract_document, (document.stem, form, wanted, out))
        result = next(iter(run_jobs([job], 1, Limits(timeout, memory))))
        if result.reason is not None:
            name_failed(result)
            return ExitCode.SOME_FAILED
        emit(out.read_text(encoding="utf-8"), end="")
    return ExitCode.DONE


def parse_pages(text: str) -> frozenset[int]:
    """``1-3,7`` as a set of page numbers. Raises click.UsageError."""
    pages: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        numbers = [int(n) if n.isdecimal() and len(n) < 7 else 0 for n in (first, last or first)]
        if not 1 <= numbers[0] <= numbers[1]:
            shown = part.strip()[:40]
            text = say(f"--pages: «{shown}» no es una página ni un rango como 1-3.", f"--pages: “{shown}” is no page or range such as 1-3.")
            raise click.UsageError(text)
        pages.update(range(numbers[0], numbers[1] + 1))
    return frozenset(pages)
