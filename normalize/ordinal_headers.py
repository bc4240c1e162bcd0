"""Headers that only count the parts of a year: "I II III IV" below "Programación trimestral", "E F M A …" or "1 … 12" below "Meses"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from .lexicon import load
from .periods import length_of_parts, ordinal

Path = tuple[str, ...]

_LEAST = 2
_INITIALS_ALONE = 6
"""So many initials of months in a row need no parent that says months."""


@cache
def _initials() -> str:
    """The first letters of the months, in order: "efmamjjasond"."""
    return "".join(words[0][0] for words in load("periods").get("months", ()))


def named(paths: Sequence[Path], counts: Sequence[bool]) -> list[Path]:
    """The header paths with such counts made the names of what they count: "I" made "1 trimestre".

    ``counts``: for each column whether its parent by itself heads figures of the plan ("Programado"). Below
    such a parent four numbers are the quarters and twelve the months; below another it must say what they are.
    """
    out = list(paths)
    start = 0 if load("periods") else len(paths)
    while start < len(paths):
        run = _run(paths, start)
        if run is None:
            start += 1
            continue
        level, numbers, end = run
        for column, name in _names(paths[start], level, numbers, counts[start]).items():
            out[column] = (*paths[column][:level], name, *paths[column][level + 1 :])
        start = end
    return out


def _run(paths: Sequence[Path], start: int) -> tuple[int, list[tuple[int, str]], int] | None:
    """The level of the header that counts from ``start`` on, its columns with their texts, and the column behind."""
    for level in range(len(paths[start])):
        parent, found, end = paths[start][:level], [], start
        while end < len(paths) and len(paths[end]) > level and paths[end][:level] == parent:
            text = paths[end][level]
            if not level and not (ordinal(text) or _initial(text)):
                break  # without a parent nothing but the counts themselves shows how far they reach
            found.append((end, text))
            end += 1
        if len({text for _, text in found}) >= _LEAST and (ordinal(found[0][1]) == 1 or _initial(found[0][1]) == _initials()[0]):
            return level, found, end
    return None


def _names(path: Path, level: int, texts: Sequence[tuple[int, str]], figures: bool) -> dict[int, str]:
    """The columns of a run with the names of what they count; none where they do not count from the first on without a gap."""
    length = next((n for text in reversed(path[:level]) if (n := length_of_parts(text))), 0)
    letters = _count([(c, _initials().find(i) if (i := _initial(t)) else None, t) for c, t in texts], _initials())
    months = max(letters.values(), default=-1) + 1
    if months >= _LEAST and (length == 1 or (months >= _INITIALS_ALONE and length in (0, 3))):
        return {c: load("periods")["months"][n][0] for c, n in letters.items()}
    counted = _count([(c, n - 1 if (n := ordinal(t)) else None, t) for c, t in texts])
    most = max(counted.values(), default=-1) + 1
    if not length and (figures or (not level and _is_roman(texts[1][1]))):
        length = {4: 3, 12: 1}.get(most, 0)
    if not length or not _LEAST <= most <= 12 // length:
        return {}
    if length == 1:
        return {c: load("periods")["months"][n][0] for c, n in counted.items()}
    part = load("periods")["parts"][length][0]
    return {c: f"{n + 1} {part}" for c, n in counted.items()}


def _count(texts: Sequence[tuple[int, int | None, str]], letters: str = "") -> dict[int, int]:
    """The columns that count 0, 1, 2 …; other names between them are let be, and one text over several columns counts once.

    ``letters``: the initials, of which one text may stand for several numbers.
    """
    found: dict[int, int] = {}
    number, before = -1, ""
    for column, told, text in texts:
        if told is None:
            continue
        fits = number + 1 < len(letters) and _initial(text) == letters[number + 1] if letters else told == number + 1
        if fits:
            number += 1
        elif text != before or found.get(column - 1) != number:
            return {}
        found[column], before = number, text
    return found


def _initial(text: str) -> str:
    """The initial of a month that a header prints and nothing else; "" for another text."""
    plain = re.sub(r"[\s.]+", "", text).lower()
    return plain if len(plain) == 1 and plain in _initials() else ""


def _is_roman(text: str) -> bool:
    return re.fullmatch(r"[IVX]+\W*", text.strip()) is not None
