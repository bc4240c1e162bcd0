"""Pages of a PDF that are pictures: drawn at the fineness that they were scanned with, and read."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pypdfium2
import pypdfium2.raw as raw

from ...schema.errors import DocumentError, Reason
from ...schema.language import Text
from ...schema.limits import DEFAULTS, Limits
from ..pdf.content import PageContent
from ..pdf.notes import is_picture
from . import slot, store
from .picture import Picture
from .reading import Scanned, read_picture
from .shown import Facing, Shown

_COARSE, _FINE, FINEST = 200 / 72, 300 / 72, 400 / 72
"""Pixels for a point: what the engine reads well, what gives it no more, and what single figures are read again with."""
_LONGEST = 5000
"""Pixels of a side: a page of posters is drawn no larger."""
_LEAST, _NARROWEST = 64, 5
"""Pixels of a side, and how often it goes into the other: paper is put around what is smaller, for nothing can be looked for in
a line of pixels, and the engine enlarges a strip until it fills the memory."""
_MOST_PICTURES = 2000
"""Pictures of a page whose sizes are looked at."""
_COVERS = 0.3
"""Share of a page from which a picture tells how finely it was scanned."""


class BrokenPictureError(Exception):
    """The picture that a page consists of cannot be decoded: the page is drawn white."""


def picture_of(pdf: pypdfium2.PdfDocument, index: int, finest: float = _FINE, limits: Limits = DEFAULTS) -> Picture:
    """Page ``index`` (from 0) as it is shown, annotations with it; ``finest`` is the most pixels for a point.

    Raises BrokenPictureError; DocumentError where one of its pictures has more pixels than the limit.
    """
    page = pdf[index]
    try:
        _look_at_sizes(page, index, limits.pixels)
        scale = _scale(page, finest)
        drawn = page.render(scale=scale, draw_annots=True, rev_byteorder=False)  # pyright: ignore[reportArgumentType]  any number will do
        pixels = drawn.to_numpy()
        if pixels.ndim == 2:
            pixels = pixels[:, :, None]
        pixels = np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else pixels[:, :, :3]
        if pixels.min() == pixels.max() and any(_is_broken(image) for image in _covering(page)):
            raise BrokenPictureError
        return Picture(index + 1, with_paper(pixels), scale)
    finally:
        page.close()


def with_paper(pixels: np.ndarray) -> np.ndarray:
    """The pixels, with white paper to the right and below where they are too few, or too narrow a strip, to look for anything."""
    least = max(_LEAST, max(pixels.shape) // _NARROWEST)
    down, right = (max(least - side, 0) for side in pixels.shape[:2])
    return np.ascontiguousarray(np.pad(pixels, ((0, down), (0, right), (0, 0)), constant_values=255) if down or right else pixels)


def _look_at_sizes(page: pypdfium2.PdfPage, index: int, most: int) -> None:
    """Raises DocumentError for a picture that would fill the memory: drawing the page decodes it whole, however small it is shown."""
    for image in itertools.islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4), _MOST_PICTURES):
        width, height = image.get_px_size() if isinstance(image, pypdfium2.PdfImage) else (0, 0)
        if width * height > most * 1_000_000:
            raise DocumentError(Reason.TOO_LARGE, _TOO_FINE.format(page=index + 1, width=width, height=height, limit=most))


def _is_broken(image: pypdfium2.PdfImage) -> bool:
    try:
        image.get_bitmap()
    except pypdfium2.PdfiumError:
        return True
    return False


def _covering(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfImage]:
    """The pictures that cover much of a page."""
    for image in itertools.islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4), 20):
        left, bottom, right, top = image.get_bounds()
        if isinstance(image, pypdfium2.PdfImage) and (right - left) * (top - bottom) >= _COVERS * page.get_width() * page.get_height():
            yield image


def _scale(page: pypdfium2.PdfPage, finest: float) -> float:
    """As fine as its pictures are, within limits."""
    found = [_COARSE]
    for image in _covering(page):
        left, bottom, right, top = image.get_bounds()
        found.append(max(image.get_px_size()) / max(right - left, top - bottom, 1.0))
    return min(max(found), finest, _LONGEST / max(page.get_width(), page.get_height()))


@dataclass(slots=True)
class Scans:
    """The pages of a PDF that are recognised: which, and how they lie on the page shown. ``ocr`` as the options have it."""

    pdf: pypdfium2.PdfDocument
    sha256: str
    ocr: str
    kept: bool = True
    """Pages that were recognised are kept for the next reading."""
    limits: Limits = DEFAULTS
    shown: dict[int, Shown | Facing] = field(default_factory=dict)
    layered: set[int] = field(default_factory=set)
    """Those of them that have a text layer."""
    lacking: bool = False
    """No engine is installed, and a page was to be recognised."""

    def read(self, page: PageContent) -> Sequence[PageContent]:
        """The page, recognised where it is a picture (``auto``) or in any case (``always``); the same where no engine is installed.

        Two where its picture shows facing pages, and none where it cannot be decoded.
        """
        if self.ocr == "never" or self.lacking or not (self.ocr == "always" or is_picture(page)):
            return (page,)
        try:
            found = read_kept(self.sha256, page.number, lambda: picture_of(self.pdf, page.number - 1, limits=self.limits), self.kept)
        except ImportError:
            self.lacking = True
            return (page,)
        except BrokenPictureError:
            return (page,) if page.words else ()
        self.shown[page.number] = found.shown
        if page.hidden_text or page.words:
            self.layered.add(page.number)
        return found.pages


def read_kept(sha256: str, page: int, picture: Callable[[], Picture], kept: bool = True) -> Scanned:
    """A page (from 1) of the file of this hash, read once where it may be ``kept``. Raises ImportError where no engine is installed."""
    key = store.key_of(sha256, page)
    found = store.load(key) if kept else None
    if found is None:
        slot.take()
        found = read_picture(picture())
        if kept:
            store.keep(key, found)
    return found


_TOO_FINE = Text(
    "Una imagen de la página {page} mide {width} × {height} píxeles y el límite es de {limit} millones. Deje fuera la página con --pages, "
    "o suba el límite con --limit pixels=N.",
    "A picture on page {page} has {width} × {height} pixels, the limit is {limit} millions. Leave the page out with --pages, or raise the "
    "limit with --limit pixels=N.",
)
NO_ENGINE = Text(
    "Hay páginas que son imágenes (escaneo) y falta el programa que reconoce su texto; instálelo con «pip install 'veedor[ocr]'».",
    "Some pages are pictures (a scan) and the program that recognises their text is missing; install it with “pip install 'veedor[ocr]'”.",
)
