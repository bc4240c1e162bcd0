"""Units of measure: the canonical code of a printed unit, and whether it counts whole things."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from .currencies import unit_of_money
from .folding import unaccented
from .lexicon import load

_NOUN = re.compile(r"[a-z]{4,}(?:[ ,.()/-]+[a-z0-9]+){0,5}\W*$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: canonical code, UNECE Recommendation 20 code ("" where none), whether decimals make no sense."""

    code: str
    unece: str = ""
    indivisible: bool = False
    generic: bool = False
    """A word such as "monto" or "cantidad" that gives way to any unit named after it."""


@cache
def _units() -> tuple[tuple[re.Pattern[str], Unit], ...]:
    found = []
    for entry in load("units_of_measure").get("units", ()):
        unit = Unit(entry["code"], entry.get("unece", ""), entry.get("indivisible", False), entry.get("generic", False))
        words = sorted((re.escape(unaccented(w)).replace(r"\ ", r"\s+") for w in entry["wordings"]), key=len, reverse=True)
        found.append((re.compile(r"(?<![a-z0-9$])(?:" + "|".join(words) + r")(?![a-z0-9])"), unit))
    return tuple(found)


@cache
def scales() -> frozenset[str]:
    """Words that multiply the figure before them: "mil", "millones"."""
    return frozenset(load("units_of_measure").get("scales", ()))


@lru_cache(maxsize=4096)
def unit_of(printed: str) -> Unit | None:
    """The unit whose wording stands first in the printed text; None where none is known.

    "INFORME DE EMPLEADO CAPACITADO" is a report, not a person: the head word comes first.
    """
    plain = unaccented(printed)
    best: tuple[bool, int, int, Unit] | None = None
    for pattern, unit in _units():
        match = pattern.search(plain)
        if match is None:
            continue
        # The wording that stands first; of those that start together the longest: "metros cuadrados" before "metros".
        found = (unit.generic, match.start(), -len(match.group()), unit)
        if best is None or found[:3] < best[:3]:
            best = found
    money = unit_of_money(plain)
    if money is not None and (best is None or (False, money[0], money[0] - money[1]) < best[:3]):
        return Unit(money[2])
    return best[3] if best else None


@cache
def _divisible() -> re.Pattern[str]:
    words = (re.escape(unaccented(w)).replace(r"\ ", r"\s+") for w in load("units_of_measure").get("divisible", ()))
    return re.compile(r"(?<![a-z0-9])(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")(?:s|es)?(?![a-z0-9])")


@lru_cache(maxsize=4096)
def is_thing(printed: str) -> bool:
    """True for a unit that no list knows and that is a noun of things: whole or not at all, as far as its word tells."""
    plain = unaccented(printed).strip()
    if not load("units_of_measure"):
        return False  # a noun is a thing only where no list names it as one that is measured
    return bool(_NOUN.match(plain)) and unit_of(printed) is None and not _divisible().search(plain)


@cache
def _countable() -> re.Pattern[str]:
    words = map(unaccented, load("units_of_measure").get("countable", ()))
    return re.compile(r"(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")(?:s|es)?(?![a-z0-9])")


@lru_cache(maxsize=4096)
def is_countable(printed: str) -> bool:
    """True for a unit that starts with the word for a thing that nobody divides, however many are counted: "Mesa de diálogo"."""
    return _countable().match(unaccented(printed).strip()) is not None
