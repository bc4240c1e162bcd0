"""Names that stand in the middle over several columns, and so above the name of one of them: how many columns each has."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from .content import Box, around
from .lines import Phrase
from .upper_names import CLOSE

Reach = tuple[int, int]
"""The first and the last of some columns."""

_OFF = 0.25
"""Of the mean width of its columns: how far a name may stand beside their middle. A column more or less moves that by half a width."""
_LEVEL = 0.6
"""Of the type's height: names of one level have their middles closer than this, or their upper or lower edges within half of it."""


@dataclass(slots=True)
class _Name:
    """A name of one line or several close under each other."""

    phrases: list[Phrase]
    reach: Reach

    @property
    def box(self) -> Box:
        return around([p.box for p in self.phrases])

    @property
    def size(self) -> float:
        return self.phrases[0].size


def reach_of(p: Box, xs: Sequence[float]) -> Reach:
    """First and last column over which a text lies by more than its edge."""
    last = len(xs) - 2
    a = min(max(bisect_right(xs, p[0] + 2) - 1, 0), last)
    b = min(max(bisect_right(xs, p[2] - 2) - 1, 0), last)
    while a < b and min(p[2], xs[a + 1]) - p[0] < 0.12 * (p[2] - p[0]):
        a += 1
    while b > a and p[2] - max(p[0], xs[b]) < 0.12 * (p[2] - p[0]):
        b -= 1
    return a, b


def shared_out(found: Sequence[Phrase], xs: Sequence[float]) -> dict[int, Reach]:
    """By the identity of each phrase of a header that names several columns: these columns, where names of a level share them out.

    Only levels are told of on which a name stands above that of a single column, a blank apart. The other
    columns below it have their names where that column has its own; each name stands in the middle of its columns.
    """
    names = _names(found, xs)
    out: dict[int, Reach] = {}
    wide: list[Reach] = []
    uppers = [n for n in names if any(_is_below(m, n) for m in names)]
    for level in _levels(uppers):
        if not any(n.reach[0] == n.reach[1] for n in level):
            continue
        base = [_lowest(names, n.reach[0]) for n in level]
        below = {c: m for c in range(len(xs) - 1) if (m := _lowest(names, c)) is not None and m not in level}
        below = {c: m for c, m in below.items() if any(b is not None and _are_level(m, b) for b in base)}
        for name, reach in zip(level, _shares(level, below, wide, xs), strict=True):
            if reach is not None and reach[0] < reach[1]:
                wide.append(reach)
                out.update({id(p): reach for p in name.phrases})
    return out


def _names(found: Sequence[Phrase], xs: Sequence[float]) -> list[_Name]:
    names: list[list[Phrase]] = []
    for p in sorted(found, key=lambda p: p.middle):
        above = next((n for n in names if p.top - n[-1].bottom <= CLOSE * p.size and p.x0 < n[-1].x1 and p.x1 > n[-1].x0), None)
        if above is None:
            names.append([p])
        else:
            above.append(p)
    return [_Name(ps, reach_of(around([p.box for p in ps]), xs)) for ps in names]


def _is_below(lower: _Name, upper: _Name) -> bool:
    return lower.box[1] >= upper.box[3] and lower.reach[0] <= upper.reach[1] and lower.reach[1] >= upper.reach[0]


def _lowest(names: Sequence[_Name], column: int) -> _Name | None:
    """The name that a column has for itself: the lowest that stands over it alone."""
    return max((n for n in names if n.reach == (column, column)), key=lambda n: n.box[3], default=None)


def _levels(uppers: Sequence[_Name]) -> list[list[_Name]]:
    """Names side by side, from left to right; the lowest level first."""
    levels: list[list[_Name]] = []
    for n in sorted(uppers, key=lambda n: -n.box[3]):
        if levels and _are_level(levels[-1][0], n):
            levels[-1].append(n)
        else:
            levels.append([n])
    return [sorted(level, key=lambda n: n.box[0]) for level in levels]


def _are_level(a: _Name, b: _Name) -> bool:
    near = _LEVEL * min(a.size, b.size)
    middles = abs(a.box[1] + a.box[3] - b.box[1] - b.box[3]) / 2
    return middles < near or min(abs(a.box[1] - b.box[1]), abs(a.box[3] - b.box[3])) < near / 2


def _shares(level: Sequence[_Name], below: dict[int, _Name], wide: Sequence[Reach], xs: Sequence[float]) -> list[Reach | None]:
    """The columns of each name of a level: as many as have a name below it, each in the middle of its own."""
    choices = [_choices(n, below, wide, xs) for n in level]
    if (alike := _alike(choices, below)) is not None:
        return [*alike]

    @cache
    def best(k: int, start: int) -> tuple[int, float, tuple[Reach | None, ...]]:
        """The fewest columns left out from the name ``k`` on, how far names stand beside the middle, and their columns."""
        if k == len(level):
            return (0, 0.0, ())
        found = []
        for off, reach in choices[k]:
            if reach[0] >= start:
                count, rest, reaches = best(k + 1, reach[1] + 1)
                found.append((count - (reach[1] - reach[0] + 1), rest + off, (reach, *reaches)))
        if not found:
            count, rest, reaches = best(k + 1, start)
            return (count, rest, (None, *reaches))
        return min(found, key=lambda f: f[:2])

    return list(best(0, 0)[2])


def _alike(choices: Sequence[Sequence[tuple[float, Reach]]], below: dict[int, _Name]) -> list[Reach] | None:
    """The columns of each name where these can have the same names below all of them: as many of them as can."""

    def told(reach: Reach) -> tuple[str, ...]:
        return tuple(" ".join(p.text for p in below[c].phrases) for c in range(reach[0], reach[1] + 1))

    common = set[tuple[str, ...]].intersection(*({told(reach) for _, reach in some} for some in choices))
    for names in sorted((c for c in common if len(c) > 1), key=len, reverse=True) if len(choices) > 1 else ():
        found = [min(c for c in some if told(c[1]) == names)[1] for some in choices]
        if all(a[1] < b[0] for a, b in itertools.pairwise(found)):
            return found
    return None


def _choices(n: _Name, below: dict[int, _Name], wide: Sequence[Reach], xs: Sequence[float]) -> list[tuple[float, Reach]]:
    """How far a name stands beside the middle of columns that it may have, and these columns."""
    a, b = n.reach
    middle = (n.box[0] + n.box[2]) / 2
    found = []
    for i, j in itertools.product(range(a, -1, -1), range(b, len(xs) - 1)):
        if any(c not in below for c in range(i, j + 1)) or any(x < i <= y or x <= j < y for x, y in wide):
            continue
        places = ((xs[i] + xs[j + 1]) / 2, (below[i].box[0] + below[j].box[2]) / 2)
        off = min(abs(x - middle) for x in places)
        if off <= _OFF * (xs[j + 1] - xs[i]) / (j - i + 1):
            found.append((off, (i, j)))
    return found
