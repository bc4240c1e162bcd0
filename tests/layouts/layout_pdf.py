"""Prints a layout fixture as a PDF, with the pages and tables of corpus/samples: columns as wide as what they hold, one or two pages."""

from __future__ import annotations

import io
import re

from layout_fixtures import Column, Fixture, Grid, Line
from layout_folds import printed
from pdf_pages import LETTER, SANS, SERIF, Paper
from pdf_tables import Form, Row, header_cells, lay, stands
from reportlab.pdfgen.canvas import Canvas

SIZES = {"letter": LETTER, "legal": (612.0, 1008.0), "a4": (595.0, 842.0)}
ICONS = {"▲": "2e9e4f", "●": "d9a300", "▼": "c0392b", "■": "4472c4", "✓": "000000", "✔": "2e9e4f", "✘": "c0392b"}
"""Marks that the text fonts lack, printed in the symbol font, and their colours."""
WIDEST_GAP = 18.0
"""Points by which a column may be wider than what it holds: a table of few columns does not fill its page."""
LEAST_SIZE = 5.0
"""Points of the smallest print; a table that does not fit with it is a slip of the fixture."""


def pdf(document: Fixture) -> bytes:
    """The file of a document. ``look`` says its paper, face, rules, size of print and whether the header is repeated."""
    look = document.look
    width, height = SIZES[look.get("paper", "letter")]
    size = (height, width) if look.get("landscape", True) else (width, height)
    total = 1
    while True:
        out = io.BytesIO()
        canvas = Canvas(out, invariant=True, pageCompression=1)
        canvas.setTitle(document.title[0])
        lines = {
            "left": look.get("left", document.institution),
            "right": document.title[0],
            "foot": look.get("foot", f"POA {document.year}"),
        }
        paper = Paper(canvas, size, SERIF if look.get("face") == "serif" else SANS, lines, total)
        _print(paper, document)
        canvas.save()
        if paper.page == total:
            return out.getvalue()
        total = paper.page


def _print(paper: Paper, document: Fixture) -> None:
    paper.turn()
    for text in (document.institution.upper(), *document.title):
        paper.text("heading", text, 10, bold=True, align="center", after=1)
    paper.y -= 6
    for grid in (g for told in document.grids for g in printed(told)):
        for text in grid.above:
            paper.text("paragraph", text, 8.5, after=3)
        if grid.heading:
            paper.text("heading", grid.heading, 9, bold=True, after=4)
        form = _form(paper, document, grid)
        lay(paper, form, [_row(document, grid, line) for line in grid.lines])
        paper.y -= 5
        for text in grid.notes:
            paper.text("paragraph", text, 7, after=1)
        paper.y -= 10
    for text in document.notes:
        paper.text("paragraph", text, 7.5, after=1)


def _row(document: Fixture, grid: Grid, line: Line) -> Row:
    """A row with the fills of its classes; one that is only a colour prints no word."""
    fills = {
        n: document.colours[re.sub(r"[-\d.,%()/ ]", "", text) if column.role == "percent" else text]
        for n, (column, text) in enumerate(zip(grid.columns, line.cells, strict=True))
        if column.classed and document.colours and text and line.kind == "action"
    }
    cells = tuple("" if c.coloured and line.kind == "action" else t for c, t in zip(grid.columns, line.cells, strict=True))
    return Row("action" if line.kind == "letters" else line.kind, cells, line.span, fills)


def _form(paper: Paper, document: Fixture, grid: Grid) -> Form:
    """The table's form in the largest print, from the one asked for down, in which every word fits its column."""
    size = float(document.look.get("size", 7.5))
    names = [c.name for c in grid.columns]
    while size >= LEAST_SIZE:
        form = Form(
            names,
            [0.0] * len(names),
            "".join(_align(document, c) for c in grid.columns),
            document.look["rules"],
            size,
            pad=float(document.look.get("pad", 2.5)),
            repeat=document.look.get("repeat", True),
            merged=grid.merged,
            turned=grid.turned,
            turned_names=grid.turned_names,
            icons=ICONS,
        )
        if widths := _widths(paper, form, grid):
            return Form(**{**form.__dict__, "widths": widths})
        size -= 0.25
    raise ValueError(f"{document.name}: the columns do not fit on the page: {names}")


def _align(document: Fixture, column: Column) -> str:
    if (column.figures or column.money) and not column.classed:
        return document.look.get("figures", "r")
    return "c" if column.classed or column.role == "row_measure" else "l"


def _widths(paper: Paper, form: Form, grid: Grid) -> list[float]:
    """What the longest word of each column needs, and what is left shared out by what the longest text would; [] where none is left."""
    face, pad = paper.face, 2 * form.pad + 1.0
    least, most = [0.0] * len(form.names), [0.0] * len(form.names)
    for n, name in enumerate(form.names):
        last = name.split(" / ")[-1]
        cells = [line.cells[n] for line in grid.lines if line.span <= n or (n == 0 and line.span == 1)]
        for text, bold in [(last, True), *((c, True) for c in cells)]:
            if text == last and n in form.turned_names:
                least[n] = max(least[n], form.leading * (last.count("\n") + 1) + pad)
                continue
            if n in form.turned and text != last:
                least[n] = max(least[n], 2 * form.leading + pad)
                continue
            words = text.split()
            least[n] = max([least[n], *(face.length(w, form.size, bold) + pad for w in words)])
            most[n] = max(most[n], min(face.length(text, form.size, bold) + pad, 190.0))
    _groups(paper, form, least, pad)
    left = paper.width - sum(least)
    if left < 0:
        return []
    wishes = [max(0.0, b - a) for a, b in zip(least, most, strict=True)]
    share = min(1.0, left / sum(wishes)) if sum(wishes) else 0.0
    rest = min((left - share * sum(wishes)) / len(least), WIDEST_GAP)
    return [a + share * wish + rest for a, wish in zip(least, wishes, strict=True)]


def _groups(paper: Paper, form: Form, least: list[float], pad: float) -> None:
    """Widens columns whose common name has a word that is wider than they are together."""
    for _, start, cell in header_cells(form):
        if stands(form, start, cell):
            continue
        need = max((paper.face.length(w, form.size, True) + pad for w in cell["text"].split()), default=0.0)
        short = need - sum(least[start : start + cell["cols"]])
        for n in range(start, start + cell["cols"]):
            least[n] += max(0.0, short) / cell["cols"]
