"""Loads the YAML lexicon: wordings, names and patterns that are data with a source, never code."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ...schema.data_files import read_yaml


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon file ``name``; empty where it is missing, so that reading degrades to printed names."""
    return read_yaml(Path(__file__).parent / f"{name}.yaml")
