"""Rows that print the money of the action above them, as a column, their unit or a name that only says money tells; and their total."""

from __future__ import annotations

from ..extract.raw import Row
from .columns import row_words
from .folding import fold
from .money import is_total
from .money_columns import has_sign
from .table_view import TableView

_REPEATED = 2
"""Rows of a table that must bear a name such as "Presupuesto (S/.)" for it to be none of an action."""

_LONGEST = 40
_FILLERS = frozenset({"meta", "en", "de"})


class MoneyRows:
    """What a table shows of rows of money; asked row by row, from its top down."""

    def __init__(self, view: TableView) -> None:
        self.view = view
        names = [r.text(view.name_column) for r in view.table.rows if not view.code_text(r)]
        self.by_name = sum(_says_money(n) for n in names) >= _REPEATED
        self.above: Row | None = None
        """The last row that is none of money."""
        self.seen = "row_kind" in view.by_role
        """True where the table prints rows of money: told by its column of kinds, else by a row above."""

    def has(self, row: Row) -> bool:
        """True for a row of money; any other is remembered as the action that the next ones may belong to."""
        kind = row_words("row_kind").get(fold(self.view.text(row, "row_kind")))
        if kind == "money" or (self.above and self._belongs(row, self.above)) or (kind is None and self._totals(row)):
            self.seen = True
            return True
        self.above = row
        return False

    def _belongs(self, row: Row, above: Row) -> bool:
        name, code = row.text(self.view.name_column), self.view.code_text(row)
        if code not in ("", self.view.code_text(above)):
            return False
        if name in ("", above.text(self.view.name_column)):
            unit, other = (self.view.text(r, "unit_of_measure") for r in (row, above))
            return _says_money(unit) and bool(other) and not _says_money(other)
        return self.by_name and not code and _says_money(name)

    def _totals(self, row: Row) -> bool:
        """True for a total that prints a currency in a table with rows of money: it adds up those, and no goods."""
        label = self.view.code_text(row) or row.text(self.view.name_column)
        return self.seen and is_total(label) and any(has_sign(row.text(c.index)) for c in self.view.figures)


def _says_money(text: str) -> bool:
    """True for a text of words of money alone: "S/.", "Presupuesto (S/.)", "Meta financiera en soles"."""
    words, plain = row_words("row_kind"), fold(text)
    parts = [w for w in plain.split() if w not in _FILLERS]
    return words.get(plain) == "money" or (bool(parts) and len(plain) <= _LONGEST and all(words.get(w) == "money" for w in parts))
