"""Personal data in texts: identity numbers, private contacts, health tied to a named person. What is found is never repeated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ..normalize.folding import unaccented
from ..schema.language import Text
from .people import of_official, people_by_name
from .wordings import load

_BEFORE, _BEHIND = 50, 20
_LONGEST = 4000
# Without one of these a text holds no number of identity: most texts need no further look.
_FIGURES = re.compile(r"\d(?:(?:[ -]?\d){4}|\.\d{3}(?!\d)|-\d{1,4}-\d)")


@dataclass(frozen=True, slots=True)
class Datum:
    """Something personal: what it is, and how it looks with every letter and figure masked."""

    what: Text
    masked: str


def masked(text: str) -> str:
    """A datum with all that identifies taken out: "01234567-8" gives "••••••••-•"."""
    return re.sub(r"\w", "•", text)


def identities(text: str) -> Iterator[Datum]:
    """The identity numbers of a text that a word announces, or whose check digit is right beside a person's name."""
    text = text[:_LONGEST]
    if not _FIGURES.search(text):
        return
    taken: list[tuple[int, int]] = []
    for entry, number, cue in _entries("identity"):
        for match in number.finditer(text):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            announced = cue.search(_around(text, match)) is not None if cue else True
            proven = _CHECKS[entry["check"]](match[0]) if "check" in entry else False
            if announced or (proven and names_person(text)):
                taken.append(match.span())
                country = entry["country"].upper()
                yield Datum(Text(f"un número de {entry['name']} ({country})", f"a number of {entry['name']} ({country})"), masked(match[0]))


def contacts(text: str) -> Iterator[Datum]:
    """Private telephones, mail boxes, accounts and addresses."""
    text = text[:_LONGEST]
    if not _compiled("contact_hint").search(text):
        return
    for entry, number, cue in _entries("contact"):
        for match in number.finditer(text):
            around = _around(text, match, 0)
            if entry["name"] == "correo particular":
                told = re.search(load("personal_data")["office"], unaccented(match[0].split("@")[0])) is None
            elif cue is None:
                told = True
            else:
                told = cue.search(around) is not None
                person = entry.get("person")
                told = told or (person is not None and re.search(person, around) is not None and names_person(text))
            if told:
                yield Datum(Text(f"un dato de contacto ({entry['name']})", f"a contact ({entry['en']})"), masked(match[0])[:24])
                break


def health(text: str) -> Datum | None:
    """Health or leave tied to a named person; None where a text speaks of one without the other."""
    text = text[:_LONGEST]
    plain = unaccented(text)
    if len(plain) != len(text) or (state := _compiled("health").search(plain)) is None:
        return None
    reach = load("personal_data")["reach"]
    while state is not None:
        for person in _people(text, plain):
            first, last = sorted((person, state.span()))
            between = plain[first[1] : last[0]]
            if len(between) <= reach and ". " not in between.replace("covid.", "") and not _compiled("service").search(between):
                return Datum(
                    Text("el estado de salud o la licencia de una persona nombrada", "the health or leave of a named person"), "••••"
                )
        if _bare_name(text, state):
            return Datum(Text("el estado de salud o la licencia de una persona nombrada", "the health or leave of a named person"), "••••")
        state = _compiled("health").search(plain, state.end())
    return None


def _bare_name(text: str, state: re.Match[str]) -> bool:
    """True where a name without title or office stands right beside a word of health; not in a text that has every word in capitals."""
    if not re.search(r"\b[a-záéíóúñ]{5,}\b", text[: state.start()] + text[state.end() :]):
        return False
    for name in _compiled("bare_name").finditer(text):
        first, last = name.span()
        if _compiled("no_name").search(name.group()) or _compiled("place").search(unaccented(text[max(0, first - 60) : first])):
            continue
        if last <= state.start() and _compiled("behind_name").search(text[last : state.start()]):
            return True
        if first >= state.end() and _compiled("before_name").search(text[state.end() : first]):
            return True
    return False


@lru_cache(maxsize=65536)
def holds_any(text: str) -> bool:
    """True where a text holds a personal datum of any kind, so that it must not be quoted."""
    return any(identities(text)) or any(contacts(text)) or health(text) is not None


def names_person(text: str) -> bool:
    """True where a text names a person, by a title or a role, or by a name alone that is not said to be an official's."""
    plain = unaccented(text)
    return any(True for _ in _titled(text, plain)) or any(not of_official(plain, *span) for span in _by_name(text, plain))


def _people(text: str, plain: str) -> Iterator[tuple[int, int]]:
    yield from _titled(text, plain)
    yield from _by_name(text, plain)


def _by_name(text: str, plain: str) -> Iterator[tuple[int, int]]:
    if len(plain) == len(text):
        yield from people_by_name(text, plain)


def _titled(text: str, plain: str) -> Iterator[tuple[int, int]]:
    for pattern in _persons():
        for match in pattern.finditer(text):
            if not _compiled("place").search(plain[max(0, match.start() - 60) : match.start()]):
                yield match.span()


def _around(text: str, match: re.Match[str], behind: int = _BEHIND) -> str:
    before = unaccented(text[max(0, match.start() - _BEFORE) : match.start()])
    return f"{before}\n{unaccented(text[match.end() : match.end() + behind])}" if behind else before


@cache
def _entries(key: str) -> tuple[tuple[dict[str, str], re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple((e, re.compile(e["number"]), re.compile(e["cue"]) if "cue" in e else None) for e in load("personal_data")[key])


@cache
def _persons() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in load("personal_data")["person"])


@cache
def _compiled(key: str) -> re.Pattern[str]:
    return re.compile(load("personal_data")[key])


def _digits(text: str) -> list[int]:
    return [int(c) for c in text if c.isdigit()]


def _dui(text: str) -> bool:
    """Weights 9 to 2 over the first eight figures, modulo 10."""
    d = _digits(text)
    return (10 - sum(n * w for n, w in zip(d, range(9, 1, -1), strict=False)) % 10) % 10 == d[-1] and any(d[:-1])


def _cui(text: str) -> bool:
    """Weights 2 to 9 over the first eight figures, modulo 11; then a department and a municipality."""
    d = _digits(text)
    return sum(n * w for n, w in zip(d, range(2, 10), strict=False)) % 11 == d[8] and 1 <= d[9] * 10 + d[10] <= 22


def _luhn(text: str) -> bool:
    d = _digits(text)
    total = sum(n if i % 2 == 0 else sum(divmod(2 * n, 10)) for i, n in enumerate(reversed(d)))
    return total % 10 == 0 and any(d)


def _rut(text: str) -> bool:
    body, _, last = text.replace(".", "").partition("-")
    rest = 11 - sum(int(n) * (2 + i % 6) for i, n in enumerate(reversed(body))) % 11
    # From 50 million on a number is a company's.
    return int(body) < 50_000_000 and last.upper() == {11: "0", 10: "K"}.get(rest, str(rest))


def _cuil(text: str) -> bool:
    """Weights 5 4 3 2 7 6 5 4 3 2, modulo 11; where that would be ten, the figure is nine."""
    d = _digits(text)
    check = (11 - sum(n * w for n, w in zip(d, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=False)) % 11) % 11
    return min(check, 9) == d[-1]


_CHECKS: dict[str, Callable[[str], bool]] = {"dui": _dui, "cui": _cui, "luhn": _luhn, "rut": _rut, "cuil": _cuil}
