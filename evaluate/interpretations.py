"""The interpretations of rows in the prose: lines that name an indicator, with what stands below each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from ..normalize.folding import fold
from ..normalize.organisations import is_unit
from ..schema.plan import Indicator, Narrative
from .repeats import content
from .subject import Subject
from .wordings import load

_LONGEST = 200
# Beyond this many rows names are only compared letter by letter: no document interprets so many one by one.
_MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Head:
    """A line of the prose that is the name of a row, with whether a text or a mark follows; ``row`` is None where no row has that name."""

    row: Indicator | None
    line: Narrative
    told: bool
    struck: bool


def interprets(found: Sequence[Head]) -> bool:
    """True where so many names have a text or a mark that each is expected to have one."""
    words = load("interpretation")
    return len(found) >= words["least_names"] and sum(h.told or h.struck for h in found) >= words["share"] * len(found)


def heads(subject: Subject) -> list[Head]:
    """The names of rows among the lines of the prose, each with what stands between it and the next one."""
    lines = subject.plan.narrative
    named = _named(subject)
    marks = sorted(m.place.order for m in subject.plan.redactions)
    tables = sorted(r.place.order for r in subject.plan.indicators)
    return [_head(lines, n, named[k + 1][0] if k + 1 < len(named) else len(lines), row, marks, tables) for k, (n, row) in enumerate(named)]


def heads_without_row(subject: Subject, known: Sequence[Head]) -> list[Head]:
    """Lines between the names of rows that are such names by their form, with a text or mark below, and that no row has."""
    if not known:
        return []
    lines = subject.plan.narrative
    at = {line.place.order: n for n, line in enumerate(lines)}
    named = {at[h.line.place.order] for h in known}
    marks = sorted(m.place.order for m in subject.plan.redactions)
    tables = sorted(r.place.order for r in subject.plan.indicators)
    found = []
    for first, last in _stretches(sorted(named), lines, tables):
        for n in range(first + 1, last):
            if n in named or not _is_title(lines[n].text) or n + 1 >= len(lines):
                continue
            head = _head(lines, n, n + 2, None, marks, tables)
            if head.struck or (head.told and n + 1 not in named and len(lines[n + 1].text) > len(lines[n].text)):
                found.append(head)
    return found


def renamed(subject: Subject, known: Sequence[Head], others: Sequence[Head]) -> dict[tuple[int, float], Indicator]:
    """The row that a name without one may mean, by the place of its line: the likest of those of its objective that are not interpreted."""
    told = {h.row.sequence for h in known if h.row is not None}
    found: dict[tuple[int, float], Indicator] = {}
    for head in others:
        free = {
            r.sequence: key(r.name)
            for r in subject.own_rows[:_MOST_ROWS]
            if r.sequence not in told and r.objective_code == head.line.objective_code and r.place.order < head.line.place.order
        }
        best = process.extractOne(key(head.line.text), free, scorer=fuzz.token_sort_ratio, score_cutoff=load("interpretation")["renamed"])
        if best is not None:
            found[head.line.place.order] = next(r for r in subject.own_rows if r.sequence == best[2])
    return found


def _stretches(named: Sequence[int], lines: Sequence[Narrative], tables: Sequence[tuple[int, float]]) -> list[tuple[int, int]]:
    """The first and last of the names that stand in one list: of one objective, with no table between them."""
    found: list[tuple[int, int]] = []
    for n in named:
        start = lines[n]
        if found and lines[found[-1][0]].objective_code == start.objective_code:
            before = bisect_right(tables, lines[found[-1][1]].place.order)
            if before == bisect_right(tables, start.place.order):
                found[-1] = (found[-1][0], n)
                continue
        found.append((n, n))
    return found


def _named(subject: Subject) -> list[tuple[int, Indicator]]:
    """The lines of the prose that are the name of a row."""
    rows = subject.own_rows
    exact = {fold(r.name): r for r in reversed(rows)}
    keys = {r.sequence: key(r.name) for r in rows} if len(rows) <= _MOST_ROWS else {}
    by_sequence = {r.sequence: r for r in rows}
    found: list[tuple[int, Indicator]] = []
    for n, line in enumerate(subject.plan.narrative):
        if not 8 <= len(line.text) <= _LONGEST or (line.text.endswith((".", ":")) and fold(line.text) not in exact):
            continue
        row = exact.get(fold(line.text))
        if row is None and keys and not is_unit(line.text):
            best = process.extractOne(key(line.text), keys, scorer=fuzz.token_sort_ratio, score_cutoff=load("interpretation")["same"])
            row = by_sequence[best[2]] if best else None
        if row is not None and row.place.order < line.place.order:
            found.append((n, row))
    return found


def _head(
    lines: Sequence[Narrative],
    n: int,
    stop: int,
    row: Indicator | None,
    marks: Sequence[tuple[int, float]],
    tables: Sequence[tuple[int, float]],
) -> Head:
    start, end = lines[n].place.order, lines[stop].place.order if stop < len(lines) else (10**9, 0.0)
    at_table = bisect_right(tables, start)
    end = min(end, tables[at_table]) if at_table < len(tables) else end
    body = []
    for line in lines[n + 1 : stop]:
        if line.place.order >= end or line.objective_code != lines[n].objective_code:
            break
        body.append(line)
    struck = bisect_right(marks, end) > bisect_right(marks, start) if marks else False
    return Head(row, lines[n], any(_is_text(b) for b in body), struck)


def key(name: str) -> str:
    """The words by which a name is known again: "% de Ejecución" is "Porcentaje de Ejecución"."""
    return " ".join(w for w in content(name) if w not in load("interpretation")["left_out"])


def _is_text(line: Narrative) -> bool:
    text = line.text
    return len(text) >= load("interpretation")["least_text"] and text != text.upper() and not is_unit(text)


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(load("interpretation")["no_title"])


def _is_title(text: str) -> bool:
    """True for a line that is a name by its form: short, without a verb, a figure or a colon; no unit and no line of capitals."""
    words = load("interpretation")
    plain = fold(text)
    return (
        words["least_title"] <= len(text) <= words["longest_title"]
        and text[0].isupper()
        and text != text.upper()
        and not any(c.isdigit() for c in text)
        and not text.endswith(":")
        and not is_unit(text)
        and _verbs().search(plain) is None
    )
