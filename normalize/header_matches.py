"""What each printed header of a plan was taken for: by which wording of the lexicon, with which score, and what else it may mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..schema.place import Place
from ..schema.plan import Plan
from .header_roles import SURE, Wording, matches


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """A header with the role that its column got ("" for none) and the wordings that it may mean, nearest first (score 0..100).

    ``by_cells``: the role is another than that of the header, from the cells below it or the columns beside it.
    ``unread``: the cells gave no values, for want of a role or because another column has it. ``doubted``: role or months may be others.
    """

    printed: str
    role: str
    unread: bool
    doubted: bool
    wordings: tuple[tuple[Wording, float], ...]
    place: Place

    @property
    def by_cells(self) -> bool:
        return bool(self.role) and (not self.wordings or self.wordings[0][0].role != self.role)

    @property
    def verdict(self) -> str:
        """``none`` without a role, ``double`` where another column has it, ``doubted``, ``two`` of two roles, ``assumed`` or ``known``."""
        if not self.role:
            return "none"
        if self.unread and self.role != "ignore":
            return "double"
        if self.doubted:
            return "doubted"
        if len({w.role for w, _ in self.wordings}) > 1:
            return "two"
        sure = self.wordings and self.wordings[0][1] >= SURE and not self.by_cells
        return "known" if sure else "assumed"


def header_matches(plan: Plan) -> Iterator[HeaderMatch]:
    """The printed headers of a plan, each once for each role that it got, in reading order."""
    seen: set[tuple[str, str, bool, bool]] = set()
    for table in plan.tables:
        for column in table.columns:
            key = (column.printed, column.role, column.unread, column.doubted)
            if column.printed and key not in seen:
                seen.add(key)
                found = tuple(matches(tuple(column.printed.split(" / "))))
                yield HeaderMatch(column.printed, column.role, column.unread, column.doubted, found, table.place)
