"""`veedor corpus report`: the report of one document as people corrected, judged and approved it."""

from __future__ import annotations

from pathlib import Path

import click

from ...extract.options import ReadOptions
from ...schema.errors import ExitCode
from .. import options
from ..formatting import command
from ..output import emit
from ..texts import language, say
from . import shared


@command(
    help=say(
        "El informe de un documento como está ahora en la colección: con sus correcciones, lo que se dijo de cada hallazgo, y quién lo "
        "aprobó. Es un solo archivo HTML, para publicar o enviar.",
        "The report of a document as it stands in the collection: with its corrections, what was said of each finding, and who approved "
        "it. It is a single HTML file, to publish or send.",
    ),
    short_help=say("El informe de un documento revisado.", "The report of a reviewed document."),
)
@click.argument("document", metavar="DOC")
@shared.store
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=say("ARCHIVO", "FILE"),
    help=say("Archivo que se escribe (por defecto, DOC-informe.html).", "File to write (default: DOC-report.html)."),
)
@options.limits
@options.lang
def report(document: str, store: str, out: Path | None, reading: ReadOptions) -> int:
    from ...corpus.starting import start_server

    start_server(["veedor.corpus.preload", "veedor.review.report"])
    from ...corpus.history.upkeep import link_if_possible
    from ...corpus.outputs import write_whole
    from ...corpus.reporting import report_of
    from ...corpus.store.listing import Selection, find, listed
    from ...corpus.store.opening import open_store
    from ...review.report import file_name, render

    opened = open_store(store)
    try:
        shared.name_unlinked(link_if_possible(opened)[1])
        with opened.reading() as connection:
            [identity] = find(connection, [document])
            [found] = listed(connection, Selection(ids=(identity,)))
        html = report_of(opened, identity, language(), render, reading.limits)
    finally:
        opened.close()
    target = out or Path(file_name(found.kept.document, language()))
    write_whole(target, html)
    emit(str(target))
    return ExitCode.DONE
