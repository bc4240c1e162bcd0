"""Brings the tables of a store to the form that this veedor writes; refuses one that a newer veedor wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from ...schema.errors import StoreError
from ...schema.language import Text, printable
from ..public_address import public

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0003"
"""The newest migration. It is named here so that a store that needs none opens without the migration tool."""
FOLDER = Path(__file__).parent / "migrations"
_VERSIONS = "alembic_version"
_OURS = frozenset({"documents", "sources", "readings", "entries"})
"""Tables that every version of a store has."""


def migrate(engine: Engine, shown: str, only_read: bool = False) -> None:
    """Makes the tables, or brings them up to date, in one transaction.

    Raises StoreError for a store that is not veedor's, is newer, or is older where it can only be read.
    """
    with engine.connect() as connection, connection.begin():
        if (found := _version(connection, shown)) == HEAD:
            return
    if only_read and (found is None or found in _revisions()):
        raise StoreError((_EMPTY if found is None else _OLDER).format(store=printable(shown, 160)))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":  # SQLite lets one write at a time anyway
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('veedor:migrate'))"))
        if (found := _version(connection, shown)) != HEAD:
            _upgrade(connection, found, shown)


def _version(connection: Connection, shown: str) -> str | None:
    """The version of the store, None for an empty database."""
    tables = inspect(connection).get_table_names()
    if _VERSIONS in tables and set(tables) >= _OURS:  # other programs number their versions in a table of that name too
        found = connection.execute(text(f"SELECT version_num FROM {_VERSIONS}")).scalars().all()
        if len(found) == 1:
            return found[0]
    if tables:
        raise StoreError(_FOREIGN.format(store=printable(shown, 160)))
    return None


def _upgrade(connection: Connection, found: str | None, shown: str) -> None:
    from alembic import command

    config = _config()
    if found is not None and found not in _revisions():
        raise StoreError(_NEWER.format(store=printable(shown, 160), version=printable(found, 40), known=HEAD))
    config.attributes["connection"] = connection
    config.attributes["public"] = public
    command.upgrade(config, "head")


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _revisions() -> set[str]:
    """The versions that this veedor knows."""
    from alembic.script import ScriptDirectory

    return {s.revision for s in ScriptDirectory.from_config(_config()).walk_revisions()}


_EMPTY = Text(
    "{store} está vacía, y donde está no se puede escribir. Indique otro archivo con --store.",
    "{store} is empty, and nothing can be written where it is. Name another file with --store.",
)
_OLDER = Text(
    "{store} fue escrita por un veedor anterior y hay que ponerla al día, pero está donde no se puede escribir. Cópiela a una carpeta "
    "donde pueda escribir y ábrala ahí; nada se cambió.",
    "{store} was written by an older veedor and must be brought up to date, but it is where nothing can be written. Copy it to a folder "
    "where you may write and open it there; nothing was changed.",
)
_FOREIGN = Text(
    "{store} es una base de datos con otras tablas, no una colección de veedor. Indique otra con --store.",
    "{store} is a database with other tables and no corpus of veedor. Name another with --store.",
)
_NEWER = Text(
    "{store} fue escrita por un veedor más nuevo (versión {version}; este conoce hasta {known}). Actualice veedor; nada se cambió.",
    "{store} was written by a newer veedor (version {version}; this one knows up to {known}). Update veedor; nothing was changed.",
)
