"""`veedor corpus export`: the collection, or part of it, in the formats of those who use it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...schema.errors import ExitCode
from .. import options
from ..formatting import command
from ..output import emit
from ..texts import language, say
from . import shared

if TYPE_CHECKING:
    from ...corpus.store.listing import Selection


@command(
    help=say(
        "Escribe la colección, o parte de ella, en un formato. Quien tenga la exportación y los documentos puede comprobarla con "
        "`veedor verify`. --formats dice qué formatos hay y qué pierde cada uno.",
        "Writes the collection, or part of it, in a format. Whoever has the export and the documents can check it with `veedor verify`. "
        "--formats tells which formats there are and what each loses.",
    ),
    short_help=say("Exporta a CSV, Excel, JSON, Parquet y otros.", "Export to CSV, Excel, JSON, Parquet and others."),
)
@shared.selected
@shared.store
@click.option(
    "--format",
    "form",
    default="xlsx",
    metavar=say("FORMATO", "FORMAT"),
    help=say("Formato (por defecto, xlsx).", "Format (default: xlsx)."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar=say("RUTA", "PATH"),
    help=say("Archivo o carpeta que se escribe (por defecto, exportacion).", "File or folder to write (default: exportacion)."),
)
@click.option(
    "--every-version", is_flag=True, help=say("También las versiones que otra reemplazó.", "Also versions that another replaced.")
)
@click.option("--formats", is_flag=True, help=say("Muestra los formatos y termina.", "Show the formats and leave."))
@options.lang
def export(chosen: Selection, store: str, form: str, out: Path | None, every_version: bool, formats: bool) -> int:
    from ...corpus.export.catalogue import export as write
    from ...corpus.export.catalogue import exporters
    from ...corpus.export.of_store import dataset
    from ...corpus.history.upkeep import link_if_possible
    from ...corpus.store.documents import QUEUED
    from ...corpus.store.listing import listed
    from ...corpus.store.opening import open_store

    if formats:
        emit("".join(f"{e.NAME}: {e.ABOUT.get(language())} {e.LOSES.get(language())}\n" for e in exporters().values()), end="")
        return ExitCode.DONE
    if form not in exporters():
        names = ", ".join(exporters())
        raise click.UsageError(say(f"No hay formato «{form}». Los que hay: {names}.", f"There is no format “{form}”. There are: {names}."))
    ending = exporters()[form].ENDING
    target = out or Path("exportacion")
    if ending and target.suffix.lower() != ending:
        target = target.with_name(target.name + ending)  # a spreadsheet opens by its ending
    opened = open_store(store)
    try:
        shared.name_unlinked(link_if_possible(opened)[1])
        with opened.reading() as connection:
            read = [d.kept for d in listed(connection, replace(chosen, read=True))]
        # Who names a document means that one, also where another replaced it.
        every_version = every_version or bool(chosen.documents)
        written = [d for d in read if every_version or not d.replaced_by]
        if not written:
            raise click.UsageError(
                say("Ningún documento leído responde a lo indicado.", "No document that was read answers to what was named.")
            )
        write(dataset(opened, replace(chosen, current=not every_version)), form, target)
    finally:
        opened.close()
    emit(str(target))
    click.echo(say(f"Documentos: {len(written)}.", f"Documents: {len(written)}."), err=True)
    if waiting := sum(d.state == QUEUED for d in written):
        told = say(
            f"A la espera de otra lectura: {waiting}; va lo que se leyó antes.",
            f"Waiting to be read again: {waiting}; what was read before goes.",
        )
        click.echo(told, err=True)
    if left := len(read) - len(written):
        told = say(
            f"Fuera quedan los que otro documento reemplaza ({left}); con --every-version van también.",
            f"Those that another document replaces are left out ({left}); --every-version takes them, too.",
        )
        click.echo(told, err=True)
    return ExitCode.DONE
