"""The ratios and products of a summary table's own columns: what each may be a share or a contribution of."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.language import number
from ...schema.quantity import Quantity
from .summary_table import Reading, Table
from .tables import TOTAL

_SAME = 1e-6
_MIN_HITS = 2
# Lines that show that a column is a product.
_SHOWN = 3


def products(table: Table, column: int) -> Iterator[Reading]:
    """What a line contributes: its weight times its result, where three lines or more show it."""
    others = [n for n in range(len(table.columns)) if n != column]
    for a in others:
        for b in others:
            pairs = [(table.cell(n, a), table.cell(n, b)) for n in range(len(table.lines))] if a < b else []
            values = [
                product_of(x, y) if line.meaning.scopes != (TOTAL,) else None for (x, y), line in zip(pairs, table.lines, strict=False)
            ]
            reading = Reading("product", values, reach={n: reach(x, y) for n, (x, y) in enumerate(pairs) if x and y})
            if ratio_hits(table, column, reading)[0] >= _SHOWN:
                yield reading


def reach(a: Quantity, b: Quantity) -> float:
    """What the last decimals of two factors in percent may change in their product; a weight without decimals is exact."""
    margins = [abs(x.value or 0.0) * 0.5 * 10.0**-y.decimals for x, y in ((a, b), (b, a)) if y.decimals or y is b]
    return sum(margins) / 100.0


def product_of(a: Quantity | None, b: Quantity | None) -> tuple[float, str] | None:
    if a is None or b is None or a.value is None or b.value is None:
        return None
    value = a.value * b.value / 100.0
    return value, f"{number(a.value)} × {number(b.value)} / 100 = {number(round(value, 2))}"


def own_ratios(table: Table, column: int) -> Iterator[Reading]:
    others = [n for n, c in enumerate(table.columns) if n != column and c.kind not in ("share", "mean")]
    for part in others:
        for whole in others:
            if part != whole:
                yield Reading("ratio", [ratio_of(table.cell(n, part), table.cell(n, whole)) for n in range(len(table.lines))])


def of_total(table: Table, column: int) -> Iterator[Reading]:
    totals = [n for n, line in enumerate(table.lines) if line.meaning.scopes == (TOTAL,)]
    for part, meaning in enumerate(table.columns):
        if part == column or meaning.kind in ("share", "mean"):
            continue
        cells = [table.cell(n, part) for n in range(len(table.lines)) if n not in totals]
        whole = table.cell(totals[-1], part) if totals else None
        if whole is None and all(c is not None for c in cells):
            whole = Quantity(value=sum(c.value or 0.0 for c in cells if c), state=next(c for c in cells if c).state) if cells else None
        yield Reading("ratio", [ratio_of(table.cell(n, part), whole) for n in range(len(table.lines))])


def ratio_of(part: Quantity | None, whole: Quantity | None) -> tuple[float, str] | None:
    if part is None or whole is None or part.value is None or not whole.value or whole.value < 0:
        return None
    value = 100.0 * part.value / whole.value
    return value, f"{number(part.value)} / {number(whole.value)} × 100 = {number(round(value, 2))} %"


def ratio_hits(table: Table, column: int, reading: Reading) -> tuple[int, int]:
    pairs = [(table.cell(n, column), v) for n, v in enumerate(reading.values)]
    told = [(q, v) for q, v in pairs if q is not None and v is not None and q.value is not None]
    hits = [q for q, v in told if abs((q.value or 0.0) - v[0]) <= 0.5 * 10.0**-q.decimals + _SAME]
    return (len(hits) if len({q.value for q in hits}) >= _MIN_HITS else 0), len(told)  # 100 % in every line shows no way
