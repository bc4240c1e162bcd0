"""Names of the documents of a store: the stem of the file, with ``-2``, ``-3`` … where another document has it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


class Names:
    """The names that are taken. They are looked up once for an ingestion: asking the store for each would cost more with each.

    Two names that differ only in case, or in how a letter is composed, are one: some systems of files cannot keep them apart.
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {_folded(name) for name in taken}
        self._tried: dict[str, int] = {}

    def take(self, stem: str) -> str:
        """A name that nobody has, which is taken from now on."""
        n = self._tried.get(_folded(stem), 1)
        while _folded(name := stem if n == 1 else f"{stem}-{n}") in self._taken:
            n += 1
        self._tried[_folded(stem)] = n
        self._taken.add(_folded(name))
        return name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
