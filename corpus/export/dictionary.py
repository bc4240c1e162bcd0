"""The dictionary that goes with an export: one line for each column of each table."""

from __future__ import annotations

from ...schema.meanings import TYPES, meaning
from .dataset import TABLES

HEADER = ["tabla", "columna", "tipo", "significado"]


def lines() -> list[list[str]]:
    """The lines of the dictionary, in the order of the tables and columns: table, column, type and meaning."""
    return [[name, f.name, TYPES[f.type], meaning(name, f.name).text.replace("`", "")] for name, fields in TABLES.items() for f in fields]
