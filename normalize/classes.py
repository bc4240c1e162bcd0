"""Classes of the traffic light: words that print one, and the limits that the document states."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz

from ..extract.raw import TextBlock, TextKind
from ..schema.plan import ClassLimit
from .folding import fold, slug, unaccented
from .lexicon import load

_SAME = 90.0


@cache
def _words() -> dict[str, str]:
    return {fold(w): c for c, words in load("classes").get("classes", {}).items() for w in words}


@cache
def _titles() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = []
    for template in load("classes").get("titles", ()):
        for word, identity in _words().items():
            found.append((re.compile(unaccented(template.replace("{class}", re.escape(word)))), identity))
    return tuple(found)


def class_of_title(text: str) -> str:
    """The class that a title or label cell gives its rows ("CUMPLIMIENTO CRÍTICO"); "" for another text."""
    plain = fold(text)
    if not plain or len(plain) > 60:
        return ""
    for pattern, identity in _titles():
        if pattern.fullmatch(plain):
            return identity
    # A stray letter or a slip of the OCR: "OCUMPLIMIENTO BUEN0".
    for word, identity in _words().items():
        if len(plain) > 10 and fuzz.ratio(plain, f"cumplimiento {word}") >= _SAME:
            return identity
    return ""


def class_of_cell(text: str) -> str:
    """The class printed in a cell: a known word, else a slug of what is printed; "" for figures and blanks."""
    plain = fold(text)
    if not plain or not any(c.isalpha() for c in plain):
        return ""
    return _words().get(plain) or slug(text)[:40]


@cache
def _limit_patterns() -> tuple[tuple[re.Pattern[str], bool, bool], ...]:
    return tuple(
        (re.compile(e["pattern"]), e.get("low_inclusive", False), e.get("high_inclusive", False)) for e in load("classes").get("limits", ())
    )


def class_limits(texts: list[TextBlock]) -> tuple[ClassLimit, ...]:
    """The limits of each class as the prose states them: the class as a line, then a sentence, or both in one line.

    Only a complete set counts (two classes or more, each stated once); anything else is left to a profile.
    """
    found: dict[str, ClassLimit] = {}
    pending = ""
    for block in texts:
        if block.kind is TextKind.CONTENTS:
            continue
        plain = unaccented(block.text)
        named = _words().get(fold(block.text), "")
        if named:
            pending = named
            continue
        if len(plain) > 300 or "%" not in plain:
            pending = pending if len(plain) < 4 else ""
            continue
        head = re.match(r"^\W*([a-z ]{3,20}?)\s*[:=(\-–]", plain)
        identity = pending or (_words().get(fold(head.group(1)), "") if head else "")
        if identity and identity not in found and (limit := _limit(identity, plain, block)):
            found[identity] = limit
        pending = ""
    return tuple(found.values()) if len(found) >= 2 else ()


def _limit(identity: str, plain: str, block: TextBlock) -> ClassLimit | None:
    for pattern, low_in, high_in in _limit_patterns():
        if match := pattern.search(plain):
            groups = match.groupdict()
            low, high = (_number(groups.get(k)) for k in ("low", "high"))
            return ClassLimit(
                id=identity, lower=low, lower_inclusive=low_in, upper=high, upper_inclusive=high_in, text=block.text, place=block.place
            )
    return None


def _number(text: str | None) -> float | None:
    return float(text.replace(",", ".").rstrip(".")) if text else None
