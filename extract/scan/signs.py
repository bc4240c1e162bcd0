"""Decimal signs of a worn print: a comma without its tail is read as a point, so columns that show both are settled, and say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..pdf.table import PageCell, PageTable

_DECIMAL = re.compile(r"([-(]?\d+)([.,])(\d{1,2}\)?\s?%?)")
"""A figure with decimals and without thousands. Three digits behind a sign may be thousands."""
_BOTH = re.compile(r"\D*\d{1,3}(?:([.,])\d{3})+(?!\1)[.,]\d{1,2}\D*")
_TAILS, _LEAST = 2, 0.1
"""Commas that were seen as such in the columns of a table that show both signs, and their share, from which these have commas: of fewer a
speck beside a point may make one."""
_CHANCE = 0.05
"""The chance that a column of commas shows none, from which it is doubtful that it has points."""


def settle(table: PageTable) -> None:
    """Gives the columns of a table that show both signs the comma, doubtful where a point was read.

    How many tails were lost in them says whether a column of points only may have lost all of its own: then it is doubtful.
    """
    columns = [found for k in range(table.columns) if (found := _figures(table, k))]
    mixed = [found for found in columns if 0 < _commas(found) < len(found)]
    seen, of = sum(map(_commas, mixed)), sum(map(len, mixed))
    if seen < max(_TAILS, _LEAST * of):
        for cell in (cell for found in mixed for cell, m in found if m[2] == ","):
            cell.doubt()
        return
    for found in columns:
        points = [(cell, m) for cell, m in found if m[2] == "."]
        if found in mixed:
            for cell, m in points:
                cell.readings, cell.text = (cell.text, *cell.readings), f"{m[1]},{m[3]}"
        if found in mixed or (len(points) == len(found) and (1 - seen / of) ** len(found) > _CHANCE):
            for cell, _ in points:
                cell.doubt()


def _figures(table: PageTable, column: int) -> list[tuple[PageCell, re.Match[str]]]:
    """The figures of a column that show one sign; none where others show their thousands too: these tell both signs."""
    cells = [c for r in table.body if column < len(r.cells) and (c := r.cells[column]) is not None]
    if any(_BOTH.fullmatch(c.text) for c in cells):
        return []
    return [(c, m) for c in cells if (m := _DECIMAL.fullmatch(c.text))]


def _commas(found: Sequence[tuple[PageCell, re.Match[str]]]) -> int:
    return sum(m[2] == "," for _, m in found)
