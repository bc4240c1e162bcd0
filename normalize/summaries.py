"""Tables that sum up the rows of others, kept with their figures so that those can be counted again."""

from __future__ import annotations

from collections.abc import Sequence

from ..extract.raw import Row, Table
from ..extract.shape import NUMERIC, Shape, profiles, shape
from ..schema.printed_tables import Summary, SummaryRow
from ..schema.quantity import Quantity, State
from .classes import is_class_word
from .columns import Column
from .folding import fold
from .lexicon import load
from .numbers import Convention, parse
from .periods import find_period

_MAX_ROWS, _MAX_COLUMNS = 80, 24


def read_summary(table: Table, section: int, convention: Convention) -> Summary | None:
    """The table as lines of a label and figures; None for a table of another form."""
    texts = [[c.text if c else "" for c in r.cells] for r in table.rows]
    width = len(table.columns)
    shapes = profiles(texts, width)
    figures = [c for c in range(width) if shapes[c].shape in (Shape.FIGURE, Shape.PERCENT) and not shapes[c].codes]
    labels = [c for c in range(min(figures, default=0)) if shapes[c].shape is Shape.TEXT]
    if not labels or not figures or len(figures) > _MAX_COLUMNS or len(table.rows) > _MAX_ROWS:
        return None
    if any(shapes[c].shape is Shape.TEXT for c in range(figures[0], width)):
        return None
    rows = [_row(r, labels, figures, convention) for r in table.rows]
    return Summary(
        label=" / ".join(table.columns[labels[-1]]),
        columns=tuple(" / ".join(table.columns[c]) for c in figures),
        rows=tuple(r for r in rows if r.label and any(q.value is not None for q in r.cells)),
        section=section,
        place=table.place,
    )


def _row(row: Row, labels: Sequence[int], figures: Sequence[int], convention: Convention) -> SummaryRow:
    label = next((row.text(c) for c in reversed(labels) if row.text(c)), "")
    cells = [row.cells[c] if c < len(row.cells) else None for c in figures]
    read = (parse(c.text, c.place, convention) if c is not None and c.text else Quantity(state=State.BLANK, place=row.place) for c in cells)
    return SummaryRow(label=label, cells=tuple(read), place=row.place)


def counts_rows(table: Table, columns: Sequence[Column]) -> bool:
    """True where a column of figures is headed by what tables hold rows of ("Actividades"), or by a class."""
    if any(c.role in ("unit_of_measure", "code", "observation") for c in columns):
        return False
    counted = frozenset(fold(w) for w in load("headers").get("summaries", {}).get("counted", ()))
    for c, path in zip(columns, table.columns, strict=True):
        named = {fold(find_period(part)[1]) for part in path}
        if (named & counted or any(is_class_word(n) for n in named)) and of_figures(table, c):
            return True
    return False


def of_figures(table: Table, column: Column) -> bool:
    """True for a column that holds nothing but figures: of "Actividades" it is then their number, and not their names."""
    filled = [t for r in table.rows if (t := r.text(column.index))]
    return bool(filled) and all(shape(t) in NUMERIC for t in filled)
