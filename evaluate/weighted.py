"""Weighted results: the weight of a row times its percentage, as most rows of the document print it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..schema.plan import Indicator, MeasureKind
from ..schema.quantity import Quantity

# Weights and percentages are printed of 100 or of 1: what their product is divided by.
_SCALES = (100.0, 1.0, 10000.0)
_CAPS = (None, 100.0)
_LEAST, _MOST = 3, 0.75
_SLIGHT = 1e-9


@dataclass(frozen=True, slots=True)
class Product:
    """A row with what its weight and its percentage should make, at least and at most, and what its own figures make."""

    row: Indicator
    printed: Quantity
    weight: Quantity
    percent: Quantity
    value: float
    ranges: tuple[tuple[float, float], ...]

    @property
    def holds(self) -> bool:
        slack = _half(self.printed) + _SLIGHT
        return any(low - slack <= (self.printed.value or 0.0) <= high + slack for low, high in self.ranges)


def products(rows: Iterable[Indicator], execution: Callable[[Indicator], float | None]) -> list[Product] | None:
    """The rows that print weight, percentage and weighted result, under the way that gives most of them; None where no way does.

    The document may multiply the percentage as printed, or unrounded: what is within its rounding is right.
    """
    told = [t for r in rows if (t := _told(r)) is not None]
    if len(told) < _LEAST:
        return None
    ways = [[_product(*t, execution(t[0]), scale, cap) for t in told] for scale in _SCALES for cap in _CAPS]
    # Where nothing was done every way holds.
    best = max(ways, key=lambda way: sum(p.holds for p in way if p.value))
    telling = [p for p in best if p.value]
    return best if len(telling) >= _LEAST and sum(p.holds for p in telling) >= _MOST * len(telling) else None


def _told(row: Indicator) -> tuple[Indicator, Quantity, Quantity, Quantity] | None:
    figures = [row.figure(k) for k in (MeasureKind.WEIGHTED, MeasureKind.WEIGHT, MeasureKind.PERCENT)]
    known = [q for q in figures if q is not None and q.known and q.value is not None]
    return (row, known[0], known[1], known[2]) if len(known) == len(figures) else None


def _product(
    row: Indicator, printed: Quantity, weight: Quantity, percent: Quantity, execution: float | None, scale: float, cap: float | None
) -> Product:
    def made(share: float) -> float:
        return (weight.value or 0.0) * (share if cap is None else min(share, cap)) / scale

    value, half = percent.value or 0.0, _half(percent)
    ranges = [(made(value - half), made(value + half))]
    if execution is not None:
        # Where the percentage printed is wrong and the weighted one is not, that is said of the percentage alone.
        share = execution if scale != 1.0 or value > 1 else execution / 100
        ranges.append((made(share - half), made(share + half)))
    return Product(row, printed, weight, percent, made(value), tuple(ranges))


def _half(quantity: Quantity) -> float:
    return 0.5 * 10.0**-quantity.decimals
