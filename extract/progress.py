"""How far the reading of a document has come: readers tell it page by page, and who runs them may listen."""

from __future__ import annotations

from collections.abc import Callable

Listener = Callable[[int, int], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Calls ``listener`` from now on with the pages that are read and how many there are. A process reads one document."""
    _listeners[:] = [listener]


def tell(pages: int, of: int) -> None:
    for listener in _listeners:
        listener(pages, of)
