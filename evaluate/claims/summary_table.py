"""A summary table as it is counted again: its lines with their rows, and the ways in which a column may have been made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ...schema.language import Text
from ...schema.plan import Indicator
from ...schema.printed_tables import Summary, SummaryRow
from ...schema.quantity import Quantity
from .draft import DraftClaim
from .tables import Meaning

Value = Callable[["Line"], float | None]


@dataclass(slots=True)
class Line:
    """A line of a summary table with the rows that it sums up; None where no row is known to be of it."""

    row: SummaryRow
    meaning: Meaning
    rows: list[Indicator] | None = None


@dataclass(slots=True)
class Reading:
    """One way in which a column may have been made: what it gives for each line, as a number and as shown."""

    name: str
    values: list[tuple[float, str] | None]
    open: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Lines whose rows leave their count open, between a lowest and a highest."""
    printed: bool = False
    """True where nothing was computed but counted by printed classes."""
    reach: dict[int, float] = field(default_factory=dict)
    """How far the rounding of what a line was computed from may lead it astray."""


@dataclass
class Table:
    """A summary table as understood."""

    summary: Summary
    lines: list[Line]
    columns: list[Meaning]
    drafts: dict[tuple[int, int], DraftClaim] = field(default_factory=dict)

    def cell(self, line: int, column: int) -> Quantity | None:
        found = self.lines[line].row.cells[column]
        return found if found.known else None

    def draft(self, line: int, column: int, kind: str, scope: Text) -> DraftClaim:
        row, header = self.lines[line].row, self.summary.columns[column].split(" / ")[-1]
        cell = row.cells[column]
        text = f"{row.label} · {header}: {cell.printed}"
        return DraftClaim(kind, text, header, cell.printed, cell.place, scope=scope)
