"""What ran together where a rule was worn away is parted at the lines of the others, else in doubt; so is what came apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations
from statistics import median

from ..pdf.content import area, overlap
from ..pdf.lines import Phrase, phrases
from ..pdf.table import PageCell, PageTable

_WITHIN = 0.9
"""Share of a table's area by which it lies within another."""
_LETTERS = 3
"""Letters that a figure, a date or a code may hold: a currency, the initials of a register."""
_MOST, _LEAST = 0.6, 3
"""Of the filled cells of a column: so many hold one entry where each should."""
_OUT = 0.25
"""Share of its length by which an entry may reach out of its field: rules lean, and the engine's places are a letter wide."""
_LETTER = 0.6
"""Of the height of its type, the width of a digit: a figure across a rule shows at least one on each side."""


def part(table: PageTable) -> None:
    """Parts the cells of a ruled table that hold an entry in each of several fields; what cannot be parted is doubtful.

    An entry is a figure, a date or a code. In a column of them a cell holds one: two were printed in two cells.
    """
    single = [_holds_one(table, k) for k in range(table.columns)]
    bands = [_band(table, r) for r in range(len(table.rows))]
    for r in range(table.levels, len(table.rows)):
        for c, cell in enumerate(table.rows[r].cells):
            if cell is None or not cell.words or any(w.angle for w in cell.words):
                continue
            found = phrases(cell.words)
            entries = [p for p in found if is_entry(p.text)]
            if len(found) < 2 or not entries or not any(single[c : c + cell.col_span]):
                continue
            rows, columns = range(r, min(r + cell.row_span, len(table.rows))), range(c, min(c + cell.col_span, table.columns))
            beside = cell.row_span == 1 and len(entries) < len(found)  # a name and a figure stand side by side, not one under the other
            fields = _fields(found, bands, table.xs, rows, columns) if beside or len(entries) == len(found) else None
            if fields is None and (len(entries) < 2 or _wraps(entries)):
                continue
            _fill(table, bands, fields or {(r, c): found}, rows, columns, sure=fields is not None)


def doubt_across(table: PageTable) -> None:
    """A figure that lies across a rule may be those of two cells read as one: each cell that it covers is in doubt, or illegible."""
    for row in table.rows[table.levels :]:
        cells = [c for c in row.cells if c is not None]
        for word, own in [(w, c) for c in cells for w in c.words if not w.angle and any(x.isdigit() for x in w.text)]:
            least = _LETTER * (word.bottom - word.top)
            covered = [c for c in cells if c is not own and min(word.x1, c.box[2]) - max(word.x0, c.box[0]) > least]
            for cell in covered:
                cell.doubt()
                cell.illegible |= not cell.words
            word.doubtful |= bool(covered)


def doubt_within(tables: Sequence[PageTable]) -> None:
    """A table that lies within another is a part of it that worn rules cut out: it is doubtful, and so is what is blank there."""
    for inner, outer in permutations([t for t in tables if t.ruled], 2):
        if overlap(inner.box, outer.box) < _WITHIN * area(inner.box) or area(inner.box) >= area(outer.box):
            continue
        for cell in (c for r in inner.rows for c in r.cells if c is not None):
            cell.doubt()
        for cell in (c for r in outer.rows for c in r.cells if c is not None):
            cell.illegible |= not cell.words and overlap(cell.box, inner.box) > 0.5 * area(cell.box)


def is_entry(text: str) -> bool:
    """A figure, a date or a code, however badly it was read: digits with hardly a letter."""
    return any(x.isdigit() for x in text) and sum(x.isalpha() for x in text) <= _LETTERS


def _holds_one(table: PageTable, column: int) -> bool:
    """True for a column whose cells mostly hold one entry and nothing else."""
    cells = [r.cells[column] for r in table.body if column < len(r.cells)]
    filled = [phrases(c.words) for c in cells if c is not None and c.words]
    ones = sum(len(found) == 1 and is_entry(found[0].text) for found in filled)
    return ones >= _LEAST and ones >= _MOST * len(filled)


def _band(table: PageTable, row: int) -> tuple[float, float] | None:
    """Between which heights a row lies, as its cells of one row tell."""
    boxes = [c.box for c in table.rows[row].cells if c is not None and c.row_span == 1]
    return (median(b[1] for b in boxes), median(b[3] for b in boxes)) if boxes else None


def _wraps(entries: Sequence[Phrase]) -> bool:
    """True for one entry that was broken into lines, as codes and years are: a mark at the break says that it goes on."""
    return all(re.search(r"[-/.,]$", p.text) for p in entries[:-1])


def _fields(
    found: Sequence[Phrase], bands: Sequence[tuple[float, float] | None], xs: Sequence[float], rows: range, columns: range
) -> dict[tuple[int, int], list[Phrase]] | None:
    """The fields of a cell and the one entry that stands in each; None where they do not tell it."""
    out: dict[tuple[int, int], list[Phrase]] = {}
    for p in found:
        row = next((r for r in rows if (b := bands[r]) is not None and b[0] <= (p.top + p.bottom) / 2 < b[1]), None)
        column = next((c for c in columns if xs[c] <= (p.x0 + p.x1) / 2 < xs[c + 1]), None)
        if row is None or column is None or (row, column) in out:
            return None
        if max(xs[column] - p.x0, p.x1 - xs[column + 1]) > _OUT * (p.x1 - p.x0):
            return None
        out[row, column] = [p]
    return out if len(out) > 1 else None


def _fill(
    table: PageTable,
    bands: Sequence[tuple[float, float] | None],
    fields: dict[tuple[int, int], list[Phrase]],
    rows: range,
    columns: range,
    sure: bool,
) -> None:
    """Gives each field of a cell a cell of its own. Where it is not sure what stood in a field, its words are doubtful."""
    for r in rows:
        top, bottom = bands[r] or (table.rows[r].box[1], table.rows[r].box[3])
        for c in columns:
            words = [w for p in fields.get((r, c), ()) for w in p.words]
            cell = PageCell(words, (table.xs[c], top, table.xs[c + 1], bottom))
            cell.settle()
            if not sure:
                cell.doubt()
            cell.illegible = not words
            table.rows[r].cells[c] = cell
