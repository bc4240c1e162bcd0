"""Amounts of money that should add up: totals over the rows above them, and what is left of what there was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ..extract.figure_form import CURRENCY
from ..normalize.folding import unaccented
from ..normalize.numbers import Convention, parse
from ..schema.plan import Narrative, Plan
from ..schema.printed_tables import MoneyRow, MoneyTable
from ..schema.quantity import Quantity, State
from .wordings import load

_EMPTY = (State.BLANK, State.NOT_PROGRAMMED, State.NOT_REPORTED)
_LEAST = 2
_CENT = Decimal("0.01")
_DECIMAL_COMMA, _DECIMALS, _POINTS = re.compile(r",\d\d?$"), re.compile(r"[.,]\d\d?$"), re.compile(r"\d\.\d{3}(?:\.|$)")


@dataclass(frozen=True, slots=True)
class Total:
    """A total of a column with what the rows that it seems to total add up to."""

    row: MoneyRow
    printed: Quantity
    added: Decimal | None
    explained: bool
    """True where a run of the rows, or of the totals, right above it adds up to it."""

    @property
    def slipped(self) -> bool:
        """True where it is that sum with two figures changed over."""
        return self.added is not None and same_figures(self.added, self.printed)


@dataclass(frozen=True, slots=True)
class TotalledColumn:
    """The totals of a column of money that are not zero; empty where some amount of it is not certain."""

    table: MoneyTable
    column: int
    totals: tuple[Total, ...]

    @property
    def alone(self) -> bool:
        """True where its only total closes the table."""
        return len(self.totals) == 1 and self.totals[0].row is self.table.rows[-1]

    @property
    def whole(self) -> bool:
        """True where its only total closes the table and is what all its rows add up to."""
        only = self.totals[0] if self.alone else None
        return only is not None and only.added is not None and equal(only.added, only.printed)


def totalled(plan: Plan) -> list[TotalledColumn]:
    """The columns of money with totals."""
    return [
        TotalledColumn(table, column, tuple(_totals(table, column)))
        for table in plan.money
        if any(row.total for row in table.rows)
        for column in range(len(table.columns))
    ]


def _totals(table: MoneyTable, column: int) -> Iterator[Total]:
    if any(not (q := r.amounts[column]).known and q.state not in _EMPTY for r in table.rows):
        return
    ends: tuple[set[Decimal], set[Decimal]] = ({Decimal(0)}, {Decimal(0)})
    reached = [Decimal(0), Decimal(0)]
    since, subtotals, every = _Run(), _Run(), _Run()
    for row in table.rows:
        amount = row.amounts[column]
        value = decimal(amount).quantize(_CENT)
        if row.total and amount.known and value:
            explained = any(reached[k] - value in ends[k] for k in (0, 1))
            added = subtotals.sum if since.sum is None else since.sum
            # A total of subtotals one of which is wrong itself is told by all the rows below them.
            if not since.amounts and not explained and every.sum is not None and same_figures(every.sum, amount):
                added = every.sum
            yield Total(row, amount, added, explained)
        reached[row.total] += value
        ends[row.total].add(reached[row.total])
        if row.total:
            since = _Run()
            subtotals.add(amount)
        else:
            since.add(amount)
            every.add(amount)


@dataclass(slots=True)
class _Run:
    """Some amounts, each certain or empty, and what they add up to so far: a report of spending has thousands of totals."""

    amounts: int = 0
    known: int = 0
    total: Decimal = Decimal(0)

    def add(self, amount: Quantity) -> None:
        self.amounts += 1
        if amount.known:
            self.known += 1
            self.total += decimal(amount)

    @property
    def sum(self) -> Decimal | None:
        """None of fewer than two amounts."""
        return self.total if self.known >= _LEAST else None


def add(amounts: Sequence[Quantity]) -> Decimal | None:
    """The sum of some amounts; None of fewer than two, or where one is not certain."""
    if any(not q.known and q.state not in _EMPTY for q in amounts):
        return None
    run = _Run()
    for amount in amounts:
        run.add(amount)
    return run.sum


def decimal(amount: Quantity) -> Decimal:
    return Decimal(repr(amount.value or 0.0))


def equal(total: Decimal, printed: Quantity) -> bool:
    """True where a sum is the printed amount, to the decimals that it prints."""
    return abs(total - decimal(printed)) < (_CENT if printed.decimals else Decimal(1))


def same_figures(total: Decimal, printed: Quantity) -> bool:
    """True where a printed amount is a sum with two figures changed over: 9,420 for 9,240."""
    a, b = f"{total:.2f}", f"{decimal(printed):.2f}"
    return len(a) == len(b) and sorted(a) == sorted(b) and sum(x != y for x, y in zip(a, b, strict=True)) == _LEAST


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount that a line of the prose states for the table below it, with what that table gives."""

    line: Narrative
    amount: Quantity
    table: MoneyTable
    given: tuple[Decimal, ...]

    @property
    def holds(self) -> bool:
        return any(equal(total, self.amount) for total in self.given)


def stated(plan: Plan) -> list[Stated]:
    """The lines that state an amount right above a table with one column of money."""
    orders = sorted((t.place.order, t) for t in plan.money if len(t.columns) == 1) if plan.money else []
    tables = sorted(t.place.order for t in plan.tables)
    found: dict[tuple[int, float], Stated] = {}
    for line in plan.narrative if orders else ():
        match = _line().match(unaccented(line.text).strip())
        nearest = next((t for order, t in orders if order > line.place.order), None) if match else None
        if match is None or nearest is None or next((o for o in tables if o > line.place.order), None) != nearest.place.order:
            continue
        amount = parse(match["amount"], line.place, _convention(nearest))
        given = [decimal(r.amounts[0]) for r in nearest.rows if r.total and r.amounts[0].known][-1:]
        whole = add([r.amounts[0] for r in nearest.rows if not r.total])
        if amount.known and whole is not None:
            found[nearest.place.order] = Stated(line, amount, nearest, (*given, whole))
    return list(found.values())


def _convention(table: MoneyTable) -> Convention:
    printed = next((q.printed for r in table.rows for q in r.amounts if q.known and q.decimals), "")
    comma = _DECIMAL_COMMA.search(printed) is not None
    return Convention(comma_decimal=1, point_thousands=1) if comma else Convention(point_decimal=1, comma_thousands=1)


def like(total: Decimal, printed: str) -> str:
    """A sum written as an amount of its column is: "9,240,000.00" beside "9,420,000.00"."""
    text = f"{total:,.2f}" if _DECIMALS.search(printed) or total % 1 else f"{total:,.0f}"
    return text.translate(str.maketrans(",.", ".,")) if _DECIMAL_COMMA.search(printed) or _POINTS.search(printed) else text


@cache
def _line() -> re.Pattern[str]:
    return re.compile(load("money")["line"].replace("{signs}", CURRENCY.lower()))


@dataclass(frozen=True, slots=True)
class Balance:
    """What a table prints as left of an amount: its columns (there was, spent, left) and its rows that print all three."""

    table: MoneyTable
    columns: tuple[int, int, int]
    rows: tuple[MoneyRow, ...]

    def wanted(self, row: MoneyRow) -> Decimal:
        there_was, spent, _ = self.columns
        return decimal(row.amounts[there_was]) - decimal(row.amounts[spent])

    def holds(self, row: MoneyRow) -> bool:
        return equal(self.wanted(row), row.amounts[self.columns[2]])


def balances(plan: Plan, rows: int, share: float) -> Iterator[Balance]:
    """The balances that at least so many rows, and this share of them, of a table show."""
    for table in plan.money:
        for left in (n for n, header in enumerate(table.columns) if re.search(load("money")["left"], unaccented(header))):
            before = range(left)
            pairs = ((a, b) for a in before for b in before if a < b)
            tried = [Balance(table, (a, b, left), _printing(table, a, b, left)) for a, b in pairs]
            best = max(tried, key=lambda t: sum(t.holds(r) for r in t.rows), default=None)
            if best is not None and sum(best.holds(r) for r in best.rows) >= max(rows, share * len(best.rows)):
                yield best


def _printing(table: MoneyTable, *columns: int) -> tuple[MoneyRow, ...]:
    return tuple(r for r in table.rows if all(r.amounts[c].known for c in columns))
