"""PER012: a line that heads several pages or parts names another year or period in one of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...normalize.columns import match_header
from ...normalize.folding import fold
from ...normalize.periods import find_period
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.place import Place
from ...schema.plan import Narrative
from ..engine import Check, Rule, reported
from ..needs import PROSE
from ..subject import Subject
from ..told_periods import TOP, titled

_LONGEST = 110
_SOME = 3
_APART = 3
"""Lines of a text dump between two headings, where something else than a list stands between them."""
_MOST = 2 / 3
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_DIGITS = re.compile(r"\d+")
# "Tabla 4. Matriz de seguimiento POA 2023 — Dirección de Gestión Humana", folded.
_CAPTION = re.compile(r"(?:cuadro|tabla|matriz|anexo) (?:no? )?(?:\d+|[ivx]+) (?P<words>[a-z ]+?) (?:19|20)\d\d\b")
_WORDS = 3
_Told = tuple[tuple[int, int] | None, int | None]


def check(subject: Subject) -> Iterator[Check]:
    year = subject.plan.document.year
    yield from (c for c in reported(subject, "PER-running") if c.outcome is Outcome.FAILS)
    groups: dict[str, list[tuple[int, _Told]]] = {}
    captions: dict[str, list[tuple[int, _Told]]] = {}
    for n, line in enumerate(subject.plan.narrative):
        if len(line.text) <= _LONGEST and not line.text.endswith((".", ";", ",")):
            key, told = _split(line.text)
            if told != (None, None):
                groups.setdefault(key, []).append((n, told))
                if name := _caption(line.text):
                    captions.setdefault(name, []).append((n, (None, told[1])))
    alike = {n for found in groups.values() if len(found) >= _SOME for n, _ in found}
    for found in captions.values():
        if len(found) >= _SOME and year is not None and alike.isdisjoint(n for n, _ in found):
            yield from _odd_ones(subject, found, year)
    for found in groups.values():
        if len(found) >= _SOME and not _listed(found, subject.plan.narrative):
            yield from _odd_ones(subject, found, year)


def _caption(text: str) -> str:
    """The words of a caption of a table up to its year, without its number: sister tables differ in what follows. "" for another line."""
    match = _CAPTION.match(fold(text))
    return match["words"] if match and len(match["words"].split()) >= _WORDS else ""


def _split(text: str) -> tuple[str, _Told]:
    """A line without its year, its period and its other numbers; and the year and the months that it names."""
    if _one_of_parts(text):
        return "", (None, None)
    years = set(_YEAR.findall(text))
    period, rest = find_period(text)
    months = (period.first, period.last) if period else None
    year = int(years.pop()) if len(years) == 1 else None
    return _DIGITS.sub("0", fold(_YEAR.sub(" ", rest))), (months, year)


def _one_of_parts(text: str) -> bool:
    """True for the beginning or end of one of several projects behind its label ("Fecha de finalización: 30/11/2025"): each has its own."""
    label, sign, value = text.partition(":")
    return bool(sign and _DIGITS.search(value)) and match_header((label,), 0).role in ("project_start", "project_end")


def _listed(found: Sequence[tuple[int, _Told]], lines: Sequence[Narrative]) -> bool:
    """True where two of the lines stand one below the other: a list of years or periods, and no heading of parts.

    What stands on two pages, or with a table between, is no list.
    """
    return any(b[0] - a[0] == 1 and not _apart(lines[a[0]].place, lines[b[0]].place) for a, b in pairwise(found))


def _apart(one: Place, other: Place) -> bool:
    if one.page != other.page:
        return True
    return one.line is not None and other.line is not None and other.line - one.line > _APART


def _odd_ones(subject: Subject, found: list[tuple[int, _Told]], year: int | None) -> Iterator[Check]:
    lines = subject.plan.narrative
    (usual, count), *_ = Counter(told for _, told in found).most_common(1)
    if count < _SOME - 1 or count < _MOST * len(found) or (year is not None and usual[1] not in (None, year)):
        return
    wanted = next(lines[n] for n, told in found if told == usual)
    for n, told in found:
        line = lines[n]
        if told == usual:
            yield Check(Outcome.HOLDS, place=line.place)
        elif told[1] is None or usual[1] is None or (told[1] == usual[1] and count < _SOME):
            continue  # no year to compare; or parts of one year, of which two alike are no custom yet
        elif told[1] == usual[1] and subject.plan.document.period_end is not None and n < TOP and titled(line.text):
            continue  # a title of another part of the year than the tables: that is for PER003
        else:
            message = _FAILS.format(line=line.text, other=wanted.text, count=count)
            yield Check(Outcome.FAILS, None, message, line.text, wanted.text, f"«{line.text}»", place=line.place)


_FAILS = Text(
    "Este encabezado dice «{line}», y los otros {count} como este dicen «{other}»: parece quedar de otro documento.",
    "This heading says “{line}”, the {count} others like it say “{other}”: it seems left from another document.",
)

RULE = Rule(
    id="PER012",
    severity=Severity.WARNING,
    title=Text("Los encabezados que se repiten son del mismo período", "Repeated headings are of one period"),
    why=Text(
        "Una página con el encabezado de otro año hace dudar de si sus cifras son de este documento.",
        "A page headed with another year casts doubt on whether its figures are of this document.",
    ),
    basis=Text(
        "Líneas que se repiten tres veces o más y solo cambian en su año o período: la que se aparta de las demás",
        "Lines printed three times or more that differ in their year or period only: the one that departs from the others",
    ),
    example=Text("«POA 2024» en cuatro páginas y «POA 2023» en una.", "“POA 2024” on four pages and “POA 2023” on one."),
    check=check,
    needs=(PROSE,),
)
