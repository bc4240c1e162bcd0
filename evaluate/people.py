"""Persons named without a title or a role: by a given name, and how their name is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .wordings import load

_WORD = re.compile(r"[^\W\d_]+")
_PARTICLES = frozenset({"de", "del", "la", "las", "los", "y"})
_MOST = 6
_AROUND = 60
# What ends a name: anything but a blank between two of its words.
_BLANK = re.compile(r"[ \u00a0]+")


def people_by_name(text: str, plain: str) -> Iterator[tuple[int, int]]:
    """Where a text names a person: a given name and a surname with capitals, or in small letters two given names and more.

    ``plain`` is the text without accents, in lower case, of the same length.
    """
    words = list(_WORD.finditer(plain))
    n = 0
    while n < len(words):
        if words[n].group() in _names() and (end := _end(text, plain, words, n)) is not None:
            start, stop = words[n].start(), words[end - 1].end()
            if not _of_place(plain[max(0, start - _AROUND) : start]):
                yield start, stop
            n = end
        else:
            n += 1


def of_official(plain: str, start: int, end: int) -> bool:
    """True where the words around a name make it that of an official: "Responsable: …", "…, gerente"."""
    return _officials().search(plain[max(0, start - _AROUND) : start] + " | " + plain[end : end + _AROUND]) is not None


def _end(text: str, plain: str, words: list[re.Match[str]], n: int) -> int | None:
    """Behind which word the name that begins with word n ends; None where it is no name."""
    run = [n]
    m = n + 1
    while m < len(words) and len(run) < _MOST and _BLANK.fullmatch(plain[words[m - 1].end() : words[m].start()]):
        if plain[words[m].start() : words[m].end()] in _PARTICLES:
            m += 1
            continue
        if _case(text, words[m]) != _case(text, words[n]):
            break
        run.append(m)
        m += 1
    given = sum(1 for i in run[:2] if words[i].group() in _names())
    plainly = sum(1 for i in run[:2] if words[i].group() in _names() and words[i].group() not in _ambiguous())
    if _case(text, words[n]) == "title":
        whole = len(run) >= 2 and (plainly or given == 2) and len(words[run[1]].group()) > 2
    else:
        # In one case throughout nothing tells where a name ends: two given names and a surname do.
        whole = len(run) >= 3 and given == 2 and plainly
        run = run[:4]
    return run[-1] + 1 if whole else None


def _case(text: str, word: re.Match[str]) -> str:
    printed = text[word.start() : word.end()]
    return "upper" if printed.isupper() else "title" if printed[:1].isupper() else "lower"


def _of_place(before: str) -> bool:
    return _places().search(before) is not None


@cache
def _names() -> frozenset[str]:
    return frozenset(load("given_names")["names"])


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(load("given_names")["words"])


@cache
def _officials() -> re.Pattern[str]:
    return re.compile(load("given_names")["officials"])


@cache
def _places() -> re.Pattern[str]:
    return re.compile(load("given_names")["places"])
