"""Rules of a scan that meet as they were meant to: ends drawn to the rule that they reach, and what a pen left taken out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from ..pdf.content import Box, Rule
from ..pdf.rules import Frame, frames

_ENDS, _RUNS = 6.0, 9.0
"""Points by which the end of a rule may miss the rule that it ends at, and run through it: paper bends, a letter or a pen goes on."""
_OFF, _BROKEN, _COVERED, _MEETS = 2.5, 30.0, 80.0, 3.0
"""Points by which two pieces of a rule may stand aside of each other, the gap between them, the same under a stamp, and how near a
rule an end is at it."""
_RUNS_ON = 1 / 3
"""Of the way from one rule to the next, how much of it a worn rule shows that once went on: less may be a stroke that runs over."""
_TIES = 2
"""Rules of a grid within another that go on in it: one may lie so by chance."""
_OVER = 40.0
"""Points by which a rule may run on beyond its table."""
_LONG = 100.0
"""Points from which a rule that belongs to no frame may be one: of a table without a grid."""


def snapped(horizontal: Sequence[Rule], vertical: Sequence[Rule], drawn: Sequence[Box] = ()) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright rules, in points, as those of a page that was drawn. Under what was ``drawn`` over it they go on."""
    turned = [(top, x0, bottom, x1) for x0, top, x1, bottom in drawn]
    level, upright = _mended(horizontal, vertical, drawn), _mended(vertical, horizontal, turned)
    for _ in range(2):  # what a pen drew is taken out first: rules may have been drawn to it
        level, upright = _belonging(level, upright)
    rows, columns = _rejoined(*_met(level, upright))
    out: tuple[list[Rule], list[Rule]] = ([], [])
    for frame in frames(rows, columns):
        grid = len(frame.horizontal) > 1 and len(frame.vertical) > 1
        if grid:
            frame = Frame(_gone_on(frame.horizontal, frame.vertical), _gone_on(frame.vertical, frame.horizontal))
        out[0].extend(_trimmed(frame.horizontal, frame.vertical, len(frame.horizontal) / 2) if grid else frame.horizontal)
        out[1].extend(_trimmed(frame.vertical, frame.horizontal, 1) if grid else frame.vertical)
    return out


def _met(level: Sequence[Rule], upright: Sequence[Rule]) -> tuple[list[Rule], list[Rule]]:
    """The rules with their ends drawn to those that they nearly meet."""
    rows = [_to(r, upright) for r in level]
    return rows, [_to(r, rows) for r in upright]


def _rejoined(rows: Sequence[Rule], columns: Sequence[Rule]) -> tuple[list[Rule], list[Rule]]:
    """A grid within a grid is a part of it where some of its rules lie on the other's courses: what tied them together is worn away."""
    grids = [f for f in frames(list(rows), list(columns)) if len(f.horizontal) > 1 and len(f.vertical) > 1]
    reach: dict[int, Rule] = {}
    for inner, outer in permutations(grids, 2):
        a, b = inner.box, outer.box
        within = b[0] - _OFF <= a[0] and b[1] - _OFF <= a[1] and a[2] <= b[2] + _OFF and a[3] <= b[3] + _OFF
        if within and _shared(inner.horizontal, outer.horizontal) + _shared(inner.vertical, outer.vertical) >= _TIES:
            reach |= {id(r): _reaching(r, outer.vertical) for r in inner.horizontal}
            reach |= {id(r): _reaching(r, outer.horizontal) for r in inner.vertical}
    return [reach.get(id(r), r) for r in rows], [reach.get(id(r), r) for r in columns]


def _shared(rules: Sequence[Rule], others: Sequence[Rule]) -> int:
    return sum(any(abs(r.at - o.at) <= _OFF for o in others) for r in rules)


def _reaching(rule: Rule, across: Sequence[Rule]) -> Rule:
    """A rule drawn on to the next rules across, on both sides."""
    met = [o.at for o in across if o.lo - _MEETS <= rule.at <= o.hi + _MEETS]
    lo, hi = max((x for x in met if x <= rule.lo), default=rule.lo), min((x for x in met if x >= rule.hi), default=rule.hi)
    return Rule(rule.at, lo, hi, rule.width, rule.faint)


def _belonging(level: Sequence[Rule], upright: Sequence[Rule]) -> tuple[list[Rule], list[Rule]]:
    """The rules that belong to a table, as they were: a grid's, or long ones."""
    rows, columns = _met(level, upright)
    own = {id(new): old for new, old in zip([*rows, *columns], [*level, *upright], strict=True)}
    kept: tuple[list[Rule], list[Rule]] = ([], [])
    for frame in frames(rows, columns):
        uprights = _within(frame.vertical, frame.horizontal)
        levels = _within(frame.horizontal, uprights)
        if len(levels) < 2 or len(uprights) < 2:
            levels, uprights = ([r for r in rs if r.hi - r.lo >= _LONG] for rs in (frame.horizontal, frame.vertical))
        kept[0].extend(own[id(r)] for r in levels)
        kept[1].extend(own[id(r)] for r in uprights)
    return kept


def _mended(rules: Sequence[Rule], across: Sequence[Rule], drawn: Sequence[Box]) -> list[Rule]:
    """Pieces that go on with each other made one rule, where they end at nothing: print that touches a rule or bad light breaks it.

    Where something was drawn over the gap one end is enough.
    """
    out: list[Rule] = []
    for r in sorted(rules, key=lambda r: r.lo):
        near = [o for o in out if abs(o.at - r.at) <= _OFF and -_OFF <= r.lo - o.hi <= max(_COVERED, r.hi - r.lo)]
        before = [o for o in near if _goes_on(o, r, across, _is_over(drawn, o.hi, r.lo, r.at))]
        if before:
            o = min(before, key=lambda o: abs(o.at - r.at))
            a, b = o.hi - o.lo, r.hi - r.lo
            o.at, o.hi, o.width = (o.at * a + r.at * b) / (a + b), max(o.hi, r.hi), max(o.width, r.width)
        else:
            out.append(Rule(r.at, r.lo, r.hi, r.width, r.faint))
    return sorted(out, key=lambda r: r.at)


def _goes_on(rule: Rule, rest: Rule, across: Sequence[Rule], covered: bool) -> bool:
    gap = rest.lo - rule.hi
    ends = _ends(rule.hi, rule.at, across) + _ends(rest.lo, rest.at, across)
    if covered and gap <= _COVERED:
        return ends <= 1
    return ends == 0 and (gap <= _BROKEN or _is_one(rule, rest, across))


def _is_one(rule: Rule, rest: Rule, across: Sequence[Rule]) -> bool:
    """True for two pieces between which light took the print: each begins at a rule of the table and is longer than what lacks."""
    held = _ends(rule.lo, rule.at, across) and _ends(rest.hi, rest.at, across)
    return held and rest.lo - rule.hi <= min(rule.hi - rule.lo, rest.hi - rest.lo)


def _ends(end: float, at: float, across: Sequence[Rule]) -> bool:
    return any(abs(o.at - end) <= _MEETS and o.lo - _MEETS <= at <= o.hi + _MEETS for o in across)


def _is_over(drawn: Sequence[Box], lo: float, hi: float, at: float) -> bool:
    return any(x0 - _MEETS < hi and lo < x1 + _MEETS and top <= at <= bottom for x0, top, x1, bottom in drawn)


def _within(rules: Sequence[Rule], across: Sequence[Rule]) -> list[Rule]:
    """The rules that belong to their frame: not those that touch it from outside or end at nothing in it, as strokes of a pen do."""
    if len(across) < 2:
        return list(rules)
    first, last = min(r.at for r in across), max(r.at for r in across)
    out = []
    for r in rules:
        met = [
            end <= first or end >= last or any(abs(o.at - end) < 1 and o.lo - 1 <= r.at <= o.hi + 1 for o in across) for end in (r.lo, r.hi)
        ]
        inside = min(r.hi, last) - max(r.lo, first) >= 0.5 * (r.hi - r.lo)
        if inside and (all(met) or r.hi - r.lo >= 0.5 * (last - first)):
            out.append(r)
    return out


def _to(rule: Rule, others: Sequence[Rule]) -> Rule:
    """The rule with each end at the other rule that it nearly meets, or runs through by less than a row: a letter goes on with it."""
    met = [o.at for o in others if o.lo - _ENDS <= rule.at <= o.hi + _ENDS]
    lo = min((x for x in met if -_ENDS <= x - rule.lo <= _RUNS), key=lambda x: abs(x - rule.lo), default=rule.lo)
    hi = min((x for x in met if -_ENDS <= rule.hi - x <= _RUNS), key=lambda x: abs(x - rule.hi), default=rule.hi)
    return Rule(rule.at, lo, hi, rule.width, rule.faint) if hi > lo else rule


def _trimmed(rules: Sequence[Rule], across: Sequence[Rule], least: float) -> list[Rule]:
    """Rules without what runs on beyond the outermost ones across them, where ``least`` others end there: a pen or a fold goes on."""
    first, last = min(r.at for r in across), max(r.at for r in across)
    out = []
    for r in rules:
        others = [o for o in rules if o is not r]
        lo = first if first - _OVER <= r.lo < first and sum(abs(o.lo - first) < 1 for o in others) >= least else r.lo
        hi = last if last < r.hi <= last + _OVER and sum(abs(o.hi - last) < 1 for o in others) >= least else r.hi
        out.append(Rule(r.at, lo, hi, r.width, r.faint))
    return out


def _gone_on(rules: Sequence[Rule], across: Sequence[Rule]) -> list[Rule]:
    """Rules whose end is worn away between two rules across, drawn to the next where most others run on: print ends at a rule."""
    at = sorted({r.at for r in across})
    out = []
    for r in rules:
        lo, hi = _end(r.lo, at, rules, 0), _end(r.hi, at, rules, 1)
        out.append(Rule(r.at, lo, hi, r.width, r.faint) if lo < hi else r)
    return out


def _end(end: float, at: Sequence[float], rules: Sequence[Rule], upper: int) -> float:
    """Where the upper or lower end of a rule once was. ``at``: the places of the rules across, ascending."""
    before, after = max((x for x in at if x <= end + _MEETS), default=end), min((x for x in at if x >= end - _MEETS), default=end)
    if after - before <= 2 * _MEETS:  # it ends at a rule, or beyond them all
        return end
    shown = (end - before) if upper else (after - end)
    others = sum(r.lo <= before + _MEETS and after - _MEETS <= r.hi for r in rules)
    if shown < _RUNS_ON * (after - before) or 2 * others < len(rules):
        return end
    return after if upper else before
