"""Reads the YAML files that come with veedor: what is data with a source, never code."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The fast one, where it was compiled."""


@cache
def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML file that comes with veedor; empty where it is missing."""
    return (yaml.load(path.read_text(encoding="utf-8"), LOADER) or {}) if path.exists() else {}
