"""A list with more or fewer items than the line that announces it says: said, never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ..extract.raw import Block, TextBlock, TextKind
from ..schema.plan import Diagnostic, Level
from .draft import diagnostic
from .folding import fold, unaccented
from .lexicon import load

_LEAST, _OFF = 2, 3
_LONGEST = 300


def announced(blocks: Sequence[Block]) -> Iterator[Diagnostic]:
    """One diagnostic per announced number that the list right below it has not, where it is certain where the list ends."""
    if not load("statements"):
        return
    flow = [b for b in blocks if not isinstance(b, TextBlock) or b.kind not in (TextKind.RUNNING, TextKind.IMAGE)]
    for n, block in enumerate(flow):
        if not isinstance(block, TextBlock) or block.kind is TextKind.CONTENTS or (said := _announced(block.text)) is None:
            continue
        found = _items(flow[n + 1 :])
        if found is not None and found >= _LEAST and found != said and abs(found - said) < _OFF:
            es, en = (t.format(said=said, found=found, text=block.text[-160:]) for t in _DIFFERS)
            yield diagnostic("LEC-announced", Level.WARNING, es, en, block.place)


def _announced(text: str) -> int | None:
    plain = unaccented(text.strip())
    match = _pattern("announced").search(plain) if plain.endswith(":") else None
    if match is None or not _pattern("list_noun").match(match["noun"]):
        return None
    # "3 ejes con los objetivos siguientes:": which of the two is listed is open.
    rest = fold(match["rest"]).split()
    if any(_pattern("list_noun").match(w) and rest[max(0, n - 1) : n] != ["de"] for n, w in enumerate(rest)):
        return None
    count = match["count"]
    return int(count) if count.isdigit() else load("statements")["numbers"].index(count) + 2


def _items(flow: Sequence[Block]) -> int | None:
    """How many items a list has, all numbered one after the other or all bullets; None where its end is not certain."""
    first = flow[0] if flow else None
    if not isinstance(first, TextBlock):
        return None
    numbered = _number(first.text)
    if numbered is not None and numbered[1] == 1:
        return _numbered(flow, numbered[0])
    return _bullets(flow) if first.kind is TextKind.BULLET and numbered is None else None


def _numbered(flow: Sequence[Block], head: str) -> int | None:
    count = 0
    for n, block in enumerate(flow):
        if not isinstance(block, TextBlock):
            return None
        own = _number(block.text)
        if own == (head, count + 1):
            count += 1
        elif own is not None and own[0].startswith(head) and own[0] != head:
            continue  # an item of an item
        elif not _goes_on(block):
            rest = [b.text for b in flow[n : n + _OFF] if isinstance(b, TextBlock)]
            # A number left out, or the list going on further down, is another matter.
            return None if any((o := _number(t)) is not None and o[0] == head and o[1] > count for t in rest) else count
    return count


def _bullets(flow: Sequence[Block]) -> int | None:
    count = 0
    for n, block in enumerate(flow):
        if isinstance(block, TextBlock) and block.kind is TextKind.BULLET:
            if block.text.rstrip().endswith(":") or len(block.text) > _LONGEST or _number(block.text) is not None:
                return None  # an item with items of its own
            count += 1
        elif not isinstance(block, TextBlock):
            return None
        elif not _goes_on(block):
            after = flow[n : n + _OFF]
            return None if any(isinstance(b, TextBlock) and b.kind is TextKind.BULLET for b in after) else count
    return count


def _goes_on(block: TextBlock) -> bool:
    """True for a line that goes on with the item above it."""
    return block.kind is TextKind.LINE and not block.gap and block.text[:1].islower()


def _number(text: str) -> tuple[str, int] | None:
    """What stands before the number of an item, and the number: ("7.", 2) of "7.2. La formulación", ("", 2) of "b) ..."."""
    match = _pattern("numbered").match(text.strip().lower())
    if match is None:
        return None
    mark = match["mark"]
    return match["head"], int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = load("statements")
    return re.compile(words[name].replace("{numbers}", "|".join(words["numbers"])))


_DIFFERS = (
    "Anuncia {said} y la lista que sigue tiene {found}: «{text}»",
    "It announces {said}, and the list that follows has {found}: “{text}”",
)
