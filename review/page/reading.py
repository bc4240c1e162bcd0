"""Reads in the background what was handed over and what waits in the store, and tells how far it has come; one round at a time."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ...corpus.ingest.adding import Read, Wanted, Watch, add
from ...corpus.ingest.addresses import Address
from ...corpus.ingest.settings import Settings, written
from ...corpus.pages import Pages
from ...corpus.starting import start_server, stop_server
from ...corpus.store.documents import QUEUED as QUEUED_STATE
from ...corpus.store.documents import Outcome, Queued, in_states, requeue
from ...corpus.store.opening import Store
from ...schema.errors import VeedorError
from ...schema.language import Text
from . import spool
from .events import Events

PRELOAD = ("veedor.corpus.ingest.reading", "veedor.corpus.showing", "veedor.corpus.warm")
_AGAIN = 5.0
"""Seconds after which it is tried again where another program has the store's turn."""
_EVERY = 0.25
"""Seconds between two events on the pages of one document."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A document that is being read: pages read and how many there are; both 0 where nobody knows."""

    document: str
    read: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Again:
    """Documents to be read again. ``profile`` is the file of a template, None: each as it was asked before.

    ``taught``: the lexicon changed.
    """

    documents: Mapping[int, str]
    """The settings that each was read by, as the store keeps them."""
    profile: Path | None = None
    taught: bool = False


class Reading:
    """The thread that reads. What it is asked for while it reads waits for the next round."""

    def __init__(self, store: Store, read: Read, settings: Settings, folder: Path, events: Events) -> None:
        self._store, self._read, self._settings, self._events = store, read, settings, events
        self.folder = folder
        self._wake = threading.Event()
        self._asked: list[Again] = []
        self._now: dict[int, Progress] = {}
        self._told: dict[int, float] = {}
        self.stopped: Text | None = None
        """Why nothing is read at the moment, though something waits."""
        self.ended: Callable[[int], None] = lambda document: None

    def start(self) -> None:
        """Starts the thread; what waited when the program last ended goes on."""
        spool.sweep(self.folder)
        self._wake.set()
        threading.Thread(target=self._run, name="veedor-reading", daemon=True).start()

    def wake(self) -> None:
        self._wake.set()

    def again(self, asked: Again) -> None:
        self._asked.append(asked)
        self._wake.set()

    def now(self) -> dict[int, Progress]:
        """The documents that are being read, by id."""
        return dict(self._now)

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            try:
                self._round()
                said = None
            except VeedorError as error:
                said = error.text
            except Exception as error:  # the last net: the page goes on, and says what happened
                said = Text(f"La lectura se detuvo: {type(error).__name__}.", f"Reading stopped: {type(error).__name__}.")
            self._now.clear()
            if said != self.stopped:
                self.stopped = said
            self._events.publish(kind="documents")
            if said is not None:
                self._wake.wait(_AGAIN)
                self._wake.set()

    def _round(self) -> None:
        """Everything that waits: what is to be read again, what was handed over, what the store has in its queue."""
        items = spool.waiting(self.folder)
        with self._store.reading() as connection:
            queued = bool(in_states(connection, [QUEUED_STATE]))
        if not (items or queued or self._asked):
            return
        while self._asked:
            self._requeue(self._asked[0])
            self._asked.pop(0)
        done = 0

        def registered(count: int, of: int) -> None:
            nonlocal done
            for item in items[done:count]:
                spool.drop(item)
            done = count
            self._events.publish(kind="documents")

        watch = Watch(registered=registered, begins=self._begins, pages=self._pages, ends=self._ends)
        wanted = Wanted([Address(str(w.file), name=w.name) for w in items])
        add(self._store, wanted, self._read, self._settings, watch)

    def _requeue(self, asked: Again) -> None:
        if asked.taught:
            # Workers know the lexicon as it was when the process that they are forked from began.
            stop_server()
            start_server(PRELOAD)
        with self._store.writing() as connection:
            for document, before in asked.documents.items():
                requeue(connection, [document], before if asked.profile is None else _with_profile(before, asked.profile))

    def _begins(self, item: Queued) -> None:
        self._now[item.id] = Progress(item.document)
        self._events.publish(kind="documents")

    def _pages(self, item: Queued, pages: Pages) -> None:
        self._now[item.id] = Progress(item.document, pages.read, pages.of)
        now = time.monotonic()
        if now - self._told.get(item.id, 0.0) >= _EVERY:
            self._told[item.id] = now
            self._events.publish(kind="pages", id=item.id, read=pages.read, of=pages.of)

    def _ends(self, item: Queued, outcome: Outcome) -> None:
        self._now.pop(item.id, None)
        self._told.pop(item.id, None)
        if not self._now:  # the last of them, or the only one: whoever waits for it looks at it next
            with contextlib.suppress(VeedorError):
                self.ended(item.id)
        self._events.publish(kind="documents", id=item.id, state=outcome.state)
        self._events.publish(kind="read", id=item.id)


def _with_profile(asked: str, profile: Path) -> str:
    from ...corpus.ingest.settings import settings

    return written(replace(settings(asked, None), profile=str(profile)))


def waiting_names(folder: Path) -> Sequence[str]:
    """What was handed over and is not yet in the store."""
    return [w.name for w in spool.waiting(folder)]
