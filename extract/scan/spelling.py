"""Words that are none: letters that the engine takes for others, put right where the dictionary leaves one way."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import product

from ..pdf.content import Word

_SMALL_L = re.compile(r"(?<=[A-ZÁÉÍÓÚÑ]{2})l(?=[A-ZÁÉÍÓÚÑ]|$|[^\wáéíóúñü])")
"""A small l behind two capitals, at the end of a word or before another: PEl, POl, lNFORME are none in Spanish."""
_DOLLARS = re.compile(r"^US[S5](?=$|\d)")
"""The sign of dollars read as a letter: no word of Spanish is USS."""
_FOREIGN = str.maketrans("àèìòùÀÈÌÒÙșțşţȘȚŞŢ", "áéíóúÁÉÍÓÚststSTST")
"""Marks on letters that Spanish has not: a speck beside an acute accent, or below a letter."""
_BARE = dict(zip("áéíóúÁÉÍÓÚ", "aeiouAEIOU", strict=True))
_CAPITALS = str.maketrans("ÁÉÍÓÚ", "AEIOU")
"""No accent is added that the page itself does not write: many documents are typed without them."""
_ALIKE = {"í": "l", "i": "l", "l": "i", "t": "l", "I": "l", "1": "il", "0": "oO"}
"""What a letter may be instead."""
_LETTERS = "A-Za-zÁÉÍÓÚÜÑáéíóúüñàèìòùÀÈÌÒÙ"
_WORD = re.compile(rf"[(«\"¿/]?([{_LETTERS}]{{4,}})[)».,;:\"?]*")
_SHORT = {"ía": "la", "ías": "las", "íos": "los", "ei": "el", "eí": "el", "dei": "del", "ai": "al"}
"""Words too short for a dictionary to tell them from names, which Spanish has not and every text would have."""
_LEAST, _MOST_ACCENTS = 5, 4
"""Letters from which a word is put right, and the accents of it that are tried."""


def settled(text: str) -> str:
    """A word with a small l for a capital I put right: "PEl" is "PEI". Of dashes of two lengths the engine knows no difference."""
    return _DOLLARS.sub("US$", _SMALL_L.sub("I", text.translate(_FOREIGN)).replace("–", "-"))


def is_word(text: str) -> bool:
    """True for a word of letters, long enough for a dictionary to tell something of it."""
    return _WORD.fullmatch(text) is not None


@lru_cache(maxsize=50_000)
def is_known(text: str) -> bool:
    """True for a word of Spanish, in any of its forms, whatever stands around it."""
    found = _WORD.fullmatch(text)
    return found is not None and _dictionary()(found[1])


def respelled(text: str) -> str:
    """An unknown word as the only known one that looks like it; the same where there is none, or several."""
    if text in _SHORT:
        return _SHORT[text]
    found = _WORD.fullmatch(text)
    if found is None or len(found[1]) < _LEAST or _dictionary()(found[1]):
        return text
    known = {w for w in _looks_like(found[1].translate(_FOREIGN)) if w != found[1] and _dictionary()(w)}
    return text.replace(found[1], known.pop()) if len(known) == 1 else text


def _looks_like(word: str) -> set[str]:
    """The ways of writing a word without some of its accents, with at most one of its other letters as one that looks like it."""
    marked = [(c, _BARE[c]) if c in _BARE else (c,) for c in word]
    if sum(len(m) > 1 for m in marked) > _MOST_ACCENTS:
        return set()
    bare = {"".join(letters) for letters in product(*marked)}
    return bare | {w[:k] + other + w[k + 1 :] for w in bare for k, c in enumerate(w) for other in _ALIKE.get(c, "")}


def accent(words: Sequence[Word]) -> None:
    """Puts the accents back that the engine lost on capitals, where it read them as often on the same word: "Area", elsewhere "Área"."""
    counts = Counter(w.text for w in words if is_word(w.text))
    written: dict[str, list[str]] = defaultdict(list)
    for text in counts:
        if (bare := text.translate(_CAPITALS)) != text:
            written[bare].append(text)
    for word in words:
        full = written.get(word.text, [])
        if len(full) == 1 and counts[full[0]] >= counts[word.text] and is_known(full[0]) and not is_known(word.text):
            word.others = tuple(dict.fromkeys((word.text, *word.others)))
            word.text = full[0]


@cache
def _dictionary():
    """simplemma's Spanish: every form of some hundred thousand words. Raises ImportError where it is not installed."""
    from simplemma import is_known as known

    return lru_cache(maxsize=50_000)(lambda word: known(word, lang="es") or known(word.lower(), lang="es"))
