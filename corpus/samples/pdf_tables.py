"""Tables for typeset_pdf.py: columns with headers of several levels, rows over pages, merged and turned cells, and their truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Any

from pdf_pages import Paper

HEADER_FILL = "d9d9d9"
Pages = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """A row to print; a line feed parts the items of a cell.

    The first cell runs over ``span`` columns. ``fills`` and ``strikes`` are by column; ``strike`` goes over all of them.
    """

    kind: str
    cells: tuple[str, ...]
    span: int = 1
    fills: dict[int, str] = field(default_factory=dict)
    strikes: dict[int, str] = field(default_factory=dict)
    strike: dict[str, str] = field(default_factory=dict)

    @property
    def bold(self) -> bool:
        return self.kind in ("objective", "heading")


@dataclass(frozen=True)
class Form:
    """How a table looks. Levels of a column's name are parted by " / "; columns in ``merged`` run on where rows are blank there.

    ``rules``: grid, boxes (a grid of thin filled boxes), lines (below rows only), columns (between columns, and around the header),
    frame (around it only) or none. ``repeat``: the header stands on every page. ``breaks``: a row that does not fit goes on on the
    next page. ``icons``: colour by character. ``turned_names``: columns whose own name in the header stands upright, turned 90°.
    """

    names: Sequence[str]
    widths: Sequence[float]
    aligns: str
    rules: str = "grid"
    size: float = 7.0
    pad: float = 3.0
    title: str = ""
    repeat: bool = True
    breaks: bool = False
    merged: tuple[int, ...] = ()
    turned: tuple[int, ...] = ()
    icons: dict[str, str] = field(default_factory=dict)
    left: float | None = None
    turned_names: tuple[int, ...] = ()

    @property
    def leading(self) -> float:
        return self.size * 1.2

    def edges(self, paper: Paper) -> list[float]:
        """Where the columns begin and end."""
        start = paper.margin if self.left is None else self.left
        return [start + sum(self.widths[:c]) for c in range(len(self.widths) + 1)]

    def part(self, columns: slice, **changed: Any) -> Form:
        """The form of some of its columns, as a table of its own."""
        own = {"names": self.names[columns], "widths": self.widths[columns], "aligns": self.aligns[columns]}
        return replace(self, **{**own, **changed})


def header_rows(form: Form) -> list[list[dict[str, Any]]]:
    """The header's cells by level, with their spans."""
    paths = [name.split(" / ") for name in form.names]
    depth = max(map(len, paths))
    levels: list[list[dict[str, Any]]] = [[] for _ in range(depth)]

    def fill(level: int, below: list[tuple[int, list[str]]]) -> None:
        """The cells of a level and of those below it, for neighbouring columns of one cell above."""
        for deeper, same in groupby(below, key=lambda at: (at[1][level], -1 if len(at[1]) > level + 1 else at[0])):
            group, ends = list(same), deeper[1] >= 0
            levels[level].append({"text": deeper[0], "cols": len(group), "rows": depth - level if ends else 1})
            if not ends:
                fill(level + 1, group)

    fill(0, list(enumerate(paths)))
    title = [[{"text": form.title, "cols": len(paths), "rows": 1}]] if form.title else []
    return title + levels


def truth(form: Form, rows: Sequence[Row], pages: Sequence[Pages], unit: str = "", torn_after: int | None = None) -> dict[str, Any]:
    """The table as a reader should give it; ``to_page`` stands where a row goes on on the next page."""
    return {
        "pages": [pages[0][0], pages[-1][1]],
        "unit": unit,
        "header_rows": header_rows(form),
        "names": list(form.names),
        "rows": [
            {"kind": row.kind, "page": first, "cells": [cell.replace("\n", " ") for cell in row.cells]}
            | ({"span": row.span} if row.span > 1 else {})
            | ({"to_page": last} if last > first else {})
            for row, (first, last) in zip(rows, pages, strict=True)
        ],
        "row_spans": [
            {"row": start, "col": col, "rows": count, "rotated": col in form.turned}
            for col in form.merged
            for start, count in runs(rows, col)
        ],
        "torn_after": torn_after,
    }


def runs(rows: Sequence[Row], column: int) -> list[tuple[int, int]]:
    """First row and number of rows of each merged cell of a column that covers several; no cell runs on over a band or a total."""
    starts = [i for i, row in enumerate(rows) if row.cells[column] or row.kind in ("objective", "total")]
    return [(a, b - a) for a, b in pairwise([*starts, len(rows)]) if b - a > 1 and rows[a].kind not in ("objective", "total")]


def print_table(paper: Paper, form: Form, rows: Sequence[Row], unit: str = "") -> None:
    """Prints a table and notes its truth."""
    pages = lay(paper, form, rows)
    paper.tables.append(truth(form, rows, pages, unit))


def lay(paper: Paper, form: Form, rows: Sequence[Row], least: Sequence[float] = ()) -> list[Pages]:
    """Prints a table, each row at least as high as ``least`` says; returns the pages on which each row begins and ends."""
    texts = [wrapped(paper, form, row) for row in rows]
    heights = [max(high, low) for high, low in zip(heights_of(paper, form, rows), least or [0.0] * len(rows), strict=True)]
    merged = {(start, col): count for col in form.merged for start, count in runs(rows, col)}
    covered = {(start + i, col) for (start, col), count in merged.items() for i in range(1, count)}
    if paper.y - sum(level_heights(paper, form)) - heights[0] < paper.bottom:
        paper.turn()
    print_header(paper, form)
    pages: list[Pages] = []
    for i, row in enumerate(rows):
        left, height, begun = texts[i], heights[i], 0
        hidden = {col for col in form.merged if (i, col) in covered}
        here = {col for col in form.merged if (i, col) in merged}
        while True:
            fitting = int((paper.y - paper.bottom - 2 * form.pad) // form.leading)
            whole = paper.y - height >= paper.bottom
            if whole or (form.breaks and row.kind == "action" and fitting > 1):
                now = left if whole else [cell[:fitting] for cell in left]
                begun = begun or paper.page
                for col in here:
                    print_merged(paper, form, col, row, sum(heights[i : i + merged[i, col]]), left[col])
                now = [[] if c in here else cell for c, cell in enumerate(now)]
                print_row(paper, form, row, now, height if whole else 2 * form.pad + fitting * form.leading, hidden, here)
                if whole:
                    break
                left = [cell[fitting:] for cell in left]
                height = 2 * form.pad + max(map(len, left)) * form.leading
            close(paper, form)
            paper.turn()
            if form.repeat:
                print_header(paper, form)
        pages.append((begun, paper.page))
    close(paper, form)
    return pages


def wrapped(paper: Paper, form: Form, row: Row) -> list[list[str]]:
    """The lines of each cell of a row."""
    edges = form.edges(paper)
    widths = [edges[row.span if c == 0 else c + 1] - edges[c] - 2 * form.pad for c in range(len(row.cells))]
    return [
        paper.face.wrapped(text, form.size, 1000.0 if c in form.turned else width, row.bold) if text and not (0 < c < row.span) else []
        for c, (text, width) in enumerate(zip(row.cells, widths, strict=True))
    ]


def heights_of(paper: Paper, form: Form, rows: Sequence[Row]) -> list[float]:
    """The height of each row; the last row of a merged cell makes up for a text that its rows do not hold."""
    spans = {(start, col): count for col in form.merged for start, count in runs(rows, col)}
    lines = [wrapped(paper, form, row) for row in rows]
    heights = [
        2 * form.pad + form.leading * max([1, *(len(cell) for c, cell in enumerate(cells) if (i, c) not in spans)])
        for i, cells in enumerate(lines)
    ]
    for (start, col), count in spans.items():
        room = form.leading * len(lines[start][col])
        if col in form.turned:
            room = max(paper.face.length(word, form.size, bold=True) for word in rows[start].cells[col].split(" "))
        heights[start + count - 1] += max(0.0, 2 * form.pad + room - sum(heights[start : start + count]))
    return heights


def print_row(paper: Paper, form: Form, row: Row, lines: list[list[str]], height: float, hidden: set[int], here: set[int]) -> None:
    """One row, or the part of it that fits. Columns ``hidden`` go on from the row above, those of ``here`` go on below."""
    edges, top, low = form.edges(paper), paper.y, paper.y - height
    for column, colour in row.fills.items():
        if column not in here | hidden:
            paper.box(edges[column], low, edges[column + 1] - edges[column], height, colour)
    for column, mark in row.strikes.items():
        paper.strike(mark, edges[column] + 3, low + 2, edges[column + 1] - edges[column] - 6, height - 4)
    if row.strike:
        beneath = row.strike.get("beneath", "")
        paper.strike(row.strike["mark"], edges[0] + 2, low + 1.5, edges[-1] - edges[0] - 4, height - 3, beneath)
    for column, cell in enumerate(lines):
        end = edges[row.span] if column == 0 else edges[column + 1]
        for k, line in enumerate(cell):
            print_line(paper, form, column, line, edges[column], end, top - form.pad - (k + 1) * form.leading + 2, row.bold)
    if form.rules in ("grid", "boxes"):
        boxes = form.rules == "boxes"
        for _, stretch in groupby((c for c in range(len(edges) - 1) if c not in hidden), key=lambda c: sum(h < c for h in hidden)):
            here_on = list(stretch)
            paper.edge(edges[here_on[0]], top, edges[here_on[-1] + 1], top, 0.5, boxes)
        for x in (edges[0], *edges[row.span :]):
            paper.edge(x, top, x, low, 0.5, boxes)
    elif form.rules == "columns":
        for x in edges:
            paper.edge(x, top, x, low, 0.5)
    elif form.rules == "frame":
        paper.edge(edges[0], top, edges[0], low, 0.5)
        paper.edge(edges[-1], top, edges[-1], low, 0.5)
    elif form.rules == "lines":
        paper.edge(edges[0], top, edges[-1], top, 0.3)
    paper.y = low


def print_line(paper: Paper, form: Form, column: int, line: str, x0: float, x1: float, y: float, bold: bool) -> None:
    """One line of a cell, or its icon."""
    align = {"l": "left", "c": "center", "r": "right"}[form.aligns[column]]
    x = {"left": x0 + form.pad, "center": (x0 + x1) / 2, "right": x1 - form.pad}[align]
    if line in form.icons:
        paper.icon(line, (x0 + x1) / 2, y, form.size + 3, form.icons[line])
    else:
        paper.put(line, x, y, form.size, bold, align)


def print_merged(paper: Paper, form: Form, column: int, row: Row, height: float, lines: list[str]) -> None:
    """A cell over several rows: its fill and text, turned or at the top."""
    edges, top = form.edges(paper), paper.y
    if top - height < paper.bottom:
        raise ValueError(f"{row.cells[column]!r} runs over the end of its page")
    x0, x1 = edges[column], edges[column + 1]
    if column in row.fills:
        paper.box(x0, top - height, x1 - x0, height, row.fills[column])
    if column not in form.turned:
        for k, line in enumerate(lines):
            print_line(paper, form, column, line, x0, x1, top - form.pad - (k + 1) * form.leading + 2, False)
        return
    turned = paper.face.wrapped(row.cells[column], form.size, height - 2 * form.pad, bold=True)
    print_turned(paper, form, turned, (x0 + x1) / 2, top - height / 2)


def print_turned(paper: Paper, form: Form, lines: list[str], x: float, y: float) -> None:
    """Lines that read from below upwards, in the middle of a place."""
    paper.canvas.saveState()
    paper.canvas.translate(round(x, 2), round(y, 2))
    paper.canvas.rotate(90)
    for k, line in enumerate(lines):
        paper.put(line, 0, (len(lines) / 2 - k - 1) * form.leading + 2, form.size, bold=True, align="center")
    paper.canvas.restoreState()
    paper.pen.clear()


def header_cells(form: Form) -> list[tuple[int, int, dict[str, Any]]]:
    """Each cell of the header with its level and first column."""
    found: list[tuple[int, int, dict[str, Any]]] = []
    taken: set[tuple[int, int]] = set()
    for level, cells in enumerate(header_rows(form)):
        column = 0
        for cell in cells:
            while (level, column) in taken:
                column += 1
            found.append((level, column, cell))
            taken |= {(level + i, column + j) for i in range(cell["rows"]) for j in range(cell["cols"])}
    return found


def stands(form: Form, column: int, cell: dict[str, Any]) -> bool:
    """True for a cell of the header whose text is turned: the name of one column alone."""
    return column in form.turned_names and cell["cols"] == 1


def header_lines(paper: Paper, form: Form, column: int, cell: dict[str, Any]) -> list[str]:
    if stands(form, column, cell):
        return cell["text"].split("\n")
    width = sum(form.widths[column : column + cell["cols"]]) - 2 * form.pad
    return paper.face.wrapped(cell["text"], form.size, width, bold=True) if cell["text"] else []


def level_heights(paper: Paper, form: Form) -> list[float]:
    """The height of each level of the header; the last level makes up for a cell over several that do not hold it."""
    heights = [0.0] * len(header_rows(form))
    for level, column, cell in sorted(header_cells(form), key=lambda at: at[2]["rows"]):
        lines = header_lines(paper, form, column, cell)
        length = max((paper.face.length(line, form.size, bold=True) for line in lines), default=0.0)
        need = 2 * form.pad + (length if stands(form, column, cell) else form.leading * len(lines))
        last = level + cell["rows"]
        heights[last - 1] += max(0.0, need - sum(heights[level:last]))
    return heights


def print_header(paper: Paper, form: Form) -> None:
    """The header, its texts in the middle of their cells."""
    edges, heights, top = form.edges(paper), level_heights(paper, form), paper.y
    ruled = form.rules in ("grid", "boxes", "columns", "frame")
    for level, column, cell in header_cells(form):
        x0, x1 = edges[column], edges[column + cell["cols"]]
        high = top - sum(heights[:level])
        low = high - sum(heights[level : level + cell["rows"]])
        if ruled:
            paper.box(x0, low, x1 - x0, high - low, HEADER_FILL)
            for ends in ((x0, high, x1, high), (x0, low, x1, low), (x0, high, x0, low), (x1, high, x1, low)):
                paper.edge(*ends, 0.5, form.rules == "boxes")
        elif form.rules == "lines" and cell["cols"] > 1:
            paper.edge(x0 + 2, low, x1 - 2, low, 0.3)
        lines = header_lines(paper, form, column, cell)
        if stands(form, column, cell):
            print_turned(paper, form, lines, (x0 + x1) / 2, (high + low) / 2)
            continue
        first = (high + low + len(lines) * form.leading) / 2 - form.leading + 2
        for k, line in enumerate(lines):
            paper.put(line, (x0 + x1) / 2, first - k * form.leading, form.size, bold=True, align="center")
    if form.rules == "lines":
        paper.edge(edges[0], top, edges[-1], top, 0.8)
    paper.y = top - sum(heights)


def close(paper: Paper, form: Form) -> None:
    """The lower edge of a table, or of its part on a page."""
    if form.rules in ("grid", "boxes", "columns", "frame", "lines"):
        edges = form.edges(paper)
        paper.edge(edges[0], paper.y, edges[-1], paper.y, 0.5, form.rules == "boxes")
