"""Rows that print the money of the action above them: told by a column, by their unit, or by a name that only says money."""

from __future__ import annotations

from ..extract.raw import Row
from .columns import row_words
from .folding import fold
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

    def has(self, row: Row) -> bool:
        """True for a row of money; any other is remembered as the action that the next ones may belong to."""
        if row_words("row_kind").get(fold(self.view.text(row, "row_kind"))) == "money" or (self.above and self._belongs(row, self.above)):
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


def _says_money(text: str) -> bool:
    """True for a text of words of money alone: "S/.", "Presupuesto (S/.)", "Meta financiera en soles"."""
    words, plain = row_words("row_kind"), fold(text)
    parts = [w for w in plain.split() if w not in _FILLERS]
    return words.get(plain) == "money" or (bool(parts) and len(plain) <= _LONGEST and all(words.get(w) == "money" for w in parts))
