"""Loads the wordings that rules look for in texts: YAML with a source, never code."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ...schema.data_files import read_yaml


@cache
def load(name: str) -> dict[str, Any]:
    """The file ``name`` of this folder; empty where it is missing."""
    return read_yaml(Path(__file__).parent / f"{name}.yaml")
