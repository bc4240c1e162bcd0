"""Brings the tables of a store to the form that this veedor writes; refuses one that a newer veedor wrote."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from ...schema.errors import StoreError
from ...schema.language import Text, printable

HEAD = "0002"
"""The newest migration. It is named here so that a store that needs none opens without the migration tool."""
FOLDER = Path(__file__).parent / "migrations"
_VERSIONS = "alembic_version"
_OURS = frozenset({"documents", "sources", "readings", "entries"})
"""Tables that every version of a store has."""


def migrate(engine: Engine, shown: str) -> None:
    """Makes the tables, or brings them up to date, in one transaction. Raises StoreError for a store that is not veedor's or is newer."""
    with engine.connect() as connection, connection.begin():
        if _version(connection, shown) == HEAD:
            return
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
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    if found is not None and found not in {s.revision for s in ScriptDirectory.from_config(config).walk_revisions()}:
        raise StoreError(_NEWER.format(store=printable(shown, 160), version=printable(found, 40), known=HEAD))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


_FOREIGN = Text(
    "{store} es una base de datos con otras tablas, no una colección de veedor. Indique otra con --store.",
    "{store} is a database with other tables and no corpus of veedor. Name another with --store.",
)
_NEWER = Text(
    "{store} fue escrita por un veedor más nuevo (versión {version}; este conoce hasta {known}). Actualice veedor; nada se cambió.",
    "{store} was written by a newer veedor (version {version}; this one knows up to {known}). Update veedor; nothing was changed.",
)
