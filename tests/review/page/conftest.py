"""The page over a store in a folder of its own, with documents that are read in this process; called without a network."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the extra veedor[web] is not installed")

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal

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
class Client:
    """Calls the application, which runs in a thread of its own, and waits for its answer; keeps cookies as a browser does."""

    portal: BlockingPortal
    calls: httpx.AsyncClient

    @property
    def cookies(self) -> httpx.Cookies:
        return self.calls.cookies

    def request(self, method: str, address: str, **given: Any) -> httpx.Response:
        return self.portal.call(partial(self.calls.request, method, address, **given))

    def get(self, address: str, **given: Any) -> httpx.Response:
        return self.request("GET", address, **given)

    def post(self, address: str, **given: Any) -> httpx.Response:
        return self.request("POST", address, **given)

    def send(self, request: httpx.Request) -> httpx.Response:
        return self.portal.call(self.calls.send, request)


@dataclass
class Page:
    """An open page and what is behind it."""

    client: Client
    site: Site
    folder: Path

    @property
    def key(self) -> dict[str, str]:
        return {"form_key": self.site.form_key}

    def post(self, address: str, part: bool = False, /, **data: str | list[str]):
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
    with start_blocking_portal() as portal, contextlib.ExitStack() as until_the_end:

        def make(rules: Rules = RULES, **headers: str) -> Page:
            app = application(store, read_here, Settings(), tmp_path / "page", rules)
            calls = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost", headers=headers)
            for part in (app.router.lifespan_context(app), calls):
                until_the_end.enter_context(portal.wrap_async_context_manager(part))
            return Page(Client(portal, calls), app.state.site, tmp_path)

        yield make


@pytest.fixture
def page(opened: Callable[..., Page]) -> Page:
    return opened()
