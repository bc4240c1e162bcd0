"""The page over a store in a folder of its own, with documents that are read in this process; called without a network."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the extra veedor[web] is not installed")

from starlette.testclient import TestClient

from veedor.corpus.ingest.adding import Fetch, Wanted, Watch, add
from veedor.corpus.ingest.addresses import addresses
from veedor.corpus.ingest.reading import read_for_store
from veedor.corpus.ingest.settings import Settings, settings
from veedor.corpus.store.documents import REFUSED, Outcome, Queued
from veedor.corpus.store.opening import Store, open_store
from veedor.review.page.application import application
from veedor.review.page.guard import Rules
from veedor.review.page.site import Site
from veedor.schema.errors import DocumentError

FOLLOW_UP = """Instituto de Riego
SEGUIMIENTO DEL PLAN OPERATIVO ANUAL 2022
Segundo Trimestre 2022

CÓDIGO\tACCIÓN OPERATIVA\tMETA ANUAL\tENE-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\tREAL ENE-JUN\t% EJECUCIÓN\tOBSERVACIONES
AO.1.1\tElaborar informes de riego\t100\t25\t25\t25\t25\t50\t100%\t
AO.1.2\tCapacitar regantes\t48\t12\t12\t12\t12\t24\t100%\tSegún lo previsto.
AO.1.3\tLimpiar canales\t40\t10\t10\t10\t10\t20\t100%\t
AO.1.4\tPublicar boletines\t12\t3\t3\t3\t3\t6\t90%\t
"""


RULES = Rules()


@dataclass
class Page:
    """An open page and what is behind it."""

    client: TestClient
    site: Site
    folder: Path

    @property
    def key(self) -> dict[str, str]:
        return {"form_key": self.site.form_key}

    def post(self, address: str, part: bool = False, /, **data: str):
        headers = {"origin": "http://localhost", **({"x-veedor": "part"} if part else {})}
        return self.client.post(address, data=self.key | data, headers=headers)

    def until(self, holds: Callable[[], bool]) -> None:
        """Waits for the thread that reads."""
        end = time.monotonic() + 20
        while not holds():
            assert time.monotonic() < end, "nothing came of it in time"
            time.sleep(0.02)


def read_here(items: Sequence[Queued], fetch: Fetch, password: str | None, watch: Watch) -> Iterator[tuple[Queued, Outcome]]:
    """Reads in this process: no worker has to start."""
    import tempfile

    for item in items:
        watch.begins(item)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / item.file_name
            path.write_bytes(fetch(item) or b"")
            how = settings(item.asked, password)
            try:
                outcome = read_for_store(path, item.document, item.sha256, item.stated, how)["outcome"]
            except DocumentError as error:
                outcome = Outcome(REFUSED, error.reason.value, error.text.es)
        yield item, outcome


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "corpus.sqlite", create=True)
    yield opened
    opened.close()


@pytest.fixture
def added(store: Store, tmp_path: Path) -> Callable[..., int]:
    """Adds a document of a text, or a file; gives its id."""
    from sqlalchemy import func, select

    from veedor.corpus.store.tables import DOCUMENTS

    def put(text: str | Path = FOLLOW_UP, name: str = "seguimiento.txt") -> int:
        file = text if isinstance(text, Path) else tmp_path / name
        if isinstance(text, str):
            file.write_text(text, encoding="utf-8")
        add(store, Wanted(addresses([str(file)])), read_here, Settings())
        with store.reading() as connection:
            return connection.execute(select(func.max(DOCUMENTS.c.id))).scalar_one()

    return put


@pytest.fixture
def opened(store: Store, tmp_path: Path, workers: None) -> Iterator[Callable[..., Page]]:
    """Opens a page over the store with the rules given."""
    clients: list[TestClient] = []

    def make(rules: Rules = RULES, **headers: str) -> Page:
        app = application(store, read_here, Settings(), tmp_path / "page", rules)
        client = TestClient(app, base_url="http://localhost", follow_redirects=False, headers=headers)
        client.__enter__()
        clients.append(client)
        return Page(client, app.state.site, tmp_path)

    yield make
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def page(opened: Callable[..., Page]) -> Page:
    return opened()
