"""Puts cells back into their columns where a span ate a cell, by the shape that each column holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .raw import Cell, Row
from .shape import NUMERIC, Profile, Shape, misfit, profiles, shape

Paths = tuple[tuple[str, ...], ...]

# Costs of one placement; chosen so that a text among figures (3) outweighs any shift, and an even shift beats an uneven one.
_SHIFT_CHANGE = 1.0
_SHIFT_SIZE = 0.05
_DENSE_EMPTY = 1.5
_SPARSE_FILLED = 0.3
_DENSE, _SPARSE = 0.85, 0.6
_MAX_WIDTH = 60
_CLOSE = 0.5


def fit_part(rows: list[Row], paths: Paths, above: list[Row]) -> tuple[list[Row], Paths, bool]:
    """Lays rows printed without a header under the columns of the table above.

    A part may have more columns than the header (a label column that only this page prints) or
    fewer: the offset with the fewest misfits is taken. Returns the rows, the columns (widened where
    the part is wider) and whether they fit at all.
    """
    width = len(paths)
    own = max((len(r.cells) for r in rows), default=0)
    if not rows or (own < 2 and width > 2):
        return rows, paths, False
    columns = profiles([_texts(r) for r in above], width) if above else []
    if own == width or not columns or all(p.shape is None for p in columns):
        return rows, paths, own == width and (not columns or _misfits(rows, columns) <= 1.0)
    best_rows, best_paths, best = rows, paths, float("inf")
    for offset in range(abs(own - width) + 1):
        if own > width:
            moved, wide = rows, ((),) * offset + paths + ((),) * (own - width - offset)
            profile = [Profile(None, 0, False)] * offset + columns + [Profile(None, 0, False)] * (own - width - offset)
        else:
            moved, wide, profile = [_pad(r, offset, width) for r in rows], paths, columns
        cost = _misfits(moved, profile) + _unfilled(moved, profile)
        if cost < best - 1e-9:
            best_rows, best_paths, best = moved, wide, cost
    return best_rows, best_paths, best <= 1.5


def pad_left(rows: list[Row], wide: Paths, paths: Paths) -> list[Row]:
    """Rows of a table that was widened to the left, moved by as many columns."""
    offset = next((o for o in range(len(wide) - len(paths) + 1) if wide[o : o + len(paths)] == paths), 0)
    return [_pad(r, offset, len(wide)) for r in rows] if len(wide) > len(paths) else rows


def _pad(row: Row, left: int, width: int) -> Row:
    blank = Cell("", row.place)
    cells = (blank,) * left + row.cells
    return replace(row, cells=cells + (blank,) * (width - len(cells)))


def _texts(row: Row) -> list[str]:
    return [c.text if c else "" for c in row.cells]


def _misfits(rows: Sequence[Row], columns: Sequence[Profile]) -> float:
    """Mean misfit per row over rows of two cells or more."""
    body = [_texts(r) for r in rows if len(r.filled) > 1]
    if not body:
        return 0.0
    return sum(misfit(t, p) for r in body for t, p in zip(r, columns, strict=False)) / len(body)


def _unfilled(rows: Sequence[Row], columns: Sequence[Profile]) -> float:
    """Mean number of columns per row that are filled above and empty here."""
    body = [_texts(r) for r in rows if len(r.filled) > 1]
    dense = [c for c, p in enumerate(columns) if p.fill >= _DENSE]
    return sum(1 for r in body for c in dense if c >= len(r) or not r[c]) / len(body) if body else 0.0


def realign(rows: list[Row], paths: Paths) -> list[Row]:
    """Moves the cells of rows that break the shape of their columns; all other rows stay as printed.

    A row is moved only where that mends a misfit. Where a second placement is about as good, or a
    short row could not be placed by shape, the row is marked ``doubtful``.
    """
    width = max([len(paths), *(len(r.cells) for r in rows)], default=0)
    blank_padded = [r if len(r.cells) == width else _pad(r, 0, width) for r in rows]
    if width < 3 or width > _MAX_WIDTH:
        return blank_padded
    columns = profiles([_texts(r) for r in blank_padded], width)
    return [_realign_row(row, columns, len(given.cells) < width) for row, given in zip(blank_padded, rows, strict=True)]


def _realign_row(row: Row, columns: Sequence[Profile], short: bool) -> Row:
    texts = _texts(row)
    filled = [c for c, t in enumerate(texts) if t]
    if len(filled) < 2 or any(c is None for c in row.cells):
        return row
    wrong = sum(misfit(texts[c], columns[c]) for c in filled)
    numeric = [c for c in filled if shape(texts[c]) in NUMERIC]
    if wrong == 0 and not (short and numeric):
        return row
    placed = _best_placement([texts[c] for c in filled], filled, columns)
    stay = _cost(texts, filled, filled, columns)
    if placed is None:
        return replace(row, doubtful=wrong > 0)
    targets, cost, second = placed
    if cost >= stay - _CLOSE or targets == filled:
        # As printed is as good as any other placement. A short row of figures may have lost any of its blanks.
        close = second - cost < _CLOSE if targets == filled else True
        return replace(row, doubtful=close and (wrong > 0 or (short and _loses_figures(numeric, columns))))
    blank = Cell("", row.place)
    cells: list[Cell | None] = [blank] * len(columns)
    for source, target in zip(filled, targets, strict=True):
        cells[target] = row.cells[source]
    return replace(row, cells=tuple(cells), moved=True, doubtful=second - cost < _CLOSE)


def _loses_figures(numeric: list[int], columns: Sequence[Profile]) -> bool:
    return len(numeric) < sum(1 for p in columns if p.shape in NUMERIC and p.fill >= _SPARSE)


def _best_placement(texts: list[str], filled: list[int], columns: Sequence[Profile]) -> tuple[list[int], float, float] | None:
    """The cheapest way to lay the texts, in order, into the columns: (columns, cost, cost of the next best other end).

    Dynamic programming over (text, column); cells keep their order. None where there are more texts than columns.
    """
    n, width = len(texts), len(columns)
    if n > width:
        return None
    skipped = [0.0]
    for p in columns:
        skipped.append(skipped[-1] + (_DENSE_EMPTY if p.fill >= _DENSE else 0.0))
    fit = [[misfit(t, p) + (_SPARSE_FILLED if p.fill < _SPARSE and p.shape is Shape.TEXT else 0.0) for p in columns] for t in texts]
    best: list[dict[int, tuple[float, int]]] = []
    for i in range(n):
        layer: dict[int, tuple[float, int]] = {}
        for c in range(i, width - (n - 1 - i)):
            own = fit[i][c] + _SHIFT_SIZE * abs(c - filled[i])
            if i == 0:
                layer[c] = (own + skipped[c] + (_SHIFT_CHANGE * 0.5 if c != filled[0] else 0.0), -1)
                continue
            options = [
                (cost + skipped[c] - skipped[p + 1] + (_SHIFT_CHANGE if c - filled[i] != p - filled[i - 1] else 0.0), p)
                for p, (cost, _) in best[-1].items()
                if p < c
            ]
            if options:
                cost, p = min(options)
                layer[c] = (cost + own, p)
        best.append(layer)
    ends = sorted((cost + skipped[width] - skipped[c + 1], c) for c, (cost, _) in best[-1].items())
    if not ends:
        return None
    cost, c = ends[0]
    targets = [c]
    for i in range(n - 1, 0, -1):
        targets.append(best[i][targets[-1]][1])
    second = ends[1][0] if len(ends) > 1 else float("inf")
    return targets[::-1], cost, second


def _cost(texts: list[str], filled: list[int], targets: list[int], columns: Sequence[Profile]) -> float:
    """The cost of leaving a row as it is, on the same scale as ``_best_placement``."""
    cost = sum(misfit(texts[c], columns[t]) for c, t in zip(filled, targets, strict=True))
    cost += sum(_SPARSE_FILLED for t in targets if columns[t].fill < _SPARSE and columns[t].shape is Shape.TEXT)
    empty = set(range(len(columns))) - set(targets)
    return cost + sum(_DENSE_EMPTY for c in empty if columns[c].fill >= _DENSE)
