"""The cells of a recognised page: what else was read in them, and their codes and figures as their columns write them."""

from __future__ import annotations

from collections import Counter

from ..pdf.layout import PageLayout
from ..pdf.lines import is_figure
from ..pdf.table import PageCell, PageTable
from . import codes, figures
from .signatures import without_signatures

_MOST = 6
"""Other readings that are kept of a cell."""
_LEAST, _STRANGE = 4, 0.3
"""Filled cells of a column of figures, and the share of them that may be none."""
_SAME = 0.8
"""Of the figures of a column: so many have one number of decimals where all should."""


def put_right(layout: PageLayout) -> None:
    """Puts codes and figures right in every table of a page; what the engine read stays beside each that was changed.

    What seems a table and is signatures is made text.
    """
    without_signatures(layout)
    for table in layout.pieces:
        if isinstance(table, PageTable):
            for cell in (c for r in table.rows for c in r.cells if c is not None):
                cell.recognised = True
                cell.readings = _others(cell) if cell.text else ()
            codes.put_right(table)
            figures.put_right(table)
            _doubt_misfits(table)


def _doubt_misfits(table: PageTable) -> None:
    """What is no figure in a column of figures is in doubt: a stroke, a stamp, or a figure that was misread."""
    for k in range(table.columns):
        cells = [c for r in table.body if k < len(r.cells) and (c := r.cells[k]) is not None and c.text and c.col_span == 1]
        strange = [c for c in cells if not is_figure(c.text)]
        places = Counter(figures.decimals(c.text) for c in cells if is_figure(c.text))
        usual, count = places.most_common(1)[0] if places else (0, 0)
        odd = [c for c in cells if figures.is_malformed(c.text)]
        if usual and count >= _LEAST and count >= _SAME * places.total():
            odd += [c for c in cells if is_figure(c.text) and figures.decimals(c.text) not in (0, usual)]
        if len(cells) >= _LEAST and len(strange) <= _STRANGE * len(cells):
            odd += strange
        for cell in odd:
            cell.doubt()


def _others(cell: PageCell) -> tuple[str, ...]:
    """The text of a cell with one of its words as another reading has it."""
    texts: dict[str, None] = {}
    for k, word in enumerate(cell.words):
        for other in word.others:
            texts[" ".join(other if n == k else w.text for n, w in enumerate(cell.words))] = None
    texts.pop(cell.text, None)
    return tuple(texts)[:_MOST]
