"""The table of all rows in the report: its columns, its bodies under each heading, and the cells of one row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ..corpus.journal.spots import figures_of
from ..schema.language import Language
from ..schema.plan import Indicator, Kind, Plan
from ..schema.quantity import Quantity, State
from . import words as w
from .reviewing import NOTHING, Marked
from .show import EMPTY, LONG_NAME, Cell, figure, measure_name, published, quoted, where

COLUMNS = (  # key, CSS class, whether it shows text in the document's language
    ("sequence", "num seq", False),
    ("code", "code", True),
    ("name", "name", True),
    ("unit", "word", True),
    ("annual_target", "num", False),
    ("q1", "num", False),
    ("q2", "num", False),
    ("q3", "num", False),
    ("q4", "num", False),
    ("period_target", "num", False),
    ("actual", "num", False),
    ("percent", "num", False),
    ("other_figures", "word", False),
    ("class", "short", True),
    ("observation", "text", True),
    ("unread", "text", True),
    ("place", "short", False),
    ("confidence", "short", False),
)
_OF_TEXTS = {
    "code_printed": "code",
    "name": "name",
    "unit_of_measure": "unit",
    "class_published": "class",
    "observation": "observation",
    "lead_unit": "name",
    "responsible_unit": "name",
}
"""The column in which a text of a row that may be corrected is shown."""
ALWAYS = 3  # the first columns are there even where no row fills them


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    label: str
    css: str
    source: bool


@dataclass(slots=True)
class Row:
    """A row with what stands around its name: marks (repeated, withheld, total) and units."""

    sequence: int
    strong: bool
    marks: list[str]
    units: str
    cells: Sequence[Cell]


@dataclass(slots=True)
class Body:
    """Rows under a heading of the document: number, code and name of the heading, and its rows."""

    band: tuple[int | None, str, str] | None = None
    rows: list[Row] = field(default_factory=list)


def table(plan: Plan, language: Language, by_people: Marked = NOTHING) -> tuple[list[Column], list[Body]]:
    """The columns that any row fills, and the rows with a cell for each of them; what a person corrected is marked."""
    bodies = _bodies(plan, language, by_people)
    rows = [row for body in bodies for row in body.rows]
    used = [k for k in range(len(COLUMNS)) if k < ALWAYS or any(row.cells[k] != EMPTY for row in rows)]
    for row in rows:
        row.cells = [row.cells[k] for k in used]
    return [Column(key, w.WORDS[key].get(language), css, source) for key, css, source in (COLUMNS[k] for k in used)], bodies


def _bodies(plan: Plan, language: Language, by_people: Marked) -> list[Body]:
    """The rows in order; a new body starts at each section that has a title and at each heading."""
    sections = {s.number: s.title for s in plan.sections}
    bodies: list[Body] = []
    section = None
    for n, row in enumerate(plan.indicators):
        title = sections.get(row.section, "")
        if row.section != section and title:
            bodies.append(Body((None, w.WORDS["section"].get(language).format(number=row.section), published(title, language))))
        section = row.section
        if row.kind is Kind.HEADING and all(m.quantity.state is State.BLANK for m in row.measures):
            code = published(row.code_printed or row.code, language, 60)
            bodies.append(Body((row.sequence, code, published(row.name, language, LONG_NAME))))
            continue
        if not bodies:
            bodies.append(Body())
        bodies[-1].rows.append(_row(row, title, language, by_people.texts.get(n, frozenset()), by_people.figures.get(n, frozenset())))
    return bodies


def _row(row: Indicator, section: str, language: Language, texts: frozenset[str], numbers: frozenset[int]) -> Row:
    marks = {"restated": row.restated, "withheld": row.redacted, "total": row.kind is Kind.TOTAL}
    units = dict.fromkeys(u for u in (row.lead_unit, row.responsible_unit) if u and u.casefold() != section.casefold())
    return Row(
        row.sequence,
        row.kind in (Kind.TOTAL, Kind.HEADING),
        [w.WORDS[key].get(language) for key, holds in marks.items() if holds],
        published(" · ".join(units), language),
        _marked(row, _cells(row, language), texts, numbers),
    )


def _marked(row: Indicator, cells: tuple[Cell, ...], texts: frozenset[str], numbers: frozenset[int]) -> tuple[Cell, ...]:
    """The cells, those that show what a person corrected told as such."""
    if not texts and not numbers:
        return cells
    shown = (row.annual_target, *row.quarter_targets, row.period_target, row.actual, row.percent)
    own = {id(q): key for q, (key, _, _) in zip(shown, COLUMNS[4:12], strict=True) if q is not None}
    figures = figures_of(row)
    keys = {_OF_TEXTS[t] for t in texts if t in _OF_TEXTS} | {own.get(id(figures[k].quantity), "other_figures") for k in numbers}
    return tuple(replace(cell, corrected=True) if key in keys else cell for cell, (key, _, _) in zip(cells, COLUMNS, strict=True))


def _cells(row: Indicator, language: Language) -> tuple[Cell, ...]:
    """One cell for each of COLUMNS."""
    annual, quarters, due, actual, percent = row.annual_target, row.quarter_targets, row.period_target, row.actual, row.percent
    figures = (annual, *quarters, due, actual, percent)
    return (
        Cell(str(row.sequence)),
        quoted(row.code_printed or row.code, language),
        quoted(row.name, language),
        quoted(row.unit_of_measure, language),
        *(figure(quantity, language) for quantity in figures),
        quoted(_others(row, figures, language), language),
        Cell(published(row.class_published, language, 40)),
        quoted(row.observation, language),
        quoted("; ".join(f"{header}: {text}" for header, text in row.other.items()), language),
        Cell(where(row.place, language)),
        Cell(_confidence(row, language)),
    )


def _others(row: Indicator, shown: Iterable[Quantity | None], language: Language) -> str:
    """The figures that have no column of their own: months, semesters, weights, baselines, further results."""
    own = {id(quantity) for quantity in shown}
    others = [m for m in row.measures if id(m.quantity) not in own and m.quantity.state is not State.BLANK]
    return "; ".join(f"{measure_name(m, language)}: {_one_line(figure(m.quantity, language))}" for m in others)


def _one_line(cell: Cell) -> str:
    return f"{cell.text} ({cell.other})" if cell.other else cell.text


def _confidence(row: Indicator, language: Language) -> str:
    if not row.measures:
        return ""
    mark, word, _ = w.CONFIDENCES[row.confidence]
    return f"{mark} {word.get(language)}".lstrip()
