"""The unit of each column of money: the currency and multiple of its header, else of its cells, its table, the captions, the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..extract.raw import Block, TextBlock, TextKind
from .currencies import UNKNOWN, Stated, captioned, of_country, settled, stated, unit_code
from .table_view import TableView

_BELOW = 4
"""Lines right below a table among which its notes stand."""
_NOTHING = Stated()


@dataclass(slots=True)
class _Captions:
    """What the lines around one table state of its amounts, and what those before the first table state for all."""

    own: Stated = _NOTHING
    of_all: Stated = _NOTHING


def name_units(views: Sequence[TableView], blocks: Sequence[Block]) -> None:
    """Gives each table the units of its columns of money: "bob", "usd_thousand", "gtq_percent"; "amount" where none is told."""
    captions = _captions(blocks)
    told = {(v.number, c.index): _told(v, c.index) for v in views for c in v.money}
    everywhere = [*told.values(), *(s for c in captions for s in (c.own, c.of_all))]
    known = frozenset(s.codes[0] for s in everywhere if len(s.codes) == 1)
    country = frozenset().union(*(of_country(t) for t in _lines(blocks)))
    for view, caption in zip(views, captions, strict=True):
        beside = next((s for c in view.money if (s := told[view.number, c.index]).codes), _NOTHING)
        for c in view.money:
            own = told[view.number, c.index]
            found = _joined(_joined(_joined(own, caption.own), beside), caption.of_all)
            code = settled(found, known, country) if found.codes else _only(known)
            view.money_units[c.index] = f"{code}_percent" if c.money == "percent" else unit_code(code, found.scale)


def _told(view: TableView, column: int) -> Stated:
    """What a header says from its innermost level on; the currency of most of the cells that print one, where it names none."""
    printed = next(c.printed for c in view.columns if c.index == column)
    found = _NOTHING
    for level in reversed(printed.split(" / ")):
        found = _joined(found, stated(level) or _NOTHING)
    cells = Counter(s for r in view.table.rows if (s := stated(r.text(column))) is not None and s.codes)
    return _joined(found, replace(cells.most_common(1)[0][0], scale="")) if cells else found


def _joined(first: Stated, other: Stated) -> Stated:
    """What two texts say together; of amounts in another currency the second says nothing."""
    common = tuple(c for c in first.codes if c in other.codes)
    if first.codes and other.codes and not common:
        return first
    codes = common or first.codes or other.codes
    usual = first.usual if first.usual in codes or not other.usual else other.usual
    return Stated(codes, first.scale or other.scale, usual if first.codes else other.usual)


def _only(known: frozenset[str]) -> str:
    return next(iter(known)) if len(known) == 1 else UNKNOWN


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    return (b.text for b in blocks if isinstance(b, TextBlock) and b.kind is not TextKind.IMAGE)


def _captions(blocks: Sequence[Block]) -> list[_Captions]:
    """One for each table, in order. A table that goes on with the one before it has its caption too."""
    found: list[_Captions] = []
    of_all, above, below = _NOTHING, _NOTHING, 0
    for block in blocks:
        if not isinstance(block, TextBlock):
            own = found[-1].own if block.inherited and found and above == _NOTHING else above
            found.append(_Captions(own, of_all))
            above, below = _NOTHING, 0
            continue
        told = captioned(block.text) if block.kind not in (TextKind.CONTENTS, TextKind.IMAGE) else None
        below += 1
        if told is None:
            continue
        if found and below <= _BELOW and _is_note(block.text):
            found[-1].own = _joined(found[-1].own, told)
            continue
        above = _joined(told, above)
        if not found and not _OF_TABLE.match(block.text):
            of_all = _joined(told, of_all)
    if found and below <= _BELOW:
        found[-1].own = _joined(found[-1].own, above)  # no table follows that it could head
    return found


_OF_TABLE = re.compile(r"\W*(?:tabla|cuadro|table)\b", re.I)
"""The beginning of a title that is of one table."""


def _is_note(text: str) -> bool:
    """True for a line of small print that stands below a table: "Nota: montos en miles de soles"."""
    return text.lstrip().lower().startswith(("nota", "note", "*", "fuente", "source"))
