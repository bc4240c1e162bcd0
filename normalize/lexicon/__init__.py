"""Loads the YAML lexicon: wordings, names and patterns that are data with a source, never code."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon file ``name``; empty where it is missing, so that reading degrades to printed names."""
    return read_yaml(Path(__file__).parent / f"{name}.yaml")


@cache
def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML file that comes with veedor; empty where it is missing."""
    return (yaml.load(path.read_text(encoding="utf-8"), _LOADER) or {}) if path.exists() else {}
