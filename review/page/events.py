"""Tells open pages what happens, as server-sent events: threads publish, each page listens in its own queue."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncGenerator
from typing import Any

_MOST = 200
"""Events that a page may be behind; one that is further behind is told to look anew."""
_BEAT = 15.0
"""Seconds of silence after which a line is sent that shows that the connection holds."""


class Events:
    """Who listens. ``publish`` may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queues: dict[asyncio.Queue[dict[str, Any]], asyncio.AbstractEventLoop] = {}
        self._closed = False

    def close(self) -> None:
        """Lets every page go: the server is about to end."""
        self._closed = True
        self.publish(kind="listening")

    def publish(self, **event: Any) -> None:
        with self._lock:
            for queue, loop in self._queues.items():
                if not loop.is_closed():
                    loop.call_soon_threadsafe(_put, queue, event)

    async def listen(self) -> AsyncGenerator[str, None]:
        """The events from now on, as the lines of a stream; it begins with one that says that it listens."""
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(_MOST)
        with self._lock:
            self._queues[queue] = asyncio.get_running_loop()
        try:
            yield 'data: {"kind": "listening"}\n\n'
            while not self._closed:
                try:
                    event = await asyncio.wait_for(queue.get(), _BEAT)
                    if not self._closed:
                        yield f"data: {json.dumps(event)}\n\n"
                except TimeoutError:
                    yield ": \n\n"
        finally:
            with self._lock:
                del self._queues[queue]


def _put(queue: asyncio.Queue[dict[str, Any]], event: dict[str, Any]) -> None:
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        event = {"kind": "listening"}
    queue.put_nowait(event)
