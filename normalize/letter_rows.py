"""The row of letters or numbers under a header by which it explains its formulas: "a | b | c=(b/a)"; it names no column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

Path = tuple[str, ...]

_LETTER = re.compile(r"[(\[]?(?P<mark>[a-z]|\d{1,2})[)\]]?\.?", re.I)
# "d=(c/b)", "(c/b)*100", "7 = 6/5 x 100", "f = d + e"
_FORMULA = re.compile(
    r"[(\[]?(?:(?P<mark>[a-z]|\d{1,2})[)\]]?\s*=\s*)?[(\[{]*\s*(?:[a-z]|\d{1,3})\s*[)\]}]*(?:\s*[-+*/÷x×:]\s*[(\[{]*(?:[a-z]|\d{1,3})[)\]}]*\s*%?)+",
    re.I,
)
_LEAST = 3
"""Marks that make a row: two letters side by side are also "P" and "E"."""


def without_letters(paths: Sequence[Path]) -> list[Path]:
    """The header paths without a last level of such marks: letters or numbers that count on from column to column, or formulas.

    The marks stand for all columns of figures or for all columns at all, so they rise through the whole header.
    "T1 T2", "I II III IV" and the initials of months count parts of the year, and stay.
    """
    marked = {n: path[-1].strip() for n, path in enumerate(paths) if path and _is_mark(path[-1])}
    formulas = [n for n, text in marked.items() if _is_formula(text)]
    order = [m for text in marked.values() if (m := _mark(text))]
    ranks = [int(m) if m.isdigit() else ord(m.casefold()) for m in order]
    rising = all(a < b for a, b in pairwise(ranks)) and len({m.isdigit() for m in order}) == 1
    if len(marked) < _LEAST or not rising:
        return list(paths)
    if not formulas and order[0].isdigit() and len(marked) < len(paths):
        return list(paths)  # "1 2 3 4" under some of the columns are quarters
    if not formulas and not all(b - a == 1 for a, b in pairwise(ranks)):
        return list(paths)
    return [path[:-1] if n in marked and (len(path) > 1 or formulas) else path for n, path in enumerate(paths)]


def _is_formula(text: str) -> bool:
    return _FORMULA.fullmatch(text.strip()) is not None


def _is_mark(text: str) -> bool:
    return _LETTER.fullmatch(text.strip()) is not None or _is_formula(text)


def _mark(text: str) -> str:
    """The letter or number that a mark counts with; "" for a formula that names no result."""
    match = _LETTER.fullmatch(text) or _FORMULA.fullmatch(text)
    return (match["mark"] or "") if match else ""
