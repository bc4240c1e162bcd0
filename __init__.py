"""Public face of veedor: ``veedor.read(path)`` gives the canonical plan of a published document, ``veedor.Corpus(store)`` a collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .corpus.collection import Corpus
    from .corpus.walk import read
    from .evaluate.evaluating import evaluate_plan
    from .schema.plan import Plan

__version__ = "0.1.0"
__all__ = ["Corpus", "Plan", "__version__", "evaluate_plan", "read"]

_HOMES = {"Corpus": "corpus.collection", "read": "corpus.walk", "evaluate_plan": "evaluate.evaluating", "Plan": "schema.plan"}


def __getattr__(name: str) -> Any:
    """Imports a public name on first use, so that ``veedor --help`` does not pay for it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'veedor' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
