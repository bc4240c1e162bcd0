"""Tables that repeat rows which the document already reported, such as the justification tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz

from ..extract.raw import TextBlock
from ..schema.plan import Kind, MeasureKind
from .context import without_number
from .draft import Draft
from .folding import fold
from .lexicon import load

_SAME_NAME = 85.0
_TITLE_LINES = 8
# Rows of the same figures that a row is compared with; figures that recur more often tell no row apart.
_MAX_ALIKE = 25
_MAX_NAME = 400
_LEAST = 2
# Of the rows of a table, how many must repeat others; of the rows before, how many the repeated ones may be at most.
_MOST, _PART = 0.8, 0.6
_COUNTED = re.compile(
    r"^(?:anexo|cuadro|tabla|secci[oó]n|cap[ií]tulo|apartado|parte)\s+(?:n[.°º]*\s*)?(?:\d[\d.]*|[ivx]+|[a-h])\b\s*[.:)\-–—]*\s*", re.I
)


@cache
def _titles(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(t, re.I) for t in load("classes").get(name, ()))


def is_restatement_title(blocks: Sequence[TextBlock]) -> bool:
    """True where one of the last lines above a table says that it justifies rows of others."""
    return any(p.match(_bare(b.text)) for b in blocks[-_TITLE_LINES:] for p in _titles("restated_titles"))


def is_explaining_title(blocks: Sequence[TextBlock]) -> bool:
    """True where one of the last lines above a table announces explanations; whether of rows of other tables, its rows must show."""
    return any(p.match(_bare(b.text)) for b in blocks[-_TITLE_LINES:] for p in _titles("explaining_titles"))


def _bare(text: str) -> str:
    """A title without what counts it: "4. Justificaciones", "Cuadro 3: Explicación de …"."""
    return without_number(_COUNTED.sub("", text.strip()))


def mark_explained_tables(drafts: Sequence[Draft], explaining: frozenset[int]) -> None:
    """Marks the tables as restated that explain rows of earlier tables, by code and name.

    Those with a title that announces it (``explaining``), whatever figures they print: of another period, or none. Without
    one, those with remarks that print no figure which the rows they repeat lack, and that, all such tables together, repeat
    but a part of the rows: a follow-up by unit of what one table programmed repeats them all.
    """
    known = _Known()
    by_table: dict[int, list[Draft]] = {}
    for d in drafts:
        by_table.setdefault(d.table, []).append(d)
    untitled: list[tuple[int, list[Draft]]] = []
    for number, rows in by_table.items():
        named = [d for d in rows if d.name and d.kind != Kind.TOTAL]
        pairs = [(d, own) for d in named if (own := known.row_like(d)) is not None]
        if not any(d.restated for d in rows) and len(pairs) >= _LEAST and len(pairs) > _MOST * len(named):
            if number in explaining:
                _restate(rows)
            elif _most(_adds_nothing(d, own) for d, own in pairs) and _most(bool(d.observation) for d in named):
                untitled.append((known.count, rows))
        if not any(d.restated for d in rows):
            known.add(named)
    if sum(len(rows) for _, rows in untitled) <= _PART * min((n for n, _ in untitled), default=0):
        for _, rows in untitled:
            _restate(rows)


@dataclass(slots=True)
class _Known:
    """The rows of the tables before, by code and by name."""

    rows: dict[tuple[str, str], Draft] = field(default_factory=dict)
    count: int = 0

    def row_like(self, row: Draft) -> Draft | None:
        own = self.rows.get((row.code_printed, "")) if row.code_printed else None
        if own is not None and fuzz.ratio(fold(row.name[:_MAX_NAME]), fold(own.name[:_MAX_NAME])) >= _SAME_NAME:
            return own
        return self.rows.get(("" if not row.code_printed else row.code_printed, fold(row.name[:_MAX_NAME])))

    def add(self, rows: Sequence[Draft]) -> None:
        for d in rows:
            name = fold(d.name[:_MAX_NAME])
            self.count += ("", name) not in self.rows
            for key in ((d.code_printed, ""), (d.code_printed, name), ("", name)):
                if key != ("", ""):
                    self.rows.setdefault(key, d)


def _restate(rows: Sequence[Draft]) -> None:
    for d in rows:
        d.restated = True


def _most(facts: Iterable[bool]) -> bool:
    found = list(facts)
    return sum(found) > _MOST * len(found)


def _adds_nothing(row: Draft, own: Draft) -> bool:
    """True where a row with a code or figures prints no figure that the row which it repeats does not."""
    values, others = ({m.quantity.value for m in d.measures if m.quantity.value is not None} for d in (row, own))
    return bool(row.code_printed or values) and values <= others


def mark_repeated_tables(drafts: Sequence[Draft]) -> None:
    """Marks a table as restated where most of its rows repeat name and figures of rows of earlier tables."""
    seen: dict[tuple[float | None, ...], list[Draft]] = {}
    by_table: dict[int, list[Draft]] = {}
    for d in drafts:
        by_table.setdefault(d.table, []).append(d)
    for rows in by_table.values():
        if not any(d.restated for d in rows) and len(rows) >= 2:
            repeats = sum(1 for d in rows if d.code is None and any(_same(d, o) for o in seen.get(_figures(d), ())))
            if repeats > len(rows) / 2:
                for d in rows:
                    d.restated = True
        for d in rows:
            if not d.restated and len([v for v in _figures(d) if v]) >= 2:
                alike = seen.setdefault(_figures(d), [])
                if len(alike) < _MAX_ALIKE:
                    alike.append(d)


def _figures(draft: Draft) -> tuple[float | None, ...]:
    kinds = (MeasureKind.TARGET, MeasureKind.ACTUAL, MeasureKind.PERCENT)
    return tuple(m.quantity.value for m in draft.measures if m.measure in kinds)


def _same(a: Draft, b: Draft) -> bool:
    return a.section == b.section and fuzz.ratio(fold(a.name[:_MAX_NAME]), fold(b.name[:_MAX_NAME])) >= _SAME_NAME
