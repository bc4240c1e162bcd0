"""The slot in which a page is recognised: who runs several processes says when one is free, and how many processors go with it."""

from __future__ import annotations

from collections.abc import Callable

from .machine import processors

_MOST = 8
"""Processors that one page makes use of; more of them gain little, and each takes memory."""
_askers: list[Callable[[], int]] = []
_given: list[int] = []


def ask_with(asker: Callable[[], int]) -> None:
    """Asks from now on ``asker`` for every slot: it waits until one is free and gives its processors. A process reads one document."""
    _askers[:] = [asker]


def take() -> None:
    """Waits for a slot to recognise the next page. Where nobody runs several processes it is free at once."""
    _given[:] = [max(1, min(asker(), _MOST)) for asker in _askers or [processors]]


def threads() -> int:
    """The processors of this slot, which is taken where none was."""
    if not _given:
        take()
    return _given[0]
