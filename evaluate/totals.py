"""Rows that total others: what the rows above them add up to, over each block that they may mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from ..schema.plan import Indicator, Kind, Measure, MeasureKind
from ..schema.printed_tables import PrintedTable
from ..schema.quantity import State
from .subject import Subject

Column = tuple[MeasureKind, tuple[int, int] | None, str]


def column(measure: Measure) -> Column:
    return measure.measure, measure.months, measure.basis.value


@dataclass(slots=True)
class Added:
    """What a column of some rows adds up to. ``known`` is lost where a figure is doubtful, withheld or illegible."""

    total: Decimal = Decimal(0)
    count: int = 0
    known: bool = True

    def add(self, measure: Measure) -> None:
        quantity = measure.quantity
        if quantity.known:
            self.total += Decimal(repr(quantity.value))
            self.count += 1
        elif quantity.state not in (State.BLANK, State.NOT_PROGRAMMED, State.NOT_REPORTED):
            self.known = False


@dataclass(slots=True)
class Block:
    """Some rows in a run: how many, their columns, and whether all are amounts that may be added."""

    name: str
    rows: int = 0
    rates: bool = False
    columns: dict[Column, Added] = field(default_factory=dict)

    def add(self, row: Indicator) -> None:
        self.rows += 1
        self.rates = self.rates or row.unit_code == "percent"
        for m in row.measures:
            self.columns.setdefault(column(m), Added()).add(m)


def totals(subject: Subject) -> Iterator[tuple[Indicator, list[Block]]]:
    """Each row that is a total, with the blocks of rows above it that it may mean, of two rows or more, the nearest first.

    The rows since the last total, those of its table, of the objective, of the section and of the document; and the
    totals themselves, where it totals subtotals. They go on growing: what is wanted of them is to be taken at once.
    """
    blocks = {name: Block(name) for name in ("last", "table", "objective", "section", "document", "totals")}
    tables = _tables(subject)
    table: PrintedTable | None = None
    section: int | None = None
    objective = ""
    for row in subject.plan.indicators:
        if row.restated or row.kind is Kind.HEADING:
            continue
        if (own := tables.get(row.sequence)) is not table:
            # A table of other columns begins anew: what it totals it prints itself.
            blocks["table"] = Block("table")
            if own is not None and table is not None and not _alike(own, table):
                blocks["last"] = Block("last")
            table = own
        if row.section != section:
            section = row.section
            for name in ("last", "section", "totals"):
                blocks[name] = Block(name)
        if row.objective_id != objective:
            objective = row.objective_id
            blocks["objective"] = Block("objective")
        if row.kind is Kind.TOTAL:
            # Blocks of rows of one size are the same rows.
            distinct = {(b.rows, b.name == "totals"): b for b in reversed(list(blocks.values())) if b.rows > 1}
            yield row, sorted(distinct.values(), key=lambda b: b.rows)
            blocks["last"] = Block("last")
            blocks["totals"].add(row)
        else:
            for name in ("last", "table", "objective", "section", "document"):
                blocks[name].add(row)


def _tables(subject: Subject) -> dict[int, PrintedTable]:
    """The printed table of each row, by its number."""
    return {n: t for t in subject.plan.tables if t.sequences for n in range(t.sequences[0], t.sequences[1] + 1)}


def _alike(one: PrintedTable, other: PrintedTable) -> bool:
    """True for tables with the same columns, such as the parts of one that a heading cuts."""
    return [(c.role, c.months) for c in one.columns] == [(c.role, c.months) for c in other.columns]
