"""`veedor serve`: the review page in a browser."""

from __future__ import annotations

import gc
import secrets
import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType

import click

from ..extract.options import ReadOptions
from ..schema.errors import ExitCode, MissingPartError
from ..schema.language import Text
from . import options
from .corpus import shared
from .formatting import command
from .texts import language, say

_SHORTEST_TOKEN = 12


@command(
    help=say(
        "Abre la página de revisión: documentos junto a sus tablas, correcciones, búsqueda, comparación y exportación. Solo se ve desde "
        "este equipo; con --host la ven otros, que entran con una clave (--token).",
        "Opens the review page: documents beside their tables, corrections, search, comparison and export. Only this machine sees it; with "
        "--host others do, who enter by a token (--token).",
    ),
    short_help=say("La página de revisión, en el navegador.", "The review page, in the browser."),
)
@shared.store
@click.option(
    "--host", default="127.0.0.1", metavar="IP", help=say("Dirección en que escucha (127.0.0.1).", "Address to listen on (127.0.0.1).")
)
@click.option("--port", type=click.IntRange(0, 65535), default=8321, metavar="N", help=say("Puerto (8321).", "Port (8321)."))
@click.option(
    "--token",
    envvar="VEEDOR_TOKEN",
    metavar=say("CLAVE", "WORD"),
    help=say("Clave para entrar (o en VEEDOR_TOKEN); con otro --host, si falta, se crea una.", "Token to enter by (or in VEEDOR_TOKEN)."),
)
@click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar=say("NOMBRE", "NAME"),
    help=say("Otro nombre con que se puede abrir la página.", "Another name by which the page may be opened."),
)
@click.option(
    "--max-upload",
    type=click.IntRange(1, 4096),
    default=200,
    metavar="MIB",
    help=say("Lo más que se entrega de una vez, en MiB (200).", "Most to be handed over at once, in MiB (200)."),
)
@options.jobs
@options.profile
@options.reading
@options.limits
@options.lang
def serve(
    store: str,
    host: str,
    port: int,
    token: str | None,
    allowed: tuple[str, ...],
    max_upload: int,
    jobs: int | None,
    profile: str | None,
    reading: ReadOptions,
) -> int:
    try:
        import python_multipart  # noqa: F401  (forms need it when the first one comes)
        import uvicorn

        from ..review.page.guard import LOOPBACK, Rules, names
    except ImportError as error:
        if (error.name or "").split(".")[0] in ("uvicorn", "starlette", "python_multipart"):
            raise MissingPartError(_MISSING) from None
        raise
    from ..corpus.ingest.local import on_this_machine
    from ..corpus.ingest.settings import Settings
    from ..corpus.starting import start_server
    from ..corpus.store.opening import open_store
    from ..extract.scan.machine import processors
    from ..review.page.application import application
    from ..review.page.reading import PRELOAD

    if token is None and host not in LOOPBACK:
        token = secrets.token_urlsafe(24)
    if token is not None and len(token) < _SHORTEST_TOKEN:
        raise click.UsageError(
            say(f"La clave tiene menos de {_SHORTEST_TOKEN} letras.", f"The token has fewer than {_SHORTEST_TOKEN} letters.")
        )
    options.check_rules(profile, (), (), None)
    start_server(PRELOAD)
    gc.set_threshold(100_000, 50, 50)  # as in workers: a document makes many objects and drops few
    opened = open_store(store, create=True)
    rules = Rules(names(host, allowed), token or "", max_upload * 2**20, language())
    read = on_this_machine(jobs or processors(), replace(reading.limits, recognising=jobs))
    app = application(opened, read, Settings(language(), profile, reading), _folder(opened.file, opened.shown), rules)
    config = uvicorn.Config(
        app, host, port, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=2, limit_concurrency=400
    )

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            app.state.site.events.close()  # pages that listen would keep it waiting
            super().handle_exit(sig, frame)

    try:
        listening = config.bind_socket()
    except SystemExit:  # what uvicorn makes of an address that is taken
        raise click.UsageError(
            say(f"No se puede escuchar en {host}:{port}: elija otro --port.", f"Cannot listen on {host}:{port}: choose another --port.")
        ) from None
    listening.listen(128)  # who opens the address at once waits for the page, and is not refused
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/" + (f"?token={token}" if token else "")
    click.echo(say(f"Página de revisión: {address}", f"Review page: {address}"))
    click.echo(say("Para terminar: Ctrl-C.", "To end: Ctrl-C."), err=True)
    sys.stdout.flush()
    try:
        Server(config).run(sockets=[listening])
    finally:
        opened.close()
    return ExitCode.DONE


def _folder(file: Path | None, shown: str) -> Path:
    """Where the page keeps what waits and the templates that it writes: beside the store, or in the user's own folder for a server's."""
    import hashlib

    from ..schema.own_folder import configuration

    if file is not None:
        return file.resolve().with_name(f"{file.name}.page")
    return (configuration() or Path.cwd()) / f"page-{hashlib.sha256(shown.encode()).hexdigest()[:12]}"


_MISSING = Text(
    "Para la página de revisión falta una parte: pip install 'veedor[web]'.",
    "The review page needs a part that is missing: pip install 'veedor[web]'.",
)
