"""Grids that no line of the page tells of, since they stand in a picture or under colour: read from the page as it is drawn."""

from __future__ import annotations

import pypdfium2 as pdfium

from . import lattice
from .content import Box, PageContent, Word, area, inside, is_light, overlap
from .layout import PageLayout
from .lines import lines_of, phrases
from .paragraphs import PageText
from .plumber import with_levels
from .ruled import table_of
from .table import PageTable

_WORDS = 6
"""Fewer words make no table."""
_LINES = 3
"""Straight lines each way that a grid has at least."""
_GROUNDS = 12
"""Areas that are looked at."""
_STEP = 24
"""Of 255: how much a line differs from what is beside it."""


def with_drawn_grids(document: pdfium.PdfDocument, page: PageContent, layout: PageLayout) -> PageLayout:
    """The layout with the tables whose grid is only seen: asked of camelot where text stands on a picture or on colour that has lines.

    A page that has a ruled table is left as it is. Raises ImportError where camelot is needed and not there.
    """
    if any(isinstance(p, PageTable) and p.ruled for p in layout.pieces):
        return layout
    ground = [box for box in _grounds(page) if sum(inside(w, box) for w in page.words) >= _WORDS]
    if not ground or not _shows_lines(document, page, ground):
        return layout
    found = []
    for grid in lattice.grids(document, page.number - 1):
        words = [w for w in page.words if inside(w, grid.box)]
        if len(words) >= _WORDS and any(overlap(grid.box, box) > 0.5 * area(grid.box) for box in ground):
            table = with_levels(table_of(grid, words, page.number))
            if sum(len(r.filled) > 1 for r in table.rows) > 1:
                found.append(table)
    return _replaced(layout, found) if found else layout


def _grounds(page: PageContent) -> list[Box]:
    """Pictures, and areas of colour that are no cell: the largest of them."""
    coloured = [f.box for f in page.fills if not is_light(f.colour)]
    large = {b for b in (*(p.box for p in page.pictures), *coloured) if b[2] - b[0] > 100 and b[3] - b[1] > 40}
    return sorted(large, key=lambda b: (-area(b), b))[:_GROUNDS]


def _shows_lines(document: pdfium.PdfDocument, page: PageContent, ground: list[Box]) -> bool:
    """Whether straight lines run both ways over one of these areas, at one dot a point: camelot takes long, and most pictures have none."""
    import numpy as np

    shown = document[page.number - 1]
    try:
        seen = np.asarray(shown.render(scale=1, grayscale=True).to_numpy(), dtype=np.int16)
    finally:
        shown.close()
    seen = seen[..., 0] if seen.ndim == 3 else seen
    for x0, top, x1, bottom in ground:
        part = seen[max(int(top), 0) : int(bottom) + 1, max(int(x0), 0) : int(x1) + 1]
        if min(part.shape) < 2:
            continue
        across = (np.abs(np.diff(part, axis=0)) > _STEP).mean(axis=1) > 0.4
        upright = (np.abs(np.diff(part, axis=1)) > _STEP).mean(axis=0) > 0.4
        if min(_stretches(across.tolist()), _stretches(upright.tolist())) >= _LINES:
            return True
    return False


def _stretches(marks: list[bool]) -> int:
    """Lines, each of which has an edge on either side, up to three dots apart."""
    count, last = 0, -4
    for k, mark in enumerate(marks):
        if mark:
            count += k - last > 3
            last = k
    return count


def _replaced(layout: PageLayout, found: list[PageTable]) -> PageLayout:
    """The layout with these tables in place of what was made of their words."""
    pieces: list[PageTable | PageText] = [*found]
    for piece in layout.pieces:
        if not any(overlap(piece.box, t.box) for t in found):
            pieces.append(piece)
            continue
        free = [w for w in _words(piece) if not any(inside(w, t.box) for t in found)]
        pieces += [PageText([line], line.box, running=getattr(piece, "running", False)) for line in lines_of(phrases(free))]
    return PageLayout(layout.number, layout.width, layout.height, sorted(pieces, key=lambda p: (p.box[1], p.box[0])), layout.left)


def _words(piece: PageTable | PageText) -> list[Word]:
    if isinstance(piece, PageText):
        return [w for line in piece.lines for w in line.words]
    return [w for row in piece.rows for cell in row.cells if cell is not None for w in cell.words]
