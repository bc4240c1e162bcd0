"""Columns of codes that their header does not tell: "SINIP", or "Meta" over 1.1, 1.2, 2.1 before the names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from ..extract.shape import is_code
from .codes import parse_code
from .header_roles import Column

_LEAST_ROWS = 3
_MOST = 0.9
"""Of the rows with a name, the share whose code is printed and like the others: totals have none."""
_SCORE = 70.0
_PATH = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?")
_NUMBER = re.compile(r"\d{4,12}")
_OF_FIGURES = ("target", "actual")


def coded_by_cells(columns: list[Column], texts: Sequence[Sequence[str]]) -> list[Column]:
    """The columns, one before the names whose cells are codes, all different, with that role, where no other column has it.

    Numbers with points that go up, as 1.1, 1.2, 2.1 do, are codes even below a header of figures, if those stand elsewhere.
    """
    name = next((c.index for c in columns if c.role == "name"), None)
    if any(c.role == "code" for c in columns):
        return columns
    if name is None:
        return _of_no_header(columns, texts)
    for c in columns[:name]:
        cells = [row[c.index] for row in texts if len(row) == len(columns) and row[name] and row[c.index]]
        if len(cells) < _LEAST_ROWS or len(set(cells)) < len(cells):
            continue
        elsewhere = any(o.role == c.role and o is not c for o in columns)
        unknown = c.role == "" and c.printed and (_share(cells, _is_coded) >= _MOST or _are_numbers(cells))
        if unknown or (c.role in _OF_FIGURES and elsewhere and _goes_up(cells)):
            return [replace(c, role="code", kind="", period=None, basis="", score=_SCORE) if o is c else o for o in columns]
    return columns


def _of_no_header(columns: list[Column], texts: Sequence[Sequence[str]]) -> list[Column]:
    """A first column without a header whose cells are codes with letters, all different ("ACP.- 1"), where no column names the rows."""
    first = next(iter(columns), None)
    if first is None or first.role or first.printed or any(c.role == "project_name" for c in columns):
        return columns
    cells = [t[0] for t in texts if t and t[0]]
    codes = [code for t in cells if (code := parse_code(t)) is not None and code.prefix]
    if len(codes) <= _LEAST_ROWS or len(codes) < _MOST * len(cells) or len(set(codes)) < len(codes):
        return columns
    return [Column(first.index, "", "code", score=_SCORE), *columns[1:]]


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells)


def _is_coded(text: str) -> bool:
    return " " not in text and is_code(text)


def _are_numbers(cells: Sequence[str]) -> bool:
    """Numbers of one length, as registers give them, and not figures: "14902", "15011"."""
    return _share(cells, lambda t: _NUMBER.fullmatch(t) is not None) >= _MOST and len({len(t) for t in cells}) == 1


def _goes_up(cells: Sequence[str]) -> bool:
    paths = [tuple(map(int, t.rstrip(".").split("."))) for t in cells if _PATH.fullmatch(t)]
    following = all(b in {(*a[:-1], a[-1] + 1), *((*a[:k], a[k] + 1, 1) for k in range(len(a) - 1))} for a, b in pairwise(paths))
    return len(paths) >= _MOST * len(cells) and paths[0][-1] == 1 and following
