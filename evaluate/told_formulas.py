"""What the prose says of how figures are computed: how a year comes from its parts, and how rows that are better when less are divided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ..normalize.folding import fold, small_words, unaccented
from ..schema.plan import Indicator, MeasureKind, Narrative, Plan
from .wordings import load

_CLAUSE = re.compile(r"[;:]\s|\.\s+(?=[a-z0-9«\"(])|\.$")
_PLURAL = re.compile(r"(?<=[a-z]{3})(?:es|s)$")


@dataclass(frozen=True, slots=True)
class Told:
    """How the figures of a kind come from their parts: of which units of measure, of all other rows (``others``), or of all."""

    how: str
    kinds: frozenset[MeasureKind]
    units: frozenset[str] = frozenset()
    others: bool = False

    def of(self, row: Indicator) -> bool:
        """True where the row's unit of measure, or the word that its name begins with, is one of those named."""
        return not self.units or bool(self.units & _kinds_of(row))


def accumulations(plan: Plan) -> tuple[Told, ...]:
    """What the prose says of how years come from their parts, as far as it names rows that the plan has."""
    found: list[Told] = []
    known = frozenset().union(*(_kinds_of(r) for r in plan.indicators)) if plan.narrative else frozenset()
    for sentence in _sentences(plan.narrative):
        if not _pattern("parts").search(sentence):
            continue
        for clause in _CLAUSE.split(sentence):
            if (told := _told(clause, known)) is not None:
                found.append(told)
    return tuple(found)


def accumulation_of(told: Sequence[Told], row: Indicator, kind: MeasureKind) -> str:
    """How the figure of a row comes from its parts by what was told; "" where nothing was told of it, or two things."""
    of_kind = [t for t in told if kind in t.kinds]
    named = {t.how for t in of_kind if t.units and t.of(row)}
    found = named or {t.how for t in of_kind if t.others} or {t.how for t in of_kind if not t.units and not t.others}
    return found.pop() if len(found) == 1 else ""


def decreasing_quotient(plan: Plan) -> str:
    """How the prose says that rows are divided which are better when they are less: inverse or mirror; "" where it does not."""
    found: set[str] = set()
    for sentence in _sentences(plan.narrative):
        if _pattern("downwards").search(sentence):
            found.update(q for clause in _CLAUSE.split(sentence) for q in ("inverse", "mirror") if _pattern(q).search(clause))
    return found.pop() if len(found) == 1 else ""


def _told(clause: str, known: frozenset[str]) -> Told | None:
    says = _pattern("says").search(clause)
    if says is None or not _pattern("figure").search(clause[: says.end()]) or _pattern("not").search(clause):
        return None
    hows = [how for how in load("formulas")["accumulation"] if re.search(load("formulas")["accumulation"][how], clause[says.start() :])]
    if len(hows) != 1:
        return None
    before = clause[: says.start()]
    target, actual = (_pattern(name).search(before) is not None for name in ("target", "actual"))
    both = frozenset({MeasureKind.TARGET, MeasureKind.ACTUAL})
    kinds = both if target == actual else frozenset({MeasureKind.TARGET if target else MeasureKind.ACTUAL})
    if _pattern("others").search(before):
        return Told(hows[0], kinds, others=True)
    general = set(load("formulas")["general"])
    words = {w for w in re.findall(r"[a-z%]+", before) if w not in small_words() and w not in general}
    units = {_singular(w) for w in words} & known
    return Told(hows[0], kinds, frozenset(units)) if units or not words else None


def _kinds_of(row: Indicator) -> frozenset[str]:
    """The words by which a note may name the row's kind: the first of its unit of measure and of its name."""
    unit = "porcentaje" if row.unit_code == "percent" else ""
    firsts = [fold(text).split()[:1] for text in (row.unit_of_measure, row.name)]
    return frozenset(_singular(w) for words in firsts for w in words) | ({unit} if unit else set())


def _singular(word: str) -> str:
    return "porcentaje" if word.startswith(("porcent", "%")) else _PLURAL.sub("", word)


def _sentences(lines: Sequence[Narrative]) -> Iterator[str]:
    """The lines of prose without accents; one that goes on in the next is joined with it."""
    held = ""
    for line in lines:
        text = unaccented(line.text).strip()
        if held and line.text[:1].islower():
            held = f"{held} {text}"
        else:
            if held:
                yield held
            held = text
        if held.endswith((".", ";", ":")):
            yield held
            held = ""
    if held:
        yield held


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load("formulas")[name])
