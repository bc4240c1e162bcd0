"""Stores for tests: the same tests run on a SQLite file and on a PostgreSQL server."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import sqlalchemy

from veedor.corpus.ingest.adding import Fetch, Lost, Read, Watch
from veedor.corpus.ingest.reading import read_for_store
from veedor.corpus.ingest.settings import settings
from veedor.corpus.store.documents import Outcome, Queued, Stated
from veedor.corpus.store.opening import Store, open_store

REQUIRED = "VEEDOR_REQUIRE_POSTGRESQL"
"""Set where the tests must not go without a server."""


def _programs() -> Path | None:
    """The folder with the server's programs, the newest where there are several."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parent.parent.name))
    return installed[-1].parent if installed else None


@contextlib.contextmanager
def _server(binaries: Path) -> Iterator[str]:
    """Runs a server to the end of the block and gives the address of an empty database. It refuses to run as root: then as its own user."""
    user = "postgres" if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="veedor-pg-"))
    data = folder / "data"
    if user:
        shutil.chown(folder, user)

    def run(*command: str | Path) -> None:
        subprocess.run([str(c) for c in command], user=user, check=True, capture_output=True, cwd=folder)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off"
    try:
        run(binaries / "initdb", "-D", data, "-U", "veedor", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run(binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", settings, "start")
        try:
            yield f"postgresql://veedor@127.0.0.1:{port}/postgres"
        finally:
            run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a server for this run. Skips where none is installed, unless it is required.

    Each connection first asks for encryption, for which all authorities of the machine would be read anew: here they are read once.
    """
    binaries = _programs()
    if binaries is None:
        if os.environ.get(REQUIRED):
            pytest.fail("no PostgreSQL server is installed, and it is required")
        pytest.skip("no PostgreSQL server is installed (Debian: postgresql)")
    with _server(binaries) as address, pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", functools.cache(ssl.create_default_context))
        yield address


EMPTY = "empty_store"


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store: copying it takes less than making its tables."""
    file = tmp_path_factory.mktemp("empty") / "corpus.sqlite"
    open_store(str(file), create=True).close()
    return file


@pytest.fixture(scope="session")
def empty_database(postgresql: str) -> str:
    """The name of a database that holds an empty store, for others to be copied from."""
    with _administration(postgresql) as connection:
        connection.execute(sqlalchemy.text(f"CREATE DATABASE {EMPTY}"))
    open_store(_beside(postgresql, EMPTY), create=True).close()
    return EMPTY


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a store is to be: a file that is not there yet, or an empty database; where the test asks for ``store``, too, it is there."""
    ready = "store" in request.fixturenames
    if request.param == "sqlite":
        file = tmp_path / "corpus.sqlite"
        if ready:
            shutil.copy(request.getfixturevalue("empty_file"), file)
        yield str(file)
        return
    base = request.getfixturevalue("postgresql")
    name = "t" + hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]
    template = f" TEMPLATE {request.getfixturevalue('empty_database')} STRATEGY FILE_COPY" if ready else ""
    with _administration(base) as connection:
        connection.execute(sqlalchemy.text(f"CREATE DATABASE {name}{template}"))
    yield _beside(base, name)
    with _administration(base) as connection:
        connection.execute(sqlalchemy.text(f"DROP DATABASE {name} WITH (FORCE)"))


def _beside(base: str, name: str) -> str:
    return base.rsplit("/", 1)[0] + f"/{name}"


def _administration(base: str) -> sqlalchemy.Connection:
    engine = sqlalchemy.create_engine(
        base.replace("postgresql://", "postgresql+pg8000://"), isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool
    )
    return engine.connect()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(address)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def read_here() -> Read:
    """Reads documents in this process and each but once, which is faster than in workers of their own."""
    known: dict[tuple[str, str, Stated, str], Outcome] = {}

    def outcome(item: Queued, data: bytes, password: str | None) -> Outcome:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / item.file_name
            file.write_bytes(data)
            return read_for_store(file, item.document, item.sha256, item.stated, settings(item.asked, password))["outcome"]

    def read(items: Sequence[Queued], fetch: Fetch, password: str | None, watch: Watch) -> Iterator[tuple[Queued, Outcome | Lost]]:
        for item in items:
            data, key = fetch(item), (item.document, item.sha256, item.stated, item.asked)
            assert data is not None
            if key not in known:
                known[key] = outcome(item, data, password)
            yield item, known[key]

    return read
