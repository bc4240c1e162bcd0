"""Hands files over to the review page, which runs in this process, and looks at what it then says of each."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from markupsafe import escape
from sqlalchemy import select

from veedor.corpus.ingest.adding import Read
from veedor.corpus.ingest.local import on_this_machine
from veedor.corpus.ingest.settings import Settings
from veedor.corpus.starting import start_server
from veedor.corpus.store.documents import QUEUED, READ, REFUSED, STATES, in_states
from veedor.corpus.store.listing import unreachable
from veedor.corpus.store.opening import Store, open_store
from veedor.corpus.store.tables import DOCUMENTS
from veedor.corpus.worker import Limits
from veedor.review.page.application import application
from veedor.review.page.guard import Rules
from veedor.review.page.reading import PRELOAD
from veedor.review.page.spool import waiting

AT_ONCE, BYTES_AT_ONCE = 150, 100 * 2**20
"""Files and bytes that are handed over by one form."""
_LISTED = re.compile(r'data-id="(\d+)"')
_CODE = re.compile(r"<img src=x|<script>alert|\x1b|\u202e")
"""What hostile names and cells bring, where it would be no text."""


@dataclass
class Document:
    """A document of the page's list: its state, the reason that the page gives, and what is wrong."""

    name: str
    state: str
    reason: str
    faults: list[str] = field(default_factory=list)


def handed_over(
    files: Sequence[tuple[str, bytes]], room: Path, clock: float, memory: int, read: Read | None = None, every: int = 1
) -> Iterator[Document]:
    """The documents that the page has after these files were handed over, files of the same bytes once; and one for what is wrong with all.

    ``read`` reads them where it is not a worker each; ``every`` so manieth is opened on its page, and its first
    page drawn, which takes a process each.
    """
    start_server(PRELOAD)
    store = open_store(room / "corpus.sqlite", create=True)
    read = read or on_this_machine(2, Limits(clock, memory))
    app = application(store, read, Settings(), room / "page", Rules())
    try:
        with start_blocking_portal() as portal:
            calls = httpx.AsyncClient(
                transport=httpx.ASGITransport(app), base_url="http://localhost", headers={"origin": "http://localhost"}
            )
            with portal.wrap_async_context_manager(app.router.lifespan_context(app)), portal.wrap_async_context_manager(calls):
                call = partial(_call, portal, calls)
                whole = Document("", "", "")
                for some in _forms(files):
                    answer = call("POST", "/documents", data={"form_key": app.state.site.form_key}, files=[("files", f) for f in some])
                    if answer.status_code != 303:
                        whole.faults.append(f"handing over {some[0][0]!r} and others: {answer.status_code}")
                _wait(store, app.state.site.reading.folder, time.monotonic() + 60 + len(files) * (clock + 5))
                yield from _listed(store, call, whole, len({data for _, data in files}), every)
    finally:
        store.close()


def _call(portal: BlockingPortal, calls: httpx.AsyncClient, method: str, address: str, **given: Any) -> httpx.Response:
    return portal.call(partial(calls.request, method, address, **given))


def _forms(files: Sequence[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    some: list[tuple[str, bytes]] = []
    for file in files:
        if some and (len(some) == AT_ONCE or sum(len(data) for _, data in some) + len(file[1]) > BYTES_AT_ONCE):
            yield some
            some = []
        some.append(file)
    if some:
        yield some


def _wait(store: Store, spool: Path, end: float) -> None:
    """Until nothing is left to read. Raises TimeoutError."""
    while True:
        with store.reading() as connection:
            if not waiting(spool) and not in_states(connection, [QUEUED]):
                return
        if time.monotonic() > end:
            raise TimeoutError("the page did not read all in time")
        time.sleep(0.1)


def _listed(store: Store, call: Any, whole: Document, files: int, every: int) -> Iterator[Document]:
    with store.reading() as connection:
        d = DOCUMENTS.c
        rows = connection.execute(select(d.id, d.document, d.state, d.reason, d.message, d.sha256).order_by(d.id)).all()
        nothing = unreachable(connection)
    listed: set[int] = set()
    for number in range(1, len(rows) // 100 + 2):
        page = call("GET", f"/?page={number}")
        listed |= {int(n) for n in _LISTED.findall(page.text)}
        if page.status_code != 200 or _CODE.search(page.text):
            whole.faults.append(f"list, page {number}: {page.status_code}")
    if listed != {r.id for r in rows} or len(rows) + len(nothing) < files:
        whole.faults.append(f"{len(listed)} listed, {len(rows)} kept and {len(nothing)} without a document, of {files}")
    for address in ("/search?q=informes", "/compare", "/history", "/export"):
        if (code := call("GET", address).status_code) >= 500:
            whole.faults.append(f"{address}: {code}")
    first = call("GET", "/").text
    for name, reason, message in nothing[-100:]:
        faults = [] if str(escape(message)) in first and f"({reason})" in first else [f"{name!r}: not listed"]
        yield Document(name, REFUSED, reason, faults)
    for row in rows:
        found = Document(row.document, row.state, row.reason or "")
        if row.state not in STATES or (row.state not in READ and (not row.reason or not row.message)):
            found.faults.append(f"{row.document!r}: {row.state} without its reason")
        if "no previsto" in (row.message or ""):
            found.faults.append(f"{row.document!r}: {row.message}")
        if row.id % every == 0:
            found.faults += _opened(call, row)
        yield found
    if whole.faults:
        yield Document("", "none", "", whole.faults)


def _opened(call: Any, row: Any) -> Iterator[str]:
    """What is wrong with the page of a document."""
    shown = call("GET", f"/documents/{row.id}")
    if shown.status_code != 200 or _CODE.search(shown.text) or (row.reason or "") not in shown.text:
        yield f"{row.document!r}: {shown.status_code}, code in its page, or no reason"
    if (code := call("GET", f"/documents/{row.id}/page/{row.sha256}/1-1.jpg").status_code) not in (200, 404):
        yield f"{row.document!r}: picture {code}"
