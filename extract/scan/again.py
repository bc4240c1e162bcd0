"""Reads a cell of a recognised page again: finer, and in other ways than the page was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from ..pdf.content import Box
from ..raw import Cell
from . import engine, store, tesseract
from .flattened import flattened
from .lines import latin
from .orientation import turned
from .picture import Picture, grey, ink, positive
from .shown import Facing, Shown

Draw = Callable[[int], Picture]
"""The picture of a page (from 1), as fine as it is of use."""
_INSET = 1.0
"""Points between the line of a cell and what is looked at."""
_TALLEST = 24.0
"""Points: what is higher is no figure of one line."""
_HEIGHT = 64
"""Pixels of height that a crop is brought to: what the engine takes, and a third more."""


@dataclass(slots=True)
class Rereader:
    """Reads cells of the pages ``shown``, of the file of this hash."""

    sha256: str
    draw: Draw
    shown: Mapping[int, Shown | Facing]
    keep: bool = True
    """What is read is kept, as pages are."""
    kept: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    _page: tuple[int, Shown, np.ndarray, float] | None = None

    def __call__(self, cell: Cell) -> Sequence[str]:
        """What each way of reading gives, blanks taken out, and tesseract where it is installed; nothing for what is no single line."""
        at, page = cell.place, cell.place.page
        if page is None or page not in self.shown or at.x0 is None or at.top is None or at.x1 is None or at.bottom is None:
            return ()
        key = f"{store.key_of(self.sha256, page)}-cells{'-2' if tesseract.program() else ''}"
        known = self.kept.setdefault(page, store.load_readings(key) if self.keep else {})
        shown = self.shown[page].part((at.x0, at.top, at.x1, at.bottom))
        box = shown.flat((at.x0, at.top, at.x1, at.bottom))
        name = " ".join(f"{v:.1f}" for v in box)
        if name not in known:
            pixels, scale = self._pixels(page, shown)
            crops = ways(pixels, shown, scale, box)
            known[name] = [latin(r).text.replace(" ", "") for r in engine.recognise(crops)]
            known[name] += [text for c in crops[:1] if (text := tesseract.line(c))]
            if self.keep:
                store.keep_readings(key, known)
        return known[name]

    def _pixels(self, page: int, shown: Shown) -> tuple[np.ndarray, float]:
        """The page upright and levelled; only the last is held."""
        if self._page is None or self._page[:2] != (page, shown):
            picture = self.draw(page)
            pixels = flattened(turned(positive(picture.pixels), shown.quarter), shown, picture.scale)
            self._page = page, shown, pixels, picture.scale
        return self._page[2], self._page[3]


def ways(pixels: np.ndarray, shown: Shown, scale: float, box: Box) -> list[np.ndarray]:
    """The line in a box of the flat page (points), as several pictures: plain, sharper, and with its light evened out."""
    factor = scale / shown.scale
    x0, top, x1, bottom = (v * shown.scale for v in (box[0] + _INSET, box[1] + _INSET, box[2] - _INSET, box[3] - _INSET))
    x0, x1 = x0 - shown.left, x1 - shown.left
    corners = [shown.bend.back(x, y) for x, y in ((x0, top), (x1, top), (x1, bottom), (x0, bottom))]
    xs, ys = [p[0] * factor for p in corners], [p[1] * factor for p in corners]
    cut = pixels[max(int(min(ys)), 0) : max(int(max(ys)), 0), max(int(min(xs)), 0) : max(int(max(xs)), 0)]
    if min(cut.shape[:2]) < 4:
        return []
    line = _trimmed(cut, scale)
    if line is None or line.shape[0] > _TALLEST * scale:
        return []
    plain = cv2.resize(line, None, fx=_HEIGHT / line.shape[0], fy=_HEIGHT / line.shape[0], interpolation=cv2.INTER_CUBIC)
    sharp = cv2.addWeighted(plain, 1.8, cv2.GaussianBlur(plain, (0, 0), 1.5), -0.8, 0)
    return [plain, sharp, cv2.cvtColor(grey(plain), cv2.COLOR_GRAY2BGR)]


def _trimmed(cut: np.ndarray, scale: float) -> np.ndarray | None:
    """A picture without the paper around its ink, but for a little; None where there is no ink."""
    dark = ink(grey(cut), scale)
    rows, columns = np.flatnonzero((dark > 0).sum(axis=1) > 1), np.flatnonzero((dark > 0).sum(axis=0) > 0)
    if not len(rows) or not len(columns):
        return None
    pad = max(int(0.15 * (rows[-1] - rows[0])), 1)
    top, left = max(int(rows[0]) - pad, 0), max(int(columns[0]) - 2 * pad, 0)
    return cut[top : int(rows[-1]) + pad + 1, left : int(columns[-1]) + 2 * pad + 1]
