"""Tables whose columns upright rules or shaded rows tell, and whose rows nothing parts."""

from __future__ import annotations

from collections.abc import Sequence

from .bare import table_between
from .content import Box, Rule, within
from .lines import Line, lines_of, phrases
from .rules import of_one_height
from .shaded_rows import ShadedRows, region_of
from .table import PageTable


def between_uprights(
    free: list[Line], rules: Sequence[Rule], uprights: Sequence[Rule], boxes: Sequence[Box], page: int, blank: float
) -> tuple[list[Line], list[PageTable]]:
    """Tables that upright rules of one height part into columns, and nothing into rows; and the lines that are left."""
    made: list[PageTable] = []
    for group in of_one_height(uprights, boxes):
        xs = [r.at for r in group]
        region = (xs[0], min(r.lo for r in group), xs[-1], max(r.hi for r in group))
        free, found = _in_columns(free, xs, region, rules, page, blank)
        made += found
    return free, made


def _in_columns(
    free: list[Line], xs: Sequence[float], region: Box, rules: Sequence[Rule], page: int, blank: float
) -> tuple[list[Line], list[PageTable]]:
    """The table of a region with columns at ``xs``, if there is one; and the lines that are left."""
    mine = within([w for line in free for w in line.words], region)
    lines = lines_of(phrases(mine, blank))
    near = [r for r in rules if region[1] - 2 <= r.at <= region[3] + 2 and r.hi > region[0] and r.lo < region[2]]
    table = table_between(lines, near, xs, page, region) if lines else None
    if table is None:
        return free, []
    its = table.word_ids
    return lines_of(phrases([w for line in free for w in line.words if id(w) not in its], blank)), [table]


def from_shades(
    free: list[Line], rows: Sequence[ShadedRows], tables: list[PageTable], rules: Sequence[Rule], page: int, blank: float
) -> tuple[list[Line], list[PageTable]]:
    """The lines that are left, and the tables with those whose columns the shade of some of their rows shows."""
    for some in rows:
        region = region_of(some, free, [t.box for t in tables])
        free, made = _in_columns(free, some.xs, region, rules, page, blank)
        tables = [*tables, *made]
    return free, tables
