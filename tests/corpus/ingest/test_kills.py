"""Killed ingestions and lost workers: the store comes out as if nothing had happened. benchmarks/corpus_kills.py does more."""

from __future__ import annotations

import logging
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).resolve().parents[3] / "benchmarks"))

from corpus_kills import COMMAND, with_kills, with_lost_workers
from made_documents import write_dumps
from store_content import content, differences

from veedor.corpus.ingest.adding import Wanted, Watch, add
from veedor.corpus.ingest.addresses import addresses
from veedor.corpus.ingest.cluster import on_cluster
from veedor.corpus.ingest.settings import Settings
from veedor.corpus.store.documents import Queued
from veedor.corpus.store.documents import content as content_of
from veedor.corpus.store.opening import open_store
from veedor.corpus.store.tables import ROWS
from veedor.schema.limits import Limits

DOCUMENTS = 8
posix = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """Documents, and beside them a store of an ingestion that nobody disturbed."""
    room = tmp_path_factory.mktemp("kills")
    write_dumps(room / "documents", DOCUMENTS)
    subprocess.run([*COMMAND, room / "documents", "--store", room / "calm.sqlite"], check=True, capture_output=True)
    return room


def finished(room: Path, name: str) -> list[str]:
    """Lets an ingestion go on to its end, and says in what its store differs from the calm one."""
    subprocess.run([*COMMAND, room / "documents", "--store", room / name], check=True, capture_output=True)
    stores = [open_store(room / n) for n in ("calm.sqlite", name)]
    found = differences(*stores)
    for store in stores:
        store.close()
    return found


@posix
def test_a_killed_ingestion_goes_on_where_it_was(calm: Path) -> None:
    assert with_kills(calm / "documents", calm / "killed.sqlite", 2, 1.5, random.Random(1)) == 2
    assert finished(calm, "killed.sqlite") == []


@posix
def test_what_a_lost_worker_of_a_cluster_had_is_read_again(calm: Path) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed")
    assert with_lost_workers(calm / "documents", calm / "lost.sqlite", 1, random.Random(2), 0.2) == 1
    assert finished(calm, "lost.sqlite") == []


def test_that_stores_differ_would_be_noticed(calm: Path) -> None:
    store = open_store(calm / "calm.sqlite")
    assert sum(map(len, content(store).values())) > 20 * DOCUMENTS
    before = content(store)["indicators"]
    with store.writing() as connection:
        row = ROWS["indicators"].c
        connection.execute(ROWS["indicators"].update().where(row.document_id == 1, row.position == 2).values(name="otra"))
    assert content(store)["indicators"] != before
    store.close()


def test_documents_go_by_their_url_or_else_by_content(workers: None, calm: Path, tmp_path: Path) -> None:
    """What a worker cannot reach is shipped to it."""
    pytest.importorskip("distributed", reason="Dask is not installed")
    for name in ("here", "gone"):
        (tmp_path / f"{name}.txt").write_bytes((calm / "documents" / "plan-0001.txt").read_bytes() + name.encode())
    store = open_store(tmp_path / "urls.sqlite", create=True)
    named = addresses([f"file://{tmp_path}/here.txt", f"file://{tmp_path}/gone.txt"])
    seen: list[bool] = []

    def vanish(items: Sequence[Queued]) -> None:
        (tmp_path / "gone.txt").unlink(missing_ok=True)

    def kept(item: Queued) -> bytes | None:
        seen.append(item.document == "gone")
        with store.reading() as connection:
            return content_of(connection, item.id)

    read = on_cluster(None, 1, Limits())
    done = add(
        store, Wanted(named), lambda items, _, password, watch: read(items, kept, password, watch), Settings(), Watch(waiting=vanish)
    )
    assert [(e.document, e.state) for e in sorted(done.ended, key=lambda e: e.document)] == [("gone", "done"), ("here", "done")]
    assert seen == [True]
    store.close()


def test_a_cluster_that_is_not_there_says_so(here: Callable[..., Any], calm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed")
    monkeypatch.setattr("veedor.corpus.ingest.cluster._PATIENCE", 1)
    done = here("corpus", "add", calm / "documents", "--store", tmp_path / "x.sqlite", "--cluster", "tcp://127.0.0.1:1")
    assert done.returncode == 3 and "No se pudo conectar con el grupo" in done.stderr


def test_a_client_of_a_cluster_writes_nothing_of_its_own() -> None:
    pytest.importorskip("distributed", reason="Dask is not installed")
    from veedor.corpus.ingest.cluster import _client

    with _client(None, 1):  # it would tell a scheduler that is lost with a traceback
        assert logging.getLogger("distributed.client").disabled
    assert not logging.getLogger("distributed.client").disabled
