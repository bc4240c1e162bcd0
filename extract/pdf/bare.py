"""Tables without a grid: columns from the blanks that run down all lines, rows from the lines or the rules between them."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence

from ..shape import is_code, is_year
from .bands import banded, page_rows, parting, separators
from .columns import edges, near
from .content import Box, Rule, Word, around
from .header_names import header_rows
from .lines import Line, Phrase, is_figure, is_value, joined_words, parted_line, phrase
from .rows import LEADING, placed, rows_of
from .stacked import stacked, stacked_rows
from .stacks import end_of_rows
from .table import PageRow, PageTable
from .tails import of_one_size, without_notes, wraps
from .upper_names import upper_names

_WIDE_BLANK = 0.45
_FEW = 3
"""Rules that a table has anyway, above and below its names and at its end: more of them part its rows."""
_OF_A_HEADER = 2
"""Of these: the edges of a header in a box of its own."""
_LEAD = 4
"""Lines without figures that may stand above the first row at the top of a page: the rest of a name."""


def table_below(header: PageTable, lines: Sequence[Line], rules: Sequence[Rule], page: int) -> PageTable | None:
    """A table whose header stands in a box of its own and whose rows follow with level ``rules`` at most."""
    apart = separators(rules, header.xs, header.box[3], lines[-1].bottom) if lines else []
    between = sum(line.middle < apart[-1].at for line in lines) if apart else 0
    lines = lines[: max(len(without_notes(lines)), between)]
    if not lines:
        return None
    xs = list(header.xs)
    xs[0] = min(xs[0], min(line.x0 for line in lines) - 1)
    xs[-1] = max(xs[-1], max(line.x1 for line in lines) + 1)
    parts = [_parted_at_edges(line, xs) for line in lines]
    rows = _rows(parts, rules, xs, len(apart) + _OF_A_HEADER)
    if sum(len(r.filled) > 1 for r in rows) < 1:
        return None
    return PageTable(
        page, xs, [*header.rows, *rows], around([header.box, *(line.box for line in lines)]), ruled=False, levels=header.above_bands
    )


def table_from_lines(lines: Sequence[Line], rules: Sequence[Rule], page: int, region: Box | None = None) -> PageTable | None:
    """A table without a grid, if these lines are one. ``rules`` are the horizontal ones among them.

    ``region`` is the area between the first and last of the rules that part its rows, where they do.
    """
    lines = _parted_at_ends(lines)
    lines = _parted_at_starts(_ends_trimmed(lines) if not region else lines)
    xs = edges(lines)
    if len(xs) < 3 or not _is_table(lines, xs, region is not None):
        return None
    return _table(lines, rules, _named(xs, lines, rules), page, region)


def table_between(lines: Sequence[Line], rules: Sequence[Rule], xs: Sequence[float], page: int, region: Box) -> PageTable | None:
    """A table whose columns upright rules at ``xs`` part, and whose rows no rule does; None where the lines are none."""
    parts = [_parted_at_edges(line, xs) for line in lines]
    return _table(parts, rules, list(xs), page, region) if _is_table(parts, xs, True) else None


def _table(lines: Sequence[Line], rules: Sequence[Rule], xs: list[float], page: int, region: Box | None) -> PageTable | None:
    lines = [_parted_at_edges(line, xs) for line in lines]
    box = around([region, *(line.box for line in lines)] if region else [line.box for line in lines])
    apart = [r.at for r in separators(rules, xs, box[1] - 4, box[3] + 4)]
    partial = [r for r in rules if r.hi - r.lo < 0.8 * (xs[-1] - xs[0]) and box[1] < r.at < box[3]]
    head = _header_lines(lines, xs, apart)
    header = header_rows([p for line in lines[:head] for p in line.phrases], xs, partial)
    body = _rows(lines[head:], rules, xs, len(apart))
    if len(body) < 2 and not _is_one_row([placed(line, xs) for line in lines], region is not None):
        return None
    _without_strays(header, body, xs)
    return PageTable(page, xs, [*header, *body], box, ruled=False, levels=len(header))


def table_going_on(lines: Sequence[Line], rules: Sequence[Rule], xs: Sequence[float], page: int) -> PageTable | None:
    """Rows at the top of a page under the columns ``xs`` that the page before leaves open; None where they do not fit these."""
    if not lines or lines[0].x0 < xs[0] - 3:
        return None
    parts = [_parted_at_edges(line, xs) for line in sorted(lines, key=lambda line: line.middle)]
    fitting = [k for k, line in enumerate(parts) if _fits(line, xs)]
    if not fitting or fitting[0] > _LEAD:
        return None
    figured = {c for c, ps in placed(parts[fitting[0]], xs).items() if c and any(is_figure(p.text) for p in ps)}
    named = {c for line in parts[: fitting[0]] for c, ps in placed(line, xs).items() if not all(is_figure(p.text) for p in ps)}
    if len(figured & named) >= 0.5 * len(figured):
        return None  # names stand above them: a table that tells its own columns
    whole = next((r for r in rules if r.at > parts[0].middle and r.lo < xs[0] + 3 and r.hi > xs[-1] - 3), None)
    last = end_of_rows((whole.lo, 0, whole.hi, parts[0].top), rules, parts) if whole else None
    within = [line for line in parts if last is not None and line.middle < last]
    if within and all(_stands_in(line, xs) for line in within if _has_data(line, xs)):
        return PageTable(page, list(xs), _rows(within, rules, xs, _FEW + 1), around([line.box for line in within]), ruled=False)
    parts = parts[: fitting[-1] + 1]
    if any(_has_data(line, xs) and not _fits(line, xs) for line in parts):
        return None
    return PageTable(page, list(xs), _rows(parts, rules, xs, 0), around([line.box for line in parts]), ruled=False)


def _fits(line: Line, xs: Sequence[float]) -> bool:
    """A row of a table of these columns: figures, each inside a column of its own, in a good part of them."""
    return _stands_in(line, xs) and len(_figures(line, xs)) >= max(2, 0.4 * (len(xs) - 2))


def _stands_in(line: Line, xs: Sequence[float]) -> bool:
    """True where each figure stands inside a column of its own. A total has few."""
    figures = _figures(line, xs)
    columns = {bisect_right(xs, (p.x0 + p.x1) / 2) - 1 for p in figures}
    return len(columns) == len(figures) and all(any(a - 1 <= p.x0 and p.x1 <= b + 1 for a, b in itertools.pairwise(xs)) for p in figures)


def _figures(line: Line, xs: Sequence[float]) -> list[Phrase]:
    return [p for p in line.phrases if is_figure(p.text) and p.x0 > xs[1] - 1]


def _rows(lines: Sequence[Line], rules: Sequence[Rule], xs: Sequence[float], whole: int) -> list[PageRow]:
    """The rows of lines among ``rules``, of which ``whole`` reach over the whole width: more than a few part the rows.

    Labels of several lines of figures are rows of these, unless long rules part the lines too, beside a cell that goes on.
    """
    found = stacked(lines, rules, xs) if lines else None
    levels = [r.at for r in parting(rules, xs)]
    pairs = [pair for band in found.bands for pair in itertools.pairwise(band.figured)] if found else []
    cut = any(a.middle < y < b.middle for a, b in pairs for y in levels)
    if found is not None and not cut:
        return stacked_rows(found, xs)
    return banded(lines, xs, rules) if cut or whole > _FEW else page_rows(rows_of(lines, xs, ruled=False), xs)


def _parted_at_starts(lines: Sequence[Line]) -> list[Line]:
    """Lines whose phrases are parted where a text begins at the place at which other lines begin a phrase, or nearly all a text.

    Columns may stand closer than a blank; what the file prints at once is never parted. Figures set right stand close before texts.
    """
    starts = sorted(p.x0 for line in lines for p in line.phrases)
    inner = sorted(b.x0 for line in lines for p in line.phrases for a, b in itertools.pairwise(p.words) if b.span != a.span)
    behind = sorted(b.x0 for line in lines for p in line.phrases for a, b in itertools.pairwise(p.words) if _behind_figure(a, b))
    most = max(4, 0.7 * len(lines))

    def apart(a: Word, b: Word) -> bool:
        here = near(starts, b.x0)
        if _behind_figure(a, b) and near(behind, b.x0) >= 3:
            return True
        return (here >= 3 or here + near(inner, b.x0) >= most) and b.x0 - a.x1 > 0.1 * (b.bottom - b.top)

    return [parted_line(line, apart) for line in lines]


def _behind_figure(a: Word, b: Word) -> bool:
    """True for a word behind a figure and a blank wider than one between words."""
    return b.span != a.span and is_figure(a.text) and not is_figure(b.text) and b.x0 - a.x1 > _WIDE_BLANK * (b.bottom - b.top)


def _parted_at_ends(lines: Sequence[Line]) -> list[Line]:
    """Lines whose phrases are parted behind and before figures that end where three others do, as those of a total in larger type."""
    ends = sorted(p.x1 for line in lines for p in line.phrases if is_figure(p.text))

    def shared(x: float) -> bool:
        return near(ends, x) >= 3

    out = []
    for line in lines:
        behind = parted_line(line, lambda a, b: shared(a.x1) and b.x0 - a.x1 > 0.1 * (b.bottom - b.top))
        parts = [part for p in behind.phrases for part in (_before_figure(p) if shared(p.x1) else [p])]
        out.append(Line(parts, line.top, line.bottom) if len(parts) > len(line.phrases) else line)
    return out


def _before_figure(p: Phrase) -> list[Phrase]:
    """A phrase that ends in a figure as its text and the figure, where the file prints these apart."""
    for k in range(1, len(p.words)):
        if p.words[k].span != p.words[k - 1].span and is_figure(joined_words(p.words[k:])):
            return [phrase(p.words[:k]), phrase(p.words[k:])]
    return [p]


def _parted_at_edges(line: Line, xs: Sequence[float]) -> Line:
    """A line whose phrases are parted where the edge of a column lies in the blank between two texts.

    A heading over the columns is left whole: the only text of its line, from the first column on, that has a word across an edge.
    """
    if len(line.phrases) == 1 and line.x0 < xs[1] and _runs_over(line.words, xs):
        return line
    return parted_line(line, lambda a, b: any(a.x1 - 1 < x < b.x0 + 1 for x in xs))


def _runs_over(words: Sequence[Word], xs: Sequence[float]) -> bool:
    """True for words that run over the edge of a column, with blanks as between words."""
    even = all(b.x0 - a.x1 <= _WIDE_BLANK * (b.bottom - b.top) for a, b in itertools.pairwise(words))
    return even and any(w.x0 + 2 < x < w.x1 - 2 for w in words for x in xs[1:-1])


def _without_strays(header: Sequence[PageRow], body: Sequence[PageRow], xs: list[float]) -> None:
    """Takes out figures that stand in no column: a few without a name, where every other column has one."""
    named = [any((cell := row.cells[c]) is None or cell.text for row in header) for c in range(len(xs) - 1)]
    for c in range(len(xs) - 2, 0, -1):
        if named[c] or not all(n for k, n in enumerate(named) if k != c):
            continue
        filled = [row for row in body if row.texts[c]]
        if len(filled) <= max(2, 0.12 * len(body)):
            for row in (*header, *body):
                if row.cells[c] is None:
                    spanning = next((x for x in reversed(row.cells[:c]) if x is not None), None)
                    if spanning is not None and spanning.col_span > 1:
                        spanning.col_span -= 1
                del row.cells[c]
            del xs[c]


def _named(xs: list[float], lines: Sequence[Line], rules: Sequence[Rule]) -> list[float]:
    """Columns of which one has only its name and the next only its rows made one: a name may stand beside its texts."""
    head = _header_lines(lines, xs, [r.at for r in rules if r.hi - r.lo >= 0.8 * (xs[-1] - xs[0])])
    if not head:
        return xs
    names = [_parted_at_edges(line, xs) for line in lines[:head]]
    over = upper_names(names, lines[head:])
    named = {_mostly(p, xs) for line in names for p in line.phrases if id(p) not in over}
    body = [placed(_parted_at_edges(line, xs), xs) for line in lines[head:]]
    rows = [cells for cells in body if len(cells) > 1]
    # The label of a total stands anywhere left of its figures, and makes no column a used one.
    labels = [min(cells) for cells in rows if _is_total(cells)]
    used = {c for cells in rows for c in cells if not _is_total(cells) or c != min(cells) or labels.count(c) > 0.2 * len(rows)}
    out = list(xs)
    c = 0
    while c < len(xs) - 2:
        if (c in named) != (c + 1 in named) and (c in used) != (c + 1 in used) and (c in named) != (c in used):
            out.remove(xs[c + 1])
            c += 1
        c += 1
    return out


def _is_total(cells: dict[int, list[Phrase]]) -> bool:
    """A text with nothing to its left, beyond the first column, and figures alone behind it."""
    first = min(cells)
    return bool(first) and all(is_figure(p.text) == (c != first) for c, ps in cells.items() for p in ps)


def _mostly(p: Phrase, xs: Sequence[float]) -> int:
    """The column in which most of a text lies."""
    return max(range(len(xs) - 1), key=lambda c: min(p.x1, xs[c + 1]) - max(p.x0, xs[c]))


def _ends_trimmed(lines: Sequence[Line]) -> list[Line]:
    """Without the lines of one phrase before the first line of several, or behind the last."""
    multi = [i for i, line in enumerate(lines) if len(line.phrases) > 1]
    if not multi:
        return []
    start, end = multi[0], multi[-1] + 1
    while start and _is_over(lines[start - 1], lines[start:end]):
        start -= 1
    while end < len(lines) and (wraps(lines[start:end], lines[end]) or _is_heading(lines[start:end], lines[end])):
        end += 1
    return list(lines[start:end])


def _is_over(line: Line, below: Sequence[Line]) -> bool:
    """A text close above the first names: the upper line of one of them if it is short, or a name over several."""
    size = line.bottom - line.top
    if below[0].top - line.bottom > LEADING * size:
        return False
    width = max(other.x1 for other in below) - min(other.x0 for other in below)
    if line.x1 - line.x0 < 0.2 * width and len(below[0].phrases) > 2:
        return True
    # A title over the table begins over its first column, or is set larger.
    first = min((p for other in below for p in other.phrases), key=lambda p: p.x0)
    return of_one_size(line, below[0]) and line.x0 > first.x1 and id(line.phrases[0]) in upper_names([line, *below[:2]], below[2:])


def _is_heading(above: Sequence[Line], line: Line) -> bool:
    """A heading of rows at the end of a page: it looks like one further up."""
    bold = line.words[0].bold
    alone = [other for other in above if len(other.phrases) == 1 and other.words[0].bold]
    return bold and any(abs(other.x0 - line.x0) < 0.7 for other in alone) and line.top - above[-1].bottom < 3 * (line.bottom - line.top)


def _is_table(lines: Sequence[Line], xs: Sequence[float], banded: bool) -> bool:
    """Figures under each other, or many short texts in three columns or more. Prose in columns fills its lines."""
    cells = [placed(line, xs) for line in lines]
    if _is_one_row(cells, banded):
        return True
    multi = [c for c in cells if len(c) > 1]
    if len(multi) < 3 and not (len(multi) == 2 and len(xs) > 3):
        return False
    # A row of long texts has one line of several phrases, and many that go on with one of its cells.
    rests = sum(len(line.phrases) == 1 and k > 0 and wraps(lines[:k], line) for k, line in enumerate(lines))
    if len(multi) < 0.35 * (len(lines) - rests) or len(multi) < 0.12 * len(lines):
        return False
    if not banded and len(xs) > 5 and sum(map(len, cells)) < 0.25 * len(cells) * (len(xs) - 1):
        return False  # labels strewn over a drawing
    if any(_is_axis([here for here in cells if c in here], c) for c in range(len(xs) - 1)):
        return False
    figured = 0
    for c in range(1, len(xs) - 1):
        texts = [" ".join(p.text for p in here[c]) for here in cells if c in here]
        numeric = sum(map(is_figure, texts))
        if (
            numeric >= 2
            and numeric >= 0.6 * (len(texts) - 2)
            and _aligned([p for here in cells for p in here.get(c, ()) if is_figure(p.text)])
        ):
            figured += 1
    if figured:
        return True
    lengths = [len(p.text) for here in multi for ps in here.values() for p in ps]
    return len(xs) > 3 and len(multi) >= 4 and sum(lengths) / len(lengths) < 24


def _is_one_row(lines: Sequence[dict[int, list[Phrase]]], banded: bool) -> bool:
    """Names and a single row below them: several figures behind a text, each under a name."""
    rows = [k for k, here in enumerate(lines) if any(is_value(p.text) for c, ps in here.items() if c for p in ps)]
    if len(rows) != 1 or not 0 < rows[0] < 5:
        return False
    row = lines[rows[0]]
    named = {c for here in lines[: rows[0]] for c in here}
    figures = [c for c, ps in row.items() if c and len(ps) == 1 and is_figure(ps[0].text)]
    return (
        len(figures) >= (2 if banded else 3)
        and min(row) < figures[0]
        and named.issuperset(figures)
        and len(figures) >= 0.5 * (len(named) - 1)
    )


def _is_axis(rows: Sequence[dict[int, list[Phrase]]], column: int) -> bool:
    """The scale of a chart: figures that fall by equal steps from line to line, mostly with nothing beside them."""
    alone = [here for here in rows if is_figure(here[column][0].text)]
    values = [here[column][0].text.replace(",", ".").rstrip("%") for here in alone]
    if len(values) < 5 or sum(map(len, alone)) > 2 * len(alone):
        return False
    try:
        numbers = [float(v) for v in values]
    except ValueError:
        return False
    longest = run = 1
    for k in range(1, len(numbers)):
        step = numbers[k - 1] - numbers[k]
        run = run + 1 if step > 0 and (run == 1 or abs(step - (numbers[k - 2] - numbers[k - 1])) < 0.01 * step) else 1
        longest = max(longest, run)
    return longest > 4 and longest >= 0.4 * len(numbers)


def _aligned(figures: Sequence[Phrase]) -> bool:
    """Figures under each other: most of them share a right edge, a left edge or a middle."""
    size = max(p.size for p in figures)
    for places in ([p.x1 for p in figures], [p.x0 for p in figures], [(p.x0 + p.x1) / 2 for p in figures]):
        middle = sorted(places)[len(places) // 2]
        if sum(abs(x - middle) <= 0.6 * size for x in places) >= 0.6 * len(places):
            return True
    return False


def _header_lines(lines: Sequence[Line], xs: Sequence[float], separators: Sequence[float]) -> int:
    """How many lines at the top are header: those before the first figure, up to a rule or a wider blank that parts them."""
    first = next((i for i, line in enumerate(lines) if _has_data(line, xs) or _is_coded(line, xs)), len(lines))
    if not first:
        return 0
    for y in separators:
        above = sum(1 for line in lines if line.middle < y)
        if 0 < above <= first:
            return above
    while first > 1 and len(lines[first - 1].phrases) == 1 and lines[first - 1].phrases[0].x0 < xs[1]:
        first -= 1  # a heading of rows, not a name of columns
    if first == len(lines):
        return first
    figured = {c for c, ps in placed(lines[first], xs).items() if c and any(is_figure(p.text) for p in ps)}
    # A name in the middle may stand beside all figures of its column, where these are short: no row fills that place.
    idle = set(range(1, len(xs) - 1)) - {c for line in lines[first:] for c in placed(line, xs)}
    named = max((k for k, line in enumerate(lines[:first]) if (figured | idle) & set(placed(line, xs))), default=first)
    for k in range(named + 1, first):
        if lines[k].top - max(line.bottom for line in lines[:k]) > LEADING * (lines[k].bottom - lines[k].top):
            return k  # behind the names a text of the first row, whose figures stand at its middle or its end
    return first


def _has_data(line: Line, xs: Sequence[float]) -> bool:
    figures = [p for p in line.phrases if is_value(p.text) and p.x1 > xs[1]]
    return bool(figures)


def _is_coded(line: Line, xs: Sequence[float]) -> bool:
    """A number or code in the first column and something beside it: a row, whatever it prints."""
    first = line.phrases[0]
    return len(line.phrases) > 1 and first.x1 <= xs[1] and not is_year(first.text) and (is_figure(first.text) or is_code(first.text))
