"""Finds the lines of a text that are a table aligned with spaces: such tables are not read, and that is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .parts import LEADERS
from .pdf.lines import is_figure
from .raw import TextBlock, TextKind

_CHUNK = re.compile(r"\S+(?: \S+)*")
_LONGEST = 2000
"""Characters of a line; a longer one is no line of a printed page."""
_BETWEEN = 8
"""Lines that may stand between two rows: what wraps, a heading, a blank line."""
_ROWS = 4
"""Lines with columns that are a table."""
_HALF, _SAME = 0.5, 3


def spaced_tables(pieces: Sequence[object], lines: Sequence[str]) -> list[tuple[int, int]]:
    """First and last line, from 1, of each table that only spaces part into columns. Lines of other tables are not looked at.

    Linear in the characters of the text.
    """
    free = {p.place.line for p in pieces if isinstance(p, TextBlock) and p.kind in (TextKind.LINE, TextKind.BULLET)}
    found: list[tuple[int, int]] = []
    run: dict[int, list[tuple[str, int, int]]] = {}
    for number, line in enumerate([*lines, ""], 1):
        chunks = _columns(line) if number in free else []
        if run and (number > len(lines) or number - max(run) > _BETWEEN):
            if _is_table(list(run.values())):
                found.append((min(run), max(run)))
            run = {}
        if len(chunks) > 3 or (len(chunks) > 2 and any(is_figure(text) for text, _, _ in chunks[1:])):
            run[number] = chunks
    return found


def _columns(line: str) -> list[tuple[str, int, int]]:
    """The texts of a line that wide blanks part, with where they begin and end."""
    if len(line) > _LONGEST or LEADERS.search(line):
        return []
    return [(m.group(), m.start(), m.end()) for m in _CHUNK.finditer(line)]


def _is_table(rows: Sequence[Sequence[tuple[str, int, int]]]) -> bool:
    """True where figures stand in half of the lines, and two places or more at which half of them, three at least, begin or end a text.

    Justified prose has wide blanks too, nowhere the same.
    """
    if len(rows) < _ROWS or sum(any(is_figure(t) for t, _, _ in row[1:]) for row in rows) < _HALF * len(rows):
        return False
    for side in (1, 2):
        counts = Counter(place for row in rows for place in {chunk[side] for chunk in row[1:]})
        if sum(n >= max(_SAME, _HALF * len(rows)) for n in counts.values()) > 1:
            return True
    return False
