"""A figure that the prose tells with the words of a row in its own order: "se atendieron 1,248 buques" of "Buques atendidos"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from ...normalize.folding import fold, small_words
from ...schema.finding import ClaimOutcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator, MeasureKind
from ..subject import where
from ..wordings import load
from .draft import DraftClaim
from .figures import Figure, pattern
from .fitting import digits, turned
from .statement import Sentence

C = ClaimOutcome
_MAX_LEFT, _MAX_HEAD = 6, 9
_HEAD_OF_NAME = 3
_MIN_DIGITS, _NEAR_SHARE = 3, 0.1


@dataclass(frozen=True, slots=True)
class Told:
    """The words of a figure: the verb and what else stands before it, the thing counted, and what is said of that thing."""

    before: tuple[str, ...]
    thing: str
    of_it: tuple[str, ...]
    behind: tuple[str, ...]
    """Words further on, which may be of the row's name and may be of the circumstances."""
    text: str
    """The clause as it stands."""


@dataclass(frozen=True, slots=True)
class Match:
    """A row that a figure may be of. ``whole`` where every word of its name is told."""

    row: Indicator
    whole: bool
    action: bool
    """True where what was done is told too, not the thing alone."""


class Index:
    """The rows of a document by the things that they count."""

    def __init__(self, rows: Iterable[Indicator]) -> None:
        self._by_thing: dict[str, list[tuple[Indicator, tuple[str, ...]]]] = {}
        for row in rows:
            name, unit = _content(row.name), _content(row.unit_of_measure)
            for thing in {*(_singular(w) for w in name[:_HEAD_OF_NAME]), *(_singular(w) for w in unit[:1])}:
                self._by_thing.setdefault(thing, []).append((row, (*name, *unit)))

    def matches(self, told: Told) -> list[Match]:
        """The rows whose words are these: the thing counted is theirs, and so is everything said of it."""
        if _singular(told.thing) not in self._by_thing and told.of_it:  # "21 nuevos clientes"
            told = replace(told, thing=told.of_it[0], of_it=(told.thing, *told.of_it[1:]))
        found = []
        for row, words in self._by_thing.get(_singular(told.thing), ()):
            others = [w for w in words if _singular(w) != _singular(told.thing)]
            of_it, does = told.of_it, False
            if len(of_it) > 1 and _finite(of_it[0]) and not _in(of_it[0], others):
                of_it, does = of_it[1:], True  # "463 jóvenes integran la red" of "Jóvenes vinculados a la red"
            if any(not _in(w, others) for w in of_it):
                continue
            said = (*told.before, *of_it, *told.behind)
            left = [w for w in _content(row.name) if _singular(w) != _singular(told.thing) and not _in(w, said)]
            action = any(_in(w, others) for w in told.before) or any(_participle(w) and _in(w, others) for w in of_it)
            action = action or does
            if action or of_it or not left:
                found.append(Match(row, not left, action))
        acted = [m for m in found if m.action]
        return acted or found


def told_of(sentence: Sentence, figure: Figure) -> Told | None:
    """The words of a figure; None where no thing is named behind it."""
    start = max((f.end for f in sentence.figures if f.end <= figure.start), default=0)
    end = min((f.start for f in sentence.figures if f.start >= figure.end), default=len(sentence.plain))
    left = re.split(r"[.;:()]|,\s", sentence.plain[start : figure.start])[-1]
    left = left[max((m.start() for m in pattern("next_part").finditer(left)), default=0) :]
    right = re.split(r"[,;:.()]", sentence.plain[figure.end : end])[0]
    # "y formó 3": only the accent, which the plain text has lost, tells the verb from a noun.
    if len(sentence.text) == len(sentence.plain) and (verb := _SAID_NEXT.search(sentence.text[figure.end : figure.end + len(right)])):
        right = right[: verb.start()]
    if more := pattern("next_part").search(right):
        right = right[: more.start()]
    cut = pattern("circumstances").search(right)
    head, behind = (right[: cut.start()], right[cut.start() :]) if cut else (right, "")
    words = _content(head)[:_MAX_HEAD]
    if not words:
        return None
    return Told(tuple(_content(left)[-_MAX_LEFT:]), words[0], tuple(words[1:]), tuple(_content(behind)), f"{left} {right}")


def _content(text: str) -> list[str]:
    return [w for w in fold(text).split() if len(w) >= 3 and w not in small_words() and not w.isdigit()]


@lru_cache(maxsize=4096)
def _singular(word: str) -> str:
    if word.endswith("ces"):
        return f"{word[:-3]}z"
    return word[:-2] if word.endswith("es") and word[-3:-2] in "lnrdszjy" else word.removesuffix("s")


_SAID_NEXT = re.compile(r"\s(?:y|e|ni|pero)\s+(?:se\s+)?(?=[^\W\d_]{3,}[óÓ]\b)")
_ENDINGS = re.compile(
    r"(?:aciones|acion|iciones|icion|imientos?|amientos?|ando|iendo|aron|ieron|eron|aran|eran|iran|ados?|adas?|idos?|idas?|ara|era|ira|ar|er|ir|io|yo|an|en|os?|as?|es?)$"
)


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    stem = _ENDINGS.sub("", word.replace("dujer", "ducier").replace("dujo", "ducio").replace("tuvier", "tenier"))  # produjeron, mantuvieron
    return stem if len(stem) >= 3 else word


def _in(word: str, words: Iterable[str]) -> bool:
    """True where a word, in any form of it, stands among some: "atendieron" and "atendidos"."""
    return any(_same(word, w) for w in words)


@lru_cache(maxsize=65536)
def _same(a: str, b: str) -> bool:
    if a == b or _singular(a) == _singular(b) or (_stem(a) == _stem(b) and len(_stem(a)) >= 4):
        return True
    common = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common >= max(5, 0.6 * min(len(a), len(b)))


def _finite(word: str) -> bool:
    """True for a verb in the plural of the present or the past: "integran", "recibieron"."""
    return len(word) >= 5 and pattern("predicate").fullmatch(word) is not None


def in_units_of(figure: Figure, row: Indicator) -> Figure:
    """A scaled figure in what its row counts: "3,4 miles" as 3,400 to the hundreds, or as 3.4 of a row in thousands."""
    words = fold(row.unit_of_measure).split()[:1]
    scale = float(load("claims")["scales"].get(words[0], 1.0)) if words else 1.0
    if figure.scale == 1.0 or figure.scale < scale:
        return figure
    decimals = figure.decimals - round(math.log10(figure.scale / scale))
    other = None if figure.other is None else figure.other / scale
    return replace(figure, value=figure.value / scale, other=other, decimals=decimals)


def _participle(word: str) -> bool:
    return bool(re.search(r"(?:[ai]d|t|s|ch|ct)[oa]s?$", word)) and len(word) >= 6


def slip(figure: Figure, value: float) -> bool:
    """True where a printed figure may be a slip of another: its digits turned round, or one of them wrong."""
    if value <= 0 or figure.value == value:
        return False
    ours, theirs = digits(figure.value), digits(value)
    return min(len(ours), len(theirs)) >= _MIN_DIGITS and (turned(figure, value) or Levenshtein.distance(ours, theirs) <= 1)


def by_words(
    sentence: Sentence, figure: Figure, index: Index, elsewhere: bool, last: Indicator | None, draft: DraftClaim
) -> DraftClaim | None:
    """The claim of a figure against the row, or the rows together, that its words tell; None where they tell none.

    ``last`` is the row that the figure before was of. ``elsewhere`` is True where the sentence names another period than the rows are of.
    """
    told = told_of(sentence, figure)
    if last is not None and (judged := _of_target(sentence, figure, last, elsewhere, draft)) is not None:
        return judged
    matches = index.matches(told) if told is not None else []
    if told is None or not matches or figure.operator not in ("=", "~"):
        return None
    for m in matches:
        value = next((q for q in _every(m.row) if _equal(in_units_of(figure, m.row), q)), None)
        if value is not None and (m.action or m.whole or value >= _NO_CHANCE):
            draft.scope = Text(where(m.row), where(m.row))
            return draft.decide(C.CONFIRMED, number(value), _OF_ROW)
    ahead = bool(pattern("ahead").search(sentence.plain[max(0, figure.start - 60) : figure.start]))
    one = unique(matches)
    if one is not None:
        own = _own(one.row, ahead)
        return _against(told, in_units_of(figure, one.row), one, own, elsewhere, draft) if own is not None else None
    if figure.scale != 1.0:
        return None
    return _sum(told, figure, matches, ahead, elsewhere, draft)


def row_of(sentence: Sentence, figure: Figure, index: Index) -> Indicator | None:
    """The one row that the words of a figure tell."""
    told = told_of(sentence, figure)
    one = unique(index.matches(told)) if told is not None else None
    return one.row if one is not None and one.action else None


def _of_target(sentence: Sentence, figure: Figure, row: Indicator, elsewhere: bool, draft: DraftClaim) -> DraftClaim | None:
    """ "… 174 kilómetros, frente a una meta de 260": the target of the row that the figure before was of."""
    start = max((f.end for f in sentence.figures if f.end <= figure.start), default=0)
    left = sentence.plain[start : figure.start]
    if not (pattern("against_target").search(left) or re.search(load("claims")["values"]["target"], left)) or re.search(r"[.;]", left):
        return None
    told = told_of(sentence, figure)
    if (
        told is not None
        and not pattern("meant").match(told.thing)
        and not _in(told.thing, (*_content(row.unit_of_measure), *_content(row.name)))
    ):
        return None  # "1,925 denuncias de los 24 municipios"
    targets = [q for q in (row.annual_target, row.period_target) if q is not None and q.known and q.value is not None]
    draft.scope = Text(where(row), where(row))
    if any(_equal(figure, q.value or 0.0) for q in targets):
        return draft.decide(C.CONFIRMED, number(figure.value), _OF_ROW)
    if not targets or figure.operator != "=":
        return None
    if elsewhere or row.redacted:
        return draft.decide(C.UNVERIFIABLE, number(targets[0].value or 0.0), _ANOTHER)
    return draft.decide(C.CONTRADICTED, number(targets[0].value or 0.0), _DIFFERS.format(row=where(row)), Severity.WARNING)


def _against(told: Told, figure: Figure, one: Match, own: float, elsewhere: bool, draft: DraftClaim) -> DraftClaim | None:
    if figure.scale != 1.0:
        if sum(c.isdigit() for c in figure.printed) < _MIN_DIGITS:
            return None  # too coarse to tell a slip
        own = round(own, figure.decimals)
    # Where words of the row's name are left out, the sentence may be of something alike: only a slip of its figure tells it.
    alike = one.whole and one.action and 1 / _ALIKE <= figure.value / own <= _ALIKE if own > 0 else False
    if not (one.action or one.whole) or not (slip(figure, own) or alike) or figure.operator != "=":
        return None
    draft.scope = Text(where(one.row), where(one.row))
    if elsewhere or _may_be_other(told) or one.row.redacted:
        return draft.decide(C.UNVERIFIABLE, number(own), _ANOTHER)
    return draft.decide(C.CONTRADICTED, number(own), _DIFFERS.format(row=where(one.row)), Severity.WARNING)


def _sum(told: Told, figure: Figure, matches: Sequence[Match], ahead: bool, elsewhere: bool, draft: DraftClaim) -> DraftClaim | None:
    """Rows of one unit of measure together: "se digitalizarán 225,000 imágenes" of two rows of images."""
    rows = [
        m.row
        for m in matches
        if _content(m.row.unit_of_measure)[:1] and _singular(_content(m.row.unit_of_measure)[0]) == _singular(told.thing)
    ]
    values = [v for r in rows if (v := _own(r, ahead)) is not None]
    if len(rows) < _MIN_ROWS or len(rows) != len(matches) or len(values) != len(rows):
        return None
    total = sum(values)
    shown = f"{' + '.join(number(v) for v in values)} = {number(total)}" if len(values) <= _MAX_SHOWN else number(total)
    if _equal(figure, total):
        return draft.decide(C.CONFIRMED, shown, _SUMMED)
    if (
        not all(m.action for m in matches)
        or not slip(figure, total)
        or any(abs(figure.value - v) <= _NEAR_SHARE * v for v in values)
        or figure.operator != "="
    ):
        return None
    if elsewhere or _may_be_other(told):
        return draft.decide(C.UNVERIFIABLE, shown, _ANOTHER)
    return draft.decide(C.CONTRADICTED, shown, _SUM_DIFFERS.format(unit=rows[0].unit_of_measure), Severity.WARNING)


def _every(row: Indicator) -> list[float]:
    return [m.quantity.value for m in row.measures if m.quantity.known and m.quantity.value is not None and m.measure in _TOLD]


def _own(row: Indicator, ahead: bool) -> float | None:
    """The figure of a row that the prose would tell: its result, or what is programmed where that is what it speaks of."""
    targets = (row.annual_target, row.period_target)
    order = (*targets, row.actual) if ahead else (row.actual, *targets)
    found = next((q for q in order if q is not None and q.value is not None), None)
    return found.value if found is not None and found.known else None


def _equal(figure: Figure, value: float) -> bool:
    return any(abs(v - value) <= 0.5 * 10.0**-figure.decimals - 1e-9 or v == value for v in figure.readings())


def _may_be_other(told: Told) -> bool:
    """True where the words speak of a part, or more, of what the row counts."""
    return bool(pattern("part_of_it").search(told.text))


def unique(matches: Sequence[Match]) -> Match | None:
    """The one row that is meant: the only one that fits, else the only one of which every word is told."""
    if len(matches) == 1:
        return matches[0]
    whole = [m for m in matches if m.whole]
    return whole[0] if len(whole) == 1 else None


_TOLD = (MeasureKind.TARGET, MeasureKind.ACTUAL)
# A value this large that the words of a row repeat is the row's own; a small one may be chance.
_NO_CHANCE = 100
_ALIKE, _MIN_ROWS, _MAX_SHOWN = 2.0, 2, 6
_OF_ROW = Text("Es la cifra de la fila.", "It is the row's figure.")
_SUMMED = Text("Suma de las filas.", "Sum of the rows.")
_DIFFERS = Text("Fila: {row}.", "Row: {row}.")
_SUM_DIFFERS = Text("Suma de las filas que se miden en «{unit}».", "Sum of the rows that are measured in “{unit}”.")
_ANOTHER = Text(
    "Puede hablar de otro período o de otra cosa que la fila.", "It may speak of another period, or of something else than the row."
)
