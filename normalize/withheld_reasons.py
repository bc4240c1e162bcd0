"""The reason printed beside struck-out matter: in its cell, behind the mark, in the line below, or in a legend of its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from ..extract.raw import Block, RedactionMark, Row, Table, TextBlock, TextKind
from ..schema.place import Place
from .folding import unaccented
from .lexicon import load

_LONGEST = 300
_NEAR = 16.0
"""Points below a struck-out area within which the line of its reason begins."""
_LINES = 2
"""Lines of a dump below a mark within which that line stands: a blank one may part them."""
_LABEL = 6
"""Words of the longest label."""
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZÁÉÍÓÚÑ])")
_STRAY = re.compile(r"^\w{1,12}\s+(?=[A-ZÁÉÍÓÚÑ])")
_LEAD = " \t:;,.-–—()[]*■█▇▆"


def reasons(marks: Sequence[RedactionMark], blocks: Sequence[Block]) -> list[str]:
    """For each mark its reason: the one stated in the mark, else beside it, else by the legend of its page; "" where none is."""
    legends = [b for b in blocks if isinstance(b, TextBlock) and _is_legend(b)]
    return [m.reason or _beside(m, blocks) or _by_legend(m, legends) for m in marks]


def only_reason(text: str) -> bool:
    """True for a text that says why something was left out, and nothing else."""
    sentences = _sentences(text)
    return bool(sentences) and len(text) <= _LONGEST and all(_within(s) for s in sentences)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in load("withheld").get(name, ("(?!)",))))


def _sentences(text: str) -> list[str]:
    return [s for s in _SENTENCE.split(text.strip()) if s.strip(_LEAD)]


def _states(sentence: str, citing: bool = False) -> bool:
    """True for a sentence that begins with what was left out and gives a ground; with ``citing``, for an article alone too."""
    plain = unaccented(sentence.strip(_LEAD))
    if len(plain) > _LONGEST:
        return False
    # "Datos personales" is a label and a ground; in a sentence the same words may tell of something else.
    ground = _pattern("law").search(plain) or (len(plain.split()) <= _LABEL and _pattern("kind").search(plain))
    return (_pattern("statement").match(plain) is not None and bool(ground)) or (citing and _pattern("citation").match(plain) is not None)


def _begins(text: str) -> str:
    """The reason that a text begins with, which stands right behind or below a mark."""
    first = next(iter(_sentences(text)), "")
    return first.lstrip(_LEAD).rstrip() if first and _states(first, citing=True) else ""


def _behind(text: str, mark: str) -> str:
    """The reason right behind a mark that a text prints."""
    return next((r for m in re.finditer(re.escape(mark), text) if (r := _begins(text[m.end() :]))), "")


def _within(text: str) -> str:
    """The sentence of a text, struck out in part, that says why; what is left of a word under the area may stand before it."""
    tried = (t for s in _sentences(text) for t in (s.strip(), _STRAY.sub("", s.strip())))
    return next((t for t in tried if _states(t)), "")


def _beside(mark: RedactionMark, blocks: Sequence[Block]) -> str:
    for n, block in enumerate(blocks):
        if isinstance(block, Table):
            found = _in_rows(mark, block.rows)
        elif block.kind is TextKind.CONTENTS:
            continue
        elif mark.printed and mark.printed in block.text and block.place.order == mark.place.order:
            below = blocks[n + 1] if n + 1 < len(blocks) else None
            found = _behind(block.text, mark.printed)
            if not found and isinstance(below, TextBlock) and _is_below(mark.place, below.place):
                found = _begins(below.text)
        elif not mark.printed and _in_one_line(mark.place, block.place):
            right = (block.place.x0 or 0.0) >= (mark.place.x1 or 0.0) - 2
            found = _begins(block.text) if right else _within(block.text)
        else:
            found = _begins(block.text) if not mark.printed and _is_below(mark.place, block.place) else ""
        if found:
            return found
    return ""


def _in_rows(mark: RedactionMark, rows: Iterable[Row]) -> str:
    """The reason in the row of a struck-out cell: in that cell, or in one that says nothing else."""
    for row in rows:
        for _, cell in row.filled:
            if mark.place.page is None and row.place.line != mark.place.line:
                break
            if mark.place.page is not None and not _in_one_line(mark.place, cell.place):
                continue
            struck = mark.printed in cell.text if mark.printed else _across(mark.place, cell.place)
            found = (_behind(cell.text, mark.printed) if mark.printed else _within(cell.text)) if struck else ""
            if found or (not struck and only_reason(cell.text)):
                return found or cell.text
    return ""


def _is_legend(block: TextBlock) -> bool:
    """The key of the marks: it begins with their symbol, which makes it an item of a list, as a note, or as what the symbol means."""
    plain = unaccented(block.text)
    match = _pattern("legend").match(plain) if len(plain) <= _LONGEST else None
    keyed = block.kind is TextKind.BULLET or match is not None
    return keyed and _pattern("struck").search(plain) is not None and _pattern("law").search(plain) is not None


def _by_legend(mark: RedactionMark, legends: Sequence[TextBlock]) -> str:
    """Of its own page; the key of a symbol, printed alike wherever it is, holds for the whole document."""
    own = [b for b in legends if mark.place.page is not None and b.place.page == mark.place.page]
    keys = [b for b in legends if b.place.page is None or b.kind is TextKind.BULLET or b.text[0] in _LEAD]
    if not own and len({unaccented(b.text) for b in keys}) == 1:
        own = keys
    return own[0].text.lstrip(_LEAD).rstrip() if own else ""


def _in_one_line(area: Place, other: Place) -> bool:
    """True where two places of one page share most of the lower one's height: they stand in one line or row."""
    if area.page != other.page or None in (area.top, area.bottom, other.top, other.bottom):
        return False
    high = min(area.bottom or 0.0, other.bottom or 0.0) - max(area.top or 0.0, other.top or 0.0)
    return high > 0.5 * min((area.bottom or 0.0) - (area.top or 0.0), (other.bottom or 0.0) - (other.top or 0.0))


def _across(area: Place, other: Place) -> bool:
    return min(area.x1 or 0.0, other.x1 or 0.0) - max(area.x0 or 0.0, other.x0 or 0.0) > 0


def _is_below(area: Place, other: Place) -> bool:
    """True for the line right below a mark."""
    if area.page is None:
        return area.line is not None and other.line is not None and 0 < other.line - area.line <= _LINES
    if area.page != other.page or other.top is None or area.bottom is None:
        return False
    return -2 <= other.top - area.bottom <= _NEAR and _across(area, other)
