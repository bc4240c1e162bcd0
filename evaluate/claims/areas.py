"""Units that the prose lists as responsible, against the units that the rows below are of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ...normalize.folding import fold, small_words
from ...normalize.organisations import UnitNames, is_unit, unit_nouns
from ...schema.finding import ClaimOutcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator, Narrative
from ..subject import Subject
from ..wordings import load
from .chapters import Chapters
from .draft import DraftClaim
from .figures import pattern
from .inline_areas import listed, rows_by_unit
from .statement import Here

C = ClaimOutcome

_BRACKETS = re.compile(r"\(([^()]*)\)")
_MAX_NAME, _FIRST = 160, 400


@dataclass(slots=True)
class AreaList:
    """A list of units with the lines that name them."""

    here: Here
    lines: list[Narrative] = field(default_factory=list)


def area_lists(walk: Sequence[Here]) -> list[AreaList]:
    """The lists of responsible units: the lines below their title, as long as they name units."""
    heading = re.compile(load("claims")["areas_heading"])
    found: list[AreaList] = []
    current: AreaList | None = None
    for here in walk:
        line = here.narrative
        plain = fold(line.text)
        if len(plain) < 80 and heading.match(plain):
            current = AreaList(here)
            found.append(current)
        elif current is not None:
            if len(line.text) <= _MAX_NAME and is_unit(_named(line.text)):
                current.lines.append(line)
            else:
                current = None
    return [a for a in found if len(a.lines) >= 1]


def _named(text: str) -> str:
    return _BRACKETS.sub(" ", text).strip(" .;:")[:110]


def areas(subject: Subject, walk: Sequence[Here], chapters: Chapters) -> Iterator[DraftClaim]:
    """A claim per listed unit (has it rows?), and per unit with rows that the list leaves out."""
    names = UnitNames(dict(subject.plan.document.acronyms))
    yield from _in_sentences(subject, walk, chapters, names)
    lists = area_lists(walk)
    if not lists:
        return
    for found in lists:
        rows = _rows_below(subject, found)
        if not rows:
            continue
        units: dict[str, list[Indicator]] = {}
        for row in rows:
            units.setdefault(row.lead_unit or row.responsible_unit, []).append(row)
        units.pop("", None)
        if not units:
            continue
        yield from _listed(found, units, names)


def _in_sentences(subject: Subject, walk: Sequence[Here], chapters: Chapters, names: UnitNames) -> Iterator[DraftClaim]:
    """The claims of the lists that stand in one line."""
    for here in walk:
        line = here.narrative
        if not pattern("names_areas").search(fold(line.text[:_FIRST])):
            continue
        rows = _rows_of(subject, here, chapters)
        units = rows_by_unit(rows)
        found = listed(line.text, list(units), names) if len(units) > 1 else None
        if found is None:
            continue
        name = rows[0].objective if line.objective_code else chapters.titles.get(here.chapters[0], "") if here.chapters else ""
        scope = Text(f"parte: {name}"[:90], f"part: {name}"[:90]) if name else Text("todo el documento", "the whole document")
        for printed, unit in found.names:
            draft = DraftClaim("areas", printed, printed, printed, line.place, scope=scope)
            if unit:
                yield draft.decide(C.CONFIRMED, number(len(units[unit])), _HAS)
            else:
                yield draft.decide(C.CONTRADICTED, "0", _HAS_NONE, Severity.WARNING)
        named = {unit for _, unit in found.names}
        for unit, own in units.items():
            if found.all and unit not in named:
                draft = DraftClaim("areas", line.text, unit, "", line.place, scope=scope)
                yield draft.decide(C.CONTRADICTED, number(len(own)), _NOT_NAMED, Severity.WARNING)


def _rows_of(subject: Subject, here: Here, chapters: Chapters) -> Sequence[Indicator]:
    """The rows of the part that a line stands in; none where that is not plain."""
    line = here.narrative
    if line.objective_code:
        return [r for r in subject.own_rows if r.objective_code == line.objective_code and here.row_kind in ("", r.kind)]
    if here.chapters:
        return chapters.rows.get(here.chapters[0], ())
    return subject.own_rows if here.whole_document else ()


def _rows_below(subject: Subject, found: AreaList) -> list[Indicator]:
    """The rows of the objective and kind that are in force at the list."""
    line = found.here.narrative
    if not line.objective_code:
        return []
    return [
        r
        for r in subject.own_rows
        if r.objective_code == line.objective_code and r.section == line.section and found.here.row_kind in ("", r.kind)
    ]


def _listed(found: AreaList, units: dict[str, list[Indicator]], names: UnitNames) -> Iterator[DraftClaim]:
    keys = {unit: names.key(unit) for unit in units}
    named: set[str] = set()
    title = next(iter(units.values()))[0].objective
    scope = Text(f"objetivo: {title}"[:90], f"objective: {title}"[:90])
    listed = [names.key(_named(line.text)) for line in found.lines]
    for line, key in zip(found.lines, listed, strict=True):
        printed = line.text.strip(" .;:")
        draft = DraftClaim("areas", printed, printed, printed, line.place, scope=scope)
        own = [u for u, k in keys.items() if _same(key, k) or _acronym(line.text, u)]
        named |= set(own)
        count = sum(len(units[u]) for u in own)
        if own:
            yield draft.decide(C.CONFIRMED, number(count), _HAS)
        else:
            yield draft.decide(C.CONTRADICTED, "0", _HAS_NONE, Severity.WARNING)
    for unit, rows in units.items():
        if unit in named:
            continue
        draft = DraftClaim("areas", found.here.narrative.text, unit, "", rows[0].place, scope=scope)
        yield draft.decide(C.CONTRADICTED, number(len(rows)), _NOT_NAMED, Severity.WARNING)


def _acronym(listed: str, unit: str) -> bool:
    """True where the list prints the unit's short name in brackets: "Unidad de Compras Públicas (UCP)"."""
    short = unit.strip(" .")
    return short.isupper() and len(short) <= 8 and any(short == b.strip(" .") for b in _BRACKETS.findall(listed))


def _same(a: str, b: str) -> bool:
    """True for one unit under two names: one holds every word of the other ("Relacionamiento con Proveedores")."""
    ours, theirs = ({w for w in k.split() if w not in small_words()} for k in (a, b))
    if not ours or not theirs:
        return False
    less, more = sorted((ours, theirs), key=len)
    same = less == more or (len(less) >= 2 and less <= more) or less == more - unit_nouns()
    # Of two names of as many words either may be the shortened one: "D. Coactivas", "Dirección de Coactivas".
    return same or _cut(less, more) or (len(less) == len(more) and _cut(more, less))


def _cut(less: set[str], more: set[str]) -> bool:
    """True where every word of the shorter name begins a word of the longer one."""
    return len(less) >= 2 and all(any(m.startswith(w[:8]) for m in more) for w in less)


_HAS = Text("La tabla de ese alcance tiene filas de esta unidad.", "The table of that scope has rows of this unit.")
_HAS_NONE = Text("Ninguna fila de ese alcance es de esta unidad.", "No row of that scope is of this unit.")
_NOT_NAMED = Text(
    "Tiene filas en la tabla y la lista de áreas responsables no la nombra.",
    "It has rows in the table and the list of responsible units does not name it.",
)
