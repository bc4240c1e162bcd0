"""Where a place of the flat page lies on the upright page: askew and bent as it was scanned."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...schema.place import Place
from ..pdf.content import Box
from ..raw import Block, Cell, Row, Table, TextBlock
from .straight import Bend


@dataclass(frozen=True, slots=True)
class Shown:
    """What was done to an upright picture to make it flat: turned by its skew, in degrees, and freed of its bend.

    ``width`` and ``height`` are those of the picture in pixels, ``scale`` pixels for a point.
    """

    width: int
    height: int
    scale: float
    skew: float
    bend: Bend
    quarter: int = 0
    """By how many quarters, counter-clockwise, the picture was turned to stand upright."""

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
        dx, dy = (box[0] + box[2]) / 2 * self.scale - self.width / 2, (box[1] + box[3]) / 2 * self.scale - self.height / 2
        sin = math.sin(turn)
        x, y = self.bend.point(self.width / 2 + dx * cos - dy * sin, self.height / 2 + dx * sin + dy * cos)
        x, y = x / self.scale, y / self.scale
        return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        x, y = self.bend.back(x, y)
        # The picture was turned clockwise by its skew about its middle: back the other way.
        turn, dx, dy = math.radians(self.skew), x - self.width / 2, y - self.height / 2
        return self.width / 2 + dx * math.cos(turn) + dy * math.sin(turn), self.height / 2 - dx * math.sin(turn) + dy * math.cos(turn)


def placed(blocks: list[Block], pages: Mapping[int, Shown]) -> list[Block]:
    """The blocks with the places of scanned pages as they lie on the upright pages."""
    return [_block(b, pages) for b in blocks] if pages else blocks


def _block(block: Block, pages: Mapping[int, Shown]) -> Block:
    if isinstance(block, TextBlock):
        return replace(block, place=place(block.place, pages))
    rows = {k: tuple(_row(r, pages) for r in getattr(block, k)) for k in ("header", "rows", "other_headers")}
    return replace(block, **rows) if isinstance(block, Table) else block


def _row(row: Row, pages: Mapping[int, Shown]) -> Row:
    cells = tuple(_cell(c, pages) for c in row.cells)
    rivals = tuple(tuple(_cell(c, pages) for c in cells) for cells in row.rivals)
    return replace(row, cells=cells, rivals=rivals, place=place(row.place, pages))


def _cell(cell: Cell | None, pages: Mapping[int, Shown]) -> Cell | None:
    return None if cell is None else replace(cell, place=place(cell.place, pages))


def place(at: Place, pages: Mapping[int, Shown]) -> Place:
    shown = pages.get(at.page or 0)
    if shown is None or at.x0 is None or at.top is None or at.x1 is None or at.bottom is None:
        return at
    x0, top, x1, bottom = (round(v, 2) for v in shown.box((at.x0, at.top, at.x1, at.bottom)))
    return replace(at, x0=x0, top=top, x1=x1, bottom=bottom)
