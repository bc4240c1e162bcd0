"""The steps of a piece of work: with what verb a row begins, of what thing it speaks, and which step needs which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ..normalize.folding import fold, small_words
from ..schema.plan import Indicator
from .wordings import load

_LEAST_WORDS, _LONGEST_MANNER = 2, 7
_ARTICLES = frozenset({"el", "la", "los", "las", "un", "una"})
_SINGULAR = re.compile(r"(?<=[a-z]{4})(?:es|s)$")


@dataclass(frozen=True, slots=True)
class Step:
    """A row as a step: its kind (draft, approve, publish) and the words of the thing that it is done to, with its numbers."""

    row: Indicator
    kind: str
    thing: tuple[str, ...]


def step_of(row: Indicator) -> Step | None:
    """The step that a row is; None where its verb is none, or its object says too little or is one that comes back every period."""
    told = _told(row.name)
    return Step(row, *told) if told is not None else None


@lru_cache(maxsize=65536)
def _told(name: str) -> tuple[str, tuple[str, ...]] | None:
    """The kind of step that a name tells, and its thing."""
    words = fold(name).split()
    while words and words[0] in load("steps")["before"]:
        words = words[1:]
    kind, length = _kind(words)
    if not kind or words[length : length + 1] in (["y"], ["e"]):
        return None
    thing = _thing(words[length:])
    if not [w for w in thing if not w.isdigit()] or _cyclic().search(" ".join(words[length:])):
        return None
    return kind, thing


def needs(step: Step, other: Step) -> bool | None:
    """Whether a step needs another to be done before it for sure, or as a rule; None where it does not need it."""
    if len([w for w in step.thing if not w.isdigit()]) < _LEAST_WORDS and not beside(step, other):
        return None
    if (other.kind, step.kind) in _pairs("sure"):
        return True
    if (other.kind, step.kind) in _pairs("usual"):
        # Listed one right after the other, they are meant as one sequence.
        return step.row.sequence == other.row.sequence + 1
    return None


def beside(step: Step, other: Step) -> bool:
    """True where a short name of the thing is enough: it is presented or tried out right beside the other row, under one parent."""
    near = abs(step.row.sequence - other.row.sequence) == 1 and step.row.parent_code == other.row.parent_code != ""
    return near and step.kind in load("steps")["beside"]


def brings(row: Indicator) -> bool:
    """True for a row that brings a matter to a decision."""
    words = fold(row.name).split()
    return _kind(words)[0] in load("steps")["answered"]


def answers(row: Indicator) -> bool:
    """True for a row that tells of a decision: "Comunicar el acuerdo"."""
    return re.match(load("steps")["answers"], fold(row.name)) is not None


def _kind(words: list[str]) -> tuple[str, int]:
    """The kind of step that some words begin with, and of how many words its verb is."""
    verbs = _verbs().get(words[0], ()) if words else ()
    return next(((kind, len(verb)) for verb, kind in verbs if words[: len(verb)] == verb), ("", 0))


@cache
def _verbs() -> dict[str, list[tuple[list[str], str]]]:
    """The verbs, as words, with their kinds, by their first word; in the order in which they are to be tried."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for kind, verbs in load("steps")["kinds"].items():
        for verb in map(str.split, verbs):
            found.setdefault(verb[0], []).append((verb, kind))
    return found


def _thing(words: list[str]) -> tuple[str, ...]:
    """The content words of the object, up to what begins another part of the sentence; numbers behind it tell one year's from another's."""
    ends, carriers = _words("object_ends"), _words("carriers")
    found: list[str] = []
    words = words[_manner(words) :]
    for n, word in enumerate(words):
        if word in ends and found:
            return (*found, *(w for w in words[n:] if w.isdigit()))
        if word not in small_words() and word not in ends and not (word in carriers and not found):
            found.append(_SINGULAR.sub("", word))
    return tuple(found)


def _manner(words: list[str]) -> int:
    """How many words in front of the object say how or by whom it is done: "[por resolución] el protocolo"."""
    if not words or words[0] not in load("steps")["object_ends"]:
        return 0
    first = 2 if words[1:2] and words[1] in _ARTICLES else 1
    return next((n for n in range(first + 1, min(len(words), first + _LONGEST_MANNER)) if words[n] in _ARTICLES), 0)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("steps")[name])


@cache
def _pairs(name: str) -> frozenset[tuple[str, str]]:
    return frozenset((first, second) for first, second in load("steps")[name])


@cache
def _cyclic() -> re.Pattern[str]:
    return re.compile(load("steps")["cyclic"])
