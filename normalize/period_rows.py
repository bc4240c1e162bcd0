"""Tables whose periods run down, several rows for one action: made tables of one row each, with a column for each figure and period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..extract.raw import Cell, Row, Table
from ..extract.shape import NUMERIC, shape
from ..schema.plan import Diagnostic, Level
from .columns import map_columns, row_words
from .draft import diagnostic
from .folding import fold
from .header_roles import FIGURE_ROLES, Column
from .period_labels import period_names
from .periods import length_of_parts

# Of the filled cells of a column of periods those that must be labels: a row of remarks, or a total, may stand between.
_MOST = 0.9
# Of the actions those that must have rows of several periods: fewer are dates at which actions are due.
_MOST_ACTIONS = 0.8
# Rows with a name and no period for each action with some: a total now and then; more of them are actions of their own.
_MOST_ALONE = 0.5
_LEAST_ROWS = 2
# Twelve months, their quarters and halves, the year, and slips.
_MOST_LABELS = 24
_OF_PERIODS = FIGURE_ROLES - {"weight", "baseline"}
_IDENTITY = ("code", "name", "row_measure", "row_kind")


@dataclass(slots=True)
class _Action:
    """The rows of one action by the period that each speaks of, in order."""

    rows: list[tuple[str, Row]]
    identity: dict[int, str]
    """What its rows print in the columns that tell actions apart; the rows of what was programmed and of what was executed share it."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a table is read: its column of periods with the names of its labels, and the columns that tell actions apart."""

    table: Table
    columns: Sequence[Column]
    column: int
    names: dict[str, str]
    identity: tuple[int, ...]
    measure: int | None
    """The column that says what each row prints, where rows do so too (P/E)."""


def with_period_columns(table: Table, diagnostics: list[Diagnostic]) -> Table:
    """A table of one row an action, where several rows of it print the figures of one period each; any other table as it is.

    The cells of texts that the rows share stand once; those of figures stand in columns named by the printed header and the period.
    Every cell keeps its place.
    """
    found = {n: names for n in range(len(table.columns)) if (names := _labels(table, n))}
    columns = map_columns(table) if found else []
    if not any(c.role == "name" and c.index not in found for c in columns):
        return table
    for n, names in found.items():
        reading = _reading(table, columns, columns[n], names)
        if (actions := _actions(reading)) is not None:
            return _turned(reading, actions, diagnostics)
    return table


def _labels(table: Table, column: int) -> dict[str, str]:
    """The labels of periods that a column prints, with their names; none where it prints anything else in more than a few cells."""
    header = " ".join(table.columns[column])
    first = next((t for r in table.rows if (t := r.text(column))), "")
    if shape(first) in NUMERIC and not length_of_parts(header):
        return {}
    different: set[str] = set()
    for row in table.rows:
        different.add(row.text(column))
        if len(different) > _MOST_LABELS:
            return {}  # most columns end here, after a few rows
    cells = [t for r in table.rows if (t := r.text(column)) and len(r.filled) > 1]
    names = period_names(cells, header)
    return names if len(names) >= _LEAST_ROWS and sum(t in names for t in cells) >= _MOST * len(cells) else {}


def _reading(table: Table, columns: Sequence[Column], column: Column, names: dict[str, str]) -> _Reading:
    """How the table is read with this column as that of the periods."""
    words = row_words("row_measure")
    measure = next((c.index for c in columns if c.role == "row_measure" and c is not column), None)
    if measure is not None and not any(fold(r.text(measure)) in words for r in table.rows):
        measure = None
    identity = tuple(c.index for c in columns if c.role in _IDENTITY and c is not column and c.index != measure)
    return _Reading(table, columns, column.index, names, identity, measure)


def _actions(reading: _Reading) -> list[_Action | Row] | None:
    """The rows by action, and those between them as they are; None where most rows are actions of their own."""
    out: list[_Action | Row] = []
    open_: dict[str, _Action] = {}
    block: list[_Action] = []
    kind = last = ""
    for row in reading.table.rows:
        label = reading.names.get(row.text(reading.column), "")
        if not label and reading.measure is not None and not row.text(reading.column) and row.text(reading.measure):
            label = last  # the label spans the rows of what was programmed and what was executed
        if not label:
            out.append(row)
            open_, block, kind, last = {}, [], "", ""
            continue
        last = label
        own = {n: t for n in reading.identity if (t := row.text(n))}
        if reading.measure is not None:
            kind = fold(row.text(reading.measure)) or kind
        if block and any(block[0].identity.get(n, t) != t for n, t in own.items()):
            open_, block, kind = {}, [], kind if reading.measure is not None and row.text(reading.measure) else ""
        action = open_.get(kind)
        if action is not None and any(label == seen for seen, _ in action.rows):
            open_, block, action = {}, [], None
        if action is None:
            action = _Action([], block[0].identity if block else {})
            out.append(action)
            block.append(action)
            open_[kind] = action
        action.rows.append((label, row))
        block[0].identity.update(own)
    found = [a for a in out if isinstance(a, _Action)]
    several = [a for a in found if len(a.rows) >= _LEAST_ROWS]
    alone = [r for r in out if isinstance(r, Row) and len(r.filled) > 1 and any(r.text(n) for n in reading.identity)]
    if not several or len(several) < _MOST_ACTIONS * len(found) or len(alone) > _MOST_ALONE * len(found):
        return None
    return out if sum(bool(a.identity) for a in found) >= _MOST_ACTIONS * len(found) else None


def _turned(reading: _Reading, items: list[_Action | Row], diagnostics: list[Diagnostic]) -> Table:
    """The table with a row for each action. Figures of rows without a period have no column, which is said."""
    actions = [i for i in items if isinstance(i, _Action)]
    # Labels in the order of their first row; the rows of an action may leave some out.
    order = list(dict.fromkeys(label for a in actions for label, _ in a.rows))
    paths: list[tuple[str, ...]] = []
    sources: list[tuple[int, str]] = []
    for n, path in enumerate(reading.table.columns):
        if n == reading.column:
            continue
        spread = n != reading.measure and reading.columns[n].role != "observation" and _is_spread(reading, n, actions)
        # Of texts the last label's is the one in force: the year's, or that of the latest part.
        labels = order if reading.columns[n].role in _OF_PERIODS or reading.columns[n].money else order[::-1]
        for label in labels if spread else ("",):
            # A column that is not understood is one text with its period: a period alone below it would be a target.
            known = reading.columns[n].role or reading.measure is not None
            paths.append(path if not label else (*path, label) if known else (" ".join((*path, label)),))
            sources.append((n, label))
    remarks = {c.index for c in reading.columns if c.role == "observation"}
    rows = tuple(_row(i, sources, remarks) if isinstance(i, _Action) else _without_period(i, sources, diagnostics) for i in items)
    header = tuple(_header(r, sources) for r in reading.table.header)
    others = tuple(_header(r, sources) for r in reading.table.other_headers)
    return replace(reading.table, header=header, columns=tuple(paths), rows=rows, other_headers=others)


def _is_spread(reading: _Reading, column: int, actions: Sequence[_Action]) -> bool:
    """True for a column that prints something else for each period; what stands once for the rows of an action is the action's."""
    told = reading.columns[column]
    cells = [[t for _, r in a.rows if (t := r.text(column))] for a in actions]
    if column in reading.identity or told.role in ("weight", "baseline"):
        return False
    if all(len(set(texts)) <= 1 for texts in cells):
        once = all(not any(r.text(column) for _, r in a.rows[1:]) for a in actions)
        of_year = told.period is not None and told.period.months == 12
        return told.role in _OF_PERIODS and not once and not of_year
    return True


def _row(action: _Action, sources: Sequence[tuple[int, str]], remarks: set[int]) -> Row:
    """The row of an action. Of ``remarks`` all that its rows print is one text; of other shared cells the first that prints one counts."""
    by_label = dict(action.rows)
    first = action.rows[0][1]
    cells: list[Cell | None] = []
    unsure = set()
    for at, (n, label) in enumerate(sources):
        rows = [by_label[label]] if label in by_label else [] if label else [r for _, r in action.rows]
        row = next((r for r in rows if r.text(n)), rows[0] if rows else None)
        cell = row.cells[n] if row is not None and n < len(row.cells) else None
        if cell is not None and n in remarks:
            cell = replace(cell, text=" ".join(dict.fromkeys(t for r in rows if (t := r.text(n)))))
        cells.append(replace(cell, row_span=1) if cell is not None else None)
        if any(n in r.unsure for r in rows):
            unsure.add(at)
    return Row(tuple(cells), first.place, any(r.moved for _, r in action.rows), frozenset(unsure))


def _without_period(row: Row, sources: Sequence[tuple[int, str]], diagnostics: list[Diagnostic]) -> Row:
    """A row between the actions: a band, a total. What it prints in columns of periods, without one, is left out and said."""
    spread = {n for n, label in sources if label}
    left = [c.text for n, c in row.filled if n in spread and shape(c.text) in NUMERIC]
    if left:
        es, en = (text.format(name=row.filled[0][1].text[:60], figures=", ".join(left)) for text in _NO_PERIOD)
        diagnostics.append(diagnostic("LEC-row", Level.WARNING, es, en, row.place))
        row = replace(
            row, cells=tuple(None if n in spread and c is not None and shape(c.text) in NUMERIC else c for n, c in enumerate(row.cells))
        )
    return _header(row, sources)


def _header(row: Row, sources: Sequence[tuple[int, str]]) -> Row:
    seen: set[int] = set()
    cells: list[Cell | None] = []
    for n, _ in sources:
        cells.append(row.cells[n] if n < len(row.cells) and n not in seen else None)
        seen.add(n)
    return replace(row, cells=tuple(cells), unsure=frozenset(), rivals=())


_NO_PERIOD = (
    "La fila «{name}» no dice de qué período son sus cifras ({figures}); no se leen.",
    "Row “{name}” does not say of which period its figures are ({figures}); they are not read.",
)
