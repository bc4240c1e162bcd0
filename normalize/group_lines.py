"""Lines over a whole table: which of them group the rows below, and which are notes, sources or signatures."""

from __future__ import annotations

import re

from ..extract.raw import Cell
from .context import Heading
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
