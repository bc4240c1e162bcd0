"""The table of a document on the review page: its columns, and each row as the HTML of its cells with their places and states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from ...corpus.journal.spots import FIGURE, figures_of
from ...schema.by_row import by_row
from ...schema.language import Language, Text
from ...schema.place import Place
from ...schema.plan import Indicator, Kind, Measure, Plan
from ...schema.quantity import Quantity, State
from ..show import clean, clip, figure, measure_name
from ..words import WORDS

_LONGEST = 220
"""Characters of a text in its cell; the rest is shown beside the table."""
_MOST_COLUMNS = 60
"""Columns of figures beyond those that most documents have: months of several years, say."""
Corrected = Mapping[tuple[str, int | None, int | None], int]
"""The number of the correction that applies to each cell, by what it corrects, the index of the row and that of the figure."""
MARKS = {
    State.AMBIGUOUS: "ambiguous",
    State.ILLEGIBLE: "illegible",
    State.REDACTED: "redacted",
    State.BLANK: "blank",
    State.NOT_REPORTED: "blank",
    State.NOT_PROGRAMMED: "blank",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field that a correction names, empty for one of figures, whose cells each tell their own; its label and kind."""

    key: str
    label: str
    css: str
    field: str = ""


Entries = Mapping[tuple[str, int | None], int]
"""The number of the correction that applies to each cell of one row, by what it corrects and the index of the figure."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns, and the HTML of each row by its sequence, in order; with what each was made of."""

    columns: tuple[Column, ...]
    rows: Mapping[int, str]
    sources: Mapping[int, tuple[Indicator, Entries]]


_TEXTS = (("code_printed", "code", "code"), ("name", "name", "name"), ("unit_of_measure", "unit", "word"))
_LATER = (
    ("class_published", "class", "word"),
    ("observation", "observation", "text"),
    ("lead_unit", "lead_unit", "word"),
    ("responsible_unit", "responsible_unit", "word"),
    ("frequency", "frequency", "word"),
)
_FIGURES: tuple[tuple[str, Callable[[Indicator], Quantity | None]], ...] = (
    ("annual_target", lambda r: r.annual_target),
    ("q1", lambda r: r.quarter_targets[0]),
    ("q2", lambda r: r.quarter_targets[1]),
    ("q3", lambda r: r.quarter_targets[2]),
    ("q4", lambda r: r.quarter_targets[3]),
    ("period_target", lambda r: r.period_target),
    ("actual", lambda r: r.actual),
    ("percent", lambda r: r.percent),
)
_QUARTERS = ("q1", "q2", "q3", "q4")
LABELS: Mapping[str, Text] = {
    **WORDS,
    **{key: Text(f"Meta T{key[1]}", f"Target Q{key[1]}") for key in _QUARTERS},
    "lead_unit": Text("Unidad líder", "Lead unit"),
    "responsible_unit": Text("Unidad responsable", "Responsible unit"),
    "frequency": Text("Frecuencia", "Frequency"),
}
_CORRECTED = Text("corregido", "corrected")
_UNREADABLE = {State.ILLEGIBLE: "✕", State.REDACTED: "▮"}


def place_text(place: Place) -> str:
    """A place as the page's scripts take it: ``L12`` for a line, ``3`` for a page, ``3 x0 top x1 bottom`` for a box on it."""
    if place.line is not None:
        return f"L{place.line}"
    if place.page is None:
        return ""
    box = place.box
    return f"{place.page}" if box is None else f"{place.page} " + " ".join(f"{v:g}" for v in box)


def sheet(plan: Plan, corrected: Corrected, language: Language, before: Sheet | None = None) -> Sheet:
    """The table of a plan. The columns are those that any row fills.

    ``before`` is that of an earlier state of the document: what a row was made of is made of it again only where it is another.
    """
    found = [_figures(row) for row in plan.indicators]
    texts = [t for t in _TEXTS if t[0] == "name" or any(getattr(r, t[0]) for r in plan.indicators)]
    later = [t for t in _LATER if any(getattr(r, t[0]) for r in plan.indicators)]
    keys = _keys(found)
    labels = _names(plan.indicators, found, keys, language)
    unread = any(r.other for r in plan.indicators)
    columns = (
        Column("sequence", LABELS["sequence"].get(language), "seq"),
        *(Column(f, LABELS[label].get(language), css, f) for f, label, css in texts),
        *(Column(str(key), labels[key], "num") for key in keys),
        *(Column(f, LABELS[label].get(language), css, f) for f, label, css in later),
        *((Column("unread", LABELS["unread"].get(language), "text"),) if unread else ()),
    )
    entries: dict[int | None, dict[tuple[str, int | None], int]] = {}
    for (field, n, k), entry in corrected.items():
        entries.setdefault(n, {})[field, k] = entry
    sources = {row.sequence: (row, entries.get(n, {})) for n, row in enumerate(plan.indicators)}
    shape = _Shape(texts, keys, later, unread, language)
    known = before if before is not None and before.columns == columns else Sheet(columns, {}, {})
    rows = {}
    for (n, (row, of)), its in zip(sources.items(), found, strict=True):
        was, by = known.sources.get(n, (None, {}))
        rows[n] = known.rows[n] if was is row and by == of else _row(shape, row, its, of)
    return Sheet(columns, rows, sources)


@dataclass(frozen=True, slots=True)
class _Shape:
    """The cells that a row has: texts before its figures and behind them, and whether what was not understood is shown."""

    texts: Sequence[tuple[str, str, str]]
    figures: Sequence[Key]
    later: Sequence[tuple[str, str, str]]
    unread: bool
    language: Language


def _row(shape: _Shape, row: Indicator, its: Mapping[Key, int], of: Entries) -> str:
    """The HTML of a row. ``its`` are the indexes of its figures by column."""
    figures, language = figures_of(row), shape.language
    cells = [f'<th scope="row"><a href="?row={row.sequence}" tabindex="-1">{row.sequence}</a></th>']
    cells += [_text(getattr(row, f), css, of.get((f, None)), language) for f, _, css in shape.texts]
    for key in shape.figures:
        k = its.get(key)
        cells.append('<td class="none"></td>' if k is None else _figure(figures[k], k, of.get((FIGURE, k)), language))
    cells += [_text(getattr(row, f), css, of.get((f, None)), language) for f, _, css in shape.later]
    if shape.unread:
        cells.append(_text("; ".join(f"{header}: {text}" for header, text in row.other.items()), "text", None, language))
    strong = ' class="strong"' if row.kind in (Kind.HEADING, Kind.TOTAL) else ""
    return f'<tr id="r{row.sequence}" data-p="{place_text(row.place)}"{strong}>{"".join(cells)}</tr>'


Key = str | tuple[str, ...]


@by_row
def _figures(row: Indicator) -> Mapping[Key, int]:
    """The index of the figure in each column of the row: the usual columns by name, others by what they measure and when."""
    figures = figures_of(row)
    index = {id(m.quantity): k for k, m in enumerate(figures)}
    found: dict[Key, int] = {}
    for key, get in _FIGURES:
        quantity = get(row)
        if quantity is not None and id(quantity) in index:
            found[key] = index.pop(id(quantity))
    for k in index.values():
        m = figures[k]
        # What a row counts is told by its own unit: only money is another column in another currency.
        unit = m.unit if k >= len(row.measures) else ""
        key = ("money" if unit else "", str(m.measure), str(m.basis), str(m.months), str(m.period_start), unit)
        n = 1
        while (*key, str(n)) in found:
            n += 1
        found[(*key, str(n))] = k
    return found


def _keys(found: Iterable[Mapping[Key, int]]) -> list[Key]:
    """The columns of figures that any row has: the usual ones in their order, others as the rows bring them."""
    there: dict[Key, None] = {}
    for its in found:
        there.update(dict.fromkeys(its))
    usual: list[Key] = [key for key, _ in _FIGURES if key in there]
    return usual + [key for key in there if isinstance(key, tuple)][:_MOST_COLUMNS]


def _names(rows: Sequence[Indicator], found: Sequence[Mapping[Key, int]], keys: Sequence[Key], language: Language) -> dict[Key, str]:
    names: dict[Key, str] = {}
    for key in keys:
        if isinstance(key, str):
            names[key] = LABELS[key].get(language)
            continue
        row, its = next((r, its) for r, its in zip(rows, found, strict=True) if key in its)
        measure = figures_of(row)[its[key]]
        name = measure_label(measure, language)
        alike = sum(1 for said in names.values() if said == name or said.startswith(f"{name} ("))
        names[key] = f"{name} ({alike + 1})" if name in names.values() else name
    return names


def measure_label(measure: Measure, language: Language) -> str:
    """What a figure is; without dates, by its months."""
    name = measure_name(measure, language)
    if measure.period_start is None and measure.months is not None:
        months = WORDS_OF_MONTHS.get(language).split()
        first, last = (months[m - 1] for m in measure.months)
        name += f" {first}" if first == last else f" {first}–{last}"
    return name


WORDS_OF_MONTHS = Text("ene feb mar abr may jun jul ago sep oct nov dic", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")


def _text(text: str, css: str, entry: int | None, language: Language) -> str:
    shown = escape(clean(clip(text, _LONGEST)))
    return f'<td class="{css}{_of(entry)}">{shown}{_mark(entry, language)}</td>'


def _figure(measure: Measure, k: int, entry: int | None, language: Language) -> str:
    quantity = measure.quantity
    cell = figure(quantity, language)
    css = MARKS.get(quantity.state, "")
    sign = f"{_UNREADABLE[quantity.state]} " if quantity.state in _UNREADABLE else ""
    other = f" <small>{escape(clean(cell.other))}</small>" if cell.other else ""
    place = place_text(quantity.place)
    text = f"{sign}{escape(clean(cell.text))}{other}{_mark(entry, language)}"
    # On a line of a dump, its place is found by what is printed.
    printed = f' data-t="{escape(clean(clip(quantity.printed, 60)))}"' if quantity.place.line is not None and quantity.printed else ""
    return f'<td class="num {css}{_of(entry)}" data-f="{k}" data-p="{place}"{printed}>{text}</td>'


def _of(entry: int | None) -> str:
    return "" if entry is None else " corrected"


def _mark(entry: int | None, language: Language) -> str:
    return "" if entry is None else f' <small class="pen">✎ {_CORRECTED.get(language)}</small>'
