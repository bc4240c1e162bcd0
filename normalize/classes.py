"""Classes of the traffic light: words that print one, in titles, labels and cells."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz

from .folding import fold, slug, unaccented
from .lexicon import load

_SAME = 90.0


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
    """The class that a word prints, lower case without accents; plural and feminine forms are one class."""
    return class_words().get(fold(word), slug(word)[:40])


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
    """The class printed in a cell of a class column; "" for figures and blanks."""
    plain = fold(text)
    return class_id(text) if plain and any(c.isalpha() for c in plain) else ""


def is_class_word(text: str) -> bool:
    """True for a folded text that can only be a class word; colours and others name a class under a header that says so."""
    return text in _words()
