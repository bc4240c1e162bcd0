"""What belongs to a stack of rules and stands beyond it: names above the first rule, a row below the last."""

from __future__ import annotations

from collections.abc import Sequence

from .lines import Line, is_figure, is_value
from .upper_names import heading_lines, upper_names

_NEAR = 1.0
"""Of the type's height: how far from the rule, and from each other, these lines stand at most."""


def beyond(within: Sequence[Line], lines: Sequence[Line], first: float, last: float) -> list[Line]:
    """Of ``lines``, those that belong to the table whose rows ``within`` stand between the rules at ``first`` and ``last``."""
    if not within:
        return []
    known = {id(line) for line in within}
    others = [line for line in lines if id(line) not in known]
    names = _names_above(within, [line for line in others if line.middle < first], first)
    rest = _row_below(within, [line for line in others if line.middle > last], last)
    return [*names, *rest]


def _names_above(within: Sequence[Line], above: Sequence[Line], first: float) -> list[Line]:
    """The names of the columns, where no rule stands over them: the table between the rules begins with a row."""
    if not _figured(within[0]):
        return []
    found: list[Line] = []
    edge = first
    for line in reversed(above):
        size = line.bottom - line.top
        if edge - line.bottom > _NEAR * size or any(is_value(p.text) for p in line.phrases):
            break
        found.insert(0, line)
        edge = line.top
    while found and len(found[0].phrases) < 2 and not _is_upper(found):
        found.pop(0)  # a title stands as close
    named = sum(1 for line in found for p in line.phrases if _stands_over(p.x0, p.x1, within))
    return found if named >= max(2, len(within[0].phrases) - 1) else []


def _is_upper(lines: Sequence[Line]) -> bool:
    """True where the first of these lines is a name over several of those below it, and not over the first."""
    first = min((p for line in lines[1:] for p in line.phrases), key=lambda p: p.x0, default=None)
    return first is not None and lines[0].x0 > first.x1 and id(lines[0].phrases[0]) in upper_names(lines, [])


def _row_below(within: Sequence[Line], below: Sequence[Line], last: float) -> list[Line]:
    """The last row, where the rules only part the rows: its figures stand under those above, as close to the rule as these."""
    rows = [line for line in within[heading_lines(within) :] if _figured(line)]
    if len(rows) < 2 or not below:
        return []
    row = below[0]
    size = row.bottom - row.top
    figures = [p for p in row.phrases[1:] if is_figure(p.text)]
    under = sum(any(is_figure(q.text) and q.x0 < p.x1 and q.x1 > p.x0 for q in rows[-1].phrases) for p in figures)
    return [row] if row.top - last < _NEAR * size and figures and under == len(figures) >= 0.6 * len(rows[-1].phrases[1:]) else []


def _figured(line: Line) -> bool:
    return any(is_figure(p.text) for p in line.phrases[1:])


def _stands_over(x0: float, x1: float, lines: Sequence[Line]) -> bool:
    return any(p.x0 < x1 and p.x1 > x0 for line in lines for p in line.phrases)
