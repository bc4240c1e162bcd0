"""Columns whose header names another year or another part of the year than the document: said, never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rapidfuzz import fuzz

from ..extract.raw import Cell
from ..schema.plan import Diagnostic, Level
from .columns import FIGURE_ROLES, Column
from .draft import diagnostic
from .folding import fold
from .periods import find_period
from .table_view import TableView

_DIGITS = re.compile(r"\d+")
_ALIKE = 85.0
_WORDED = 4
"""Letters besides year and period by which a header is known in another column."""
_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FEW = 2
_SEVERAL = 3
"""Tables beside the one that departs, from which on what they all say is no chance."""


def other_periods(views: Sequence[TableView], year: int | None, end: date | None) -> Iterator[Diagnostic]:
    """One diagnostic per table and header. A table with columns of several years may compare them; its siblings then tell."""
    yield from _unlike_siblings(views, year)
    yield from _unlike_periods(views, end)
    for view in views:
        yield from _printed_again(view, year, end)
        figures = [c for c in view.columns if c.role in FIGURE_ROLES and c.role != "baseline"]
        years = {c.year for c in figures if c.year is not None}
        if year is not None and len(years) == 1 and years != {year}:
            column = next(c for c in figures if c.year is not None)
            yield _said(view, "PER-year", _YEAR, column, str(column.year), str(year))
        for column in view.columns if end is not None and figures else ():
            if column.role != "observation":
                continue
            period, _ = find_period(fold(column.printed))
            if period is None or period.months in (1, 12) or end is None:
                continue
            if period.last != end.month or period.year not in (None, end.year):
                yield _said(view, "PER-header", _HEADER, column, f"{period.first}-{period.last}", f"{end.year}-{end.month:02}")


def _printed_again(view: TableView, year: int | None, end: date | None) -> Iterator[Diagnostic]:
    """Headers repeated over the parts of a table that name another year or period than the first one does."""
    for row in view.table.other_headers:
        for column, cell in row.filled:
            first = _first(view, column, cell.text)
            named, wanted = _year(cell.text), _year(first)
            if named is not None and wanted is not None and named not in (wanted, year):
                yield _repeated("PER-year", cell, first)
                break
            period, known = find_period(fold(cell.text))[0], find_period(fold(first))[0]
            if period is None or known is None or (period.first, period.last) == (known.first, known.last):
                continue
            if end is None or period.months in (1, 12) or period.last != end.month:
                yield _repeated("PER-header", cell, first)
                break


def _first(view: TableView, column: int, text: str) -> str:
    """The text of the first header that a text of a repeated one stands for: in its column, else of another in the same words."""
    printed = [(c, cell.text) for row in view.table.header for c, cell in row.filled]
    if any(fold(t) == fold(text) for _, t in printed):
        return ""
    wording = _undated(text)
    own = [t for c, t in printed if c == column and fuzz.ratio(_undated(t), wording) >= _ALIKE]
    others = [t for _, t in printed if len(wording) >= _WORDED and fuzz.ratio(_undated(t), wording) >= _ALIKE]
    return next(iter((*own, *others)), "")


def _undated(text: str) -> str:
    """A header without its year and period."""
    return _DIGITS.sub("#", find_period(fold(text))[1])


def _year(text: str) -> int | None:
    return next(map(int, _A_YEAR.findall(text)), None)


def _repeated(code: str, cell: Cell, first: str) -> Diagnostic:
    es, en = (t.format(name=cell.text[:120], first=first[:120]) for t in _REPEATED)
    return diagnostic(code, Level.WARNING, es, en, cell.place)


def _unlike_siblings(views: Sequence[TableView], year: int | None) -> Iterator[Diagnostic]:
    """Columns of another year in a table that bears the document's too, where every other table of this header has that year there."""
    alike: dict[tuple[str, ...], list[TableView]] = {}
    for view in views if year is not None else ():
        if not view.table.inherited:
            alike.setdefault(tuple(_DIGITS.sub("0", fold(c.printed)) for c in view.columns), []).append(view)
    for tables in alike.values():
        for view in tables:
            printed = [_year_of(c) for c in view.columns]
            # A slip stands beside the document's own year; a table of another year altogether is said above or is of that year.
            if len(tables) < _FEW or year not in printed:
                continue
            for column in view.columns:
                told = _year_of(column)
                others = {_year_of(t.columns[column.index]) for t in tables if t is not view}
                if told not in (None, year) and others == {year}:
                    yield _said(view, "PER-year", _YEAR, column, str(told), str(year))


def _unlike_periods(views: Sequence[TableView], end: date | None) -> Iterator[Diagnostic]:
    """Actuals of another period in one table, where all the others of its header, several, have that of the document."""
    alike: dict[tuple[str, ...], list[TableView]] = {}
    for view in views if end is not None else ():
        if not view.table.inherited:
            alike.setdefault(tuple("" if c.period else fold(c.printed) for c in view.columns), []).append(view)
    for tables in alike.values():
        told = [_actual_months(view) for view in tables]
        for view, months in zip(tables, told, strict=True):
            others = {m for t, m in zip(tables, told, strict=True) if t is not view}
            if months is None or months[0] == months[1] or len(tables) <= _SEVERAL or len(others) != 1 or months in others:
                continue
            usual = others.pop()
            if usual is not None and end is not None and usual[1] == end.month and usual[0] == months[0]:
                column = next(c for c in view.columns if c.role == "actual")
                yield _said(view, "PER-header", _SIBLINGS, column, f"{months[0]}-{months[1]}", f"{usual[0]}-{usual[1]}")


def _actual_months(view: TableView) -> tuple[int, int] | None:
    """The months that the first column of actuals prints in its header."""
    column = next((c for c in view.columns if c.role == "actual"), None)
    return (column.period.first, column.period.last) if column is not None and column.period is not None else None


def _year_of(column: Column) -> int | None:
    """The only year that a header prints."""
    years = {int(y) for y in _A_YEAR.findall(column.printed)}
    return years.pop() if len(years) == 1 else None


def _said(view: TableView, code: str, text: tuple[str, str], column: Column, told: str, wanted: str) -> Diagnostic:
    es, en = (t.format(name=column.printed[:120], told=told, wanted=wanted) for t in text)
    return diagnostic(code, Level.WARNING, es, en, view.table.place)


_REPEATED = (
    "El encabezado se repite como «{name}»; al comienzo de la tabla es «{first}».",
    "The header is repeated as “{name}”; at the start of the table it is “{first}”.",
)
_YEAR = (
    "El encabezado «{name}» es de {told}, y el documento de {wanted}.",
    "The header “{name}” is of {told}, the document of {wanted}.",
)
_SIBLINGS = (
    "El encabezado «{name}» es de los meses {told}; en las demás tablas iguales, de los meses {wanted}.",
    "The header “{name}” is of months {told}; in all the other tables like it, of months {wanted}.",
)
_HEADER = (
    "El encabezado «{name}» es de los meses {told}, y el documento informa hasta {wanted}.",
    "The header “{name}” is of months {told}, the document reports up to {wanted}.",
)
