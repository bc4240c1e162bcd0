"""Pages of a PDF that are pictures: drawn at the fineness that they were scanned with, and read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pypdfium2
import pypdfium2.raw as raw

from ...schema.language import Text
from ..pdf.content import PageContent
from ..pdf.notes import is_picture
from . import store, turn
from .picture import Picture
from .reading import Scanned, read_picture
from .shown import Shown

_COARSE, _FINE, FINEST = 200 / 72, 300 / 72, 400 / 72
"""Pixels for a point: what the engine reads well, what gives it no more, and what single figures are read again with."""
_LONGEST = 5000
"""Pixels of a side: a page of posters is drawn no larger."""


def picture_of(pdf: pypdfium2.PdfDocument, index: int, finest: float = _FINE) -> Picture:
    """Page ``index`` (from 0) as it is shown, annotations with it; ``finest`` is the most pixels for a point."""
    page = pdf[index]
    try:
        scale = _scale(page, finest)
        drawn = page.render(scale=scale, draw_annots=True, rev_byteorder=False)
        pixels = drawn.to_numpy()
        if pixels.ndim == 2:
            pixels = pixels[:, :, None]
        pixels = np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else pixels[:, :, :3]
        return Picture(index + 1, np.ascontiguousarray(pixels), scale)
    finally:
        page.close()


def _scale(page: pypdfium2.PdfPage, finest: float) -> float:
    """As fine as its pictures are, within limits."""
    found = [_COARSE]
    for k, image in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
        if k > 20:
            break
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) < 0.3 * page.get_width() * page.get_height():
            continue
        size = image.get_px_size()
        found.append(max(size) / max(right - left, top - bottom, 1.0))
    return min(max(found), finest, _LONGEST / max(page.get_width(), page.get_height()))


@dataclass(slots=True)
class Scans:
    """The pages of a PDF that are recognised: which, and how they lie on the page shown. ``ocr`` as the options have it."""

    pdf: pypdfium2.PdfDocument
    sha256: str
    ocr: str
    kept: bool = True
    """Pages that were recognised are kept for the next reading."""
    shown: dict[int, Shown] = field(default_factory=dict)
    lacking: bool = False
    """No engine is installed, and a page was to be recognised."""

    def read(self, page: PageContent) -> PageContent:
        """The page, recognised where it is a picture (``auto``) or in any case (``always``); the same where no engine is installed."""
        if self.ocr == "never" or self.lacking or not (self.ocr == "always" or is_picture(page)):
            return page
        try:
            found = read_kept(self.sha256, page.number, lambda: picture_of(self.pdf, page.number - 1), self.kept)
        except ImportError:
            self.lacking = True
            return page
        self.shown[page.number] = found.shown
        return found.page


def read_kept(sha256: str, page: int, picture: Callable[[], Picture], kept: bool = True) -> Scanned:
    """A page (from 1) of the file of this hash, read once where it may be ``kept``. Raises ImportError where no engine is installed."""
    key = store.key_of(sha256, page)
    found = store.load(key) if kept else None
    if found is None:
        turn.take()
        found = read_picture(picture())
        if kept:
            store.keep(key, found)
    return found


NO_ENGINE = Text(
    "Hay páginas que son imágenes (escaneo) y falta el programa que reconoce su texto; instálelo con «pip install 'veedor[ocr]'».",
    "Some pages are pictures (a scan) and the program that recognises their text is missing; install it with “pip install 'veedor[ocr]'”.",
)
