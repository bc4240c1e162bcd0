"""The cells of a recognised page: what else was read in them, and their codes and figures as their columns write them."""

from __future__ import annotations

from collections import Counter
from statistics import median

from ..pdf.layout import PageLayout
from ..pdf.lines import is_figure
from ..pdf.table import PageCell, PageTable
from . import codes, figures
from .merged import doubt_across, doubt_within, part
from .signatures import without_signatures
from .signs import settle

_MOST = 6
"""Other readings that are kept of a cell."""
_LEAST, _STRANGE = 4, 0.3
"""Filled cells of a column of figures, and the share of them that may be none."""
_SAME = 0.8
"""Of the figures of a column: so many have one number of decimals where all should."""

_STROKES = "1lI|!]["
"""What a piece of an upright rule is read as."""
_UPON, _AWAY = 0.7, 1.4
"""Points from its rule at which a stroke stands upon it, and which figures keep away from it."""


def put_right(layout: PageLayout) -> None:
    """Puts codes and figures right in every table of a page; what the engine read stays beside each that was changed.

    What seems a table and is signatures is made text.
    """
    without_signatures(layout)
    tables = [p for p in layout.pieces if isinstance(p, PageTable)]
    doubt_within(tables)
    for table in tables:
        if table.ruled:
            part(table)
        doubt_across(table)
        for cell in (c for r in table.rows for c in r.cells if c is not None):
            cell.recognised = True
            cell.readings = _others(cell) if cell.text else ()
        codes.put_right(table)
        figures.put_right(table)
        _doubt_misfits(table)
        _doubt_ends(table)
        settle(table)


def _doubt_misfits(table: PageTable) -> None:
    """What is no figure in a column of figures is in doubt: a stroke, a stamp, or a figure that was misread."""
    for k in range(table.columns):
        cells = [c for r in table.body if k < len(r.cells) and (c := r.cells[k]) is not None and c.text and c.col_span == 1]
        if codes.are_paths([c.text for c in cells]):
            continue
        strange = [c for c in cells if not is_figure(c.text)]
        places = Counter(figures.decimals(c.text) for c in cells if is_figure(c.text))
        usual, count = places.most_common(1)[0] if places else (0, 0)
        odd = [c for c in cells if figures.is_malformed(c.text)]
        if usual and count >= _LEAST and count >= _SAME * places.total():
            odd += [
                c for c in cells if is_figure(c.text) and (figures.decimals(c.text) not in (0, usual) or figures.lacks_decimals(c.text))
            ]
        if len(cells) >= _LEAST and len(strange) <= _STRANGE * len(cells):
            odd += strange
        elif len(cells) >= _LEAST and 2 * len(strange) <= len(cells):
            odd += [c for c in strange if len(c.text) == 1]
        for cell in odd:
            cell.doubt()


def _doubt_ends(table: PageTable) -> None:
    """A figure that begins or ends with a stroke upon its column's rule, where the others keep away from it: the stroke is the rule's."""
    for k in range(table.columns if table.ruled else 0):
        cells = [c for r in table.body if k < len(r.cells) and (c := r.cells[k]) is not None and c.words and c.col_span == 1]
        for left in (True, False):
            room = {id(c): _room(c, left) for c in cells}
            if len(cells) < _LEAST or median(room.values()) < _AWAY:
                continue
            for cell in cells:
                word = cell.words[0 if left else -1]
                if room[id(cell)] < _UPON and any(x.isdigit() for x in word.text) and word.text[0 if left else -1] in _STROKES:
                    word.doubtful = True


def _room(cell: PageCell, left: bool) -> float:
    """Points between the words of a cell and its edge."""
    return min(w.x0 for w in cell.words) - cell.box[0] if left else cell.box[2] - max(w.x1 for w in cell.words)


def _others(cell: PageCell) -> tuple[str, ...]:
    """The text of a cell with one of its words as another reading has it."""
    texts: dict[str, None] = {}
    for k, word in enumerate(cell.words):
        for other in word.others:
            texts[" ".join(other if n == k else w.text for n, w in enumerate(cell.words))] = None
    texts.pop(cell.text, None)
    return tuple(texts)[:_MOST]
