"""Markup inside a cell or line to plain text: HTML tags, Markdown stars, LaTeX, entities, bullets."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

_TAG = re.compile(
    r"</?(?:b|i|u|strong|em|br|ul|ol|li|p|span|div|sup|sub|font|small|big|mark|s|strike|del|ins|a|h[1-6]|center|img|hr|input|label|code|pre"
    r"|table|thead|tbody|tfoot|tr|td|th|caption|colgroup|col)(?:\s[^<>]*)?/?>",
    re.I,
)
_ITEM_TAG = re.compile(r"<(?:li)(?:\s[^<>]*)?>|<br\s*/?>\s*(?=[-•▪◦●✓➢*])", re.I)
_LIST_TAG = re.compile(r"<(?:ul|ol)\b", re.I)
_BOLD = re.compile(r"<(?:b|strong)(?:\s[^<>]*)?>|\*\*", re.I)
_UNDERLINE = re.compile(r"<u(?:\s[^<>]*)?>", re.I)
_MATH = re.compile(r"\$([^$\n]{0,200}?)\$|\\\(([^\n]{0,200}?)\\\)")
_ESCAPE = re.compile(r"\\([$%&#_{}*|<>\[\]()~^+.!-])")
_STARS = re.compile(r"(?<!\*)\*{2,4}(?!\*)|(?<![\w*])__(?=\S)|(?<=\S)__(?![\w_])")
_WRAPPED = re.compile(r"^([*_])(?=\S)(.*\S)\1$")
_BULLET = re.compile(r"(?:^|\s)[•▪◦●✓➢■]\s*")
_SPECIAL = re.compile(r"[<&*\\$_•▪◦●✓➢■]")


@dataclass(frozen=True, slots=True)
class Plain:
    """Clean text with what its markup said: ``marks`` (bold, underline, list) and the items of a list."""

    text: str
    marks: frozenset[str] = frozenset()
    items: tuple[str, ...] = ()


_NO_MARKS: frozenset[str] = frozenset()


def plain(text: str) -> Plain:
    """Takes the markup out of a text. A ``<`` that opens no known tag stays: "menor < 85" is text."""
    if not _SPECIAL.search(text):
        return Plain(" ".join(text.split()))
    marks = set()
    if "<" in text or "&" in text:
        if "&" in text:
            text = html.unescape(text)
        if _LIST_TAG.search(text):
            marks.add("list")
        if _UNDERLINE.search(text):
            marks.add("underline")
    if _BOLD.search(text):
        marks.add("bold")
    pieces = _ITEM_TAG.split(text)
    if len(pieces) == 1 and (bullets := items_of(text)):
        pieces = bullets
    cleaned = [t for piece in pieces if (t := _strip(piece))]
    items = tuple(cleaned) if len(pieces) > 1 else ()
    if items:
        marks.add("list")
    return Plain(" ".join(cleaned), frozenset(marks) if marks else _NO_MARKS, items)


def items_of(text: str) -> list[str]:
    """The items of a list that is printed with bullets, two at least, and what stands before the first; none of other text."""
    bullets = _BULLET.split(text)
    return bullets if len(bullets) > 2 else []


def _strip(text: str) -> str:
    if "*" in text or "__" in text:
        text = _STARS.sub("", text)  # before the rest: they may stand inside a tag, and escaped ones are text
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "\\" in text:
        text = _MATH.sub(_latex, text)
        text = _ESCAPE.sub(r"\1", text)
    text = " ".join(text.split())
    if text[:1] in ("*", "_") and text.strip("*_") and (wrapped := _WRAPPED.match(text)):
        text = wrapped.group(2)
    if text[:1] in "•▪◦●✓➢■" and len(text) > 1:  # alone it is what the cell says
        text = text[1:].strip()
    return text


def _latex(match: re.Match[str]) -> str:
    """A formula as plain characters; money signs such as ``$ 40 y $ 50`` are left alone."""
    body = match.group(1) if match.group(1) is not None else match.group(2)
    if "\\" not in body and "^" not in body:
        return match.group(0)
    # "\$4,996 ... \$" are two escaped dollar signs, not a formula.
    if match.group(0).startswith("$") and (body.endswith("\\") or match.string[match.start() - 1 : match.start()] == "\\"):
        return match.group(0)
    return _formula(body)


@lru_cache(maxsize=4096)
def _formula(body: str) -> str:
    try:
        return _latex_reader().latex_to_text(body)
    except Exception:  # the library raises many kinds on broken LaTeX; the printed text is then kept
        return body.replace("\\", " ")


@cache
def _latex_reader() -> LatexNodes2Text:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text")
