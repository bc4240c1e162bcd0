"""The amounts of money that tables print, kept apart from the figures of indicators so that their totals can be checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..extract.raw import Row
from ..extract.shape import NUMERIC, Shape, shape
from ..schema.plan import MoneyRow, MoneyTable
from ..schema.quantity import Quantity, State
from .folding import fold
from .lexicon import load
from .numbers import Convention, conventions, parse
from .table_view import TableView

_LEAST_ROWS = 2


def money_tables(views: Sequence[TableView]) -> tuple[MoneyTable, ...]:
    """The tables with columns of money and two rows of amounts or more, whether their other columns are understood or not."""
    texts = [c.text for v in views for n in _columns(v) for r in v.table.rows if (c := r.cells[n] if n < len(r.cells) else None)]
    convention = conventions(t for t in texts if shape(t) in NUMERIC)
    found = (_money(v, convention) for v in views if _columns(v))
    return tuple(t for t in found if sum(1 for r in t.rows if any(q.value is not None for q in r.amounts)) >= _LEAST_ROWS)


def _columns(view: TableView) -> list[int]:
    return [c.index for c in view.columns if c.role == "budget" and c.printed]


def _money(view: TableView, convention: Convention) -> MoneyTable:
    columns = _columns(view)
    rows = []
    for row in view.table.rows:
        label = _label(view, row)
        amounts = tuple(_amount(row, n, convention) for n in columns)
        rows.append(MoneyRow(label=label[:200], total=_is_total(label), amounts=amounts, place=row.place))
    printed = {c.index: c.printed for c in view.columns}
    return MoneyTable(columns=tuple(printed[n] for n in columns), rows=tuple(rows), place=view.table.place)


def _amount(row: Row, column: int, convention: Convention) -> Quantity:
    """The amount of a cell; in doubt where the row's cells may belong to another column."""
    quantity = parse(row.text(column), row.place, convention)
    doubtful = column in row.unsure and quantity.value is not None
    return replace(quantity, state=State.AMBIGUOUS) if doubtful else quantity


def _label(view: TableView, row: Row) -> str:
    """What a row is called: the text that says total, else its name, else its first text."""
    texts = [c.text for _, c in row.filled if shape(c.text) is Shape.TEXT]
    own = view.text(row, "name") if "name" in view.by_role else ""
    return next((t for t in texts if _is_total(t)), own if own in texts else texts[0] if texts else "")


def _is_total(text: str) -> bool:
    return re.match(load("statements").get("total", "(?!)"), fold(text)) is not None
