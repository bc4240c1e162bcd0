"""The header of a table without grid: names by column, and names that stand over several columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from .content import Rule, around
from .lines import Phrase, parted
from .table import PageCell, PageRow

_NEAR = 6.0
"""Points by which the blank between two names may miss the edge of their columns."""


def header_rows(found: Sequence[Phrase], xs: Sequence[float], partial: Sequence[Rule]) -> list[PageRow]:
    """The header of a table without grid: names by column; names over several columns as a level above."""
    # Names may stand a mere blank apart, with the edge of a column close to it.
    found = [part for p in found for part in parted(p, lambda a, b: any(a.x1 - _NEAR < x < b.x0 + _NEAR for x in xs))]
    if not found:
        return []
    top, bottom = min(p.top for p in found), max(p.bottom for p in found)
    n = len(xs) - 1
    above: list[tuple[int, int, Phrase]] = []
    leaves: dict[int, list[Phrase]] = {}
    underlined = [(r.at, a, b) for r, a, b in _spans_of(partial, xs)]
    for p in found:
        a, b = _reach(p, xs)
        lined = any(
            p.middle < y and i <= a and b <= j and any(q.middle > y and _reach(q, xs)[0] >= i for q in found) for y, i, j in underlined
        )
        if lined or b > a:
            above.append((a, b, p))
        else:
            leaves.setdefault(a, []).append(p)
    parents = _grouped(above)
    if not parents:
        return [PageRow([_header_cell(leaves.get(c, []), xs, c, c, top, bottom) for c in range(n)])]
    parents = _widened(parents, leaves, xs, {c for _, a, b in underlined for c in range(a, b + 1)})
    below = max(p.bottom for ps in parents.values() for p in ps)
    upper: list[PageCell | None] = [None] * n
    lower: list[PageCell | None] = [None] * n
    covered: set[int] = set()
    for (a, b), ps in sorted(parents.items()):
        upper[a] = _header_cell(ps, xs, a, b, top, below)
        covered |= set(range(a, b + 1))
    for c in range(n):
        if c in covered:
            lower[c] = _header_cell(leaves.get(c, []), xs, c, c, below, bottom)
        else:
            cell = _header_cell(leaves.get(c, []), xs, c, c, top, bottom)
            cell.row_span = 2
            upper[c] = cell
    return [PageRow(upper), PageRow(lower)]


def _grouped(above: Sequence[tuple[int, int, Phrase]]) -> dict[tuple[int, int], list[Phrase]]:
    """Phrases of a header's upper level by the columns under them: those over common columns are one name."""
    groups: list[tuple[int, int, list[Phrase]]] = []
    for a, b, p in sorted(above, key=lambda x: (x[0], x[1])):
        if groups and a <= groups[-1][1]:
            i, j, ps = groups[-1]
            groups[-1] = (i, max(j, b), [*ps, p])
        else:
            groups.append((a, b, [p]))
    return {(a, b): ps for a, b, ps in groups}


def _header_cell(found: Sequence[Phrase], xs: Sequence[float], a: int, b: int, top: float, bottom: float) -> PageCell:
    cell = PageCell([w for p in found for w in p.words], (xs[a], top, xs[b + 1], bottom), 1, b - a + 1)
    cell.settle()
    return cell


def _reach(p: Phrase, xs: Sequence[float]) -> tuple[int, int]:
    """First and last column over which a phrase lies by more than its edge."""
    last = len(xs) - 2
    a = min(max(bisect_right(xs, p.x0 + 2) - 1, 0), last)
    b = min(max(bisect_right(xs, p.x1 - 2) - 1, 0), last)
    while a < b and min(p.x1, xs[a + 1]) - p.x0 < 0.12 * (p.x1 - p.x0):
        a += 1
    while b > a and p.x1 - max(p.x0, xs[b]) < 0.12 * (p.x1 - p.x0):
        b -= 1
    return a, b


def _spans_of(partial: Sequence[Rule], xs: Sequence[float]) -> list[tuple[Rule, int, int]]:
    """For each partial rule the columns that it underlines."""
    out = []
    for rule in partial:
        under = [c for c in range(len(xs) - 1) if min(rule.hi, xs[c + 1]) - max(rule.lo, xs[c]) > 0.5 * (xs[c + 1] - xs[c])]
        if under:
            out.append((rule, under[0], under[-1]))
    return out


def _are_siblings(leaves: dict[int, list[Phrase]], own: tuple[int, int], added: Sequence[int]) -> bool:
    """Names like those under the upper one: on their line, as wide, and as far from each other."""
    children = [around([p.box for p in leaves[c]]) for c in range(own[0], own[1] + 1) if c in leaves]
    if len(children) < 2:
        return False
    width = sum(b[2] - b[0] for b in children) / len(children)
    pitch = (children[-1][0] + children[-1][2] - children[0][0] - children[0][2]) / 2 / (len(children) - 1)
    for c in added:
        box = around([p.box for p in leaves[c]])
        nearest = min(abs((box[0] + box[2] - b[0] - b[2]) / 2) for b in children)
        steps = max(round(nearest / pitch), 1) if pitch > 0 else 1
        if (
            abs(box[3] - children[0][3]) > 2
            or not 0.5 * width < box[2] - box[0] < 1.6 * width
            or abs(nearest / steps - pitch) > 0.25 * pitch
        ):
            return False
    return True


def _widened(
    parents: dict[tuple[int, int], list[Phrase]], leaves: dict[int, list[Phrase]], xs: Sequence[float], underlined: set[int]
) -> dict[tuple[int, int], list[Phrase]]:
    """Names over several columns stretched to the columns in whose middle they stand, where these have names below.

    A column under the rule that parts both levels belongs to a name above it, so there the widest reach is taken.
    """
    out: dict[tuple[int, int], list[Phrase]] = {}
    for (a, b), ps in sorted(parents.items()):
        box = around([p.box for p in ps])
        middle = (box[0] + box[2]) / 2
        start = abs((xs[a] + xs[b + 1]) / 2 - middle)
        found = [(start, -(b - a), a, b)]
        for i in range(max(0, a - 6), a + 1):
            for j in range(b, min(len(xs) - 2, b + 6) + 1):
                added = [c for c in range(i, j + 1) if c < a or c > b]
                free = all(c in leaves and min(p.top for p in leaves[c]) >= box[3] - 3 for c in added)
                taken = any(x <= j and y >= i for x, y in out) or any(x != a and x <= j and y >= i for x, y in parents)
                off = abs((xs[i] + xs[j + 1]) / 2 - middle)
                if added and free and not taken:
                    if off < start + 8 and (all(c in underlined for c in added) or _are_siblings(leaves, (a, b), added)):
                        found.append((-1.0, -(j - i), i, j))
                    elif off < start - 3:
                        found.append((off, -(j - i), i, j))
        best = min(found)
        out[best[2], best[3]] = ps
    return out
