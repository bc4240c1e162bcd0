"""Codes printed with one slip: what the others of the document say that they were meant to be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ..normalize.codes import Code, parse_code
from ..schema.plan import Indicator, Kind

# So many siblings of one form make it a custom; so many codes, and this share of the cells, make a column one of codes.
MIN_SIBLINGS, CUSTOM = 4, 0.8
_CODES, _LONGEST = 6, 14
_FIGURE, _NUMBER = re.compile(r"\d"), re.compile(r"\d+")
_TYPED_FOR = {"O": "0", "o": "0", "l": "1", "I": "1", "S": "5", "B": "8", "Z": "2"}
_LETTER_BESIDE = re.compile(r"(?<![A-ZÁÉÍÓÚÑa-z])[OolISBZ](?=\d)|(?<=\d)[OolISBZ](?![A-ZÁÉÍÓÚÑa-z])")

_Key = tuple[str, tuple[int, ...]]


@lru_cache(maxsize=65536)
def outline(printed: str) -> str:
    """A code with # for each number: "AO.#.#."."""
    return _NUMBER.sub("#", printed)


def unreadable(rows: Sequence[Indicator]) -> dict[int, str]:
    """The rows whose cell of the code prints something short with a figure that is no code, where nearly all others print one.

    With each what it may have been, "" where nothing is likely.
    """
    printed = [r for r in rows if r.code_printed and r.kind is not Kind.HEADING]
    odd = [r for r in printed if parse_code(r.code_printed) is None and len(r.code_printed) <= _LONGEST and _FIGURE.search(r.code_printed)]
    own = [code for r in printed if (code := parse_code(r.code_printed)) is not None]
    if not odd or len(own) < _CODES or len(own) < CUSTOM * len(printed):
        return {}
    forms, taken = _forms(own), {c.printed for c in own}
    found: dict[int, str] = {}
    for row in odd:
        likely = [c for c in mended(row.code_printed) if outline(c) in forms]
        found[row.sequence] = min(likely, key=lambda c: c in taken, default="")
    return found


def lettered(rows: Sequence[Indicator]) -> dict[int, str]:
    """The rows whose code is one although a letter stands in it for a figure: "P2.O4" between P2.03 and P2.05."""
    printed = [r for r in rows if r.code_printed and r.kind is not Kind.HEADING]
    own = {r.sequence: code for r in printed if (code := parse_code(r.code_printed)) is not None}
    forms, taken = _forms(own.values()), {_key(c) for c in own.values()}
    found: dict[int, str] = {}
    for sequence, code in own.items():
        if outline(code.printed) in forms:
            continue
        for match in _LETTER_BESIDE.finditer(code.printed):
            meant = code.printed[: match.start()] + _TYPED_FOR[match[0]] + code.printed[match.end() :]
            read = parse_code(meant)
            if read is not None and outline(meant) in forms and _key(read) not in taken and _beside(read) & taken:
                found[sequence] = meant
    return found


def meant_codes(rows: Sequence[Indicator]) -> set[_Key]:
    """The letters and numbers of the codes that rows with a slip seem to be."""
    told = [*unreadable(rows).values(), *lettered(rows).values()]
    return {_key(code) for text in told if text and (code := parse_code(text)) is not None}


def mended(printed: str) -> Iterator[str]:
    """What a code may have been before one slip: a sign too many or another sign, two signs changed over, a letter typed for a figure."""
    for i, sign in enumerate(printed):
        if not sign.isalnum():
            yield printed[:i] + printed[i + 1 :]
            yield from (printed[:i] + other + printed[i + 1 :] for other in ".-" if other != sign)
        if sign in _TYPED_FOR:
            yield printed[:i] + _TYPED_FOR[sign] + printed[i + 1 :]
        if i and sign.isalnum() != printed[i - 1].isalnum():
            yield printed[: i - 1] + sign + printed[i - 1] + printed[i + 1 :]


def _forms(codes: Iterable[Code]) -> set[str]:
    counts = Counter(outline(c.printed) for c in codes)
    return {form for form, count in counts.items() if count >= MIN_SIBLINGS}


def _key(code: Code) -> _Key:
    return code.prefix, code.path


def _beside(code: Code) -> set[_Key]:
    """The codes right before and after one."""
    *stem, last = code.path
    return {(code.prefix, (*stem, last + step)) for step in (-1, 1)}
