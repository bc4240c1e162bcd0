"""Adds documents to a store: registers what is new, reads what waits, writes each result whole; it may stop at any moment and go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...schema.errors import DocumentError, MissingPartError
from ...schema.limits import Limits
from ..history.upkeep import link_changed
from ..journal.applying import settle
from ..journal.signing import open_questions
from ..pages import Pages
from ..public_address import is_whole
from ..store.documents import (
    FAILED,
    REFUSED,
    SET_ASIDE,
    Outcome,
    Queued,
    content,
    count_try,
    in_states,
    names,
    note_unreachable,
    queued,
    register,
    requeue,
    without_document,
)
from ..store.listing import replaced
from ..store.names import Names
from ..store.opening import Store
from ..store.turns import own_turn
from .addresses import Address, fetch
from .settings import Settings, written

Fetch = Callable[[Queued], bytes | None]
"""The bytes of a document that waits; None where they are no longer to be had."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The reading of a document ended with its worker, and not by its own doing that anyone knows."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Watch:
    """Who wants to know how it goes."""

    registered: Callable[[int, int], None] = lambda done, of: None
    waiting: Callable[[Sequence[Queued]], None] = lambda items: None
    begins: Callable[[Queued], None] = lambda item: None
    pages: Callable[[Queued, Pages], None] = lambda item, pages: None
    ends: Callable[[Queued, Outcome], None] = lambda item, outcome: None


Read = Callable[[Sequence[Queued], Fetch, str | None, Watch], Iterator[tuple[Queued, Outcome | Lost]]]
"""Reads documents somewhere, each as its settings ask, with a password for those that need one; gives each outcome as it comes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be added. ``keep``: the bytes are kept in the store; ``again``: what is known of it is read again; ``retry``: also
    whatever could not be read before, and the addresses that gave no document."""

    addresses: Sequence[Address]
    keep: bool = True
    again: bool = False
    retry: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """How the reading of a document ended, without what was read."""

    document: str
    state: str
    reason: str
    message: str
    missing_part: bool


@dataclass(slots=True)
class Added:
    """What an ingestion did: how many addresses gave a new document, one that was known, or none; how those read ended."""

    new: int = 0
    known: int = 0
    unreachable: list[tuple[str, str]] = field(default_factory=list)
    """Address and what is wrong with it."""
    missing_part: bool = False
    """Whether something that can be installed would reach one of them."""
    ended: list[Ended] = field(default_factory=list)
    replaced: list[tuple[str, str]] = field(default_factory=list)
    """Documents that another version stands for since, with its name."""
    questions: int = 0
    """Those of the journal that are open now, of all documents."""


_TRIES = 3
"""A document whose worker was lost so often is set aside: once or twice it may have been the machine."""


def add(store: Store, wanted: Wanted, read: Read, settings: Settings, watch: Watch = Watch()) -> Added:
    """Registers the documents at the addresses and reads all that wait, these and those of an ingestion that was interrupted.

    What is registered, and each document that was read, is written in a transaction of its own. Raises StoreError where the store
    cannot be written, or another ingestion has its turn.
    """
    done = Added()
    with own_turn(store):
        with store.reading() as connection:
            taken = names(connection)
            missing = [Address(*a) for a in without_document(connection)] if wanted.retry else []
            before = set(replaced(connection))
        given = {a.told: a.address for a in wanted.addresses}
        # One whose secret was not kept can only be tried again by who has it.
        tried = [*wanted.addresses, *(a for a in missing if a.address not in given and is_whole(a.address))]
        for n, address in enumerate(tried, 1):
            _register(store, taken, address, wanted, settings, done)
            watch.registered(n, len(tried))
        if wanted.retry:
            with store.writing() as connection:
                requeue(connection, in_states(connection, (REFUSED, FAILED, SET_ASIDE)))
        _read(store, read, settings, given, watch, done)
        link_changed(store)
        with store.reading() as connection:
            done.replaced = [pair for pair in replaced(connection) if pair not in before]
            done.questions = open_questions(connection)
    return done


def _register(store: Store, taken: Names, address: Address, wanted: Wanted, settings: Settings, done: Added) -> None:
    asked = written(settings)
    try:
        found = fetch(address, settings.reading.limits)
    except DocumentError as error:
        said = error.text.get(settings.language)
        where = address.told
        done.unreachable.append((where, said))
        done.missing_part |= isinstance(error, MissingPartError)
        with store.writing() as connection:
            note_unreachable(connection, where, address.stated, error.reason.value, said)
        return
    with store.writing() as connection:
        document, new = register(connection, taken, found, address.stated, asked, wanted.keep)
        if wanted.again and not new:
            requeue(connection, [document], asked)
    done.new, done.known = done.new + new, done.known + (not new)


def _read(store: Store, read: Read, settings: Settings, given: Mapping[str, str], watch: Watch, done: Added) -> None:
    """Reads all that waits. ``given`` are the addresses of this ingestion, secrets and all, by the text that is kept of each."""

    def kept(item: Queued) -> bytes | None:
        with store.reading() as connection:
            data = content(connection, item.id)
        return data if data is not None else _still_there(item, given.get(item.address, item.address), settings.reading.limits)

    with store.reading() as connection:
        waiting = queued(connection)
    watch.waiting(waiting)
    while waiting:
        for item, outcome in read(waiting, kept, settings.reading.password, watch):
            if isinstance(outcome, Lost):
                with store.writing() as connection:
                    count_try(connection, item.id)
                    if item.tries + 1 < _TRIES:
                        continue
                    outcome = outcome.outcome
                    there = settle(connection, item.id, outcome)
            else:
                with store.writing() as connection:
                    there = settle(connection, item.id, outcome)
            watch.ends(item, outcome)
            if not there:  # somebody took it out of the store while it was read
                continue
            done.ended.append(Ended(item.document, outcome.state, outcome.reason, outcome.message, outcome.missing_part))
        with store.reading() as connection:
            waiting = queued(connection)  # those whose worker was lost


def _still_there(item: Queued, address: str, limits: Limits) -> bytes | None:
    """The bytes at the address where it was found, if they are the same; none where only its secret would open it."""
    if not is_whole(address):
        return None
    try:
        found = fetch(Address(address), limits)
    except DocumentError:
        return None
    return found.data if found.sha256 == item.sha256 else None
