"""Texts that end as if cut at the edge of their cell."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ...normalize.folding import small_words, unaccented

_WORD = re.compile(r"[a-zñ]+")
_OPEN_END = re.compile(r"[,(\-–—/&]$")
# Letters that no Spanish word ends in, but for a few borrowed ones, which are short.
_IMPOSSIBLE = frozenset("bcfghjkpqtvwñ")
_MIN_STUMP, _MIN_MISSING = 4, 2


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a document, with how often each stands there."""

    counts: Counter[str]
    ordered: list[str]

    def goes_on(self, stump: str) -> str:
        """The first word that goes on from a stump by two letters or more; empty without one."""
        at = bisect.bisect_right(self.ordered, stump)
        while at < len(self.ordered) and self.ordered[at].startswith(stump):
            if len(self.ordered[at]) >= len(stump) + _MIN_MISSING:
                return self.ordered[at]
            at += 1
        return ""


def vocabulary(texts: Iterable[str]) -> Vocabulary:
    """The words of some texts."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_WORD.findall(unaccented(text)))
    return Vocabulary(counts, sorted(counts))


def cut_short(text: str, words: Vocabulary) -> str:
    """How a text ends that seems cut: with its last word (an article, a preposition, a stump) or an open sign; empty otherwise."""
    text = text.strip()
    if _OPEN_END.search(text):
        return text.split()[-1][-12:]
    found = _WORD.findall(unaccented(text.split()[-1])) if text else []
    if not found or not text[-1].isalpha() or len(text.split()) < 2:
        return ""
    end, printed = found[-1], text.split()[-1]
    if printed.isupper() and (len(end) == 1 or not text.isupper()):
        return ""  # a letter that counts ("fase A"), an acronym
    if end in small_words():
        return end
    if len(end) >= _MIN_STUMP and end[-1] in _IMPOSSIBLE and words.counts[end] == 1 and (whole := words.goes_on(end)):
        return f"{end} ({whole})"
    return ""
