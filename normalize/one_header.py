"""Tables under one and the same header mean the same by it: what the cells of one make certain holds for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .header_roles import Column


def of_one_meaning(tables: Sequence[Sequence[Column]]) -> list[list[Column]]:
    """The columns of each table; those that hold units of measure in one table do in every table of the same header."""
    measured: dict[tuple[str, ...], set[int]] = {}
    for columns in tables:
        measured.setdefault(_header(columns), set()).update(c.index for c in columns if c.role == "unit_of_measure")
    return [[_as_measured(c, measured[_header(columns)], columns) for c in columns] for columns in tables]


def _header(columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(c.printed for c in columns)


def _as_measured(column: Column, measured: set[int], columns: Sequence[Column]) -> Column:
    if column.role != "lead_unit" or column.index not in measured or any(c.role == "unit_of_measure" for c in columns):
        return column
    return replace(column, role="unit_of_measure", kind="", basis="", score=80.0)
