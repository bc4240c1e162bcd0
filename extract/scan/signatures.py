"""Names under signatures, seals and letterheads of a scanned page: they stand side by side as a table does, and are none."""

from __future__ import annotations

from ..pdf.content import Box
from ..pdf.layout import PageLayout
from ..pdf.lines import is_figure, lines_of, phrases
from ..pdf.paragraphs import paragraphs
from ..pdf.table import PageTable

_FIGURES = 0.2
"""Of the filled cells of a table that no rule draws: so many are figures at least, and half of its rows hold one."""
_MOST_ROWS, _LEVEL = 14, 0.5
"""Rows that signatures with their names and offices have, and the share of their height that lies beside a table of rules at most."""
_DIGITS = 2
"""A lone digit is what a stroke of a pen is read as."""


def without_signatures(layout: PageLayout) -> None:
    """Makes text of the tables of a page that alignment alone shows and that hold no figures."""
    pieces = []
    ruled = [p.box for p in layout.pieces if isinstance(p, PageTable) and p.ruled]
    for piece in layout.pieces:
        alone = isinstance(piece, PageTable) and not piece.ruled and not any(_are_level(piece.box, b) for b in ruled)
        if isinstance(piece, PageTable) and alone and len(piece.rows) <= _MOST_ROWS and not _holds_figures(piece):
            words = [w for r in piece.rows for c in r.cells if c is not None for w in c.words]
            pieces += paragraphs(lines_of(phrases(words)))
        else:
            pieces.append(piece)
    layout.pieces = pieces


def _are_level(a: Box, b: Box) -> bool:
    """True for what stands beside a table: a part of it, as likely as not."""
    return min(a[3], b[3]) - max(a[1], b[1]) > _LEVEL * (a[3] - a[1])


def _holds_figures(table: PageTable) -> bool:
    filled = [c for r in table.rows for _, c in r.filled]
    figures = [c for c in filled if _is_telling(c.text)]
    rows = sum(any(_is_telling(c.text) for _, c in r.filled) for r in table.rows)
    return len(figures) >= _FIGURES * len(filled) and rows >= 0.5 * len(table.rows)


def _is_telling(text: str) -> bool:
    return is_figure(text) and sum(c.isdigit() for c in text) >= _DIGITS
