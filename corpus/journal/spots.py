"""What of a document a person can correct: a figure, a text of a row, a fact of the document; named by a person, found in any reading."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ...normalize.folding import fold
from ...schema.by_row import by_row
from ...schema.errors import CorrectionError
from ...schema.language import Text, printable
from ...schema.place import NOWHERE, Place
from ...schema.plan import Indicator, Measure, Plan
from ...schema.quantity import Quantity, State

FIGURE = "figure"
"""The field of a spot that is a figure; ``measure``, ``basis``, ``months`` and the period then say which."""
FACTS = ("institution", "year", "period_start", "period_end", "title")
TEXTS = ("code_printed", "name", "lead_unit", "responsible_unit", "unit_of_measure", "class_published", "frequency", "observation")
COLUMNS = ("annual_target", "target_q1", "target_q2", "target_q3", "target_q4", "period_target", "actual", "percent_published")
"""The columns of ``indicators`` that hold figures."""
_ALIASES = {"code": "code_printed", "class": "class_published", "percent": "percent_published"}
_HALF = 0.5
"""Part of a box that two readings of one cell share: neighbouring cells share an edge, never half of themselves."""
_BLANK = (State.BLANK, State.NOT_PROGRAMMED, State.NOT_REPORTED)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where and what a correction corrects. ``sequence`` is None for a fact of the document.

    ``code`` and ``name`` are those of its row as read, ``months`` the first and last of the figure's period.
    """

    field: str
    sequence: int | None = None
    place: Place = NOWHERE
    code: str = ""
    name: str = ""
    measure: str = ""
    basis: str = ""
    months: tuple[int, int] | None = None
    period_start: date | None = None
    period_end: date | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A spot found in a reading: the index of its row and, of a figure, that among the row's measures and money; what is read there.

    ``state`` is that of the figure, empty for texts.
    """

    field: str
    row: int | None
    measure: int | None
    printed: str
    state: str = ""

    @property
    def key(self) -> tuple[str, int | None, int | None]:
        return (self.field, self.row, self.measure)

    def reads(self, printed: str, state: str) -> bool:
        """Whether the same is read here; where nothing is printed, whether it is nothing for the same reason."""
        if plain(self.printed) != plain(printed):
            return False
        return bool(plain(printed)) or _kind_of_nothing(self.state) == _kind_of_nothing(state)


def plain(text: str) -> str:
    """A text as two readings of it are compared: composed letters, single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _kind_of_nothing(state: str) -> str:
    return State.BLANK if state in _BLANK else state


def figures_of(row: Indicator) -> tuple[Measure, ...]:
    """All figures of a row, those of its money last."""
    return (*row.measures, *row.money)


def named(
    plan: Plan,
    sequence: int | None,
    field: str = "",
    measure: str = "",
    period: tuple[date, date] | None = None,
    figure: int | None = None,
) -> Cell:
    """The cell that a person names by row and column, by measure and period, or by its index among ``figures_of`` the row.

    Without a row it is a fact of the document.

    Raises CorrectionError where there is no such row, field or figure, or more than one.
    """
    field = _ALIASES.get(field, field)
    if sequence is None:
        if field not in FACTS:
            raise CorrectionError(_NO_FACT.format(field=printable(field, 40), facts=", ".join(FACTS)))
        return _fact(plan, field)
    index = next((n for n, row in enumerate(plan.indicators) if row.sequence == sequence), None)
    if index is None:
        raise CorrectionError(_NO_ROW.format(document=printable(plan.document.name, 80), row=sequence, last=len(plan.indicators)))
    row = plan.indicators[index]
    if figure is not None:
        if not 0 <= figure < len(figures_of(row)):
            raise CorrectionError(_NO_FIGURE.format(row=sequence, what=figure + 1, figures=_figures_said(row)))
        return _figure(row, index, figure)
    if measure:
        return _figure(row, index, _by_measure(row, measure, period))
    if field in TEXTS:
        return Cell(field, index, None, getattr(row, field))
    if field not in COLUMNS:
        raise CorrectionError(_NO_FIELD.format(field=printable(field, 40), fields=", ".join((*COLUMNS, *TEXTS))))
    wanted = _in_column(row, field)
    found = next((k for k, m in enumerate(row.measures) if m.quantity is wanted), None)
    if found is None:
        raise CorrectionError(_NO_FIGURE.format(row=sequence, what=field, figures=_figures_said(row)))
    return _figure(row, index, found)


def _fact(plan: Plan, field: str) -> Cell:
    value = getattr(plan.document, field)
    return Cell(field, None, None, "" if value is None else str(value))


def _figure(row: Indicator, index: int, k: int) -> Cell:
    quantity = figures_of(row)[k].quantity
    return Cell(FIGURE, index, k, quantity.printed, quantity.state)


def _in_column(row: Indicator, column: str) -> Quantity | None:
    if column.startswith("target_q"):
        return row.quarter_targets[int(column[-1]) - 1]
    return row.percent if column == "percent_published" else getattr(row, column)


def _by_measure(row: Indicator, measure: str, period: tuple[date, date] | None) -> int:
    asked = [k for k, m in enumerate(figures_of(row)) if m.measure == measure and period in (None, (m.period_start, m.period_end))]
    found = [k for k in asked if k < len(row.measures)] or asked  # money only where the row has no such physical figure
    if len(found) == 1:
        return found[0]
    what = f"{measure} {period[0]}..{period[1]}" if period else measure
    text = _SEVERAL if found else _NO_FIGURE
    raise CorrectionError(text.format(row=row.sequence, what=printable(what, 60), figures=_figures_said(row)))


def _figures_said(row: Indicator) -> str:
    said = [f"{m.measure} {m.period_start}..{m.period_end}" if m.period_start else str(m.measure) for m in figures_of(row)]
    return "; ".join(said) or "—"


def spot_of(plan: Plan, cell: Cell) -> Spot:
    """Where a cell of a reading is, so that another reading finds it again."""
    if cell.row is None:
        return Spot(cell.field)
    row = plan.indicators[cell.row]
    own = {"sequence": row.sequence, "code": row.code_printed, "name": row.name}
    if cell.measure is None:
        return Spot(cell.field, place=row.place, **own)
    m = figures_of(row)[cell.measure]
    return Spot(
        FIGURE,
        place=m.quantity.place,
        measure=m.measure,
        basis=m.basis,
        months=m.months,
        period_start=m.period_start,
        period_end=m.period_end,
        **own,
    )


def found(plan: Plan, spot: Spot) -> Cell | None:
    """The cell of a reading of the same document that stands where the spot is and is the same thing; None unless exactly one does."""
    return found_all(plan, [spot])[0]


def found_all(plan: Plan, spots: Sequence[Spot]) -> list[Cell | None]:
    """What ``found`` gives for each spot. The reading is gone through once, however many spots there are."""
    wanted = {_part(s.place) for s in spots if s.sequence is not None}
    there: dict[_Part, list[int]] = {part: [] for part in wanted}
    for n, row in enumerate(plan.indicators) if wanted else ():
        for part in _parts(row) & wanted:
            there[part].append(n)
    return [_fact(plan, s.field) if s.sequence is None else _only(plan, s, there[_part(s.place)]) for s in spots]


_Part = tuple[int | None, int | None]


def _part(place: Place) -> _Part:
    """The page or line of a place: what stands in two of them shares nothing."""
    return place.page, place.line


@by_row
def _parts(row: Indicator) -> frozenset[_Part]:
    """The pages or lines on which a row and its figures stand."""
    return frozenset(map(_part, (row.place, *(m.quantity.place for m in figures_of(row)))))


def _only(plan: Plan, spot: Spot, near: Iterable[int]) -> Cell | None:
    """The only cell of some rows, by their indexes, that is the thing meant and stands where the spot is."""
    cells = [(plan.indicators[n], c) for n in near for c in _cells(plan.indicators[n], n, spot)]
    there = [(row, c) for row, c in cells if _shared(_place(row, c), spot.place) >= _HALF]
    if len(there) > 1:
        there = [(row, c) for row, c in there if _is_row(row, spot)]
    if len(there) > 1:  # a row that spans others of its name
        there = [(row, c) for row, c in there if _shared(_place(row, c), spot.place, of_larger=True) >= _HALF]
    return there[0][1] if len(there) == 1 else None


def matching(plan: Plan, spot: Spot) -> tuple[int | None, Cell | None]:
    """The row of another version of the document with the same code and name, as its index, and the cell of it that is the same thing.

    None for what is not there, or there more than once.
    """
    if spot.sequence is None:
        return None, _fact(plan, spot.field)
    rows = [n for n, row in enumerate(plan.indicators) if _is_row(row, spot)]
    if len(rows) != 1:
        return None, None
    cells = _cells(plan.indicators[rows[0]], rows[0], spot)
    return rows[0], cells[0] if len(cells) == 1 else None


def _is_row(row: Indicator, spot: Spot) -> bool:
    return fold(row.code_printed) == fold(spot.code) and fold(row.name) == fold(spot.name)


def _cells(row: Indicator, index: int, spot: Spot) -> Sequence[Cell]:
    """The cells of a row that are what the spot is, wherever they stand."""
    if spot.field != FIGURE:
        return [Cell(spot.field, index, None, getattr(row, spot.field))]
    return [_figure(row, index, k) for k, m in enumerate(figures_of(row)) if _is_figure(m, spot)]


def _is_figure(m: Measure, spot: Spot) -> bool:
    """Whether a figure is the one meant. The dates count where both are known: a reading may not know the year."""
    if m.measure != spot.measure or m.basis != spot.basis or m.months != spot.months:
        return False
    return None in (m.period_start, spot.period_start) or m.period_start == spot.period_start


def _place(row: Indicator, cell: Cell) -> Place:
    return row.place if cell.measure is None else figures_of(row)[cell.measure].quantity.place


def _shared(a: Place, b: Place, of_larger: bool = False) -> float:
    """The part of the smaller box, or of the larger, that two places share: 1 for one line of a dump, 0 for two pages or lines."""
    if (a.page, a.line) != (b.page, b.line):
        return 0.0
    if a.box is None or b.box is None:
        return float((a.x0, a.top) == (b.x0, b.top))
    (left, top, right, bottom), (other_left, other_top, other_right, other_bottom) = a.box, b.box
    width, height = min(right, other_right) - max(left, other_left), min(bottom, other_bottom) - max(top, other_top)
    sizes = sorted(((right - left) * (bottom - top), (other_right - other_left) * (other_bottom - other_top)))
    return width * height / size if width > 0 and height > 0 and (size := sizes[of_larger]) > 0 else float(a == b)


_NO_FACT = Text(
    "«{field}» no es un dato del documento que se pueda corregir. Sin --row se corrige uno de: {facts}; con --row, una celda de la fila.",
    "“{field}” is no fact of the document that can be corrected. Without --row it is one of: {facts}; with --row, a cell of the row.",
)
_NO_ROW = Text(
    "{document} no tiene la fila {row}; sus filas van de 1 a {last} (columna «sequence» de indicators).",
    "{document} has no row {row}; its rows go from 1 to {last} (column “sequence” of indicators).",
)
_NO_FIELD = Text(
    "«{field}» no es un campo que se pueda corregir. Son: {fields}; otra cifra se nombra con --measure y --period.",
    "“{field}” is no field that can be corrected. They are: {fields}; other figures are named by --measure and --period.",
)
_NO_FIGURE = Text(
    "La fila {row} no tiene la cifra «{what}». Tiene: {figures}.",
    "Row {row} has no figure “{what}”. It has: {figures}.",
)
_SEVERAL = Text(
    "La fila {row} tiene varias cifras «{what}»; indique cuál con --period. Tiene: {figures}.",
    "Row {row} has several figures “{what}”; say which with --period. It has: {figures}.",
)
