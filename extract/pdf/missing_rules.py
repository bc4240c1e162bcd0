"""Rules that a grid does not draw: the edges of bands shaded over its whole width, and columns that only their figures part."""

from __future__ import annotations

from collections.abc import Sequence

from .columns import edges
from .content import Box, Rule, Word
from .grid import Grid, GridCell
from .lines import Line, Phrase, is_figure, lines_of, phrases
from .rules import Frame
from .table import PageTable

_NEAR = 3.0
"""Points by which the edge of a band may miss that of the grid, or the end of an upright rule."""
_ENDS = 3
"""Upright rules that end at an edge which parts rows."""
_LEAST, _MOST = 3, 0.5
"""Cells that show the columns within one field of a grid, and their share of those with text."""


def add_shaded_edges(found: Sequence[Frame], fills: Sequence[Box], uprights: Sequence[Rule]) -> None:
    """Gives each frame the edges of the bands shaded over its width as rules, where ``uprights`` as drawn end and no rule is drawn."""
    for frame in found:
        if not frame.vertical or not frame.horizontal:
            continue
        x0, top, x1, bottom = frame.box
        bands = [b for b in fills if abs(b[0] - x0) < _NEAR and abs(b[2] - x1) < _NEAR and b[3] - b[1] < 0.5 * (bottom - top)]
        for y in sorted({y for b in bands for y in (b[1], b[3]) if top + _NEAR < y < bottom - _NEAR}):
            drawn = any(abs(r.at - y) < _NEAR and r.hi - r.lo > 0.5 * (x1 - x0) for r in frame.horizontal)
            ends = sum(abs(v.lo - y) < _NEAR or abs(v.hi - y) < _NEAR for v in uprights if x0 - _NEAR < v.at < x1 + _NEAR)
            if not drawn and ends >= _ENDS:
                frame.horizontal.append(Rule(y, x0, x1))


def is_open(table: PageTable) -> bool:
    """A grid that leaves out most of its columns: its cells hold rows of several figures side by side."""
    wide = 0
    for row in table.rows:
        for cell in row.cells:
            if cell is not None and len(cell.words) > 2 and sum(is_figure(w.text) for w in cell.words) > 2:
                for line in lines_of(phrases(cell.words)):
                    wide += sum(is_figure(p.text) for p in line.phrases) > 2
    return wide > 1 and wide >= 0.3 * len(table.rows)


def parted_columns(grid: Grid, words: Sequence[Word]) -> Grid | None:
    """The grid with its wide fields parted where their texts stand in columns that its header names; None where none does."""
    inner = {c: xs for c in range(grid.columns) if (xs := _inner_edges(grid, c, words))}
    if not inner:
        return None
    new: list[float] = []
    first: list[int] = []
    for c in range(grid.columns):
        first.append(len(new))
        new += [grid.xs[c], *inner.get(c, ())]
    first.append(len(new))
    new.append(grid.xs[-1])
    cells: list[GridCell] = []
    for cell in grid.cells:
        start, end = first[cell.col], first[cell.col + cell.col_span]
        xs = new[start : end + 1]
        if cell.col_span == 1 and end - start > 1 and not _crosses(cell, words, xs[1:-1]):
            cells += [
                GridCell(cell.row, start + k, cell.row_span, 1, (xs[k], cell.box[1], xs[k + 1], cell.box[3])) for k in range(end - start)
            ]
        else:
            cells.append(GridCell(cell.row, start, cell.row_span, end - start, cell.box))
    return Grid(new, list(grid.ys), sorted(cells, key=lambda c: (c.row, c.col)))


def _inner_edges(grid: Grid, column: int, words: Sequence[Word]) -> list[float]:
    """Where the texts of one column of a grid part into several; empty where they do not, or where no header names each of them."""
    cells = [lines for cell in grid.cells if cell.col == column and cell.col_span == 1 and (lines := _lines(cell, words))]
    multi = [lines for lines in cells if any(len(line.phrases) > 1 for line in lines)]
    if len(multi) < _LEAST or len(multi) < _MOST * len(cells):
        return []
    xs = edges([line for lines in cells for line in lines])
    inner = [x for x in xs[1:-1] if grid.xs[column] < x < grid.xs[column + 1]]
    if any(p.x0 + 1 < x < p.x1 - 1 for line in cells[0] for p in line.phrases for x in inner):
        return []
    named = {sum(x < (p.x0 + p.x1) / 2 for x in inner) for line in cells[0] for p in line.phrases}
    return inner if inner and len(named) == len(inner) + 1 and not _has_figures(cells[0]) else []


def _has_figures(lines: Sequence[Line]) -> bool:
    return any(is_figure(p.text) for line in lines for p in line.phrases)


def _lines(cell: GridCell, words: Sequence[Word]) -> list[Line]:
    return lines_of(_phrases(cell, words))


def _phrases(cell: GridCell, words: Sequence[Word]) -> list[Phrase]:
    x0, top, x1, bottom = cell.box
    mine = [w for w in words if not w.angle and x0 <= (w.x0 + w.x1) / 2 < x1 and top <= (w.top + w.bottom) / 2 < bottom]
    return phrases(mine)


def _crosses(cell: GridCell, words: Sequence[Word], inner: Sequence[float]) -> bool:
    return any(p.x0 + 1 < x < p.x1 - 1 for p in _phrases(cell, words) for x in inner)
