"""Codes that the name of a row cites: "(AE.4.2. del PEI 2021-2024)"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CITED = re.compile(r"(?<![\w.])(?P<letters>[A-ZÁÉÍÓÚÑ]{1,4})\.\s?(?P<numbers>\d{1,3}(?:\.\d{1,3})+)(?P<dot>\.?)(?![\w.])(?P<after>\s*\S?)")


@dataclass(frozen=True, slots=True)
class Cited:
    """A code as cited, without the space of a line that was broken, and its numbers.

    ``sure`` is False where a last dot may be the end of the sentence.
    """

    printed: str
    letters: str
    path: tuple[int, ...]
    sure: bool = True


def cited(text: str) -> list[Cited]:
    """The codes of two numbers or more that a text cites, apart from one that it begins with."""
    found = []
    for match in _CITED.finditer(text):
        after = match["after"]
        goes_on = after[-1:].islower() or after[-1:] in {")", ",", ";", "-", "–"}
        printed = f"{match['letters']}.{match['numbers']}{match['dot']}"
        path = tuple(int(n) for n in match["numbers"].split("."))
        if match.start():
            found.append(Cited(printed, match["letters"], path, goes_on))
    return found
