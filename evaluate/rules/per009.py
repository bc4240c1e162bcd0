"""PER009: a plan of several years is named with two different spans of years, or with its years in reverse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from ...normalize.folding import unaccented
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import TEXT
from ..subject import Subject
from ..texts import Printed, at
from ..wordings import load

Span = tuple[str, str]


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(load("years")["spans"].format())


def check(subject: Subject) -> Iterator[Check]:
    found: dict[str, list[tuple[Span, Printed]]] = {}
    for printed in subject.texts:
        if "20" not in printed.text:
            continue
        for match in _pattern().finditer(unaccented(printed.text[:4000])):
            if match["first"] > match["last"]:
                continue  # said below
            name = " ".join(match["name"].split())
            found.setdefault(load("years")["short"].get(name, name), []).append(((match["first"], match["last"]), printed))
    for name, named in found.items():
        yield from _of_one_plan(name, named)
    yield from _reversed(subject)


def _reversed(subject: Subject) -> Iterator[Check]:
    """Terms whose first year is the later one, said once each."""
    words, said = load("years"), set[str]()
    for printed in subject.texts:
        if "20" not in printed.text:
            continue
        plain = unaccented(printed.text[:4000])
        for match in re.finditer(words["any_span"], plain):
            first, last = int(match["first"]), int(match["last"])
            before = plain[max(0, match.start() - 100) : match.start()]
            if first <= last or re.search(words["not_span"].format(), before):
                continue
            of_plan = re.search(words["span_of"].format(), before) is not None
            if (of_plan or first - last >= words["span_apart"]) and first - last <= _LONGEST_TERM and match[0] not in said:
                said.add(match[0])
                wanted = f"{last}-{first}"
                message = _BACKWARDS.format(span=match[0], wanted=wanted)
                # Without the word of a plan the two years may be compared.
                severity = None if of_plan else Severity.NOTE
                yield Check(Outcome.FAILS, printed.row, message, match[0], wanted, at(printed.place), severity, place=printed.place)


def _of_one_plan(name: str, named: list[tuple[Span, Printed]]) -> Iterator[Check]:
    counts = Counter(span for span, _ in named)
    usual, times = counts.most_common(1)[0]
    # Spans that do not overlap are of the plan before and the one after; two plans may follow each other.
    others = {s for s in counts if s != usual and s[0] < usual[1] and usual[0] < s[1]}
    if not others:
        yield Check(Outcome.HOLDS, place=named[0][1].place)
        return
    told: set[Span] = set()
    for span, printed in named:
        if span not in others or span in told:
            continue
        told.add(span)
        shown, wanted = "-".join(span), "-".join(usual)
        places = ", ".join(dict.fromkeys(at(p.place) for s, p in named if s == usual))[:80]
        message = _FAILS.format(name=_shown(name), span=shown, usual=wanted, times=times)
        severity = None if counts[usual] > counts[span] or len(counts) == 2 else Severity.NOTE
        yield Check(Outcome.FAILS, printed.row, message, shown, wanted, f"{wanted}: {places}", severity, place=printed.place)


def _shown(name: str) -> str:
    return name.upper() if len(name) <= 5 else name


_LONGEST_TERM = 30
_BACKWARDS = Text(
    "Los años «{span}» están al revés: un plazo va del primero al último, {wanted}; uno de los dos está mal o cambiado de lugar.",
    "The years “{span}” are in reverse: a term goes from the first to the last, {wanted}; one of them is wrong or out of place.",
)
_FAILS = Text(
    "Nombra «{name} {span}», y en otra parte del documento «{name} {usual}» ({times}): o es otro plan, o uno de los años está mal.",
    "It names “{name} {span}”, and elsewhere in the document “{name} {usual}” ({times}): either it is another plan, or a year is wrong.",
)

RULE = Rule(
    id="PER009",
    severity=Severity.WARNING,
    title=Text("Un mismo plan, los mismos años", "One plan, the same years"),
    why=Text(
        "Si no consta a qué plan se alinea, nadie puede comprobar que las acciones respondan a él.",
        "Where it is not clear which plan is followed, nobody can check that the actions answer to it.",
    ),
    basis=Text(
        "Los años con que el documento nombra sus planes plurianuales, cuando se traslapan sin ser los mismos, y los plazos al revés",
        "The years with which the document names its plans of several years, where they overlap without being the same; terms in reverse",
    ),
    example=Text(
        "«Plan de Gobierno 2019-2024» y «Plan de Gobierno 2020-2024».", "“Plan de Gobierno 2019-2024” and “Plan de Gobierno 2020-2024”."
    ),
    check=check,
    needs=(TEXT,),
)
