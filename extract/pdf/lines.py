"""Words to phrases and lines, and the text of a cell from its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..figure_form import CURRENCY
from ..marks import is_nothing
from ..shape import is_year
from .characters import BREAK, SOFT_HYPHEN
from .content import Box, Word, around

_FIGURE = re.compile(rf"[<>≥≤=±~]{{0,2}}\s?(?:{CURRENCY})?\s?[-+(]?\d[\d.,'’]*\)?\s?%?|[-–—]\s?%", re.I)

BLANK = 0.95
"""Of the type's height: a wider blank parts phrases. Justified prose stretches its blanks to about 0.8."""
_SMALL = 0.75
"""Of the type's height: what is set smaller behind a text may be the mark of a note."""
_LAST = 6
"""Lines that a phrase may still belong to, when phrases come from the top down."""


@lru_cache(maxsize=65536)
def is_figure(text: str) -> bool:
    """A figure, a percentage, or the mark that stands for one. Form only."""
    return len(text) < 30 and (_FIGURE.fullmatch(text) is not None or is_nothing(text))


def is_value(text: str) -> bool:
    """A figure that is no year: years are names of columns too, and so they are in parentheses."""
    return is_figure(text) and not is_year(text.strip("()"))


@dataclass(slots=True)
class Phrase:
    """Words of one line that belong together: at most a blank between them."""

    words: list[Word]
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def text(self) -> str:
        return joined_words(self.words)

    @property
    def box(self) -> Box:
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class Line:
    """Phrases side by side."""

    phrases: list[Phrase]
    top: float
    bottom: float

    @property
    def x0(self) -> float:
        return self.phrases[0].x0

    @property
    def x1(self) -> float:
        return max(p.x1 for p in self.phrases)

    @property
    def box(self) -> Box:
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def words(self) -> list[Word]:
        return [w for p in self.phrases for w in p.words]

    @property
    def text(self) -> str:
        return " ".join(p.text for p in self.phrases)


def phrase(words: list[Word]) -> Phrase:
    if len(words) == 1:
        only = words[0]
        return Phrase(words, only.x0, only.top, only.x1, only.bottom)
    return Phrase(words, *around([(w.x0, w.top, w.x1, w.bottom) for w in words]))


def parted(p: Phrase, apart: Callable[[Word, Word], bool]) -> list[Phrase]:
    """A phrase cut between words that are ``apart``; what the file prints at once is never cut."""
    runs: list[list[Word]] = [[]]
    for word in p.words:
        if runs[-1] and word.span != runs[-1][-1].span and apart(runs[-1][-1], word):
            runs.append([])
        runs[-1].append(word)
    return [phrase(run) for run in runs] if len(runs) > 1 else [p]


def parted_line(line: Line, apart: Callable[[Word, Word], bool]) -> Line:
    parts = [part for p in line.phrases for part in parted(p, apart)]
    return line if len(parts) == len(line.phrases) else Line(parts, line.top, line.bottom)


def phrases(words: Sequence[Word], blank: float = BLANK) -> list[Phrase]:
    """Upright words joined to phrases: those of one stretch of text first, so that text printed over another stays apart."""
    out: list[Phrase] = []
    run: list[Word] = []
    for word in words:
        if word.angle:
            continue
        if run and word.span == run[-1].span and _follows(run[-1], word, blank):
            run.append(word)
            continue
        if run:
            out.append(phrase(run))
        run = [word]
    if run:
        out.append(phrase(run))
    return _merged(out, blank) if len(out) > 1 else out


def _follows(a: Word, b: Word, blank: float) -> bool:
    size = min(a.bottom - a.top, b.bottom - b.top)
    gap = b.x0 - a.x1
    if abs(a.bottom - b.bottom) > 0.35 * size or not -0.3 * size <= gap <= blank * size:
        return False
    # The blank inside a figure is a narrow one; figures that touch are two.
    return 0.1 * size <= gap <= 0.45 * size or not (is_figure(a.text) and is_figure(b.text))


def _merged(found: list[Phrase], blank: float) -> list[Phrase]:
    """Phrases of different stretches that stand on one base line, next to each other, made one."""
    found.sort(key=lambda p: (round(p.bottom), p.x0))
    out: list[Phrase] = []
    for line in lines_of(found):
        current = line.phrases[0]
        for p in line.phrases[1:]:
            size = min(current.size, p.size)
            close = -0.15 * size <= p.x0 - current.x1 <= blank * size
            same_line = abs(p.bottom - current.bottom) <= 0.35 * size and 0.6 < current.size / max(p.size, 0.1) < 1.67
            if close and same_line and not (is_figure(current.words[-1].text) and is_figure(p.words[0].text)):
                current = phrase([*current.words, *p.words])
            else:
                out.append(current)
                current = p
        out.append(current)
    return _with_raised(out)


def _with_raised(found: list[Phrase]) -> list[Phrase]:
    """Phrases with the marks of notes that are set small and raised behind them; these make no line of their own."""
    if min(p.size for p in found) > _SMALL * max(p.size for p in found):
        return found
    marks: set[int] = set()
    for mark in [p for p in found if len(p.words) == 1 and len(p.text) < 4]:
        for p in found:
            if mark.size > _SMALL * p.size or not -0.1 * p.size <= mark.x0 - p.x1 <= 0.3 * p.size:
                continue
            if p.top - 0.35 * p.size < mark.middle < p.middle:
                # Its line stays where its own words stand.
                p.words = [*p.words, *mark.words]
                p.x1 = mark.x1
                marks.add(id(mark))
                break
    return [p for p in found if id(p) not in marks] if marks else found


def lines_of(found: Sequence[Phrase]) -> list[Line]:
    """Phrases gathered to lines, top to bottom: those whose middles lie within each other's inner half."""
    lines: list[Line] = []
    for p in sorted(found, key=lambda p: ((p.top + p.bottom) / 2, p.x0)):
        best = None
        middle, size = (p.top + p.bottom) / 2, p.bottom - p.top
        for line in lines[: -_LAST - 1 : -1]:
            if abs(middle - (line.top + line.bottom) / 2) <= 0.4 * min(size, line.bottom - line.top):
                best = line
                break
        if best is None:
            lines.append(Line([p], p.top, p.bottom))
        else:
            n = len(best.phrases)
            best.phrases.append(p)
            # The line keeps the mean place of its phrases: figures often stand a little off their label.
            best.top = (best.top * n + p.top) / (n + 1)
            best.bottom = (best.bottom * n + p.bottom) / (n + 1)
    for line in lines:
        if len(line.phrases) > 1:
            line.phrases.sort(key=lambda p: p.x0)
    lines.sort(key=lambda line: ((line.top + line.bottom) / 2, line.phrases[0].x0))
    return lines


def text_of(words: Sequence[Word], rests: frozenset[int] = frozenset()) -> str:
    """The text of a cell: turned words in their own direction, lines from the top, one blank between words.

    A soft hyphen at the end of a line joins the word with the next line and goes; a printed hyphen
    inside a word joins them and stays. ``rests`` are the identities of words at the start of a line
    that are the rest of the word above.
    """
    if not words:
        return ""
    if len(words) == 1:
        return words[0].text.replace(SOFT_HYPHEN, "").replace(BREAK, "-")
    angles = {w.angle: 0 for w in words}
    for w in words:
        angles[w.angle] += len(w.text)
    if len(angles) == 1 and 0 in angles:
        rows = line_words(words)
    else:
        # Each direction by itself, that of most letters first: a turned label may share its cell with a figure.
        ways = sorted(angles, key=lambda a: (-angles[a], a))
        rows = [row for a in ways for row in (turned_rows(words, a) if a else line_words([w for w in words if not w.angle]))]
    text = ""
    for row in rows:
        line = joined_words(row)
        text = text + line if id(row[0]) in rests else appended(text, line)
    return " ".join(text.replace(SOFT_HYPHEN, "").replace(BREAK, "-").split())


def appended(text: str, line: str) -> str:
    """A text with its next line: joined at a hyphen inside a word, else a blank apart."""
    if not text:
        return line
    if text.endswith(SOFT_HYPHEN):
        return text[:-1] + line
    if text.endswith(BREAK):
        # "Enero-junio", "EN-MAR" and "2020-2024" may break at their own hyphen, so it stays.
        return f"{text[:-1]}-{line}"
    if text.endswith(("-", "\u2010")) and len(text) > 1 and text[-2].isalnum() and line[:1].isalnum():
        return text + line
    return f"{text} {line}"


def joined_words(words: Sequence[Word]) -> str:
    """Words of one line, a blank apart; a hyphen that does not end the line is a hyphen."""
    text = " ".join(w.text for w in words)
    return text[:-1].replace(BREAK, "-") + text[-1:] if BREAK in text else text


def line_words(words: Sequence[Word]) -> list[list[Word]]:
    """Upright words in reading order, by line. Words of one stretch on a line keep the order of the file."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.top + w.bottom) / 2):
        middle = (word.top + word.bottom) / 2
        if rows:
            last = rows[-1][0]
            if abs((last.top + last.bottom) / 2 - middle) <= 0.45 * max(last.bottom - last.top, word.bottom - word.top):
                rows[-1].append(word)
                continue
        rows.append([word])
    for row in rows:
        row.sort(key=lambda w: w.x0)
    return rows


def turned_rows(words: Sequence[Word], angle: int) -> list[list[Word]]:
    """Turned words by line: 90 reads upwards, its lines from left to right; 270 the other way; 180 upside down."""
    mine = [w for w in words if w.angle == angle]
    if angle == 180:
        rows = line_words(mine)
        return [list(reversed(r)) for r in reversed(rows)]
    sign = 1 if angle == 90 else -1
    rows: list[list[Word]] = []
    for word in sorted(mine, key=lambda w: sign * (w.x0 + w.x1) / 2):
        middle = (word.x0 + word.x1) / 2
        if rows and abs((rows[-1][0].x0 + rows[-1][0].x1) / 2 - middle) <= 0.45 * (word.x1 - word.x0):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda w: -sign * w.top)
    return rows
