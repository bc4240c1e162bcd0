"""The figures of one row: which period each column speaks of, and the quantity that each cell prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from itertools import combinations

from ..extract.marks import redactions
from ..extract.raw import Cell, Row
from ..schema.place import Place
from ..schema.plan import Basis, Confidence, Diagnostic, Level, Measure, MeasureKind
from ..schema.quantity import Quantity, State
from .arithmetic import confidence, doubted, tile_the_year
from .classes import split_class
from .columns import Column
from .draft import Draft, diagnostic
from .evidence import Evidence
from .folding import fold, slug
from .measure_units import Unit, is_thing, unit_of
from .numbers import Convention, Hint, parse
from .pairs import Pairs
from .periods import YEAR, Period, length_of_parts, says_its_end
from .table_view import TableView

_BLANK_STATE = {"target": State.NOT_PROGRAMMED, "actual": State.NOT_REPORTED}
_MOST_EQUAL = 0.5
"""Of the rows of two columns that print one figure twice, the share that may differ by slips and sums that fail."""
_FEW_DECIMALS = re.compile(r"\d+[.,]\d{1,2}")


@dataclass(slots=True)
class Facts:
    """What is known of the whole document before its rows are read."""

    year: int | None
    period: Period | None
    convention: Convention
    diagnostics: list[Diagnostic] = field(default_factory=list)
    evidence: Evidence = field(default_factory=Evidence)
    whole_year: bool = False
    """True where no line of its titles speaks of a part of the year: what it reports without a period is then of the year."""
    units: set[str] = field(default_factory=set)
    """Texts that the document prints in its columns of units."""


def column_periods(view: TableView, facts: Facts, pairs: Pairs) -> dict[int, Period | None]:
    """The period of each figure column, completed from its neighbours and the document."""
    targets = {c.period for c in view.figures if c.role == "target" and c.period and c.basis != "annual"}
    actuals = {c.period for c in view.figures if c.role == "actual" and c.period}
    # "% anual" is measured against the year, whatever part of it is reported.
    percents = {c.period for c in view.figures if c.role == "percent" and c.period and c.period.months < YEAR.months}
    of_year = {c.index for c in view.figures if c.role == "target" and (c.period == YEAR or c.basis == "annual" or c.year is not None)}
    has_actual = any(c.role == "actual" for c in view.figures)
    if len(actuals) > 1:
        # A total beside the actuals of several periods covers them all.
        reported: Period | None = _span(actuals)
    else:
        reported = next(iter(actuals), None) or _span(percents)
    if pairs.any and reported is None:
        # What the executed rows bring up to the last month of which they say something.
        until = facts.period.last if facts.period else pairs.executed_until()
        view.executed = reported = Period(1, until) if until else None
    if has_actual and reported is None:
        own = [p for p in targets if p.months < YEAR.months]
        stated = facts.period if facts.period and facts.period.months > 1 else None  # a month alone mostly dates the document
        # "Meta anual" says nothing of what the results beside it cover; the document does.
        reported = own[0] if len(own) == 1 else stated or (YEAR if YEAR in targets and facts.whole_year else facts.period)
    parts_of_targets = [p for p in targets if p.months < YEAR.months]
    parts = [*parts_of_targets, *(p for p in actuals if p.months < YEAR.months)]
    union = _span(parts)
    out: dict[int, Period | None] = {}
    for c in (*view.figures, *(replace(m, role=m.money) for m in view.money)):
        whole = c.period is not None and c.period.months == 12 and not any(map(says_its_end, c.levels))
        if c.period is not None and whole and c.role in ("actual", "percent"):
            # "Avance anual" in a report of the third quarter is what the year has brought so far.
            until = union or facts.period
            out[c.index] = replace(c.period, last=until.last) if until else c.period
        elif c.period is not None:
            out[c.index] = c.period
        elif c.basis == "annual" or c.role in ("weight", "weighted"):
            out[c.index] = YEAR if c.role != "actual" else reported or YEAR
        elif c.basis == "to_date":
            until = union or reported or facts.period
            out[c.index] = Period(1, until.last, until.year) if until else None
        elif c.basis == "part":
            # "% de avance semestral" speaks of the part that the actual beside it reports, not of all the parts programmed.
            order = (reported, facts.period, union) if c.role in ("actual", "percent") else (union, reported, facts.period)
            length = length_of_parts(c.printed)
            # A part beside the year is not the year.
            order = tuple(p for p in order if p != YEAR or not (length or of_year))
            # "TOTAL SEM." is of a half year, even where a slip among the names of the months makes them reach further.
            whole = next((p for p in order if p is not None and p.months == length), None) or next(
                (p for p in order if p is not None), None
            )
            # A column that says no part of its own is not the target to date where another one prints just that.
            out[c.index] = None if c.role == "target" and whole in targets else whole
        elif c.role in ("actual", "percent"):
            out[c.index] = reported or facts.period or (YEAR if c.year is not None or facts.whole_year else None)
        elif c.role == "target":
            # Beside targets of parts of the year, a target without a period is that of the year; "Meta 2023" is anywhere.
            # Beside the year's it is what the results are measured against.
            beside = of_year and c.index not in of_year and not parts_of_targets
            out[c.index] = reported if has_actual and reported and c.year is None and (beside or not targets) else YEAR
        else:
            out[c.index] = None
    _doubt_rivals(view, out, facts)
    unknown = [c for c in view.figures if c.role in ("target", "actual", "percent") and out[c.index] is None]
    view.doubted |= {c.index for c in unknown}
    _say_what_is_supposed(view, facts, bool(reported or facts.period))
    for c in unknown:
        es, en = (text.format(name=c.printed or str(c.index + 1)) for text in _NO_PERIOD)
        facts.diagnostics.append(diagnostic("LEC-period", Level.WARNING, es, en, view.table.place))
    return out


def _doubt_rivals(view: TableView, periods: dict[int, Period | None], facts: Facts) -> None:
    """Doubts two columns of one role that turn out to be of the same months, where most of their rows print different figures.

    "Meta anual" and the "Total" of the quarters are one figure twice, even if a row or two of them do not agree.
    """
    for a, b in combinations([c for c in view.figures if c.role in ("target", "actual")], 2):
        same = a.role == b.role and periods[a.index] is not None and periods[a.index] == periods[b.index] and a.year == b.year
        if not same or {a.index, b.index} <= view.doubted:
            continue
        pairs = [(x, y) for r in view.table.rows if (x := r.text(a.index)) and (y := r.text(b.index))]
        if sum(x != y for x, y in pairs) > _MOST_EQUAL * len(pairs):
            view.doubted |= {a.index, b.index}
            es, en = (text.format(a=a.printed, b=b.printed) for text in _RIVALS)
            facts.diagnostics.append(diagnostic("LEC-period", Level.WARNING, es, en, view.table.place))


def _say_what_is_supposed(view: TableView, facts: Facts, told: bool) -> None:
    """Says that results were taken to be of the year because nothing speaks of a part of it."""
    found = [c for c in view.figures if c.role in ("actual", "percent") and c.period is None and not c.basis and c.year is None]
    if found and facts.whole_year and not told:
        es, en = (text.format(name="», «".join(c.printed or str(c.index + 1) for c in found)) for text in _WHOLE_YEAR)
        facts.diagnostics.append(diagnostic("LEC-period", Level.NOTE, es, en, view.table.place))


def _span(periods: Collection[Period]) -> Period | None:
    """From the first month of some periods to the last; of a single one itself."""
    if len(periods) < 2:
        return next(iter(periods), None)
    return Period(min(p.first for p in periods), max(p.last for p in periods))


def units_with_decimals(view: TableView) -> set[str]:
    """Units of measure of which the table prints a figure with one or two decimals; percentages and weights are not of the unit."""
    counted = [c for c in view.figures if c.role in ("target", "actual", "baseline")]
    found = set()
    for row in view.table.rows:
        unit = fold(view.text(row, "unit_of_measure"))
        if unit and any(_FEW_DECIMALS.fullmatch(row.text(c.index)) for c in counted):
            found.add(unit)
    return found


def settle_place(view: TableView, row: Row, periods: dict[int, Period | None], facts: Facts, decimals: set[str]) -> Row:
    """A row whose cells may stand in several columns, in the placement that its own arithmetic confirms.

    Where several placements are confirmed, what they have in common is sure. Where none is, the row
    stays as it was, and unsure.
    """
    candidates = [replace(row, cells=cells, unsure=frozenset(), rivals=()) for cells in (row.cells, *row.rivals)]
    confirmed = [
        c
        for c in candidates
        if confidence(_measures(view, c, view.text(c, "unit_of_measure"), periods, facts, decimals, "")) is Confidence.CHECKED
    ]
    if not confirmed:
        return row
    texts = [[_text(cell) for cell in c.cells] for c in confirmed]
    differing = frozenset(n for n, column in enumerate(zip(*texts, strict=True)) if len(set(column)) > 1)
    return replace(confirmed[0], moved=True, unsure=differing)


def _text(cell: Cell | None) -> str:
    return cell.text if cell else ""


def read_figures(
    view: TableView, row: Row, draft: Draft, periods: dict[int, Period | None], facts: Facts, decimals: set[str], kind: str = ""
) -> list[Measure]:
    """The measures of one row. ``kind``: what the row prints under columns headed as targets, where that is none (actual, percent)."""
    measures = doubted(_measures(view, row, draft.unit_of_measure, periods, facts, decimals, kind))
    for column, measure in zip(view.figures, measures, strict=True):
        if measure.quantity.state is State.AMBIGUOUS and column.index not in row.unsure | view.doubted:
            facts.diagnostics.append(_doubt(measure.quantity, draft, column))
    _report_place(view, row, draft, facts)
    return measures


def _measures(
    view: TableView, row: Row, printed_unit: str, periods: dict[int, Period | None], facts: Facts, decimals: set[str], kind: str
) -> list[Measure]:
    """One measure for each figure column of the table."""
    unit = unit_of(printed_unit) if printed_unit else None
    tiles = _tiles(periods[c.index] for c in view.figures if c.role == "target")
    things = unit.indivisible if unit else bool(printed_unit) and is_thing(printed_unit)
    hint = Hint(things, fold(printed_unit) in decimals if printed_unit else False)
    measures = []
    for column in view.figures:
        role = kind if kind and column.role == "target" else column.role
        quantity = _figure(role, column.index, row, facts, hint)
        if column.index in view.doubted and quantity.value is not None:
            quantity = replace(quantity, state=State.AMBIGUOUS, alternative=None)
        period = periods[column.index]
        whole = column.basis == "annual"
        if kind and column.role == "target" and whole and view.executed is not None:
            period, whole = view.executed, view.executed.months == 12  # the total of what was executed so far
        basis = Basis.ANNUAL if whole else period.basis if period else Basis.PERIOD
        if basis is Basis.PERIOD and column.basis == "to_date":
            basis = Basis.CUMULATIVE  # "Acumulado a marzo" is of the same months as the first quarter
        elif period in tiles:
            basis = Basis.PERIOD  # the first half of a year in halves is a part of it, not the year to date
        measures.append(measure_of(role, quantity, period, facts.year, _unit_code(role, quantity, unit), basis))
    return measures


def measure_of(role: str, quantity: Quantity, period: Period | None, year: int | None, unit: str, basis: Basis | None = None) -> Measure:
    """A figure with the period that it speaks of; its basis is that of the period, unless another one is known."""
    start, end = period.dates(year) if period else (None, None)
    return Measure(
        measure=MeasureKind(role),
        months=(period.first, period.last) if period else None,
        period_start=start,
        period_end=end,
        basis=basis or (period.basis if period else Basis.PERIOD),
        unit=unit,
        quantity=quantity,
    )


def _tiles(periods: Iterable[Period | None]) -> set[Period]:
    """The periods that together make up the year without overlap; none where they do not."""
    parts = {p for p in periods if p is not None and p.months < 12}
    return parts if tile_the_year((p.first, p.last) for p in parts) else set()


def _report_place(view: TableView, row: Row, draft: Draft, facts: Facts) -> None:
    unsure = [c for c in view.figures if c.index in row.unsure]
    if unsure:
        names = ", ".join(c.printed or str(c.index + 1) for c in unsure)
        es, en = _UNSURE
        facts.diagnostics.append(diagnostic("LEC-shifted", Level.WARNING, es.format(names=names), en.format(names=names), draft.place))
    elif row.moved:
        facts.diagnostics.append(diagnostic("LEC-moved", Level.NOTE, *_MOVED, draft.place))


def set_unit(draft: Draft) -> None:
    """The normalised unit of the row; where no column prints one, the unit printed with its target."""
    target = next((m.quantity for m in draft.measures if m.measure is MeasureKind.TARGET and m.quantity.value is not None), None)
    if not draft.unit_of_measure and target is not None and target.unit:
        draft.unit_of_measure = target.unit
    unit = unit_of(draft.unit_of_measure) if draft.unit_of_measure else None
    percent = target is not None and target.unit == "%"
    draft.unit_code = "percent" if percent else unit.code if unit else slug(draft.unit_of_measure)[:40]


def _unit_code(role: str, quantity: Quantity, unit: Unit | None) -> str:
    """The UNECE code, else the normalised code, of a figure's unit: as printed with it, else that of its row."""
    if role in ("percent", "weight", "weighted"):
        return "P1"
    own = unit_of(quantity.unit) if quantity.unit else unit
    return (own.unece or own.code) if own else slug(quantity.unit)[:40]


def _figure(role: str, column: int, row: Row, facts: Facts, hint: Hint) -> Quantity:
    def read(text: str, place: Place) -> Quantity:
        own = Hint() if role in ("percent", "weight", "weighted") or "%" in text else hint
        figure = split_class(text)[0] if role == "percent" else ""
        return replace(parse(figure, place, facts.convention, own), printed=text) if figure else parse(text, place, facts.convention, own)

    return quantity_of(role, column, row, read)


def quantity_of(role: str, column: int, row: Row, read: Callable[[str, Place], Quantity]) -> Quantity:
    """The figure of a cell as ``read`` gives it, or the state that says why there is none."""
    cell = row.cells[column] if column < len(row.cells) else None
    text, place = (cell.text, cell.place) if cell else ("", row.place)
    if (text and redactions(text)) or (cell and "redacted" in cell.marks):
        return Quantity(printed=text, state=State.REDACTED, place=place)
    if cell and not text and "illegible" in cell.marks:
        return Quantity(printed="", state=State.ILLEGIBLE, place=place)
    quantity = read(text, place)
    if column in row.unsure:
        # The figure, or the blank, may belong to the column beside.
        return replace(quantity, state=State.AMBIGUOUS)
    if quantity.state is State.BLANK:
        return replace(quantity, state=_BLANK_STATE.get(role, State.BLANK))
    return quantity


def _doubt(quantity: Quantity, draft: Draft, column: Column) -> Diagnostic:
    if quantity.value is None or quantity.alternative is None:
        return diagnostic(
            "LEC-not-a-number",
            Level.NOTE,
            f"En la columna «{column.printed}» está impreso «{quantity.printed[:60]}», que no es una cifra; se deja sin valor.",
            f"Column “{column.printed}” prints “{quantity.printed[:60]}”, which is not a figure; it is left without a value.",
            draft.place,
        )
    return diagnostic(
        "LEC-ambiguous-number",
        Level.WARNING,
        f"«{quantity.printed}» puede leerse {quantity.value:.15g} o {quantity.alternative:.15g}; se toma la primera y se marca ambigua.",
        f"“{quantity.printed}” may be read {quantity.value:.15g} or {quantity.alternative:.15g}; the first is kept and marked ambiguous.",
        draft.place,
    )


_RIVALS = (
    "Las columnas «{a}» y «{b}» resultan del mismo papel y período con cifras distintas; las de ambas se marcan ambiguas.",
    "Columns “{a}” and “{b}” turn out to be of one role and period with different figures; those of both are marked ambiguous.",
)
_WHOLE_YEAR = (
    "Nada dice de qué parte del año son los resultados («{name}»); se supone que son del año.",
    "Nothing says of which part of the year the results are (“{name}”); they are taken to be of the year.",
)
_NO_PERIOD = (
    "Nada dice de qué período es la columna «{name}»; sus cifras se dejan sin fechas y se marcan ambiguas.",
    "Nothing tells the period of column “{name}”; its figures have no dates and are marked ambiguous.",
)
_UNSURE = (
    "La fila perdió celdas y no es seguro a qué columna corresponden: {names}. Esas cifras se marcan ambiguas.",
    "The row lost cells and it is not sure which column these belong to: {names}. Their figures are marked ambiguous.",
)
_MOVED = (
    "Las celdas de la fila estaban corridas; se devolvieron a sus columnas por la forma de las demás filas.",
    "The row's cells were shifted; they were put back by the shape of the other rows.",
)
