"""Cells that print a period and nothing else, as the headers of tables print them: "I (ene-abr)", "2.º trimestre", "Marzo", "Total"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from .arithmetic import tile_the_year
from .folding import fold
from .lexicon import load
from .periods import Period, find_period, length_of_parts, ordinal

# A label of a period is short: "Acumulado al tercer trimestre de 2024" has 37 letters.
_LONGEST = 40
# So many ordinals from the first on are the parts of a year by themselves: quarters and months; two or three may be any.
_PARTS_BY_COUNT = {4: 3, 12: 1}
_LEAST = 2


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(map(fold, load("periods").get(name, ())))


def period_names(texts: Iterable[str], header: str) -> dict[str, str]:
    """The texts that are labels of periods, each with the wording that a header would have for it: "I (ene-abr)" gives "enero - abril".

    ``texts`` are all that a column or line prints, ``header`` what stands above or before them ("Cuatrimestre").
    A text that is no label, or whose number and months contradict each other, is not among them; and none is where
    fewer than two different parts of a year are printed.
    """
    different = list(dict.fromkeys(t for t in texts if t))
    length = length_of_parts(header) or _PARTS_BY_COUNT.get(_counted(different), 0)
    found = {t: p for t in different if (p := _period(t, length)) is not None}
    if len({(p.first, p.last) for p in found.values()}) < _LEAST:
        return {}
    names = {t: _name(t, p) for t, p in found.items()}
    parts = {(p.first, p.last) for p in found.values() if p.months < 12}
    last = max((b for _, b in parts), default=0)
    for text in different:
        plain = fold(text)
        if text in names or not parts:
            continue
        if plain in _words("row_sums_to_date"):
            names[text] = f"{load('periods')['to_date'][0]} a {_month(last)}"
        elif plain in _words("row_years") or (plain in _words("row_totals") and tile_the_year(parts)):
            names[text] = load("periods")["annual"][0]
        elif plain in _words("row_totals"):
            names[text] = f"{_month(min(a for a, _ in parts))} - {_month(last)}"
    return names


def _counted(texts: Sequence[str]) -> int:
    """How many numbers the texts print, where they count from the first on without a gap; 0 else."""
    numbers = {n for t in texts if (n := ordinal(t))}
    return len(numbers) if numbers == set(range(1, len(numbers) + 1)) else 0


def _period(text: str, length: int) -> Period | None:
    if len(text) > _LONGEST:
        return None
    if number := ordinal(text):
        return Period((number - 1) * length + 1, number * length) if length and number <= 12 // length else None
    period, rest = find_period(text)
    if period is None:
        # "Trimestre: II": the number behind a sign.
        own = length_of_parts(text)
        number = next((n for w in re.split(r"[\s:.()]+", text) if (n := ordinal(w))), 0)
        plain = own and number and number <= 12 // own and len(fold(text).split()) == _LEAST
        return Period((number - 1) * own + 1, number * own) if plain else None
    while (again := find_period(rest))[0] is not None:
        other, rest = again
        if other is not None and (other.first, other.last) != (period.first, period.last):
            return None
    words = [w for w in re.findall(r"[^\W_]+", rest) if w not in _words("row_totals") and not length_of_parts(w)]
    if len(words) > 1 or (words and not 12 >= ordinal(words[0]) * period.months == period.last):
        return None
    return period


def _name(text: str, period: Period) -> str:
    """The wording of a label: itself where it says nothing but its period, else that of its months."""
    year = f" {period.year}" if period.year else ""
    _, rest = find_period(text)
    if not rest and not ordinal(text):
        return text
    if period.months == 12:
        return load("periods")["annual"][0] + year
    if period.months == 1:
        return _month(period.first) + year
    return f"{_month(period.first)} - {_month(period.last)}{year}"


def _month(number: int) -> str:
    return load("periods")["months"][number - 1][0]


def _sum_word() -> str:
    return f"{load('periods')['to_date'][0]} a"
