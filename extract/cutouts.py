"""Cuts parts out of a document's pages as pictures. What was struck out or covered is painted over, whatever its drawing leaves of it."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from pypdfium2 import PdfiumError

from ..schema.errors import DocumentError
from .pdf.drawing import DrawingError
from .raw import RawDocument
from .scan.orientation import turned

Box = tuple[float, float, float, float]
SCALE = 2.0
"""Pixels for a point: print of six points can be read."""
_WIDEST = 1600
"""Pixels of a cut-out: wider ones are made smaller."""
GAP = 4.0
"""Points of grey between two parts of a page."""
_COLOURS = 16
_PADDING = 1.5
"""Points by which what is painted over is larger than its box: letters reach beyond theirs."""
_BLACK, _GREY = (33, 29, 26), (214, 208, 202)


class Missing(StrEnum):
    """Why there is no picture: it is not known what the page covers, or the page cannot be drawn."""

    COVERS = "covers"
    DRAWING = "drawing"


@dataclass(frozen=True, slots=True)
class Cut:
    """Parts of one page (boxes in points of the upright page), to be shown one below the other, the first at the top."""

    page: int
    parts: tuple[Box, ...]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        wide = max(p[2] - p[0] for p in self.parts)
        return wide, sum(p[3] - p[1] for p in self.parts) + GAP * (len(self.parts) - 1)

    def shown(self, box: Box) -> Box | None:
        """Where a box of the page lies on the picture, in points; None where it is not on it. The last part that holds it counts."""
        at, found = 0.0, None
        for x0, top, x1, bottom in self.parts:
            inner = (max(box[0], x0), max(box[1], top), min(box[2], x1), min(box[3], bottom))
            if inner[2] - inner[0] > 0.5 * (box[2] - box[0]) and inner[3] - inner[1] > 0.5 * (box[3] - box[1]):
                found = (inner[0] - x0, inner[1] - top + at, inner[2] - x0, inner[3] - top + at)
            at += bottom - top + GAP
        return found


def cut_out(
    document: RawDocument, cuts: Sequence[Cut], withheld: Mapping[int, Sequence[Box] | None]
) -> Iterator[tuple[Cut, bytes | Missing]]:
    """Each cut with its PNG, in order of pages; the same bytes for the same document. To be called where the document may be opened.

    ``withheld``: what is painted over besides what the page covers, by page, in points of the upright page; None for a page of which
    that is not known.
    """
    by_page: dict[int, list[Cut]] = {}
    for cut in cuts:
        by_page.setdefault(cut.page, []).append(cut)
    for page in sorted(by_page):
        found = _page(document, page, withheld.get(page, ()))
        for cut in by_page[page]:
            yield cut, found if isinstance(found, Missing) else _png(_stacked(*found, cut))


def _page(document: RawDocument, page: int, withheld: Sequence[Box] | None) -> tuple[np.ndarray, float] | Missing:
    """The page, upright, without what it must not show, and its pixels for a point."""
    covers = document.covers.get(page)
    if covers is None or withheld is None or document.draw is None:
        return Missing.COVERS
    try:
        pixels, scale = document.draw(page, SCALE)
    except (DrawingError, DocumentError, PdfiumError, OSError, ValueError, MemoryError, cv2.error):
        return Missing.DRAWING
    _paint(pixels, covers, scale)
    pixels = turned(pixels, document.quarters.get(page, 0))
    _paint(pixels, withheld, scale)
    return pixels, scale


def _paint(pixels: np.ndarray, boxes: Sequence[Box], scale: float) -> None:
    for x0, top, x1, bottom in boxes:
        a, b = (max(math.floor((v - _PADDING) * scale), 0) for v in (x0, top))
        c, d = (max(math.ceil((v + _PADDING) * scale), 0) for v in (x1, bottom))
        pixels[b:d, a:c] = _BLACK


def _stacked(pixels: np.ndarray, scale: float, cut: Cut) -> np.ndarray:
    """The parts of a page on one picture."""
    wide, high = (max(math.ceil(v * scale), 1) for v in cut.size)
    out = np.full((high, wide, 3), 255, np.uint8)
    at = 0.0
    for n, (x0, top, x1, bottom) in enumerate(cut.parts):
        y = round(at * scale)
        if n:
            out[round((at - GAP) * scale) : y] = _GREY
        left, above = round(x0 * scale), round(top * scale)
        part = pixels[max(above, 0) : max(round(bottom * scale), 0), max(left, 0) : max(round(x1 * scale), 0)]
        part = part[: high - y - max(-above, 0), : wide - max(-left, 0)]
        out[y + max(-above, 0) :, max(-left, 0) :][: part.shape[0], : part.shape[1]] = part
        at += bottom - top + GAP
    if wide > _WIDEST:
        out = cv2.resize(out, (_WIDEST, max(round(high * _WIDEST / wide), 1)), interpolation=cv2.INTER_AREA)
    return out


def _png(pixels: np.ndarray) -> bytes:
    """A PNG of few colours, which print needs no more of."""
    from PIL import Image

    picture = Image.fromarray(pixels[:, :, ::-1]).quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=6)  # the highest takes ten times as long and saves a fiftieth
    return out.getvalue()
