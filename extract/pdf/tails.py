"""What stands below the last row of a table without a grid: rests of its cells, its name, a heading; or a note, which is none of it."""

from __future__ import annotations

from collections.abc import Sequence

from .lines import Line
from .rows import LEADING


def without_notes(lines: Sequence[Line]) -> list[Line]:
    """Without the lines of one phrase behind the last row that neither go on with it nor look like a heading of rows further up."""
    last = end = max((i + 1 for i, line in enumerate(lines) if len(line.phrases) > 1), default=0)
    alone = [other for other in lines[:last] if len(other.phrases) == 1]
    while 0 < end < len(lines):
        line = lines[end]
        if not (any(_alike(a, line) for a in alone) or wraps(lines[:end], line) or _completes(lines[:last], line)):
            break
        end += 1
    return list(lines[:end])


def _alike(heading: Line, line: Line) -> bool:
    """Two headings: of one size, both bold or both beginning at one place. Bold ones of several levels are indented as they like."""
    bold = heading.words[0].bold
    return bold == line.words[0].bold and of_one_size(heading, line) and (bold or abs(heading.x0 - line.x0) < 0.7)


def wraps(above: Sequence[Line], line: Line) -> bool:
    """A line of one phrase that goes on with a cell of the last row: close below, at the place where its texts begin."""
    size = line.bottom - line.top
    if line.top - above[-1].bottom > LEADING * size:
        return False
    return any(abs(p.x0 - line.x0) < 0.7 and p.x1 > line.x1 - 6 * size for other in above[-6:] for p in other.phrases)


def _completes(above: Sequence[Line], line: Line) -> bool:
    """The name of the last row, printed a little lower than its figures: the row has no text there, and others begin one there as long."""
    size = line.bottom - line.top
    free = all(p.x1 < line.x0 or p.x0 > line.x1 for p in above[-1].phrases) and line.top - above[-1].bottom < 2 * size
    named = sum(abs(p.x0 - line.x0) < 0.7 and p.x1 > line.x1 - 6 * size for other in above for p in other.phrases)
    return free and named > 1


def of_one_size(a: Line, b: Line) -> bool:
    return abs((a.bottom - a.top) - (b.bottom - b.top)) < 0.08 * (a.bottom - a.top)
