"""Reads pages with pdfplumber: their letters in runs, and the tables that it finds, placed on the upright page cut to its crop box."""

from __future__ import annotations

import io
import logging
import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..headers import header_levels
from .content import Box, Word, around, inside
from .table import PageCell, PageRow, PageTable

_LIGATURE = re.compile("[\ufb00-\ufb06]")
# The standard fonts Symbol and Dingbats have encodings of their own, where pdfminer takes the one for letters.
_SYMBOLS = {"‡": "≥", "£": "≤", "–": "±"}
_UNREADABLE = re.compile(r"\(cid:\d+\)")
"""What pdfplumber gives for a character whose meaning the font does not tell."""


def pages(data: bytes, password: str | None, numbers: Collection[int]) -> Iterator[Any]:
    """These pages (from 1) as pdfplumber has them, one by one: each is freed when the next is asked for.

    Raises ImportError where pdfplumber is not there, and whatever it raises on a file that it cannot open.
    """
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings on odd fonts are no news to the user
    with pdfplumber.open(io.BytesIO(data), password=password or "", pages=sorted(numbers), unicode_norm="NFC") as pdf:
        for page in pdf.pages:
            try:
                yield page
            finally:
                page.close()


def _shown(page: Any) -> Box:
    """The crop box, which pdfplumber does not apply, in its coordinates."""
    crop, media = page.cropbox, page.mediabox
    x0, top, x1, bottom = max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3])
    return (x0, top, x1, bottom) if x1 > x0 and bottom > top else media


@dataclass(slots=True)
class Letter:
    """A character, or several that the font gives as one, placed on the upright page."""

    text: str
    box: Box
    angle: int

    @property
    def middle(self) -> tuple[float, float]:
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


def runs(page: Any) -> list[list[Letter]]:
    """The characters in the order of the file, in runs: of one direction, on one line, without a gap.

    What is printed again at the same place, as some make bold type, is left out.
    """
    found: list[list[Letter]] = []
    seen: dict[tuple[str, int], list[float]] = {}
    dx, dy = _shown(page)[:2]
    blank = True
    for character in page.chars:
        if not character["text"].strip():
            blank = True
            continue
        a, b = character["matrix"][:2]
        angle = round(math.degrees(math.atan2(b, a)) / 90) * 90 % 360
        box = (character["x0"] - dx, character["top"] - dy, character["x1"] - dx, character["bottom"] - dy)
        letter = Letter(_text(character["text"], character["fontname"]), box, angle)
        if _is_again(letter, seen):
            continue
        if not blank and found[-1][-1].angle == angle and _touches(found[-1][-1], letter):
            found[-1].append(letter)
        else:
            found.append([letter])
        blank = False
    return found


def _text(text: str, font: str) -> str:
    if "Symbol" in font:
        return _SYMBOLS.get(text, text)
    return "(cid:0)" if "Dingbats" in font and text.isascii() else text


def _is_again(letter: Letter, seen: dict[tuple[str, int], list[float]]) -> bool:
    near = 0.15 * (letter.box[3] - letter.box[1])
    row = round(letter.box[1])
    if any(abs(x - letter.box[0]) < near for r in (row - 1, row, row + 1) for x in seen.get((letter.text, r), ())):
        return True
    seen.setdefault((letter.text, row), []).append(letter.box[0])
    return False


def _touches(before: Letter, letter: Letter) -> bool:
    start, end, base = _along(before.box, before.angle)
    its_start, _, its_base = _along(letter.box, letter.angle)
    size = before.box[3] - before.box[1] if before.angle in (0, 180) else before.box[2] - before.box[0]
    if unicodedata.combining(letter.text[0]):
        return abs(its_base - base) < size
    return its_start > start - 0.1 * size and its_start - end <= 0.22 * size and abs(its_base - base) < 0.5 * size


def _along(box: Box, angle: int) -> tuple[float, float, float]:
    """Where a box begins and ends in reading direction, and its base line."""
    x0, top, x1, bottom = box
    if angle == 90:
        return -bottom, -top, x1
    if angle == 180:
        return -x1, -x0, -top
    return (top, bottom, -x0) if angle == 270 else (x0, x1, bottom)


def word(run: Sequence[Letter], order: int = 0) -> Word:
    text = "".join(letter.text for letter in run)
    suspect = _UNREADABLE.search(text) is not None
    return Word(_expanded(text), *around([letter.box for letter in run]), angle=run[0].angle, span=order, order=order, suspect=suspect)


def _expanded(text: str) -> str:
    return unicodedata.normalize("NFC", _LIGATURE.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text))


def tables(page: Any, found: list[Word]) -> list[PageTable]:
    """What ``find_tables`` and ``extract`` give, with the cells' boxes and spans; ``found`` are the page's words."""
    dx, dy = _shown(page)[:2]
    out = []
    for table in page.find_tables():
        lefts, tops = sorted({c[0] for c in table.cells}), sorted({c[1] for c in table.cells})
        rows = []
        for r, (row, texts) in enumerate(zip(table.rows, table.extract(), strict=True)):
            cells: list[PageCell | None] = []
            for c, (box, text) in enumerate(zip(row.cells, texts, strict=True)):
                if box is None:
                    cells.append(None)
                    continue
                mine = (box[0] - dx, box[1] - dy, box[2] - dx, box[3] - dy)
                spans = max(bisect_left(tops, box[3]) - r, 1), max(bisect_left(lefts, box[2]) - c, 1)
                cells.append(PageCell([w for w in found if inside(w, mine)], mine, *spans, text=one_line(text or "")))
            rows.append(PageRow(cells))
        x0, top, x1, bottom = table.bbox
        xs = [x - dx for x in (*lefts, x1)]
        out.append(with_levels(PageTable(page.page_number, xs, rows, (x0 - dx, top - dy, x1 - dx, bottom - dy), ruled=True)))
    return [t for t in out if t.columns > 1 and len(t.rows) > 1]


def with_levels(table: PageTable) -> PageTable:
    """The table with as many rows of header as its texts have by their form."""
    texts = [r.texts for r in table.rows]
    table.levels = min(header_levels(texts), len(texts))
    return table


def one_line(text: str) -> str:
    """The text of a cell as veedor writes it: no soft hyphens at the end of a line, no ligatures, one blank for blanks."""
    broken = re.sub("(?<=\\w)\u00ad(?:\\s*\n\\s*|$)", "", _expanded(text))
    return re.sub(r"\s+", " ", broken.replace("\u00ad", "-")).strip()
