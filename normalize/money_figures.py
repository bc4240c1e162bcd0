"""The amounts of money of one row, apart from its physical figures: as measures whose unit begins with a currency."""

from __future__ import annotations

from dataclasses import replace

from ..extract.raw import Row
from ..extract.shape import NUMERIC, shape
from ..schema.place import Place
from ..schema.plan import Measure
from ..schema.quantity import Quantity, State
from .figures import Facts, measure_of, quantity_of
from .money import Amounts
from .periods import Period
from .table_view import TableView


def read_money(view: TableView, row: Row, periods: dict[int, Period | None], facts: Facts, amounts: Amounts) -> list[Measure]:
    """One measure for each column of money that is read."""
    found = []
    for column in view.money:

        def read(text: str, place: Place, header: str = column.printed) -> Quantity:
            return amounts.read(text, place, header)

        quantity = quantity_of(column.money, column.index, row, read)
        if column.index in view.doubted and quantity.value is not None:
            quantity = replace(quantity, state=State.AMBIGUOUS, alternative=None)
        found.append(measure_of(column.money, quantity, periods[column.index], facts.year, view.money_units[column.index]))
    return found


def prints_money(view: TableView, row: Row) -> bool:
    """True for a row with an amount in one of its columns of money."""
    return any(shape(row.text(c.index)) in NUMERIC for c in view.money)
