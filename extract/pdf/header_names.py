"""The header of a table without grid: names by column, and names that stand over several columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .content import Box, Rule, around
from .lines import Phrase, lines_of, parted
from .shared_names import Reach, reach_of, shared_out
from .table import PageCell, PageRow
from .upper_names import CLOSE, upper_names

_NEAR = 6.0
"""Points by which the blank between two names may miss the edge of their columns."""
_OPEN = frozenset({"a", "con", "de", "del", "el", "en", "la", "las", "los", "o", "para", "por", "y"})
"""Words with which no name ends."""


@dataclass(slots=True)
class _Upper:
    """A name over several columns, the first and the last of which are its ``reach``."""

    phrases: list[Phrase]
    reach: tuple[int, int]

    @property
    def box(self) -> Box:
        return around([p.box for p in self.phrases])


def header_rows(found: Sequence[Phrase], xs: Sequence[float], partial: Sequence[Rule]) -> list[PageRow]:
    """The header of a table without grid: names by column; names over several columns as levels above."""
    # Names may stand a mere blank apart, with the edge of a column close to it.
    found = [part for p in found for part in parted(p, lambda a, b: any(a.x1 - _NEAR < x < b.x0 + _NEAR for x in xs))]
    if not found:
        return []
    lines = lines_of(found)
    over = upper_names(lines, [])
    underlined = _spans_of(partial, xs)
    shared = {} if underlined else shared_out(found, xs)
    upper: list[Phrase] = []
    leaves: dict[int, list[Phrase]] = {}
    for p in found:
        a, b = reach_of(p.box, xs)
        lined = any(
            p.middle < r.at and i <= a and b <= j and any(q.middle > r.at and reach_of(q.box, xs)[0] >= i for q in found)
            for r, i, j in underlined
        )
        # Over the blank between two columns' names, and not in a column of its own.
        between = id(p) in over and any(q.middle > p.bottom and reach_of(q.box, xs)[0] <= a <= reach_of(q.box, xs)[1] for q in found)
        if lined or b > a or between or id(p) in shared:
            upper.append(p)
        else:
            leaves.setdefault(a, []).append(p)
    return _levelled(_nested(upper, leaves, xs, underlined, shared), leaves, xs, around([p.box for p in found]))


def _levelled(uppers: Sequence[_Upper], leaves: dict[int, list[Phrase]], xs: Sequence[float], box: Box) -> list[PageRow]:
    """The rows of a header: each name below those that reach over it, the names of the columns down to the last row."""
    n = len(xs) - 1
    over = [sorted((u for u in uppers if u.reach[0] <= c <= u.reach[1]), key=lambda u: u.box[1]) for c in range(n)]
    depth = max(map(len, over))
    rows: list[list[PageCell | None]] = [[None] * n for _ in range(depth + 1)]
    for c, names in enumerate(over):
        top = box[1]
        for level, u in enumerate(names):
            if u.reach[0] == c:
                rows[level][c] = _header_cell(u.phrases, xs, *u.reach, top, u.box[3])
            top = u.box[3]
        cell = _header_cell(leaves.get(c, []), xs, c, c, top, box[3])
        cell.row_span = depth + 1 - len(names)
        rows[len(names)][c] = cell
    return [PageRow(row) for row in rows]


def _nested(
    upper: Sequence[Phrase],
    leaves: dict[int, list[Phrase]],
    xs: Sequence[float],
    underlined: Sequence[tuple[Rule, int, int]],
    shared: dict[int, Reach],
) -> list[_Upper]:
    """The names over several columns, from the lowest line up: each over columns, or over whole names below it."""
    found: list[_Upper] = []
    for line in reversed(lines_of(upper)):
        here: list[_Upper] = []
        for p in line.phrases:
            below = [u for u in found if u.box[1] >= p.middle]
            lower = next((u for u in below if _goes_on(p, u, underlined)), None)
            taken = [u.reach for u in here] + [_base(q, below, leaves, xs) for q in line.phrases if q is not p]
            reach = shared.get(id(p)) or _underlined(p, upper, underlined) or _widened(p, below, leaves, taken, xs, underlined)
            if lower is not None and (reach == lower.reach or _is_torn(p, lower)):
                lower.phrases.insert(0, p)
                lower.reach = _whole(min(reach[0], lower.reach[0]), max(reach[1], lower.reach[1]), [u for u in below if u is not lower])
                continue
            here.append(_Upper([p], _whole(*reach, below)))
        found += here
    return _apart(found)


def _apart(found: list[_Upper]) -> list[_Upper]:
    """Names on one level that reach over common columns are one name."""
    out: list[_Upper] = []
    for u in sorted(found, key=lambda u: (u.reach[0], -u.reach[1], u.box[1])):
        a, b = u.reach
        same = next((o for o in out if o.reach[0] < a <= o.reach[1] < b or (o.reach == u.reach and _is_beside(o, u))), None)
        if same is None:
            out.append(u)
        else:
            same.phrases += u.phrases
            same.reach = (min(a, same.reach[0]), max(b, same.reach[1]))
    return out


def _is_beside(a: _Upper, b: _Upper) -> bool:
    return min(a.box[3], b.box[3]) - max(a.box[1], b.box[1]) > 0


def _whole(a: int, b: int, below: Sequence[_Upper]) -> tuple[int, int]:
    """A reach that takes no name below it in part."""
    for u in below:
        if u.reach[0] <= b and u.reach[1] >= a:
            a, b = min(a, u.reach[0]), max(b, u.reach[1])
    return a, b


def _goes_on(p: Phrase, lower: _Upper, underlined: Sequence[tuple[Rule, int, int]]) -> bool:
    """True where a name may go on in the line below: close to it, and no rule parts them."""
    box = lower.box
    if box[1] - p.bottom > CLOSE * p.size or min(p.x1, box[2]) - max(p.x0, box[0]) <= 0:
        return False
    return not any(p.middle < r.at < box[1] + 0.5 * p.size and r.lo < p.x1 and r.hi > p.x0 for r, _, _ in underlined)


def _is_torn(p: Phrase, lower: _Upper) -> bool:
    """True where a name goes on by its words: the next line begins with a small letter, or it ends with a word that wants another."""
    first = lower.phrases[0].text
    return first[:1].islower() or p.words[-1].text.lower() in _OPEN or p.text.endswith(("-", "/"))


def _underlined(p: Phrase, upper: Sequence[Phrase], underlined: Sequence[tuple[Rule, int, int]]) -> tuple[int, int] | None:
    """The columns of the rule that a name stands upon alone."""
    under = [(r, a, b) for r, a, b in underlined if p.middle < r.at < p.bottom + p.size and r.lo - 3 <= p.x0 and p.x1 <= r.hi + 3]
    if not under:
        return None
    rule, a, b = min(under, key=lambda u: u[0].at)
    near = [q for q in upper if q.middle < rule.at and abs(q.middle - p.middle) < 1.2 * p.size and q.x0 < rule.hi and q.x1 > rule.lo]
    alone = all(q.x0 < p.x1 and q.x1 > p.x0 for q in near)
    return (a, b) if a < b and alone else None


def _header_cell(found: Sequence[Phrase], xs: Sequence[float], a: int, b: int, top: float, bottom: float) -> PageCell:
    cell = PageCell([w for p in found for w in p.words], (xs[a], top, xs[b + 1], bottom), 1, b - a + 1)
    cell.settle()
    return cell


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
        wide, size = box[2] - box[0], leaves[c][0].size
        nearest = min(abs((box[0] + box[2] - b[0] - b[2]) / 2) for b in children)
        steps = max(round(nearest / pitch), 1) if pitch > 0 else 1
        if (
            abs(box[3] - children[0][3]) > 2
            or not (0.5 * width < wide < 1.6 * width or abs(wide - width) < size)
            or abs(nearest / steps - pitch) > 0.25 * pitch
        ):
            return False
    return True


def _widened(
    p: Phrase,
    below: Sequence[_Upper],
    leaves: dict[int, list[Phrase]],
    taken: Sequence[tuple[int, int]],
    xs: Sequence[float],
    underlined: Sequence[tuple[Rule, int, int]],
) -> tuple[int, int]:
    """The columns in whose middle a name over several of them stands, where these have names below.

    A column under the rule that parts both levels belongs to a name above it, so there the widest reach is taken.
    """
    lined = {c for _, i, j in underlined for c in range(i, j + 1)}
    middle = (p.x0 + p.x1) / 2
    a, b = _base(p, below, leaves, xs)
    start = abs((xs[a] + xs[b + 1]) / 2 - middle)
    found = [(start, -(b - a), a, b)]
    for i in range(max(0, a - 6), a + 1):
        for j in range(b, min(len(xs) - 2, b + 6) + 1):
            added = [c for c in range(i, j + 1) if c < a or c > b]
            if not added or any(x <= j and y >= i for x, y in taken) or (i, j) != _whole(i, j, below):
                continue
            named = [c for c in added if c in leaves and min(q.top for q in leaves[c]) >= p.bottom - 3]
            if len(named) < len(added):
                continue
            off = abs((xs[i] + xs[j + 1]) / 2 - middle)
            if off < start + 8 and (all(c in lined for c in added) or _are_siblings(leaves, (a, b), added)):
                found.append((-1.0, -(j - i), i, j))
            elif off < start - 3:
                found.append((off, -(j - i), i, j))
    best = min(found)
    return best[2], best[3]


def _base(p: Phrase, below: Sequence[_Upper], leaves: dict[int, list[Phrase]], xs: Sequence[float]) -> tuple[int, int]:
    """The columns that a name lies over. One beside the middle of a single name is over the blank to the next one too."""
    a, b = reach_of(p.box, xs)
    while b > a and b not in leaves and not any(u.reach[0] <= b <= u.reach[1] for u in below):
        b -= 1
    if a == b and a in leaves:
        middle = (p.x0 + p.x1) / 2
        name = around([q.box for q in leaves[a]])
        if middle > name[2] and a + 1 in leaves:
            b = a + 1
        elif middle < name[0] and a - 1 in leaves:
            a -= 1
    return _whole(a, b, below)
