"""What a rule looks at: a plan with its formula, class limits and profile, and what several rules ask of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..schema.finding import Claim, Formula
from ..schema.language import Text
from ..schema.plan import ClassLimit, Indicator, Kind, Plan
from .formula import Percentage, published
from .profile import Profile


@dataclass(frozen=True)
class Subject:
    """What a rule looks at: the plan, its formula, the class limits in force, the profile, and the claims of its prose."""

    plan: Plan
    profile: Profile
    formula: Formula | None
    formula_sure: bool
    limits: tuple[ClassLimit, ...]
    claims: tuple[Claim, ...] = ()

    @cached_property
    def rows(self) -> list[Indicator]:
        """Rows that report or plan something: no headings, no totals."""
        return [i for i in self.plan.indicators if i.kind not in (Kind.HEADING, Kind.TOTAL)]

    @cached_property
    def own_rows(self) -> list[Indicator]:
        """The rows without those that only repeat others."""
        return [i for i in self.rows if not i.restated]

    @cached_property
    def percentages(self) -> list[Percentage]:
        return published(self.rows)

    @cached_property
    def by_row(self) -> dict[int, Percentage]:
        """The percentage of the reported period of each row, by its sequence."""
        return {p.row.sequence: p for p in self.percentages if p.percent.months == p.row.reported_months}

    def execution(self, row: Indicator) -> float | None:
        """The row's execution in percent, unrounded, under the document's formula; None where it cannot be told."""
        percentage = self.by_row.get(row.sequence)
        if percentage is None or self.formula is None or percentage.at_most(self.formula.basis):
            return None
        return percentage.exact(self.formula.basis)

    def arithmetic(self, row: Indicator) -> str:
        """Where the row stands and how its execution is computed, as evidence."""
        percentage = self.by_row.get(row.sequence)
        shown = percentage.arithmetic(self.formula.basis) if percentage and self.formula else ""
        return f"{where(row)}: {shown}" if shown else where(row)

    def nothing_due(self, row: Indicator) -> bool:
        """True where the row programs nothing (blank or 0) up to the end of the reported period."""
        percentage = self.by_row.get(row.sequence)
        if percentage is None:
            return False
        basis = self.formula.basis if self.formula else "cumulative"
        target = percentage.target(basis) or percentage.target("cumulative")
        return target is not None and target[0] == 0


def read_twice(row: Indicator) -> Text:
    """Says so where a second program read every figure of the row the same: what is wrong is wrong in the document."""
    figures = [m.quantity for m in row.measures if m.quantity.known]
    return _READ_TWICE if figures and all(q.confirmed for q in figures) else _NOTHING


_READ_TWICE = Text("un segundo programa leyó lo mismo", "a second program read the same")


def where(row: Indicator) -> str:
    """The place of a row as a person looks it up: code, page or line."""
    place = f"p. {row.place.page}" if row.place.page else f"l. {row.place.line}" if row.place.line else ""
    return " · ".join(p for p in (row.code_printed or row.name[:50], place) if p)


_NOTHING = Text("", "")
