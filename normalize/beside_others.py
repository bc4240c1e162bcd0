"""Columns whose header says what they hold only beside others: bare totals of what was executed, weighted results, units in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .folding import fold, unaccented
from .header_roles import FIGURE_ROLES, Column
from .lexicon import load
from .periods import YEAR, Period

_SCORE = 80.0
_PARTS = 2
_OF_PARTS = ("target", "actual", "percent")


def beside_others(columns: Sequence[Column]) -> list[Column]:
    """The columns, each with the role that those beside it make certain."""
    return _names_with_unit(_weighted(_executed_totals(_whole_years(list(columns)))))


def _whole_years(columns: list[Column]) -> list[Column]:
    """ "Año 2023" beside semesters or quarters is the year that they make up; beside another year it is one of those compared."""
    parts = {c.role for c in columns if c.role in _OF_PARTS and c.period is not None and c.period.months < YEAR.months}
    if not parts or len({c.year for c in columns if c.role in FIGURE_ROLES and c.year is not None}) > 1:
        return columns
    year = re.compile(load("periods").get("whole_year", "(?!)"))
    out = list(columns)
    for n, c in enumerate(columns):
        levels = [unaccented(text).strip(" .:%") for text in c.levels]
        if c.period is not None or c.basis or not any(year.fullmatch(text) for text in levels):
            continue
        if c.role in _OF_PARTS:
            out[n] = replace(c, period=YEAR)
        elif not c.role and len(levels) == 1 and parts == {"target"}:
            out[n] = replace(c, role="target", period=YEAR, score=_SCORE)
    return out


def _executed_totals(columns: list[Column]) -> list[Column]:
    """ "Acumulado" or "Total" right behind what several parts of the year executed is what they make together, not another target."""
    bare = re.compile(load("headers").get("bare_totals", "(?!)"))
    until = re.compile(load("headers").get("bare_totals_until", "(?!)"))
    for n, c in enumerate(columns):
        name = fold(c.levels[-1])
        if c.role not in ("", "target") or not (until.fullmatch(name) if c.period else bare.fullmatch(name)):
            continue
        if c.period is not None and not any(_makes_up(c.period, columns[:n], role) for role in ("actual", "target")):
            continue
        parts = _behind(columns[:n], "actual")
        targets = any(t.role == "target" and t is not c for t in columns)
        if parts >= _PARTS and targets and not any(o.role == "actual" and o.period is None for o in columns):
            columns[n] = replace(c, role="actual", kind="", basis="" if c.period else "to_date", score=_SCORE)
        elif not c.role and _behind(columns[:n], "target") >= _PARTS and not any(o.role == "target" and o.basis for o in columns):
            columns[n] = replace(c, role="target", kind="", basis="" if c.period else "to_date", score=_SCORE)
    return columns


def _makes_up(period: Period, columns: Sequence[Column], role: str) -> bool:
    """True where a period covers the parts of the year, of that role, that stand last, from the first to the last."""
    parts = [c.period for c in columns[len(columns) - _behind(columns, role) :] if c.period]
    return bool(parts) and (period.first, period.last) == (min(p.first for p in parts), max(p.last for p in parts))


def _behind(columns: Sequence[Column], role: str) -> int:
    """How many columns of parts of the year, of that role, stand last."""
    count = 0
    for c in reversed(columns):
        if not c.role and c.period is None and not count:
            continue  # a column that is not read ("Promedio") parts nothing
        if c.role != role or c.period is None:
            break
        count += 1
    return count


def _weighted(columns: list[Column]) -> list[Column]:
    """A weighted result stands beside its weight; without one it is the percentage of its row, unless another column is."""
    if any(c.role == "weight" for c in columns):
        return columns
    percent = any(c.role == "percent" for c in columns)
    return [replace(c, role="" if percent else "percent", score=_SCORE) if c.role == "weighted" else c for c in columns]


def _names_with_unit(columns: list[Column]) -> list[Column]:
    """ "Indicador (unidad)" beside the column of the actions prints what is measured; alone it names the rows."""
    if any(c.role in ("name", "project_name") for c in columns):
        return columns
    named = re.compile(load("headers").get("unit_beside_name", "(?!)"))
    found = next((c for c in columns if c.role == "unit_of_measure" and named.match(fold(c.printed))), None)
    return [replace(c, role="name", kind="indicator", score=_SCORE) if c is found else c for c in columns]
