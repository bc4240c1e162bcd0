"""Stores for tests: the same tests run on a SQLite file and on a PostgreSQL server."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

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
    """The address of a server for this run. Skips where none is installed, unless it is required."""
    binaries = _programs()
    if binaries is None:
        if os.environ.get(REQUIRED):
            pytest.fail("no PostgreSQL server is installed, and it is required")
        pytest.skip("no PostgreSQL server is installed (Debian: postgresql)")
    with _server(binaries) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a store is to be: a file that is not there yet, or an empty database."""
    if request.param == "sqlite":
        yield str(tmp_path / "corpus.sqlite")
        return
    base = request.getfixturevalue("postgresql")
    name = "t" + hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]
    with _administration(base) as connection:
        connection.execute(sqlalchemy.text(f"CREATE DATABASE {name}"))
    yield base.rsplit("/", 1)[0] + f"/{name}"
    with _administration(base) as connection:
        connection.execute(sqlalchemy.text(f"DROP DATABASE {name} WITH (FORCE)"))


def _administration(base: str) -> sqlalchemy.Connection:
    engine = sqlalchemy.create_engine(
        base.replace("postgresql://", "postgresql+pg8000://"), isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool
    )
    return engine.connect()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(address, create=True)
    yield opened
    opened.close()
