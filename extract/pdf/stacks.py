"""Rules under each other that part the rows of a table without upright rules."""

from __future__ import annotations

from collections.abc import Sequence

from .content import Box, Rule
from .lines import Line, is_figure, is_value
from .upper_names import names_again

HALF = 0.5
"""Of the width of a table: a rule as long that ends before the table does parts rows, and leaves out the columns whose cells go on."""
_ROWS = 2
"""Rules that part rows: as many stand below a header, or below the rows at the top of a page."""


def stacks(rules: Sequence[Rule], boxes: Sequence[Box], lines: Sequence[Line]) -> list[list[Rule]]:
    """The level rules of each such table, top to bottom; none that lies in one of ``boxes``, the tables found already."""
    whole = [s for s in _of_one_extent(rules, boxes) if len(s) > 3 or _are_three(s, lines)]
    found = [part for stack in whole for part in _cut_at_gaps(stack, lines)]
    return [s for s in found if not any(_parts_cells(s, other) for other in found)]


def _parts_cells(stack: Sequence[Rule], other: Sequence[Rule]) -> bool:
    """True for shorter rules between those of another stack: they part its rows but for the columns whose cells go on."""
    a, b = stack[0], other[0]
    inside = b.lo - 5 < a.lo and a.hi < b.hi + 5 and a.hi - a.lo < b.hi - b.lo - 5
    between = sum(b.at < r.at < other[-1].at for r in stack)
    return inside and between == len(stack) and a.hi - a.lo >= HALF * (b.hi - b.lo)


def end_of_rows(header: Box, rules: Sequence[Rule], lines: Sequence[Line]) -> float | None:
    """The height of the last of the level rules that part the rows below a boxed header or the page's first line; None where too few do."""
    mine = [r for r in sorted(rules, key=lambda r: r.at) if _is_as_wide(r, header) and r.at > header[3] + 3]
    if len(mine) < _ROWS:
        return None
    first = Rule(header[3], header[0], header[2])
    part = _cut_at_gaps([first, *mine], lines)[:1]
    return part[0][-1].at if part and part[0][0] is first else None


def is_inside_rows(box: Box, rules: Sequence[Rule]) -> bool:
    """True for an area that begins at one of the level rules of its width, where another one stands above: it is of their rows."""
    mine = [r.at for r in rules if _is_as_wide(r, box)]
    return any(abs(y - box[1]) < 3 for y in mine) and any(y < box[1] - 3 for y in mine)


def _is_as_wide(rule: Rule, box: Box) -> bool:
    return abs(rule.lo - box[0]) < 5 and abs(rule.hi - box[2]) < 5


def _of_one_extent(rules: Sequence[Rule], boxes: Sequence[Box]) -> list[list[Rule]]:
    """Rules of one extent under each other, outside the tables."""
    stacks: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if any(b[1] - 3 <= rule.at <= b[3] + 3 and rule.lo < b[2] and rule.hi > b[0] for b in boxes):
            continue
        mine = next(
            (s for s in stacks if abs(s[0].lo - rule.lo) < 5 and abs(s[0].hi - rule.hi) < 5 and not _parted_by(s[-1], rule, boxes)), None
        )
        if mine is None:
            stacks.append([rule])
        else:
            mine.append(rule)
    return stacks


def _are_three(stack: Sequence[Rule], lines: Sequence[Line]) -> bool:
    """The rules of a table that has one above its names, one below them and one at its end."""
    if len(stack) != 3:
        return False
    rows = [line for line in _between_rules(lines, stack[1], stack[2]) if any(is_figure(p.text) for p in line.phrases[1:])]
    return _are_names(_between_rules(lines, stack[0], stack[1])) and len(rows) > 1


def _cut_at_gaps(stack: list[Rule], lines: Sequence[Line]) -> list[list[Rule]]:
    """A stack cut where nothing, or a title, stands between two rules and names follow: there one table ends and the next begins."""
    parts: list[list[Rule]] = [[]]
    for k, rule in enumerate(stack):
        parts[-1].append(rule)
        if k + 2 >= len(stack):
            continue
        following = _between_rules(lines, stack[k + 1], stack[k + 2])
        if not following or any(is_figure(p.text) for line in following for p in line.phrases):
            continue
        between = _between_rules(lines, rule, stack[k + 1])
        names = max(following, key=lambda line: len(line.phrases))
        rows = _between_rules(lines, parts[-1][0], rule)
        if not between or (all(len(line.phrases) == 1 for line in between) and names_again(names, between[-1], rows)):
            parts.append([])
    return [p for p in (_without_titles(p, lines) for p in parts) if len(p) >= 3]


def _without_titles(stack: list[Rule], lines: Sequence[Line]) -> list[Rule]:
    """Without the rule of a running header, below which titles stand that begin no row."""
    while len(stack) > 3:
        first = _between_rules(lines, stack[0], stack[1])
        if any(len(line.phrases) > 1 for line in first):
            break
        if any(line.x0 < stack[0].lo + 8 for line in first) and not _are_names(_between_rules(lines, stack[1], stack[2])):
            break
        stack = stack[1:]
    return stack


def _are_names(lines: Sequence[Line]) -> bool:
    """The names of columns: several texts beside each other, none of them a figure. A title above them is no row, wherever it begins."""
    return max((len(line.phrases) for line in lines), default=0) > 2 and not any(is_value(p.text) for line in lines for p in line.phrases)


def _between_rules(lines: Sequence[Line], above: Rule, below: Rule) -> list[Line]:
    return [line for line in lines if above.at < line.middle < below.at]


def _parted_by(above: Rule, below: Rule, boxes: Sequence[Box]) -> bool:
    return any(above.at < b[1] and below.at > b[3] for b in boxes)
