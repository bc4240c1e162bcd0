"""Headings of units that no noun of units begins, told by the sentence below them: the one that stands below units, too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..extract.raw import Block, TextBlock, TextKind
from .context import without_number
from .folding import fold
from .organisations import is_unit

_LONGEST = 110
_WORDS = 4
"""Words of the shortest sentence that is told again: "El área evaluó 5 indicadores: …"."""
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def sibling_units(blocks: Sequence[Block]) -> frozenset[str]:
    """The headings in capitals, folded, above a sentence that but for its figures stands right below headings of units as well.

    A table of one header would not do: "ACTIVIDADES PERMANENTES" heads one within a unit.
    """
    texts = [b for b in blocks if not isinstance(b, TextBlock) or b.kind not in (TextKind.RUNNING, TextKind.IMAGE)]
    units: set[str] = set()
    others: dict[str, str] = {}
    for block, below in pairwise(texts):
        if not isinstance(block, TextBlock) or not isinstance(below, TextBlock) or not _is_heading(block):
            continue
        sentence = _masked(below.text)
        if len(sentence.split()) < _WORDS or not below.text.rstrip().endswith(".") or not any(c.isdigit() for c in below.text):
            continue
        if is_unit(without_number(block.text)):
            units.add(sentence)
        else:
            others[fold(without_number(block.text).strip(" .:"))] = sentence
    return frozenset(name for name, sentence in others.items() if sentence in units)


def _is_heading(block: TextBlock) -> bool:
    text = block.text
    return block.kind is TextKind.LINE and len(text) < _LONGEST and text == text.upper() and any(c.isalpha() for c in text)


def _masked(text: str) -> str:
    return fold(_DIGITS.sub(" 0 ", text))
