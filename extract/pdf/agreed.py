"""Tables without a grid under one and the same header agree on its names: what one page shows apart is apart on all."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from .content import Box, Word, around
from .layout import PageLayout
from .table import PageCell, PageRow, PageTable

_HELD = 40
"""Pages that are held at once, so that the first ones learn from those behind."""
_ENOUGH = 1 / 3
"""Of the tables of one header, how many must show two names apart."""
_LEAST = 2

Names = tuple[tuple[str, ...], ...]


def agreed(pages: Iterable[PageLayout]) -> Iterator[PageLayout]:
    """The pages, with the tables of one header cut into the same columns."""
    held: list[PageLayout] = []
    for page in pages:
        held.append(page)
        if len(held) >= _HELD:
            yield from _settled(held)
            held = []
    yield from _settled(held)


def _settled(pages: list[PageLayout]) -> list[PageLayout]:
    groups: dict[tuple[str, ...], list[PageTable]] = {}
    for page in pages:
        for piece in page.pieces:
            if isinstance(piece, PageTable) and not piece.ruled and piece.levels and piece.body:
                groups.setdefault(tuple(sorted(w.text for w in _header_words(piece))), []).append(piece)
    for tables in groups.values():
        names = _names(tables) if len(tables) >= _LEAST else ()
        for table in tables if len(names) > _LEAST else ():
            if _shown(table) != names or table.columns != len(names):
                _cut(table, names)
    return pages


def _header_words(table: PageTable) -> list[Word]:
    return [w for row in table.header for c in row.cells if c is not None for w in c.words]


def _shown(table: PageTable) -> Names:
    """The words of each name as the table has them; none where one stands over several columns."""
    columns: list[list[str]] = [[] for _ in range(table.columns)]
    for row in table.header:
        for c, cell in enumerate(row.cells):
            if cell is None or cell.col_span > 1:
                return ()
            columns[c] += cell.text.split()
    return tuple(tuple(words) for words in columns if words)


def _names(tables: Sequence[PageTable]) -> Names:
    """The names that enough of the tables show apart, as long as they print the same words in the same order."""
    shown = [names for t in tables if (names := _shown(t))]
    order = Counter(tuple(w for name in names for w in name) for names in shown).most_common(1)
    if not order:
        return ()
    words = order[0][0]
    ends: Counter[int] = Counter()
    alike = [names for names in shown if tuple(w for name in names for w in name) == words]
    for names in alike:
        end = 0
        for name in names:
            end += len(name)
            ends[end] += 1
    cuts = sorted(e for e, n in ends.items() if n >= max(1, _ENOUGH * len(alike)))
    return tuple(words[a:b] for a, b in zip([0, *cuts[:-1]], cuts, strict=True))


def _cut(table: PageTable, names: Names) -> None:
    """Puts the words of a table into the columns of these names, where blanks through all its rows part them."""
    runs = _runs(_header_words(table), names)
    rows = [r for r in table.body if not (len(r.filled) == 1 and r.filled[0][1].col_span == table.columns)]
    body = [w for r in rows for c in r.cells if c is not None for w in c.words]
    if runs is None or not body:
        return
    inner = []
    for left, right in itertools.pairwise(runs):
        lo, hi = max(w.x1 for w in left), min(w.x0 for w in right)
        # Figures end behind their names: where no text runs over the start of the next name, what lies between is of the one before.
        # Else an edge that the table has itself knows on which side its figures stand.
        own = [x for x in (hi - 0.5, *reversed(table.xs[1:-1])) if lo - 1 <= x <= hi + 1 and not _crossed(x, body)]
        edge = own[0] if own else _blank(lo, hi, body)
        if edge is None:
            return
        inner.append(edge)
    xs = [table.xs[0], *inner, table.xs[-1]]
    placed = [[_within(r, a, b) for a, b in itertools.pairwise(xs)] for r in rows]
    # A column that no row fills is none: the names were parted where the table has but one column.
    if any(not any(words[c] for words in placed) for c in range(len(names))):
        return
    table.xs = xs
    header = PageRow([_cell(run, (a, table.box[1], b, table.box[1])) for run, a, b in zip(runs, xs, xs[1:], strict=False)])
    out = [header]
    for r in table.body:
        if r not in rows:
            band = r.filled[0][1]
            band.col_span = len(names)
            out.append(PageRow([band, *[None] * (len(names) - 1)]))
            continue
        top, bottom = r.box[1], r.box[3]
        out.append(PageRow([_cell(_within(r, a, b), (a, top, b, bottom)) for a, b in itertools.pairwise(xs)]))
    table.rows, table.levels = out, 1


def _runs(words: Sequence[Word], names: Names) -> list[list[Word]] | None:
    """The words of the header for each name, from left to right; None where they do not stand so."""
    left = sorted(words, key=lambda w: w.x0 + w.x1)
    if len(left) != sum(map(len, names)):
        return None
    out: list[list[Word]] = []
    for name in names:
        run, left = left[: len(name)], left[len(name) :]
        if sorted(w.text for w in run) != sorted(name) or (out and min(w.x0 for w in run) <= max(w.x1 for w in out[-1])):
            return None
        out.append(sorted(run, key=lambda w: (round(w.top), w.x0)))
    return out


def _crossed(x: float, words: Sequence[Word]) -> bool:
    return any(w.x0 < x - 0.5 and w.x1 > x + 0.5 for w in words)


def _blank(lo: float, hi: float, words: Sequence[Word]) -> float | None:
    """The middle of the broadest blank that runs down all rows between two names; None where there is none."""
    best, at = 0.0, None
    reached = lo
    for w in sorted((w for w in words if w.x1 > lo and w.x0 < hi), key=lambda w: w.x0):
        if w.x0 - reached > best:
            best, at = w.x0 - reached, (w.x0 + reached) / 2
        reached = max(reached, w.x1)
    return (hi + reached) / 2 if hi - reached > best else at


def _within(row: PageRow, x0: float, x1: float) -> list[Word]:
    return [w for c in row.cells if c is not None for w in c.words if x0 <= (w.x0 + w.x1) / 2 < x1]


def _cell(words: list[Word], field: Box) -> PageCell:
    cell = PageCell(words, around([w.box for w in words]) if words else field)
    cell.settle()
    return cell
