"""Forgets what was derived from the lexicon, for tests that change it."""

from __future__ import annotations

from functools import _lru_cache_wrapper
from sys import modules


def forget_lexicon() -> None:
    """Clears every cache of the room: patterns and wordings are made from the lexicon once."""
    for name, module in list(modules.items()):
        if name.startswith("veedor.normalize"):
            for thing in vars(module).values():
                if isinstance(thing, _lru_cache_wrapper):
                    thing.cache_clear()
