"""Tables between rules: words put into the cells of a grid, and bands without rules parted into rows by their lines."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from .broken_words import mend
from .content import Word
from .grid import Grid, GridCell
from .lines import Line, Phrase, is_figure, lines_of, phrases
from .rows import LineRow, rows_of
from .table import PageCell, PageRow, PageTable

_SLIVER = 14.0
"""Points: a column that narrow without a single text is the space between two rules."""


def table_of(grid: Grid, words: list[Word], page: int) -> PageTable:
    """The table of a grid with its words (all within its box)."""
    upright = [w for w in words if not w.angle]
    found = phrases(upright)
    fields = {
        (r, c): cell
        for cell in grid.cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.col, cell.col + cell.col_span)
    }
    for cell in grid.cells:
        cell.words = []
    for p in found:
        _place(p, grid, fields)
    for run in _turned_runs(words):
        _place_turned(run, grid, fields)
    cells = [part for cell in grid.cells for part in _parted(cell, grid)]
    rows = _rows(grid, cells)
    table = PageTable(page, list(grid.xs), rows, grid.box, ruled=True)
    _without_slivers(table)
    mend(table)
    return table


def _field(grid: Grid, fields: dict[tuple[int, int], GridCell], x: float, y: float) -> GridCell | None:
    return fields.get((_between(grid.ys, y), _between(grid.xs, x)))


def _between(edges: list[float], at: float) -> int:
    """Which stretch between two edges a position lies in; the outermost where it lies beyond."""
    return min(max(bisect_right(edges, at) - 1, 0), len(edges) - 2)


def _place(p: Phrase, grid: Grid, fields: dict[tuple[int, int], GridCell]) -> None:
    """Puts a phrase into its cell. Words that the file prints at once, a blank apart, stay together, even over a rule."""
    run: list[Word] = []
    for word in [*p.words, None]:
        if run and (word is None or word.span != run[-1].span):
            _place_run(run, grid, fields)
            run = []
        if word is not None:
            run.append(word)


def _place_run(run: list[Word], grid: Grid, fields: dict[tuple[int, int], GridCell]) -> None:
    row = _between(grid.ys, (run[0].top + run[0].bottom) / 2)
    homes = [fields.get((row, _between(grid.xs, (w.x0 + w.x1) / 2))) for w in run]
    if any(h is not homes[0] for h in homes) and not _apart(run, homes):
        weight: Counter[int] = Counter()
        by_id = {id(h): h for h in homes}
        for w, h in zip(run, homes, strict=True):
            weight[id(h)] += round(10 * (w.x1 - w.x0))
        home = by_id[weight.most_common(1)[0][0]]
        homes = [home] * len(run)
    for w, h in zip(run, homes, strict=True):
        if h is not None:
            h.words.append(w)


def _turned_runs(words: list[Word]) -> list[list[Word]]:
    """The turned words, those together that the file prints at once on one line."""
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for w in words:
        if w.angle:
            lines.setdefault((w.span, w.angle, round((w.x0 + w.x1) / w.height)), []).append(w)
    return list(lines.values())


def _place_turned(run: list[Word], grid: Grid, fields: dict[tuple[int, int], GridCell]) -> None:
    """Puts turned text into the cell that holds most of it: a name may be longer than its cell is high."""
    held: Counter[int] = Counter()
    homes = {}
    for w in run:
        if cell := _field(grid, fields, (w.x0 + w.x1) / 2, (w.top + w.bottom) / 2):
            held[id(cell)] += len(w.text)
            homes[id(cell)] = cell
    if held:
        homes[held.most_common(1)[0][0]].words += run


def _apart(run: list[Word], homes: list[GridCell | None]) -> bool:
    """True where each side of the rule holds figures of its own, so that the file printed a whole row at once."""
    sides: dict[int, list[str]] = {}
    for w, h in zip(run, homes, strict=True):
        sides.setdefault(id(h), []).append(w.text)
    return sum(is_figure(" ".join(ts)) for ts in sides.values()) >= len(sides) - 1 and not any(
        h is not None and (w.x0 < h.box[0] - 1.5 or w.x1 > h.box[2] + 1.5) for w, h in zip(run, homes, strict=True)
    )


def _parted(cell: GridCell, grid: Grid) -> list[GridCell]:
    """A cell over several columns as one cell a column, where a rule is missing: each column's text stands on its own side."""
    if cell.col_span == 1 or not cell.words or any(w.angle for w in cell.words):
        return [cell]
    found = phrases(cell.words)
    edges = grid.xs[cell.col : cell.col + cell.col_span + 1]
    groups: list[list[Phrase]] = [[] for _ in range(cell.col_span)]
    for p in found:
        lo, hi = bisect_right(edges, p.x0 + 1) - 1, bisect_right(edges, p.x1 - 1) - 1
        if lo != hi or not 0 <= lo < cell.col_span:
            return [cell]
        groups[lo].append(p)
    filled = [g for g in groups if g]
    if len(filled) < 2 or not any(is_figure(p.text) for g in filled[1:] for p in g):
        return [cell]
    out = []
    for k, group in enumerate(groups):
        box = (edges[k], cell.box[1], edges[k + 1], cell.box[3])
        out.append(GridCell(cell.row, cell.col + k, cell.row_span, 1, box, [w for p in group for w in p.words]))
    return out


def _rows(grid: Grid, cells: list[GridCell]) -> list[PageRow]:
    table: list[list[PageCell | None]] = [[None] * grid.columns for _ in range(grid.rows)]
    for cell in cells:
        table[cell.row][cell.col] = PageCell(cell.words, cell.box, cell.row_span, cell.col_span)
    out: list[PageRow] = []
    loose = [_is_loose(row) for row in table]
    for r, row in enumerate(table):
        # A table that leaves out rules between some rows may do so between any: there a heading stands under a row.
        split = _split_band(grid, r, row) if loose[r] or (r and any(loose) and _is_plain(row)) else None
        out += split if split else [PageRow(row)]
    for row in out:
        for cell in row.cells:
            if cell is not None:
                cell.settle()
    return [r for r in out if any(c is not None for c in r.cells)]


def _is_plain(row: list[PageCell | None]) -> bool:
    return len(row) > 1 and all(c is not None and c.row_span == 1 and c.col_span == 1 for c in row)


def _is_loose(row: list[PageCell | None]) -> bool:
    """A band that holds several rows: figures under each other in its columns, and as many lines of names."""
    if not _is_plain(row):
        return False
    if not any(c is not None and sum(is_figure(w.text) for w in c.words) > 1 for c in row):
        return False
    columns = [phrases(c.words) for c in row if c is not None]
    stacked = [sum(is_figure(p.text) for p in ps) for ps in columns]
    most = max(stacked)
    if most < 2 or not any(n >= 2 and n >= 0.7 * len(ps) for n, ps in zip(stacked, columns, strict=True)):
        return False
    return len(lines_of(columns[0])) >= 0.6 * most


def _split_band(grid: Grid, r: int, row: list[PageCell | None]) -> list[PageRow] | None:
    """A band between two rules as the rows that its lines are. None where that is one row."""
    columns = [phrases(c.words) for c in row if c is not None]
    homes = {id(p): c for c, ps in enumerate(columns) for p in ps}
    lines = lines_of([p for ps in columns for p in ps])
    found = rows_of_cells(lines, homes, grid.xs)
    if len(found) < 2:
        return None
    out = []
    for k, line_row in enumerate(found):
        top = grid.ys[r] if k == 0 else (found[k - 1].bottom + line_row.top) / 2
        bottom = grid.ys[r + 1] if k == len(found) - 1 else (line_row.bottom + found[k + 1].top) / 2
        out.append(PageRow([PageCell(line_row.words(c), (grid.xs[c], top, grid.xs[c + 1], bottom)) for c in range(grid.columns)]))
    return out


def rows_of_cells(lines: list[Line], homes: dict[int, int], xs: list[float]) -> list[LineRow]:
    """Like ``rows_of``, for phrases whose column is known: text that runs over a rule stays in its own."""
    boxed = []
    for line in lines:
        parts = []
        for p in line.phrases:
            c = homes[id(p)]
            # Seen from its column only, so that it is found there again.
            x0, x1 = max(p.x0, xs[c] + 0.6), min(p.x1, xs[c + 1] - 0.6)
            parts.append(Phrase(p.words, min(x0, x1), p.top, max(x0, x1), p.bottom))
        parts.sort(key=lambda p: p.x0)
        boxed.append(Line(parts, line.top, line.bottom))
    return rows_of(boxed, xs, ruled=True)


def _without_slivers(table: PageTable) -> None:
    """Drops columns and rows that are the gap between two rules: narrow, and without text."""
    keep = [
        c
        for c in range(table.columns)
        if table.xs[c + 1] - table.xs[c] > _SLIVER or any(row.cells[c] is not None and row.cells[c].text for row in table.rows)  # type: ignore[union-attr]
    ]
    if len(keep) < table.columns:
        for row in table.rows:
            for c, cell in enumerate(row.cells):
                if cell is not None and cell.col_span > 1:
                    cell.col_span = max(sum(1 for k in range(c, c + cell.col_span) if k in keep), 1)
                    if c not in keep:
                        target = next((k for k in keep if k > c), None)
                        if target is not None and row.cells[target] is None:
                            row.cells[target] = cell
            row.cells = [row.cells[c] for c in keep]
        table.xs = [table.xs[c] for c in keep] + [table.xs[-1]]
    kept = [r for r, row in enumerate(table.rows) if not _is_sliver(row)]
    if len(kept) < len(table.rows):
        there = set(kept)
        for r, row in enumerate(table.rows):
            for cell in row.cells:
                if cell is not None and cell.row_span > 1:
                    cell.row_span = max(sum(1 for k in range(r, r + cell.row_span) if k in there), 1)
        table.rows = [table.rows[r] for r in kept]


def _is_sliver(row: PageRow) -> bool:
    boxes = [c.box for c in row.cells if c is not None]
    return not boxes or (not row.filled and min(b[3] - b[1] for b in boxes) < 5)
