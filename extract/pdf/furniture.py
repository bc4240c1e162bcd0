"""What is printed again at the same place on neighbouring pages: headers, footers, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..marks import is_page_number
from ..parts import key
from .content import PageContent
from .lines import Line, Phrase, is_figure, lines_of, phrases

_TOP, _BOTTOM = 0.2, 0.16
"""Shares of the page's height in which furniture stands."""


@dataclass(slots=True)
class Margins:
    """The lines at the head and foot of a page, and which of them are furniture."""

    lines: list[Line]
    middle: float
    keys: dict[str, list[tuple[float, float, float]]] = field(default_factory=dict)
    running: set[int] = field(default_factory=set)
    """Identity of each word of a furniture line."""
    names: set[int] = field(default_factory=set)
    """Of these, the words of lines that may be the names of columns, which tables print again too."""


def margins(page: PageContent) -> Margins:
    head, foot = _TOP * page.height, (1 - _BOTTOM) * page.height
    words = [w for w in page.words if not w.angle and (w.bottom < head or w.top > foot)]
    found = Margins(lines_of(phrases(words)), middle=page.height / 2)
    for line in found.lines:
        for p in line.phrases:
            found.keys.setdefault(key(p.text), []).append((p.top, p.x0, p.x1))
    return found


def mark(page: Margins, neighbours: Sequence[Margins]) -> None:
    """Marks the lines whose phrases stand at the same place on a neighbouring page, and lone page numbers.

    Three texts or more beside each other, below the last shorter line, may name columns.
    """
    enough = min(2, len(neighbours))
    repeated = [False] * len(page.lines)
    head = [k for k, line in enumerate(page.lines) if line.top < page.middle]
    foot = [k for k, line in enumerate(page.lines) if line.top >= page.middle]
    for order in (head, foot[::-1]):
        # Furniture stands between the edge of the page and its content: a line with content between it and the edge is none.
        for k in order:
            if not _is_repeated(page.lines[k], neighbours, enough):
                break
            repeated[k] = True
    short = [k for k, line in enumerate(page.lines) if repeated[k] and line.top < page.middle and not _may_name(line)]
    last = max(short, default=-1)
    for k, (line, is_repeated) in enumerate(zip(page.lines, repeated, strict=True)):
        if is_repeated:
            (page.names if k > last and line.top < page.middle else page.running).update(id(w) for w in line.words)


def _may_name(line: Line) -> bool:
    """Three texts or more beside each other, few of them figures."""
    return len(line.phrases) > 2 and not 0 < sum(is_figure(p.text) for p in line.phrases) < 0.5 * len(line.phrases)


def _says_page(text: str) -> bool:
    """ "Página 3 de 8", not a mere figure, which may be a value."""
    return text[:1].isalpha() and is_page_number(text)


def _is_repeated(line: Line, neighbours: Sequence[Margins], enough: int) -> bool:
    if (len(line.phrases) == 1 and is_page_number(line.text)) or any(_says_page(p.text) for p in line.phrases):
        return True
    if sum(is_figure(p.text) for p in line.phrases) > 1:
        return False
    again = sum(_times(p, neighbours) >= enough > 0 for p in line.phrases)
    return again >= max(1, 0.6 * len(line.phrases))


def _times(p: Phrase, neighbours: Sequence[Margins]) -> int:
    """On how many of the neighbouring pages a phrase stands at the same place."""
    printed = key(p.text)
    return sum(any(_same_place(p, *place) for place in other.keys.get(printed, ())) for other in neighbours)


def _same_place(p: Phrase, top: float, x0: float, x1: float) -> bool:
    return abs(top - p.top) < 5 and (abs(x0 - p.x0) < 6 or abs(x1 - p.x1) < 6 or abs((x0 + x1) / 2 - (p.x0 + p.x1) / 2) < 6)
