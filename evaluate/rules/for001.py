"""FOR001: one organisational unit is spelled in two ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from ...normalize.folding import fold, small_words, unaccented
from ...normalize.organisations import UnitNames
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import UNITS
from ..subject import Subject, where

_NEAR = 2
_LONG = 5
_PLURAL = re.compile(r"(?<=[a-z]{4})(?:es|s)$")
_OFTEN = 3


def check(subject: Subject) -> Iterator[Check]:
    names = UnitNames(dict(subject.plan.document.acronyms))
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, Indicator] = {}
    for row in subject.plan.indicators:
        for identity, name in ((row.lead_unit_id, row.lead_unit), (row.responsible_unit_id, row.responsible_unit)):
            if identity and name:
                spelled[identity][name] += 1
                first.setdefault(name, row)
    for found in spelled.values():
        usual = max(found, key=lambda n: (found[n], len(n)))
        # A name that ends in an article or preposition is cut, which FOR003 says.
        whole = [n for n in found if n != usual and fold(n).rsplit(" ", 1)[-1] not in small_words()]
        variants = {n: how for n in whole if (how := _how(n, usual, names))}
        if not variants:
            yield Check(Outcome.HOLDS, first[usual])
        for name, how in variants.items():
            row = first[name]
            message = Text(
                _FAILS.es.format(name=name, usual=usual, count=found[usual], how=how.es),
                _FAILS.en.format(name=name, usual=usual, count=found[usual], how=how.en),
            )
            # One slip beside a name that stands often is no second way of writing it.
            sure = how in (_SPELLING, _ACCENT) and found[name] == 1 and found[usual] >= _OFTEN
            yield Check(Outcome.FAILS, row, message, name, usual, where(row), Severity.WARNING if sure else None)


def _how(name: str, usual: str, names: UnitNames) -> Text | None:
    """How a spelling departs from the usual one; None where it is a matter of style: capitals, abbreviations, articles, the acronym."""
    if unaccented(name) == unaccented(usual):
        # Capitals often go without accents.
        return _ACCENT if name.lower() != usual.lower() and not (name.isupper() or usual.isupper()) else None
    if fold(name) == fold(usual):
        return None
    if _unaccented_words(name, usual):
        return _ACCENT
    key, other = names.key(name), names.key(usual)
    if key == other:
        return None
    ours, theirs = key.split(), other.split()
    one_word = len(ours) == len(theirs) and sum(a != b for a, b in zip(ours, theirs, strict=True)) == 1
    if one_word and Levenshtein.distance(key, other) <= _NEAR:
        return _SPELLING
    if other.startswith(f"{key} ") or key.startswith(f"{other} "):
        return _LENGTH
    if Levenshtein.distance(key.replace(" ", ""), other.replace(" ", "")) <= _NEAR:
        return _SPELLING
    # The number of a word besides its slip: "Intituto de Investigación" for "Instituto de Investigaciones".
    return _SPELLING if len(ours) == len(theirs) and all(map(_near_words, ours, theirs)) else None


def _near_words(ours: str, theirs: str) -> bool:
    a, b = (_PLURAL.sub("", w) for w in (ours, theirs))
    return a == b or (min(len(a), len(b)) > _LONG and Levenshtein.distance(a, b) <= 1)


def _unaccented_words(name: str, usual: str) -> bool:
    """True where words of a name in small letters lack the accent that the same words of the usual name have."""
    if name.isupper() or usual.isupper():
        return False
    accented = {unaccented(w): w.lower() for w in usual.split()}
    return any(accented.get(unaccented(w), w.lower()) != w.lower() for w in name.split())


_SPELLING = Text("difieren en letras", "they differ in letters")
_ACCENT = Text("difieren en una tilde", "they differ in an accent")
_LENGTH = Text("a una le faltan palabras de la otra", "one lacks words of the other")
_FAILS = Text("«{name}» parece ser «{usual}» (×{count}): {how}.", "“{name}” seems to be “{usual}” (×{count}): {how}.")

RULE = Rule(
    id="FOR001",
    severity=Severity.NOTE,
    title=Text("Una unidad con dos grafías", "One unit, two spellings"),
    why=Text(
        "Una suma por unidad la parte en dos.",
        "A sum by unit splits it in two.",
    ),
    basis=Text(
        "Nombres que la lectura reconoce como la misma unidad; mayúsculas, abreviaturas, artículos y siglas no cuentan",
        "Names that the reading takes for the same unit; capitals, abbreviations, articles and acronyms do not count",
    ),
    example=Text("«Predidencia» y «Presidencia».", "“Predidencia” and “Presidencia”."),
    check=check,
    needs=(UNITS,),
)
