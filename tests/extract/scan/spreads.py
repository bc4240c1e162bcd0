"""Pictures of two facing pages drawn for tests: lines of text as a detector gives them, a shadow along the fold, lines that sink to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from veedor.extract.scan.piece import Piece, Quad, Reading

from .pixels import level, paper, written

WIDTH, HEIGHT, HIGH, PITCH = 1400, 1000, 20, 32
FOLD = 700
LEFT, RIGHT = (60, 340, 440, 540), (760, 1040, 1140, 1240)
"""Where the columns of the table of each page begin: a name, and three figures."""


@dataclass
class Spread:
    """A picture, and what is printed on it: the quadrilaterals of its texts."""

    pixels: np.ndarray = field(default_factory=lambda: paper(WIDTH, HEIGHT))
    texts: list[tuple[Quad, str]] = field(default_factory=list)

    @property
    def found(self) -> list[Quad]:
        return [quad for quad, _ in self.texts]

    def print(self, text: str, x: int, y: int) -> None:
        """A text on the base line ``y``."""
        written(self.pixels, text, x, y)
        wide = 11 * len(text)
        box = [[x - 3, y - HIGH + 4], [x + wide + 3, y - HIGH + 4], [x + wide + 3, y + 4], [x - 3, y + 4]]
        self.texts.append((np.array(box, np.float32), text))

    def table(self, xs: Sequence[int], names: Sequence[str], top: int = 120, ruled: bool = True) -> None:
        """Rows of a name (if it is not empty) and figures that begin at ``xs``."""
        if ruled:
            level(self.pixels, top + 11 - PITCH, xs[0] - 6, xs[-1] + 90)
        for r, name in enumerate(names):
            y = top + PITCH * r
            for c, x in enumerate(xs):
                if text := name if c == 0 else f"{(r + 3) * (c + 2) * 137}":
                    self.print(text, x, y)
            if ruled:
                level(self.pixels, y + 11, xs[0] - 6, xs[-1] + 90)

    def prose(self, x: int, rows: int, top: int = 560) -> None:
        for r in range(rows):
            self.print("the plan of the year was carried out and its cost paid", x, top + PITCH * r)

    def shade(self, depth: float = 0.3, lean: float = 0.0) -> None:
        """The shadow of a fold that leans by ``lean`` to the right for each pixel downwards."""
        ys, xs = np.mgrid[0:HEIGHT, 0:WIDTH]
        off = xs - FOLD - lean * (ys - HEIGHT / 2)
        self.pixels = (self.pixels * (1 - depth * np.exp(-((off / 30) ** 2)))[:, :, None]).astype(np.uint8)

    def sink(self, by: float) -> None:
        """Lets all lines sink to the fold by so many pixels; ``texts`` stay as they were."""
        ys, xs = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
        down = (by * np.exp(-(((xs - FOLD) / 150) ** 2))).astype(np.float32)
        self.pixels = cv2.remap(self.pixels, xs, ys - down, cv2.INTER_LINEAR, borderValue=(255, 255, 255))

    def read(self, crops: Sequence[np.ndarray]) -> list[Reading]:
        """A stand-in for the engine: knows a crop by its pixels."""
        from veedor.extract.scan.quads import crop

        said = []
        for asked in crops:
            text = next((t for q, t in self.texts if (own := crop(self.pixels, q)).shape == asked.shape and (own == asked).all()), "")
            said.append(Reading(text, 1.0, (Piece(text, 0.0, 1.0, 1.0),)))
        return said


def two_pages(ruled: bool = True) -> Spread:
    """A table of its own and some text on each page."""
    made = Spread()
    made.table(LEFT, [f"Unit {chr(65 + k)}" for k in range(10)], ruled=ruled)
    made.table(RIGHT, [f"Region {chr(65 + k)}" for k in range(11)], top=132, ruled=ruled)
    made.prose(LEFT[0], 6)
    made.prose(RIGHT[0], 6, 580)
    return made
