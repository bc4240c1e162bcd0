"""From lines as drawn to frames: pieces of one line joined, and lines that touch gathered."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .content import Box, Rule

MAX_RULES = 6000
_GAP = 3.0
"""Points that may lie between two pieces of one line (dots, dashes, corners)."""
_REACH = 3.0
"""Points by which two lines may miss each other and still meet."""
_SHORTEST = 5.0


@dataclass(slots=True)
class Frame:
    """Rules that touch each other."""

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)

    @property
    def box(self) -> Box:
        x0 = min([r.lo for r in self.horizontal] + [r.at for r in self.vertical])
        x1 = max([r.hi for r in self.horizontal] + [r.at for r in self.vertical])
        top = min([r.at for r in self.horizontal] + [r.lo for r in self.vertical])
        bottom = max([r.at for r in self.horizontal] + [r.hi for r in self.vertical])
        return (x0, top, x1, bottom)


def joined(rules: Iterable[Rule], snap: float = 1.0) -> list[Rule]:
    """Pieces that lie on one line made one; parallel lines closer than ``snap`` count as one."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if groups and rule.at - groups[-1][-1].at <= snap and rule.at - groups[-1][0].at <= 2 * snap:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    out = []
    for group in groups:
        group.sort(key=lambda r: r.lo)
        run = [group[0]]
        hi = group[0].hi
        for rule in group[1:]:
            if rule.lo <= hi + _GAP:
                run.append(rule)
                hi = max(hi, rule.hi)
            else:
                out.append(_one(run, hi))
                run, hi = [rule], rule.hi
        out.append(_one(run, hi))
    return [r for r in out if r.hi - r.lo >= _SHORTEST]


def _one(run: list[Rule], hi: float) -> Rule:
    length = sum(r.hi - r.lo for r in run) or 1.0
    at = sum(r.at * (r.hi - r.lo) for r in run) / length if run[-1].at != run[0].at else run[0].at
    return Rule(at, run[0].lo, hi, max(r.width for r in run), all(r.faint for r in run))


def frames(horizontal: list[Rule], vertical: list[Rule]) -> list[Frame]:
    """The rules in groups that touch, from the top of the page down."""
    horizontal, vertical = horizontal[:MAX_RULES], vertical[:MAX_RULES]
    n = len(horizontal)
    parent = list(range(n + len(vertical)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    downwards = sorted(range(n), key=lambda i: horizontal[i].at)
    heights = [horizontal[i].at for i in downwards]
    for j, v in enumerate(vertical):
        for i in downwards[bisect_left(heights, v.lo - _REACH) : bisect_right(heights, v.hi + _REACH)]:
            h = horizontal[i]
            if h.lo - _REACH <= v.at <= h.hi + _REACH:
                a, b = root(i), root(n + j)
                if a != b:
                    parent[b] = a
    found: dict[int, Frame] = {}
    for i in range(n + len(vertical)):
        its = root(i)
        if its not in found:
            found[its] = Frame()
        if i < n:
            found[its].horizontal.append(horizontal[i])
        else:
            found[its].vertical.append(vertical[i - n])
    return sorted(found.values(), key=lambda f: (f.box[1], f.box[0]))


def of_one_height(uprights: Sequence[Rule], boxes: Sequence[Box]) -> list[list[Rule]]:
    """Three upright rules or more that begin and end at the same heights, outside the tables, from left to right."""
    groups: list[list[Rule]] = []
    for rule in sorted(uprights, key=lambda r: r.at):
        if any(b[0] - 2 <= rule.at <= b[2] + 2 and rule.lo < b[3] and rule.hi > b[1] for b in boxes):
            continue
        mine = next((g for g in groups if abs(g[0].lo - rule.lo) < 3 and abs(g[0].hi - rule.hi) < 3), None)
        if mine is None:
            groups.append([rule])
        else:
            mine.append(rule)
    return [g for g in groups if len(g) > 2]
