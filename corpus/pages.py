"""How far a worker has come in its document, told to its parent through the pipe that also carries the result."""

from __future__ import annotations

import contextlib
import select
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

_EVERY = 0.1
"""Seconds between two messages: nobody reads faster."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages that are read, and how many there are."""

    read: int
    of: int


def pages_to(pipe: Connection) -> Callable[[int, int], None]:
    """What sends the pages through a pipe: now and then, and only where that does not hold up the reading."""
    last = 0.0

    def send(read: int, of: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _EVERY or not _takes(pipe):
            return
        last = now
        with contextlib.suppress(OSError):  # a parent that is gone needs no news
            pipe.send(Pages(read, of))

    return send


def _takes(pipe: Connection) -> bool:
    """Whether the pipe takes a short message at once. On Windows nobody can tell; there the parent looks often enough."""
    if sys.platform == "win32":
        return True
    watch = select.poll()
    watch.register(pipe.fileno(), select.POLLOUT)
    return any(state & select.POLLOUT for _, state in watch.poll(0))
