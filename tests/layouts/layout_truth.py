"""The truth of a layout fixture, worked out from its YAML alone: the rows that a reader should find, and their figures."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date

from layout_fixtures import Column, Fixture, Grid, Line

COLOURS = {"verde": "green", "amarillo": "yellow", "naranja": "orange", "rojo": "red"}
"""Colours as plans call them, and as ``Indicator.class_colour`` does."""
SIGNS = {"▲": "green", "●": "orange", "▼": "red"}
"""The colours in which signs are printed."""
Key = tuple[str, date | None, date | None, str]
"""Measure, first and last day, and basis; weights and baselines have no days."""


@dataclass(frozen=True)
class Amount:
    """An amount of money: its currency, and what it measures over which months."""

    key: Key
    value: float
    currency: str


@dataclass
class Wanted:
    """A row as ``indicators.csv`` should have it. Several wordings of a cell are right where the document prints several.

    ``figures`` holds the value of each figure, None where the cell has none; ``coloured`` is the colour of its class.
    """

    kind: str
    code: str = ""
    name: str = ""
    objectives: tuple[str, ...] = ("",)
    unit_of_measure: str = ""
    responsible_unit: str = ""
    classes: tuple[str, ...] = ("",)
    observation: str = ""
    figures: dict[Key, float | None] = field(default_factory=dict)
    amounts: list[Amount] = field(default_factory=list)
    coloured: str = ""

    @property
    def annual_target(self) -> float | None:
        return next((v for (measure, _, _, basis), v in self.figures.items() if measure == "target" and basis == "annual"), None)


def number(text: str, sign: str) -> float | None:
    """The number that a cell prints with that decimal sign (point or comma); None where it prints none."""
    found = re.search(r"-?\d[\d.,  ]*", text)
    if not found:
        return None
    digits = re.sub(r"[  ]", "", found[0]).rstrip(".,")
    return float(digits.replace(".", "").replace(",", ".") if sign == "comma" else digits.replace(",", ""))


def key(column: Column, measure: str, year: int) -> Key:
    """What a figure of a column is of. The days of the whole year are annual, and what begins in January is also what it is to date."""
    if column.months is None:
        return measure, None, None, ""
    first, last = column.months
    return same_basis((measure, date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), column.basis))


def same_basis(told: Key) -> Key:
    """The key with one basis where several say the same of its days."""
    measure, start, end, basis = told
    if measure in ("weight", "baseline") or start is None or end is None:
        return measure, None, None, ""
    if (start.month, end.month) == (1, 12):
        return measure, start, end, "annual"
    return measure, start, end, "period" if start.month == 1 else basis


def wanted(document: Fixture, form: str) -> list[Wanted]:
    """The rows of a document, those of one action in several tables as one. In a dump (``form``) nobody sees colours."""
    found: list[Wanted] = []
    for grid in document.grids:
        objective, above = grid.heading, None
        for line in grid.lines:
            if line.kind == "objective":
                objective = line.cells[0]
            elif line.kind != "letters":
                above = _row(document, grid, line, above, objective, found, form)
    return found


def _row(document: Fixture, grid: Grid, line: Line, above: Wanted | None, objective: str, found: list[Wanted], form: str) -> Wanted:
    """The row of a line: another one, that of the line above it in a pair, or that of the same action in another table."""
    texts = {c.role: t for c, t in zip(grid.columns, line.cells, strict=True) if not c.figures and not c.money}
    held = grid.pairs.get(texts.get("row_measure", ""), "")
    if held and above is not None and not texts.get("name"):
        row = above
    else:
        row = _named(grid, line, texts, objective, above)
        same = next((r for r in found if (r.code, r.name, r.kind) == (row.code, row.name, row.kind) != ("", "", "total")), None)
        if same is None:
            found.append(row)
        row = same or row
    for n, (column, text) in enumerate(zip(grid.columns, line.cells, strict=True)):
        if 0 < n < line.span:
            continue
        if column.money and (value := number(text, column.sign)) is not None:
            row.amounts.append(Amount(key(column, column.role, document.year), value, column.money))
        elif column.figures and not column.money:
            measure = (held or "target") if column.role == "figure" else column.role
            value, told = number(text, column.sign), key(column, measure, document.year)
            if value is not None or told not in row.figures:
                row.figures[told] = value
        if column.classed and text:
            _class(document, row, column, text, form)
    return row


def _named(grid: Grid, line: Line, texts: dict[str, str], objective: str, above: Wanted | None) -> Wanted:
    """A row with its texts; cells of merged columns go on from the row above."""
    merged = {grid.columns[n].role for n in grid.merged}

    def text(role: str, before: str) -> str:
        return texts.get(role, "") or (before if role in merged and line.kind == "action" else "")

    if line.kind == "total":
        return Wanted("total", "", next(t for t in line.cells if t), ("*",))
    name = grid.first("name")
    own = text("objective", above.objectives[0] if above else "")
    return Wanted(
        kind=grid.columns[name].kind if name is not None else "action",
        code=texts.get("code", ""),
        name=texts.get("name", ""),
        objectives=_objectives(own or objective),
        unit_of_measure=text("unit_of_measure", above.unit_of_measure if above else ""),
        responsible_unit=text("responsible_unit", above.responsible_unit if above else ""),
        observation=texts.get("observation", ""),
    )


def _objectives(printed: str) -> tuple[str, ...]:
    """An objective as printed, and without the label before it ("Objetivo 2: ", "OE.1. ", "Eje II – ")."""
    bare = re.sub(r"^(?=[^:–-]{0,40}(?:\d|\b[IVX]+\b))[^:–-]{0,40}?(?:\d|\b[IVX]+\b)[\s.:)–-]+(?=\D)", "", printed)
    return (printed,) if bare == printed else (printed, bare)


def _class(document: Fixture, row: Wanted, column: Column, text: str, form: str) -> None:
    """The class of a row: the mark that is printed, or what the document says that it means."""
    word = re.sub(r"[-\d.,%()/ ]", "", text) if column.role == "percent" else text
    meant = document.classes.get(word, word)
    if column.coloured:
        row.coloured = COLOURS[word] if form == "pdf" else ""
        row.classes = ("", word.lower(), meant.lower()) if form == "pdf" else ("",)
    else:
        row.classes = (word.lower(), meant.lower())
        row.coloured = SIGNS.get(word, "") if form == "pdf" else ""
