"""Words that are none: letters that the engine takes for others, put right where the dictionary leaves one way."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from ...schema.data_files import read_yaml
from ..pdf.content import Word

_DATA = read_yaml(Path(__file__).with_name("spelling.yaml"))
_SMALL_L = re.compile(r"(?<=[A-ZÁÉÍÓÚÑ]{2})l(?=[A-ZÁÉÍÓÚÑ]|$|[^\wáéíóúñü])")
"""A small l behind two capitals, at the end of a word or before another: PEl, POl, lNFORME are none in Spanish."""
_STARTS = [(re.compile(rf"^{start}"), text) for start, text in _DATA.get("starts", {}).items()]
_MARKS = str.maketrans(dict(p for these, those in _DATA.get("marks", {}).items() for p in zip(these, those, strict=True)))
_BARE = dict(zip("áéíóúÁÉÍÓÚ", "aeiouAEIOU", strict=True))
_CAPITALS = str.maketrans("ÁÉÍÓÚ", "AEIOU")
"""No accent is added that the page itself does not write: many documents are typed without them."""
_ALIKE: dict[str, str] = _DATA.get("alike", {})
"""What a letter may be instead, each character one way."""
_LETTERS = "A-Za-zÁÉÍÓÚÜÑáéíóúüñàèìòùÀÈÌÒÙ"
_WORD = re.compile(rf"[(«\"¿/]?([{_LETTERS}]{{4,}})[)».,;:\"?]*")
_SHORT: dict[str, str] = _DATA.get("words", {})
_LEAST, _MOST_ACCENTS = 5, 4
"""Letters from which a word is put right, and the accents of it that are tried."""


def settled(text: str) -> str:
    """A word without what Spanish has not: "PEl" is "PEI". Of dashes of two lengths the engine knows no difference."""
    text = _SMALL_L.sub("I", text.translate(_MARKS)).replace("–", "-")
    for start, said in _STARTS:
        text = start.sub(said, text)
    return text


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
    known = {w for w in _looks_like(found[1].translate(_MARKS)) if w != found[1] and _dictionary()(w)}
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
