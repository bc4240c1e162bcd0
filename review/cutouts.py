"""What the report shows of the document beside each finding: a cut-out of the page, or the lines of a dump, with its cells marked."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ..corpus.sight import Sight
from ..evaluate.personal import holds_any
from ..extract.cutouts import Box, Cut
from ..extract.raw import Cell, Row
from ..schema.finding import Finding
from ..schema.language import Language
from ..schema.plan import Indicator, Plan
from . import words as w
from .show import published, where

MOST = 400
"""Cut-outs that are drawn at most, however small."""
_HEADER, _ROW = 140.0, 320.0
"""Points of the height of a header, and of a row, that are shown at most."""
_SIDE, _EDGE, _AROUND = 3.0, 1.5, 16.0
"""Points beside a row, and above and below it, whose neighbours are not shown; the lines next to one of prose are."""
_FRAME = 0.8
"""Points between a cell and its frame."""
_NEAR = 14.0
"""Points between a header and a row that are shown as one piece."""
_LINES, _WIDE = 6, 600
"""Lines of a row of a dump, and characters of a line, that are shown at most."""
_QUOTED = 240
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")


class Lack(StrEnum):
    """Why a finding that has a place shows nothing of it."""

    SIZE = "size"
    COVERS = "covers"
    DRAWING = "drawing"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class Picture:
    """A cut-out by its number: the PNG in base64, its width and height in points."""

    number: int
    data: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A frame on a picture, in its points: around a cell that the finding quotes, one that the arithmetic uses, or the whole row."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a dump in pieces, each with whether it is marked."""

    number: int
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class View:
    """What one finding shows: a picture with marks, or lines; else why nothing."""

    picture: Picture | None = None
    marks: tuple[Mark, ...] = ()
    lines: tuple[Line, ...] = ()
    label: str = ""
    rightmost: bool = False
    """What is marked lies on the right: where a screen shows only a part, it is that one first."""
    lack: Lack | None = None


@dataclass(slots=True)
class Views:
    """The views of some findings, in their order, and the pictures that they share."""

    of: list[View] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


NOTHING = View()


def views(plan: Plan, findings: Sequence[Finding], sight: Sight | None, budget: int, language: Language) -> Views:
    """A view for each finding; those that come first get their picture first. ``budget``: characters for all pictures together."""
    if sight is None:
        return Views([NOTHING for _ in findings])
    if plan.document.pages is None:
        return Views([_excerpt(f, sight, language) for f in findings])
    cuts = [_cut(f, sight) for f in findings]
    wanted = [c for c in dict.fromkeys(c for c in cuts if c is not None) if not any(map(holds_any, sight.texts(c.page, c.parts)))]
    drawn = dict(sight.pictures(wanted[:MOST], plan.redactions)) if budget > 0 else {}
    pictures: dict[Cut, Picture] = {}
    lacks: dict[Cut, Lack] = dict.fromkeys(wanted, Lack.SIZE)
    for cut in (c for c in wanted if c in drawn):
        png = drawn[cut]
        if not isinstance(png, bytes):
            lacks[cut] = Lack(png.value)
        elif (size := 4 * ((len(png) + 2) // 3)) <= budget:
            budget -= size
            pictures[cut] = Picture(len(pictures) + 1, b64encode(png).decode("ascii"), *cut.size)
    rows: dict[int | None, Indicator] = {r.sequence: r for r in plan.indicators}
    found = [
        NOTHING
        if cut is None
        else _view(f, rows.get(f.sequence), cut, pictures[cut], sight, language)
        if cut in pictures
        else View(lack=lacks.get(cut, Lack.PERSONAL))
        for f, cut in zip(findings, cuts, strict=True)
    ]
    return Views(found, list(pictures.values()))


# Pages


def _cut(f: Finding, sight: Sight) -> Cut | None:
    """The row that a finding speaks of, below its header where the page has it; or the line of prose."""
    box, page = f.place.box, f.place.page
    if box is None or page is None:
        return None
    found = sight.row(f.place)
    if found is None:
        left, right = sight.extent(page)
        around = (min(left, box[0]) - _SIDE, box[1] - _AROUND, max(right, box[2]) + _SIDE, box[3] + _AROUND)
        return Cut(page, (_low(around, box[1]),))
    table, row = found
    box = _own(row, box)
    header = sight.header(table, page)
    x0, x1 = box[0], box[2]
    if header is not None:
        x0, x1 = min(x0, header[0]), max(x1, header[2])
    first = min((c.place.top for c in _quoted(f, row) if c.place.top is not None), default=box[1])
    part = _low((x0 - _SIDE, box[1] - _EDGE, x1 + _SIDE, box[3] + _EDGE), first)
    if header is None or header[3] > box[1] + _EDGE or header[3] - header[1] > _HEADER:
        return Cut(page, (part,))
    above = (x0 - _SIDE, header[1] - _EDGE, x1 + _SIDE, header[3] + _EDGE)
    if part[1] - above[3] < _NEAR:
        return Cut(page, ((above[0], above[1], part[2], part[3]),))
    return Cut(page, (above, part))


def _own(row: Row, box: Box) -> Box:
    """The box of a row without what its cells that go on over other rows add to its height."""
    own = [c.place.box for c in row.cells if c is not None and c.row_span == 1 and c.place.box is not None]
    return (box[0], min(b[1] for b in own), box[2], max(b[3] for b in own)) if own else box


def _low(box: Box, first: float) -> Box:
    """A box of no more than the height that is shown, with what begins at ``first`` in it."""
    if box[3] - box[1] <= _ROW:
        return box
    top = min(max(box[1], first - _ROW / 4), box[3] - _ROW)
    return box[0], top, box[2], top + _ROW


def _view(f: Finding, row: Indicator | None, cut: Cut, picture: Picture, sight: Sight, language: Language) -> View:
    found = sight.row(f.place)
    quoted = _quoted(f, found[1]) if found else []
    used = [c for c in _used(f, found[1], row) if c not in quoted] if found else []
    marks = [*_marks("quoted", quoted, cut), *_marks("used", used, cut)]
    box = _own(found[1], f.place.box) if found and f.place.box else f.place.box
    if not any(m.kind == "quoted" for m in marks) and box is not None and (box := cut.shown(box)):
        marks.insert(0, Mark("row", *_size(box)))
    texts = [published(c.text, language, 60) for c in (*quoted, *used)]
    label = w.WORDS["cutout"].get(language).format(place=where(f.place, language), subject=published(f.code or f.rule, language, 60))
    if texts:
        label = f"{label} {w.WORDS['marked'].get(language).format(texts=', '.join(f'«{t}»' for t in dict.fromkeys(texts)))}"
    rightmost = bool(marks) and marks[0].x + marks[0].width / 2 > 0.55 * picture.width and marks[0].kind == "quoted"
    return View(picture, tuple(marks), (), label, rightmost)


def _marks(kind: str, cells: Iterable[Cell], cut: Cut) -> Iterator[Mark]:
    for cell in cells:
        if cell.place.page == cut.page and cell.place.box is not None and (box := cut.shown(cell.place.box)):
            x, y, width, height = _size(box)
            yield Mark(kind, round(x - _FRAME, 1), round(y - _FRAME, 1), round(width + 2 * _FRAME, 1), round(height + 2 * _FRAME, 1))


def _size(box: Box) -> tuple[float, float, float, float]:
    return round(box[0], 1), round(box[1], 1), round(box[2] - box[0], 1), round(box[3] - box[1], 1)


def _quoted(f: Finding, row: Row) -> list[Cell]:
    """The cells of a row that print what the finding quotes."""
    cells = [cell for _, cell in row.filled]
    wanted = _parts(f.published)
    exact = [c for c in cells if c.text in wanted]
    return exact or [c for c in cells if any(len(p) > 3 and p in c.text for p in wanted)]


def _parts(published: str) -> list[str]:
    """What a finding quotes: one text, or several that it names side by side ("96 / 62 / 65%")."""
    return [p for p in dict.fromkeys((published, *re.split(r" / |; ", published))) if p][:12]


def _used(f: Finding, row: Row, read: Indicator | None) -> list[Cell]:
    """The cells of a row that print nothing but a figure of the finding's arithmetic.

    Of equal figures those of the reported period, where there are any: 250 / (250 + 250) is not that of other quarters.
    """
    if not any(sign in f.evidence for sign in "=×÷>"):
        return []
    figures = dict.fromkeys(_bare(m.group()) for m in _FIGURE.finditer(f.evidence.rpartition(": ")[2]))  # in order, for the same bytes
    cells = {figure: [c for _, c in row.filled if _bare(c.text.rstrip("% ")) == figure] for figure in figures}
    end = read.reported_months[1] if read is not None and read.reported_months is not None else 12
    later = {m.quantity.place for m in (read.measures if read else ()) if m.months is not None and m.months[1] > end}
    return [c for its in cells.values() for c in ([c for c in its if c.place not in later] or its)]


def _bare(figure: str) -> str:
    return figure.replace(",", "")


# Lines


def _excerpt(f: Finding, sight: Sight, language: Language) -> View:
    """The lines of a row, or a line of prose, below the line of its header."""
    number = f.place.line
    if number is None or not 0 < number <= len(sight.lines):
        return NOTHING
    found = sight.row(f.place)
    numbers, above = [number], list[int]()
    quoted: Sequence[Cell] = ()
    if found is not None:
        table, row = found
        numbers = sorted({c.place.line for c in row.cells if c is not None and c.place.line is not None} | {number})[:_LINES]
        above = [r.place.line for r in table.header if r.place.line is not None and r.place.line < numbers[0]][-2:]
        quoted = _quoted(f, row)
    texts = {n: sight.lines[n - 1] for n in (*above, *numbers) if 0 < n <= len(sight.lines)}
    if any(map(holds_any, texts.values())):
        return View(lack=Lack.PERSONAL)
    spans = {n: _spans(text, _parts(f.published)) for n, text in texts.items() if n not in above}
    # As often as cells print it: a figure that the line holds more often is marked nowhere rather than in a wrong cell.
    count = sum(map(len, spans.values()))
    sure = count == len(quoted) if found is not None else 0 < count <= 2
    lines = tuple(Line(n, _pieces(text, spans.get(n, []) if sure else [])) for n, text in texts.items())
    return View(lines=lines, label=w.WORDS["excerpt"].get(language).format(place=where(f.place, language)))


def _spans(text: str, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Where a line prints one of some texts, standing alone."""
    out: list[tuple[int, int]] = []
    for part in sorted(wanted, key=len, reverse=True):
        for match in re.finditer(rf"(?<![\w.,]){re.escape(part)}(?![\w%]|[.,]\d)", text) if len(part) <= _QUOTED else ():
            if not any(a < match.end() and match.start() < b for a, b in out):
                out.append(match.span())
    return sorted(out)


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """A line in marked pieces and others; of a long one what stands around its first mark."""
    start = max(0, spans[0][0] - _WIDE // 2) if spans else 0
    end = min(len(text), start + _WIDE)
    out = [("…", False)] if start else []
    at = start
    for a, b in spans:
        if b <= end:
            out += [(text[at:a], False), (text[a:b], True)]
            at = b
    out += [(text[at:end], False), ("…" if end < len(text) else "", False)]
    return tuple((piece.replace("\t", " │ "), marked) for piece, marked in out if piece)
