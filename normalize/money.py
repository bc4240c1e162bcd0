"""The amounts of money that tables print: those of the rows, and whole tables of them, so that their totals can be checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..extract.figure_form import grouped
from ..extract.raw import Row
from ..extract.shape import NUMERIC, Shape, shape
from ..schema.place import Place
from ..schema.printed_tables import MoneyRow, MoneyTable
from ..schema.quantity import Quantity, State
from .folding import fold
from .lexicon import load
from .numbers import Convention, conventions, parse
from .table_view import TableView

_LEAST_ROWS = 2
# So many amounts of a column that group by one sign, and none with decimals behind the other, show that the other sign groups as well.
_GROUPED = 3
_BY = {sign: re.compile(rf"\D{{0,4}}(?!0){grouped(sign)}\D{{0,4}}") for sign in ",."}
_THOUSANDS = {",": Convention(comma_thousands=1), ".": Convention(point_thousands=1)}


class Amounts:
    """Reads amounts of money as all columns of money of a document print them: their signs may not be those of the other figures."""

    def __init__(self, views: Sequence[TableView]) -> None:
        texts = [c.text for v in views for n in _columns(v) for r in v.table.rows if (c := r.cells[n] if n < len(r.cells) else None)]
        self.convention = conventions(t for t in texts if shape(t) in NUMERIC)
        by_header: dict[str, list[str]] = {}
        for view in views:
            for n in _columns(view):
                by_header.setdefault(fold(view.columns[n].printed), []).extend(r.text(n) for r in view.table.rows)
        self.signs = {header: _grouping(cells) for header, cells in by_header.items()}

    def read(self, text: str, place: Place, header: str) -> Quantity:
        """The amount of a cell below a header.

        "820,000" among amounts such as 310.500 is thousands by another sign: money has no three decimals where it has no two.
        """
        odd = {",": ".", ".": ","}.get(self.signs.get(fold(header), ""), "")
        groups = bool(odd) and _BY[odd].fullmatch(text.strip()) is not None
        return parse(text, place, _THOUSANDS[odd] if groups else self.convention)


def money_tables(views: Sequence[TableView], amounts: Amounts) -> tuple[MoneyTable, ...]:
    """The tables with columns of money and two rows of amounts or more, whether their other columns are understood or not."""
    found = (_money(v, amounts) for v in views if _columns(v))
    return tuple(t for t in found if sum(1 for r in t.rows if any(q.value is not None for q in r.amounts)) >= _LEAST_ROWS)


def _columns(view: TableView) -> list[int]:
    return [c.index for c in view.columns if c.role == "budget" and c.printed]


def _money(view: TableView, amounts: Amounts) -> MoneyTable:
    columns = _columns(view)
    rows = []
    for row in view.table.rows:
        label = _label(view, row)
        found = tuple(_amount(row, n, amounts, view.columns[n].printed) for n in columns)
        rows.append(MoneyRow(label=label[:200], total=is_total(label), amounts=found, place=row.place))
    return MoneyTable(columns=tuple(view.columns[n].printed for n in columns), rows=tuple(rows), place=view.table.place)


def _grouping(cells: Sequence[str]) -> str:
    """The sign by which a column of money groups its thousands, where no cell prints decimals; "" where nothing tells."""
    told = [c.strip() for c in cells if any(ch.isdigit() for ch in c)]
    by = {sign: sum(1 for t in told if p.fullmatch(t)) for sign, p in _BY.items()}
    usual = max(by, key=lambda sign: by[sign])
    whole = all("," not in t and "." not in t for t in told if not any(p.fullmatch(t) for p in _BY.values()))
    return usual if whole and by[usual] >= _GROUPED and by[usual] > 2 * min(by.values()) else ""


def _amount(row: Row, column: int, amounts: Amounts, header: str) -> Quantity:
    """The amount of a cell; in doubt where the row's cells may belong to another column."""
    quantity = amounts.read(row.text(column), row.place, header)
    doubtful = column in row.unsure and quantity.value is not None
    return replace(quantity, state=State.AMBIGUOUS) if doubtful else quantity


def _label(view: TableView, row: Row) -> str:
    """What a row is called: the text that says total, else its name, else its first text."""
    texts = [c.text for _, c in row.filled if shape(c.text) is Shape.TEXT]
    own = view.text(row, "name") if "name" in view.by_role else ""
    return next((t for t in texts if is_total(t)), own if own in texts else texts[0] if texts else "")


def is_total(text: str) -> bool:
    """True for a label that says total or sum."""
    return re.match(load("statements").get("total", "(?!)"), fold(text)) is not None
