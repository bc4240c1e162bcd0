"""One page: which words are tables, which are text, in reading order."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..headers import header_levels
from ..shape import NUMERIC, is_code, is_year, shape
from .bare import table_below, table_from_lines, table_going_on
from .beside import cut_between, halves
from .charts import charts
from .content import Box, PageContent, Rule, Word, area, around, inside, is_light, overlap, within
from .furniture import Margins
from .grid import Grid, apart, grid_of
from .known_columns import between_uprights, from_shades
from .lines import Line, is_figure, lines_of, phrases
from .missing_rules import add_shaded_edges, is_open, parted_columns
from .open_ends import beyond
from .paragraphs import PageText, paragraphs, side_by_side, turned_texts
from .pitch import widest_blank
from .ruled import table_of
from .rules import Frame, frames, joined
from .shaded_rows import shaded_frames, shaded_rows
from .stacks import end_of_rows, stacks
from .stretches import FAR, alike, candidates
from .table import PageTable
from .torn import rejoined
from .turned_names import take_turned_names

_FIGURES_OF_A_TOTAL = 3
_TITLES = 4
"""Titles that may stand above the header within the grid of a table."""


@dataclass(slots=True)
class PageLayout:
    """What a page holds, from its top down."""

    number: int
    width: float
    height: float
    pieces: list[PageTable | PageText] = field(default_factory=list)
    left: float = 0.0
    """As ``PageContent.left``."""


def open_columns(layout: PageLayout) -> list[float]:
    """The edges of the columns under which the next page may go on without a header: those of a table without a grid at its end.

    Facing pages give and take none: each has its own left edge.
    """
    if layout.left:
        return []
    pieces = [p for p in layout.pieces if isinstance(p, PageTable) or not p.running]
    last = pieces[-1] if pieces else None
    return last.xs if isinstance(last, PageTable) and (not last.ruled or not last.body) else []


def lay_out(page: PageContent, margins: Margins | None = None, columns: Sequence[float] = ()) -> PageLayout:
    """Finds the tables of a page: first those between rules, then those that alignment alone shows.

    ``margins`` say which words are page furniture: no table without rules takes them. ``columns`` are
    those that the page before leaves open.
    """
    size = _type_size(page.words)
    coloured = [f.box for f in page.fills if not is_light(f.colour)]
    horizontal = joined([r for r in page.horizontal if not r.faint or _on_colour((r.lo, r.at, r.hi, r.at), coloured)], min(1.0, size / 6))
    vertical = joined([r for r in page.vertical if not r.faint or _on_colour((r.at, r.lo, r.at, r.hi), coloured)], min(1.0, size / 6))
    found = frames(horizontal, vertical)
    add_shaded_edges(found, coloured, page.vertical)
    pictures = charts(page, found)
    words = [w for w in page.words if not any(inside(w, box) for box in pictures)] if pictures else page.words
    shaded = shaded_frames(page, found, pictures)
    grids = _grids([*found, *shaded], pictures, page.horizontal)
    ruled: list[PageTable] = []
    taken: set[int] = set()
    for grid in grids:
        box = grid.box
        mine = [w for w in within(words, box) if id(w) not in taken]
        if mine:
            ruled.append(_table_of(grid, mine, page.number))
            taken.update(id(w) for w in mine)
    ruled = [t for t in rejoined(ruled) if t.columns > 1 and t.rows]
    for table in ruled:
        table.levels = _levels(table)
    strips = [t for t in ruled if _is_strip(t)]
    blank = widest_blank(words)
    free = lines_of(phrases([w for w in words if id(w) not in taken and not w.angle], blank))
    ruled, striped = shaded_rows(ruled, shaded, free, horizontal)
    strips = [t for t in strips if t in ruled]
    tables = [t for t in ruled if t not in strips and not is_open(t)]
    for table in tables:
        table.lone = _is_lone(table, page, free, margins)
    tables = [t for t in tables if t.lone or _is_table(t)]
    free = _released(free, words, taken, [*tables, *strips], blank)
    free, tables = from_shades(free, striped, tables, horizontal, page.number, blank)
    blocked = [t.box for t in tables]
    running = margins.running | (margins.names if tables or strips else set()) if margins else set()
    furniture = [line for line in free if all(id(w) in running for w in line.words)]
    free = [line for line in free if any(id(w) not in running for w in line.words)]
    free, headed = _headed(free, strips, blocked, page, horizontal)
    tables += headed
    if columns and not page.left:
        top = min((t.box[1] for t in tables), default=page.height)
        first = [line for line in free if line.middle < top]
        above = [r for r in horizontal if r.at < top - 1]
        if (going_on := table_going_on(first, above, columns, page.number)) is not None:
            tables.append(going_on)
            its = going_on.word_ids
            free = [line for line in free if not any(id(w) in its for w in line.words)]
    free, between = between_uprights(free, horizontal, vertical, [t.box for t in tables], page.number, blank)
    tables += between
    rest, bare = _bare(free, furniture, horizontal, [t.box for t in tables], page.number)
    tables += bare
    turned = [w for w in words if w.angle and id(w) not in taken]
    for table in tables if turned else ():
        take_turned_names(table, [*turned, *(w for line in rest for w in line.words)], horizontal)
    held = set[int]().union(*(t.word_ids for t in tables))
    furniture = [line for line in furniture if not any(id(w) in held for w in line.words)]
    rest = [line for line in rest if not any(id(w) in held for w in line.words)]
    seen = held | {id(w) for line in (*rest, *furniture) for w in line.words}
    rest += lines_of(phrases([w for w in words if id(w) not in seen and not w.angle], blank))
    layout = PageLayout(page.number, page.width, page.height, left=page.left)
    texts = paragraphs(rest)
    texts += [PageText([part], part.box, running=True) for line in furniture for part in side_by_side(line)]
    texts += turned_texts([w for w in words if id(w) not in seen and w.angle])
    texts += [PageText(lines_of(phrases(within(page.words, b))), b, chart=True) for b in pictures]
    layout.pieces = _ordered([*tables, *(t for t in texts if t.lines)])
    return layout


def _table_of(grid: Grid, words: list[Word], page: int) -> PageTable:
    """The table of a grid; of one that leaves out rules between its columns, with those that its figures show."""
    table = table_of(grid, words, page)
    finer = parted_columns(grid, words) if is_open(table) else None
    return table_of(finer, words, page) if finer is not None else table


def _on_colour(line: Box, fills: Sequence[Box]) -> bool:
    """True where a line lies on a coloured area: there a white one is seen."""
    x, y = (line[0] + line[2]) / 2, (line[1] + line[3]) / 2
    return any(b[0] - 1 <= x <= b[2] + 1 and b[1] - 1 <= y <= b[3] + 1 for b in fills)


def _type_size(words: Sequence[Word]) -> float:
    sizes = sorted(w.height for w in words)
    return sizes[len(sizes) // 2] if sizes else 10.0


def _grids(found: Sequence[Frame], pictures: Sequence[Box], raw: Sequence[Rule]) -> list[Grid]:
    """The grids of frames that hold cells, smaller ones first so that a table inside a box is the table."""
    grids = []
    lone = [v for frame in found if not frame.horizontal for v in frame.vertical]
    for frame in found:
        if not frame.vertical or not frame.horizontal or _is_part(frame, lone):
            continue
        if any(overlap(frame.box, b) > 0.5 * area(frame.box) for b in pictures):
            continue
        for part in apart(frame, raw):
            grid = grid_of(part)
            if grid is not None and len(grid.cells) > 1:
                grids.append(grid)
    return sorted(grids, key=lambda g: area(g.box))


def _is_part(frame: Frame, lone: Sequence[Rule]) -> bool:
    """A rule below a name that touches some of a table's upright rules: others of the same height stand beside them and touch nothing."""
    _, top, _, bottom = frame.box
    level = [h for h in frame.horizontal if abs(h.at - top) > 3 and abs(h.at - bottom) > 3]
    return len(level) == len(frame.horizontal) and any(abs(v.lo - top) < 3 and abs(v.hi - bottom) < 3 for v in lone)


def _levels(table: PageTable) -> int:
    """Header levels of a ruled table: by form, and as deep as its first row's cells reach; a title above them counts with them."""
    texts = [r.texts for r in table.rows]
    lead = 0
    while lead < min(_TITLES, len(texts) - 2) and _is_title(table, lead) and not is_code(texts[lead][0]):
        lead += 1
    if not header_levels(texts[lead:]):
        lead = 0
    if lead:
        return lead + min(header_levels(texts[lead:]), len(texts) - lead)
    levels = header_levels(texts)
    if levels:
        spans = [c.row_span for c in table.rows[0].cells if c is not None and c.text]
        if spans and max(spans) <= 4 and min(spans) < max(spans):
            levels = max(levels, max(spans))
    return min(levels, len(texts))


def _is_title(table: PageTable, row: int) -> bool:
    filled = table.rows[row].filled
    return len(filled) == 1 and filled[0][1].col_span == table.columns


def _is_strip(table: PageTable) -> bool:
    """A header in a box of its own: names, no figure, and no row below them."""
    texts = [t for r in table.rows for t in r.texts if t]
    if len(texts) < 2 or any(shape(t) in NUMERIC and not is_year(t) for t in texts) or is_code(texts[0]):
        return False
    if len(table.rows) == 1:
        return True
    spans = any(c is not None and c.text and (c.col_span > 1 or c.row_span > 1) for r in table.rows for c in r.cells)
    return len(table.rows) <= 4 and (table.levels == len(table.rows) or (spans and table.columns > 3 and len(texts) > 4))


def _is_table(table: PageTable) -> bool:
    """Two rows or more of which several fields hold text; a box around a title is none."""
    filled = [len(r.filled) for r in table.rows]
    return sum(filled) >= 3 and sum(n > 1 for n in filled) >= 1 and len(table.rows) > 1


def _is_lone(table: PageTable, page: PageContent, lines: Sequence[Line], margins: Margins | None) -> bool:
    """A single row at the top of a page, with nothing but furniture above it: the last one of a table, or what is left of it."""
    if len(table.rows) > 1 or table.columns < 3 or table.levels or margins is None or table.box[1] > 0.3 * page.height:
        return False
    return all(id(w) in margins.running for line in lines if line.middle < table.box[1] for w in line.words)


def _released(free: list[Line], words: Sequence[Word], taken: set[int], kept: Sequence[PageTable], blank: float) -> list[Line]:
    """The lines outside of tables, with those of grids that turned out to be none."""
    held = set[int]().union(*(t.word_ids for t in kept))
    back = [w for w in words if id(w) in taken and id(w) not in held and not w.angle]
    return lines_of([*(p for line in free for p in line.phrases), *phrases(back, blank)]) if back else free


def _headed(
    free: list[Line], strips: list[PageTable], blocked: Sequence[Box], page: PageContent, rules: Sequence[Rule]
) -> tuple[list[Line], list[PageTable]]:
    """Tables whose header is boxed and whose rows follow below it, up to the next box."""
    made: list[PageTable] = []
    for strip in strips:
        x0, _, x1, bottom = strip.box
        stops = [b[1] for b in [*blocked, *(s.box for s in strips if s is not strip)] if b[1] >= bottom - 2 and b[0] < x1 and b[2] > x0]
        end = min(stops, default=page.height)
        below = [line for line in free if line.middle > bottom - 1 and line.middle < end and line.x1 > x0 - 12 and line.x0 < x1 + 12]
        last = end_of_rows(strip.box, rules, below)
        if last is not None:
            rows = [line for line in below if line.middle < last]
            below = [*rows, *beyond(rows, below, bottom, last)]
        else:
            below = _until_footer(_until_blank(below), [r for r in rules if r.at > bottom + 2], x0, x1)
        while stops and below and len(below[-1].phrases) == 1 and not is_figure(below[-1].text):
            below.pop()  # the caption of what follows
        table = table_below(strip, below, rules, page.number) if below else None
        if table is None:
            if not stops and not below:
                strip.levels = strip.above_bands  # names at the foot of a page: their rows stand on the next one
            made.append(strip)
            continue
        ids = {id(line) for line in below}
        free = [line for line in free if id(line) not in ids]
        made.append(table)
    return free, made


def _until_blank(lines: list[Line]) -> list[Line]:
    """Without what stands below a blank that ends a table; a line of many figures behind one is its total."""
    for k, (above, line) in enumerate(itertools.pairwise(lines), 1):
        far = line.top - above.bottom > FAR * (line.bottom - line.top)
        if far and sum(is_figure(p.text) for p in line.phrases) < _FIGURES_OF_A_TOTAL:
            return lines[:k]
    return lines


def _until_footer(lines: list[Line], rules: Sequence[Rule], x0: float, x1: float) -> list[Line]:
    """Without what stands under the last broad rule, if nothing there has columns."""
    for rule in sorted(rules, key=lambda r: -r.at):
        if rule.hi - rule.lo >= 0.7 * (x1 - x0):
            below = [line for line in lines if line.middle > rule.at]
            if below and not any(len(line.phrases) > 2 or any(is_figure(p.text) for p in line.phrases[1:]) for line in below):
                lines = [line for line in lines if line.middle <= rule.at]
    return lines


def _bare(
    free: list[Line], furniture: list[Line], rules: Sequence[Rule], boxes: Sequence[Box], page: int
) -> tuple[list[Line], list[PageTable]]:
    """Tables that alignment alone shows, and the lines that are left."""
    made: list[PageTable] = []
    used: set[int] = set()
    found = stacks(rules, boxes, free)
    cut = cut_between(free, [around([(r.lo, r.at, r.hi, r.at) for r in stack]) for stack in found])
    pieces = [piece for parts in cut for piece in parts]
    for stack in found:
        region = around([(r.lo, r.at, r.hi, r.at) for r in stack])
        # What several pages print between the rules belongs to the table: its header.
        part = [
            line
            for line in (*pieces, *furniture)
            if region[1] - 1 <= line.middle <= region[3] + 1 and line.x1 > region[0] and line.x0 < region[2]
        ]
        part.sort(key=lambda line: (line.middle, line.x0))
        near = [r for r in rules if region[1] - 2 <= r.at <= region[3] + 2 and r.hi > region[0] and r.lo < region[2]]
        outside = [line for line in pieces if line.x1 > region[0] and line.x0 < region[2] and not any(_holds(b, line) for b in boxes)]
        if more := beyond(part, outside, region[1], region[3]):
            part = sorted([*part, *more], key=lambda line: (line.middle, line.x0))
            region = around([region, *((region[0], line.top - 1, region[2], line.bottom + 1) for line in more)])
        table = table_from_lines(part, near, page, region) if part else None
        if table is not None:
            made.append(table)
            used.update(id(line) for line in part)
    whole = [[line] if used.isdisjoint(map(id, parts)) else parts for line, parts in zip(free, cut, strict=True)]
    free = [line for parts in whole for line in parts if id(line) not in used]
    boxes = [*boxes, *(t.box for t in made)]
    runs = [whole for run in _between(free, boxes) for whole in candidates(run)]
    for run in runs:
        parts = halves(run)
        tables = [_in_stretch(part, rules, page) for part in parts]
        if len(parts) > 1 and all(tables):
            its = {id(line) for line in run}
            free = [*(line for line in free if id(line) not in its), *(line for part in parts for line in part)]
        elif len(parts) > 1:
            tables = [_in_stretch(run, rules, page)]
        for table, lines in [found for part in tables for found in part]:
            made.append(table)
            its = table.word_ids
            used.update(id(line) for line in lines if any(id(w) in its for w in line.words))
    return [line for line in free if id(line) not in used], made


def _in_stretch(run: list[Line], rules: Sequence[Rule], page: int) -> list[tuple[PageTable, list[Line]]]:
    """The tables of a stretch of lines, each with the lines that it was made from."""
    found = []
    for part in alike(run, rules):
        box = around([line.box for line in part])
        near = [r for r in rules if box[1] - 6 <= r.at <= box[3] + 6 and r.hi > box[0] and r.lo < box[2]]
        table = table_from_lines(part, near, page)
        if table is not None:
            found.append((table, part))
    return found


def _holds(box: Box, line: Line) -> bool:
    return box[0] <= line.x0 <= box[2] and box[1] <= line.middle <= box[3]


def _between(lines: Sequence[Line], boxes: Sequence[Box]) -> list[list[Line]]:
    """Runs of lines without a table in between."""
    runs: list[list[Line]] = []
    last: Line | None = None
    for line in lines:
        if last is None or any(last.middle < b[1] and line.middle > b[3] for b in boxes):
            runs.append([])
        runs[-1].append(line)
        last = line
    return runs


def _ordered(pieces: list[PageTable | PageText]) -> list[PageTable | PageText]:
    """From the top down; tables that stand side by side from left to right."""
    pieces = sorted(pieces, key=lambda p: (p.box[1], p.box[0]))
    out: list[PageTable | PageText] = []
    for piece in pieces:
        k = len(out)
        while k and _beside(out[k - 1], piece) and out[k - 1].box[0] > piece.box[0]:
            k -= 1
        out.insert(k, piece)
    return out


def _beside(a: PageTable | PageText, b: PageTable | PageText) -> bool:
    shared = min(a.box[3], b.box[3]) - max(a.box[1], b.box[1])
    return shared > 0.5 * min(a.box[3] - a.box[1], b.box[3] - b.box[1]) and (a.box[2] <= b.box[0] + 3 or b.box[2] <= a.box[0] + 3)
