"""Public face of veedor: ``veedor.read(path)`` gives the canonical plan of a published document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .corpus.walk import evaluate, read
    from .schema.plan import Plan

__version__ = "0.1.0"
__all__ = ["Plan", "__version__", "evaluate", "read"]

_HOMES = {"read": "corpus.walk", "evaluate": "corpus.walk", "Plan": "schema.plan"}


def __getattr__(name: str) -> Any:
    """Imports the public names on first use, so that ``veedor --help`` does not pay for them.

    All at once: importing the room ``evaluate`` gives its name to the room, and here the function takes it back.
    """
    if name not in _HOMES:
        raise AttributeError(f"module 'veedor' has no attribute {name!r}")
    from importlib import import_module

    for public, home in _HOMES.items():
        globals()[public] = getattr(import_module(f".{home}", __name__), public)
    return globals()[name]
