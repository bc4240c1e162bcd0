"""Where a place of the flat page lies on the upright picture: askew and bent as it was scanned, alone or facing another page."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...schema.place import Place
from ..pdf.content import Box
from ..raw import Block, Cell, Row, Table, TextBlock
from .course import Course, Places
from .facing import Fold
from .straight import Bend


@dataclass(frozen=True, slots=True)
class Shown:
    """What was done to an upright picture to make it flat: turned by its skew, in degrees, its lines levelled, and freed of its bend.

    ``width`` and ``height`` are those of the picture in pixels, ``scale`` pixels for a point. Of a page that faces another they are
    those of its part of the picture, which begins ``left`` pixels from the left; its boxes are still those of the whole picture.
    """

    width: int
    height: int
    scale: float
    skew: float
    bend: Bend
    quarter: int = 0
    """By how many quarters, counter-clockwise, the picture was turned to stand upright."""
    left: int = 0
    level: Course | None = None
    plumb: Course | None = None
    """How its lines ran and, on the page with level lines, what stands one below another (the transpose)."""

    def part(self, box: Box) -> Shown:
        """The page that a box of the upright picture lies on: this one."""
        return self

    def box(self, box: Box) -> Box:
        """A box of the flat page, in points, as it lies on the upright page."""
        x0, top, x1, bottom = (v * self.scale for v in box)
        points = [self._point(x, y) for x, y in ((x0, top), (x1, top), (x1, bottom), (x0, bottom))]
        xs, ys = [p[0] / self.scale for p in points], [p[1] / self.scale for p in points]
        return (min(xs), min(ys), max(xs), max(ys))

    def flat(self, box: Box) -> Box:
        """The box of the flat page, in points, of one that ``box`` gave. Within a point: what a bend adds to a box is not taken off."""
        turn = math.radians(self.skew)
        cos, sin = math.cos(turn), abs(math.sin(turn))
        wide, high = box[2] - box[0], box[3] - box[1]
        width, height = (wide * cos - high * sin) / (cos**2 - sin**2), (high * cos - wide * sin) / (cos**2 - sin**2)
        dx, dy = (box[0] + box[2]) / 2 * self.scale - self.left - self.width / 2, (box[1] + box[3]) / 2 * self.scale - self.height / 2
        sin = math.sin(turn)
        x, y = self.width / 2 + dx * cos - dy * sin, self.height / 2 + dx * sin + dy * cos
        y = self.level.risen(x, y) if self.level else y
        x, y = self.bend.point(self.plumb.risen(y, x) if self.plumb else x, y)
        x, y = (x + self.left) / self.scale, y / self.scale
        return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        px, py = self.uneven(*self.bend.back(x - self.left, y))
        return float(px), float(py)

    def uneven(self, x: Places, y: Places) -> tuple[Places, Places]:
        """Where points of the page with level lines lie on the upright picture, in its pixels."""
        x = self.plumb.sunk(y, x) if self.plumb else x
        y = self.level.sunk(x, y) if self.level else y
        # The picture was turned clockwise by its skew about its middle: back the other way.
        turn, dx, dy = math.radians(self.skew), x - self.width / 2, y - self.height / 2
        x, y = self.width / 2 + dx * math.cos(turn) + dy * math.sin(turn), self.height / 2 - dx * math.sin(turn) + dy * math.cos(turn)
        return x + self.left, y


@dataclass(frozen=True, slots=True)
class Facing:
    """Two facing pages of one picture, and the fold between them, in pixels of the upright picture."""

    pages: tuple[Shown, Shown]
    fold: Fold

    def box(self, box: Box) -> Box:
        """A box of either flat page, in points, as it lies on the upright picture."""
        left, right = self.pages
        found = left.box(box)
        return found if self.part(found) is left else right.box(box)

    def part(self, box: Box) -> Shown:
        """The page that a box of the upright picture lies on."""
        left, right = self.pages
        x, y = (box[0] + box[2]) / 2 * left.scale, (box[1] + box[3]) / 2 * left.scale
        return left if x < self.fold.at(y) else right


def placed(blocks: list[Block], pages: Mapping[int, Shown | Facing]) -> list[Block]:
    """The blocks with the places of scanned pages as they lie on the upright pages."""
    return [_block(b, pages) for b in blocks] if pages else blocks


def _block(block: Block, pages: Mapping[int, Shown | Facing]) -> Block:
    if isinstance(block, TextBlock):
        return replace(block, place=place(block.place, pages))
    rows = {k: tuple(_row(r, pages) for r in getattr(block, k)) for k in ("header", "rows", "other_headers")}
    return replace(block, **rows) if isinstance(block, Table) else block


def _row(row: Row, pages: Mapping[int, Shown | Facing]) -> Row:
    cells = tuple(_cell(c, pages) for c in row.cells)
    rivals = tuple(tuple(_cell(c, pages) for c in cells) for cells in row.rivals)
    return replace(row, cells=cells, rivals=rivals, place=place(row.place, pages))


def _cell(cell: Cell | None, pages: Mapping[int, Shown | Facing]) -> Cell | None:
    return None if cell is None else replace(cell, place=place(cell.place, pages))


def quarters(pages: Mapping[int, Shown | Facing]) -> dict[int, int]:
    """By how many quarters, counter-clockwise, each page was turned to stand upright."""
    return {number: (page.pages[0] if isinstance(page, Facing) else page).quarter for number, page in pages.items()}


def place(at: Place, pages: Mapping[int, Shown | Facing]) -> Place:
    shown = pages.get(at.page or 0)
    if shown is None or at.x0 is None or at.top is None or at.x1 is None or at.bottom is None:
        return at
    x0, top, x1, bottom = (round(v, 2) for v in shown.box((at.x0, at.top, at.x1, at.bottom)))
    return replace(at, x0=x0, top=top, x1=x1, bottom=bottom)
