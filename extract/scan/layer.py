"""The text layer that lies under the picture of a page: a second witness where it says what the picture shows, else not used."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from ...schema.place import Place
from ..figure_form import BETWEEN, CURRENCY
from ..raw import Block, Cell, RedactionMark, Row, Table
from .balance import DOUBTFUL, PROVED

ReadLayer = Callable[[Collection[Place]], Mapping[Place, str | None]]
"""What the layer says at each place."""
_FIGURE = re.compile(rf"[-(]?\s*(?:{CURRENCY})?\s*\d[\d{BETWEEN}]*\)?\s*%?")
_SAMPLE, _LEAST = 120, 12
"""Cells of a page that are looked at to judge its layer, and how few say nothing of it."""
_ALIKE, _GOOD = 90.0, 0.9
"""Likeness, of 100, of two readings of a text; the share of the sample that must be alike."""


@dataclass(slots=True)
class Layers:
    """The blocks held against the layers; pages whose layer was of use, whose layer was not; characters under bars, by page."""

    blocks: list[Block]
    good: list[int] = field(default_factory=list)
    poor: list[int] = field(default_factory=list)
    beneath: dict[int, int] = field(default_factory=dict)


def compared(blocks: Sequence[Block], pages: Collection[int], marks: Sequence[RedactionMark], read: ReadLayer) -> Layers:
    """Holds the cells on ``pages``, which have a layer, against it. ``marks`` are what was struck out."""
    cells: dict[int, list[Cell]] = defaultdict(list)
    for cell in (c for b in blocks if isinstance(b, Table) for r in (*b.header, *b.rows) for c in r.cells if c is not None and c.text):
        if cell.place.page in pages:
            cells[cell.place.page or 0].append(cell)
    said = read({c.place for its in cells.values() for c in its} | {m.place for m in marks if m.place.page in pages})
    out = Layers(list(blocks))
    for page, its in sorted(cells.items()):
        (out.good if _is_good(its, said) else out.poor).append(page)
    for mark in marks:
        if mark.place.page in pages and (text := said.get(mark.place)):
            out.beneath[mark.place.page or 0] = out.beneath.get(mark.place.page or 0, 0) + len(text)
    good = frozenset(out.good)
    out.blocks = [_table(b, good, said) if isinstance(b, Table) and not good.isdisjoint(b.pages) else b for b in blocks]
    return out


def _is_good(cells: Sequence[Cell], said: Mapping[Place, str | None]) -> bool:
    """True for a layer that says the same as the picture in nearly all of a sample, spread over the page, of what is sure."""
    sure = [c for c in cells if DOUBTFUL not in c.marks]
    sample = sure[:: max(len(sure) // _SAMPLE, 1)]
    same = sum(_alike(c.text, said.get(c.place) or "") for c in sample)
    return len(sample) >= _LEAST and same >= _GOOD * len(sample)


def _alike(text: str, other: str) -> bool:
    if _is_figure(text):
        return _digits(text) == _digits(other)
    return fuzz.ratio(text.casefold(), other.casefold()) >= _ALIKE


def _table(table: Table, pages: frozenset[int], said: Mapping[Place, str | None]) -> Table:
    return replace(table, rows=tuple(_row(r, pages, said) for r in table.rows))


def _row(row: Row, pages: frozenset[int], said: Mapping[Place, str | None]) -> Row:
    return replace(row, cells=tuple(_cell(c, said) if c is not None and c.place.page in pages else c for c in row.cells))


def _cell(cell: Cell, said: Mapping[Place, str | None]) -> Cell:
    """A figure that the layer confirms is right; one that it gives otherwise is in doubt, unless a sum proved it."""
    other = said.get(cell.place)
    if not other or PROVED in cell.marks or not _is_figure(cell.text):
        return cell
    if _digits(cell.text) == _digits(other):
        return replace(cell, marks=(cell.marks - {DOUBTFUL}) | {PROVED})
    return replace(cell, marks=cell.marks | {DOUBTFUL}, readings=tuple(dict.fromkeys((*cell.readings, other))))


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _digits(text: str) -> str:
    return re.sub(r"[^\d\-(]", "", text)
