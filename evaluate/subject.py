"""What a rule looks at: a plan with its formula, class limits and profile, and what several rules ask of its rows."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from ..normalize.arithmetic import target_for
from ..normalize.measure_units import unit_of
from ..schema.by_row import by_row
from ..schema.finding import Claim, Formula
from ..schema.language import Text
from ..schema.plan import ClassLimit, Indicator, Kind, Measure, MeasureKind, Plan
from ..schema.printed_tables import PrintedTable
from ..schema.quantity import Quantity
from .duties import Duty, duty_of
from .formula import DIRECT, Percentage, by_period, established
from .misheaded import as_reported
from .profile import Profile, named_texts
from .repeats import Repeat, repeats
from .same_action import Named, same_names
from .texts import Printed, texts
from .told_formulas import Told, accumulation_of, accumulations

_NO_PERCENT = Measure(measure=MeasureKind.PERCENT, quantity=Quantity())

# A title with which no more than this share of the rows agrees is that of another report.
_FEW = 0.1


@dataclass(frozen=True)
class Subject:
    """What a rule looks at: the plan, its formula, the class limits in force, the profile, and the claims of its prose."""

    plan: Plan
    profile: Profile
    formula: Formula | None
    formula_sure: bool
    limits: tuple[ClassLimit, ...]
    printed: Sequence[Percentage]
    """Every percentage printed beside an actual, those of totals among them."""
    meant: Mapping[int, tuple[int, int]]
    """The months that the figures of rows under a wrong header are of, by the row's sequence."""
    claims: tuple[Claim, ...] = ()
    decreasing: Formula | None = None
    """The formula of the rows that are better when they are less, where the document shows or states one of their own."""

    def with_claims(self, claims: tuple[Claim, ...]) -> Subject:
        """The same subject with the claims of its prose; what was found out about it before stays known."""
        made = copy(self)
        object.__setattr__(made, "claims", claims)
        return made

    @cached_property
    def texts(self) -> list[Printed]:
        """Every text of the plan."""
        return list(texts(self.plan))

    @cached_property
    def rows(self) -> list[Indicator]:
        """Rows that report or plan something: no headings, no totals."""
        return [i for i in self.plan.indicators if i.kind not in (Kind.HEADING, Kind.TOTAL)]

    @cached_property
    def own_rows(self) -> list[Indicator]:
        """The rows without those that only repeat others."""
        return [i for i in self.rows if not i.restated]

    @cached_property
    def repeats(self) -> list[Repeat]:
        """The rows of justification tables with those that they repeat."""
        return repeats(self.rows)

    @cached_property
    def same_names(self) -> list[list[Named]]:
        """The groups of rows that name the same action."""
        return list(same_names(self.plan.indicators))

    @cached_property
    def _read_tables(self) -> list[PrintedTable]:
        return [t for t in self.plan.tables if t.sequences is not None]

    def table_of(self, row: Indicator) -> PrintedTable | None:
        """The table that a row stands in."""
        n = bisect_right(self._read_tables, row.sequence, key=lambda t: t.sequences[0] if t.sequences else 0) - 1
        table = self._read_tables[n] if n >= 0 else None
        return table if table and table.sequences and row.sequence <= table.sequences[1] else None

    @cached_property
    def reported_ends(self) -> Counter[int]:
        """How many rows report up to each month."""
        return Counter(r.reported_months[1] for r in self.own_rows if r.reported_months is not None)

    def agreed_end(self, month: int) -> int | None:
        """The last month that the tables report: ``month`` where some of them do, else that of more than half of the rows, if any."""
        ends = self.reported_ends
        if ends[month] > _FEW * sum(ends.values()):
            return month
        last, rows = ends.most_common(1)[0] if ends else (0, 0)
        return last if rows > sum(ends.values()) / 2 else None

    @cached_property
    def duty(self) -> Duty | None:
        """Which rows the document itself says have to be explained, where it says so."""
        return duty_of(self.plan, {*(r.class_id for r in self.rows), *(limit.id for limit in self.limits)} - {""}, self.limits)

    @cached_property
    def percentages(self) -> list[Percentage]:
        """Those of rows that report something: no totals."""
        return [p for p in self.printed if p.row.kind is not Kind.TOTAL]

    @cached_property
    def by_row(self) -> dict[int, Percentage]:
        """The percentage of the reported period of each row, by its sequence.

        Where the document prints none at all, it is the actual alone that is compared with its target.
        """
        if self.percentages:
            return {p.row.sequence: p for p in self.percentages if p.percent.months == as_reported(p.row, self.meant)}
        return {r.sequence: Percentage(r, _NO_PERCENT, actual) for r in self.rows if (actual := compared(r)) is not None}

    @cached_property
    def basis(self) -> str | None:
        """Of which target execution is told: by the document's formula; where it prints no percentages, of the target of the same period.

        Else of the year so far; of the whole year only where the report is of that. None where no formula is known.
        """
        if self.percentages:
            return self.formula.basis if self.formula else None
        wanted = ["period", "cumulative"] + ["annual"] * all(p.actual.months == (1, 12) for p in self.by_row.values())
        reach = {basis: sum(1 for p in self.by_row.values() if p.target(basis)) for basis in wanted}
        best = max(wanted, key=lambda basis: reach[basis])
        return best if reach[best] else None

    @cached_property
    def _own_formulas(self) -> dict[tuple[int, int] | None, Formula]:
        """The formulas of single periods that differ from the document's; none where a profile states the formula."""
        own_rows = [p for p in self.percentages if not p.row.restated]
        return {} if self.profile.formula else by_period(own_rows, self.plan.document.percent_cap, self.formula)

    def formula_of(self, percentage: Percentage) -> Formula | None:
        """The formula of the document's percentages of that period, and of rows that are better when they are less."""
        if self.decreasing is not None and self.decreases(percentage.row):
            return self.decreasing
        return self._own_formulas.get(percentage.percent.months, self.formula)

    def basis_of(self, percentage: Percentage) -> str | None:
        """Of which target the execution of that percentage's row is told."""
        formula = self.formula_of(percentage) if self.percentages else None
        return formula.basis if formula else self.basis

    def sure_of(self, formula: Formula | None) -> bool:
        """True where a formula explains enough rows that one which deviates can be called wrong."""
        return self.formula_sure if formula is self.formula else formula is self.decreasing or established(formula)

    def execution(self, row: Indicator) -> float | None:
        """The row's execution in percent, unrounded, under the document's formula; None where it cannot be told."""
        return self._executions.get(row.sequence)

    @cached_property
    def _executions(self) -> dict[int, float]:
        bases = {n: (p, self.basis_of(p)) for n, p in self.by_row.items()}
        found = {n: self.exact(p, basis) for n, (p, basis) in bases.items() if basis is not None}
        return {n: value for n, value in found.items() if value is not None}

    def so_far(self, percentage: Percentage) -> Percentage:
        """The percentage with what its row reports of the year so far, where it prints that beside the actual of the last period.

        It is this that is held against the year's target: a quarter beside it would tell of a quarter of the year.
        """
        first, last = percentage.actual.months or (1, 12)
        if first == 1:
            return percentage
        actuals = (m for m in percentage.row.measures if m.measure is MeasureKind.ACTUAL and m.months == (1, last))
        whole = next((m for m in actuals if m.quantity.known), None)
        return Percentage(percentage.row, percentage.percent, whole) if whole is not None else percentage

    def exact(self, percentage: Percentage, basis: str) -> float | None:
        """A percentage under its target of a basis, unrounded, divided as the document divides; None for a ceiling (≤ 10 days) else."""
        quotient = self._quotient(percentage.row)
        return None if quotient == DIRECT and percentage.at_most(basis) else percentage.exact(basis, quotient)

    def _quotient(self, row: Indicator) -> str:
        return self.decreasing.quotient if self.decreasing is not None and self.decreases(row) else DIRECT

    def arithmetic(self, row: Indicator) -> str:
        """Where the row stands and how its execution is computed, as evidence."""
        percentage = self.by_row.get(row.sequence)
        basis = self.basis_of(percentage) if percentage else None
        shown = percentage.arithmetic(basis, self._quotient(row)) if percentage and basis else ""
        return f"{where(row)}: {shown}" if shown else where(row)

    def decreases(self, row: Indicator) -> bool:
        """True where a row is better when it is less, as its document says or else the profile."""
        return self.profile.decreases(row)

    def directed(self, row: Indicator) -> bool:
        """True where the row's execution tells of success: more is better, or the formula of what is better when less is known."""
        return self.decreasing is not None or not self.decreases(row)

    def accumulation(self, row: Indicator, kind: MeasureKind) -> str:
        """How the year of a row comes from its parts, as the profile or else the prose says: sum, last, mean, constant or ""."""
        found = self.profile.accumulation.items()
        stated = next((how for p, how in found if any(p.search(text) for text in named_texts(row))), "")
        return stated or accumulation_of(self._told, row, kind)

    @cached_property
    def _told(self) -> tuple[Told, ...]:
        return accumulations(self.plan)

    def nothing_due(self, row: Indicator) -> bool:
        """True where the row programs nothing (blank or 0) up to the end of the reported period."""
        percentage = self.by_row.get(row.sequence)
        if percentage is None:
            return False
        target = percentage.target(self.basis_of(percentage) or "cumulative") or percentage.target("cumulative")
        return target is not None and target[0] == 0


def compared(row: Indicator) -> Measure | None:
    """The actual of a row that counts something and can be held against its target: that of the reported period, else the latest.

    Of rates, days and amounts nobody knows whether more is better, unless the document prints a percentage.
    """
    if not _counts(row):
        return None
    actuals = [m for m in row.measures if m.measure is MeasureKind.ACTUAL and m.quantity.known]
    reported = next((m for m in actuals if m.months == row.reported_months), None)
    if reported is not None and any(target_for(row.measures, reported, basis) for basis in ("period", "cumulative")):
        return reported
    own = [m for m in actuals if m.months is not None and target_for(row.measures, m, "period")]
    return max(own, key=lambda m: (m.months or (0, 0))[::-1], default=reported)


def _counts(row: Indicator) -> bool:
    """True where a row's unit is of things, or has none that is known, and its figures are whole."""
    unit = unit_of(row.unit_of_measure) if row.unit_of_measure else None
    values = [m.quantity.value for m in row.measures if m.quantity.value is not None]
    return (unit is None or unit.indivisible) and all(v == int(v) for v in values)


def read_twice(row: Indicator) -> Text:
    """Says so where a second program read every figure of the row the same: what is wrong is wrong in the document."""
    figures = [m.quantity for m in row.measures if m.quantity.known]
    return _READ_TWICE if figures and all(q.confirmed for q in figures) else _NOTHING


_READ_TWICE = Text("un segundo programa leyó lo mismo", "a second program read the same")


@by_row
def where(row: Indicator) -> str:
    """The place of a row as a person looks it up: code, page or line."""
    return " · ".join(p for p in (row.code_printed or row.name[:50], place_of(row)) if p)


def place_of(row: Indicator) -> str:
    """The page or line of a row, without what it says."""
    return f"p. {row.place.page}" if row.place.page else f"l. {row.place.line}" if row.place.line else ""


_NOTHING = Text("", "")
