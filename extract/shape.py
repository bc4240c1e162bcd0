"""The shape of cells and columns: figure, percent, date or text. Form only; nothing is interpreted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from .figure_form import BETWEEN, CURRENCY, CURRENCY_LETTER, bare, grouped
from .marks import is_nothing, is_redaction

_DOTS, _COMMAS = grouped("."), grouped(",")
GROUPED = re.compile(rf"-?(?:{_DOTS}(?:,\d{{1,2}})?|{_COMMAS}(?:\.\d{{1,2}})?)%?")
"""An amount whose thousands are parted, in either convention."""
AMOUNT = re.compile(rf"[-(]?(?:(?:{_DOTS}|\d{{1,3}}),\d\d|(?:{_COMMAS}|\d{{1,3}})\.\d\d)\)?%?")
"""An amount with two decimals, its thousands parted where it has them: no digit can follow."""
TWO_AMOUNTS = re.compile(rf"(-?{_DOTS},\d\d)-?{_DOTS},\d\d|(-?{_COMMAS}\.\d\d)-?{_COMMAS}\.\d\d")
"""Two such amounts of one convention that touch."""
_FIGURE = re.compile(
    rf"[<>≥≤=±~]{{0,2}}\s?(?:{CURRENCY}|{CURRENCY_LETTER})?\s?[(+-]?\d[\d{BETWEEN}]{{0,30}}\)?\s?(?P<percent>%)?"
    r"(?:\s[a-záéíóúñ.]{1,12}){0,2}",
    re.I,
)
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}")
_CODE = re.compile(
    r"[A-Z]{0,6}\.?\s?(?:[A-Z]{1,4}\s)?\d+(?:[.\-]\d+){1,8}\.{0,2}|[A-Z]{1,6}[-. ]\d+(?:[.\-]\d+){0,8}\.{0,2}"
    r"|[A-Z]{1,6}[.\-]?\d+(?:[.\-](?:[A-Z]{1,6}[.\-]?)?\d+){1,8}\.{0,2}"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


class Shape(Enum):
    BLANK = "blank"
    FIGURE = "figure"
    PERCENT = "percent"
    DATE = "date"
    CODE = "code"
    TEXT = "text"
    NEUTRAL = "neutral"
    """A dash, "N/A" or a mark of redaction: it may stand in any column."""


def shape(text: str) -> Shape:
    """The form of one cell."""
    if not text:
        return Shape.BLANK
    return _short_shape(text) if len(text) <= 60 else Shape.TEXT


@lru_cache(maxsize=65536)
def _short_shape(text: str) -> Shape:
    if is_nothing(text) or text[0] == "[" or is_redaction(text):
        return Shape.NEUTRAL
    if not any(c.isdigit() for c in text):
        return Shape.TEXT
    if _DATE.fullmatch(text):
        return Shape.DATE
    if match := _FIGURE.fullmatch(bare(text)):
        return Shape.PERCENT if match["percent"] else Shape.FIGURE
    return Shape.CODE if _CODE.fullmatch(text) else Shape.TEXT


def is_code(text: str) -> bool:
    """True where a text has the form of a code such as AO.1.2. or ACP-1, alone or before a text."""
    head = text[:40]
    match = _CODE.match(head)
    return match is not None and (match.end() == len(head) or not head[match.end()].isalnum())


def is_year(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None


NUMERIC = frozenset({Shape.FIGURE, Shape.PERCENT, Shape.DATE})


@dataclass(frozen=True, slots=True)
class Profile:
    """What a column mostly holds: its shape (None where unclear) and the share of rows that fill it."""

    shape: Shape | None
    fill: float
    pure: bool
    """No cell of another numeric shape, on at least two cells: a figure in a percent column is then out of place."""
    codes: bool = False
    """Some of its cells are codes, so that a code is at home in it."""


def profiles(rows: Sequence[Sequence[str]], width: int) -> list[Profile]:
    """The profile of every column over body rows; rows with a single cell (bands) do not count."""
    counts: list[dict[Shape, int]] = [{} for _ in range(width)]
    counted = 0
    for row in rows:
        if sum(1 for t in row if t) < 2:
            continue
        counted += 1
        for c, text in enumerate(row[:width]):
            s = shape(text)
            counts[c][s] = counts[c].get(s, 0) + 1
    return [_profile(c, counted) for c in counts]


def _profile(count: dict[Shape, int], rows: int) -> Profile:
    known = {s: n for s, n in count.items() if s not in (Shape.BLANK, Shape.NEUTRAL)}
    total = sum(known.values())
    if not total:
        return Profile(None, 0.0, False)
    fill = total / max(rows, 1)
    numeric = sum(n for s, n in known.items() if s in NUMERIC)
    if numeric >= 0.6 * total:
        best = max((s for s in known if s in NUMERIC), key=lambda s: (known[s], s.value))
        pure = total >= 2 and known[best] >= 0.85 * numeric
        return Profile(best, fill, pure)
    codes = known.get(Shape.CODE, 0)
    if codes >= 0.6 * total:
        return Profile(Shape.CODE, fill, False, True)
    if total - numeric >= 0.6 * total:
        return Profile(Shape.TEXT, fill, False, codes >= 0.1 * total)
    return Profile(None, fill, False)


def misfit(text: str, profile: Profile) -> float:
    """How badly a cell fits a column: 0 fits or unknown, up to 3 for text in a column of figures or the reverse."""
    s = shape(text)
    if s in (Shape.BLANK, Shape.NEUTRAL) or profile.shape is None:
        return 0.0
    if profile.shape is Shape.CODE:
        # A text may stand in a code column (a band, or a code with its text); a figure beside codes is mostly a code too.
        return 1.0 if s in (Shape.PERCENT, Shape.DATE) else 0.0
    if profile.shape is Shape.TEXT:
        if s is Shape.CODE:
            return 0.0 if profile.codes else 2.0
        return 3.0 if s in NUMERIC and not is_year(text) else 0.0
    if s in (Shape.TEXT, Shape.CODE):
        return 3.0
    if s is profile.shape:
        return 0.0
    if Shape.DATE in (s, profile.shape):
        return 2.0
    return 2.0 if profile.pure else 0.0
