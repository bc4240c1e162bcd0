"""Names that are turned by a quarter and stand over the columns of a table without a grid: they become its header."""

from __future__ import annotations

from collections.abc import Sequence

from .content import Rule, Word, around
from .header_names import header_rows
from .lines import Phrase, is_figure, lines_of, phrase, phrases
from .table import PageTable

_LEAST = 2
"""Turned names side by side that head columns; a single one is a label along the edge of a table."""
_NEAR = 3.0
"""Of the type's size: what may lie between the names and the first row, a rule with its margins."""
_LEADING = 0.6
"""Of the type's size: the lines of one turned name stand closer than this."""
_OVER = 1.2
"""Of the type's size: a line that close above the turned names holds names over several of them. A name of a column that has
no turned one may stand as far above them as the longest is high."""


def take_turned_names(table: PageTable, words: Sequence[Word], rules: Sequence[Rule]) -> None:
    """Gives a table without a grid the header that turned names make, with the upright names beside and above them.

    ``words`` are those of the page that are in no table. The names must be as many as the columns, since texts that are
    turned do not stand over the middle of their figures; else the table keeps what it has.
    """
    first = next((k for k, r in enumerate(table.rows) if any(c and is_figure(cell.text) for c, cell in r.filled)), None)
    if table.ruled or first is None:
        return
    names = _zone(table, [w for w in words if w.angle in (90, 270)], table.rows[first].box[1])
    if len(names) < _LEAST:
        return
    box = around([w.box for name in names for w in name])
    size = names[0][0].height
    upright = [w for w in words if not w.angle] + [w for r in table.rows[:first] for c in r.cells if c is not None for w in c.words]
    left, right = table.xs[0] - size, table.xs[-1] + size
    high = box[3] - box[1]
    beside = [w for w in upright if box[1] - high < (w.top + w.bottom) / 2 < box[3] and left < w.x0 and w.x1 < right]
    found = phrases(sorted(beside, key=lambda w: (w.span, w.order, w.x0)))
    near = [r for r in rules if box[1] - high < r.at < box[3] and r.hi - r.lo < 0.8 * (right - left)]
    covering = [p for p in found if any(p.x0 - size < _middle(n) < p.x1 + size for n in names)]
    over = [p for p in found if _underlined(p, near) or (p in covering and (p.middle > box[1] - _OVER * size or _is_beside(p, found)))]
    alone = [p for p in found if p not in over and p not in covering]
    columns = sorted([*names, *_stacked(alone)], key=_middle)
    if len(columns) != table.columns:
        return
    end = table.rows[first].box[1] - 1
    # As if they were set upright right above the first row, each within its column.
    leaves = [Phrase(n, table.xs[c] + 3, end - size, table.xs[c] + 4, end) for c, n in enumerate(columns)]
    header = header_rows([*over, *leaves], table.xs, near)
    single = {id(w) for row in header for cell in row.cells if cell is not None and cell.col_span == 1 for w in cell.words}
    if any(id(w) in single for p in over for w in p.words):
        return  # over which columns it stands is not seen
    table.rows = [*header, *table.rows[first:]]
    table.levels = len(header)
    table.box = around([table.box, box])


def _zone(table: PageTable, turned: Sequence[Word], top: float) -> list[list[Word]]:
    """The turned names right above the row that begins at ``top``, from left to right, each the words of its lines."""
    mine = [w for w in turned if table.xs[0] - w.height < (w.x0 + w.x1) / 2 < table.xs[-1] + w.height and w.bottom <= top + 1]
    low = max((w.bottom for w in mine), default=0.0)
    lowest = next((w for w in mine if w.bottom == low), None)
    if lowest is None or top - low > _NEAR * lowest.height:
        return []
    zone_top = low
    for w in sorted(mine, key=lambda w: -w.bottom):
        if w.bottom < zone_top - 2 * w.height:
            break
        zone_top = min(zone_top, w.top)
    names: list[list[Word]] = []
    for w in sorted((w for w in mine if w.top >= zone_top - 1), key=lambda w: w.x0):
        if names and w.x0 - max(v.x1 for v in names[-1]) < _LEADING * w.height:
            names[-1].append(w)
        else:
            names.append([w])
    return names


def _underlined(p: Phrase, near: Sequence[Rule]) -> bool:
    return any(p.middle < r.at < p.bottom + p.size and r.lo < p.x0 + 3 and r.hi > p.x1 - 3 for r in near)


def _is_beside(p: Phrase, found: Sequence[Phrase]) -> bool:
    """A name among others on its line; a title stands alone."""
    return any(q is not p and abs(q.middle - p.middle) < 0.5 * p.size for q in found)


def _stacked(found: Sequence[Phrase]) -> list[list[Word]]:
    """The words of upright names, the lines of each together."""
    names: list[Phrase] = []
    for line in lines_of(found):
        for p in line.phrases:
            above = next((n for n in names if min(n.x1, p.x1) > max(n.x0, p.x0)), None)
            if above is None:
                names.append(p)
            else:
                names[names.index(above)] = phrase([*above.words, *p.words])
    return [n.words for n in names]


def _middle(words: Sequence[Word]) -> float:
    return (min(w.x0 for w in words) + max(w.x1 for w in words)) / 2
