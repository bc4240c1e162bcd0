"""Classes of the traffic light: words that print one, and the limits that the document states."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from itertools import pairwise

from rapidfuzz import fuzz

from ..extract.raw import TextBlock, TextKind
from ..schema.plan import ClassLimit
from .folding import fold, slug, unaccented
from .lexicon import load

_SAME = 90.0


@cache
def _words() -> dict[str, str]:
    """Every form of a class word, with the class as it is written (masculine singular)."""
    return {fold(w): c for c, words in load("classes").get("classes", {}).items() for w in words}


@cache
def _titles() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(unaccented(t).replace("{class}", r"(?P<name>[a-z]+(?: [a-z]+)?)")) for t in load("classes").get("titles", ()))


def class_id(word: str) -> str:
    """The class that a word prints, lower case without accents; plural and feminine forms are one class."""
    return _words().get(fold(word), slug(word)[:40])


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


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load("classes").get(name, "(?!)"))


@cache
def _limit_patterns() -> tuple[tuple[re.Pattern[str], bool, bool], ...]:
    return tuple(
        (re.compile(e["pattern"]), e.get("low_inclusive", False), e.get("high_inclusive", False)) for e in load("classes").get("limits", ())
    )


def class_limits(texts: list[TextBlock], printed: Collection[str] = ()) -> tuple[ClassLimit, ...]:
    """The limits of each class as the prose states them: the class as a line, then a sentence, or both in one line.

    Only a set of two classes or more that do not overlap counts; anything else is left to a profile. One
    that lacks a class which the tables print and its own sentences name was not understood whole.
    """
    found: dict[str, ClassLimit] = {}
    pending = ""
    for block in texts:
        if block.kind is TextKind.CONTENTS:
            continue
        named = _words().get(fold(block.text), "")
        if named:
            pending = named
            continue
        if len(block.text) > 600 or "%" not in block.text:
            pending = ""
            continue
        pieces = [p for p in _pattern("pieces").split(unaccented(block.text)) if "%" in p]
        for piece in pieces:
            word = _named(piece)
            identity = pending or (class_id(word) if word in _words() or (word and len(pieces) > 1) else "")
            if identity and identity not in found and (limit := _limit(identity, piece, block)):
                found[identity] = limit
        pending = ""
    limits = list(found.values())
    stated = {w for text in {limit.text for limit in limits} for w in fold(text).split()}
    missed = {identity for w in stated if (identity := _words().get(w)) in printed} - set(found)
    return tuple(limits) if len(limits) >= 2 and not _overlap(limits) and not missed else ()


def _named(piece: str) -> str:
    """The class in front of its limits; where no known one is, that behind an introduction: "se clasifican así: crítico, …"."""
    parts = [piece, *(piece[m.end() :] for m in re.finditer(":", piece))]
    names = [head["name"].strip() for part in parts if (head := _pattern("named").match(part))]
    return next((n for n in names if n in _words()), names[0] if names else "")


def _limit(identity: str, plain: str, block: TextBlock) -> ClassLimit | None:
    """The limits of one class from its sentence, which may state its two ends apart ("mayor a 55% y hasta 90%")."""
    ends: dict[str, tuple[float | None, bool]] = {}
    for pattern, low_in, high_in in _limit_patterns():
        for match in pattern.finditer(plain):
            for end, inclusive in (("low", low_in), ("high", high_in)):
                if (text := match.groupdict().get(end)) and end not in ends:
                    ends[end] = (_number(text), inclusive)
    if not ends:
        return None
    (low, low_in), (high, high_in) = ends.get("low", (None, False)), ends.get("high", (None, False))
    return ClassLimit(
        id=identity, lower=low, lower_inclusive=low_in, upper=high, upper_inclusive=high_in, text=block.text, place=block.place
    )


def _overlap(limits: list[ClassLimit]) -> bool:
    """True where two classes share a value: the sentences were then not understood."""
    ordered = sorted(limits, key=lambda c: (c.lower is not None, c.lower or 0.0))
    for a, b in pairwise(ordered):
        if a.upper is None or b.lower is None or a.upper > b.lower:
            return True
        if a.upper == b.lower and a.upper_inclusive and b.lower_inclusive:
            return True
    return False


def _number(text: str | None) -> float | None:
    return float(text.replace(",", ".").rstrip(".")) if text else None


def is_class_word(text: str) -> bool:
    """True for a folded text that is a known class word."""
    return text in _words()
