"""Cells that stand out in a column that is not interpreted: a date that is none or of another year, the only blank of all rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..extract.raw import Row
from ..extract.shape import Shape, shape
from ..schema.plan import Diagnostic, Level
from .columns import Column
from .dates import parse_date
from .draft import diagnostic
from .table_view import TableView

# So many filled cells, and this share of them alike, show what a column holds.
_DATES, _TEXTS, _MOST = 6, 10, 0.8
_NEAR = 1
_DATE = re.compile(r"(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?:19|20)\d\d")


def odd_cells(view: TableView, column: Column) -> Iterator[Diagnostic]:
    """The cells of a column that cannot be as the others."""
    rows = [r for r in view.rows() if _full(view, r, column)]
    cells = [(r, r.text(column.index)) for r in rows]
    filled = [(r, t) for r, t in cells if t]
    dated = [(r, t, d) for r, t in filled if (d := parse_date(t)) is not None and len(t) <= 12]
    shown = column.printed[:60]
    if len(dated) >= _DATES and len(dated) >= _MOST * len(filled):
        years = Counter(d.year for _, _, d in dated)
        usual, count = years.most_common(1)[0]
        for row, text, date in dated:
            others = set(years) - {date.year} if years[date.year] == 1 else set()
            if count >= _MOST * len(dated) and others and min(abs(date.year - y) for y in others) > _NEAR:
                yield _odd(_YEAR, row, column=shown, text=text, year=str(usual))
        for row, text in filled:
            if _DATE.fullmatch(text) and parse_date(text) is None:
                yield _odd(_NO_DATE, row, column=shown, text=text)
    blank = [r for r, t in cells if not t]
    worded = len(dated) >= _DATES or sum(shape(t) is Shape.TEXT for _, t in filled) >= _MOST * len(filled)
    if len(blank) == 1 and len(filled) >= _TEXTS and worded and not any(r.unsure for r in rows):
        yield _odd(_BLANK, blank[0], column=shown, count=str(len(filled)))


def _odd(texts: tuple[str, str], row: Row, /, **words: str) -> Diagnostic:
    es, en = texts
    return diagnostic("LEC-odd-cell", Level.WARNING, es.format(**words), en.format(**words), row.place)


def _full(view: TableView, row: Row, column: Column) -> bool:
    """True for a row that fills every other column, so that a total or the rest of a wrapped row is none."""
    return all(row.text(c.index) for c in view.columns if c.index != column.index and c.printed)


_NO_DATE = (
    "En la columna «{column}» está la fecha {text}, que no existe.",
    "In the column “{column}” stands the date {text}, which does not exist.",
)
_YEAR = (
    "En la columna «{column}» está la fecha {text}, y las demás son de {year}.",
    "In the column “{column}” stands the date {text}, and the others are of {year}.",
)
_BLANK = (
    "La columna «{column}» está en blanco solo en esta fila: las otras {count} filas la llenan.",
    "The column “{column}” is blank in this row alone: the other {count} rows fill it.",
)
