"""Headings that are rows of tables: which lines over a whole table are such, and the rows that they become."""

from __future__ import annotations

import re

from ..extract.raw import Cell
from ..schema.plan import Kind
from .codes import parse_code, split_code
from .context import Context, Heading
from .draft import Draft
from .folding import slug, unaccented
from .lexicon import load
from .table_view import TableView

_LONGEST, _SLUG = 300, 60
"""Letters of the longest heading, and of the code that one without a code of its own is given."""
_NOTE_LENGTH = 90


def is_remark(text: str) -> bool:
    """A note, a source or who signed, as tables print them below their rows: "Nota: …", "Elaborado por: …"."""
    return re.match(load("statements").get("remark", "(?!)"), unaccented(text), re.I) is not None


def is_note(text: str) -> bool:
    """True for prose: a long text, or a sentence."""
    return len(text) > _NOTE_LENGTH or (text.endswith(".") and len(text.split()) > 6)


def group_of(view: TableView, cell: Cell) -> Heading | None:
    """The heading that a line over a table is, by its looks: bold, shaded or set over every column; None where it has no such looks."""
    words = sum(c.isalpha() for c in cell.text)
    looks = "bold" in cell.marks or cell.fill is not None or (spans_all(view, cell) and not is_note(cell.text))
    if not looks or words < 3 or len(cell.text) > _LONGEST or is_remark(cell.text):
        return None
    return Heading(slug(cell.text)[:_SLUG], cell.text, group=True)


def spans_all(view: TableView, cell: Cell) -> bool:
    return cell.col_span >= view.width > 2


def headings_above(context: Context) -> list[Draft]:
    """The rows of the headings printed since the last row; they are taken from the context."""
    rows, context.headings = context.headings, []
    found = []
    for row in rows:
        code, name = _code_and_name(row.heading)
        found.append(
            Draft(
                kind=Kind.HEADING,
                name=name,
                place=row.place,
                table=row.table,
                section=row.section,
                code_printed=code,
                objective=row.heading,
                objective_id=context.objective_id(row.heading),
            )
        )
    return found


def _code_and_name(heading: Heading) -> tuple[str, str]:
    """The code as printed, and the text behind it: "OEI.02 Mejorar …". What is no code ("Objetivo 2: …") stays with the text."""
    if split := split_code(heading.text):
        return split[0].printed, split[1]
    code = heading.text.removesuffix(heading.wording).rstrip(" :-–—") if heading.wording else ""
    return (code, heading.wording) if " " not in code and parse_code(code) else ("", heading.text)


def with_headings(drafts: list[Draft]) -> list[Draft]:
    """The rows of a document, each behind the headings that stand above it."""
    return [row for draft in drafts for row in (*draft.above, draft)]
