"""What a worker shows of a document: the sizes of its pages, a page as a picture, the lines of a dump. Nothing is interpreted."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import cv2

from ..extract.decode import decode
from ..extract.options import DEFAULT
from ..extract.pdf.drawing import DrawingError, drawn
from ..extract.pdf.pdfium import opened
from ..extract.readers import image
from ..extract.scan import store
from ..extract.scan.orientation import turned
from ..extract.scan.shown import Facing
from ..extract.source import Source, open_source
from ..schema.errors import DocumentError, Reason
from ..schema.language import Text

Size = tuple[float, float]
_MOST_LINES = 200_000
_JPEG = (cv2.IMWRITE_JPEG_QUALITY, 88, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444)
"""Colours as fine as the rest: print in colour is read."""


def extent(path: Path, recognised: tuple[int, ...] = ()) -> dict[str, Any]:
    """The pages of a document as ``{"pages": [(width, height)]}``, points of the page as places lie on it; of a dump ``{"lines": [...]}``.

    ``recognised`` are the pages that were read as pictures: they may have been turned. Raises DocumentError.
    """
    source = open_source(path)
    if source.foreign == "PDF":
        with opened(source.data) as pdf:
            return {"pages": [_turned_size(pdf.get_page_size(n), _quarter(source, n + 1, recognised)) for n in range(len(pdf))]}
    if image.claims(source):
        sizes: list[Size] = []
        for picture, _ in image.pictures(source, DEFAULT):
            height, width = picture.pixels.shape[:2]
            size = (width / picture.scale, height / picture.scale)
            sizes.append(_turned_size(size, _quarter(source, picture.number, recognised)))
        return {"pages": sizes}
    return {"lines": decode(source.data).text.split("\n")[:_MOST_LINES]}


def page_picture(path: Path, page: int, scale: float, recognised: tuple[int, ...] = ()) -> dict[str, Any]:
    """Page ``page`` (from 1) as it is published, as ``{"jpeg": bytes}`` of ``scale`` pixels a point. Raises DocumentError."""
    source = open_source(path)
    try:
        if source.foreign == "PDF":
            with opened(source.data) as pdf:
                pixels, _ = drawn(pdf, page - 1, scale)
        else:
            pixels, _ = image.drawn_at(source, DEFAULT, page, scale)
    except DrawingError:
        raise DocumentError(Reason.DAMAGED, _NOT_DRAWN.format(page=page)) from None
    _, jpeg = cv2.imencode(".jpg", turned(pixels, _quarter(source, page, recognised)), _JPEG)
    return {"jpeg": jpeg.tobytes()}


def _quarter(source: Source, page: int, recognised: tuple[int, ...]) -> int:
    """By how many quarters, counter-clockwise, a page was turned to be read; 0 where nobody knows any more."""
    if page not in recognised:
        return 0
    with suppress(ImportError):  # without an engine nothing is kept
        found = store.load(store.key_of(source.sha256, page))
        if found is not None:
            return (found.shown.pages[0] if isinstance(found.shown, Facing) else found.shown).quarter % 4
    return 0


def _turned_size(size: Size, quarter: int) -> Size:
    return (size[1], size[0]) if quarter % 2 else size


_NOT_DRAWN = Text(
    "La página {page} no se puede dibujar, o no a tiempo. Su tabla se muestra igual.",
    "Page {page} cannot be drawn, or not in time. Its table is shown all the same.",
)
