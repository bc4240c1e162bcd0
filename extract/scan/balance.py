"""What a table's own sums say of its figures: those that add up are right; of those that do not, another reading may."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from itertools import permutations

from rapidfuzz.distance import Levenshtein

from ..figure_form import BETWEEN, CURRENCY, CURRENCY_LETTER, DIGITS
from ..raw import Block, Cell, Row, Table
from .codes import are_paths
from .sums import Sum, is_slip, sums

Again = Callable[[Cell], Sequence[str]]
"""Reads a cell again, finer and in other ways: what each way gives."""
Key = tuple[int, int]
"""Row and column of a cell in its table."""

PROVED, DOUBTFUL, CROSSED_OUT = "proved", "doubtful", "crossed-out"
_FIGURE = re.compile(rf"(?:(?:{CURRENCY}|{CURRENCY_LETTER})\s?)?(?P<sign>[-−(]?)\s*(?:{CURRENCY})?\s*(?P<body>{DIGITS})(?P<close>\)?)")
_BLURRED = re.compile(rf"[-−(]?\s*(?P<body>[\dA-Za-z][\dA-Za-z{BETWEEN}]*[\dA-Za-z])\)?")
_MOST_AGAIN = 40
"""Cells of a table that are read again: more of them mean that the sums were not understood."""


def balanced(blocks: Sequence[Block], pages: frozenset[int], again: Again) -> list[Block]:
    """The blocks with the figures of tables on ``pages`` held against their sums."""
    return [_table(b, again) if isinstance(b, Table) and not pages.isdisjoint(b.pages) else b for b in blocks]


@dataclass(slots=True)
class _Grid:
    """The cells of a table's body that hold figures that may add up, shares not among them, and what is found out about them."""

    cells: dict[Key, Cell]
    marks: list[str]
    """For each column the sign before its decimals."""
    values: dict[Key, Decimal | None]
    proved: set[Key] = field(default_factory=set)
    doubted: set[Key] = field(default_factory=set)
    read: set[Key] = field(default_factory=set)
    """Those that were read again."""

    def lines(self, rows: int, columns: int, upright: bool) -> list[list[Decimal | None]]:
        if upright:
            return [[self.values.get((r, c)) for r in range(rows)] for c in range(columns)]
        return [[self.values.get((r, c)) for c in range(columns)] for r in range(rows)]


def _table(table: Table, again: Again) -> Table:
    grid = _grid(table)
    rows, columns = len(table.rows), len(table.columns)
    found = [(s, False) for s in sums(grid.lines(rows, columns, False))] + [(s, True) for s in sums(grid.lines(rows, columns, True), 2)]
    # Of rows whose columns should add up (quarters, years) many do not by intent: they are doubted only where long figures say so.
    meant = {s for s, upright in found if not upright or s.tells(grid.lines(rows, columns, True))}
    failed: list[tuple[list[Key], bool]] = []
    _prove(found, grid, rows, columns)
    for s, upright in found:
        failed += [(members, s in meant) for members in _failed(s, upright, grid, rows, columns)]
    for members, _ in failed:
        if len(members) == 2:  # a total of one line: each may be what the other was taken for
            _add(grid, members[0], [grid.cells[members[1]].text])
            _add(grid, members[1], [grid.cells[members[0]].text])
    for step in (_settle, partial(_settle_again, again), _settle):
        failed = [(members, doubt) for members, doubt in failed if not _holds(members, grid) and not step(members, grid)]
    _prove(found, grid, rows, columns)
    grid.doubted |= {k for members, doubt in failed if doubt and not _holds(members, grid) for k in members}
    grid.doubted |= {k for s in meant if (s, True) in found for k in _blanks(s, grid, table)}
    return replace(table, rows=tuple(_row(r, row, grid) for r, row in enumerate(table.rows)))


def _grid(table: Table) -> _Grid:
    cells = {
        (r, c): cell for r, row in enumerate(table.rows) for c, cell in row.filled if _FIGURE.fullmatch(cell.text) or _blurred(cell.text)
    }
    columns = [[cell.text for (_, c), cell in cells.items() if c == k] for k in range(len(table.columns))]
    paths = {k for k, texts in enumerate(columns) if are_paths(texts)}
    cells = {k: cell for k, cell in cells.items() if k[1] not in paths}
    usual = _decimal([c.text for c in cells.values()])
    for k, cell in cells.items():
        rest = _behind_stroke(cell.text)
        if DOUBTFUL in cell.marks and value(cell.text, usual) is None and value(rest, usual) is not None:
            cells[k] = replace(cell, text=rest, readings=(cell.text, *cell.readings))
    marks = [_decimal([cells[k].text for k in cells if k[1] == c]) or usual for c in range(len(table.columns))]
    return _Grid(cells, marks, {k: value(cell.text, marks[k[1]]) for k, cell in cells.items()})


def _prove(found: Sequence[tuple[Sum, bool]], grid: _Grid, rows: int, columns: int) -> None:
    for s, upright in found:
        for members in _held(s, upright, grid, rows, columns):
            grid.proved.update(members)


def _held(s: Sum, upright: bool, grid: _Grid, rows: int, columns: int) -> Iterator[list[Key]]:
    """The figures of each column in which a sum holds, noughts aside: any blank would do for them."""
    lines = grid.lines(rows, columns, upright)
    for c in range(rows if upright else columns):
        if s.off(lines, c) == 0:
            yield [k for k in _members(s, c, upright) if grid.values.get(k)]


def _failed(s: Sum, upright: bool, grid: _Grid, rows: int, columns: int) -> Iterator[list[Key]]:
    """The figures of each column in which a sum does not hold that is one of the column's: the total first."""
    lines = grid.lines(rows, columns, upright)
    for c in range(rows if upright else columns):
        members = [k for k in _members(s, c, upright) if k in grid.cells]
        off = s.off(lines, c)
        unread = any(grid.values[k] is None for k in members)
        if off == 0 or len(members) < 2 or members[0] != _members(s, c, upright)[0] or (off is None and not unread):
            continue
        additive = upright or sum(k in grid.proved for k in grid.cells if k[1] == c) > 2
        if additive or unread or (off is not None and is_slip(off, lines[s.total][c])):
            yield members


def _blanks(s: Sum, grid: _Grid, table: Table) -> Iterator[Key]:
    """The blanks of each row in which a sum of its columns does not hold: what it lacks may stand there."""
    lines = grid.lines(len(table.rows), len(table.columns), True)
    for r, row in enumerate(table.rows):
        if s.off(lines, r):
            yield from ((r, c) for c in s.parts if (cell := row.cells[c]) is not None and not cell.text)


def _members(s: Sum, column: int, upright: bool) -> list[Key]:
    return [(column, k) if upright else (k, column) for k in (s.total, *s.parts)]


def _holds(members: Sequence[Key], grid: _Grid) -> bool:
    return all(grid.values[k] is not None for k in members) and _off(members, grid) == 0


def _off(members: Sequence[Key], grid: _Grid) -> Decimal:
    """What the parts lack of the total, which stands first; what cannot be read counts as nothing."""
    total, *parts = (grid.values[k] or Decimal(0) for k in members)
    return total - sum(parts, Decimal(0))


def _settle_again(again: Again, members: Sequence[Key], grid: _Grid) -> bool:
    """Reads what no other sum proves again, then settles."""
    for k in members:
        if k not in grid.proved and k not in grid.read and len(grid.read) < _MOST_AGAIN:
            grid.read.add(k)
            _add(grid, k, again(grid.cells[k]))
    return _settle(members, grid)


def _add(grid: _Grid, k: Key, texts: Sequence[str]) -> None:
    cell = grid.cells[k]
    found = dict.fromkeys((*cell.readings, *texts))
    grid.cells[k] = replace(cell, readings=tuple(t for t in found if t and t != cell.text))


def _settle(members: Sequence[Key], grid: _Grid) -> bool:
    """Takes the other reading of one figure, else of two, with which the sum holds, if there is only one such way."""
    open_ = [k for k in members if k not in grid.proved]
    off = _off(members, grid)
    ways = [{k: t} for k in open_ if (t := _text_for(k, members[0], off, grid))]
    if not ways and sum(grid.values[k] is None for k in members) < 2:
        ways = list(_two(open_, members[0], off, grid))
    if len(ways) != 1:
        return False
    for k, text in ways[0].items():
        cell = grid.cells[k]
        grid.cells[k] = replace(cell, text=text, readings=(cell.text, *(t for t in cell.readings if t != text)))
        grid.values[k] = value(text, grid.marks[k[1]])
    grid.proved.update(k for k in members if grid.values[k])
    return True


def _two(open_: Sequence[Key], total: Key, off: Decimal, grid: _Grid) -> Iterator[dict[Key, str]]:
    """The ways in which another reading of one figure leaves one for a second that makes the sum hold."""
    for k, other in permutations(open_, 2):
        now = grid.values[k]
        if now is None or grid.values[other] is not None:
            continue
        for text in grid.cells[k].readings:
            then = value(text, grid.marks[k[1]])
            if then is not None and then != now:
                rest = off + (then - now if k == total else now - then)
                if found := _text_for(other, total, rest, grid):
                    yield {k: text, other: found}


def _text_for(k: Key, total: Key, off: Decimal, grid: _Grid) -> str:
    """The text of a figure that makes up a difference, as it was read, or as far as it could be; empty where none does."""
    cell, now, mark = grid.cells[k], grid.values[k], grid.marks[k[1]]
    wanted = (now or Decimal(0)) + (-off if k == total else off)
    texts = (cell.text, *cell.readings)
    read = next((t for t in texts if value(t, mark) == wanted), "")
    return read or next((w for t in texts if value(t, mark) is None and (w := _filled(t, wanted, mark))), "")


def _row(number: int, row: Row, grid: _Grid) -> Row:
    cells = list(row.cells)
    for c, cell in enumerate(cells):
        k = (number, c)
        if cell is not None and not cell.text and k in grid.doubted:
            cells[c] = replace(cell, marks=cell.marks | {DOUBTFUL})
        if cell is None or k not in grid.cells:
            continue
        found = grid.cells[k]
        marks = set(found.marks)
        if k in grid.proved:
            # That its digits are those of a sum is no proof that what somebody crossed out still stands.
            marks = marks if CROSSED_OUT in marks else (marks - {DOUBTFUL}) | {PROVED}
            rest = _behind_stroke(found.text)
            if rest and found.text[0].isdigit() and value(rest, grid.marks[c]) == grid.values[k]:
                found = replace(found, text=rest, readings=(found.text, *found.readings))
        elif k in grid.doubted or grid.values[k] is None:
            marks.add(DOUBTFUL)
        cells[c] = replace(found, marks=frozenset(marks))
    return replace(row, cells=tuple(cells)) if cells != list(row.cells) else row


def _behind_stroke(text: str) -> str:
    """A figure without the lone character before it that a stroke was read as; empty where there is none."""
    first, _, last = text.rpartition(" ")
    return last if len(first) == 1 else ""


def value(text: str, decimal: str) -> Decimal | None:
    """The value of a figure as printed; ``decimal`` is the sign that its column has before the decimals. None where it is none."""
    found = _FIGURE.fullmatch(text.strip())
    if found is None or bool(found["close"]) != (found["sign"] == "("):
        return None
    whole, _, rest = found["body"].rpartition(decimal) if decimal and decimal in found["body"] else (found["body"], "", "")
    if decimal and found["body"].count(decimal) > 1:
        return None
    if (groups := re.split(rf"[{BETWEEN}]+", whole))[1:] and any(len(g) != 3 for g in groups[1:]):
        return None  # digits were lost
    digits, decimals = re.sub(r"\D", "", whole), re.sub(r"\D", "", rest)
    read = Decimal(f"{digits or '0'}.{decimals or '0'}")
    return -read if found["sign"] else read


def _decimal(texts: Sequence[str]) -> str:
    """The sign before the decimals of a column: the one that one or two digits follow. Empty where figures have none."""
    ends = Counter(m[1] for t in texts if (m := re.search(r"([.,])\d{1,2}\)?$", t)))
    return ends.most_common(1)[0][0] if ends else ""


def _blurred(text: str) -> bool:
    """True for a figure with a letter in it: "1.A45.871.072,15"."""
    found = _BLURRED.fullmatch(text)
    return found is not None and sum(c.isdigit() for c in text) > 2 * sum(c.isalpha() for c in text) > 0 and len(text) > 4


def _filled(text: str, wanted: Decimal, decimal: str) -> str:
    """A figure of which a character is no digit, or one is lost, with that which the sum demands; empty where this is not all.

    The rest of its characters must be those of the figure that the sum demands, written with the same signs.
    """
    found = _BLURRED.fullmatch(text)
    if found is None:
        return ""
    body = found["body"]
    places = len(body.rpartition(decimal)[2]) if decimal and decimal in body else 0
    thousands = next((c for c in body if c in BETWEEN and c != decimal), "")
    written = f"{abs(wanted):,.{places}f}".replace(",", " ").replace(".", decimal).replace(" ", thousands)
    steps = Levenshtein.editops(body, written)
    whole = all(
        step.tag == "insert" or (step.tag == "replace" and body[step.src_pos].isalpha() and written[step.dest_pos].isdigit())
        for step in steps
    )
    digits = sum(c.isdigit() for c in written) - sum(c.isdigit() for c in body)
    return text.replace(body, written) if whole and digits <= 2 and len(written) > 6 else ""
