"""Figures whose points and commas the engine lost or mistook, put right where the rest of their column leaves one way to write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..figure_form import BETWEEN, CURRENCY, CURRENCY_LETTER, DIGITS, grouped, grouped_alike
from ..pdf.table import PageCell, PageTable
from .codes import are_paths

_SIGNS = f"{BETWEEN}:;"
"""With what specks make of the signs in a figure: a colon for a point."""
_FIGURE = re.compile(
    rf"[{_SIGNS}]*(?P<sign>(?:(?:{CURRENCY}|{CURRENCY_LETTER})\s?)?[-(]?)(?P<body>\d[\d{_SIGNS}]*\d|\d)[.,:;']*(?P<end>\)?\s?%?)[{_SIGNS}]*"
)
"""A figure with specks before and behind it."""
_MORE, _INSTEAD = re.compile(r"(\d[\d.,]*)%\d"), re.compile(r"(\d[\d.,]*)[68]")
"""A sign of per cent with a digit behind it, "25%6"; and one that was read as a digit, "258"."""
_BARE, _SPOTTED = re.compile(rf"[-(]?(?:{DIGITS})\)?\s?%?"), re.compile(r"[.,:;'·]*(.*?)[.,:;'·]*")
_TICKED = re.compile(r"[√✓✔☑]\s?(.*)")
"""A figure that somebody ticked off."""
_FORMS = (rf"{grouped_alike(1)}(?:(?!\1)[.,]\d+)?", r"\d+[.,]\d+", r"\d+")
"""Thousands and decimals, decimals alone, neither."""
_MOST = 0.6
"""Of the figures of a column (else of its table) that show their thousands: so many must be written in one way."""
_LEAST = 3
"""Figures that show how their column is written: fewer may be alike by chance."""


@dataclass(frozen=True, slots=True)
class Way:
    """How figures are written: the sign between thousands, that of the decimals, and how many decimals there are."""

    thousands: str
    decimal: str
    places: int

    def write(self, digits: str) -> str:
        whole, rest = (digits[: -self.places], digits[-self.places :]) if self.places else (digits, "")
        grouped = f"{int(whole or '0'):,}".replace(",", self.thousands)
        return grouped + (self.decimal + rest if self.places else "")

    def matches(self, body: str) -> bool:
        digits = re.sub(r"\D", "", body)
        return len(digits) > self.places and self.write(digits) == body


def put_right(table: PageTable) -> None:
    """Rewrites the figures of a table in the way of their column; what the engine read is kept beside it."""
    columns = [[c for r in table.body if k < len(r.cells) and (c := r.cells[k]) is not None and c.text] for k in range(table.columns)]
    common = _way(c.text for cells in columns for c in cells)
    for cells in columns:
        if are_paths([c.text for c in cells]):
            continue
        _percent(cells)
        _specks(cells)
        own = _way(c.text for c in cells)
        shared = common if common is not None and _follow([c.text for c in cells], own or common) else None
        for cell in cells:
            _rewrite(cell, own or shared, shared, own is not None)


def _follow(texts: Sequence[str], way: Way) -> bool:
    """True for a column half of whose figures with signs are written in this way: a table may have two.

    What nobody writes so ("326.008.97") is of no other way where its signs stand where this one has them.
    """
    bodies = [m["body"] for t in texts if (m := _FIGURE.fullmatch(t)) and re.search(rf"[{BETWEEN}]", m["body"])]
    if way.thousands != " ":
        bodies = [b.replace(" ", "") for b in bodies]  # what runs between the digits of a column is no sign of theirs
    form = re.compile(rf"(?:{grouped(way.thousands)}|\d{{1,3}})(?:{re.escape(way.decimal)}\d+)?")
    fits = [form.fullmatch(b) is not None or (is_malformed(b) and _places(b) == _places(way.write(re.sub(r"\D", "", b)))) for b in bodies]
    return 2 * sum(fits) >= len(bodies)


def _percent(cells: Sequence[PageCell]) -> None:
    """A sign of per cent that was read as a digit, in a column whose other figures have it: in doubt, for it may be the digit."""
    figures = [c for c in cells if _FIGURE.fullmatch(c.text)]
    with_sign = sum(c.text.endswith("%") for c in figures)
    for cell in cells:
        found = _MORE.fullmatch(cell.text)
        if found is None and with_sign >= _LEAST and 2 * with_sign >= len(figures) and not cell.text.endswith("%"):
            found = _INSTEAD.fullmatch(cell.text)
        if found is not None:
            cell.reread(f"{found[1]}%")
            cell.doubt()


def _specks(cells: Sequence[PageCell]) -> None:
    """A point before or behind a figure whose column has none there is a speck."""
    bare = sum(_BARE.fullmatch(c.text) is not None for c in cells)
    spotted = [(c, m) for c in cells if (m := _SPOTTED.fullmatch(c.text)) and m[1] != c.text and _BARE.fullmatch(m[1])]
    for cell in cells:
        if (ticked := _TICKED.fullmatch(cell.text)) is not None and _BARE.fullmatch(ticked[1]):
            cell.reread(ticked[1])
            cell.doubt()  # who ticks it off may write over a digit
    for cell, found in spotted if bare >= _LEAST and bare > len(spotted) else ():
        cell.reread(found[1])


def _way(texts: Iterable[str]) -> Way | None:
    """The way in which most of the figures that show their thousands are written; None where they are too few, or of several ways."""
    seen: Counter[Way] = Counter()
    for text in texts:
        found = _FIGURE.fullmatch(text)
        if found and (way := _shown(found["body"])) is not None:
            seen[way] += 1
    if not seen:
        return None
    way, count = seen.most_common(1)[0]
    return way if count >= _LEAST and count >= _MOST * seen.total() else None


def _shown(body: str) -> Way | None:
    for thousands, decimal in ((".", ","), (",", "."), (" ", ","), (" ", "."), ("'", ".")):
        found = re.fullmatch(rf"{grouped(thousands)}(?:{re.escape(decimal)}(\d+))?", body)
        if found:
            return Way(thousands, decimal, len(found[1] or ""))
    return None


def _rewrite(cell: PageCell, way: Way | None, common: Way | None, own: bool) -> None:
    texts = dict.fromkeys(_written(t, way, common, own) for t in (cell.text, *cell.readings))
    text = next(iter(texts))
    if text != cell.text:
        texts = dict.fromkeys((text, cell.text, *texts))
        if sum(map(_is_sign, text)) > sum(map(_is_sign, cell.text)) or text.count(" ") < cell.text.strip().count(" "):
            cell.doubt()  # a sign that was not read may have been another, and a digit be lost in a blank: unless a sum proves it
    cell.text, cell.readings = text, tuple(t for t in texts if t != text)


def _is_sign(char: str) -> bool:
    return char in _SIGNS


def _written(text: str, way: Way | None, common: Way | None, own: bool) -> str:
    """A figure in the way of its column; any other text as it is. ``own``: the way is the column's, not only its table's."""
    found = _FIGURE.fullmatch(text)
    if not found or way is None:
        return text
    body = found["body"]
    if way.matches(body):
        return text if body.isdigit() else f"{found['sign']}{body}{found['end']}"  # specks beside it are none of its signs
    if way.thousands != " " and " " in body and way.matches(whole := body.replace(" ", "")):
        return f"{found['sign']}{whole}{found['end']}"  # a stroke of toner, or a fold, runs between its digits
    digits = re.sub(r"\D", "", body)
    if len(digits) == len(body):
        # Digits without a sign are a code or a count, unless a nought lost its decimals in a column of decimals.
        nought = own and way.places and digits[0] == "0" and len(digits) == way.places + 1
        return f"{found['sign']}{way.write(digits)}{found['end']}" if nought else text
    if len(digits) > way.places:
        written = way.write(digits)
        # Every sign that was read must stand where the column's way has one: else digits were lost, and nothing is put right.
        if _places(body) <= _places(written):
            return f"{found['sign']}{written}{found['end']}"
    if common is not None and (short := re.fullmatch(rf"(\d{{1,3}})[{_SIGNS}]+(\d{{1,2}})", body)):
        # Other decimals than the column's: of the two signs that a table has, this one stands before decimals.
        return f"{found['sign']}{short[1]}{common.decimal}{short[2]}{found['end']}"
    return text


def is_malformed(text: str) -> bool:
    """True for a figure that nobody writes so: "1,1448071", "3.508.36": a sign or a digit of it was lost or is another's."""
    found = _FIGURE.fullmatch(text)
    if found is None or not re.search(r"[.,]", found["body"]):
        return False
    return not any(re.fullmatch(form, found["body"]) for form in _FORMS)


def decimals(text: str) -> int:
    """How many decimals a figure shows; 0 for none, and for what ends like thousands."""
    found = _FIGURE.fullmatch(text)
    end = re.search(r"[.,](\d+)$", found["body"]) if found else None
    return len(end[1]) if end and len(end[1]) != 3 else 0


def lacks_decimals(text: str) -> bool:
    """True for a figure of several digits and no sign, which in a column of decimals may have lost its own. 100 per cent needs none."""
    found = _FIGURE.fullmatch(text)
    return found is not None and found["body"].isdigit() and len(found["body"]) > 1 and found["body"] != "100"


def _places(body: str) -> set[int]:
    """After how many digits a sign stands."""
    return {len(re.sub(r"\D", "", body[: m.start()])) for m in re.finditer(rf"[{_SIGNS}]+", body)}
