"""Slots in which workers recognise pages: each needs much memory, so no more documents have one at a time than memory holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from ..extract.scan.machine import free_memory

NEED = 1600 * 2**20
"""Bytes that a process takes at most while it recognises usual pages."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A worker asks for a slot to recognise a page, through the pipe that also carries its result."""


def slots_through(pipe: Connection) -> Callable[[], int]:
    """What asks for a slot through a pipe and waits for it; it gives the processors of the slot."""

    def ask() -> int:
        pipe.send(Asked())
        return pipe.recv()

    return ask


def held_by_memory() -> int | None:
    """Documents that can be recognised at once with the memory there is, at least one; None where the system does not tell."""
    free = free_memory()
    return None if free is None else max(free // NEED, 1)
