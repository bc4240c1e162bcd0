"""Figures whose words stand elsewhere: listed "respectivamente", or a share that leans on the count before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .figures import Figure, pattern
from .statement import Sentence, Statement
from .words import Words, nouns, patterns, status_of

_MIN_LISTED = 2


@dataclass(frozen=True, slots=True)
class Listed:
    """What a figure of a list is of: the ``words`` said of it, or for a share the figure of its ``count``; neither where it is not told."""

    words: str = ""
    count: Figure | None = None


def in_order(made: Sentence, earlier: Sequence[Statement], words: Words) -> dict[int, Listed]:
    """The figures of a sentence that says "respectivamente": as many classes as figures, or shares as counts before them."""
    last = pattern("respectively").search(made.plain)
    if last is None:
        return {}
    figures = [f for f in made.figures if f.end <= last.start() and f.kind in ("plain", "percent")]
    figures = [f for f in figures if not pattern("base_before").search(made.plain[: f.start])]  # "de los 4 indicadores, 1, 2 y …"
    counts, shares = ([f for f in figures if f.kind == kind] for kind in ("plain", "percent"))
    said = _said(made.plain[: last.start()], words)
    # Classes named together are what is listed; two verbs far apart are not: "se evaluarán 26 … y 58 …; se midieron 20 y 53".
    if counts and not shares and not _classes(made.plain[: last.start()], words) and (kinds := _kinds_before(made, counts, bool(said))):
        return kinds
    noun = next((m.group() for identity, n, _ in nouns() if identity == "rows" and (m := n.search(made.plain))), "")
    found: dict[int, Listed] = {}
    for group in (counts, shares):
        if len(group) == len(said) >= _MIN_LISTED:
            found |= {id(f): Listed(f"{noun} {word}".strip()) for f, word in zip(group, said, strict=True)}
    if len(counts) == len(shares) >= _MIN_LISTED and len(said) == len(counts):
        found |= {id(share): Listed(count=count) for share, count in zip(shares, counts, strict=True)}
    elif not counts and not said and shares:
        before = [s for s in earlier if not s.share and s.base is not None and s.figure.operator == "="][-len(shares) :]
        if len(before) == len(shares) and len({id(s.base) for s in before}) == 1:
            found |= {id(share): Listed(count=s.figure) for share, s in zip(shares, before, strict=True)}
    return found


def _kinds_before(made: Sentence, counts: Sequence[Figure], said: bool) -> dict[int, Listed]:
    """The bare counts before "respectivamente" by what the counts before them name, each its own kind: "26 indicadores de resultado
    y 58 de producción; … 20 y 53"; of nothing that can be told, where these are not as many.
    """
    bare = _bare(made, counts)
    if len(bare) < _MIN_LISTED:
        return {}
    before = made.plain[: bare[0].start]
    noun = next((m.group() for identity, n, _ in nouns() if identity == "rows" and (m := n.search(before))), "")
    named = sorted((m.start(), m.group().strip()) for _, p in patterns("row_kinds") for m in p.finditer(before))
    if not named:
        named = sorted((m.start(), m.group()) for identity, n, _ in nouns() if identity == "rows" for m in n.finditer(before))
    kinds = [f"{noun} {kind}" if kind.startswith("de ") else kind for _, kind in named]
    if len(kinds) != len(bare) or len(set(kinds)) != len(kinds):
        return {} if said else {id(f): Listed() for f in bare}
    return {id(f): Listed(kind) for f, kind in zip(bare, kinds, strict=True)}


def _bare(made: Sentence, counts: Sequence[Figure]) -> list[Figure]:
    """The last counts of which nothing is said but the list of them: "20 y 53"."""
    found = list(counts[-1:])
    for a, b in zip(reversed(counts[:-1]), reversed(counts), strict=False):
        if not pattern("list").fullmatch(made.plain[a.end : b.start]):
            break
        found.insert(0, a)
    return found


def _said(plain: str, words: Words) -> list[str]:
    """The classes that a sentence lists, else the other things that it says of rows, in order."""
    if len(classes := _classes(plain, words)) >= _MIN_LISTED:
        return classes
    found = sorted((m.start(), m.group()) for i, p in patterns("statuses") if i in _SAID for m in p.finditer(plain))
    return [word for _, word in found]


def _classes(plain: str, words: Words) -> list[str]:
    """The classes that a sentence names, in order."""
    found = sorted((m.start(), m.group()) for shown in words.classes.values() for m in shown.finditer(plain))
    return [c[1] for n, c in enumerate(found) if not any(o[0] <= c[0] < o[0] + len(o[1]) for o in (*found[:n], *found[n + 1 :]))]


_SAID = frozenset({"unmet", "undone", "unstarted", "partial", "met", "full", "planned", "evaluated", "executed"})


def leaning(made: Sentence, share: Figure, count: Statement) -> Statement:
    """The statement of a share that is of the same rows as a count."""
    return replace(count, figure=share, printed=made.printed(share), sentence=made.text, here=made.here, count=count, states_base=False)


def leans(figure: Figure, left: str, clause: str, previous: Statement | None, words: Words) -> bool:
    """True for the share that the count before it is said to make: "26 resultaron buenos, lo que representa el 60 %"."""
    if figure.kind != "percent" or previous is None or previous.share or previous.noun != "rows" or previous.area:
        return False
    base = previous.base
    if base is not None and base.figure.value < previous.figure.value:
        return False
    part = base is not None or previous.status not in ("", "planned", "due", "evaluated")
    return part and not status_of(clause, words) and re.search(r"\d", left) is None and bool(pattern("makes").search(left))
