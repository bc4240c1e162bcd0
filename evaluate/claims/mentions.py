"""Units and parts of a document that a sentence names or points at: "la Gerencia Comercial", "el componente 3", "esta área"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ...normalize.context import without_number
from ...normalize.folding import fold, small_words, unaccented
from ...normalize.lexicon import load as lexicon
from ...normalize.organisations import without_sigla
from ...schema.plan import Plan
from ..wordings import load
from .chapters import Chapters
from .figures import pattern

_MIN_NAME, _MAX_NAMES, _MIN_WORD = 8, 600, 4
_TOP = 12
"""Lines of the cover, where the institution names itself."""
UNKNOWN = "?"
_TOKEN = re.compile(r"[^\W_][\w&/'’-]*|[^\s\w]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit or part that stands in a sentence from ``start`` to ``end``.

    ``identities`` are the scopes that bear its name ("unit:…", "section:…", "chapter:…"), UNKNOWN where
    none does; empty for one that is pointed at without a name. ``governs`` where what follows is surely
    said of it: it begins the sentence, or stands right behind what is counted.
    """

    start: int
    end: int
    identities: tuple[str, ...]
    governs: bool
    own: str = ""
    """The noun with which the sentence points at the part that it stands in: "el área"."""


@dataclass
class Names:
    """The names of a document's units, sections and chapters, and of the institution itself."""

    known: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By the name folded: the scopes that bear it."""
    content: list[tuple[frozenset[str], str]] = field(default_factory=list)
    """The words of each name that say something."""
    institution: tuple[str, ...] = ()
    short: frozenset[str] = frozenset()
    """The short names of the institution: those that the cover prints in capitals, and the first letters of its name."""
    _full: list[tuple[re.Pattern[str], tuple[str, ...]]] = field(default_factory=list)


def names_of(plan: Plan, chapters: Chapters) -> Names:
    found = Names()
    units = [(f"unit:{i.lead_unit_id}", i.lead_unit) for i in plan.indicators if i.lead_unit_id]
    units += [(f"responsible:{i.responsible_unit_id}", i.responsible_unit) for i in plan.indicators if i.responsible_unit_id]
    units += [(f"section:{s.number}", s.title) for s in plan.sections if s.title and len(plan.sections) > 1]
    units += [(f"chapter:{key}", chapters.titles[key]) for key in chapters.rows]
    for identity, printed in dict.fromkeys(units):
        for name in {fold(printed), fold(without_number(printed)), fold(without_sigla(printed))} - {""}:
            found.known[name] = tuple(dict.fromkeys((*found.known.get(name, ()), identity)))
    for name in list(found.known)[:_MAX_NAMES]:
        words = content(name)
        if words:
            found.content.append((words, name))
        if len(name) >= _MIN_NAME:
            found._full.append((re.compile(r"\b" + r"[^a-z0-9]+".join(map(re.escape, name.split())) + r"\b"), found.known[name]))
    found._full.sort(key=lambda f: -len(f[0].pattern))
    first = min((i.place.order for i in plan.indicators), default=(0, 0))
    top = [n.text for n in plan.narrative[:_TOP] if n.place.order < first and fold(without_number(n.text)) not in found.known]
    cover = [fold(text) for text in top if not text.rstrip().endswith(".")]
    found.institution = tuple(dict.fromkeys(filter(None, (fold(plan.document.institution_printed), *cover))))
    text = " ".join(top)
    initials = ["".join(w[0] for w in i.split() if w not in small_words()) for i in found.institution]
    found.short = frozenset(
        (*(fold(w) for w in re.findall(r"(?<![\w])[A-ZÁÉÍÓÚÑ]{3,12}(?![\w])", text)), *(i for i in initials if len(i) > 2))
    )
    return found


def content(name: str) -> frozenset[str]:
    """What of a name is its own: without the noun that all such names begin with, articles and numbers of headings."""
    words = name.split()
    own = [w for w in (words[1:] if words and words[0] in _nouns() else words) if w not in small_words()]
    return frozenset([w for w in own if not w.isdigit()] or own)


@cache
def _nouns() -> frozenset[str]:
    data = lexicon("organisations")
    return frozenset((*data["nouns"]["words"], *load("claims")["part_nouns"]))


def _singular(word: str) -> str:
    """The noun that a word is a form of; "" where it is none."""
    return next((w for w in (word, word.removesuffix("s"), word.removesuffix("es")) if w in _nouns()), "")


def mentions(text: str, names: Names) -> list[Mention]:
    """The units and parts that a sentence names, in order; those that only tell of the report itself are left out."""
    plain = unaccented(text)
    found: list[Mention] = []
    aligned = len(plain) == len(text)
    for shown, identities in names._full:
        for m in shown.finditer(plain):
            # A name without a noun of units is also a word ("comunicaciones"): it is a name where it has a capital.
            if aligned and text[m.start()].islower() and not _singular(m.group().split()[0]):
                continue
            if not any(f.start < m.end() and m.start() < f.end for f in found):
                found.append(Mention(m.start(), m.end(), identities, _governs(plain, m.start())))
    if aligned:
        for mention in _phrases(text, plain, names):
            if not any(f.start < mention.end and mention.start < f.end for f in found):
                found.append(mention)
    for mention in _bare(text, names):
        if not any(f.start < mention.end and mention.start < f.end for f in found):
            found.append(mention)
    found.sort(key=lambda f: f.start)
    found = [f for f in found if not _reports(plain, f)]
    return [replace(f, governs=False) if pattern("tells_that").match(plain[f.end :]) else f for f in found]


def _bare(text: str, names: Names) -> Iterator[Mention]:
    """Units by their own words alone, where the sentence or a part of it begins with them: "En Salud, …"."""
    for m in pattern("bare_unit").finditer(text):
        words = content(fold(m["name"]))
        fitting = {shown for own, shown in names.content if words and own == words}
        if len(fitting) == 1:
            yield Mention(m.start("name"), m.end("name"), names.known[fitting.pop()], True)


def _phrases(text: str, plain: str, names: Names) -> Iterator[Mention]:
    """What begins with the noun of a unit or part: named by the capitals behind it, or pointed at."""
    tokens = list(_TOKEN.finditer(text))
    shouted = text.upper() == text
    end = 0
    for n, token in enumerate(tokens):
        noun = _singular(fold(token.group()))
        if not noun or token.start() < end:
            continue
        last = n if shouted else _name_end(tokens, n)
        end = tokens[last].end()
        if last > n:
            name = fold(text[token.start() : end])
            if not _institution(name, names):
                several = fold(token.group()) != noun  # "las gerencias Comercial y de Obras"
                found = () if several else _bearing(name, noun, names)
                yield Mention(token.start(), end, found or (UNKNOWN,), _governs(plain, token.start()))
            continue
        yield from _without_capitals(plain, token.start(), end, noun, names)


def _without_capitals(plain: str, start: int, end: int, noun: str, names: Names) -> Iterator[Mention]:
    """A noun of units in lower case: each one of them, one named by the words behind it, or the one in force."""
    before, rest = plain[:start], plain[end:]
    if fold(plain[start:end]) != noun:
        return  # "las gerencias": all of them
    if pattern("each").search(before):
        yield Mention(start, end, (UNKNOWN,), True)
        return
    if not pattern("pointing").search(before):
        return
    governs = _governs(plain, start)
    if pattern("says_of_it").match(rest):
        if not any(i.startswith(noun) for i in names.institution):
            yield Mention(start, end, (), governs, noun)
    elif not pattern("not_units").match(plain[start:]):
        found = _beginning(fold(rest), names)
        if found or governs:
            yield Mention(start, end, found or (UNKNOWN,), governs)


def _name_end(tokens: Sequence[re.Match[str]], n: int) -> int:
    """The last token of the name that begins at ``n``: capitals and numbers, with the small words between them."""
    last, joined = n, 0
    for m in range(n + 1, len(tokens)):
        word = tokens[m].group()
        if word[0].isupper() or (word[0].isdigit() and m == n + 1) or word in "«“\"'":
            last, joined = (m if word not in "«“\"'" else last), 0
        elif fold(word) in small_words() or (word == ":" and m == n + 1):
            joined += 1
            if joined > 3:
                break
        else:
            break
    return last


def bearing(label: str, names: Names) -> tuple[str, ...]:
    """The scopes that a label of a table names, also where it leaves out a word or more of the name."""
    plain = fold(without_number(label))
    if plain in names.known:
        return names.known[plain]
    words = content(plain)
    fitting = {shown for own, shown in names.content if own == words} if words else set()
    if not fitting and max((len(w) for w in words), default=0) >= _MIN_WORD:
        fitting = {shown for own, shown in names.content if words < own or own < words}
    return tuple(sorted({i for f in fitting for i in names.known[f]})) if len({content(f) for f in fitting}) == 1 else ()


def _institution(name: str, names: Names) -> bool:
    """True for the institution as a whole, by its name or by the short one that its cover prints: "las áreas del instituto"."""
    own = [w for w in name.split()[1:] if w not in small_words()]
    if own and all(w in names.short for w in own):
        return True
    return any(i == name or i.startswith(f"{name} ") or name.startswith(f"{i} ") for i in names.institution)


def _bearing(name: str, noun: str, names: Names) -> tuple[str, ...]:
    """The scopes whose name is this one, or has the same words of its own; none where two names fit."""
    if name in names.known:
        return names.known[name]
    words = content(name if name.split()[0] == noun else f"{noun} {' '.join(name.split()[1:])}")
    fitting = {shown for own, shown in names.content if own == words}
    fitting = fitting or {shown for own, shown in names.content if words and (words < own or own < words)}
    identities = {i for shown in fitting for i in names.known[shown]}
    return tuple(sorted(identities)) if len({frozenset(content(f)) for f in fitting}) == 1 else ()


def _beginning(rest: str, names: Names) -> tuple[str, ...]:
    """The scopes whose own words a text in lower case begins with: "de compras evaluó" of "Área de Compras"."""
    words = [w for w in rest.split() if w not in small_words()]
    fitting = [(own, shown) for own, shown in names.content if set(words[: len(own)]) == own]
    if not fitting:
        return ()
    most = max(len(own) for own, _ in fitting)
    return tuple(dict.fromkeys(i for own, shown in fitting if len(own) == most for i in names.known[shown]))


def _governs(plain: str, start: int) -> bool:
    before = plain[:start]
    clause = re.split(r"[.;:]", before)[-1]
    return len(clause.split()) <= _LEAD_IN or bool(pattern("of_the_unit").search(before))


_LEAD_IN = 4


def _reports(plain: str, mention: Mention) -> bool:
    """True for a unit that presents or receives the report, of which nothing is counted: "según la Dirección de Planificación"."""
    if pattern("told_by").search(plain[: mention.start]):
        return True
    return bool(pattern("tells").match(plain[mention.end :]))


def topic(first: Iterable[Mention]) -> Mention | None:
    """The unit that a paragraph is about: the one that its first sentence begins with."""
    return next((m for m in first if m.governs), None)
