"""Classes of the traffic light: words that print one, in titles, labels and cells."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz

from ..extract.marks import is_no_figure, is_nothing
from .folding import fold, unaccented
from .lexicon import load

_SAME = 90.0
_LONGEST = 40
"""Letters of the longest class, and of a cell that prints one with its percentage."""


@cache
def _words() -> dict[str, str]:
    """Every form of a class word that a title may print, with the class as it is written (masculine singular)."""
    return {fold(w): c for c, words in load("classes").get("classes", {}).items() for w in words}


@cache
def class_words() -> dict[str, str]:
    """Every form of a class word, also of those that name a class only in a cell or before its limits."""
    return {fold(w): c for c, words in load("classes").get("cells", {}).items() for w in words} | _words()


@cache
def _titles() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(unaccented(t).replace("{class}", r"(?P<name>[a-z]+(?: [a-z]+)?)")) for t in load("classes").get("titles", ()))


def class_id(word: str) -> str:
    """The identity of a class that a word prints; plural and feminine forms are one class, and any other word is one of its own."""
    return class_words().get(fold(word), published(word))


def published(word: str) -> str:
    """A class as it is published: the printed word, lower case without accents."""
    return word.strip() if is_sign(word) else fold(word)[:_LONGEST]


def class_of_title(text: str) -> str:
    """The class that a title or band gives its rows ("CUMPLIMIENTO CRÍTICO"); "" for another text."""
    plain = fold(text)
    if not plain or len(plain) > 60:
        return ""
    for pattern in _titles():
        if (match := pattern.fullmatch(plain)) and match["name"] in _words():
            return _words()[match["name"]]
    misread = load("classes").get("misread_title", "")
    for word, identity in _words().items():
        if len(plain) > 10 and fuzz.ratio(plain, misread.replace("{class}", word)) >= _SAME:
            return identity
    return ""


def class_of_label(text: str) -> str:
    """The class that a label beside rows gives them; in a column of labels any word may name one ("CUMPLIMIENTO ALTO")."""
    if found := class_of_title(text):
        return found
    plain = fold(text)
    match = _titles()[0].fullmatch(plain) if _titles() and len(plain) <= 60 else None
    return class_id(match["name"]) if match else ""


def class_of_cell(text: str) -> str:
    """The class that a cell of a class column prints, a word or a sign (▲), without the percentage beside it; "" for figures and blanks."""
    word = split_class(text)[1] or text.strip()
    plain = published(word)
    return plain if (is_sign(plain) or any(c.isalpha() for c in plain)) and not is_nothing(word) else ""


_PERCENTAGE = r"[<>≥≤]?\s?-?\d{1,4}(?:[.,]\d{1,2})?\s?%?"
_BEFORE = re.compile(rf"(?P<figure>{_PERCENTAGE})[\s\-–—/|:;,(\[]+(?P<word>[^\W\d_][^\d%()\[\]]{{0,39}}?)[)\]]?")
_BEHIND = re.compile(rf"(?P<word>[^\W\d_][^\d%()\[\]]{{0,39}}?)[\s\-–—/|:;,(\[]+(?P<figure>{_PERCENTAGE})[)\]]?")


@lru_cache(maxsize=4096)
def split_class(text: str) -> tuple[str, str]:
    """The percentage and the class of a cell that prints both, in either order: "95,1% Bueno", "Bueno (95,1%)", "▲ 95"; else ("", "")."""
    plain = text.strip()
    if len(plain) > _LONGEST:
        return "", ""
    signs = "".join(c for c in plain if is_sign(c))
    rest = "".join(c for c in plain if not is_sign(c)).strip(" \ufe0f")
    if signs and len(signs) == 1 and rest:
        return (rest, signs) if re.fullmatch(_PERCENTAGE, rest) else ("", "")
    head, _, word = plain.partition(" ")
    if word and is_no_figure(head):
        return head, word.strip()  # "S.I. No medido": no percentage, and the class all the same
    match = _BEFORE.fullmatch(plain) or _BEHIND.fullmatch(plain)
    return (match["figure"].strip(), match["word"].strip()) if match else ("", "")


def is_sign(text: str) -> bool:
    """True for a sign that stands for a class: ▲, ●, ✓."""
    plain = text.strip().rstrip("\ufe0f")
    return len(plain) == 1 and plain in load("classes").get("signs", "")


def is_class_word(text: str) -> bool:
    """True for a folded text that can only be a class word; colours and others name a class under a header that says so."""
    return text in _words()
