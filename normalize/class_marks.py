"""What the signs and letters of classes mean, as a line or a small table of the document says: "▲ Cumplido (90 % o más)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ..extract.raw import Table, TextBlock
from .classes import is_sign, published
from .folding import fold
from .lexicon import load

_LONGEST = 600
_MAX_ROWS = 9
_LEAST = 2
"""Signs that a key explains; a single one may be a bullet, or the mark of a note."""


@cache
def _signs() -> str:
    return re.escape(load("classes").get("signs", "")) or "(?!)"


@cache
def _key() -> re.Pattern[str]:
    """A sign and the words behind it, up to their limits, the next sign or the end of what is said of it."""
    return re.compile(rf"(?P<sign>[{_signs()}])\ufe0f?\s*[:=\-–—]?\s*(?P<word>[^\W\d_][^{_signs()}\d%<>≥≤:;,.()\[\]|/=\n]{{1,39}})")


def meanings(texts: Iterable[TextBlock], tables: Iterable[Table]) -> dict[str, str]:
    """The class that each sign means, as published; none for a sign of which the document says several things."""
    found: dict[str, set[str]] = {}
    keys = [*_lines(texts), *(_table(t) for t in tables if len(t.rows) <= _MAX_ROWS)]
    for key in keys:
        if len({sign for sign, _ in key}) >= _LEAST:
            for sign, word in key:
                found.setdefault(sign, set()).add(published(word))
    return {sign: words.pop() for sign, words in found.items() if len(words) == 1}


def amber(texts: Iterable[TextBlock]) -> dict[str, str]:
    """What the document calls the colour between yellow and orange, where it names only the other: {"naranja": "amarillo"}."""
    words = {w for block in texts for w in fold(block.text[:_LONGEST]).split()}
    names = load("colours").get("amber", {})
    return {name: other for name, others in names.items() if name not in words for other in others if other in words}


def _lines(texts: Iterable[TextBlock]) -> Iterator[list[tuple[str, str]]]:
    """The signs explained in each line, and in each run of lines that begin with one: a key may be set as a list."""
    run: list[tuple[str, str]] = []
    for block in texts:
        told = [(m["sign"], m["word"].strip(" -–—")) for m in _key().finditer(block.text[:_LONGEST])]
        if told and is_sign(block.text.lstrip()[:1]) and len(told) == 1:
            run += told
            continue
        yield run
        run = []
        yield told
    yield run


def _table(table: Table) -> list[tuple[str, str]]:
    """Rows of a sign and the text beside it: a key set as a small table."""
    rows = [[c.text for _, c in r.filled] for r in table.rows]
    return [(r[0].strip()[:1], r[1]) for r in rows if len(r) >= _LEAST and is_sign(r[0]) and any(c.isalpha() for c in r[1][:40])]


def parted(text: str) -> str:
    """A line with its signs made signs of separation, so that the limits of each class are read apart."""
    return re.sub(rf"\s*[{_signs()}]\ufe0f?\s*", "; ", text)
