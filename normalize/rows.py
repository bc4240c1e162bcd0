"""The rows of an indicator table to drafts: codes, names, units, figures, bands, notes and redactions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..extract.marks import redactions
from ..extract.raw import Cell, Row, Table
from ..extract.shape import Shape, shape
from ..schema.plan import Basis, Diagnostic, Kind, Level, Measure, MeasureKind
from ..schema.quantity import Quantity, State
from .arithmetic import confidence, settle
from .classes import class_of_cell, class_of_title
from .codes import parse_code, split_code
from .columns import FIGURE_ROLES, Column, period_of
from .context import Context, Heading, match_objective
from .draft import Draft, diagnostic
from .folding import fold, slug
from .lexicon import load
from .measure_units import Unit, unit_of
from .numbers import Convention, Hint, parse
from .organisations import is_unit
from .periods import YEAR, Period

_NOTE_LENGTH = 90
_BLANK_STATE = {"target": State.NOT_PROGRAMMED, "actual": State.NOT_REPORTED}


@dataclass(slots=True)
class Facts:
    """What is known of the whole document before its rows are read."""

    year: int | None
    period: Period | None
    convention: Convention
    diagnostics: list[Diagnostic] = field(default_factory=list)


@dataclass(slots=True)
class TableView:
    """A table with its columns understood, and what its title and labels say of all its rows."""

    table: Table
    columns: list[Column]
    number: int
    restated: bool = False
    table_class: str = ""
    by_role: dict[str, Column] = field(default_factory=dict)
    figures: list[Column] = field(default_factory=list)
    labels: list[Column] = field(default_factory=list)
    width: int = 0

    def __post_init__(self) -> None:
        for c in self.columns:
            if c.role and c.role not in self.by_role:
                self.by_role[c.role] = c
        self.figures = [c for c in self.columns if c.role in FIGURE_ROLES]
        self.labels = [c for c in self.columns if c.role == "label"]
        self.width = len(self.columns)

    def text(self, row: Row, role: str) -> str:
        column = self.by_role.get(role)
        return row.text(column.index) if column else ""

    @property
    def name_column(self) -> int:
        return self.by_role["name"].index

    @property
    def kind(self) -> Kind:
        return Kind(self.by_role["name"].kind or "indicator")


def read_rows(view: TableView, context: Context, facts: Facts) -> list[Draft]:
    """The drafts of one table, in order. Sets objectives and units in force as bands are met."""
    drafts: list[Draft] = []
    labels = _Labels(view)
    periods = _periods(view, facts)
    units_with_decimals = _units_with_decimals(view)
    for row in view.table.rows:
        filled = row.filled
        if not filled:
            continue
        if _is_band(view, row) and _see_band(view, filled[0][1], context, drafts):
            continue
        labels.see(row)
        draft = _draft(view, row, context, labels, drafts)
        if draft is None:
            continue
        _read_figures(view, row, draft, periods, facts, units_with_decimals)
        drafts.append(draft)
    return drafts


class _Labels:
    """Labels spread over the rows they span: the unit in force, and the class that a label gives the table."""

    def __init__(self, view: TableView) -> None:
        self.view = view
        self.unit = ""
        self.own = False
        classes = []
        for column in view.labels:
            for text in (column.label, *(r.text(column.index) for r in view.table.rows)):
                if text and (c := class_of_title(text)):
                    classes.append(c)
            if column.label and not class_of_title(column.label):
                self.unit = column.label  # a unit that drifted up into the header
        self.one_class = classes[0] if len(set(classes)) == 1 else ""
        self.current_class = self.one_class or view.table_class

    def see(self, row: Row) -> None:
        self.own = False
        for column in self.view.labels:
            text = row.text(column.index)
            if not text or redactions(text):
                continue
            if found := class_of_title(text):
                self.current_class = self.one_class or found
            elif shape(text) is Shape.TEXT:
                self.unit, self.own = text, True


def _is_band(view: TableView, row: Row) -> bool:
    """A row with one text only, that is not simply a name without values in the column of names."""
    filled = row.filled
    if len(filled) == 1:
        column = filled[0][0]
        return column == 0 or column != view.name_column or view.width == 1
    texts = {c.text for _, c in filled}
    return len(texts) == 1 and len(filled) == view.width > 2 and shape(filled[0][1].text) is Shape.TEXT


def _see_band(view: TableView, cell: Cell, context: Context, drafts: list[Draft]) -> bool:
    """Takes a band: redaction, objective, class, unit, note or group. False where it is a row after all."""
    text = cell.text
    if (marks := redactions(text)) and drafts and any(whole for _, _, whole in marks):
        drafts[-1].redacted = True
        return True
    if heading := match_objective(text):
        context.set_objective(heading, cell.place)
        return True
    if found := class_of_title(text):
        view.table_class = found
        return True
    if split_code(text) and not view.labels:
        return False
    if _is_note(text):
        if view.restated and drafts:
            drafts[-1].observation = f"{drafts[-1].observation} {text}".strip()
        return True
    if is_unit(text) and "underline" not in cell.marks:
        context.unit = text.rstrip(" .:")
        return True
    # A group line ("Inmunizaciones") says what the rows below are about; it is told from a name without values by its form.
    return "name" not in view.by_role or view.name_column != 0 or bool(cell.marks) or view.restated


def _is_note(text: str) -> bool:
    return len(text) > _NOTE_LENGTH or (text.endswith(".") and len(text.split()) > 6)


def _draft(view: TableView, row: Row, context: Context, labels: _Labels, drafts: list[Draft]) -> Draft | None:
    code_text, name = view.text(row, "code"), row.text(view.name_column)
    code = parse_code(code_text) if code_text else None
    code_printed = code_text if code else ""
    if code_text and code is None:
        if split := split_code(code_text):
            code, text = split
            code_printed, name = code.printed, f"{text} {name}".strip() if name and name not in text else text
        elif not name:
            name = code_text
        else:
            code_printed = code_text
    if not code and not code_text and name and (split := split_code(name)):
        code, name = split
        code_printed = code.printed
    figures = any(shape(row.text(c.index)) in (Shape.FIGURE, Shape.PERCENT) for c in view.figures)
    if not name:
        if not figures:
            return None
        if drafts and not code and drafts[-1].table == view.number:
            name = drafts[-1].name  # the name's cell spans this row too
        elif not code:
            return None
    lead = view.text(row, "lead_unit") or labels.unit or ("" if view.labels or "lead_unit" in view.by_role else context.unit)
    objective = _objective(view, row, context)
    kind = view.kind
    if re.match(load("statements").get("total", "(?!)"), fold(name)) and not code:
        kind = Kind.TOTAL
    return Draft(
        kind=kind,
        name=name,
        place=row.place,
        table=view.number,
        section=context.section,
        code=code,
        code_printed=code_printed,
        objective=objective,
        objective_id=context.objective_id(objective) if objective else "",
        lead_unit=lead,
        responsible_unit=view.text(row, "responsible_unit"),
        unit_of_measure=view.text(row, "unit_of_measure"),
        published_class=class_of_cell(view.text(row, "class")) or labels.current_class or view.table_class,
        direction=_direction(view.text(row, "direction")),
        frequency=view.text(row, "frequency"),
        observation=view.text(row, "observation"),
        observable="observation" in view.by_role,
        redacted=any(redactions(c.text) for _, c in row.filled),
        restated=view.restated,
        doubtful=row.doubtful,
        labelled=bool(view.labels),
        own_label=labels.own,
        has_figures=figures,
    )


def _objective(view: TableView, row: Row, context: Context) -> Heading | None:
    """The objective printed in the row's own column, spread down, else the one in force."""
    text = view.text(row, "objective")
    if text:
        heading = match_objective(text) or Heading(slug(text)[:60], text)
        context.set_objective(heading, row.place)
    return context.objective


def _direction(text: str) -> str:
    plain = fold(text)
    if plain.startswith(("creciente", "ascendente", "aument", "increment", "mayor")):
        return "increase"
    return "decrease" if plain.startswith(("decreciente", "descendente", "dismin", "reduc", "menor")) else ""


def _periods(view: TableView, facts: Facts) -> dict[int, Period | None]:
    """The period of each figure column, completed from its neighbours and the document."""
    targets = {c.period for c in view.figures if c.role == "target" and c.period and c.basis != "annual"}
    quarterly = sum(1 for p in targets if p.months < 12) > 1
    own = next((c.period for c in reversed(view.figures) if c.role == "actual" and c.period), None)
    reported = own or next((c.period for c in view.figures if c.role == "percent" and c.period), None)
    has_actual = any(c.role == "actual" for c in view.figures)
    if has_actual and reported is None:
        reported = next(iter(targets)) if len(targets) == 1 else facts.period or YEAR
    actual = reported if has_actual else None
    return {c.index: period_of(c, actual if c.role == "target" else reported or facts.period or YEAR, quarterly) for c in view.figures}


def _units_with_decimals(view: TableView) -> set[str]:
    """Units of measure of which the table prints a figure with one or two decimals."""
    found = set()
    for row in view.table.rows:
        unit = fold(view.text(row, "unit_of_measure"))
        if unit and any(re.fullmatch(r"\d+[.,]\d{1,2}", row.text(c.index)) for c in view.figures):
            found.add(unit)
    return found


def _read_figures(view: TableView, row: Row, draft: Draft, periods: dict[int, Period | None], facts: Facts, decimals: set[str]) -> None:
    unit = unit_of(draft.unit_of_measure) if draft.unit_of_measure else None
    hint = Hint(bool(unit and unit.indivisible), fold(draft.unit_of_measure) in decimals if draft.unit_of_measure else False)
    measures = []
    for column in view.figures:
        cell = row.cells[column.index] if column.index < len(row.cells) else None
        quantity = _quantity(column, cell, row, facts, hint)
        period = periods[column.index]
        start, end = period.dates(facts.year) if period else (None, None)
        basis = Basis(column.basis) if column.basis else period.basis if period else Basis.PERIOD
        measures.append(
            Measure(
                measure=MeasureKind(column.role),
                months=(period.first, period.last) if period else None,
                period_start=start,
                period_end=end,
                basis=basis,
                unit=_unit_code(column, quantity, unit),
                quantity=quantity,
            )
        )
        if quantity.state is State.AMBIGUOUS:
            facts.diagnostics.append(_doubt(quantity, draft, column))
    draft.measures = settle(measures)
    draft.confidence = confidence(draft.measures)
    if draft.doubtful:
        facts.diagnostics.append(diagnostic("LEC-shifted", Level.WARNING, *_SHIFTED, draft.place))
    elif row.moved:
        facts.diagnostics.append(diagnostic("LEC-moved", Level.NOTE, *_MOVED, draft.place))
    target = next((m.quantity for m in draft.measures if m.measure is MeasureKind.TARGET and m.quantity.value is not None), None)
    if not draft.unit_of_measure and target is not None and target.unit:
        draft.unit_of_measure = target.unit
        unit = unit_of(target.unit)
    percent = target is not None and target.unit == "%"
    draft.unit_code = "percent" if percent else unit.code if unit else slug(draft.unit_of_measure)[:40]


def _unit_code(column: Column, quantity: Quantity, unit: Unit | None) -> str:
    """The UNECE code, else the normalised code, of a figure's unit: as printed with it, else that of its row."""
    if column.role in ("percent", "weight"):
        return "P1"
    own = unit_of(quantity.unit) if quantity.unit else unit
    return (own.unece or own.code) if own else slug(quantity.unit)[:40]


def _quantity(column: Column, cell: Cell | None, row: Row, facts: Facts, hint: Hint) -> Quantity:
    text, place = (cell.text, cell.place) if cell else ("", row.place)
    if text and redactions(text):
        return Quantity(printed=text, state=State.REDACTED, place=place)
    own_hint = Hint() if column.role in ("percent", "weight") or "%" in text else hint
    quantity = parse(text, place, facts.convention, own_hint)
    if quantity.state is State.BLANK:
        return quantity.model_copy(update={"state": _BLANK_STATE.get(column.role, State.BLANK)})
    if row.doubtful and quantity.state in (State.VALUE, State.ZERO):
        return quantity.model_copy(update={"state": State.AMBIGUOUS})
    return quantity


def _doubt(quantity: Quantity, draft: Draft, column: Column) -> Diagnostic:
    if quantity.value is None:
        return diagnostic(
            "LEC-not-a-number",
            Level.NOTE,
            f"En la columna «{column.printed}» está impreso «{quantity.printed[:60]}», que no es una cifra; se deja sin valor.",
            f"Column “{column.printed}” prints “{quantity.printed[:60]}”, which is not a figure; it is left without a value.",
            draft.place,
        )
    if quantity.alternative is None:
        return diagnostic("LEC-shifted", Level.WARNING, *_SHIFTED, draft.place)
    return diagnostic(
        "LEC-ambiguous-number",
        Level.WARNING,
        f"«{quantity.printed}» puede leerse {quantity.value:.15g} o {quantity.alternative:.15g}; se toma la primera y se marca ambigua.",
        f"“{quantity.printed}” may be read {quantity.value:.15g} or {quantity.alternative:.15g}; the first is kept and marked ambiguous.",
        draft.place,
    )


_SHIFTED = (
    "La fila tiene menos celdas que su tabla y sus cifras pueden estar corridas de columna; se marcan ambiguas.",
    "The row has fewer cells than its table and its figures may stand in other columns; they are marked ambiguous.",
)
_MOVED = (
    "Las celdas de la fila estaban corridas; se devolvieron a sus columnas por la forma de las demás filas.",
    "The row's cells were shifted; they were put back by the shape of the other rows.",
)
