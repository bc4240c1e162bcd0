"""The readers, registered by being a module of this folder or an entry point of the group ``veedor.readers``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from typing import Protocol

from ..options import ReadOptions
from ..raw import RawDocument
from ..source import Source


class Reader(Protocol):
    """A module (or object) that reads one family of files.

    ``suffixes`` are the file endings that it takes from a folder; ``claims`` looks at the first
    bytes and says whether the file is its own; ``read`` may raise DocumentError.
    """

    name: str
    suffixes: tuple[str, ...]
    priority: int

    def claims(self, source: Source) -> bool: ...

    def read(self, source: Source, options: ReadOptions) -> RawDocument: ...


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader, those of higher ``priority`` first."""
    found: list[Reader] = [import_module(f".{m.name}", __name__) for m in iter_modules(__path__)]  # type: ignore[misc]
    found += [entry.load() for entry in entry_points(group="veedor.readers")]
    return tuple(sorted(found, key=lambda r: (-r.priority, r.name)))


def suffixes() -> frozenset[str]:
    """The file endings that are taken from a folder, lower case with the dot."""
    return frozenset(s for r in readers() for s in r.suffixes)
