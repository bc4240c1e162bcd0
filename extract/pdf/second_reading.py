"""Reads places of a PDF again with a program that took no part in the first reading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator

from ...schema.place import Place
from ..figure_form import grouped
from ..options import ENGINES
from . import lattice, plumber
from .content import Box, Word, holds, inside
from .lines import text_of
from .pdfium import opened, read_page
from .plumber import Letter

_WHOLE = re.compile(rf"[^\d]+|[-+(]?(?:{grouped('.')}(?:,\d+)?|{grouped(',')}(?:\.\d+)?|\d+(?:[.,]\d+)?)\)?%?")
"""Letters, or one figure: not two figures that touch."""

Reading = Callable[[Box], str | None]
"""The text that stands in a box of one page; None where the program has no letters for it."""


def read_again(data: bytes, password: str | None, places: Collection[Place], engine: str = ENGINES[0]) -> dict[Place, str | None]:
    """The text that a second program reads in the box of each place; None where it can read none.

    What PDFium read is read by pdfplumber, and the other way round. Each page is opened once and freed.
    Raises ImportError where that program is not there.
    """
    found: dict[Place, str | None] = dict.fromkeys(places)
    boxes = _boxes(places)
    pages = _by_pdfplumber if engine == ENGINES[0] else _by_pdfium
    try:
        for number, reading in pages(data, password, sorted(boxes)):
            found.update((place, reading(box)) for place, box in boxes[number])
    except ImportError:
        raise
    except Exception:  # pdfminer raises anything on a damaged file; what it did not read stays as it was read first
        return found
    return found


def whole_page(page: int) -> Place:
    """The place of all that is printed on a page (from 1)."""
    return Place(page, x0=-_FAR, top=-_FAR, x1=_FAR, bottom=_FAR)


_FAR = 1e9
"""Points beyond every page: a place has finite sides."""


def _boxes(places: Collection[Place]) -> dict[int, list[tuple[Place, Box]]]:
    """The places that are boxes, by their page."""
    found: dict[int, list[tuple[Place, Box]]] = defaultdict(list)
    for p in places:
        if p.page is not None and p.x0 is not None and p.top is not None and p.x1 is not None and p.bottom is not None:
            found[p.page].append((p, (p.x0, p.top, p.x1, p.bottom)))
    return found


def _by_pdfplumber(data: bytes, password: str | None, numbers: list[int]) -> Iterator[tuple[int, Reading]]:
    for page in plumber.pages(data, password, numbers):
        yield page.page_number, _of_runs(plumber.runs(page))


def _of_runs(runs: list[list[Letter]]) -> Reading:
    words = [(run, plumber.word(run)) for run in runs]
    return lambda box: _text([part for run, word in words if _meet(word.box, box) and (part := _part(run, word, box))])


def _meet(a: Box, b: Box) -> bool:
    """True also for a character without width, as pdfminer has those of fonts that it has no measures of."""
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _part(run: list[Letter], word: Word, box: Box) -> Word | None:
    """What of a run stands in a box: the characters whose middle lies there.

    A name or a single figure is never cut, though it reaches over the edge: it stands where its middle does.
    """
    within = [letter for letter in run if holds(box, *letter.middle)]
    if 0 < len(within) < len(run):
        if _WHOLE.fullmatch(word.text):
            return word if inside(word, box) else None
        return plumber.word(within)
    return word if within else None


def _by_pdfium(data: bytes, password: str | None, numbers: list[int]) -> Iterator[tuple[int, Reading]]:
    with opened(data, password) as document:
        for number in numbers:
            page = read_page(document, number - 1)
            if page is not None:
                yield number, _of_words(page.words)


def _of_words(words: list[Word]) -> Reading:
    return lambda box: _text([w for w in words if inside(w, box)])


def _text(words: list[Word]) -> str | None:
    return None if any(w.suspect for w in words) else text_of(words)


def read_in_grid(data: bytes, password: str | None, places: Collection[Place]) -> dict[Place, str | None]:
    """What camelot reads in the cell of its own grid at each place; None where it sees no grid. Raises ImportError without camelot."""
    found: dict[Place, str | None] = dict.fromkeys(places)
    boxes = _boxes(places)
    with opened(data, password) as document:
        for number, its in sorted(boxes.items()):
            tables = lattice.tables(document, number - 1)
            found.update((place, lattice.text_at(tables, box)) for place, box in its)
    return found
