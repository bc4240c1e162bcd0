"""Reads documents for the store on a Dask cluster; this process ships them, and alone writes what comes back."""

from __future__ import annotations

import contextlib
import hashlib
import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from ... import __version__
from ...schema.errors import ClusterError, DocumentError, MissingPartError, system_said
from ...schema.language import Language, Text, printable
from ...schema.limits import Limits
from ..public_address import is_whole
from ..starting import start_server
from ..store.documents import FAILED, SET_ASIDE, Outcome, Queued
from ..worker import run_jobs
from ..workroom import workroom
from .adding import Fetch, Lost, Read, Watch
from .addresses import Address, fetch, is_url
from .local import gone_outcome, job_of, lay_out, outcome_of
from .settings import Settings, settings

if TYPE_CHECKING:
    from distributed import Client, Future

WORKER_LOST = "worker-lost"
_AHEAD = 2
"""Documents on their way for each that can be read at once: enough that no worker waits, few enough to hold their bytes in memory."""


def on_cluster(address: str | None, workers: int, limits: Limits) -> Read:
    """Reads on the cluster at an address, or on one of so many processes on this machine.

    Raises MissingPartError without Dask, ClusterError where the cluster cannot be reached, is lost, or has another veedor.
    """

    def read(items: Sequence[Queued], fetch: Fetch, password: str | None, watch: Watch) -> Iterator[tuple[Queued, Outcome | Lost]]:
        with _client(address, workers) as client:
            at_once = max(1, _threads(client)) * _AHEAD
            fresh, doubtful = [i for i in items if not i.tries], [i for i in items if i.tries]
            yield from _all(client, fresh, at_once, fetch, password, watch, limits)
            for item in doubtful:  # alone, so that it takes no other down with it, nor the blame for another
                yield from _all(client, [item], 1, fetch, password, watch, limits)

    return read


def _all(
    client: Client, items: Sequence[Queued], at_once: int, fetch: Fetch, password: str | None, watch: Watch, limits: Limits
) -> Iterator[tuple[Queued, Outcome | Lost]]:
    from distributed import as_completed

    waiting, sent = iter(items), dict[str, tuple[Queued, Settings]]()
    ended = as_completed(with_results=False)

    def send(item: Queued, data: bytes | None) -> None:
        how = settings(item.asked, password, limits)
        key = f"veedor-{uuid4()}"  # by the document alone, it would be given what another user's settings made of it
        sent[key] = (item, how)
        ended.add(client.submit(read_shipped, data, item, how, limits, key=key, pure=False))

    def send_next() -> None:
        for item in waiting:
            watch.begins(item)
            # What needs a secret goes with its content: nobody else is given the secret.
            send(item, None if is_url(item.address) and is_whole(item.address) else fetch(item))
            return

    for _ in range(min(at_once, len(items))):
        send_next()
    while sent:
        future: Future = next(ended)
        item, how = sent.pop(str(future.key))
        outcome = _outcome(future, how.language)
        future.release()
        if outcome is None and (data := fetch(item)) is not None:
            send(item, data)  # it cannot be reached from there: here it was
            continue
        yield item, gone_outcome(item, how.language) if outcome is None else outcome
        send_next()


def read_shipped(data: bytes | None, item: Queued, how: Settings, limits: Limits) -> Outcome | Lost | None:
    """On a worker of the cluster: reads a document in a process of its own, from its bytes or, without them, from its URL.

    None where the document is not to be had there.
    """
    data = _from_its_address(item, limits) if data is None else data
    if data is None:
        return None
    start_server(["veedor.corpus.ingest.reading", "veedor.corpus.warm"])
    with workroom() as folder:
        job = job_of(0, item, folder / "0", how)
        lay_out(job.document, data)
        [result] = run_jobs([job], 1, limits)
    return outcome_of(result, how.language)


def _from_its_address(item: Queued, limits: Limits) -> bytes | None:
    if not is_url(item.address):
        return None  # a path of another machine
    try:
        found = fetch(Address(item.address), limits)
    except DocumentError:
        return None
    return found.data if hashlib.sha256(found.data).hexdigest() == item.sha256 else None


def _outcome(future: Any, language: Language) -> Outcome | Lost | None:
    """What a task gave; that its workers were lost again and again, or that it failed of itself."""
    from distributed import CancelledError, KilledWorker

    try:
        return future.result()
    except KilledWorker:
        return Lost(Outcome(SET_ASIDE, WORKER_LOST, _SET_ASIDE.get(language)))
    except (CancelledError, OSError) as error:  # the scheduler is gone, and its tasks with it
        raise ClusterError(_GONE) from error
    except Exception as error:  # whatever a worker's surroundings do to one document, the others go on
        said = printable(f"{type(error).__name__}: {error}", 160)
        return Outcome(FAILED, "damaged", _FAILED.format(error=said).get(language))


@contextlib.contextmanager
def _client(address: str | None, workers: int) -> Iterator[Client]:
    try:
        from dask import config
        from distributed import Client, LocalCluster
    except ImportError:
        raise MissingPartError(_NO_DASK) from None
    with contextlib.ExitStack() as stack:
        stack.enter_context(
            config.set({"distributed.scheduler.allowed-failures": 1, "distributed.admin.large-graph-warning-threshold": "1GB"})
        )
        stack.enter_context(_quiet())
        try:
            if address is None:
                # Each document has a process with limits of its own: that of the worker holds next to nothing.
                local: Any = LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0", memory_limit=0, silence_logs=50)
                address = stack.enter_context(local).scheduler_address
            client = stack.enter_context(Client(address, timeout=_PATIENCE))
        except (OSError, RuntimeError, TimeoutError, ValueError) as error:
            shown, said = printable(address or "local", 80), printable(" ".join(str(error).split()).rstrip("."), 160)
            raise ClusterError(_NOT_REACHED.format(address=shown, error=system_said(error, said))) from None
        _check(client)
        yield client


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Lets Dask's client write nothing of its own: that a cluster is lost is said by us, without its traceback."""
    log = logging.getLogger("distributed.client")
    before = log.disabled
    log.disabled = True
    try:
        yield
    finally:
        log.disabled = before


_PATIENCE = 10
"""Seconds to wait for a cluster to answer."""


def _check(client: Any) -> None:
    """Every worker has this veedor: another would read otherwise and nobody would know."""
    if not _threads(client):
        raise ClusterError(_NO_WORKERS)
    try:
        answers = client.run(_version, on_error="return").values()
    except Exception as error:  # a worker that cannot even take the question
        answers = [error]
    # A worker that is lost meanwhile says nothing of the others; it is replaced, or its documents are read elsewhere.
    others = {str(a) for a in answers if a != __version__ and not isinstance(a, OSError)}
    if others:
        raise ClusterError(_OTHER.format(found=printable(", ".join(sorted(others)), 80), version=__version__))


def _threads(client: Any) -> int:
    return sum(client.nthreads().values())


def _version() -> str:
    return __version__


_SET_ASIDE = Text(
    "Los equipos que lo leían se perdieron una y otra vez; se apartó. Vuelva a intentarlo con --retry, o léalo en este equipo.",
    "The workers that read it were lost again and again; it was set aside. Try again with --retry, or read it on this machine.",
)
_GONE = Text(
    "Se perdió la conexión con el grupo de equipos. Lo leído queda guardado; repita la orden para seguir.",
    "The connection to the cluster was lost. What was read is kept; repeat the command to go on.",
)
_FAILED = Text(
    "El equipo que lo leía no pudo: {error}. Revise ese equipo y use --retry.",
    "The worker that read it could not: {error}. Check it and use --retry.",
)
_NO_DASK = Text(
    "Para leer en un grupo de equipos falta Dask: pip install 'veedor[cluster]'.",
    "Reading on a cluster needs Dask: pip install 'veedor[cluster]'.",
)
_NOT_REACHED = Text(
    "No se pudo conectar con el grupo de equipos {address}: {error}. Revise la dirección y que esté en marcha.",
    "The cluster {address} could not be reached: {error}. Check the address and that it is running.",
)
_NO_WORKERS = Text(
    "El grupo de equipos no tiene ninguno en marcha. Inicie trabajadores con «dask worker DIRECCIÓN».",
    "The cluster has no workers. Start some with “dask worker ADDRESS”.",
)
_OTHER = Text(
    "Los equipos del grupo no tienen este veedor ({version}), sino: {found}. Instale la misma versión en todos.",
    "The workers of the cluster do not have this veedor ({version}) but: {found}. Install the same version on all.",
)
