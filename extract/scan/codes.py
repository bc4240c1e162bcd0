"""Codes of actions as their column writes them: O and 0, l and 1, lost and doubled points put right by the grammar of the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ...schema.data_files import read_yaml
from ..pdf.table import PageCell, PageTable

_CODE = re.compile(
    r"(?P<prefix>[A-Z0]{1,4}(?:[.\s]+[A-Z0]{1,4}(?=[.\s]))?)(?P<gap>[.,\s]*)(?P<path>[\dOoIl|]+(?:[.,\s]+[\dOoIl|]+)*)(?P<end>[.,]*)"
)
_PATH = re.compile(r"\d{1,3}(?:\.\d{1,4})*\.?")
_MOST_PATHS, _FEW = 0.8, 0.3
"""The share of a column's cells that are numbers parted by points, and how many begin them at most: figures begin otherwise."""
_DIGITS = str.maketrans("OoIl|", "00111")
_PREFIXES = {found["prefix"] for found in read_yaml(Path(__file__).with_name("codes.yaml")).get("prefixes", ())}
_MOST, _LEAST = 0.6, 3
"""The share of the filled cells of a column that are codes, and of its codes that agree in a sign; so few say nothing of a column."""


def are_paths(texts: Sequence[str]) -> bool:
    """True for a column of codes such as 2.1.1.3, which are no figures.

    Some have three numbers or more; and these are not all of three digits within, as thousands are, or few numbers begin them.
    """
    paths = [t.rstrip(".").split(".") for t in texts if _PATH.fullmatch(t)]
    deep = [p for p in paths if len(p) > 2]
    few = len({p[0] for p in paths}) <= max(2, _FEW * len(paths))
    odd = sum(any(len(n) != 3 for n in p[1:-1]) for p in deep)
    return len(paths) >= _MOST_PATHS * len(texts) and len(deep) >= _LEAST and (few or odd >= _LEAST)


def put_right(table: PageTable) -> None:
    """Rewrites the codes of the columns that hold some; what the engine read is kept beside each that was changed."""
    for k in range(min(table.columns, 4)):
        cells = [c for r in table.body if k < len(r.cells) and (c := r.cells[k]) is not None and c.text]
        found = [(c, m) for c in cells if (m := _CODE.fullmatch(c.text)) and _has_both(m)]
        if len(found) < _LEAST or len(found) < _MOST * sum(c.col_span == 1 for c in cells):
            continue
        gaps, ends = Counter(m["gap"] for _, m in found), Counter(m["end"] for _, m in found)
        gap = _usual(gaps, len(found))
        end = _usual(ends, len(found))
        for cell, m in found:
            _rewrite(cell, m, m["gap"] if gap is None else gap, m["end"] if end is None else end)


def _has_both(m: re.Match[str]) -> bool:
    """A letter and a digit that were read as such: UFI is no code."""
    return any(x.isalpha() for x in m["prefix"]) and any(x.isdigit() for x in m["path"])


def _usual(counts: Counter[str], of: int) -> str | None:
    most, count = counts.most_common(1)[0]
    return most if count >= _MOST * of else None


def _parted(prefix: str) -> tuple[str, str]:
    """A prefix that nobody prints, of which one is that ends before its letters O: these are the first noughts of the number."""
    known = prefix.rstrip("O")
    return (known, "0" * (len(prefix) - len(known))) if prefix not in _PREFIXES and known in _PREFIXES else (prefix, "")


def _rewrite(cell: PageCell, m: re.Match[str], gap: str, end: str) -> None:
    prefix, noughts = _parted(m["prefix"].replace("0", "O")) if not m["gap"] else (m["prefix"].replace("0", "O"), "")
    path = noughts + re.sub(r"[.,\s]+", ".", m["path"].translate(_DIGITS))
    text = f"{prefix}{gap}{path}{end}"
    if text != cell.text:
        cell.reread(text)
