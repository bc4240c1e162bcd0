"""What a worker shows of a document: the sizes of its pages, a page as a picture, the lines of a dump. Nothing is interpreted."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from ..extract.decode import decode
from ..extract.options import DEFAULT
from ..extract.pdf.pdfium import opened
from ..extract.readers import image
from ..extract.scan import store
from ..extract.scan.orientation import turned
from ..extract.scan.shown import Facing
from ..extract.source import Source, open_source

Size = tuple[float, float]
_MOST_LINES = 200_000
_LONGEST = 6000
"""Pixels of a side: what is larger no screen shows."""
_QUALITY = 88


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
    if source.foreign == "PDF":
        with opened(source.data) as pdf:
            its = pdf[page - 1]
            scale = min(scale, _LONGEST / max(its.get_size()))
            pixels = its.render(scale=scale, draw_annots=True, rev_byteorder=True).to_numpy()  # pyright: ignore[reportArgumentType]
    else:
        picture = image.picture_at(source, DEFAULT, page)
        pixels = _resized(np.ascontiguousarray(picture.pixels[:, :, ::-1]), scale / picture.scale)
    if pixels.ndim == 3 and pixels.shape[2] != 3:
        pixels = pixels[:, :, :3] if pixels.shape[2] > 3 else pixels[:, :, 0]
    out = io.BytesIO()
    Image.fromarray(turned(pixels, _quarter(source, page, recognised))).save(out, "JPEG", quality=_QUALITY, subsampling=0)
    return {"jpeg": out.getvalue()}


def _resized(pixels: np.ndarray, by: float) -> np.ndarray:
    by = min(by, _LONGEST / max(pixels.shape))
    if by >= 1:
        return pixels
    height, width = pixels.shape[:2]
    return np.asarray(Image.fromarray(pixels).resize((max(round(width * by), 1), max(round(height * by), 1)), Image.Resampling.BILINEAR))


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
