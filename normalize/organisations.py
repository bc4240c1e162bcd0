"""Organisational units and institutions: recognised, and given ids that spelling variants share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ..extract.raw import TextBlock
from ..schema.place import Place
from .folding import fold, short_slug, slug, small_words
from .lexicon import load

_SAME = 93.0
# "UT. UNIDAD DE TRANSPARENCIA", "U.A.I.P. – Unidad de Acceso …", "OIC: Órgano Interno de Control".
_SIGLA = re.compile(
    r"(?P<sigla>[A-ZÁÉÍÓÚÑ]{2,8}|(?:[A-ZÁÉÍÓÚÑ]\.){2,6})(?:\s*[.:]|(?<=\.)|\s*[-–—])\s+(?P<name>[A-ZÁÉÍÓÚÑ][^\d:;]{3,100})$"
)
_DIGITS = re.compile(r"\d+")
_CAPITALS = re.compile(r"[A-ZÁÉÍÓÚÑ]{3,}")
_LETTERS = re.compile(r"(?:\s[A-Z]\.(?:[A-Z]\.)+)$")
"""What kind of company it is: "S.A.", "E.S.P."."""
_DASH = re.compile(r"\s+[-–—·|]\s+")
_MAX_NAME = 200
_BRACKETS = re.compile(r"\([^()]*\)")
# Beyond this many different units no spelling is compared with all others: no institution has so many.
_MAX_COMPARED = 1000
_TOP = 60
"""Blocks of text among which a document names its institution."""


@cache
def unit_nouns() -> frozenset[str]:
    """The words that names of units begin with, and how they are shortened."""
    data = load("organisations")
    return frozenset(data.get("nouns", {}).get("words", ())) | frozenset(data.get("abbreviations", {}).get("words", {}))


def without_sigla(text: str) -> str:
    """A name without the letters that it is known by in front of it: "Unidad de Transparencia" of "UT. Unidad de Transparencia".

    What is no name of a unit behind such letters stays whole. A noun of public bodies at large ("órgano", "instituto") makes one
    where the letters are the first of its words.
    """
    match = _SIGLA.match(text)
    if match is None or fold(match["sigla"]) in load("organisations").get("abbreviations", {}).get("words", {}):
        return text
    name, letters = match["name"], fold(match["sigla"]).replace(" ", "")
    if _is_name(name):
        return name
    words = [w for w in fold(name).split() if w not in small_words()]
    body = len(words) > 1 and words[0] in load("organisations").get("nouns", {}).get("behind_sigla", ())
    return name if body and "".join(w[0] for w in words) == letters and not re.search(r"[.;?!]\s", name) else text


def behind_sigla(text: str) -> tuple[str, str]:
    """("CE", "CONSULTA EXTERNA") of "CE. CONSULTA EXTERNA", whatever it names; empty texts for another form."""
    match = _SIGLA.match(text)
    return (match["sigla"].replace(".", ""), match["name"]) if match else ("", "")


def is_unit(text: str) -> bool:
    """True for a short text that starts like the name of an organisational unit and is no sentence."""
    return _is_name(text) or without_sigla(text) != text


def _is_name(text: str) -> bool:
    words = fold(text).split()
    data = load("organisations").get("nouns", {})
    if len(words) > 2 and words[0] in data.get("ordinals", ()) and words[1] in data.get("numbered", ()):
        words = words[1:]  # "Primera Sala Unitaria"
    if not words or len(words) > 14 or len(text) > 110 or words[0] not in unit_nouns():
        return False
    if len(words) == 1:
        return words[0] in data.get("alone", ())
    # A sentence has a verb and a full stop; a name may end in one but has none inside before a lower-case word.
    rest = text.split(" ", 1)[-1]  # the first word may be shortened: "Depto. de Planificación"
    return not re.search(r"\.\s+[a-zñ]|[;?!]|\d{3}", rest) and not text.rstrip(".").endswith(",")


@dataclass(slots=True)
class UnitNames:
    """The ids of the units of one document. ``acronyms`` are those that the document defines (short → name).

    Two spellings get one id where they differ in accents, case, abbreviations or a slip of the pen,
    or where one is the other's acronym.
    """

    acronyms: dict[str, str] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)

    def learn(self, names: Iterable[str]) -> None:
        """Gives ids to all the names of a document, the longest first, so that a name cut short takes the id of the whole one.

        Of spellings of one length the most frequent gives the id.
        """
        found = Counter(names)
        for name in sorted(found, key=lambda n: (-len(self.key(n)), -found[n], n)):
            self.id_of(name)

    def id_of(self, name: str) -> str:
        """The id of a printed unit name; empty for an empty name."""
        if not name:
            return ""
        full = self.key(name)
        if full not in self._ids:
            if len(self._ids) >= _MAX_COMPARED:
                return self._ids.setdefault(full, short_slug(full))
            known = next((k for k in self._ids if _variant(full, k)), None)
            self._ids[full] = self._ids[known] if known else short_slug(full)
        return self._ids[full]

    def key(self, name: str) -> str:
        """What two spellings of one unit have in common: the name written out, without case, accents and small words."""
        if name not in self._keys:
            self._keys[name] = self._written_out(name)
        return self._keys[name]

    def _written_out(self, name: str) -> str:
        """The name folded, abbreviations and acronyms written out, small words left out."""
        if len(name) > _MAX_NAME:
            return short_slug(name[:_MAX_NAME], 14).replace("-", " ")
        data = load("organisations")
        short = data.get("abbreviations", {}).get("words", {})
        if not self._known:
            self._known = {fold(k): fold(v) for k, v in {**data.get("acronyms", {}).get("words", {}), **self.acronyms}.items()}
        known = self._known
        # What stands in brackets is a remark or the acronym: "Depto. Planificación (resultados a marzo)".
        name = without_sigla(name)
        whole = fold(_BRACKETS.sub(" ", name)) or fold(name)
        if whole in known:
            return short_slug(known[whole], 14).replace("-", " ")
        words = [short.get(w, w) for w in whole.split()]
        capitals = set(_CAPITALS.findall(name))
        words = [known.get(w, w) if len(words) > 1 and w.upper() in capitals else w for w in words]
        return short_slug(" ".join(words), 14).replace("-", " ")


def _variant(a: str, b: str) -> bool:
    """True for one name spelled twice: a slip of one letter in one long word, a near copy, or one cut short."""
    if _DIGITS.findall(a) != _DIGITS.findall(b):
        return False
    if min(len(a), len(b)) > 24 and (a.startswith(b) or b.startswith(a)):
        return True
    ours, theirs = a.split(), b.split()
    if len(ours) == len(theirs):
        different = [(x, y) for x, y in zip(ours, theirs, strict=True) if x != y]
        if len(different) == 1 and min(map(len, different[0])) >= 6 and Levenshtein.distance(*different[0]) <= 1:
            return True
    return min(len(a), len(b)) > 12 and fuzz.ratio(a, b) >= _SAME


def institution_of(texts: Sequence[TextBlock], names: Sequence[str] = ()) -> tuple[str, str]:
    """(canonical id, name as printed) of the institution that a document is of; empty strings where none shows.

    ``texts`` are the blocks of prose, ``names`` those of the tables' columns. A known name in any of
    them wins, the most frequent first; then a known alias that recurs; then what a label such as
    "Pliego:" states; then the first line near the top that starts like the name of a public body.
    """
    data = load("institutions")
    lines = [*(b.text for b in texts), *names]
    text = " ".join(" ".join(fold(line) for line in lines).split())
    found: list[tuple[int, int, str, str]] = []
    for entry in data.get("institutions", ()):
        for name in entry["names"]:
            if count := text.count(fold(name)):
                found.append((-count, text.find(fold(name)), entry["id"], name))
    if found:
        _, _, identity, name = min(found)
        return identity, name
    raw = " ".join(lines)
    aliases = [
        (-count, alias, entry["id"])
        for entry in data.get("institutions", ())
        for alias in entry.get("aliases", ())
        if (count := len(re.findall(rf"(?<!\w){re.escape(alias)}(?!\w)", raw))) >= data.get("min_alias_count", 3)
    ]
    if aliases:
        _, alias, identity = min(aliases)
        return identity, alias
    stated = re.compile(data.get("stated", "(?!)"), re.I)
    for block in texts[:_TOP]:
        if (match := stated.match(block.text)) and not any(c.isdigit() for c in match["name"]):
            return slug(match["name"]), match["name"].strip()
    return _named_at_the_top(texts[:_TOP])


def institution_id(stated: str) -> str:
    """The canonical id of an institution that a person names by its id, a known name or alias; else a slug of the name."""
    known = load("institutions").get("institutions", ())
    name = fold(stated)
    for entry in known:
        if stated == entry["id"] or name in {fold(n) for n in (*entry["names"], *entry.get("aliases", ()))}:
            return entry["id"]
    return slug(stated)


def _named_at_the_top(texts: Sequence[TextBlock]) -> tuple[str, str]:
    """The first line that starts like the name of a public body; below the name of a ministry or government, that of the body itself."""
    name = ""
    for i in range(len(texts)):
        found = _body_named(texts, i)
        if found and (not name or not _begins(fold(found), "parts")):
            name = found
        # The names of a letterhead stand one below the other.
        if name and (not found or not _begins(fold(found), "parents")):
            break
    return (slug(name), name) if name else ("", "")


def _body_named(texts: Sequence[TextBlock], number: int) -> str:
    """The public body that a line names, with the line below where it ends open ("Municipalidad de"), without its letters or a part."""
    block = texts[number]
    line, plain = block.text.strip(), fold(block.text)
    closed = line.endswith((".", ":", ";", ",")) and not _LETTERS.search(line)
    if not _begins(plain, "nouns") or not 2 <= len(plain.split()) <= 14 or closed:
        return ""
    if plain.split()[-1] in small_words():
        below = next((b for b in texts[number + 1 :] if _is_below(block.place, b.place)), None)
        if below is None:
            return ""
        line = f"{line} {below.text.strip()}"
    head, *rest = _DASH.split(line, maxsplit=1)
    return head if rest and (is_unit(rest[0]) or (rest[0].isupper() and " " not in rest[0])) else line


def _begins(plain: str, kind: str) -> bool:
    """True for a folded line that begins with one of the words of that kind."""
    return any(plain.startswith(f"{word} ") or plain == word for word in load("institutions").get(kind, ()))


def _is_below(place: Place, other: Place) -> bool:
    """True where a text stands right under another one; in a dump, which has lines alone, that is the next one."""
    if place.x0 is None or other.x0 is None:
        return True
    size = (place.bottom or 0) - (place.top or 0)
    beside = min(place.x1 or 0, other.x1 or 0) - max(place.x0, other.x0)
    return place.page == other.page and 0 <= (other.top or 0) - (place.top or 0) < 2.5 * size and beside > 0
