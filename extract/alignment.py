"""Puts cells back into their columns where a span ate a cell, by the shape that each column holds.

A row is moved only where that mends a misfit. Where several placements are about as good, the cells
that stand in different columns in them are said to be unsure: their figures are then ambiguous.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .raw import Cell, Row
from .shape import NUMERIC, Profile, Shape, is_code, is_year, misfit, profiles, shape

Paths = tuple[tuple[str, ...], ...]

# Costs of one placement; chosen so that a text among figures (3) outweighs any shift, and an even shift beats an uneven one.
_SHIFT_CHANGE = 1.0
_SHIFT_SIZE = 0.05
_DENSE_EMPTY = 1.5
_SPARSE_FILLED = 0.3
_DENSE, _SPARSE = 0.85, 0.6
_MAX_WIDTH = 60
# Placements whose cost is this near the best are as good as it.
_CLOSE = 0.6
# A row that lost cells may have lost any of its blanks: one more break in its order costs little.
_CLOSE_SHORT = 1.2
_ENOUGH = 3
_KEPT = 12
# A part that is narrower or wider than its table by more columns than this is another table.
_MAX_OFFSET = 12
_SAMPLE = 200


def part_shapes(rows: list[Row], paths: Paths) -> list[Profile]:
    """What the columns of a table hold so far; empty where it has no rows yet."""
    return profiles([_texts(r) for r in rows], len(paths)) if rows else []


def fit_part(rows: list[Row], paths: Paths, columns: list[Profile]) -> tuple[list[Row], Paths, bool]:
    """Lays rows printed without a header under the columns of the table above, whose shapes are ``columns``.

    A part may have more columns than the header (a label column that only this page prints) or
    fewer: the offset with the fewest misfits is taken. Returns the rows, the columns (widened where
    the part is wider) and whether they fit at all.
    """
    width = len(paths)
    own = max((len(r.cells) for r in rows), default=0)
    if not rows or (own < 2 and width > 2):
        return rows, paths, False
    if own == width or not columns or all(p.shape is None for p in columns):
        return rows, paths, own == width and (not columns or _misfits(rows, columns) <= 1.0)
    if abs(own - width) > _MAX_OFFSET:
        return rows, paths, False
    sample, best_offset, best = rows[:_SAMPLE], 0, float("inf")
    unknown = Profile(None, 0, False)
    for offset in range(abs(own - width) + 1):
        if own > width:
            moved, profile = sample, [unknown] * offset + columns + [unknown] * (own - width - offset)
        else:
            moved, profile = [pad(r, offset, width) for r in sample], columns
        cost = _misfits(moved, profile) + _unfilled(moved, profile)
        if cost < best - 1e-9:
            best_offset, best = offset, cost
    if own > width:
        return rows, ((),) * best_offset + paths + ((),) * (own - width - best_offset), best <= 1.5
    return [pad(r, best_offset, width) for r in rows], paths, best <= 1.5


def pad_left(rows: list[Row], wide: Paths, paths: Paths) -> list[Row]:
    """Rows of a table that was widened to the left, moved by as many columns."""
    offset = next((o for o in range(len(wide) - len(paths) + 1) if wide[o : o + len(paths)] == paths), 0)
    return [pad(r, offset, len(wide)) for r in rows] if len(wide) > len(paths) else rows


def pad(row: Row, left: int, width: int) -> Row:
    """The row with so many blank cells before it, and as many behind it as make it ``width`` wide."""
    blank = Cell("", row.place)

    def wide(cells: tuple[Cell | None, ...]) -> tuple[Cell | None, ...]:
        return (blank,) * left + cells + (blank,) * (width - left - len(cells))

    return replace(row, cells=wide(row.cells), unsure=frozenset(c + left for c in row.unsure), rivals=tuple(map(wide, row.rivals)))


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


def column_shapes(rows: list[Row], paths: Paths) -> list[Profile] | None:
    """What the columns of a table hold, from its rows in full width; None where it has too few of them to tell."""
    width = usual_width(rows, len(paths))
    full = [r for r in rows if len(r.cells) == width and len(r.filled) > 1]
    return profiles([_texts(r) for r in full if not _shares_a_cell(r)], width) if len(full) >= _ENOUGH else None


def _shares_a_cell(row: Row) -> bool:
    """A row whose code and text stand in one cell: the blank beside it says nothing of its column."""
    return any(is_code(c.text) and shape(c.text) is Shape.TEXT for _, c in row.filled[:1])


def realign(rows: list[Row], paths: Paths, alike: list[Profile] | None = None) -> list[Row]:
    """Moves the cells of rows that break the shape of their columns; all other rows stay as printed.

    The shape of a column is that of the rows printed in full width. ``alike`` are the shapes of another
    table with this header, for a table that has too few rows to tell its own. Rows that are too wide
    (a cell more than the table has columns) are laid by shape too.
    """
    width = usual_width(rows, len(paths))
    if width < 3 or width > _MAX_WIDTH:
        wide = max([len(paths), *(len(r.cells) for r in rows)], default=0)
        return [r if len(r.cells) == wide else pad(r, 0, wide) for r in rows]
    full = [r for r in rows if len(r.cells) == width and len(r.filled) > 1]
    columns = column_shapes(rows, paths) or (alike if alike is not None and len(alike) == width else None)
    if columns is None:
        columns = profiles([_texts(r) for r in (full if len(full) >= 2 else rows)], width)
    columns = [_as_headed(p, path) for p, path in zip(columns, (*paths, *((),) * (width - len(paths))), strict=False)]
    known: dict[tuple[object, ...], _Placement] = {}
    return [_realign_row(row, columns, known) for row in rows]


def _as_headed(profile: Profile, path: tuple[str, ...]) -> Profile:
    """A column with a percent sign in its header is one of percentages, unless its cells print plain figures ("PESO (%)")."""
    plain = profile.shape is Shape.FIGURE and profile.pure
    if not plain and profile.shape in (Shape.FIGURE, Shape.PERCENT, None) and any("%" in text for text in path):
        return replace(profile, shape=Shape.PERCENT)
    return profile


def usual_width(rows: list[Row], header: int) -> int:
    """The width of the table: that of its header or of most rows, whichever is more; stray wider rows do not widen it."""
    if not rows:
        return header
    usual, count = Counter(len(r.cells) for r in rows).most_common(1)[0]
    widest = max(len(r.cells) for r in rows)
    if widest > max(usual, header) and 3 * sum(1 for r in rows if len(r.cells) > max(usual, header)) > len(rows):
        return widest
    return max(usual if count > 1 else widest, header)


@dataclass(frozen=True, slots=True)
class _Placement:
    """Where the filled cells of a row go, and which columns differ in placements that are as good."""

    targets: tuple[int, ...] | None
    unsure: frozenset[int] = frozenset()
    rivals: tuple[tuple[int, ...], ...] = ()


def _realign_row(row: Row, columns: Sequence[Profile], known: dict[tuple[object, ...], _Placement]) -> Row:
    width, printed = len(columns), len(row.cells)
    given = row if printed >= width else pad(row, 0, width)
    filled = [(c, cell) for c, cell in enumerate(row.cells) if cell is not None and cell.text]
    if any(c is None for c in row.cells) or len(filled) < 2:
        return given if printed <= width or (filled and filled[-1][0] >= width) else replace(given, cells=given.cells[:width])
    wrong = sum(misfit(cell.text, columns[c]) for c, cell in filled if c < width)
    numeric = any(shape(cell.text) in NUMERIC for _, cell in filled)
    overflow = filled[-1][0] >= width
    if wrong == 0 and not overflow and not (printed < width and numeric):
        return given if printed <= width else replace(given, cells=given.cells[:width])
    key = (printed, *((c, shape(cell.text), is_year(cell.text)) for c, cell in filled))
    if key not in known:
        known[key] = _place([cell.text for _, cell in filled], [c for c, _ in filled], columns, printed)
    placement = known[key]
    if placement.targets is None:
        # More cells than columns: nothing is thrown away, and nothing is sure.
        return replace(given, unsure=frozenset(range(width)))
    contents = [cell for _, cell in filled]
    rivals = tuple(_laid(contents, t, width, row) for t in placement.rivals)
    cells = _laid(contents, placement.targets, width, row)
    moved = placement.targets != tuple(c for c, _ in filled)
    unsure = placement.unsure
    if moved:
        # A figure that every other row prints and this one has no cell for was pushed off, not left blank.
        lost = {c for c, p in enumerate(columns) if p.shape in NUMERIC and p.fill >= _DENSE and c not in placement.targets}
        unsure |= lost
    return replace(row, cells=cells, moved=moved, unsure=unsure, rivals=rivals)


def _laid(contents: Sequence[Cell], targets: Sequence[int], width: int, row: Row) -> tuple[Cell | None, ...]:
    cells: list[Cell | None] = [Cell("", row.place)] * width
    for cell, target in zip(contents, targets, strict=True):
        cells[target] = cell
    return tuple(cells)


def _place(texts: list[str], filled: list[int], columns: Sequence[Profile], printed: int) -> _Placement:
    """The best placement of a row's filled cells, in order; as printed where nothing is clearly better."""
    found = _best_placements(texts, filled, columns)
    if not found:
        return _Placement(None)
    short = printed < len(columns)
    close = _CLOSE_SHORT if short and any(shape(t) in NUMERIC for t in texts) else _CLOSE
    as_printed = tuple(filled)
    if filled[-1] < len(columns):
        stay = _cost(texts, filled, columns)
        if stay <= found[0][0] + _CLOSE:
            found = [(stay, as_printed), *(f for f in found if f[1] != as_printed)]
    cost, targets = found[0]
    # A misfit that no placement mends is the cell's own (a word where a figure was due), not a doubt of place.
    worst = _misfit(texts, targets, columns)
    rivals = [t for c, t in found[1:] if c <= cost + close and _misfit(texts, t, columns) <= worst]
    unsure: set[int] = set()
    for rival in rivals:
        for ours, theirs in zip(targets, rival, strict=True):
            if ours != theirs:
                unsure |= {ours, theirs}
    if targets == as_printed and short:
        # Cells that are not printed at all, where every other row has a figure, were cut off rather than blank.
        unsure |= {c for c in range(printed, len(columns)) if columns[c].shape in NUMERIC and columns[c].fill >= _DENSE}
    return _Placement(targets, frozenset(unsure), tuple(rivals))


def _best_placements(texts: list[str], filled: list[int], columns: Sequence[Profile]) -> list[tuple[float, tuple[int, ...]]]:
    """The cheapest ways to lay the texts, in order, into the columns: (cost, columns), best first; empty where they do not fit.

    Dynamic programming over (text, column) that keeps the few best paths of each state.
    """
    n, width = len(texts), len(columns)
    if n > width:
        return []
    skipped = [0.0]
    for p in columns:
        skipped.append(skipped[-1] + (_DENSE_EMPTY if p.fill >= _DENSE else 0.0))
    fit = [[misfit(t, p) + _sparse(p) for p in columns] for t in texts]
    layer: dict[int, list[tuple[float, tuple[int, ...]]]] = {}
    for i in range(n):
        above, layer = layer, {}
        for c in range(i, width - (n - 1 - i)):
            own = fit[i][c] + _SHIFT_SIZE * abs(c - filled[i])
            if i == 0:
                layer[c] = [(own + skipped[c] + (_SHIFT_CHANGE * 0.5 if c != filled[0] else 0.0), (c,))]
                continue
            options = [
                (cost + own + skipped[c] - skipped[p + 1] + (_SHIFT_CHANGE if c - filled[i] != p - filled[i - 1] else 0.0), (*path, c))
                for p, paths in above.items()
                if p < c
                for cost, path in paths
            ]
            layer[c] = sorted(options)[:_KEPT]
    ends = [(cost + skipped[width] - skipped[c + 1], path) for c, paths in layer.items() for cost, path in paths]
    return sorted(ends)[:_KEPT]


def _misfit(texts: Sequence[str], targets: Sequence[int], columns: Sequence[Profile]) -> float:
    return sum(misfit(t, columns[c]) for t, c in zip(texts, targets, strict=True))


def _sparse(profile: Profile) -> float:
    return _SPARSE_FILLED if profile.fill < _SPARSE and profile.shape is Shape.TEXT else 0.0


def _cost(texts: list[str], filled: list[int], columns: Sequence[Profile]) -> float:
    """The cost of leaving a row as it is, on the same scale as ``_best_placements``."""
    cost = sum(misfit(t, columns[c]) + _sparse(columns[c]) for t, c in zip(texts, filled, strict=True))
    empty = set(range(len(columns))) - set(filled)
    return cost + sum(_DENSE_EMPTY for c in empty if columns[c].fill >= _DENSE)
