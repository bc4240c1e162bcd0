"""Units that a sentence lists as those that answer for the rows: "Áreas responsables: A, B y C", "a cargo de cinco dependencias: …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ...normalize.folding import fold, small_words
from ...normalize.organisations import UnitNames, is_unit
from ...schema.plan import Indicator
from ..wordings import load
from .figures import pattern
from .mentions import content

_SEPARATOR = re.compile(r"\s*[,;]\s*(?:(?:y|e)\s+)?|\s+(?:y|e)\s+")
_ARTICLE = re.compile(r"^(?:y |e |a |de |del |el |la |los |las |asi como |además de )+", re.IGNORECASE)
_MIN_KNOWN, _MOSTLY, _MAX_WORDS, _MAX_LIST, _SLIP = 2, 0.6, 9, 900, 92.0


@dataclass(frozen=True, slots=True)
class Listed:
    """The names of an inline list: each with the unit of the rows that it names, "" for none. ``all`` where no other is meant."""

    names: tuple[tuple[str, str], ...]
    all: bool


def listed(text: str, units: Sequence[str], names: UnitNames) -> Listed | None:
    """The list of units of a sentence; None where it has none, or one of other things than the units of the rows.

    Names hold commas and "y" themselves: the pieces are put together as the units of the rows tell.
    """
    found = next((m for p in _forms() if (m := p.search(text))), None)
    if found is None:
        return None
    body = re.split(r"\.(?:\s|$)", found["list"][:_MAX_LIST], maxsplit=1)[0]
    said = fold(text[: found.start("list")])
    if pattern("not_all_areas").search(said) or pattern("and_others").search(fold(body)):
        return None
    pieces = [(m.start(), m.end()) for m in _pieces(body)]
    keys = {names.key(u) for u in units}
    alone = {n for n, (a, b) in enumerate(pieces) if names.key(body[a:b].strip(" .:")) in keys}
    read: list[tuple[str, str]] = []
    n = 0
    while n < len(pieces):
        for last in range(len(pieces), n, -1):
            name = _ARTICLE.sub("", body[pieces[n][0] : pieces[last - 1][1]].strip(" .:"))
            single = last == n + 1
            unit = next((u for u in units if _same(name, u, names, by_content=single or not alone & set(range(n, last)))), "")
            if unit or last == n + 1:
                read.append((name, unit))
                n = last
                break
    known = [u for _, u in read if u]
    strange = [name for name, u in read if not u]
    if len(set(known)) < _MIN_KNOWN or len(known) < _MOSTLY * len(read) or any(not _is_name(s) for s in strange):
        return None
    # A piece that is a part of a unit's name ("Presupuesto" of "Planificación y Presupuesto") is read wrongly.
    if any(_content(s) <= _content(u) for s in strange for u in units):
        return None
    return Listed(tuple(read), len(set(known)) >= _MOSTLY * len(units))


def _forms() -> Iterable[re.Pattern[str]]:
    return [re.compile(p, re.IGNORECASE) for p in load("claims")["areas_inline"]]


def _pieces(body: str) -> Iterable[re.Match[str]]:
    marked = _SEPARATOR.sub(lambda m: "\0" * len(m.group()), body)
    return re.finditer(r"[^\0]+", marked)


def _is_name(text: str) -> bool:
    """True for a name in capitals of a few words, without a verb behind it."""
    words = text.split()
    own = [w for w in words if fold(w) not in small_words()]
    return bool(own) and len(words) <= _MAX_WORDS and (all(w[0].isupper() for w in own) or (is_unit(text) and own[0][0].isupper()))


def _content(name: str) -> frozenset[str]:
    return content(fold(name))


def _same(name: str, unit: str, names: UnitNames, by_content: bool) -> bool:
    if not name:
        return False
    ours, theirs = names.key(name), names.key(unit)
    return ours == theirs or fuzz.ratio(ours, theirs) >= _SLIP or (by_content and _content(name) == _content(unit) != frozenset())


def rows_by_unit(rows: Iterable[Indicator]) -> dict[str, list[Indicator]]:
    """The rows by their unit as printed; empty where some rows name none."""
    units: dict[str, list[Indicator]] = {}
    for row in rows:
        units.setdefault(row.lead_unit or row.responsible_unit, []).append(row)
    return {} if "" in units else units
