"""The rows of an indicator table to drafts: codes, names, units, pairs of programmed and executed, wrapped rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from ..extract.marks import is_nothing, redactions
from ..extract.raw import Row
from ..extract.shape import NUMERIC, Shape, shape
from ..schema.plan import Kind, Level, Measure, MeasureKind
from .arithmetic import confidence, settle
from .bands import is_band, see_band
from .classes import class_of_cell
from .codes import Code, parse_code, split_code
from .colours import class_of_colour, colour_name
from .column_periods import column_periods
from .context import Context, Heading, match_objective
from .draft import Draft, diagnostic, label_drifted
from .figures import Facts, read_figures, set_unit, settle_place, units_with_decimals
from .folding import fold, slug
from .group_lines import is_remark, spans_all
from .lexicon import load
from .money import Amounts, is_total
from .money_figures import prints_money, read_money
from .money_rows import MoneyRows
from .pairs import Pairs, joined, named_measure
from .table_view import Labels, TableView
from .unread_columns import other_cells

_FEW_WORDS = 3


def read_rows(view: TableView, context: Context, facts: Facts, amounts: Amounts, unit: str = "") -> list[Draft]:
    """The drafts of one table, in order. Sets objectives and units in force as bands are met.

    ``unit`` is the label in force above a table that goes on with another one.
    """
    drafts: list[Draft] = []
    labels = Labels(view, unit)
    pairs = Pairs(view)
    periods = column_periods(view, view.stated, facts.whole_year, facts.year, pairs, facts.diagnostics)
    decimals = units_with_decimals(view)
    money: list[Row] = []
    of_money = MoneyRows(view)
    for printed in view.rows():
        row = settle_place(view, printed, periods, facts, decimals) if printed.rivals else printed
        filled = row.filled
        band = is_band(view, row)
        if not filled or (band and see_band(view, filled[0][1], context, drafts, facts.units)):
            continue
        labels.see(row)
        if of_money.has(row):
            money.append(row)
            continue
        figures = any(shape(row.text(c.index)) in (Shape.FIGURE, Shape.PERCENT) for c in view.figures)
        kind = pairs.kind(row)
        own = {"actual": "actual", "percent": "percent"}.get(kind, "")
        if drafts and (kind or pairs.other(row)) and _same_row(view, row, drafts[-1], pairs.name(row)):
            if kind:
                _pair(view, row, drafts[-1], read_figures(view, row, drafts[-1], periods, facts, decimals, own))
                drafts[-1].money = joined(drafts[-1].money, read_money(view, row, periods, facts, amounts))
                drafts[-1].has_figures |= figures
            else:
                es, en = _OTHER_ROW
                said = view.text(row, "row_measure")[:40]
                facts.diagnostics.append(diagnostic("LEC-row", Level.NOTE, es.format(name=said), en.format(name=said), row.place))
            continue
        if drafts and not figures and _continues(view, row, drafts[-1]):
            continue
        if not figures and is_remark(filled[0][1].text):
            continue
        row = row if figures or not prints_money(view, row) else _total_of_money(view, row)
        draft = _draft(view, row, context, labels, drafts, figures)
        if draft is not None and kind:
            draft.name = pairs.name(row) and named_measure(draft.name)[0] if pairs.behind_names else draft.name
        if draft is None:
            continue
        slid = draft.code is not None and figures and not row.text(view.name_column) and "" != draft.name == draft.lead_unit
        if figures and (shape(draft.name) in NUMERIC or slid or len(filled) == 1):
            row = replace(row, unsure=frozenset(range(view.width)))  # a figure for a name: the row's cells are out of place
        draft.measures = read_figures(view, row, draft, periods, facts, decimals, own)
        draft.money = read_money(view, row, periods, facts, amounts)
        draft.band = band and spans_all(view, filled[0][1])
        drafts.append(draft)
    view.last_unit = labels.unit
    if money:
        es, en = _MONEY_ROWS
        facts.diagnostics.append(
            diagnostic("LEC-money", Level.NOTE, es.format(count=len(money)), en.format(count=len(money)), money[0].place)
        )
    if not view.table.inherited:
        _raise_first_label(view, drafts, facts)
    _leave_other_letters(drafts, context)
    reported = _reported_months(drafts)
    for draft in drafts:
        draft.reported = reported
        settled = settle(draft.measures)
        facts.evidence.learn(draft.measures, settled)
        draft.measures = settled
        draft.confidence = confidence(draft.measures)
        set_unit(draft)
    return drafts


def _leave_other_letters(drafts: list[Draft], context: Context) -> None:
    """Takes a unit known by its letters from rows of other letters, whose own band was not read; a single one among them is a slip."""
    found = Counter((d.lead_unit, d.code.prefix) for d in drafts if d.code is not None)
    for draft in drafts:
        letters = context.lettered.get(draft.lead_unit, "")
        if not letters or draft.code is None or draft.code.prefix in ("", letters):
            continue
        if found[draft.lead_unit, draft.code.prefix] > 1 or found[draft.lead_unit, letters] <= 1:
            draft.lead_unit = ""


def _raise_first_label(view: TableView, drafts: list[Draft], facts: Facts) -> None:
    """Gives the rows above the first unit label of a table that label: a span starts with the table, so the label had drifted down."""
    first = next((d.lead_unit for d in drafts if d.lead_unit), "")
    for draft in drafts if view.labels and first else ():
        if draft.lead_unit:
            break
        draft.lead_unit = first
        facts.diagnostics.append(label_drifted(draft, first))


def _reported_months(drafts: list[Draft]) -> tuple[int, int] | None:
    """The latest and longest period of which some row of the table reports an actual, else a percentage."""
    for kind in (MeasureKind.ACTUAL, MeasureKind.PERCENT):
        found = {m.months for d in drafts for m in d.measures if m.measure is kind and m.months and m.quantity.value is not None}
        if found:
            return max(found, key=lambda m: (m[1], -m[0]))
    return None


def _pair(view: TableView, row: Row, above: Draft, measures: list[Measure]) -> None:
    """Adds the figures of another row of one action, and what it prints that the first row does not."""
    above.measures = joined(above.measures, measures)
    for role in ("unit_of_measure", "responsible_unit", "observation"):
        text = _told(view.text(row, role)) if role == "observation" else view.text(row, role)
        if text and text not in getattr(above, role) and (role == "observation" or not getattr(above, role)):
            setattr(above, role, f"{getattr(above, role)} {text}".strip())
    above.published_class = above.published_class or class_of_cell(view.class_text(row))
    above.redacted |= any(c is not None and ("redacted" in c.marks or (c.text and redactions(c.text))) for c in row.cells)


def _same_row(view: TableView, row: Row, above: Draft, name: str) -> bool:
    """True where a row goes on with the action above: it prints no name, or the same one."""
    return name in ("", above.name) and (not view.code_text(row) or view.code_text(row) == above.code_printed)


def _continues(view: TableView, row: Row, above: Draft) -> bool:
    """Takes a row that is the rest of wrapped cells of the row above, and adds its texts there."""
    name = row.text(view.name_column)
    if view.code_text(row) or not name[:1].islower() or above.table != view.number or above.name.endswith((".", ":")):
        return False
    above.name = f"{above.name} {name}"
    for role in ("lead_unit", "responsible_unit", "unit_of_measure", "observation"):
        if text := view.text(row, role):
            setattr(above, role, f"{getattr(above, role)} {text}".strip())
    return True


def _code_and_name(view: TableView, row: Row) -> tuple[Code | None, str, str]:
    """The code, the code as printed, and the name of a row; code and text may share a cell."""
    code_text, name = view.code_text(row), row.text(view.name_column)
    if is_total(code_text or name) and not (code_text and name):
        return None, "", code_text or name  # "TOTAL ACP-1" has the form of a code
    code = parse_code(code_text) if code_text else None
    if code is not None:
        return code, code_text, name
    if code_text:
        # A cell of codes without a blank is one code, of whatever form; beside a name it holds no text.
        if (not name or " " in code_text) and (split := split_code(code_text)):
            code, text = split
            # A text of its own beside its code is the name; a word or two go on in the column of names.
            return code, code.printed, text if name in text or len(text.split()) > _FEW_WORDS else f"{text} {name}"
        return (None, "", code_text) if not name else (None, code_text, name)
    if name and (split := split_code(name)):
        return split[0], split[0].printed, split[1]
    return None, "", name


def _draft(view: TableView, row: Row, context: Context, labels: Labels, drafts: list[Draft], figures: bool) -> Draft | None:
    code, code_printed, name = _code_and_name(view, row)
    if not figures and (heading := match_objective(f"{code_printed} {name}".strip())):
        context.set_objective(heading, row.place)  # an objective that carries a unit is no band, and no row either
        return None
    struck = _is_struck(row, view.name_column)
    if not name and not (struck and code_printed):
        if not figures:
            return None
        name = "" if struck else _name_elsewhere(view, row, labels, drafts, code is not None)
    own_units = view.labels or "lead_unit" in view.by_role
    objective = _objective(view, row, context)
    colour = _class_colour(view, row)
    class_text = "" if view.one_sign and class_of_colour(colour) else view.class_text(row)  # "●" in every row says nothing but its colour
    return Draft(
        kind=Kind.TOTAL if code is None and is_total(name) else view.kind,
        name=name,
        place=row.place,
        table=view.number,
        section=context.section,
        code=code,
        code_printed=code_printed,
        objective=objective,
        objective_id=context.objective_id(objective) if objective else "",
        lead_unit=_unit(view.text(row, "lead_unit")) or labels.unit or ("" if own_units else context.unit),
        responsible_unit=_unit(view.text(row, "responsible_unit")),
        unit_of_measure=view.text(row, "unit_of_measure"),
        published_class=class_of_cell(class_text) or labels.current_class or view.table_class or class_of_colour(colour),
        direction=_direction(view.text(row, "direction")) or _marked_direction(name),
        frequency=view.text(row, "frequency"),
        observation=_told(view.text(row, "observation")),
        observable="observation" in view.by_role,
        start_printed=view.text(row, "project_start"),
        end_printed=view.text(row, "project_end"),
        class_colour=colour,
        redacted=any(c is not None and ("redacted" in c.marks or (c.text and redactions(c.text))) for c in row.cells),
        restated=view.restated,
        labelled=bool(view.labels),
        own_label=labels.own,
        other=other_cells(view, row, name),
        has_figures=figures,
    )


def _total_of_money(view: TableView, row: Row) -> Row:
    """A row of amounts without physical figures, its label moved to the column of names: it totals, and the label may stand anywhere."""
    column = next((n for n, c in row.filled if is_total(c.text)), view.name_column)
    cells = list(row.cells)
    if row.text(view.name_column) or column == view.name_column:
        return row
    cells[view.name_column], cells[column] = cells[column], None
    return replace(row, cells=tuple(cells))


def _is_struck(row: Row, column: int) -> bool:
    cell = row.cells[column] if column < len(row.cells) else None
    return cell is not None and not cell.text and "redacted" in cell.marks


def _class_colour(view: TableView, row: Row) -> str:
    """The colour of a class cell: a traffic light, with a word or without. Shading of the whole row is none."""
    column = view.by_role.get("class")
    cell = row.cells[column.index] if column and column.index < len(row.cells) else None
    if cell is None or not cell.fill or all(c is None or c.fill == cell.fill for c in row.cells):
        return ""
    return colour_name(cell.fill)


def _name_elsewhere(view: TableView, row: Row, labels: Labels, drafts: list[Draft], coded: bool) -> str:
    """The name of a row with figures whose cell of the name is blank: a total's label, the name above that spans it, or its first text."""
    if labels.own and is_total(labels.unit):
        return labels.unit
    figures = {f.index for f in view.figures}
    if not coded and (total := next((c.text for n, c in row.filled if n not in figures and is_total(c.text)), "")):
        return total  # wherever it stands: a subtotal is printed below what it sums up, in a column of areas or one that is not read
    if label := _label_over_names(view, row):
        return label
    if drafts and not coded and not labels.own:
        return drafts[-1].name
    return next((c.text for n, c in row.filled if shape(c.text) is Shape.TEXT and n not in figures), "")


def _label_over_names(view: TableView, row: Row) -> str:
    """The text of a cell that begins left of the names and reaches over them: "Cumplimiento ponderado" below all rows."""
    return next((c.text for n, c in row.filled if n < view.name_column < n + c.col_span), "")


def _unit(text: str) -> str:
    return "" if is_nothing(text) else text


def _told(text: str) -> str:
    """A remark; a lone dash says that there is none."""
    return "" if is_nothing(text) and not any(ch.isalnum() for ch in text) else text


def _objective(view: TableView, row: Row, context: Context) -> Heading | None:
    """The objective printed in the row's own column, spread down, else the one in force."""
    text = view.text(row, "objective")
    if text:
        if text.isdigit() or (not row.text(view.name_column) and (is_total(text) or text == _label_over_names(view, row))):
            return context.objective  # a number in a column of objectives counts the rows below one, and a total is none
        heading = match_objective(text) or Heading(slug(text)[:60], text)
        context.set_objective(heading, row.place)
    return context.objective


@cache
def _directions() -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = load("headers").get("directions", {})
    return tuple((kind, tuple(found.get(kind, ()))) for kind in ("increase", "decrease"))


def _direction(text: str) -> str:
    """increase or decrease, as a cell of that column says; "" for another text."""
    plain = fold(text)
    return next((kind for kind, beginnings in _directions() if plain.startswith(beginnings)), "")


def _marked_direction(name: str) -> str:
    """What a name ends in in brackets, where that is a direction: "Plazo de pago (reducción)"."""
    match = _MARK.search(name)
    marks = load("headers").get("direction_marks", {}) if match else {}
    return next((k for k in ("increase", "decrease") if match and k in marks and re.fullmatch(marks[k], fold(match[1]))), "")


_MARK = re.compile(r"\(([^()]{3,40})\)\W*$")
_OTHER_ROW = (
    "Filas «{name}» de una acción: no se interpretan; sus celdas están, como se imprimieron, en las tablas de «veedor extract».",
    "Rows “{name}” of an action: not interpreted; their cells are, as printed, in the tables of “veedor extract”.",
)
_MONEY_ROWS = (
    "Filas de dinero ({count}): no se interpretan; sus celdas están, como se imprimieron, en las tablas de «veedor extract».",
    "Rows of money ({count}): not interpreted; their cells are, as printed, in the tables of “veedor extract”.",
)
