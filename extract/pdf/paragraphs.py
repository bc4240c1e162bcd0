"""The text of a page outside its tables: lines gathered to paragraphs."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from ..lexing import is_bullet
from .content import Box, Word, around
from .lines import Line, Phrase, is_figure, turned_rows


@dataclass(slots=True)
class PageText:
    """Lines of text outside the tables."""

    lines: list[Line]
    box: Box
    chart: bool = False
    running: bool = False


_WIDE = 3.0
"""Of the type's height: a blank as wide as this parts what stands beside each other, as a logo and a title do."""


def side_by_side(line: Line) -> list[Line]:
    """A line outside tables as the texts that stand beside each other; a lead such as "1." or "Periodo:" keeps what it leads."""
    runs: list[list[Phrase]] = [[]]
    for p in line.phrases:
        before = runs[-1][-1] if runs[-1] else None
        if before is not None and p.x0 - before.x1 > _WIDE * min(p.size, before.size) and not _leads(before.text):
            runs.append([])
        runs[-1].append(p)
    return [Line(run, min(p.top for p in run), max(p.bottom for p in run)) for run in runs] if len(runs) > 1 else [line]


def _leads(text: str) -> bool:
    return text.endswith(":") or len(text) < 4


def paragraphs(lines: Sequence[Line]) -> list[PageText]:
    """Lines of text gathered to paragraphs: a line goes on with the one above where its first word would not have fitted there."""
    out: list[PageText] = []
    apart = sorted((part for line in lines for part in side_by_side(line)), key=lambda line: (line.middle, line.x0))
    for line in apart:
        above = out[-1].lines[-1] if out else None
        if above is not None and _goes_on(out[-1].lines[0], above, line, apart):
            out[-1].lines.append(line)
            out[-1].box = around([out[-1].box, line.box])
        else:
            out.append(PageText([line], line.box))
    return out


def _goes_on(first: Line, above: Line, line: Line, lines: Sequence[Line]) -> bool:
    size = line.bottom - line.top
    if _has_columns(above) or _has_columns(line) or not -0.5 * size < line.top - above.bottom < 0.75 * size:
        return False
    if not 0.85 < (above.bottom - above.top) / size < 1.18 or above.words[-1].bold != line.words[0].bold:
        return False
    if not first.x0 - 3 <= line.x0 <= first.x0 + 4 * size or is_bullet(line.text):
        return False
    limit = max(other.x1 for other in lines if abs(other.x0 - above.x0) < 4 * size)
    word = line.words[0]
    return above.x1 + 0.25 * size + (word.x1 - word.x0) > limit - 0.5 * size


def _has_columns(line: Line) -> bool:
    """Blanks wider than justified prose has, or figures side by side."""
    gaps = [b.x0 - a.x1 for a, b in itertools.pairwise(line.phrases)]
    return max(gaps, default=0.0) > 1.6 * (line.bottom - line.top) or sum(is_figure(p.text) for p in line.phrases) > 1


def turned_texts(words: Sequence[Word]) -> list[PageText]:
    """Turned text outside tables, by line: a name along the edge of the page. It never stands between the parts of a table."""
    out = []
    for angle in sorted({w.angle for w in words}):
        for row in turned_rows(words, angle):
            runs: list[list[Word]] = [[]]
            for word in row:
                if runs[-1] and _apart(runs[-1][-1], word, angle) > 1.5 * word.height:
                    runs.append([])
                runs[-1].append(word)
            boxes = [(run, around([w.box for w in run])) for run in runs]
            out += [PageText([Line([Phrase(run, *box)], box[1], box[3])], box, running=True) for run, box in boxes]
    return out


def _apart(a: Word, b: Word, angle: int) -> float:
    """The blank between two words of a turned line."""
    if angle == 180:
        return a.x0 - b.x1
    return a.top - b.bottom if angle == 90 else b.top - a.bottom
