"""Rows that are one text across the table: objectives, units, classes, notes, redactions, groups."""

from __future__ import annotations

from ..extract.marks import redactions
from ..extract.raw import Cell, Row
from ..extract.shape import NUMERIC, Shape, shape
from .classes import class_of_title
from .codes import split_code
from .context import Context, match_objective
from .draft import Draft
from .folding import fold
from .group_lines import group_of, is_note, is_remark
from .lexicon import load
from .organisations import behind_sigla, is_unit, without_sigla
from .table_view import TableView
from .unit_lines import unit_line


def is_band(view: TableView, row: Row) -> bool:
    """A row with one text only, that is not simply a name without values in the column of names."""
    filled = row.filled
    if any(c is not None and not c.text and "redacted" in c.marks for c in row.cells):
        return False  # one text only because the others are struck out
    if len(filled) == 1:
        column = filled[0][0]
        if shape(filled[0][1].text) in NUMERIC:
            return False
        return column == 0 or column != view.name_column or view.width == 1
    texts = {c.text for _, c in filled}
    return len(texts) == 1 and len(filled) == view.width > 2 and shape(filled[0][1].text) is Shape.TEXT


def see_band(view: TableView, cell: Cell, context: Context, drafts: list[Draft], units: set[str]) -> bool:
    """Takes a band. False where it is a row after all. ``units`` are texts, folded, that the document prints in its unit columns."""
    text = cell.text
    if is_remark(text):
        return True
    if (marks := redactions(text)) and drafts and any(whole for _, _, whole in marks):
        drafts[-1].redacted = True
        return True
    if heading := match_objective(text):
        context.set_objective(heading, cell.place)
        return True
    if named := unit_line(text):
        context.rows_begin()
        context.name_section(named, cell.place)
        return True
    if found := class_of_title(text):
        view.table_class = found
        return True
    if split_code(text) and not view.labels:
        return False
    sigla, name = behind_sigla(text)
    if sigla in view.code_letters and fold(name).split()[0] not in load("organisations").get("no_units", {}).get("words", ()):
        context.unit = (without_sigla(text) if is_unit(text) else name).rstrip(" .:")  # the rows below bear its letters: CE-01, CE-02
        context.lettered[context.unit] = sigla
        return True
    group = None if view.restated else group_of(view, cell)
    if group is None and is_note(text):
        if view.restated and drafts:
            drafts[-1].observation = f"{drafts[-1].observation} {text}".strip()
        return True
    if (is_unit(text) or fold(text) in units) and "underline" not in cell.marks:
        context.unit = (text if fold(text) in units else without_sigla(text)).rstrip(" .:")
        return True
    if view.restated and drafts and not cell.marks and text != text.upper():
        drafts[-1].observation = f"{drafts[-1].observation} {text}".strip()
        return True
    if group is not None:
        context.set_group(group, cell.place)
        return True
    # A group line ("Inmunizaciones") says what the rows below are about; it is told from a name without values by its form.
    return view.name_column != 0 or bool(cell.marks) or view.restated
