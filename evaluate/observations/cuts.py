"""Texts that end as if cut at the edge of their cell."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ...normalize.folding import small_words, unaccented
from ..wordings import load

_WORD = re.compile(r"[a-zñ]+")
_PRINTED_WORD, _ACCENT, _ACCENTED_END = re.compile(r"[a-záéíóúüñ]+"), re.compile(r"[áéíóú]"), re.compile(r"[áéíóú]$")
_OPEN_END = re.compile(r"[,(\-–—/&]$")
_MIN_STUMP, _MIN_MISSING = 4, 2
# Shorter texts of a column may be codes and short forms.
_LEAST_CELL = 8
# From so many texts of a column on, and this share of them, a full stop is its custom.
_MIN_TEXTS, _POINTED = 8, 0.9


@cache
def _ends(kind: str) -> re.Pattern[str]:
    """How words end, or do not: the pattern of that kind in the wordings."""
    return re.compile(load("form")["endings"][kind])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a document, with how often each stands there."""

    counts: Counter[str]
    ordered: list[str]
    printed: list[str]
    """The words with an accent, as printed but for capitals."""

    def goes_on(self, stump: str) -> str:
        """The first word that goes on from a stump by two letters or more; empty without one."""
        return _first_longer(self.ordered, stump)

    def goes_on_accented(self, stump: str) -> str:
        """The same of a stump that ends in an accent, which the word must have there too: "depó" and "depósito"."""
        return _first_longer(self.printed, stump) if _ACCENTED_END.search(stump) else ""


def _first_longer(ordered: list[str], stump: str) -> str:
    at = bisect.bisect_right(ordered, stump)
    while at < len(ordered) and ordered[at].startswith(stump):
        if len(ordered[at]) >= len(stump) + _MIN_MISSING:
            return ordered[at]
        at += 1
    return ""


def vocabulary(texts: Iterable[str]) -> Vocabulary:
    """The words of some texts."""
    counts: Counter[str] = Counter()
    printed: set[str] = set()
    for text in texts:
        words, accented = _words(text)
        counts.update(words)
        printed.update(accented)
    return Vocabulary(counts, sorted(counts), sorted(printed))


@lru_cache(maxsize=16384)
def _words(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of a text without accents, and those with an accent as printed."""
    accented = frozenset(w for w in _PRINTED_WORD.findall(text.casefold()) if _ACCENT.search(w))
    return tuple(_WORD.findall(unaccented(text))), accented


@dataclass(frozen=True, slots=True)
class Cut:
    """How a text ends that seems cut. ``certain`` where no whole text can end so."""

    end: str
    certain: bool = False


def pointed(texts: Sequence[str]) -> bool:
    """True where nearly all of some texts end in a full stop, so that one without it stands out."""
    told = [t for t in texts if t]
    return len(told) >= _MIN_TEXTS and sum(1 for t in told if t.rstrip().endswith(".")) >= _POINTED * len(told)


def cut_short(text: str, words: Vocabulary, custom: bool = False) -> Cut | None:
    """How a text ends that seems cut: with an article, a preposition, a stump of a word or an open sign; None for a whole text.

    ``custom`` says that the other texts of its column end in a full stop.
    """
    text = text.strip()
    if _OPEN_END.search(text):
        return Cut(text.split()[-1][-12:])
    found = _WORD.findall(unaccented(text.split()[-1])) if text else []
    if not found or not text[-1].isalpha() or len(text.split()) < 2:
        return None
    end, printed = found[-1], text.split()[-1]
    if printed.isupper() and (len(end) == 1 or not text.isupper()):
        return None  # a letter that counts ("fase A"), an acronym
    if end in small_words():
        return Cut(end)
    if words.counts[end] > 1 or len(end) == 1:
        return None
    whole = words.goes_on(end)
    told = f"{end} ({whole})" if whole else end
    if text.isupper() and whole and len(end) >= _MIN_STUMP and (_impossible(end) or _ends("unusual").search(_last_letters(printed))):
        return Cut(told, certain=True)
    if printed[0].isupper():  # a name may end in any letter
        return Cut(told, certain=bool(whole)) if whole and _impossible(end) and len(end) >= _MIN_STUMP else None
    if _impossible(end):
        return Cut(told, certain=len(end) >= _MIN_STUMP or _is_small(text.split()[-2]))
    if (
        len(end) >= _MIN_STUMP
        and end not in load("form")["endings"]["whole_accented"]
        and (accented := words.goes_on_accented(printed.casefold()))
    ):
        return Cut(f"{printed} ({accented})", certain=True)
    if whole and len(end) >= _MIN_STUMP and _ends("torn").search(end):
        return Cut(told, certain=True)
    if _ends("unusual").search(_last_letters(printed)) and len(end) >= _MIN_STUMP:
        return Cut(told, certain=bool(whole) or custom)
    # "equi" goes on in "equipo", and a whole word with such an end would be no common one.
    if whole and len(end) >= _MIN_STUMP and not _ends("usual").search(end):
        return Cut(told, certain=True)
    return Cut(told) if custom and not _ends("usual").search(end) else None


def cut_of_another(text: str, cells: Sequence[str]) -> Cut | None:
    """The end of a text that another cell of its column goes on from inside a word: "Gestión Ambi" beside "Gestión Ambiental".

    ``cells`` are in order. The plural of a word, or its other gender, goes on from it too.
    """
    at = bisect.bisect_right(cells, text)
    whole = cells[at] if at < len(cells) else ""
    if len(text) < _LEAST_CELL or " " not in text or not whole.startswith(text) or not whole[len(text)].isalpha() or not text[-1].isalpha():
        return None
    end, rest = text.split()[-1], whole.split()[len(text.split()) - 1]
    if len(rest) < len(end) + _MIN_MISSING or rest[len(end) :] in ("es", "as", "os") or not end.isalpha() or len(end) < _MIN_MISSING:
        return None
    return Cut(f"{end} ({rest})", certain=True)


def _impossible(end: str) -> bool:
    """True for an end in a letter that no Spanish word ends in; not for a borrowed word or the sign of a unit."""
    return _ends("impossible").search(end) is not None and not {end, end.removesuffix("s")} & set(load("form")["borrowed"])


def _is_small(word: str) -> bool:
    return unaccented(word) in small_words()


def _last_letters(word: str) -> str:
    """The last two letters with their accents: "colibrí" ends as no stump does."""
    return word.casefold()[-2:]
