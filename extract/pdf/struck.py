"""Struck-out areas: boxes, annotations and pictures over text. What lies beneath is taken out before anything reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ..marks import is_reason
from .content import Box, Colour, PageContent, Rule, Struck, Word, area, around, overlap
from .lines import is_figure, text_of
from .look import Look

Cut = Callable[[Word, Sequence[Box]], list[Word]]
"""Gives the parts of a word that lie outside of some boxes."""

_BLACK = 60
"""No part of a colour is above it: black and what a printer takes for black."""
_LEAST = 4.0
"""Points: what is smaller covers no text."""
_CORE = 0.2
"""Share of a word's height, above and below, that accents, descenders and blank take."""
_TOUCHED, _WHOLE = 0.05, 0.95
_DARK = 0.9
_ON_TOP = 1 << 31
"""The painting order of annotations: over all else."""
_MARKERS = frozenset(("Redact", "Square", "Highlight", "Stamp", "FreeText", "Ink", "Circle", "Polygon", "Line", "PolyLine"))
_BATCH = 256


@dataclass(slots=True)
class _Cover:
    """Something opaque that lies over what was painted before it."""

    box: Box
    order: int
    colour: Colour | None = None
    mark: str = ""
    """The kind of the annotation that it is."""
    reason: str = ""
    plain: bool = True
    beneath: list[Word] = field(default_factory=list)


def strike(page: PageContent, look: Look, cut: Cut) -> None:
    """Takes the words that are covered out of ``page.words``, and notes the struck-out areas in ``page.struck``.

    What only seems to cover (a shape that is cut away, or lets the text shine through) is told by
    the rendered page: where letters are seen, nothing is struck out.
    """
    covers = _covers(page)
    if not covers:
        return
    words, boxes = page.words, _cores(page.words)
    blended = _blended(covers, words, boxes, look)
    gone: dict[int, list[Box]] = {}
    under: dict[int, _Cover] = {}
    # A word is beneath the smallest area that covers it: a bar lies on the background of a page that was painted late.
    for cover, found in sorted([*_over(covers, words, boxes), *blended], key=lambda pair: -area(pair[0].box)):
        for k in found:
            if words[k].order > cover.order or _is_hidden(words[k], cover, words, boxes, look):
                gone.setdefault(k, []).append(cover.box)
                under[k] = cover
    if gone:
        _take_out(page, gone, under, cut)
    for cover in (c for c in covers if c.beneath):
        over = [w for w in page.words if w.order > cover.order and overlap(_core(w), cover.box) > 0.5 * area(_core(w))]
        if not _is_replaced(cover, over):
            hidden = sum(len(w.text) for w in cover.beneath)
            _note(page, Struck(cover.box, hidden, cover.reason or text_of([w for w in over if not w.angle])))
            page.hidden += [cover.box, *(w.box for w in cover.beneath)]
        else:
            page.hidden += [w.box for w in cover.beneath if overlap(_core(w), cover.box) < _WHOLE * area(_core(w))]
    for cover in _reasons(page, [c for c in covers if not c.beneath]):
        _note(page, Struck(cover.box, 0, cover.reason))
    for cover in _bars(page, [c for c in covers if not c.beneath], look):
        _note(page, Struck(cover.box, 0, cover.reason))
    if page.struck:
        page.hidden += [s.box for s in page.struck]
        page.fills = [f for f in page.fills if not any(overlap(f.box, s.box) > 0.9 * area(f.box) for s in page.struck)]
        page.vertical = _without_sides(page.vertical, [(s.box[0], s.box[2], s.box[1], s.box[3]) for s in page.struck])
        for s in page.struck:
            s.on_picture = any(overlap(s.box, p.box) > 0.8 * area(s.box) and area(p.box) > 1.2 * area(s.box) for p in page.pictures)


def _covers(page: PageContent) -> list[_Cover]:
    first = min((w.order for w in page.words), default=_ON_TOP)
    found = [
        _Cover(f.box, f.order, f.colour)
        for f in (*page.fills, *page.shapes)
        if f.opaque and _is_broad(f.box) and (f.order > first or max(f.colour) <= _BLACK)
    ]
    found += [
        _Cover(p.box, p.order, plain=p.plain)
        for p in page.pictures
        if _is_broad(p.box) and (p.order > first or (p.plain and _is_bar(p.box, page)))
    ]
    found += [_Cover(a.box, _ON_TOP, None, a.kind, a.text) for a in page.annotations if a.kind in _MARKERS and _is_broad(a.box)]
    seen: dict[tuple[int, ...], _Cover] = {}
    for cover in found:  # office programs paint the shading of a table twice: the later one counts
        key = (*(round(v) for v in cover.box), cover.mark == "Redact")
        seen[key] = cover if key not in seen or cover.order >= seen[key].order else seen[key]
    return list(seen.values())


def _is_broad(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) >= _LEAST


def _is_bar(box: Box, page: PageContent) -> bool:
    """The form of a bar over a line or over some cells."""
    width, height = box[2] - box[0], box[3] - box[1]
    return height >= 5 and width >= 1.5 * height and height <= 0.1 * page.height


def _core(word: Word) -> Box:
    margin = _CORE * word.height
    if word.angle in (0, 180):
        return (word.x0, word.top + margin, word.x1, word.bottom - margin)
    return (word.x0 + margin, word.top, word.x1 - margin, word.bottom)


def _cores(words: Sequence[Word]) -> np.ndarray:
    return np.array([_core(w) for w in words], dtype=float).reshape(-1, 4)


def _shared(boxes: np.ndarray, box: Box) -> np.ndarray:
    """The area that each of these boxes shares with one."""
    wide = np.minimum(boxes[:, 2], box[2]) - np.maximum(boxes[:, 0], box[0])
    high = np.minimum(boxes[:, 3], box[3]) - np.maximum(boxes[:, 1], box[1])
    return np.maximum(wide, 0.0) * np.maximum(high, 0.0)


def _over(covers: Sequence[_Cover], words: Sequence[Word], boxes: np.ndarray) -> list[tuple[_Cover, list[int]]]:
    """The covers with the words, by number, that were painted before them and that they touch."""
    if not words or not covers:
        return []
    orders = np.array([w.order for w in words])
    areas = np.maximum((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]), 0.01)
    out = []
    for start in range(0, len(covers), _BATCH):
        part = covers[start : start + _BATCH]
        c = np.array([x.box for x in part], dtype=float)[:, None, :]
        wide = np.minimum(c[..., 2], boxes[:, 2]) - np.maximum(c[..., 0], boxes[:, 0])
        high = np.minimum(c[..., 3], boxes[:, 3]) - np.maximum(c[..., 1], boxes[:, 1])
        touched = (wide > 0) & (high > 0) & (wide * high > _TOUCHED * areas)
        touched &= np.array([x.order for x in part])[:, None] > orders
        out += [(x, np.flatnonzero(row).tolist()) for x, row in zip(part, touched, strict=True) if row.any()]
    return out


def _blended(covers: Sequence[_Cover], words: Sequence[Word], boxes: np.ndarray, look: Look) -> list[tuple[_Cover, list[int]]]:
    """The dark areas with the words that were painted upon them in their own colour: a marker of an office program over black text."""
    out: list[tuple[_Cover, list[int]]] = []
    areas = np.maximum((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]), 0.01)
    for cover in (c for c in covers if c.colour is not None and max(c.colour) <= _BLACK):
        upon = [k for k in np.flatnonzero(_shared(boxes, cover.box) > _WHOLE * areas).tolist() if words[k].order > cover.order]
        unseen = [k for k in upon if look.even(_core(words[k]), cover.box)]
        # A point or a dash is seen as hardly more than its ground: letters beside it tell whether it can be read.
        if any(c.isalnum() for k in unseen for c in words[k].text):
            seen = any(k not in unseen for k in upon)
            out.append((cover, [k for k in unseen if not seen or any(c.isalnum() for c in words[k].text)]))
    return out


def _is_hidden(word: Word, cover: _Cover, words: Sequence[Word], boxes: np.ndarray, look: Look) -> bool:
    """Whether the part of a word under a cover is not to be seen. What is marked for redaction counts as if it were done."""
    if cover.mark == "Redact":
        return True
    core = _core(word)
    part = (max(core[0], cover.box[0]), max(core[1], cover.box[1]), min(core[2], cover.box[2]), min(core[3], cover.box[3]))
    printed_over = any(words[k].order > cover.order for k in np.flatnonzero(_shared(boxes, part) > 1.0).tolist())
    return printed_over or look.even(part, cover.box) is not False


def _take_out(page: PageContent, gone: dict[int, list[Box]], under: dict[int, _Cover], cut: Cut) -> None:
    """The page without the words that are covered; of those covered in part, and no figures, the rest stays."""
    words = page.words
    kept = [w for k, w in enumerate(words) if k not in gone]
    out: list[Word] = []
    for k, word in enumerate(words):
        if k not in gone:
            out.append(word)
            continue
        core = _core(word)
        share = max(overlap(core, box) for box in gone[k]) / max(area(core), 0.01)
        rest = cut(word, gone[k]) if share < _WHOLE and not is_figure(word.text) else []
        out += rest
        page.beneath += len(word.text) - sum(len(w.text) for w in rest)
        if not any(w.text == word.text and overlap(w.box, word.box) > 0.8 * area(word.box) for w in kept):
            under[k].beneath.append(word)  # not merely printed twice
    page.words = out


def _is_replaced(cover: _Cover, over: Sequence[Word]) -> bool:
    """True where a light area hides a text to print another in its place: corrected, not struck out."""
    return bool(over) and cover.mark != "Redact" and (cover.colour is None or max(cover.colour) > _BLACK)


def _reasons(page: PageContent, covers: Sequence[_Cover]) -> list[_Cover]:
    """The black areas upon which nothing is printed but why their text was taken out; a header beside other names is none."""
    dark = [c for c in covers if c.colour is not None and max(c.colour) <= _BLACK]
    if not dark:
        return []
    printed = [(c, text_of([w for w in page.words if not w.angle and overlap(_core(w), c.box) > 0.5 * area(_core(w))])) for c in dark]
    parts = _runs([(c, text) for c, text in sorted(printed, key=lambda p: (p[0].box[1], p[0].box[0])) if text])
    named = [c for c, text in parts if not is_reason(text)]
    return [replace(c, reason=text) for c, text in parts if is_reason(text) and not any(_side_by_side(c.box, n.box) for n in named)]


def _runs(parts: Sequence[tuple[_Cover, str]]) -> list[tuple[_Cover, str]]:
    """Dark areas with their texts, in reading order; one whose reason runs over to the next line is one area."""
    out: list[tuple[_Cover, str]] = []
    for cover, text in parts:
        for n, (above, before) in enumerate(out):
            high = cover.box[3] - cover.box[1]
            below = -0.3 * high < cover.box[1] - above.box[3] < 0.6 * high
            wrapped = below and cover.box[0] <= above.box[2]
            if wrapped and is_reason(f"{before} {text}") and not (is_reason(before) and is_reason(text) and len(text.split()) > 1):
                out[n] = (replace(above, box=around([above.box, cover.box])), f"{before} {text}")
                break
        else:
            out.append((cover, text))
    return out


def _without_sides(rules: Sequence[Rule], boxes: Sequence[tuple[float, float, float, float]]) -> list[Rule]:
    """Rules without those along the sides of a struck-out area, or in it: no edge of a cell goes on beyond them.

    ``boxes``: for each area where its two sides stand and from where to where they run.
    """
    out = []
    for r in rules:
        inside = any(one - 2 < r.at < two + 2 and r.lo >= lo - 2 and r.hi <= hi + 2 for one, two, lo, hi in boxes)
        if not inside or any(abs(o.at - r.at) < 1 and (o.lo < r.lo - 2 or o.hi > r.hi + 2) for o in rules):
            out.append(r)
    return out


def _bars(page: PageContent, covers: Sequence[_Cover], look: Look) -> list[_Cover]:
    """The black areas under which no text is left: nothing is printed on them, and they are seen as black."""
    dark = [c for c in covers if c.mark or (c.plain if c.colour is None else max(c.colour) <= _BLACK)]
    if not dark:
        return []
    boxes = _cores(page.words)
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    size = sorted(w.height for w in page.words)[len(page.words) // 2] if page.words else 10.0
    printed = [bool((_shared(boxes, c.box) > 0.3 * areas).any()) for c in dark]
    headers = [c for c, on in zip(dark, printed, strict=True) if on]
    out = []
    for c in (c for c, on in zip(dark, printed, strict=True) if not on):
        width, height = c.box[2] - c.box[0], c.box[3] - c.box[1]
        if c.mark == "Redact":
            out.append(c)
            continue
        if height < max(5.0, 0.6 * size) or width < 1.5 * height or (c.colour is None and not c.mark and not _is_bar(c.box, page)):
            continue
        if not any(_side_by_side(c.box, h.box) for h in headers) and (look.dark(c.box) or 0.0) >= _DARK:
            out.append(c)
    return out if not _is_chart(out, page) else [c for c in out if c.mark]


def _side_by_side(a: Box, b: Box) -> bool:
    """Two cells of one shaded row."""
    return abs(a[1] - b[1]) < 1.5 and abs(a[3] - b[3]) < 1.5 and min(abs(a[2] - b[0]), abs(b[2] - a[0])) < 3


def _is_chart(bars: Sequence[_Cover], page: PageContent) -> bool:
    """Bars of many lengths that begin at one axis that is drawn."""
    if len(bars) < 4 or len({round(b.box[2] - b.box[0]) for b in bars}) < 3:
        return False
    whole = around([b.box for b in bars])
    return all(abs(b.box[0] - whole[0]) < 1.5 for b in bars) and any(
        abs(r.at - whole[0]) < 2 and r.lo <= whole[1] + 2 and r.hi >= whole[3] - 2 for r in page.vertical
    )


def _note(page: PageContent, found: Struck) -> None:
    """Adds an area, unless it is one that was noted already."""
    for other in page.struck:
        if overlap(other.box, found.box) > 0.8 * min(area(found.box), area(other.box)):
            other.hidden += found.hidden
            other.reason = other.reason or found.reason
            other.box = around([other.box, found.box]) if area(found.box) < 1.5 * area(other.box) else other.box
            return
    page.struck.append(found)
