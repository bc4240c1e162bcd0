"""Prints a layout fixture as the text that OCR engines give: tables as tabs, Markdown pipes or HTML, figures also as LaTeX."""

from __future__ import annotations

import re
from html import escape

from layout_fixtures import Fixture, Grid
from layout_folds import printed
from pdf_tables import Form, header_cells, header_rows


def dump(document: Fixture) -> str:
    """The text of a document; ``look: {dump: tabs|pipes|html|latex}`` says how its tables are printed."""
    style = document.look["dump"]
    out = [document.institution.upper(), "", *document.title, ""]
    for grid in (g for told in document.grids for g in printed(told)):
        heading = [f"**{grid.heading}**", ""] if grid.heading else []
        out += [*(part for text in grid.above for part in (text, "")), *heading, *_table(document, grid, style), ""]
        out += [part for text in grid.notes for part in (text, "")]
    return "\n".join([*out, *document.notes, ""])


def _table(document: Fixture, grid: Grid, style: str) -> list[str]:
    if style == "html":
        return _html(document, grid)
    head = _flat_header(grid)
    body = [_cells(grid, n) for n in range(len(grid.lines))]
    if style == "pipes":
        rule = ["---"] * len(grid.columns)
        return [f"| {' | '.join(row)} |" for row in (head[0], rule, *head[1:], *body)]
    if style == "latex":
        body = [[_latex(cell) for cell in row] for row in body]
    return ["\t".join(row) for row in (*head, *body)]


def _cells(grid: Grid, n: int) -> list[str]:
    """The cells of a row as text; a class that is only a colour leaves none."""
    line = grid.lines[n]
    texts = ["" if c.coloured and line.kind == "action" else t for c, t in zip(grid.columns, line.cells, strict=True)]
    return [f"**{texts[0]}**", *texts[1:]] if line.kind == "objective" else texts


def _flat_header(grid: Grid) -> list[list[str]]:
    """The levels of the header as lines: a name over several columns stands above the first of them."""
    form = _form(grid)
    lines = [[""] * len(grid.columns) for _ in header_rows(form)]
    for level, column, cell in header_cells(form):
        lines[level][column] = cell["text"]
    return lines


def _form(grid: Grid) -> Form:
    return Form([c.name for c in grid.columns], [], "")


def _latex(text: str) -> str:
    """A figure as an engine that writes mathematics gives it."""
    if not re.search(r"\d", text) or not re.search(r"[%$≥≤]", text):
        return text
    if "≥" in text or "≤" in text:
        return f"${text.replace('≥', chr(92) + 'geq').replace('≤', chr(92) + 'leq').replace('%', chr(92) + '%')}$"
    return text.replace("$", "\\$")


def _html(document: Fixture, grid: Grid) -> list[str]:
    form = _form(grid)
    head: list[list[str]] = [[] for _ in header_rows(form)]
    for level, _, cell in header_cells(form):
        head[level].append(_tag("th", cell["text"], cell["cols"], cell["rows"]))
    out = ["<table>", *(f"<tr>{''.join(row)}</tr>" for row in head)]
    for n, line in enumerate(grid.lines):
        row = []
        for column, text in enumerate(_cells(grid, n)):
            if 0 < column < line.span:
                continue
            if column in grid.merged and line.kind == "action" and not text and n and grid.lines[n - 1].kind == "action":
                continue
            rows = _run(grid, n, column) if column in grid.merged and line.kind == "action" else 1
            row.append(_tag("td", text.strip("*"), line.span if column == 0 else 1, rows))
        out.append(f"<tr>{''.join(row)}</tr>")
    return [*out, "</table>"]


def _run(grid: Grid, n: int, column: int) -> int:
    """Over how many rows the merged cell goes on that begins in row ``n``."""
    below = grid.lines[n + 1 :]
    return 1 + next((i for i, line in enumerate(below) if line.kind != "action" or line.cells[column]), len(below))


def _tag(name: str, text: str, columns: int, rows: int) -> str:
    spans = [f' colspan="{columns}"' * (columns > 1), f' rowspan="{rows}"' * (rows > 1)]
    return f"<{name}{''.join(spans)}>{escape(text, quote=False)}</{name}>"


def suffix(document: Fixture) -> str:
    """The ending of the dump's file."""
    return {"pipes": ".md", "html": ".md"}.get(document.look["dump"], ".txt")
