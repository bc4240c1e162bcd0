"""Words that are surely misspelt: they stand once, and differ by one slip, or by letters of one sound, from a word that is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from rapidfuzz.distance import OSA

from ...normalize.folding import small_words, unaccented
from ...normalize.lexicon import load
from ..wordings import load as load_wordings

_WORD = re.compile(r"[a-z]{5,}")
_PLURAL = re.compile(r"(?<=[a-z]{4})(?:es|s)$")
# Shorter words that differ in one letter are too often two words (adenda, agenda).
_SLIP, _SLIP_BESIDE = 7, 6


def words_of(text: str) -> list[str]:
    """The content words of a text, of five letters or more, in the singular."""
    return [_PLURAL.sub("", w) for w in _WORD.findall(unaccented(text)) if w not in small_words()]


@cache
def unit_words() -> frozenset[str]:
    """The words of every unit of measure that the lexicon knows."""
    return frozenset(w for unit in load("units_of_measure").get("units", ()) for wording in unit["wordings"] for w in words_of(wording))


def misspelt(word: str, beside: Iterable[str], counts: Counter[str]) -> str:
    """The known word that a word of a unit of measure misspells; "" for a word that may be right.

    ``beside`` are the words of its own row's name; ``counts`` how often each word stands in the document.
    """
    if counts[word] > 1 or word in unit_words() or word in load_wordings("form")["homophones"]:
        return ""
    own = {w for w in beside if w != word}
    for known, least in ((own, _SLIP_BESIDE), (unit_words(), _SLIP)):
        for other in sorted(known):
            if _sound(word) == _sound(other) or (len(word) >= least - 1 and len(other) >= least - 1 and _one_slip(word, other)):
                return other
    return ""


def _one_slip(word: str, other: str) -> bool:
    """True where one letter is left out, doubled, wrong or changed over with the next, but for the first and the last, which inflect."""
    if word[0] != other[0] or abs(len(word) - len(other)) > 1:
        return False
    if word == other[:-1] and other.endswith(("dad", "tad", "cion", "sion")):
        return True
    return word[-1] == other[-1] and OSA.distance(word, other, score_cutoff=1) == 1


@cache
def _sound(word: str) -> str:
    """A word with the letters made one that sound alike: b and v, s and z, y and i."""
    sound = re.sub(r"(?<!c)h", "", word)
    for letters, one in (("c(?=[ei])|z", "s"), ("v", "b"), ("ll|y", "i"), ("g(?=[ei])", "j"), ("qu(?=[ei])|c(?!h)", "k")):
        sound = re.sub(letters, one, sound)
    return sound
