"""Tables as the plan keeps them: how each column was understood, summaries of other tables, and amounts of money."""

from __future__ import annotations

from .model import Model, Months
from .place import NOWHERE, Place
from .quantity import Quantity


class PrintedColumn(Model):
    """A column of a table: its header as printed (levels joined by " / "), its role and the months it is of.

    ``score`` is how near the header is to the wording of the lexicon that gave the role (0..100; 100 word for word, below 88 assumed).
    ``basis`` is ``annual``, ``part`` or ``to_date`` where the header says so without naming months. ``unread``: its cells gave no
    values; they are in the ``other`` of the rows. ``doubted``: its role or its months may be others, and all its figures are ambiguous.
    """

    printed: str
    role: str = ""
    months: Months | None = None
    kind: str = ""
    basis: str = ""
    score: float = 0.0
    unread: bool = False
    doubted: bool = False


class PrintedTable(Model):
    """A table as printed: its header, how many rows stand below it, and the first and last sequence of those that became indicators."""

    columns: tuple[PrintedColumn, ...] = ()
    rows: int = 0
    sequences: tuple[int, int] | None = None
    place: Place = NOWHERE


class SummaryRow(Model):
    """A line of a summary table: what it is of, and its figures, one for each column of figures."""

    label: str
    cells: tuple[Quantity, ...]
    place: Place = NOWHERE


class Summary(Model):
    """A table that sums up the rows of others: by unit, objective or class. Its lines are no indicators.

    ``label`` is the header of the column of labels, ``columns`` those of the figures, levels joined by " / ".
    """

    label: str = ""
    columns: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    section: int = 1
    place: Place = NOWHERE


class MoneyRow(Model):
    """A row of a table with amounts of money: its label, whether it totals others, and an amount for each column of money."""

    label: str = ""
    total: bool = False
    amounts: tuple[Quantity, ...] = ()
    place: Place = NOWHERE


class MoneyTable(Model):
    """The columns of money of a table. They are no figures of its indicators; they are kept to be added up."""

    columns: tuple[str, ...]
    rows: tuple[MoneyRow, ...]
    place: Place = NOWHERE
