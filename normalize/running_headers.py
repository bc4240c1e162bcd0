"""A header of pages that names another year or period on one of them: said, never changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..extract.raw import Block, TextBlock, TextKind
from ..schema.plan import Diagnostic, Level
from .draft import diagnostic
from .folding import fold
from .periods import find_period

_LONGEST, _LEAST_WORDS = 110, 2
_OFTEN = 3
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_Told = tuple[tuple[int, int] | None, str]


def running_headers(blocks: Sequence[Block]) -> Iterator[Diagnostic]:
    """One diagnostic per line that is a header of pages but for its year or its period, where the others all agree.

    Headers of pages are no prose, so that the rules on the prose only see the one that is not repeated.
    """
    texts = [b for b in blocks if isinstance(b, TextBlock) and len(b.text) <= _LONGEST]
    usual: dict[str, Counter[tuple[_Told, str]]] = {}
    for block in (b for b in texts if b.kind is TextKind.RUNNING):
        words, told = _split(block.text)
        if told != (None, ""):
            usual.setdefault(words, Counter())[told, block.text] += 1
    for words, printed in usual.items():
        ((told, text), count), *more = printed.most_common()
        if more or count < _OFTEN or len(words.split()) < _LEAST_WORDS:
            continue
        odd = [b for b in texts if b.kind is TextKind.LINE and _departs(b.text, words, told)]
        # A header of each quarter is a chapter of it; one alone that departs is left over.
        if len(odd) == 1:
            es, en = (t.format(name=odd[0].text, usual=text, count=count) for t in _ODD)
            yield diagnostic("PER-running", Level.WARNING, es, en, odd[0].place)


def _split(text: str) -> tuple[str, _Told]:
    """The words of a line, and the months and the year that it names."""
    period, rest = find_period(text)
    years = _YEAR.findall(text)
    return fold(_YEAR.sub(" ", rest)), ((period.first, period.last) if period else None, years[0] if len(years) == 1 else "")


def _departs(text: str, words: str, usual: _Told) -> bool:
    """True for the same words with another period or another year, where both print one."""
    own, (months, year) = _split(text)
    other_months = None not in (months, usual[0]) and months != usual[0]
    return own == words and (other_months or ("" not in (year, usual[1]) and year != usual[1]))


_ODD = (
    "Este encabezado dice «{name}», y los otros {count} como este dicen «{usual}»: parece quedar de otro informe.",
    "This heading says “{name}”, the {count} others like it say “{usual}”: it seems left from another report.",
)
