"""Tables under one and the same header mean the same by it: what the cells of one make certain holds for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .header_roles import SURE, Column


def of_one_meaning(tables: Sequence[Sequence[Column]]) -> list[list[Column]]:
    """The columns of each table; those that hold units of measure in one table do in every table of the same header, and so do parts of
    the year that its sums told to be results or targets.
    """
    measured: dict[tuple[str, ...], set[int]] = {}
    parts: dict[tuple[str, ...], dict[int, set[str]]] = {}
    for columns in tables:
        header = _header(columns)
        measured.setdefault(header, set()).update(c.index for c in columns if c.role == "unit_of_measure")
        for c in columns:
            if c.period is not None and c.role and c.score == SURE and not c.doubt:
                parts.setdefault(header, {}).setdefault(c.index, set()).add(c.role)
    out = [[_as_measured(c, measured[_header(columns)], columns) for c in columns] for columns in tables]
    return [[_as_part(c, parts.get(_header(columns), {}).get(c.index, set())) for c in columns] for columns in out]


def _as_part(column: Column, roles: set[str]) -> Column:
    """A part of the year that the sums of another table told to be programmed or executed, where its own do not."""
    if column.role or column.period is None or len(roles) != 1:
        return column
    return replace(column, role=next(iter(roles)), score=SURE)


def _header(columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(c.printed for c in columns)


def _as_measured(column: Column, measured: set[int], columns: Sequence[Column]) -> Column:
    if column.role != "lead_unit" or column.index not in measured or any(c.role == "unit_of_measure" for c in columns):
        return column
    return replace(column, role="unit_of_measure", kind="", basis="", score=80.0)
