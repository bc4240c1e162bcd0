"""The arithmetic of one row: quarters against the year, actual against target; settles doubt and confirms figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from functools import cache, lru_cache
from itertools import product
from operator import attrgetter

from ..schema.plan import Basis, Confidence, Measure, MeasureKind
from ..schema.quantity import Quantity, State

ROUNDINGS = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN, "up": ROUND_UP}
BASES = ("annual", "period", "cumulative")
_TOLERANCE = 1e-6
_MAX_DOUBTFUL = 6
_TWO_READINGS = re.compile(r"([1-9]\d{0,2})([.,])(\d{3})")
_LENGTHS = (1, 2, 3, 4, 6)  # months of the parts that a year is printed in
_MONTHS = attrgetter("months")


@lru_cache(maxsize=65536)
def percent_of(actual: float, target: float, decimals: int, rounding: str) -> float:
    """``actual / target`` in percent, rounded to ``decimals``. Decimal arithmetic, so that 112.5 rounds as on paper.

    Raises ZeroDivisionError for a target of zero.
    """
    exact = Decimal(repr(actual)) * 100 / Decimal(repr(target))
    return float(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUNDINGS[rounding]))


def adds_up(parts: Sequence[float], whole: float) -> bool:
    return abs(sum(parts) - whole) <= _TOLERANCE * max(1.0, abs(whole))


def is_rate(parts: Sequence[float], year: float, unit_code: str) -> bool:
    """True for a rate, or a stock that is kept up: it does not add, and the year may be its mean or its last value."""
    return unit_code == "percent" or all(v == year for v in parts)


def contradicted(measures: Sequence[Measure], unit_code: str) -> bool:
    """True where the row's own arithmetic fails: quarters that do not make the year, a percentage that no target of the row gives."""
    parts, annual = quarters_and_year(measures)
    if annual is not None and annual.quantity.known and _complete(parts):
        values = [v for p in parts if (v := p.quantity.value) is not None]
        year = annual.quantity.value or 0.0
        if values and not adds_up(values, year) and not is_rate(values, year, unit_code):
            return True
    for percent, actual in percentages(measures):
        if percent.quantity.known and actual.quantity.known:
            targets = [t[0] for basis in BASES if (t := target_for(measures, actual, basis)) and t[0]]
            if targets and not any(_gives(percent.quantity, actual.quantity.value or 0.0, target) for target in targets):
                return True
    return False


def _complete(parts: Sequence[Measure]) -> bool:
    return all(p.quantity.known or p.quantity.state in (State.BLANK, State.NOT_PROGRAMMED) for p in parts)


def quarters_and_year(measures: Sequence[Measure]) -> tuple[list[Measure], Measure | None]:
    """The sub-annual targets that tile the year without overlap, the finest where there are several, and the annual target."""
    targets = [m for m in measures if m.measure is MeasureKind.TARGET]
    annual = next((m for m in targets if m.basis is Basis.ANNUAL), None)
    parts = sorted((m for m in targets if m.basis is Basis.PERIOD and m.months is not None), key=_MONTHS)
    if not tile_the_year(m.months for m in parts if m.months is not None):
        parts = parts_of(targets, MeasureKind.TARGET, (1, 12))
    return parts, annual


def parts_of(measures: Sequence[Measure], kind: MeasureKind, span: tuple[int, int]) -> list[Measure]:
    """The figures of a kind whose periods, all of one length, tile a span without overlap: the finest; none where they do not."""
    by_months = {m.months: m for m in reversed(measures) if m.measure is kind and m.months is not None}
    tiles = next((spans for spans in _tilings(span) if all(map(by_months.__contains__, spans))), ())
    return [by_months[s] for s in tiles]


@cache
def _tilings(span: tuple[int, int]) -> list[list[tuple[int, int]]]:
    """The ways in which shorter periods of one length tile a span of months, the finest first."""
    first, last = span
    lengths = [n for n in _LENGTHS if n < last - first + 1]
    found = [[(start, start + n - 1) for start in range(first, last + 1, n)] for n in lengths]
    return [spans for spans in found if spans[-1][1] == last]


def wholes(measures: Sequence[Measure], kind: MeasureKind) -> Iterator[tuple[Measure, list[Measure]]]:
    """Each known figure of some months with the figures of that kind whose months make them up: June to date, and its six months."""
    own = [m for m in measures if m.measure is kind and m.months is not None]
    parts = sorted((m for m in own if m.basis is Basis.PERIOD), key=lambda m: m.months or (0, 0))
    for whole in own:
        first, last = whole.months or (0, 0)
        inner = [p for p in parts if p is not whole and p.months is not None and first <= p.months[0] and p.months[1] <= last]
        if len(inner) > 1 and whole.quantity.known and _tile([p.months for p in inner if p.months is not None], first, last):
            yield whole, inner


def tile_the_year(spans: Iterable[tuple[int, int]]) -> bool:
    """True where spans of a first and a last month make up the year without gap or overlap."""
    return _tile(spans, 1, 12)


def _tile(spans: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    reached = start - 1
    for first, last in sorted(spans):
        if first != reached + 1:
            return False
        reached = last
    return reached == end


def settle(measures: list[Measure]) -> list[Measure]:
    """Figures with two readings, decided where the row's own sums or percentage allow exactly one combination.

    A figure whose reading follows from the document's custom is read the other way where only that makes the row add up.
    """
    doubtful = [i for i, m in enumerate(measures) if m.quantity.state is State.AMBIGUOUS and m.quantity.alternative is not None]
    if not doubtful:
        return _against_custom(measures)
    if len(doubtful) > _MAX_DOUBTFUL:
        return measures
    consistent = []
    for choice in product((False, True), repeat=len(doubtful)):
        candidate = list(measures)
        for i, other in zip(doubtful, choice, strict=True):
            candidate[i] = _read_as(measures[i], other)
        if set(doubtful) <= confirmed(candidate):
            consistent.append(candidate)
    return consistent[0] if len(consistent) == 1 else measures


def doubted(measures: list[Measure]) -> list[Measure]:
    """Figures whose separator the document explains, doubted where the row's own arithmetic holds with their other reading alone.

    "567.377" beside 527,309 and 108 % is no decimal, whatever points mean elsewhere.
    """
    if not contradicted(measures, ""):
        return measures
    found = list(measures)
    for i, measure in enumerate(measures):
        q = measure.quantity
        other = other_reading(q) if q.state is State.VALUE else None
        if other is None:
            continue
        doubt = replace(measure, quantity=replace(q, state=State.AMBIGUOUS, alternative=other))
        candidate = [*measures[:i], _read_as(doubt, True), *measures[i + 1 :]]
        if i in confirmed(candidate) and not contradicted(candidate, ""):
            found[i] = doubt
    return found


def _against_custom(measures: list[Measure]) -> list[Measure]:
    """A row whose parts do not make its year, with the one figure read the other way that makes them."""
    parts, annual = quarters_and_year(measures)
    if annual is None or not annual.quantity.known or not _complete(parts) or _sums(parts, annual):
        return measures
    found = []
    for m in (annual, *parts):
        other = other_reading(m.quantity) if m.quantity.known else None
        if other is not None:
            read = replace(m, quantity=replace(m.quantity, value=other, decimals=0 if other == int(other) else 3))
            if _sums([read if p is m else p for p in parts], read if m is annual else annual):
                found.append([read if o is m else o for o in measures])
    return found[0] if len(found) == 1 else measures


def _sums(parts: Sequence[Measure], annual: Measure) -> bool:
    return bool(parts) and adds_up([p.quantity.value or 0.0 for p in parts], annual.quantity.value or 0.0)


def other_reading(quantity: Quantity) -> float | None:
    """The other value that a figure with one separator and three digits behind it may have; None for other figures."""
    match = _TWO_READINGS.fullmatch(quantity.printed.strip())
    if match is None or quantity.value is None:
        return None
    whole, decimal = float(match[1] + match[3]), float(f"{match[1]}.{match[3]}")
    return decimal if quantity.value == whole else whole


def _read_as(measure: Measure, other: bool) -> Measure:
    q = measure.quantity
    value = q.alternative if other else q.value
    decimals = 3 if value != int(value or 0) else 0
    settled = replace(q, value=value, alternative=None, state=State.VALUE, decimals=decimals)
    return replace(measure, quantity=settled)


def confirmed(measures: Sequence[Measure]) -> set[int]:
    """The indexes of the figures that the row's arithmetic confirms."""
    found: set[int] = set()
    index = {id(m): i for i, m in enumerate(measures)}
    parts, annual = quarters_and_year(measures)
    if annual is not None and annual.quantity.known and parts:
        values = [p.quantity.value for p in parts if p.quantity.known]
        if values and _complete(parts) and adds_up([v for v in values if v is not None], annual.quantity.value or 0.0):
            found |= {index[id(annual)]} | {index[id(p)] for p in parts}
    for kind in (MeasureKind.TARGET, MeasureKind.ACTUAL):
        for whole, parts in wholes(measures, kind):
            if _complete(parts) and adds_up([p.quantity.value or 0.0 for p in parts], whole.quantity.value or 0.0):
                found |= {index[id(m)] for m in (whole, *parts)}
    for percent, actual in percentages(measures):
        for basis in BASES if actual.quantity.known and percent.quantity.known else ():
            target = target_for(measures, actual, basis)
            if target and target[0] and _gives(percent.quantity, actual.quantity.value or 0.0, target[0]):
                found |= {index[id(percent)], index[id(actual)]}
                if actual.quantity.value:  # 0 % of nothing done says nothing of the target
                    found |= {index[id(u)] for u in target[1]}
                break
    return found


def _gives(percent: Quantity, actual: float, target: float) -> bool:
    return percent.known and any(percent_of(actual, target, percent.decimals, r) == percent.value for r in ROUNDINGS)


def percentages(measures: Sequence[Measure]) -> Iterator[tuple[Measure, Measure]]:
    """Each percent with the actual that it is of: that of the same period, else the only one of the row."""
    for percent in measures:
        if percent.measure is not MeasureKind.PERCENT:
            continue
        actuals = [m for m in measures if m.measure is MeasureKind.ACTUAL]
        actual = next((m for m in actuals if m.months == percent.months), actuals[0] if len(actuals) == 1 else None)
        if actual is not None:
            yield percent, actual


def target_for(measures: Sequence[Measure], actual: Measure, basis: str) -> tuple[float, list[Measure]] | None:
    """The target that an actual is measured against, and the figures it is made of; None where the row prints none.

    ``period``: the target printed for the actual's very period; ``cumulative``: that of the year so far,
    printed or summed from the parts up to the end of the actual's period (blank parts count nothing);
    ``annual``: the year's.
    """
    targets = [m for m in measures if m.measure is MeasureKind.TARGET]
    if basis == "annual":
        found = [m for m in targets if m.basis is Basis.ANNUAL and m.quantity.known]
        return (found[0].quantity.value or 0.0, found[:1]) if found else None
    same = [m for m in targets if m.months is not None and m.months == actual.months and m.quantity.known]
    if basis == "period":
        return (same[0].quantity.value or 0.0, same[:1]) if same else None
    if actual.months is None:
        return None
    until = actual.months[1]
    parts, _ = quarters_and_year(measures)
    due = [p for p in parts if p.months is not None and p.months[1] <= until]
    if not due or due[-1].months is None or due[-1].months[1] != until:
        return None
    if any(not p.quantity.known and p.quantity.state not in (State.BLANK, State.NOT_PROGRAMMED) for p in due):
        return None
    known = [p for p in due if p.quantity.known]
    # Decimal, so that quarters of 0.1 and 0.2 make 0.3.
    return float(sum((Decimal(repr(p.quantity.value)) for p in known), Decimal(0))), known


def confidence(measures: Sequence[Measure]) -> Confidence:
    """``checked`` where arithmetic or a second reading confirms every figure of the row; doubt anywhere is the row's doubt."""
    states = {m.quantity.state for m in measures}
    if State.ILLEGIBLE in states:
        return Confidence.ILLEGIBLE
    if State.AMBIGUOUS in states:
        return Confidence.AMBIGUOUS
    figures = {i for i, m in enumerate(measures) if m.quantity.known}
    read_twice = {i for i in figures if measures[i].quantity.confirmed}
    return Confidence.CHECKED if figures and figures <= read_twice | confirmed(measures) else Confidence.READ
