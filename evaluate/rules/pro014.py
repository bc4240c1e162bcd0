"""PRO014: the prose places a piece of work at a time for which its row programs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.place import Place
from ...schema.plan import Indicator
from ...schema.quantity import State
from ..engine import Check, Rule
from ..needs import PROSE, TARGETS, YEAR
from ..observations.dates import Dated, dates
from ..observations.phrases import plain, stems
from ..subject import Subject, where
from ..sums import parts_of_year
from ..wordings import load

_EMPTY = (State.BLANK, State.NOT_PROGRAMMED)
# So many content words of the object, in a row, must stand in the name of the row; a row of so few others may be meant as well.
_LEAST = 2
_HALF_YEAR = 6


@dataclass(frozen=True, slots=True)
class _Placed:
    """A piece of work with the months in which the prose places it."""

    words: str
    when: str
    first: int
    last: int
    place: Place


def check(subject: Subject) -> Iterator[Check]:
    year = subject.plan.document.year or 0
    rows = [(r, parts) for r in subject.own_rows if len(parts := parts_of_year(r)) > 1] if subject.plan.narrative else []
    programmed = [(r, stems(plain(r.name)), parts) for r, parts in rows]
    for line in subject.plan.narrative if programmed else ():
        for placed in _placed(line.text, year, line.place):
            wanted = _head(placed.words)
            meant = [(r, parts) for r, words, parts in programmed if len(wanted) == _LEAST and wanted <= words]
            if len(meant) == 1:
                yield _compare(placed, meant[0][0], [(p.months or (0, 0), p.quantity.value, p.quantity.state) for p in meant[0][1]])


def _compare(placed: _Placed, row: Indicator, parts: Sequence[tuple[tuple[int, int], float | None, State]]) -> Check:
    named = [(value, state) for (first, last), value, state in parts if first <= placed.last and last >= placed.first]
    if any(state not in (State.VALUE, State.ZERO, *_EMPTY) for _, state in named):
        return Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL)
    if any(value for value, _ in named) or not any(value for _, value, _ in parts):
        return Check(Outcome.HOLDS, row)
    message = _FAILS.format(words=placed.words[:120], when=placed.when)
    return Check(Outcome.FAILS, row, message, "", "", f"{where(row)} / l. {placed.place.line}" if placed.place.line else where(row))


def _placed(text: str, year: int, place: Place) -> Iterator[_Placed]:
    """The pieces of work that a text tells in the future, each with the one time that its sentence names."""
    body, found = plain(text), dates(text, year)
    start = 0
    for sentence in re.split(r"(?<= \. )", body):
        end = start + len(sentence)
        named = [d for d in found if start <= d.at < end]
        if len(named) == 1 and _within(named[0], year):
            rest = sentence[: named[0].at - start] + " | " + sentence[named[0].end - start :]
            for match in _future().finditer(rest):
                for words in _objects(rest[match.end() :]):
                    yield _Placed(words, named[0].words, named[0].first.month, named[0].last.month, place)
        start = end


def _within(dated: Dated, year: int) -> bool:
    return dated.first.year == dated.last.year == year and dated.last.month - dated.first.month < _HALF_YEAR


def _objects(words: str) -> Iterator[str]:
    """The things that follow a verb: "los estados financieros | y la convocatoria"."""
    for piece in _ends().split(f" {words} ")[:3]:
        if piece.strip(" .,|"):
            yield piece.strip(" .,|")


def _head(words: str) -> frozenset[str]:
    """The first content words of an object, as stems."""
    found: list[str] = []
    for word in words.split():
        found += [s for s in stems(word) if s not in found]
    return frozenset(found[:_LEAST])


@cache
def _future() -> re.Pattern[str]:
    return re.compile(load("prose_plan")["future"])


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(load("prose_plan")["object_ends"])


_FAILS = Text(
    "El texto sitúa «{words}» en «{when}», y esta fila, la única que lo nombra, no tiene nada programado entonces.",
    "The prose places “{words}” at “{when}”, and this row, the only one that names it, programs nothing then.",
)
_DOUBTFUL = Text(
    "No se puede juzgar: la meta de ese período es dudosa o está omitida.",
    "Cannot be judged: the target of that period is doubtful or withheld.",
)

RULE = Rule(
    id="PRO014",
    severity=Severity.WARNING,
    title=Text("El texto lo sitúa en otro período", "The prose places it in another period"),
    why=Text(
        "Quien lee la presentación espera el producto en un trimestre, y quien da seguimiento lo buscará en otro.",
        "Who reads the introduction expects the product in one quarter; who follows up will look for it in another.",
    ),
    basis=Text(
        "Oraciones en futuro con un solo trimestre, mes o semestre, cuyo objeto solo nombra una fila; contra sus metas por período",
        "Sentences in the future with one quarter, month or half, whose object only one row names; against its targets by period",
    ),
    example=Text(
        "«En el primer trimestre se presentarán los estados financieros», programados en el cuarto.",
        "“En el primer trimestre se presentarán los estados financieros”, programmed in the fourth.",
    ),
    check=check,
    needs=(PROSE, TARGETS, YEAR),
)
