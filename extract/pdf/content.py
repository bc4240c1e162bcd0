"""What stands on one page of a PDF, upright and cropped: words, rules, filled areas, pictures, annotations.

Every box is (x0, top, x1, bottom) in points with the origin at the top left of the page as it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ...schema.place import Place

Box = tuple[float, float, float, float]
Colour = tuple[int, int, int]
_LIGHT = 245
_GREY = 60
"""Steps of 255 between the channels of a colour below which nobody calls it one."""
"""Of 255, in each of red, green and blue."""


@dataclass(slots=True)
class Word:
    """Characters without a blank between them, of one line and direction.

    ``angle`` is 0 for upright text, else 90, 180 or 270: how far it is turned, counter-clockwise.
    ``span`` numbers the stretch of text that the file prints at once; ``order`` is its place in
    painting order. ``suspect``: a character whose meaning the font does not tell.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    angle: int
    span: int
    order: int
    bold: bool = False
    suspect: bool = False
    symbol: bool = False
    colour: Colour | None = None
    """Of a sign that stands alone ("●", "▲"): it may be all that the sign says. Not read of other words."""
    doubtful: bool = False
    """Recognised in a picture, and the engine is not sure of it."""
    crossed_out: bool = False
    """A stroke runs through it: it may be taken back, however surely it was read."""
    others: tuple[str, ...] = ()
    """What else was read in the same place of a picture."""

    @property
    def height(self) -> float:
        return self.bottom - self.top if self.angle in (0, 180) else self.x1 - self.x0

    @property
    def box(self) -> Box:
        return (self.x0, self.top, self.x1, self.bottom)


@dataclass(slots=True)
class Rule:
    """A straight line, stroked or a thin filled box: ``at`` is its y (or x, if vertical), ``lo`` to ``hi`` its extent."""

    at: float
    lo: float
    hi: float
    width: float = 0.0
    faint: bool = False
    """White or nearly so: it parts shaded cells, and is not seen elsewhere."""


@dataclass(slots=True)
class Fill:
    """A filled rectangle, with its place in painting order."""

    box: Box
    colour: Colour
    order: int
    opaque: bool = True


@dataclass(slots=True)
class Picture:
    box: Box
    order: int
    plain: bool = False
    """So few bytes for its size that it may be of one colour."""


@dataclass(slots=True)
class Annotation:
    """An annotation of the page; ``kind`` as the PDF names it (Redact, Square, Stamp, Widget ...)."""

    kind: str
    box: Box
    text: str = ""
    """What it prints over the area that it covers, where it says so."""


@dataclass(slots=True)
class Struck:
    """An area that was struck out. ``hidden`` counts the characters that still lay beneath, ``reason`` is printed upon it."""

    box: Box
    hidden: int = 0
    reason: str = ""
    on_picture: bool = False


@dataclass(slots=True)
class PageContent:
    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    shapes: list[Fill] = field(default_factory=list)
    """The boxes around filled shapes that are no rectangle and around thick strokes: they may cover text."""
    struck: list[Struck] = field(default_factory=list)
    beneath: int = 0
    """Characters that were taken out because something covers them."""
    controls: int = 0
    """Control and text-direction characters that were taken out of the text."""
    unmapped: int = 0
    """Characters whose meaning the font does not tell."""
    hidden_text: int = 0
    """Characters that the file holds but does not show (the text layer of a scan)."""
    scanned: bool = False
    """Its words were recognised in a picture."""
    unread: list[Box] = field(default_factory=list)
    """Where a picture has ink of the size of letters that no engine reads."""
    drawn: list[Box] = field(default_factory=list)
    """Where a pen or a stamp went over a picture."""
    hidden: list[Box] = field(default_factory=list)
    """What has to be painted over wherever the page is shown: struck-out areas and, whole, the words that lie beneath, in part too."""
    covers_unknown: bool = False
    """Not all that is drawn was looked at: what covers what is not known."""
    overfull: bool = False
    """More lines were drawn than a page of tables has; the rest was left out."""
    left: float = 0.0
    """Where it begins on its sheet: the right one of two facing pages lies beside the other."""


def is_light(colour: Colour) -> bool:
    """White, or so nearly that it is not seen on white."""
    return min(colour) >= _LIGHT


def is_grey(colour: Colour) -> bool:
    """Black, white or between them, as text is mostly printed."""
    return max(colour) - min(colour) < _GREY


def holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def inside(word: Word, box: Box, slack: float = 0.0) -> bool:
    """True where the middle of a word lies in a box, or within ``slack`` points of it."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] - slack <= x <= box[2] + slack and box[1] - slack <= y <= box[3] + slack


def within(words: Iterable[Word], box: Box) -> list[Word]:
    """The words whose middle lies in a box."""
    left, right, top, bottom = 2 * box[0], 2 * box[2], 2 * box[1], 2 * box[3]
    return [w for w in words if left <= w.x0 + w.x1 <= right and top <= w.top + w.bottom <= bottom]


def place_of(box: Box, page: int) -> Place:
    return Place(page=page, x0=round(box[0], 2), top=round(box[1], 2), x1=round(box[2], 2), bottom=round(box[3], 2))


def overlap(a: Box, b: Box) -> float:
    """Area that two boxes share."""
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    return w * h if w > 0 and h > 0 else 0.0


def area(box: Box) -> float:
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def around(boxes: list[Box]) -> Box:
    """The smallest box that holds all of them."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return (min(x0s), min(tops), max(x1s), max(bottoms))
