"""Columns of one role whose periods are the same, or overlap without one holding the other: which is read, and which are in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from .folding import fold
from .header_roles import SURE, Column, word_set
from .periods import Period

_OF_PERIODS = ("target", "actual", "percent")
_ASSUMED = 80.0
"""Below this score a role was told by single words of the header, and yields to a column that a wording names."""
Texts = Sequence[Sequence[str]]
_Key = tuple[str, Period | None, str, int | None]


def told_apart(columns: list[Column], texts: Texts) -> list[Column]:
    """The columns with one for each figure role and period, where one is it; else all of them, in doubt.

    A column is out of play ("double") beside one that says that it supersedes it, beside one whose header is met
    surely where its own was assumed, and where it is blank or prints the same figures.
    """
    groups: dict[_Key, list[Column]] = {}
    for c in columns:
        if c.role in _OF_PERIODS:
            groups.setdefault((c.role, c.period, c.basis, c.year), []).append(c)
    out = list(columns)
    for group in groups.values():
        kept = _kept(group, texts) if len(group) > 1 else group
        for c in group:
            if c not in kept:
                out[c.index] = replace(c, role="double")
            elif len(kept) > 1:
                out[c.index] = replace(c, doubt="double")
    return _overlapping(out)


def _kept(group: list[Column], texts: Texts) -> list[Column]:
    """Of columns that speak of one figure, the one that is it; several where nothing tells."""
    for narrower in (
        [c for c in group if _supersedes(c)],
        [c for c in group if c.score >= SURE] if any(c.score < _ASSUMED for c in group) else [],
    ):
        if narrower and len(narrower) < len(group):
            group = narrower
    filled = [c for c in group if any(_cells(texts, c))] or group[:1]
    return filled[:1] if len({tuple(_cells(texts, c)) for c in filled}) == 1 else filled


def _cells(texts: Texts, column: Column) -> list[str]:
    return [row[column.index] if column.index < len(row) else "" for row in texts]


def _supersedes(column: Column) -> bool:
    """True for a figure that replaces the one approved at first: "modificado", "reprogramado"."""
    return bool(word_set("superseding_words") & set(fold(column.printed).split()))


def _overlapping(columns: list[Column]) -> list[Column]:
    """Parts of a year that share months, though neither is part of the other, cannot both be right: "EN-MAR | MAR-JUN"."""
    found: set[int] = set()
    for a, b in combinations([c for c in columns if c.role in _OF_PERIODS and c.period is not None], 2):
        if a.role == b.role and a.year == b.year and a.period and b.period and _cross(a.period, b.period):
            found |= {a.index, b.index}
    return [replace(c, doubt="overlap") if c.index in found else c for c in columns]


def _cross(a: Period, b: Period) -> bool:
    first, second = sorted(((a.first, a.last), (b.first, b.last)))
    return a.year == b.year and first[0] < second[0] <= first[1] < second[1]
