"""The cells of a frame of rules: which of its fields are one cell, and which words stand in it."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .content import Box, Rule, Word
from .rules import Frame

_SNAP = 3.2
"""Points between two rules of one frame that count as one: a double line is drawn up to 3 points apart."""
_DOUBLE = 8.0
"""Points between the edges of two tables that stand side by side and touch."""
_COVERED = 0.55
"""Share of a field's side that a rule must cover to part it from the next field."""
MAX_FIELDS = 60_000


@dataclass(slots=True)
class GridCell:
    """A cell of a page's table. ``words`` are in no order."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """Columns between ``xs`` and rows between ``ys``; every field belongs to one cell."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    def at(self, x: float, y: float) -> GridCell | None:
        """The cell in which a point lies."""
        return next((c for c in self.cells if c.box[0] <= x < c.box[2] and c.box[1] <= y < c.box[3]), None)


def snapped(values: Iterable[tuple[float, float]], snap: float = _SNAP) -> list[float]:
    """Positions, each with its weight, gathered to lines: the weighted mean of those closer than ``snap``."""
    groups: list[list[tuple[float, float]]] = []
    for value in sorted(values):
        if groups and value[0] - groups[-1][-1][0] <= snap and value[0] - groups[-1][0][0] <= 1.5 * snap:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(v * w for v, w in g) / sum(w for _, w in g) for g in groups]


def grid_of(frame: Frame) -> Grid | None:
    """The grid of a frame; None where it has no two fields."""
    if not frame.horizontal:
        return None
    xs = snapped((r.at, r.hi - r.lo) for r in frame.vertical)
    ys = snapped((r.at, r.hi - r.lo) for r in frame.horizontal)
    _close(xs, min(r.lo for r in frame.horizontal), max(r.hi for r in frame.horizontal))
    if frame.vertical:
        _close(ys, min(r.lo for r in frame.vertical), max(r.hi for r in frame.vertical))
    nx, ny = len(xs) - 1, len(ys) - 1
    if nx < 1 or ny < 1 or nx * ny > MAX_FIELDS:
        return None
    right = _walls(frame.vertical, xs, ys)
    below = _walls(frame.horizontal, ys, xs)
    return Grid(xs, ys, cells_between(xs, ys, right, below))


def apart(frame: Frame, drawn: Sequence[Rule]) -> list[Frame]:
    """A frame as the tables that stand side by side in it, edge to edge: no line is ``drawn`` across, and the rows differ."""
    at = sorted(r.at for r in frame.vertical)
    for a, b in itertools.pairwise(at):
        # Two tables have an edge each, close together.
        if not 0.8 <= b - a <= _DOUBLE:
            continue
        if any(r.lo < a - 6 and r.hi > b + 6 and frame.box[1] - 2 <= r.at <= frame.box[3] + 2 for r in drawn):
            continue
        middle = (a + b) / 2
        left = [Rule(r.at, r.lo, min(r.hi, a), r.width) for r in frame.horizontal if r.lo < a - 6]
        right = [Rule(r.at, max(r.lo, b), r.hi, r.width) for r in frame.horizontal if r.hi > b + 6]
        if not (_lacks(left, right) and _lacks(right, left)):
            continue
        return [
            *apart(Frame(left, [r for r in frame.vertical if r.at <= middle]), drawn),
            *apart(Frame(right, [r for r in frame.vertical if r.at > middle]), drawn),
        ]
    return [frame]


def _lacks(these: Sequence[Rule], those: Sequence[Rule]) -> bool:
    """True where one of these rules goes on in none of those."""
    return any(all(abs(r.at - o.at) > 3 for o in those) for r in these)


def _close(edges: list[float], lo: float, hi: float) -> None:
    """Adds the outer edges that no rule draws, where the rules across reach further."""
    if not edges or edges[0] - lo > 2 * _SNAP:
        edges.insert(0, lo)
    if hi - edges[-1] > 2 * _SNAP:
        edges.append(hi)


def _walls(rules: Sequence[Rule], at: Sequence[float], along: Sequence[float]) -> list[list[bool]]:
    """For each edge of ``at`` and each stretch of ``along``: whether a rule lies there."""
    spans: list[list[tuple[float, float]]] = [[] for _ in at]
    for rule in rules:
        k = min(max(bisect_left(at, rule.at), 1), len(at) - 1)
        if abs(at[k - 1] - rule.at) <= abs(at[k] - rule.at):
            k -= 1
        spans[k].append((rule.lo, rule.hi))
    return [
        [_covered(s, along[i], along[i + 1]) >= _COVERED for i in range(len(along) - 1)] if s else [False] * (len(along) - 1) for s in spans
    ]


def _covered(spans: list[tuple[float, float]], lo: float, hi: float) -> float:
    """Share of lo..hi under the spans, which are in order and apart or overlap little."""
    covered = 0.0
    for a, b in spans:
        start, end = a if a > lo else lo, b if b < hi else hi
        if end > start:
            covered += end - start
    return min(covered / (hi - lo), 1.0) if hi > lo else 0.0


def cells_between(xs: Sequence[float], ys: Sequence[float], right: list[list[bool]], below: list[list[bool]]) -> list[GridCell]:
    """The cells of a grid; ``right[k][r]`` and ``below[k][c]`` say whether a line parts its fields at edge k."""
    nx, ny = len(xs) - 1, len(ys) - 1
    parent = list(range(nx * ny))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for r in range(ny):
        for c in range(nx):
            if c + 1 < nx and not right[c + 1][r]:
                parent[root(r * nx + c + 1)] = root(r * nx + c)
            if r + 1 < ny and not below[r + 1][c]:
                parent[root((r + 1) * nx + c)] = root(r * nx + c)
    members: dict[int, list[tuple[int, int]]] = {}
    for i in range(nx * ny):
        members.setdefault(root(i), []).append(divmod(i, nx))
    cells: list[GridCell] = []
    for fields in members.values():
        for r0, c0, r1, c1 in _rectangles(fields):
            cells.append(GridCell(r0, c0, r1 - r0 + 1, c1 - c0 + 1, (xs[c0], ys[r0], xs[c1 + 1], ys[r1 + 1])))
    cells.sort(key=lambda c: (c.row, c.col))
    return cells


def _rectangles(fields: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Fields that run into each other as rectangles: the whole where it is one, else stretches of each row, equal ones stacked."""
    r0, r1 = min(r for r, _ in fields), max(r for r, _ in fields)
    c0, c1 = min(c for _, c in fields), max(c for _, c in fields)
    if len(fields) == (r1 - r0 + 1) * (c1 - c0 + 1):
        return [(r0, c0, r1, c1)]
    there = set(fields)
    open_runs: dict[tuple[int, int], int] = {}
    done: list[tuple[int, int, int, int]] = []
    for r in range(r0, r1 + 2):
        runs: set[tuple[int, int]] = set()
        c = c0
        while c <= c1:
            if (r, c) in there:
                start = c
                while (r, c + 1) in there:
                    c += 1
                runs.add((start, c))
            c += 1
        for run, start in list(open_runs.items()):
            if run not in runs:
                done.append((start, run[0], r - 1, run[1]))
                del open_runs[run]
        for run in runs:
            open_runs.setdefault(run, r)
    return done
