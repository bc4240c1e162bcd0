"""How like two names of actions or objectives are, of 100: reworded, damaged by recognition, or cut short."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ...normalize.folding import confusable, fold, small_words

SAME = 85.0
"""Names from here on mean the same, as in the rules that look for repeated rows (evaluate/wordings/actions.yaml)."""
REPLACED = 80.0
"""The most where a word stands for another one: "servicios de seguros" and "servicios de préstamos" are two actions, alike as they are.
It is below SAME, so that only an equal code makes it the same action."""
CONTAINED = 80.0
"""The most where one name holds all words of the other and more: it may be the same action told longer, or a part of it."""
LITTLE_MORE = 92.0
"""Unless the rest is no more than a verb without weight: "dar mantenimiento a" for "mantenimiento de"."""
CUT = 95.0
"""A name that ends without a full stop where the other goes on was cut at the edge of its cell."""
OTHER_NUMBERS = 70.0
"""The most where both names print numbers and not the same: "módulo 2" is not "módulo 3"."""
ALONE = 6
"""Content words from which a name speaks for itself; a shorter one ("Presentar para autorización del Consejo Directivo") means what its
heading and its unit say (evaluate/wordings/actions.yaml)."""
_STEM = 6
"""Letters that the forms of one word share: "elaborar" and "elaboración", "ejecutar" and "ejecución"."""
_INFLECTED = 5.0
"""What other endings take from the likeness: less than a reworded name loses, more than a slip of the pen."""
_LEAST_CUT = 25
"""Letters below which the beginning of a name may be that of many."""
_LONGEST = 60
"""Words of a name that are compared; longer ones differ before that or not at all, and the cost stays bounded."""

# "(AE.2.1. del PEI 2021-2024)": a reference behind the name, no part of it.
_REFERENCE = re.compile(r"\([^()]*\d\.\d[^()]*\)")
_YEARS = re.compile(r"\b(?:19|20)\d\d\s*[-–/]\s*(?:19|20)?\d\d\b|\b((?:19|20)\d\d)\b")
_ROMAN = re.compile(r"i{1,3}|iv|vi{0,3}|ix|x")


@dataclass(frozen=True, slots=True)
class Name:
    """A name made comparable: its content words, all of it as one string that recognition errors leave alone, and its numbers."""

    words: tuple[str, ...]
    compact: str
    stems: tuple[str, ...]
    numbers: tuple[str, ...]
    ends: bool
    """Whether it is printed with a full stop: then it was not cut."""

    @property
    def alone(self) -> bool:
        return len(self.words) >= ALONE


@lru_cache(maxsize=65536)
def name_of(text: str) -> Name:
    plain = fold(_REFERENCE.sub(" ", text)).replace("/", " ")
    words = tuple(w for w in plain.split()[:_LONGEST] if w not in small_words())
    numbers = tuple(sorted(w for w in words if any(c.isdigit() for c in w) or _ROMAN.fullmatch(w)))
    return Name(words, confusable(" ".join(words)), tuple(w[:_STEM] for w in words), numbers, text.rstrip().endswith((".", ";")))


def of_its_year(text: str, year: int) -> str:
    """A name that can be compared over years: "presupuesto 2023" in a plan of 2022 is the budget of the next year, as "2022" is in 2021.

    Spans of years ("PEI 2021-2024") and years far from the plan's own stay as they are.
    """

    def relative(match: re.Match[str]) -> str:
        if match[1] is None or abs(int(match[1]) - year) > 2:
            return match[0]
        return f"anio{int(match[1]) - year + 5}"

    return _YEARS.sub(relative, text)


def likeness(a: Name, b: Name) -> float:
    """How like two names are, 0..100, the same whichever comes first."""
    if not a.words or not b.words:
        return 0.0
    if a.compact == b.compact:
        return 100.0
    short, long = (a, b) if len(a.compact) <= len(b.compact) else (b, a)
    if len(short.compact) >= _LEAST_CUT and not short.ends and long.compact.startswith(short.compact):
        return CUT
    found = max(
        fuzz.token_sort_ratio(" ".join(a.words), " ".join(b.words)),
        fuzz.ratio(a.compact, b.compact),
        fuzz.token_sort_ratio(" ".join(a.stems), " ".join(b.stems)) - _INFLECTED,
    )
    limits = [found]
    fewer, more = (set(x.stems) for x in ((a, b) if len(a.words) <= len(b.words) else (b, a)))
    if len(fewer) >= 3 and fewer < more:
        return found if found >= LITTLE_MORE else CONTAINED
    if _missing(a, b) and _missing(b, a):
        limits.append(REPLACED)
    if a.numbers and b.numbers and Counter(a.numbers) != Counter(b.numbers):
        limits.append(OTHER_NUMBERS)
    return min(limits)


def _missing(a: Name, b: Name) -> bool:
    """True where a word of the one stands nowhere in the other, in any form or spelling."""
    there = set(b.stems)
    return any(
        stem not in there
        and len(word) > 3
        and confusable(word) not in b.compact
        and not any(Levenshtein.normalized_similarity(word, other) >= _SLIP for other in b.words)
        for word, stem in zip(a.words, a.stems, strict=True)
    )


_SLIP = 0.7
"""Share of a word's letters that a slip of the pen or of recognition leaves: three of ten may be wrong."""
