"""Opens a store: a SQLite file or the address of a PostgreSQL server; makes or migrates its tables; says what is wrong with it."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from ...schema.errors import MissingPartError, StoreError
from ...schema.language import Text, printable
from ..public_address import public
from .folding import SQLITE, holds
from .migrating import migrate

_PATIENCE = 30.0
"""Seconds to wait for another writer of a SQLite file: none holds it for longer than one document takes to write."""
_CACHE_KIB = 32 * 1024
_DRIVER = "postgresql+pg8000"


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. ``file`` is the SQLite file, None for a server; ``only_read``: it is where nobody may write, as on a disc."""

    engine: Engine
    shown: str
    file: Path | None
    only_read: bool = False
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)
    """Whose turn it is to write to a SQLite file from here: those who wait try again by chance there, and of many some never get it."""

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store. Raises StoreError."""
        before = _stamp(self.file) if self.only_read else None
        with told(self.shown), self.engine.connect() as connection:
            if self.file is None:  # else a server shows each question what others wrote meanwhile
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection
        if self.only_read and _stamp(self.file) != before:  # it was read as a file that nobody writes to
            raise StoreError(_CHANGED.format(store=printable(self.shown, 160)))

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is written whole or not at all. Raises StoreError."""
        self.must_write()
        turn = self._turn if self.file is not None else contextlib.nullcontext()
        with turn, told(self.shown), self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    def must_write(self) -> None:
        """Raises StoreError where the store can only be read."""
        if self.only_read:
            raise StoreError(_ONLY_READ.format(store=printable(self.shown, 160)))

    def close(self) -> None:
        self.engine.dispose()


def open_store(address: str | Path, create: bool = False) -> Store:
    """The store at a path or a database URL; ``create`` makes one where there is none. A file where nobody may write can be read.

    Raises StoreError where it cannot be opened, is no store, or was written by a newer veedor.
    """
    url, file = _url(address)
    if file is None:
        shown = public(url.render_as_string(hide_password=True))
    else:
        shown = str(file if "://" in str(address) else Path(public(str(address))))
    if file is not None and not create and not file.is_file():
        raise StoreError(_NONE.format(store=printable(shown, 160)))
    only_read = file is not None and file.is_file() and not may_write(file)
    with told(shown):
        store = Store(_reader(file) if file is not None and only_read else _engine(url), shown, file, only_read)
        try:
            migrate(store.engine, shown, only_read)
            if file is not None and not only_read:
                _log_ahead(store.engine)
        except TypeError as error:  # the driver has no such option; nothing else here is called with what a person wrote
            store.close()
            raise StoreError(_NO_OPTION.format(store=printable(shown, 160), error=printable(str(error), 120))) from None
        except BaseException:
            store.close()
            raise
    return store


def may_write(file: Path) -> bool:
    """Whether a SQLite file can be written: it, and its folder, where the log of what is being written stands beside it."""
    as_who_runs = {"effective_ids": True} if os.access in os.supports_effective_ids else {}
    return all(os.access(path, os.W_OK, **as_who_runs) for path in (file, file.resolve().parent))


def _reader(file: Path) -> Engine:
    """Reads a file where nothing can be written. Without a log beside it nobody is writing to it, and it is read as it stands.

    Each transaction opens it anew: what was kept of it in memory would stay as it was, whoever wrote to it meanwhile.
    """

    def connect() -> sqlite3.Connection:
        logged = Path(f"{file.resolve()}-wal").exists()
        address = f"{file.resolve().as_uri()}?mode=ro{'' if logged else '&immutable=1'}"
        return sqlite3.connect(address, uri=True, timeout=_PATIENCE)

    engine = sqlalchemy.create_engine("sqlite://", creator=connect, poolclass=sqlalchemy.NullPool)
    event.listen(engine, "connect", _equip)
    event.listen(engine, "begin", _begin)
    return engine


def _stamp(file: Path | None) -> tuple[int, int, int] | None:
    """What tells a file from the same file after somebody wrote to it."""
    if file is None:
        return None
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _url(address: str | Path) -> tuple[URL, Path | None]:
    text = str(address)
    if "://" not in text:
        file = Path(text)
        return URL.create("sqlite", database=str(file)), file
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise StoreError(_NO_ADDRESS.format(store=printable(public(text), 160))) from None
    name = url.get_backend_name()
    if name == "sqlite" and url.database:
        return url, Path(url.database)
    if name in ("postgresql", "postgres"):
        return url.set(drivername=_DRIVER), None
    raise StoreError(_NO_ADDRESS.format(store=printable(public(text), 160)))


def _engine(url: URL) -> Engine:
    try:
        if url.get_backend_name() != "sqlite":
            logging.getLogger("sqlalchemy.pool").addHandler(logging.NullHandler())  # a lost connection is said once, by us
            return sqlalchemy.create_engine(url, pool_pre_ping=True)
        engine = sqlalchemy.create_engine(url, connect_args={"timeout": _PATIENCE})
    except (NoSuchModuleError, ModuleNotFoundError):
        raise MissingPartError(_NO_DRIVER) from None
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _equip(connection: Any, _: object) -> None:
    connection.create_function(SQLITE, 2, holds, deterministic=True)
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses


def _prepare(connection: Any, _: object) -> None:
    """Every commit reaches the disk; what an institution's years need stays in memory, however large the store."""
    _equip(connection, _)
    for setting in ("synchronous=FULL", "foreign_keys=ON", f"cache_size=-{_CACHE_KIB}"):
        connection.execute(f"PRAGMA {setting}")


def _log_ahead(engine: Engine) -> None:
    """The write-ahead log lets others read while one writes. The file keeps this setting, so it is made once it is known to be ours."""
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        connection.rollback()
        if raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            raw.execute("PRAGMA journal_mode=WAL")


def _begin(connection: Connection) -> None:
    """A writer takes its turn at once: one that began by reading would fail where another wrote meanwhile."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


@contextlib.contextmanager
def told(shown: str) -> Iterator[None]:
    """Turns an error of the database into one that says what to do."""
    try:
        yield
    except DBAPIError as error:
        said = printable(" ".join(str(error.orig).split()), 200).rstrip(".")
        raise StoreError(_fault(error, said).format(store=printable(shown, 160), error=said)) from error
    except OverflowError as error:
        raise StoreError(_NUMBER.format(store=printable(shown, 160))) from error
    except sqlite3.Error as error:
        raise StoreError(_OTHER.format(store=printable(shown, 160), error=printable(str(error), 200))) from error


def _fault(error: DBAPIError, said: str) -> Text:
    known = (
        ("locked", _LOCKED),
        ("full", _FULL),
        ("no space", _FULL),
        ("not a database", _NO_STORE),
        ("malformed", _DAMAGED),
        ("readonly", _READ_ONLY),
        ("read-only", _READ_ONLY),
        ("unable to open", _NOT_OPENED),
        ("i/o error", _DISK),
        ("connect", _NO_SERVER),
        ("network", _NO_SERVER),
    )
    return next((text for words, text in known if words in said.casefold()), _OTHER)


_NONE = Text(
    "No hay una colección en {store}. Créela con «veedor corpus add DOCUMENTOS --store {store}».",
    "There is no corpus at {store}. Make one with “veedor corpus add DOCUMENTS --store {store}”.",
)
_NO_ADDRESS = Text(
    "«{store}» no es una colección: indique un archivo, o una dirección como postgresql://usuario:clave@servidor/base.",
    "“{store}” is no corpus: name a file, or an address such as postgresql://user:password@server/database.",
)
_NO_DRIVER = Text(
    "Para usar un servidor PostgreSQL falta una parte: pip install 'veedor[postgresql]'.",
    "A PostgreSQL server needs a part that is missing: pip install 'veedor[postgresql]'.",
)
_LOCKED = Text(
    "Otro programa está escribiendo en {store} y no terminó a tiempo. Espere a que termine y repita la orden; nada se perdió.",
    "Another program is writing to {store} and did not end in time. Wait for it and repeat the command; nothing was lost.",
)
_FULL = Text(
    "No queda espacio en disco para {store}. Libere espacio y repita la orden: sigue donde quedó.",
    "There is no space left on the disk for {store}. Free some and repeat the command: it goes on where it stopped.",
)
_NO_STORE = Text(
    "{store} no es una colección de veedor. Indique otro archivo con --store.",
    "{store} is no corpus of veedor. Name another file with --store.",
)
_DAMAGED = Text(
    "{store} está dañado ({error}). Recupérelo de una copia; los documentos se pueden añadir de nuevo.",
    "{store} is damaged ({error}). Restore a copy; documents can be added again.",
)
_READ_ONLY = Text(
    "No se puede escribir en {store}: {error}. Revise los permisos de la carpeta.",
    "Cannot write to {store}: {error}. Check the permissions of the folder.",
)
_NOT_OPENED = Text(
    "No se puede abrir {store}: revise que la carpeta exista y sus permisos. Si junto a ella hay un archivo que termina en -wal, lleva lo "
    "último que se escribió: copie ambos a una carpeta donde pueda escribir.",
    "Cannot open {store}: check that its folder exists, and its permissions. If there is a file beside it that ends in -wal, it has what "
    "was written last: copy both to a folder where you may write.",
)
_ONLY_READ = Text(
    "{store} está donde no se puede escribir: se puede consultar y exportar, pero no cambiar. Cópiela a una carpeta donde pueda escribir, "
    "o pida permiso para el archivo y su carpeta.",
    "{store} is where nothing can be written: it can be looked at and exported, but not changed. Copy it to a folder where you may write, "
    "or ask for permission for the file and its folder.",
)
_CHANGED = Text(
    "Otro programa escribió en {store} mientras se leía. Repita la orden.",
    "Another program wrote to {store} while it was read. Repeat the command.",
)
_NO_OPTION = Text(
    "La dirección {store} lleva una opción que no se conoce ({error}). Quítela de la dirección, después de «?».",
    "The address {store} has an option that is not known ({error}). Take it out of the address, behind “?”.",
)
_NO_SERVER = Text(
    "No se pudo conectar con {store}: {error}. Revise la dirección, la clave y que el servidor esté en marcha.",
    "Could not connect to {store}: {error}. Check the address, the password and that the server is running.",
)
_DISK = Text(
    "El disco falló con {store}: {error}. Revise el disco, su espacio y que la carpeta siga ahí, y repita la orden: sigue donde quedó.",
    "The disk failed with {store}: {error}. Check it, its space and that the folder is still there, and repeat the command: it goes on "
    "where it stopped.",
)
_NUMBER = Text(
    "Un número de la orden es más grande de lo que {store} puede guardar. Revíselo y repita la orden.",
    "A number of the command is larger than {store} can keep. Check it and repeat the command.",
)
_OTHER = Text(
    "La base de datos {store} dio un error: {error}. Lo escrito antes queda; repita la orden y, si vuelve a pasar, avise a quienes "
    "mantienen veedor.",
    "The database {store} gave an error: {error}. What was written before is kept; repeat the command and, if it happens again, tell those "
    "who maintain veedor.",
)
