"""Texts made comparable: without case, accents and punctuation; slugs and ids made from them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from .lexicon import load

_NOT_WORD = re.compile(r"[^a-z0-9%$/]+")
_FIRST_ACCENT = "\u0300"
"""No character before it combines with another."""
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=65536)
def unaccented(text: str) -> str:
    """Lower case without accents, character for character where possible; ñ becomes n."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("°", "º")).casefold()
    return "".join([c for c in decomposed if c < _FIRST_ACCENT or not unicodedata.combining(c)])


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Words and figures only, lower case, no accents, one space: "UNIDAD-ÁREA (AO)" gives "unidad area ao"."""
    return _NOT_WORD.sub(" ", unaccented(text.replace("#", " no "))).strip()


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """An id made of the text: "Gestión Pensiones" gives "gestion-pensiones"."""
    return _NOT_SLUG.sub("-", unaccented(text)).strip("-")


@cache
def small_words() -> frozenset[str]:
    """Words that say nothing by themselves: articles, prepositions, conjunctions."""
    return frozenset(load("small_words").get("words", ()))


def short_slug(text: str, words: int = 8) -> str:
    """The first content words of a text as an id; equal for spellings that differ in accents, case or articles."""
    content = [w for w in slug(text).split("-") if w and w not in small_words()]
    return "-".join(content[:words])


_CONFUSED = str.maketrans({"0": "o", "1": "i", "l": "i", "5": "s", "8": "b", "|": "i"})


def confusable(text: str) -> str:
    """A folded text with the letters and digits made one that an OCR takes for each other, and without spaces."""
    return text.replace("rn", "m").translate(_CONFUSED).replace(" ", "")
