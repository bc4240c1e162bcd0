"""Rows that print one action twice or more, what was programmed and what was executed (P/E): how they are told and put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..extract.raw import Row
from ..schema.plan import Measure, MeasureKind
from .columns import row_words
from .folding import fold
from .table_view import TableView

_LONGEST = 24
_LONGEST_NAME = 400
_SINGLE = 1


def row_measure(text: str) -> str:
    """target, actual or percent, for a cell that says which of them its row prints (P/E, Prog./Ejec., %); "" for another text."""
    kind = row_words("row_measure").get(fold(text), "")
    return "" if kind == "other" else kind


@cache
def _named() -> re.Pattern[str]:
    """A name with what its row prints behind it: "Capacitar – Programado", "Capacitar (P)"."""
    words = sorted((w for w in row_words("row_measure") if len(w) > _SINGLE), key=len, reverse=True)
    every = sorted(row_words("row_measure"), key=len, reverse=True)
    behind, bracketed = ("|".join(map(re.escape, w)) for w in (words, every))
    return re.compile(rf"(?P<name>.*?\S)\s*(?:[-–—:]\s*(?P<a>{behind})\.?|\(\s*(?P<b>{bracketed})\.?\s*\))", re.I)


def named_measure(text: str) -> tuple[str, str]:
    """The name without the word behind it that says what its row prints, and what that is; ("…", "") where there is none."""
    match = _named().fullmatch(text) if len(text) <= _LONGEST_NAME else None
    if match is None:
        return text, ""
    return match["name"], row_measure(match["a"] or match["b"])


class Pairs:
    """How a table tells its rows apart: by a column of its own, by the names, or not at all."""

    def __init__(self, view: TableView) -> None:
        self.view = view
        self.column = "row_measure" in view.by_role
        names = [] if self.column else [r.text(view.name_column) for r in view.table.rows]
        plain = {row_measure(n) for n in names if len(n) <= _LONGEST} - {""}
        self.words_alone = {"target", "actual"} <= plain
        found: dict[str, set[str]] = {}
        for name, kind in map(named_measure, names):
            if kind:
                found.setdefault(fold(name), set()).add(kind)
        self.behind_names = any({"target", "actual"} <= kinds for kinds in found.values())

    @property
    def any(self) -> bool:
        return self.column or self.words_alone or self.behind_names

    def kind(self, row: Row) -> str:
        """target, actual or percent, as the row says; "" where it says nothing."""
        if self.column:
            return row_measure(self.view.text(row, "row_measure"))
        name = row.text(self.view.name_column)
        if self.words_alone and len(name) <= _LONGEST and (kind := row_measure(name)):
            return kind
        return named_measure(name)[1] if self.behind_names else ""

    def name(self, row: Row) -> str:
        """The name of a row's action; "" where it prints none of its own."""
        name = row.text(self.view.name_column)
        if self.words_alone and len(name) <= _LONGEST and row_measure(name):
            return ""
        return named_measure(name)[0] if self.behind_names else name

    def other(self, row: Row) -> bool:
        """True for a row of a kind that is not read: a difference, a balance."""
        return self.column and bool(text := self.view.text(row, "row_measure")) and not row_measure(text)

    def executed_until(self) -> int | None:
        """The last month for which a row of executed figures prints one; None where no row does."""
        columns = [c for c in self.view.figures if c.role == "target" and c.period is not None and c.basis != "annual"]
        rows = [r for r in self.view.table.rows if self.kind(r) == "actual"]
        return max((c.period.last for c in columns if c.period and any(r.text(c.index) for r in rows)), default=None)


def joined(above: Sequence[Measure], below: Sequence[Measure]) -> list[Measure]:
    """The figures of two rows of one action: of two cells for one figure the one that is printed; if both are, that of the executed row."""
    kept = {(m.measure, m.months): m for m in above}
    own = list(above)
    for m in below:
        other = kept.get((m.measure, m.months))
        if other is None:
            own.append(m)
        elif m.quantity.printed and (m.measure is not MeasureKind.TARGET or not other.quantity.printed):
            own[own.index(other)] = m
    return own
