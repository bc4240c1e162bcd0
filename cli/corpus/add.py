"""`veedor corpus add`: documents into the store, from files, folders, patterns, URLs or a manifest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...extract.options import ReadOptions
from ...schema.errors import ExitCode
from ...schema.language import printable
from .. import options
from ..formatting import command
from ..output import emit, name_left_out
from ..texts import language, say
from . import shared

if TYPE_CHECKING:
    from ...corpus.ingest.adding import Added, Read
    from ...schema.limits import Limits


@command(
    help=say(
        "Añade documentos (archivos, carpetas, patrones, direcciones URL o un manifiesto) y los lee. Lo que ya está no se añade dos veces; "
        "una orden interrumpida sigue donde quedó al repetirla. Sin DOC, lee lo que está en espera.",
        "Adds documents (files, folders, patterns, URLs or a manifest) and reads them. What is there is not added twice; an interrupted "
        "command goes on where it stopped when repeated. Without DOC, reads what is waiting.",
    ),
    short_help=say("Añade documentos y los lee.", "Add documents and read them."),
)
@click.argument("documents", metavar="[DOC...]", nargs=-1)
@shared.store
@click.option(
    "--manifest",
    "manifests",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar=say("ARCHIVO", "FILE"),
    help=say(
        "Lista CSV con dirección, institución, año y período de cada documento.",
        "CSV list with address, institution, year and period of each document.",
    ),
)
@click.option(
    "--again",
    is_flag=True,
    help=say("Lee de nuevo los documentos indicados que ya están.", "Read the named documents again that are there already."),
)
@click.option(
    "--retry",
    is_flag=True,
    help=say(
        "Vuelve a intentar los que no se pudieron leer y las direcciones que no dieron ninguno.",
        "Try again those that could not be read, and the addresses that gave none.",
    ),
)
@click.option(
    "--no-files",
    "keep",
    flag_value=False,
    default=True,
    help=say("No guarda los bytes de los documentos, solo su dirección.", "Keep no bytes of the documents, only their address."),
)
@click.option(
    "--cluster",
    metavar="tcp://…",
    help=say(
        "Lee en un grupo de equipos con Dask: su dirección, o «local» para procesos en este equipo.",
        "Read on a Dask cluster: its address, or “local” for processes on this machine.",
    ),
)
@options.jobs
@options.profile
@options.reading
@options.limits
@options.lang
def add(
    documents: tuple[str, ...],
    store: str,
    manifests: tuple[Path, ...],
    again: bool,
    retry: bool,
    keep: bool,
    cluster: str | None,
    jobs: int | None,
    profile: str | None,
    reading: ReadOptions,
) -> int:
    from ...corpus.starting import start_server

    if cluster is None:
        start_server(["veedor.corpus.ingest.reading", "veedor.corpus.warm"])
    from ...corpus.ingest.adding import Wanted
    from ...corpus.ingest.adding import add as add_to
    from ...corpus.ingest.addresses import addresses
    from ...corpus.ingest.manifest import read_manifest
    from ...corpus.ingest.settings import Settings
    from ...corpus.store.opening import open_store
    from ...extract.scan.machine import processors
    from .watching import watching

    options.check_rules(profile, (), (), None)
    named = [*addresses(documents, left_out=name_left_out), *(a for m in manifests for a in read_manifest(m, shared.tell))]
    if not named and (documents or manifests):
        raise click.UsageError(say("No hay documentos en lo indicado.", "There are no documents in what was named."))
    opened = open_store(store, create=bool(named))
    try:
        read = _reader(cluster, jobs or processors(), replace(reading.limits, recognising=jobs))
        with watching() as watch:
            added = add_to(opened, Wanted(named, keep, again, retry), read, Settings(language(), profile, reading), watch)
    finally:
        opened.close()
    emit(_said(added), end="")
    if added.missing_part or any(e.missing_part for e in added.ended):
        return ExitCode.MISSING_PART
    return ExitCode.SOME_FAILED if added.unreachable or any(e.reason for e in added.ended) else ExitCode.DONE


def _reader(cluster: str | None, parallel: int, limits: Limits) -> Read:
    if cluster is None:
        from ...corpus.ingest.local import on_this_machine

        return on_this_machine(parallel, limits)
    from ...corpus.ingest.cluster import on_cluster

    return on_cluster(None if cluster == "local" else cluster, parallel, limits)


_MOST_NAMED = 5


def _said(added: Added) -> str:
    """What was done, and what could not be, with the reason of each."""
    failed = [e for e in added.ended if e.reason]
    lines = [f"{e.document}: {shared.state(e.state)} ({e.reason}): {e.message}" for e in failed]
    lines += [f"{printable(address)}: {message}" for address, message in added.unreachable]
    read = len(added.ended) - len(failed)
    counts = (added.new, added.known, read, len(failed), len(added.unreachable))
    words = (
        say("Nuevos", "New"),
        say("Ya estaban", "Known"),
        say("Leídos ahora", "Read now"),
        say("Sin leer", "Not read"),
        say("Sin documento", "Without document"),
    )
    lines.append(" ".join(f"{word}: {count}." for word, count in zip(words, counts, strict=True)))
    if added.replaced:
        pairs = [f"{printable(older, 80)} → {printable(newer, 80)}" for older, newer in added.replaced[:_MOST_NAMED]]
        more = ", …" if len(added.replaced) > _MOST_NAMED else ""
        word = say("Reemplazados por otra versión", "Replaced by another version")
        lines.append(f"{word}: {len(added.replaced)} ({', '.join(pairs)}{more}).")
    if added.questions:
        word, shown = say("Preguntas abiertas", "Open questions"), say("las muestra", "shows them")
        lines.append(f"{word}: {added.questions}; «veedor corpus questions» {shown}.")
    return "\n".join(lines) + "\n"
