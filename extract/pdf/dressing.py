"""What the cells of a page have besides their text: the colour that fills them, and whether they were struck out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..marks import redactions
from ..raw import Block, RedactionMark, Table, TextBlock
from .content import Box, PageContent, Struck, area, is_grey, is_light, overlap, place_of
from .layout import PageLayout
from .paragraphs import PageText
from .shaded_spans import join_shaded
from .table import PageCell, PageTable

_MOST = 0.5
_WITHIN = 0.95
"""Share of a drawn light that lies in its cell."""
_LIGHT_SIZES = (3.0, 40.0)
"""Points that a light is high."""
_BATCH = 256
"""Fills that are compared with all cells at once."""
_TOUCHED = 6.0
"""Square points of a cell under a bar from which its text may be a part of another."""
_INKED = 0.3
"""Share of ink that nobody reads from which it is a cell's: it may reach over two rows."""
_STRUCK = 0.3
"""Share of a cell that a struck-out area takes at least."""


def dress(layout: PageLayout, page: PageContent) -> None:
    """Gives the cells of a page their fill, joins those that one fill shows to be one, and marks what was struck out or is not read."""
    for table in (p for p in layout.pieces if isinstance(p, PageTable)):
        if not table.ruled:
            join_shaded(table, page.fills)
        cells = [c for r in table.rows for c in r.cells if c is not None]
        for cell in cells:
            cell.redacted = any(_strikes(s, cell) for s in page.struck)
            if page.scanned and any(overlap(s.box, cell.box) > _TOUCHED for s in page.struck):
                cell.doubt()  # what is left of a text that a bar covers in part says something else
            cell.illegible |= any(overlap(u, cell.box) > _INKED * area(u) for u in page.unread)
        if page.fills and cells:
            _fill(cells, table, page)
        _lights([c for c in cells if c.fill is None], page)


def _strikes(struck: Struck, cell: PageCell) -> bool:
    shared = overlap(struck.box, cell.box)
    return shared > _STRUCK * area(cell.box) or shared > _MOST * area(struck.box)


def _fill(cells: Sequence[PageCell], table: PageTable, page: PageContent) -> None:
    """The last fill that covers most of a cell and was painted before its text. A fill of the whole page is no cell's."""
    fills = [f for f in page.fills if f.opaque and area(f.box) <= 1.5 * area(table.box)]
    if not fills:
        return
    boxes = np.array([c.box for c in cells], dtype=float)
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    before = np.array([min((w.order for w in c.words), default=1 << 31) for c in cells])
    fills.sort(key=lambda f: f.order)
    for start in range(0, len(fills), _BATCH):
        part = fills[start : start + _BATCH]
        f = np.array([x.box for x in part], dtype=float)[:, None, :]
        wide = np.minimum(boxes[:, 2], f[..., 2]) - np.maximum(boxes[:, 0], f[..., 0])
        high = np.minimum(boxes[:, 3], f[..., 3]) - np.maximum(boxes[:, 1], f[..., 1])
        covered = (wide > 0) & (high > 0) & (wide * high > _MOST * areas)
        covered &= before > np.array([x.order for x in part])[:, None]
        for n, k in np.argwhere(covered).tolist():
            colour = part[n].colour
            cells[k].fill = None if is_light(colour) else colour


def _lights(cells: Sequence[PageCell], page: PageContent) -> None:
    """The colour of a light as the fill of its cell: of a sign that is all the cell prints, or of what is drawn alone in it."""
    lights = [s for s in (*page.shapes, *page.fills) if not is_grey(s.colour) and _is_light(s.box)]
    for cell in cells:
        if not cell.words:
            drawn = {s.colour for s in lights if overlap(s.box, cell.box) > _WITHIN * area(s.box)}
        else:
            drawn = {w.colour for w in cell.words if w.colour is not None} if len(cell.words) == 1 else set()
        if len(drawn) == 1 and not is_grey(colour := drawn.pop()):
            cell.fill = colour


def _is_light(box: Box) -> bool:
    """As wide as high, and of the size of a sign."""
    width, height = box[2] - box[0], box[3] - box[1]
    return _LIGHT_SIZES[0] < height < _LIGHT_SIZES[1] and 0.5 < width / height < 2


def struck_marks(layout: PageLayout, page: PageContent) -> list[RedactionMark]:
    """The struck-out areas of a page as marks. What lay beneath is not told."""
    return [RedactionMark(_kind(s, layout), "", place_of(s.box, page.number), s.reason) for s in page.struck]


def _kind(struck: Struck, layout: PageLayout) -> str:
    if any(isinstance(p, PageTable) and overlap(struck.box, p.box) > _MOST * area(struck.box) for p in layout.pieces):
        return "cell"
    if struck.on_picture:
        return "image"
    lines = [line for p in layout.pieces if isinstance(p, PageText) for line in p.lines]
    return "text" if any(struck.box[1] < line.middle < struck.box[3] for line in lines) else "paragraph"


def printed_marks(blocks: Sequence[Block]) -> Iterator[RedactionMark]:
    """The marks of redaction that the text itself prints ("[Testado]")."""
    for block in blocks:
        if isinstance(block, TextBlock):
            for printed, reason, alone in redactions(block.text):
                yield RedactionMark("paragraph" if alone else "text", printed, block.place, reason)
        elif isinstance(block, Table):
            for cell in (c for r in (*block.header, *block.rows) for c in r.cells if c is not None and c.text):
                for printed, reason, _ in redactions(cell.text):
                    yield RedactionMark("cell", printed, cell.place, reason)
