"""Reads a page with camelot's lattice: the grid that shows when the page is drawn, and the text in its cells."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .content import Box, Word, inside
from .grid import Grid, cells_between
from .pdfium import read_page
from .plumber import one_line, with_levels
from .table import PageCell, PageRow, PageTable
from .upright import upright_of


def tables(document: pdfium.PdfDocument, index: int, words: Sequence[Word] = ()) -> list[PageTable]:
    """The tables of page ``index`` (from 0) with camelot's own text, over the page's ``words``. Raises ImportError without camelot."""
    found = []
    for table, grid in _read(document, index):
        rows: list[list[PageCell | None]] = [[None] * grid.columns for _ in range(grid.rows)]
        for cell in grid.cells:
            fields = [
                table.cells[r][c] for r in range(cell.row, cell.row + cell.row_span) for c in range(cell.col, cell.col + cell.col_span)
            ]
            text = one_line("\n".join(f.text for f in fields))
            rows[cell.row][cell.col] = PageCell(
                [w for w in words if inside(w, cell.box)], cell.box, cell.row_span, cell.col_span, text=text
            )
        found.append(with_levels(PageTable(index + 1, grid.xs, [PageRow(r) for r in rows if any(r)], grid.box, ruled=True)))
    return found


def grids(document: pdfium.PdfDocument, index: int) -> list[Grid]:
    """The grids of page ``index`` without their text. Raises ImportError without camelot."""
    return [grid for _, grid in _read(document, index)]


def text_at(found: list[PageTable], box: Box) -> str | None:
    """The text of the cell in which the middle of a box lies; None where no grid is there."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    cells = (c for t in found for r in t.rows for c in r.cells if c is not None)
    return next((c.text for c in cells if c.box[0] <= x < c.box[2] and c.box[1] <= y < c.box[3]), None)


def _read(document: pdfium.PdfDocument, index: int) -> list[tuple[Any, Grid]]:
    """camelot's tables with their grids, on an upright page."""
    from camelot.io import read_pdf

    copy = _upright_copy(document, index)
    if copy is None or _sideways(document, index):
        return []
    page, height = copy
    for name in ("camelot", "playa"):  # their warnings on odd files are no news to the user
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        found: Any = read_pdf(io.BytesIO(page), pages="1", flavor="lattice", suppress_stdout=True)
    except Exception:  # camelot and what it stands on raise anything on an odd page; then it has no opinion
        return []
    return [(t, grid) for t in found if (grid := _grid(t, height)).rows > 1 and grid.columns > 1]


def _sideways(document: pdfium.PdfDocument, index: int) -> bool:
    """True where most of the text is turned: camelot then turns the page by itself, and what it finds stands elsewhere."""
    page = read_page(document, index)
    return page is not None and 2 * sum(w.angle != 0 for w in page.words) > len(page.words)


def _upright_copy(document: pdfium.PdfDocument, index: int) -> tuple[bytes, float] | None:
    """One page as a document of its own, turned upright and cut, and its height: camelot loses its way on turned pages."""
    handle = raw.FPDF_LoadPage(document.raw, index)
    if not handle:
        return None
    upright = upright_of(handle)
    raw.FPDF_ClosePage(handle)
    if upright is None:
        return None
    width, height = upright.width, upright.height
    (x, y), (right_x, right_y), (up_x, up_y) = upright.point(0, 0), upright.point(1, 0), upright.point(0, 1)
    copy = pdfium.PdfDocument.new()
    try:
        copy.import_pages(document, [index])
        page = raw.FPDF_LoadPage(copy.raw, 0)
        if not page:
            return None
        turned = raw.FS_MATRIX(right_x - x, y - right_y, up_x - x, y - up_y, x, height - y)
        raw.FPDFPage_TransFormWithClip(page, turned, None)
        raw.FPDFPage_SetRotation(page, 0)
        raw.FPDFPage_SetMediaBox(page, 0, 0, width, height)
        raw.FPDFPage_SetCropBox(page, 0, 0, width, height)
        raw.FPDF_ClosePage(page)
        out = io.BytesIO()
        copy.save(out)
        return out.getvalue(), height
    finally:
        copy.close()


def _grid(table: Any, height: float) -> Grid:
    """The grid of a camelot table: positions without a line between them are one cell. camelot counts upwards."""
    xs = [float(c[0]) for c in table.cols] + [float(table.cols[-1][1])]
    ys = [height - float(r[0]) for r in table.rows] + [height - float(table.rows[-1][1])]
    cells, nx, ny = table.cells, len(xs) - 1, len(ys) - 1
    right = [[k in (0, nx) or bool(cells[r][k - 1].right or cells[r][k].left) for r in range(ny)] for k in range(nx + 1)]
    below = [[k in (0, ny) or bool(cells[k - 1][c].bottom or cells[k][c].top) for c in range(nx)] for k in range(ny + 1)]
    return Grid(xs, ys, cells_between(xs, ys, right, below))
