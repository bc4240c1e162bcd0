"""Cuts runs of rows into parts of tables: where a header starts, what stands above it, what is a table of contents."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .headers import MAX_LEVELS, header_levels
from .lexing import Run
from .marks import is_page_number, redactions
from .raw import Row, TextBlock, TextKind
from .shape import NUMERIC, is_code, is_year, shape

LEADERS = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}")
_DIGITS = re.compile(r"\d+")
_LEAD_ROWS = 8

Signature = tuple[str, ...]


@dataclass(slots=True)
class Part:
    """Rows of one table between two breaks, with the header printed on them, if any."""

    header: list[Row]
    rows: list[Row]
    spans: bool = False
    others: list[Row] = field(default_factory=list)
    """Rows of its header printed again that do not say the same."""

    @property
    def signature(self) -> Signature:
        return tuple(key(c.text) for row in self.header for _, c in row.filled)


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """A text without case, accents and digits, to see that it is printed again."""
    plain = _DIGITS.sub("#", text.casefold())
    if plain.isascii():
        return " ".join(plain.split())
    plain = unicodedata.normalize("NFD", plain)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def unlike(again: Sequence[Row], header: Sequence[Row]) -> list[Row]:
    """The rows of a header printed again with a text that the first one does not print: another year or period, or a slip."""
    first = {_plain(c.text) for row in header for _, c in row.filled}
    return [row for row in again if any(_plain(c.text) not in first for _, c in row.filled)]


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def texts(row: Row) -> list[str]:
    return [c.text if c else "" for c in row.cells]


def as_text(row: Row, kind: TextKind = TextKind.LINE) -> TextBlock:
    marks = row.filled[0][1].marks if row.filled else frozenset()
    return TextBlock(row.joined, row.place, kind, marks)


@dataclass(slots=True)
class KnownHeaders:
    """First header lines of the document with their number of levels, and their cells by column."""

    levels: dict[Signature, int] = field(default_factory=dict)
    cells: dict[tuple[int, str], set[int]] = field(default_factory=dict)

    def add(self, signature: Signature, levels: int) -> None:
        if signature not in self.levels:
            for c, key in enumerate(signature):
                if key:
                    self.cells.setdefault((c, key), set()).add(len(self.levels))
            self.levels[signature] = levels

    def levels_of(self, pairs: set[tuple[int, str]]) -> int:
        """-1 where one header holds all these cells; its levels where it holds most (another class label, say); 0 else."""
        found = Counter(h for p in pairs for h in self.cells.get(p, ()))
        if not found:
            return 0
        header, count = min(found.items(), key=lambda f: (-f[1], f[0]))
        if count == len(pairs):
            return -1
        return list(self.levels.values())[header] if count >= max(3, 0.6 * len(pairs)) else 0


def known_headers(pieces: list[TextBlock | Run]) -> KnownHeaders:
    """First header lines of the document (two texts at least) with their number of levels."""
    known = KnownHeaders()
    for piece in pieces:
        if isinstance(piece, Run):
            lead, levels = _lead_and_levels(piece)
            if levels:
                signature = tuple(key(t) for t in texts(piece.rows[lead]))
                known.add(_trim(signature), levels)
    return known


def _levels(run: Run, start: int) -> int:
    """Header levels at row ``start``: what the markup says, where its rows do not look like data, else by form."""
    window = [texts(r) for r in run.rows[start : start + 60]]
    by_form = header_levels(window)
    if run.levels and start == 0:
        first = [t for t in window[0] if t]
        if by_form or (len(first) > 1 and not is_code(first[0]) and not any(shape(t) in NUMERIC for t in first)):
            return min(max(run.levels, by_form), MAX_LEVELS, len(run.rows))
        return 0
    return by_form


def _lead_and_levels(run: Run) -> tuple[int, int]:
    """How many label rows stand above the header of a run, and its header levels; (0, 0) where it has no header."""
    for lead in range(min(_LEAD_ROWS, len(run.rows))):
        if levels := _levels(run, lead):
            return lead, levels
        row = run.rows[lead]
        if len(row.filled) > 2 or any(shape(c.text) in NUMERIC for _, c in row.filled):
            break
    return 0, 0


def _trim(signature: Signature) -> Signature:
    end = len(signature)
    while end and not signature[end - 1]:
        end -= 1
    return signature[:end]


def repeated_lines(pieces: list[TextBlock | Run]) -> Counter[str]:
    """How often each line of text, or label row, is printed, digits aside."""
    counts: Counter[str] = Counter()
    for piece in pieces:
        if isinstance(piece, TextBlock):
            counts[key(piece.text)] += 1
        else:
            counts.update(key(r.joined) for r in piece.rows if len(r.filled) <= 2)
    return counts


def cut(run: Run, known: KnownHeaders, repeated: Counter[str]) -> list[TextBlock | Part]:
    """Cuts a run where a header starts; label rows above a header, and repeated ones at its start, become text."""
    rows = run.rows if run.spans else _trimmed(run.rows)
    if is_contents(rows, headed=_levels(run, 0) > 0):
        return [as_text(r, TextKind.CONTENTS) for r in rows]
    lead, levels = _lead_and_levels(run)
    items: list[TextBlock | Part] = []
    if not levels:
        while lead < len(rows) and _is_label(rows[lead], repeated):
            lead += 1
    items += [as_text(r) for r in rows[:lead]]
    part = Part(rows[lead : lead + levels], [], run.spans)
    items.append(part)
    furniture: list[TextBlock] = []
    i = lead + levels
    while i < len(rows):
        found = _printed_levels(rows, i, _header_at(rows, i, known))
        if found == 0 and _is_page_label(rows[i]):
            furniture.append(as_text(rows[i], TextKind.RUNNING))
            i += 1
            continue
        if found == 0:
            part.rows.append(rows[i])
            i += 1
            continue
        again = tuple(key(c.text) for _, c in rows[i].filled)
        if found < 0 or (again and part.signature[: len(again)] == again and not _ends_with_band(part.rows)):
            part.others += unlike(rows[i : i + abs(found)], part.header)
            i += abs(found)  # the header of this very table once more, whole or cut
            continue
        above: list[Row] = []
        while part.rows and len(part.rows[-1].filled) == 1 and part.rows[-1].filled[0][0] == 0:
            above.insert(0, part.rows.pop())
        items += [as_text(r) for r in above]
        part = Part(rows[i : i + found], [], run.spans)
        items.append(part)
        i += found
    return [*(p for p in items if isinstance(p, TextBlock) or p.header or p.rows), *furniture]


def _is_page_label(row: Row) -> bool:
    """A row that is the number of a page, alone or beside the name of the document: "POA 2021 | Página 3 de 8"."""
    return len(row.filled) <= 2 and any(c.text[:1].isalpha() and is_page_number(c.text) for _, c in row.filled)


def _ends_with_band(rows: list[Row]) -> bool:
    return bool(rows) and len(rows[-1].filled) == 1 and rows[-1].filled[0][0] == 0


def _printed_levels(rows: list[Row], i: int, levels: int) -> int:
    """Of the header levels that start at row i, those that are printed: a header repeated with its first line only heads data."""
    for n in range(1, levels):
        filled = rows[i + n].filled if i + n < len(rows) else []
        if not filled or is_code(filled[0][1].text) or any(shape(c.text) in NUMERIC and not is_year(c.text) for _, c in filled):
            return n
    return levels


def _header_at(rows: list[Row], i: int, known: KnownHeaders) -> int:
    """Header levels at row i inside a run where a known header is printed again; -1 for a part of one; 0 else."""
    filled = rows[i].filled
    if len(filled) < 2 or len(filled[0][1].text) > 80:
        return 0
    signature = _trim(tuple(key(t) for t in texts(rows[i])))
    if signature in known.levels:
        return known.levels[signature]
    if is_code(filled[0][1].text) or any(shape(c.text) in NUMERIC for _, c in filled):
        return 0
    pairs = {(c, key(cell.text)) for c, cell in filled}
    return known.levels_of(pairs)


def _is_label(row: Row, repeated: Counter[str]) -> bool:
    """A page label printed as a row: one or two texts, no figure, printed three times or more in the document."""
    filled = row.filled
    if not filled or len(filled) > 2 or any(shape(c.text) in NUMERIC or is_code(c.text) for _, c in filled):
        return False
    return repeated[key(row.joined)] >= 3 and not redactions(row.joined)


def _trimmed(rows: list[Row]) -> list[Row]:
    """Rows without the blank columns at their right end."""
    width = max((f[-1][0] + 1 for r in rows if (f := r.filled)), default=0)
    return [Row(r.cells[:width], r.place) if len(r.cells) > width else r for r in rows]


def is_contents(rows: list[Row], headed: bool) -> bool:
    """A table of contents: texts and page numbers that do not fall, with leaders or, without a header, in some length."""
    if len(rows) < 3 or any(len(r.filled) > 2 for r in rows):
        return False
    pairs = [r.filled for r in rows if len(r.filled) == 2]
    pages = [int(p[1][1].text) for p in pairs if p[1][1].text.isdecimal() and len(p[1][1].text) < 5]
    if len(pairs) < 3 or len(pages) < 0.8 * len(pairs):
        return False
    rising = sum(1 for a, b in itertools.pairwise(pages) if a <= b)
    leaders = any(LEADERS.search(p[0][1].text) for p in pairs)
    return rising >= 0.8 * (len(pages) - 1) and (leaders or (len(pages) >= 8 and not headed)) and pages[-1] > pages[0]
