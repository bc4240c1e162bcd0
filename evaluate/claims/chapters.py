"""The chapters of a document: what its heading lines set apart, one inside the other, with the rows printed in each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ...normalize.context import match_objective, without_number
from ...normalize.folding import fold
from ...normalize.organisations import is_unit
from ...normalize.unit_lines import unit_line
from ...schema.plan import Indicator, Narrative, Plan
from ..wordings import load
from .figures import pattern

_MAX_HEADING, _MAX_WORDS = 110, 16
_NUMBER = re.compile(r"\d+|\b[ivx]+\b", re.I)


@dataclass(frozen=True, slots=True)
class Chapter:
    """What a heading opens. ``key`` is one for a heading that is printed again on a later page."""

    key: str
    title: str
    """The heading without its number."""
    form: str
    """How it is printed (its depth, its numbering, in capitals, a unit): headings of one form stand side by side."""


@dataclass(slots=True)
class Chapters:
    """The chapters of one document by place. A row or a line may stand in several, one inside the other."""

    rows: dict[str, list[Indicator]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    _starts: list[tuple[int, float]] = field(default_factory=list)
    _open: list[tuple[Chapter, ...]] = field(default_factory=list)

    @property
    def parts(self) -> list[str]:
        """The headings with a noun and a number of their own ("Componente 3: …")."""
        return list(
            dict.fromkeys(
                self.titles[c.key] for chapters in self._open for c in chapters if c.form == "named" or _named().match(fold(c.title))
            )
        )

    def at(self, order: tuple[int, float]) -> tuple[str, ...]:
        """The keys of the chapters with rows that a place stands in, the innermost first."""
        n = bisect_right(self._starts, order) - 1
        return tuple(c.key for c in reversed(self._open[n]) if self.rows.get(c.key)) if n >= 0 else ()


def chapters_of(plan: Plan, rows: Sequence[Indicator]) -> Chapters:
    """The chapters that the headings of the prose open. A chapter that holds all the rows, or none, sets none apart."""
    found = Chapters()
    for line, chapters in _open_chapters(plan.narrative, frozenset(fold(r.lead_unit) for r in rows if r.lead_unit)):
        found._starts.append(line.place.order)
        found._open.append(chapters)
        found.titles.update({c.key: c.title for c in chapters})
    inside: dict[str, list[Indicator]] = {}
    for row in rows:
        n = bisect_right(found._starts, row.place.order) - 1
        for chapter in {c.key for c in found._open[n]} if n >= 0 else ():
            inside.setdefault(chapter, []).append(row)
    found.rows = {key: own for key, own in inside.items() if len(own) < len(rows)}
    return found


def _open_chapters(narrative: Sequence[Narrative], units: frozenset[str]) -> Iterator[tuple[Narrative, tuple[Chapter, ...]]]:
    """The headings in order, each with the chapters that are open from there on, the outermost first."""
    printed = Counter(fold(n.text) for n in narrative if len(n.text) <= _MAX_HEADING)
    last: dict[str, tuple[tuple[int, ...], tuple[Chapter, ...]]] = {}
    stack: tuple[Chapter, ...] = ()
    section = narrative[0].section if narrative else 0
    for line in narrative:
        form = _form(line, units)
        if line.section != section:
            stack, section = (), line.section
        if not form or (form == "capitals" and printed[fold(line.text)] > 1):  # "RESULTADOS" below every unit heads none of them
            continue
        number = _counted(line.text)
        whole = re.match(load("claims")["document_headings"], fold(line.text))
        known = next((n for n, c in enumerate(stack) if c.form == form), None)
        if known is not None:
            stack = stack[:known]
        elif form in last and number and number[:-1] == last[form][0][:-1] and number[-1] == last[form][0][-1] + 1:
            stack = last[form][1]  # goes on with a count that an unnumbered heading had come between
        if whole:
            stack = ()
        if number:
            last[form] = (number, stack)
        title = unit_line(line.text) or without_number(line.text).strip(" .:")
        own = "" if form in ("unit", "named", "objective") else "/".join(c.key for c in stack)
        chapter = Chapter(f"{own}/{fold(line.text)}", title, form)
        stack = (*stack, chapter)
        yield line, stack


def _form(line: Narrative, units: frozenset[str]) -> str:
    """How a heading is printed; "" for a line that is none. ``units`` are the names, folded, of the units of the rows."""
    text = line.text.strip()
    if line.heading:
        return f"depth {line.heading}"
    if match_objective(text):
        return "objective"
    if unit_line(text):
        return "unit"
    if len(text) > _MAX_HEADING or len(text.split()) > _MAX_WORDS or "%" in text or text.endswith((";", ",")) or not fold(text):
        return ""
    name = without_number(text)
    if name == text and re.match(load("claims")["document_headings"], fold(text)) and not re.search(r"[.;:]$", text):
        return "whole"
    if name != text and name[:1].isupper() and not re.search(r"[.;:]\s|[.;:]$", name):
        return f"counted {len(_counted(text))}"
    if name[:1].islower() or re.search(r"\.\s+[a-zñ]|[;?!]", name):
        return ""
    if _named().match(fold(name)) and not pattern("own_part").match(fold(name)) and not text.endswith("."):
        return "named"
    if is_unit(name) and not re.search(r"\.\s+\S", name):
        return "unit"
    if name == name.upper() and fold(name) in units:
        return "unit"
    return "capitals" if name == name.upper() and len(re.findall(r"[^\W\d_]", name)) >= 4 else ""


@cache
def _named() -> re.Pattern[str]:
    return re.compile(load("claims")["part_headings"])


def _counted(text: str) -> tuple[int, ...]:
    """The number in front of a heading: (3, 1) for "3.1 Resultados"; empty where there is none."""
    name = without_number(text)
    numbers = _NUMBER.findall(text[: len(text) - len(name)])
    return tuple(int(n) if n.isdigit() else _roman(n) for n in numbers)


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[c] for c in text.lower()]
    return sum(-v if any(w > v for w in values[n + 1 : n + 2]) else v for n, v in enumerate(values))
