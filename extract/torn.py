"""Rejoins torn tables: a list of names printed as text above a table that holds only their values."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from .marks import goes_on
from .raw import Block, Cell, Row, Table, TextBlock, TextKind
from .shape import NUMERIC, Shape, profiles, shape

_MAX_NAMES = 60
_MAX_LINE = 140
_WORDS = 1.5


def rejoin(blocks: list[Block]) -> list[Block]:
    """Joins each list of names with the table of values below it.

    A table is torn where the lines right above it start with a text that heads the first column of
    another table of the document, and its own columns have no such header; or, where no other table tells, where the
    lines give exactly one name per row and the table itself has no column of names.
    """
    heads = _first_headers(blocks)
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and block.header and (found := _names_above(out, block, heads)):
            start, header, names, doubtful = found
            del out[start:]
            block = _with_names(block, header, names, doubtful)
        out.append(block)
    return out


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold())
    return re.sub(r"[^a-z0-9%#]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


def _first_headers(blocks: list[Block]) -> set[str]:
    """The texts that head the first column of some table of the document."""
    return {_key(b.names[0]) for b in blocks if isinstance(b, Table) and len(b.columns) > 1 and b.names[0] and not b.inherited}


def _names_above(out: list[Block], table: Table, heads: set[str]) -> tuple[int, TextBlock, list[list[TextBlock]], bool] | None:
    """(index of the header line, that line, the lines of each name, whether their grouping is a guess)."""
    start = len(out)
    while start and isinstance(b := out[start - 1], TextBlock) and len(out) - start < _MAX_NAMES and _is_name_line(b):
        start -= 1
    numbered = [(i, b) for i, b in enumerate(out[start:], start) if isinstance(b, TextBlock) and b.kind is not TextKind.IMAGE]
    lines = [b for _, b in numbered]
    if len(lines) < 2:
        return None
    rows = len(table.rows)
    own = {_key(n) for n in table.names}
    at = next((i for i in range(len(lines) - 2, -1, -1) if (k := _key(lines[i].text)) in heads and k not in own), None)
    if at is not None:
        grouped = _group(lines[at + 1 :], rows)
        if grouped is None:
            return None
        names, doubtful = grouped
        return numbered[at][0], lines[at], names, doubtful
    if not _lacks_names(table) or lines[0].gap is False or rows < 2:
        return None
    at = max(i for i, b in enumerate(lines) if i == 0 or (b.gap and i < len(lines) - rows))
    grouped = _group(lines[at + 1 :], rows)
    if grouped is None or grouped[1]:
        return None
    return numbered[at][0], lines[at], grouped[0], False


def _is_name_line(block: TextBlock) -> bool:
    return len(block.text) <= _MAX_LINE and not block.text.endswith((".", ":", ";")) and block.kind in (TextKind.LINE, TextKind.IMAGE)


def _lacks_names(table: Table) -> bool:
    """True where no column tells the rows apart: figures, and texts that repeat or are short."""
    columns = profiles([[c.text if c else "" for c in r.cells] for r in table.rows], len(table.columns))
    if not any(p.shape in NUMERIC for p in columns):
        return False
    for c, p in enumerate(columns):
        if p.shape is Shape.TEXT:
            texts = [r.text(c) for r in table.rows]
            distinct = len(set(texts)) > 0.8 * len(texts)
            if distinct and sum(map(len, texts)) > 18 * len(texts):
                return False
            # The first column, headed and with a text of some words for each row, names them however short the texts are.
            if distinct and c == 0 and table.names[0] and sum(len(t.split()) for t in texts) >= _WORDS * len(texts):
                return False
    return not any(shape(r.text(0)) is Shape.BLANK for r in table.rows)


def _group(lines: list[TextBlock], rows: int) -> tuple[list[list[TextBlock]], bool] | None:
    """Groups lines into ``rows`` names: wrapped lines go with the one before. The flag says that the grouping is a guess."""
    if len(lines) < rows or not rows:
        return None
    if len(lines) == rows:
        return [[b] for b in lines], False
    groups: list[list[TextBlock]] = []
    for block in lines:
        if groups and _continues(groups[-1][-1], block):
            groups[-1].append(block)
        else:
            groups.append([block])
    if len(groups) == rows:
        return groups, False
    by_gap: list[list[TextBlock]] = []
    for block in lines:
        if by_gap and not block.gap:
            by_gap[-1].append(block)
        else:
            by_gap.append([block])
    return (by_gap, False) if len(by_gap) == rows else None


def _continues(before: TextBlock, block: TextBlock) -> bool:
    text = before.text
    if goes_on(text) or text.count("(") > text.count(")"):
        return True
    return block.text[:1].islower() or block.text[:1] in "(,"


def _with_names(table: Table, header: TextBlock, names: list[list[TextBlock]], doubtful: bool) -> Table:
    rows = []
    for row, lines in zip(table.rows, names, strict=True):
        cell = Cell(" ".join(b.text for b in lines), lines[0].place, marks=lines[0].marks)
        unsure = frozenset(c + 1 for c in row.unsure) | ({0} if doubtful else frozenset())
        rows.append(replace(row, cells=(cell, *row.cells), unsure=unsure, rivals=()))
    head = []
    for i, row in enumerate(table.header):
        head.append(Row((Cell(header.text if i == 0 else "", header.place), *row.cells), row.place))
    return replace(table, header=tuple(head), columns=((header.text,), *table.columns), rows=tuple(rows))
