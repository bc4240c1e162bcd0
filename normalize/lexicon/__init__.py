"""Loads the YAML lexicon: wordings, names and patterns that are data with a source, never code; with what the user taught."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ...schema.data_files import read_yaml
from ..taught import joined

FOLDER = Path(__file__).parent


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon file ``name``; empty where it is missing, so that reading degrades to printed names.

    Raises DataFileError where the user's own lexicon cannot be used.
    """
    return joined(name, as_delivered(name))


def as_delivered(name: str) -> dict[str, Any]:
    """The lexicon file ``name`` as it comes with veedor; empty where it is missing."""
    return read_yaml(FOLDER / f"{name}.yaml")
