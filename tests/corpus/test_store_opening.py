"""Opening a store: made where there is none, refused where it is another's or newer, and what its faults say."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from veedor.corpus.store import migrating
from veedor.corpus.store.migrating import FOLDER, HEAD
from veedor.corpus.store.opening import Store, open_store
from veedor.corpus.store.tables import METADATA
from veedor.corpus.store.turns import own_turn
from veedor.schema.errors import StoreError


def test_a_new_store_has_every_table(store: Store) -> None:
    assert set(METADATA.tables) <= set(inspect(store.engine).get_table_names())


def test_an_opened_store_keeps_what_it_holds(store: Store, address: str) -> None:
    with store.writing() as connection:
        connection.execute(
            text("INSERT INTO sources (id, address, institution, reason, message, added_at) VALUES (1, 'a', '', '', '', '2026-01-01')")
        )
    again = open_store(address, create=True)
    with again.reading() as connection:
        assert connection.execute(text("SELECT address FROM sources")).scalar() == "a"
    again.close()


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.writing() as connection:
        connection.execute(
            text("INSERT INTO sources (id, address, institution, reason, message, added_at) VALUES (1, 'a', '', '', '', '2026-01-01')")
        )
        raise RuntimeError
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM sources")).scalar() == 0


def test_a_store_of_a_newer_version_is_refused_and_not_touched(store: Store, address: str) -> None:
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="más nuevo"):
        open_store(address, create=True)
    with store.reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_a_database_of_others_is_refused(address: str) -> None:
    made = open_store(address, create=True)
    with made.writing() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    made.close()
    with pytest.raises(StoreError, match="otras tablas"):
        open_store(address, create=True)


@pytest.mark.parametrize("version", [None, "abc", "0001", HEAD])
def test_a_file_of_another_program_is_not_changed(tmp_path: Path, version: str | None) -> None:
    file = tmp_path / "x.sqlite"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)" if version else "CREATE TABLE t (x)")
        if version:
            other.execute("INSERT INTO alembic_version VALUES (?)", (version,))
    other.close()
    before = file.read_bytes()
    with pytest.raises(StoreError, match="otras tablas"):
        open_store(file, create=True)
    assert file.read_bytes() == before


def test_a_reading_transaction_sees_one_state(store: Store) -> None:
    count = text("SELECT count(*) FROM to_link")
    with store.reading() as connection:
        assert connection.execute(count).scalar() == 0
        with store.writing() as other:
            other.execute(text("INSERT INTO to_link (institution, year) VALUES ('a', 2020)"))
        assert connection.execute(count).scalar() == 0
    with store.reading() as connection:
        assert connection.execute(count).scalar() == 1


def test_a_store_has_one_turn_by_whatever_link_it_is_opened(tmp_path: Path) -> None:
    (tmp_path / "link.sqlite").symlink_to(tmp_path / "x.sqlite")
    stores = [open_store(tmp_path / n, create=True) for n in ("x.sqlite", "link.sqlite")]
    with own_turn(stores[0]), pytest.raises(StoreError, match="Otra orden"), own_turn(stores[1]):
        pass
    for store in stores:
        store.close()


def test_the_newest_migration_is_the_one_that_is_named() -> None:
    assert ScriptDirectory(str(FOLDER)).get_current_head() == HEAD


def test_where_there_is_no_store_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No hay una colección"):
        open_store(tmp_path / "x.sqlite")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://x/y", "no es una colección"),
        ("postgresql://nobody@127.0.0.1:1/none", "conectar"),
        ("no such folder/x.sqlite", "carpeta exista"),
        ("://", "no es una colección"),
    ],
)
def test_addresses_that_lead_nowhere_say_so(address: str, says: str) -> None:
    with pytest.raises(StoreError, match=says):
        open_store(address, create=True)


def test_a_file_that_is_no_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "notas.txt"
    file.write_text("nada que ver con una base de datos " * 100)
    with pytest.raises(StoreError, match="no es una colección"):
        open_store(file, create=True)
    assert file.read_text().startswith("nada que ver")


def test_a_locked_store_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("veedor.corpus.store.opening._PATIENCE", 0.1)
    store = open_store(tmp_path / "x.sqlite", create=True)
    other = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="nada se perdió"), store.writing():
        pass
    with store.reading() as connection:  # who only reads is not held up
        assert connection.execute(text("SELECT count(*) FROM documents")).scalar() == 0
    other.execute("ROLLBACK")
    with store.writing() as connection:
        connection.execute(text("DELETE FROM sources"))
    store.close()


def test_a_full_disk_says_so_and_loses_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path / "x.sqlite", create=True)
    with store.reading() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
        connection.execute(text(f"PRAGMA max_page_count={pages}"))  # the database may grow no more, as on a full disk
        with pytest.raises(StoreError, match="espacio"), store.writing() as writer:
            writer.execute(text(f"PRAGMA max_page_count={pages}"))
            writer.execute(
                text("CREATE TABLE t AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 99999) SELECT x FROM n")
            )
    with store.reading() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    store.close()


def test_a_read_only_store_can_be_read(tmp_path: Path) -> None:
    open_store(tmp_path / "x.sqlite", create=True).close()
    again = open_store(tmp_path / "x.sqlite")
    with again.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM documents")).scalar() == 0
    again.close()


def test_migrations_make_the_tables_that_the_code_names(store: Store) -> None:
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_every_view_answers(store: Store) -> None:
    views = inspect(store.engine).get_view_names()
    assert set(views) >= {"current_documents", "execution", "findings_with_rows", "linked_actions", "corrections", "unread"}
    with store.reading() as connection:
        for view in views:
            assert connection.execute(text(f"SELECT * FROM {view}")).all() == []


def test_an_older_store_is_brought_up_to_date_with_what_it_holds(
    store: Store, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.writing() as connection:
        connection.execute(
            text("INSERT INTO sources (id, address, institution, reason, message, added_at) VALUES (1, 'a', '', '', '', '2026-01-01')")
        )
    store.close()
    later = tmp_path / "migrations"
    shutil.copytree(FOLDER, later)
    (later / "versions" / "0004_next.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\nrevision = '0004'\ndown_revision = '0003'\n"
        "def upgrade():\n    op.add_column('sources', sa.Column('note', sa.Text(), server_default='x'))\n"
    )
    monkeypatch.setattr(migrating, "FOLDER", later)
    monkeypatch.setattr(migrating, "HEAD", "0004")
    again = open_store(address)
    with again.reading() as connection:
        assert connection.execute(text("SELECT address, note FROM sources")).all() == [("a", "x")]
    again.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    store: Store, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = tmp_path / "migrations"
    shutil.copytree(FOLDER, later)
    (later / "versions" / "0004_next.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\nrevision = '0004'\ndown_revision = '0003'\n"
        "def upgrade():\n    op.add_column('sources', sa.Column('note', sa.Text()))\n    op.execute('SELECT * FROM nowhere')\n"
    )
    with monkeypatch.context() as patch:
        patch.setattr(migrating, "FOLDER", later)
        patch.setattr(migrating, "HEAD", "0004")
        with pytest.raises(StoreError):
            open_store(address)
    again = open_store(address)
    assert "note" not in {c["name"] for c in inspect(again.engine).get_columns("sources")}
    again.close()


def test_writers_of_one_process_take_turns_however_long_they_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("veedor.corpus.store.opening._PATIENCE", 0.05)
    store = open_store(tmp_path / "corpus.sqlite", create=True)
    written: list[int] = []

    def write(number: int) -> None:
        with store.writing():
            time.sleep(0.2)
            written.append(number)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    assert sorted(written) == [0, 1, 2, 3]
