"""Tables of a layout fixture that print an action in several rows, one for each period, or as a form of its own: as they are printed."""

from __future__ import annotations

from dataclasses import replace

from layout_fixtures import Column, Grid, Line


def printed(grid: Grid) -> list[Grid]:
    """The tables that a reader of the document sees: one, or with ``form`` one for each action."""
    if grid.down:
        return [_down(grid)]
    if grid.form:
        return [_form(grid, line, n) for n, line in enumerate(grid.lines, 1)]
    return [grid]


def _spread(grid: Grid) -> dict[str, dict[str, int]]:
    """The columns of figures by their name and the period under it: {"Meta": {"I": 4, "II": 5}}."""
    found: dict[str, dict[str, int]] = {}
    for n, column in enumerate(grid.columns):
        name, _, label = column.name.rpartition(" / ")
        if name:
            found.setdefault(name, {})[label] = n
    return found


def _labels(grid: Grid) -> list[str]:
    return list(dict.fromkeys(label for by_label in _spread(grid).values() for label in by_label))


def _down(grid: Grid) -> Grid:
    """The periods in a column, under each other; what all rows of an action share stands in the first, and is merged."""
    spread = _spread(grid)
    moved = {n for by_label in spread.values() for n in by_label.values()}
    first = min(moved)
    before = [n for n in range(first) if n not in moved]
    after = [n for n in range(first, len(grid.columns)) if n not in moved]
    columns = [
        *(grid.columns[n] for n in before),
        Column(grid.down, "other"),
        *(replace(grid.columns[next(iter(by_label.values()))], name=name) for name, by_label in spread.items()),
        *(grid.columns[n] for n in after),
    ]
    width, at = len(columns), len(before)
    lines: list[Line] = []
    for line in grid.lines:
        if line.kind == "objective":
            lines.append(Line(line.kind, (line.cells[0], *[""] * (width - 1)), width))
            continue
        for k, label in enumerate(_labels(grid)):
            own = [[line.cells[n] if not k else "" for n in part] for part in (before, after)]
            figures = [line.cells[by_label[label]] if label in by_label else "" for by_label in spread.values()]
            lines.append(Line(line.kind, (*own[0], label, *figures, *own[1])))
    merged = (*range(at), *range(at + 1 + len(spread), width))
    return replace(grid, columns=tuple(columns), lines=tuple(lines), merged=merged)


def _form(grid: Grid, line: Line, number: int) -> Grid:
    """A form: labels with their values, two in a row, and a small table of the figures by period."""
    spread, labels = _spread(grid), _labels(grid)
    width = 1 + len(labels)
    moved = {n for by_label in spread.values() for n in by_label.values()}
    pairs = [(c.name, line.cells[n]) for n, c in enumerate(grid.columns) if n not in moved]
    rows = [[t for pair in pairs[n : n + 2] for t in pair] for n in range(0, len(pairs), 2)]
    half = len(rows) - len(rows) // 3
    figures = [[name, *(line.cells[by_label[label]] for label in labels)] for name, by_label in spread.items()]
    cells = [row + [""] * (width - len(row)) for row in (*rows[:half], [grid.form, *labels], *figures, *rows[half:])]
    columns = tuple(Column(text, "other") for text in cells[0])
    lines = tuple(Line("action", tuple(row)) for row in cells[1:])
    return replace(grid, columns=columns, lines=lines, above=(f"FICHA N.º {number}",), merged=())
