"""Whether a text of the export is the one that is printed at its place: what counts as the same, declared once.

Figures are the same where they are so character by character, blanks, the width of characters and the kinds of dashes aside, or are the
same number. Other texts are compared by their letters and digits alone: blanks, hyphens, punctuation, capitals and markup do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from ...extract.markup import plain

_BETWEEN_CELLS = re.compile(r"\t|\||</?t[dh](?:\s[^<>]*)?>", re.I)
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 500
"""Characters of the longest cell that holds a figure, by far."""
_LONGEST_WORD = 40
"""Letters of a word that is looked for in pieces."""
_PIECES = 4
"""Parts that a word may be broken into by hyphens and the edges of narrow cells."""


def figure_on_line(printed: str, line: str) -> bool:
    """True where a figure stands on a line of a dump: within one cell, and not as a part of a longer figure."""
    wanted = "".join(_even(printed).split())
    if not wanted:
        return True
    if len(wanted) > _LONGEST:
        return False
    before = r"(?<![\d])(?<!\d[.,])" if wanted[0].isdigit() else ""
    behind = r"(?![.,]?\d)" if wanted[-1].isdigit() else ""
    pattern = re.compile(before + r"\s*".join(map(re.escape, wanted)) + behind)
    return any(pattern.search(_even(plain(cell).text)) for cell in _BETWEEN_CELLS.split(line))


def _even(text: str) -> str:
    even = unicodedata.normalize("NFKC", text).casefold()
    return "".join("-" if unicodedata.category(c) == "Pd" or c == "−" else c for c in even)


def bare(text: str, accents: bool = True) -> str:
    """Letters and digits only, in lower case; without accents where the export writes none."""
    even = unicodedata.normalize("NFKC", text).casefold()
    if not accents:
        even = "".join(c for c in unicodedata.normalize("NFD", even) if not unicodedata.combining(c))
    return "".join(c for c in even if c.isalnum())


def bare_line(line: str) -> str:
    """The letters and digits of a line of a dump without its markup."""
    return bare(plain(line).text)


def words(text: str) -> list[str]:
    """The words and numbers of a text, in lower case."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def stand(wanted: Sequence[str], printed: Collection[str]) -> bool:
    """True where each of these words is printed, whole, as a part of a word that ran together with others, or in pieces."""
    return all(w in printed or (not w.isdigit() and (_in_pieces(w, printed, _PIECES) or any(w in p for p in printed))) for w in wanted)


def _in_pieces(word: str, printed: Collection[str], most: int) -> bool:
    if word in printed:
        return True
    if most == 1 or len(word) > _LONGEST_WORD:
        return False
    return any(word[:k] in printed and _in_pieces(word[k:], printed, most - 1) for k in range(1, len(word)))
