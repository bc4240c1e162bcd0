"""FOR002: one unit of measure (or frequency) is written in two ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rapidfuzz.distance import OSA, Levenshtein

from ...normalize.folding import small_words, unaccented
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import UNITS_OF_MEASURE
from ..observations.spelling import misspelt, unit_words, words_of
from ..subject import Subject, where

_MAX_TERMS = 300
"""No document has so many; beyond, the cells hold sentences, and only the most frequent are compared."""
_LONG, _LONGEST = 6, 60
_STEM = 3
_OFTEN = 2
_SHORTEST, _SWAP = 4, 2
"""Letters of the shortest terms that a swap of two letters tells, and how many changes of single letters a swap is."""
# No word is written so: of two that stand equally often it is the slip.
_NEVER = re.compile(r"[cs]íon\b")
_OPPOSITE = re.compile(r"\bm[ai]cro")
_ACCENTED = re.compile("[áéíóú]")
_WORD = re.compile(r"[a-z%$]+")


def check(subject: Subject) -> Iterator[Check]:
    slips = _slips(subject)
    for row, (word, known) in slips.values():
        message = _MISSPELT.format(term=row.unit_of_measure, word=word, known=known)
        yield Check(Outcome.FAILS, row, message, row.unit_of_measure, known, where(row), Severity.WARNING)
    for field in ("unit_of_measure", "frequency"):
        yield from _terms([(text, r) for r in subject.rows if (text := getattr(r, field)) and text not in slips])


def _slips(subject: Subject) -> dict[str, tuple[Indicator, tuple[str, str]]]:
    """The units of measure that misspell a word, each with its row, the word, and the known one."""
    rows = subject.own_rows
    counts = Counter(w for r in rows for text in (r.name, r.unit_of_measure, r.observation) for w in words_of(text))
    counts.update(w for line in subject.plan.narrative for w in words_of(line.text))
    found: dict[str, tuple[Indicator, tuple[str, str]]] = {}
    for row in rows:
        words = words_of(row.unit_of_measure) if len(row.unit_of_measure) <= _LONGEST else []
        slip = next(((w, known) for w in words if (known := misspelt(w, words_of(row.name), counts))), None)
        if slip is not None:
            found.setdefault(row.unit_of_measure, (row, slip))
    return found


def _terms(cells: list[tuple[str, Indicator]]) -> Iterator[Check]:
    counts = Counter(term for term, _ in cells)
    first: dict[str, Indicator] = {}
    for term, row in cells:
        first.setdefault(term, row)
    known: list[str] = []
    for term, _ in sorted(counts.most_common(_MAX_TERMS), key=_less_likely):
        usual, how = next(((k, how) for k in known if (how := _how(term, k))), ("", None))
        if how is None:
            known.append(term)
            yield Check(Outcome.HOLDS, first[term])
            continue
        row = first[term]
        message = Text(_FAILS.es.format(term=term, usual=usual, how=how.es), _FAILS.en.format(term=term, usual=usual, how=how.en))
        # A slip that stands once beside a term that stands often is no second way of writing it.
        slip = how is _SWAPPED or (how is _SPELLING and counts[usual] >= _OFTEN) or (how is _ACCENT and _misplaced(term, usual))
        severity = Severity.WARNING if slip and counts[term] == 1 else None
        yield Check(Outcome.FAILS, row, message, term, usual, f"{where(first[usual])} / {where(row)}", severity)


def _less_likely(counted: tuple[str, int]) -> tuple[int, bool, int]:
    """Terms that stand often come first, and of those that stand equally often the one whose words are known."""
    term, count = counted
    return -count, _NEVER.search(term.lower()) is not None, sum(w not in unit_words() for w in words_of(term))


def _misplaced(term: str, usual: str) -> bool:
    """True where a word bears its accent on another letter than the usual one does: "Evaluacíon" is no way to write it."""
    pairs = [(a, b) for a, b in zip(term.lower().split(), usual.lower().split(), strict=False) if a != b]
    return bool(pairs) and all(_ACCENTED.search(a) and _ACCENTED.search(b) for a, b in pairs)


def _how(term: str, usual: str) -> Text | None:
    """How two terms that mean the same differ; None where they differ in case or number only, or in meaning."""
    a, b = unaccented(term), unaccented(usual)
    if a == b:
        return _ACCENT if term.lower() != usual.lower() and not (term.isupper() and usual.isupper()) else None
    if _abbreviates(a, b) or _abbreviates(b, a):
        return _SHORT
    ours, theirs = _content(a), _content(b)
    if len(ours) > 1 and ours == theirs and re.sub(r"\d+", "#", a).split() != re.sub(r"\d+", "#", b).split():
        return _WORDING
    # Two letters that change places are no inflection, wherever they stand: "Metro linael", "Atca".
    if min(len(a), len(b)) >= _SHORTEST and OSA.distance(a, b) == 1 and Levenshtein.distance(a, b) == _SWAP:
        return _SWAPPED
    if min(len(a), len(b)) < _LONG or re.findall(r"\d+", a) != re.findall(r"\d+", b) or _number(a) == _number(b):
        return None
    if _OPPOSITE.sub("", a) == _OPPOSITE.sub("", b):
        return None  # "Micromedidor" and "Macromedidor" are two things
    # The last letters inflect: mensual, mensuales; asegurado, asegurada.
    inner = Levenshtein.distance(a[:-3], b[:-3]) == 1 and Levenshtein.distance(a, b) == 1
    cut = Levenshtein.distance(a, b) == 1 and b[-1] not in "sao" and (b.startswith(a) or a.startswith(b))
    return _SPELLING if inner or cut or a.replace(" ", "") == b.replace(" ", "") else None


def _abbreviates(short: str, full: str) -> bool:
    """True for one word cut short with a full stop: "Pers." of "Persona"."""
    stem = short.removesuffix(".")
    return stem != short and len(stem) >= _STEM and stem.isalpha() and full.isalpha() and full.startswith(stem) and len(full) > len(stem)


def _content(text: str) -> list[str]:
    return ["porcentaje" if w == "%" else w for w in _WORD.findall(text) if w not in small_words()]


def _number(text: str) -> str:
    """The term in the singular."""
    return " ".join(re.sub(r"(?:es|s|e)$", "", w) for w in text.split())


_SPELLING = Text("difieren en una letra o un espacio", "they differ in a letter or a space")
_SWAPPED = Text("difieren en dos letras cambiadas de lugar", "they differ in two letters that changed places")
_ACCENT = Text("difieren en una tilde", "they differ in an accent")
_SHORT = Text("una es la abreviatura de la otra", "one is the other cut short")
_WORDING = Text("dicen lo mismo con otras palabras", "they say the same in other words")
_MISSPELT = Text(
    "La unidad de medida «{term}» parece mal escrita: «{word}» por «{known}».",
    "The unit of measure “{term}” seems misspelt: “{word}” for “{known}”.",
)
_FAILS = Text("«{term}» y «{usual}»: {how}.", "“{term}” and “{usual}”: {how}.")

RULE = Rule(
    id="FOR002",
    severity=Severity.NOTE,
    title=Text("Una unidad de medida escrita de dos formas", "One unit of measure written in two ways"),
    why=Text(
        "Quien agrupa por unidad de medida las toma por dos.",
        "Who groups by unit of measure takes them for two.",
    ),
    basis=Text(
        "Términos de la misma columna que difieren en una letra, un espacio, una tilde o palabras sin peso; singular y plural no "
        "cuentan; aviso donde la otra grafía está una vez, o se aparta en una letra de una palabra del nombre de su fila o del léxico",
        "Terms of one column that differ in a letter, a space, an accent or small words; singular and plural do not "
        "count; a warning where the other spelling stands once, or a word is one letter off one of its row's name or of the lexicon",
    ),
    example=Text("«% DE CUMPLIMIENTO» y «PORCENTAJE DE CUMPLIMIENTO».", "“% DE CUMPLIMIENTO” and “PORCENTAJE DE CUMPLIMIENTO”."),
    check=check,
    needs=(UNITS_OF_MEASURE,),
)
