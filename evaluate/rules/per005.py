"""PER005: a text prints another year where it can only mean the plan's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...normalize.folding import unaccented
from ...normalize.lexicon import load as lexicon
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import TEXT, YEAR
from ..subject import Subject
from ..texts import Printed
from ..wordings import load

_ANY_YEAR = r"(?P<year>[12]\d\d\d)"
_LONGEST = 4000
_LONGEST_HEADING = 80


@cache
def _patterns(key: str) -> tuple[re.Pattern[str], ...]:
    found = load("years")[key]
    months = "|".join(words[0] for words in lexicon("periods").get("months", ()))
    return tuple(re.compile(p.format(year=_ANY_YEAR, months=months)) for p in ([found] if isinstance(found, str) else found))


def check(subject: Subject) -> Iterator[Check]:
    year = subject.plan.document.year
    if year is None:
        return
    is_plan = not any(r.actual is not None for r in subject.rows)
    for printed in subject.texts:
        if not any(c.isdigit() for c in printed.text):
            continue
        plain = unaccented(printed.text[:_LONGEST])
        yield from _funding(printed, plain, year)
        yield from _slips(printed, plain, year)
        if printed.row is None and (match := _patterns("own_plan")[0].match(plain)):
            yield _judged(printed, int(match["year"]), year, _OWN_PLAN, match)
        if is_plan and printed.row is not None and printed.text == printed.row.name:
            yield from _stated(printed, plain, year)
    yield from _headings(subject, year)


def _headings(subject: Subject, year: int) -> Iterator[Check]:
    """Headings of parts of the plan by their year: one of an earlier year, where no other heading of these words has a year."""
    pattern, found = _patterns("heading")[0], dict[str, list[tuple[int, Printed]]]()
    for line in subject.plan.narrative:
        if len(line.text) <= _LONGEST_HEADING and (match := pattern.match(unaccented(line.text.strip()))):
            found.setdefault(match["noun"], []).append((int(match["year"]), Printed(line.text, line.place)))
    for told in found.values():
        for told_year, printed in told if len({y for y, _ in told}) == 1 else ():
            if told_year == year:
                yield Check(Outcome.HOLDS, place=printed.place)
            elif told_year < year:
                message = _HEADING.format(told=told_year, year=year)
                yield Check(Outcome.FAILS, None, message, str(told_year), str(year), f"«{printed.text}»", place=printed.place)


def _funding(printed: Printed, plain: str, year: int) -> Iterator[Check]:
    for pattern in _patterns("funding"):
        for match in pattern.finditer(plain):
            yield _judged(printed, int(match["year"]), year, _FUNDING, match)


def _slips(printed: Printed, plain: str, year: int) -> Iterator[Check]:
    for match in _once(_patterns("slip"), plain):
        told = int(match["year"])
        if told == year:
            yield Check(Outcome.HOLDS, printed.row, place=printed.place)
        elif sorted(str(told)) == sorted(str(year)) and abs(told - year) > 1:
            before = plain[max(0, match.start() - 60) : match.start()]
            if _patterns("norms")[0].search(before):
                yield Check(Outcome.CANNOT_EVALUATE, printed.row, _NORM, str(told), str(year), _quote(printed, match), place=printed.place)
            else:
                yield _judged(printed, told, year, _SLIP, match)


def _once(patterns: tuple[re.Pattern[str], ...], plain: str) -> Iterator[re.Match[str]]:
    seen: set[int] = set()
    for pattern in patterns:
        for match in pattern.finditer(plain):
            if match.start("year") not in seen:
                seen.add(match.start("year"))
                yield match


def _stated(printed: Printed, plain: str, year: int) -> Iterator[Check]:
    for match in _patterns("stated_at")[0].finditer(plain):
        yield _judged(printed, int(match["year"]), year, _STATED, match)


def _judged(printed: Printed, told: int, year: int, message: Text, match: re.Match[str]) -> Check:
    if told == year:
        return Check(Outcome.HOLDS, printed.row, place=printed.place)
    return Check(
        Outcome.FAILS, printed.row, message.format(told=told, year=year), str(told), str(year), _quote(printed, match), place=printed.place
    )


def _quote(printed: Printed, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - 40), match.end() + 30
    return f"«{'…' if start else ''}{printed.text[start:end]}{'…' if end < len(printed.text) else ''}»"


_FUNDING = Text(
    "Dice que sus montos están en el presupuesto de {told}, en un plan de {year}: el texto parece venir de otro año.",
    "It says that its amounts stand in the budget of {told}, in a plan of {year}: the text seems to come from another year.",
)
_SLIP = Text(
    "Dice {told} donde el documento es de {year}: son las mismas cifras en otro orden, así que parece una errata.",
    "It says {told} where the document is of {year}: these are the same figures in another order, so it seems a slip.",
)
_OWN_PLAN = Text(
    "La frase dice qué comprende el plan de {told}, y el documento es de {year}: el texto parece venir de otro año.",
    "The sentence says what the plan of {told} consists of, and the document is of {year}: the text seems to come from another year.",
)
_STATED = Text(
    "La meta se declara a una fecha de {told}, y el plan es de {year}: o la fecha o la meta es de otro año.",
    "The target is stated at a date of {told}, and the plan is of {year}: either the date or the target is of another year.",
)
_HEADING = Text(
    "El encabezado de esta parte dice {told}, y el documento es de {year}: o la parte viene de otro plan o el encabezado no se actualizó.",
    "The heading of this part says {told}, and the document is of {year}: the part is of another plan, or the heading was not updated.",
)
_NORM = Text(
    "No se puede juzgar: el año puede ser el de la norma que se cita.", "Cannot be judged: the year may be that of the norm that is cited."
)

RULE = Rule(
    id="PER005",
    severity=Severity.WARNING,
    title=Text("El año del texto es el del plan", "The year in the text is the plan's"),
    why=Text(
        "Un año cambiado suele ser un párrafo o una cifra copiados de un plan anterior sin actualizar.",
        "A changed year is mostly a paragraph or a figure copied from an earlier plan without being updated.",
    ),
    basis=Text(
        "Frases que solo pueden hablar del propio plan: el presupuesto en que están sus montos, la fecha de una meta, "
        "lo que el plan comprende, "
        "un año con sus cifras "
        "en otro "
        "orden",
        "Sentences that can only speak of the plan itself: the budget its amounts stand in, the date of a target, what the plan consists "
        "of, a "
        "year with its figures in "
        "another order",
    ),
    example=Text(
        "«…están considerados en el proyecto de presupuesto 2019» en el plan de 2021; «segundo trimestre 2012» en el de 2021.",
        "“…están considerados en el proyecto de presupuesto 2019” in the plan of 2021; “segundo trimestre 2012” in that of 2021.",
    ),
    check=check,
    needs=(YEAR, TEXT),
)
