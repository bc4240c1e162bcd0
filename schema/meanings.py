"""What the columns of the tables mean, and the words that a column takes: for the dictionaries of the docs and of exports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .data_files import read_yaml
from .language import Language

TYPES = {"text": "texto", "integer": "entero", "number": "número", "boolean": "true o false", "date": "fecha ISO"}
"""The types of columns, as people read them."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column means: ``text`` in one line, and ``values``, each word that it takes with its meaning; empty where any is taken."""

    text: str
    values: Mapping[str, str]


@cache
def meaning(table: str, column: str, language: Language = "es") -> Meaning:
    """What a column of a table means. Raises KeyError where nothing says so."""
    data = _data(language)
    own = data["tables"][table]["columns"].get(column)
    found = own if own is not None else data["common"][column]
    if isinstance(found, str):
        return Meaning(found, {})
    words = ", ".join(f"`{value}` ({label})" for value, label in found["values"].items())
    return Meaning(" ".join(filter(None, [f"{found['says']}: {words}.", found.get("then")])), found["values"])


def row_meaning(table: str, language: Language = "es") -> str:
    """What one row of a table is. Raises KeyError where nothing says so."""
    return _data(language)["tables"][table]["rows"]


def explained(language: Language = "es") -> tuple[set[str], dict[str, set[str]]]:
    """The columns that are explained: those common to tables, and those of each table."""
    data = _data(language)
    return set(data["common"]), {name: set(table["columns"]) for name, table in data["tables"].items()}


def _data(language: Language) -> dict[str, Any]:
    return read_yaml(Path(__file__).with_name("columns.en.yaml" if language == "en" else "columns.yaml"))
