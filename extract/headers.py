"""Which rows at the top of a run of rows are its header, told by form alone, and the names that they give."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .raw import Row
from .shape import NUMERIC, is_code, is_year, shape

MAX_LEVELS = 6
# "a", "(b)", "(e/d)", "c = b/a x 100", "(c)=(b/a)": the letters with which a row under the header explains its formulas.
_LETTERS = re.compile(
    r"(?:\(?[a-zñ]{1,2}\)?\s*=\s*)?\(?[a-zñ]{1,2}\)?(?:\s*[/+\-*x÷]\s*\(?[a-zñ]{1,2}\)?){0,3}\)?(?:\s*[*x×]\s*100)?", re.I
)
# "3", "(3)", "(5) = (4)/(3)": the number of a column, in a row that numbers them all.
_COLUMN_NUMBER = re.compile(r"[(\[]?(\d{1,2})[)\]]?(?:\s*=\s*[\d()\[\]/*x+\-\s%]+)?", re.I)

Texts = Sequence[str]


def header_levels(rows: Sequence[Texts]) -> int:
    """How many rows at the start of ``rows`` are header levels; 0 where the run starts with data."""
    if not rows:
        return 0
    levels = _levels_below(rows)
    return levels if _first_level(rows, levels) else 0


def _levels_below(rows: Sequence[Texts]) -> int:
    """The first row and those that continue it as a header."""
    levels = 1
    while step := _next_levels(rows, levels):
        levels += step
    return levels


def _first_level(rows: Sequence[Texts], levels: int) -> bool:
    first = rows[0]
    filled = [t for t in first if t]
    if len(filled) < 2 or is_code(filled[0]) or any(shape(t) in NUMERIC and not is_year(t) for t in filled):
        return False
    if any(len(t) > 120 for t in filled):
        return False
    if all(is_year(t) for t in filled):
        return False
    columns = _figure_columns(rows[1:])
    if not columns:
        # Without figures below, a header is told only by being shorter than what it heads, or by standing alone.
        below = [t for r in rows[levels : levels + 11] for t in r if t]
        return not below or (max(map(len, filled)) <= 60 and _mean(map(len, filled)) < 0.7 * _mean(map(len, below)))
    below = rows[1 : levels + 1]
    covered = sum(1 for c in columns if _text(first, c) or (_parent(first, c) and any(_is_name(_text(r, c)) for r in below)))
    return covered >= 0.5 * len(columns)


def _is_name(text: str) -> bool:
    return bool(text) and (shape(text) not in NUMERIC or is_year(text))


def _figure_columns(rows: Sequence[Texts]) -> list[int]:
    """Columns that hold a figure in the first rows below the header."""
    return sorted({c for r in rows[:40] for c, t in enumerate(r) if shape(t) in NUMERIC})


def _next_levels(rows: Sequence[Texts], level: int) -> int:
    """How many rows from ``level`` on continue the header: those that name columns which the rows above leave open.

    A level that only names what stands above it ("Físico - financiero" below "Programación mensual") counts
    with the level below it, where that one names the open columns.
    """
    if level >= min(MAX_LEVELS, len(rows)):
        return 0
    row, above = rows[level], rows[:level]
    filled = [c for c, t in enumerate(row) if t]
    if not filled or any(len(row[c]) > 60 for c in filled):
        return 0
    if len(filled) >= 3 and (all(_LETTERS.fullmatch(row[c]) for c in filled) or _counts_columns(row)):
        return 1
    if any(shape(row[c]) in NUMERIC and not is_year(row[c]) for c in filled) or (row[0] and is_code(row[0])):
        return 0
    if len(_spanned(above[-1], filled)) < 0.5 * len(filled):
        return 0
    opened, steps = _opened(rows, level), 1
    if not opened or len(filled) == 1:
        steps += _next_levels(rows, level + 1)
        opened = [c for n in range(level + 1, level + steps) for c in _opened(rows, n)]
    if not opened:
        return 0
    # A level below fills no column to the left of its first parent, unless it heads columns of figures.
    first_again = row[0] and above[0][0]
    return 0 if first_again and not _over_figures(rows[level + steps :], opened) else steps


def _opened(rows: Sequence[Texts], level: int) -> list[int]:
    """The columns that a row names and those above it leave open."""
    return [c for c, t in enumerate(rows[level]) if t and not any(_text(r, c) for r in rows[:level])]


def _over_figures(rows: Sequence[Texts], columns: Sequence[int]) -> bool:
    """True for two columns or more that mostly hold figures, in the first rows below a header."""
    cells = [[t for r in rows[:40] if (t := _text(r, c))] for c in columns]
    return len(columns) > 1 and sum(sum(shape(t) in NUMERIC for t in found) > 0.5 * len(found) for found in cells) > 0.5 * len(columns)


def _counts_columns(row: Texts) -> bool:
    """True for a row that numbers the columns: 1, 2, 3 ... in every one of them, some with a formula ("(5)=(4)/(3)")."""
    numbers = [int(m[1]) for t in row if (m := _COLUMN_NUMBER.fullmatch(t))]
    return len(numbers) == len(row) >= 4 and numbers == list(range(1, len(numbers) + 1))


def _spanned(above: Texts, filled: Sequence[int]) -> list[int]:
    """Of the filled columns, those below a text or below the run of blanks that a text to the left spans."""
    return [c for c in filled if _text(above, c) or _parent(above, c)]


def _parent(row: Texts, column: int) -> str:
    """The nearest text to the left of a column in a header row."""
    return next((row[c] for c in range(min(column, len(row) - 1), -1, -1) if row[c]), "")


def _text(row: Texts, column: int) -> str:
    return row[column] if column < len(row) else ""


def column_paths(levels: Sequence[Texts], width: int) -> tuple[tuple[str, ...], ...]:
    """The header texts above each column, outermost first.

    A text spreads to the right over blank cells, as far as the level below names the columns there.
    """
    paths: list[list[str]] = [[] for _ in range(width)]
    for i, level in enumerate(levels):
        below = levels[i + 1 :]
        current = ""
        for c in range(width):
            text = _text(level, c)
            if text:
                current = text
                paths[c].append(text)
                continue
            named_below = any(_text(b, c) for b in below)
            taken = any(_text(levels[j], c) for j in range(i))
            if current and named_below and not taken:
                if not paths[c] or paths[c][-1] != current:
                    paths[c].append(current)
            elif not named_below:
                current = ""
    return tuple(tuple(p) for p in paths)


def spanned_paths(levels: Sequence[Row], width: int) -> tuple[tuple[str, ...], ...]:
    """The header texts above each column, outermost first, where the cells state their spans: a text stands above all that it spans."""
    paths: list[list[str]] = [[] for _ in range(width)]
    for row in levels:
        for c, cell in enumerate(row.cells):
            if cell is not None and cell.text:
                for column in range(c, min(c + cell.col_span, width)):
                    if paths[column][-1:] != [cell.text]:
                        paths[column].append(cell.text)
    return tuple(tuple(p) for p in paths)


def _mean(values) -> float:
    items = list(values)
    return sum(items) / len(items) if items else 0.0
