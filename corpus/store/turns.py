"""Lets one ingestion at a time work on a store; the turn ends with the process that has it, however that ends."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ...schema.errors import StoreError, system_said
from ...schema.language import Text, printable
from .opening import Store, told

_PATIENCE = 1.0
"""Seconds to wait for a turn: a server notices a moment later that a process died."""


@contextlib.contextmanager
def own_turn(store: Store) -> Iterator[None]:
    """Holds the turn to the end of the block. Raises StoreError where another process has it, or nobody may write."""
    store.must_write()
    with _of_file(store) if store.file is not None else _of_server(store):
        yield


@contextlib.contextmanager
def _of_file(store: Store) -> Iterator[None]:
    from filelock import FileLock, Timeout

    assert store.file is not None
    try:
        lock = FileLock(f"{store.file.resolve()}.lock", timeout=_PATIENCE)  # one store has one turn, by whatever link it is opened
        lock.acquire()
    except Timeout:
        raise StoreError(_BUSY.format(store=printable(store.shown, 160))) from None
    except OSError as error:
        raise StoreError(_NO_LOCK.format(store=printable(store.shown, 160), error=system_said(error))) from None
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _of_server(store: Store) -> Iterator[None]:
    with told(store.shown), store.engine.connect() as connection:
        until = time.monotonic() + _PATIENCE
        while not connection.execute(text("SELECT pg_try_advisory_lock(hashtext('veedor:ingest'))")).scalar():
            if time.monotonic() > until:
                raise StoreError(_BUSY.format(store=printable(store.shown, 160)))
            connection.commit()
            time.sleep(_PATIENCE / 10)
        connection.commit()
        try:
            yield
        finally:
            try:
                connection.execute(text("SELECT pg_advisory_unlock(hashtext('veedor:ingest'))"))
                connection.commit()
            except DBAPIError:  # the server is gone, and the turn with it
                connection.invalidate()


_NO_LOCK = Text(
    "No se puede escribir junto a {store}: {error}. Revise los permisos de la carpeta y el espacio en disco.",
    "Cannot write beside {store}: {error}. Check the permissions of the folder, and the space on the disk.",
)
_BUSY = Text(
    "Otra orden está añadiendo documentos a {store}. Espere a que termine; esta no cambió nada.",
    "Another command is adding documents to {store}. Wait for it to end; this one changed nothing.",
)
