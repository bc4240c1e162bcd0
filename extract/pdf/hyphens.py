"""Hyphens at the end of a line: whether they break a word, and go, or belong to it, and stay. PDFium does not tell them apart."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from . import plumber
from .characters import BREAK, SOFT_HYPHEN
from .content import PageContent, Word

_PART = re.compile(r"[^\W\d_]{2,}")
_ASKED = 2
"""Pages of a document that pdfplumber is asked about; a document breaks all its words in one way."""


_MANY = 3
"""A single one stays as it is seen: to ask costs as much as to read ten pages."""


@dataclass(slots=True)
class Hyphens:
    """What is known of a document's hyphens at the end of lines."""

    data: bytes
    password: str | None = None
    asked: int = 0
    soft: int = 0
    hard: int = 0

    def settle(self, page: PageContent) -> None:
        """Gives every word of a page that ends with such a hyphen its own: soft, or printed.

        Between small letters only is there a doubt: "EN-/MAR" and "2020-/2024" keep theirs. There the
        words of the page decide, else pdfplumber, which reads the file's own character.
        """
        breaks = [k for k, w in enumerate(page.words) if w.text.endswith(BREAK)]
        if not breaks:
            return
        open_ones = [k for k in breaks if _is_open(page.words, k)]
        words = _vocabulary(page.words) if open_ones else Counter()
        doubtful: list[Word] = []
        for k in breaks:
            word = page.words[k]
            if k not in open_ones:
                word.text = f"{word.text[:-1]}-"
                continue
            stem, rest = word.text[:-1].casefold(), page.words[k + 1].text.casefold()
            before, after = _last(stem), _first(rest)
            if words[before + after]:
                word.text = word.text[:-1] + SOFT_HYPHEN
            elif words[before] > 1 and words[after]:
                word.text = f"{word.text[:-1]}-"
            else:
                doubtful.append(word)
        if len(doubtful) >= _MANY:
            self._ask(page, doubtful)
        for word in doubtful:
            word.text = word.text[:-1] + (SOFT_HYPHEN if self.soft > self.hard else "-")

    def _ask(self, page: PageContent, words: list[Word]) -> None:
        if self.asked >= _ASKED:
            return
        self.asked += 1
        try:
            letters = [
                letter
                for found in plumber.pages(self.data, self.password, [page.number])
                for run in plumber.runs(found)
                for letter in run
                if letter.text in ("-", SOFT_HYPHEN, "\u2010")
            ]
        except Exception:  # not there, or it gives up on the file: the hyphen stays, as it is seen
            return
        for word in words:
            x, y = word.x1, (word.top + word.bottom) / 2
            near = [a for a in letters if abs(a.box[2] - x) < 2 and a.box[1] - 2 < y < a.box[3] + 2]
            if near:
                soft = near[0].text == SOFT_HYPHEN
                self.soft, self.hard = self.soft + soft, self.hard + (not soft)


def _is_open(words: list[Word], k: int) -> bool:
    text = words[k].text
    return len(text) > 1 and text[-2].islower() and k + 1 < len(words) and words[k + 1].text[:1].islower()


def _vocabulary(words: list[Word]) -> Counter[str]:
    return Counter(part for w in words for part in _PART.findall(w.text.casefold()))


def _last(text: str) -> str:
    return (_PART.findall(text) or [""])[-1]


def _first(text: str) -> str:
    return (_PART.findall(text) or [""])[0]
