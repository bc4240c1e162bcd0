"""Rows from lines of text where no rule parts them: which line goes on with the row above it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .content import Word
from .lines import Line, Phrase, is_figure

LEADING = 0.32
"""Of the type's height: the lines of one cell stand closer than this, its boxes reaching from ascent to descent."""


@dataclass(slots=True)
class LineRow:
    """A row made of one line or more: phrases by column."""

    cells: dict[int, list[Phrase]] = field(default_factory=dict)
    top: float = 0.0
    bottom: float = 0.0
    bottoms: dict[int, float] = field(default_factory=dict)

    def words(self, column: int) -> list[Word]:
        return [w for p in self.cells.get(column, ()) for w in p.words]

    @property
    def figures(self) -> list[int]:
        return [c for c, ps in self.cells.items() if all(is_figure(p.text) for p in ps)]

    def add(self, cells: dict[int, list[Phrase]], top: float, bottom: float) -> None:
        for c, ps in cells.items():
            self.cells.setdefault(c, []).extend(ps)
            self.bottoms[c] = max(self.bottoms.get(c, 0.0), max(p.bottom for p in ps))
        self.top, self.bottom = min(self.top, top), max(self.bottom, bottom)


def placed(line: Line, xs: Sequence[float]) -> dict[int, list[Phrase]]:
    """The phrases of a line by column: each where most of it lies; of two figures in one column, one moves to the blank next to it."""
    cells: dict[int, list[Phrase]] = {}
    last = len(xs) - 2
    for p in line.phrases:
        cells.setdefault(_column(p, xs, last), []).append(p)
    for c in sorted(cells):
        while len(cells.get(c, ())) > 1 and all(is_figure(p.text) for p in cells[c]):
            ps = cells[c]
            if c < last and c + 1 not in cells and ps[-1].x1 > xs[c + 1] - 1:
                cells[c + 1] = [ps.pop()]
            elif c > 0 and c - 1 not in cells and ps[0].x0 < xs[c] + 1:
                cells[c - 1] = [ps.pop(0)]
            else:
                break
    return cells


def _column(p: Phrase, xs: Sequence[float], last: int) -> int:
    """A figure goes where most of it lies; a text where it starts, unless that is a mere edge of it."""
    first = min(max(bisect_right(xs, p.x0 + 0.5) - 1, 0), last)
    end = min(max(bisect_right(xs, p.x1 - 0.5) - 1, 0), last)
    if first == end:
        return first
    shares = {c: min(p.x1, xs[c + 1]) - max(p.x0, xs[c]) for c in range(first, end + 1)}
    best = max(shares, key=lambda c: shares[c])
    if is_figure(p.text):
        return best
    return first if shares[first] >= 0.25 * (p.x1 - p.x0) or shares[first] > 12 else best


def limits(lines: Sequence[dict[int, list[Phrase]]], xs: Sequence[float], ruled: bool) -> list[float]:
    """How far to the right the text of each column may reach before it wraps."""
    out = []
    for c in range(len(xs) - 1):
        reach = max((p.x1 for cells in lines for p in cells.get(c, ()) if p.x1 <= xs[c + 1] + 2), default=xs[c + 1])
        if reach < xs[c] + 0.4 * (xs[c + 1] - xs[c]):
            reach = xs[c + 1]  # short texts only: none of them was wrapped, so they do not tell where it would be
        out.append(min(reach, xs[c + 1]) if not ruled else max(reach, xs[c + 1] - 6))
    return out


def rows_of(lines: Sequence[Line], xs: Sequence[float], ruled: bool) -> list[LineRow]:
    """Lines gathered to rows. A line goes on with the row above where its text would not have fitted there."""
    cells = [placed(line, xs) for line in lines]
    blocks = None if ruled else _blocks(lines, cells)
    blocks = blocks if blocks is not None else _blanks(lines, cells)
    if blocks is not None:
        return [_row([(lines[k], cells[k]) for k in block]) for block in blocks]
    limit = limits(cells, xs, ruled)
    rows: list[LineRow] = []
    for line, here in zip(lines, cells, strict=True):
        if rows and _goes_on(rows[-1], here, line, limit):
            rows[-1].add(here, line.top, line.bottom)
            continue
        row = LineRow(top=line.top, bottom=line.bottom)
        row.add(here, line.top, line.bottom)
        rows.append(row)
    return rows


def _row(parts: Sequence[tuple[Line, dict[int, list[Phrase]]]]) -> LineRow:
    row = LineRow(top=min(line.top for line, _ in parts), bottom=max(line.bottom for line, _ in parts))
    for line, here in parts:
        row.add(here, line.top, line.bottom)
    return row


def _blocks(lines: Sequence[Line], cells: Sequence[dict[int, list[Phrase]]]) -> list[list[int]] | None:
    """The lines of each row, where figures stand in the middle of labels of several lines, above and below them.

    The lines of one label are close, those of two labels a wider blank apart, and no block holds two
    lines of figures. None for any other table.
    """
    figured = {k for k, here in enumerate(cells) if any(all(is_figure(p.text) for p in ps) for ps in here.values())}
    texts = Counter(c for here in cells for c, ps in here.items() if not all(is_figure(p.text) for p in ps))
    if len(figured) < 2 or not texts:
        return None
    column = min(texts, key=lambda c: (-texts[c], c))
    labels = [k for k, here in enumerate(cells) if column in here and not all(is_figure(p.text) for p in here[column])]
    blocks: list[list[int]] = []
    for k in labels:
        if blocks and lines[k].top - _bottom(cells[blocks[-1][-1]][column]) <= LEADING * (lines[k].bottom - lines[k].top):
            blocks[-1].append(k)
        else:
            blocks.append([k])
    spans = [(min(p.top for p in cells[b[0]][column]), _bottom(cells[b[-1]][column])) for b in blocks]
    for k in range(len(lines)):
        if k not in labels:
            nearest = min(range(len(blocks)), key=lambda n: max(spans[n][0] - lines[k].middle, lines[k].middle - spans[n][1]))
            if not spans[nearest][0] < lines[k].middle < spans[nearest][1]:
                return None
            blocks[nearest].append(k)
    held = [[k for k in block if k in figured] for block in blocks]
    if any(len(ks) > 1 for ks in held) or not any(_stands_within(lines, block, ks) for block, ks in zip(blocks, held, strict=True)):
        return None
    return [sorted(block, key=lambda k: lines[k].middle) for block in blocks]


def _blanks(lines: Sequence[Line], cells: Sequence[dict[int, list[Phrase]]]) -> list[list[int]] | None:
    """The lines of each row, where a blank over all columns parts the rows, and figures stand in the middle of texts of several lines.

    Every block but a heading holds one line of figures, so that no text of its own is taken for a row. None for any other table.
    """
    filled = Counter(c for here in cells for c in here)
    whole = Counter(c for here in cells for c, ps in here.items() if all(is_figure(p.text) for p in ps))
    # A year at the end of a comment is no figure of a row: those stand in columns of figures.
    of_figures = {c for c in whole if c and 2 * whole[c] > filled[c]}
    figured = {k for k, here in enumerate(cells) if any(c in of_figures and all(is_figure(p.text) for p in ps) for c, ps in here.items())}
    blocks: list[list[int]] = []
    bottom = 0.0
    for k in sorted(range(len(lines)), key=lambda k: lines[k].top):
        if blocks and lines[k].top - bottom <= LEADING * (lines[k].bottom - lines[k].top):
            blocks[-1].append(k)
        else:
            blocks.append([k])
        bottom = max(bottom, lines[k].bottom)
    held = [[k for k in block if k in figured] for block in blocks]
    headings = all(ks or (len(block) == 1 and len(lines[block[0]].phrases) == 1) for block, ks in zip(blocks, held, strict=True))
    if len(figured) < 2 or not headings or any(len(ks) > 1 for ks in held):
        return None
    if not any(_stands_within(lines, block, ks) for block, ks in zip(blocks, held, strict=True)):
        return None
    return [sorted(block, key=lambda k: lines[k].middle) for block in blocks]


def _bottom(phrases: Sequence[Phrase]) -> float:
    return max(p.bottom for p in phrases)


def _stands_within(lines: Sequence[Line], block: Sequence[int], figured: Sequence[int]) -> bool:
    """True where lines of a label stand above and below the line of figures."""
    return any(min(lines[j].middle for j in block) < lines[k].middle < max(lines[j].middle for j in block) for k in figured)


def _goes_on(row: LineRow, here: dict[int, list[Phrase]], line: Line, limit: Sequence[float]) -> bool:
    size = max(line.bottom - line.top, 1.0)
    if set(here).isdisjoint(row.cells) and line.top < row.bottom - 0.15 * size:
        # Side by side with it, a little lower: a cell set to the middle of a row whose others are not.
        return True
    figures = [c for c, ps in here.items() if all(is_figure(p.text) for p in ps)]
    texts = [c for c in here if c not in figures]
    if figures and not texts:
        # Figures beside a label of two lines stand between them.
        return not row.figures and not set(row.cells) & set(figures) and line.top < row.bottom - 0.15 * size
    if figures:
        return False
    if not set(row.cells) & set(texts) and line.top < row.bottom - 0.25 * size and not any(c not in row.figures for c in row.cells):
        return True
    for c in texts:
        if c not in row.cells or c in row.figures:
            return False
        gap = min(p.top for p in here[c]) - row.bottoms[c]
        if gap > LEADING * size:
            return False
        above = max(p.x1 for p in row.cells[c] if p.bottom > row.bottoms[c] - 0.5 * size)
        first = here[c][0].words[0]
        if above + 0.2 * size + (first.x1 - first.x0) <= limit[c] - 0.5:
            return False
    return True
