"""Pictures of pages put into files as scanners and offices do: PDF of several kinds, TIFF, JPEG, PNG, with a text layer or without."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable, Iterable, Sequence
from typing import cast

import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

_DATE = time.gmtime(0)
Garble = Callable[[str], str]


def drawn(pdf: bytes, dpi: float) -> list[np.ndarray]:
    """The pages of a PDF as pixels: blue, green, red."""
    document, scale = pypdfium2.PdfDocument(pdf), cast("int", dpi / 72)  # its hint says a whole number
    try:
        return [np.ascontiguousarray(page.render(scale=scale).to_numpy()[:, :, :3]) for page in document]
    finally:
        document.close()


def picture(pixels: np.ndarray, mode: str = "RGB") -> Image.Image:
    """``mode``: RGB, L, CMYK, or 1 for black and white."""
    if mode == "1":
        return Image.fromarray(pixels[:, :, 1] > 150)
    return Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1])).convert(mode)


def as_pdf(pages: Sequence[np.ndarray], dpi: float, mode: str = "RGB", quality: int = 75) -> bytes:
    """Pictures alone: JPEG, or CCITT group 4 for black and white."""
    first, *others = [picture(p, mode) for p in pages]
    file = io.BytesIO()
    more = {"creationDate": _DATE, "modDate": _DATE} | ({} if mode == "1" else {"quality": quality})
    first.save(file, "PDF", save_all=True, append_images=others, resolution=dpi, **more)
    return file.getvalue()


def as_tiff(pages: Sequence[np.ndarray], dpi: float, mode: str = "1") -> bytes:
    first, *others = [picture(p, mode) for p in pages]
    file = io.BytesIO()
    how = "group4" if mode == "1" else "tiff_lzw"
    first.save(file, "TIFF", save_all=True, append_images=others, compression=how, dpi=(dpi, dpi))
    return file.getvalue()


def as_image(pixels: np.ndarray, kind: str, dpi: float | None = None, mode: str = "RGB") -> bytes:
    """``kind``: PNG or JPEG."""
    file = io.BytesIO()
    stated = {"dpi": (dpi, dpi)} if dpi else {}
    picture(pixels, mode).save(file, kind, quality=80, **stated)
    return file.getvalue()


def with_layer(clean: bytes, pages: Sequence[np.ndarray], dpi: float, garbled: Garble = str) -> bytes:
    """The pictures over the words of the clean PDF, which are there and not seen. ``garbled``: what the layer has for each word."""
    file, document = io.BytesIO(), pypdfium2.PdfDocument(clean)
    canvas = Canvas(file, invariant=1)
    for page, pixels in zip(document, pages, strict=True):
        width, height = 72 * pixels.shape[1] / dpi, 72 * pixels.shape[0] / dpi
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(picture(pixels, "L")), 0, 0, width, height)
        text = page.get_textpage()
        lines = canvas.beginText()
        lines.setTextRenderMode(3)
        lines.setFont("Helvetica", 7)
        for k in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(k)
            lines.setTextOrigin(left, bottom + 1)
            lines.textOut(" ".join(garbled(w) for w in text.get_text_bounded(left, bottom, right, top).split()))
        canvas.drawText(lines)
        canvas.showPage()
    document.close()
    canvas.save()
    return file.getvalue()


def bad_layer(seed: int) -> Garble:
    """As an old engine left it: figures and letters mistaken in every third word."""
    chance, wrong = random.Random(seed), str.maketrans("0156839aeonl", "O7S3B54eaoml".replace("o", "c"))
    return lambda word: word.translate(wrong) if chance.random() < 0.35 else word


def rotated(pdf: bytes, degrees: int) -> bytes:
    """Its pages turned by /Rotate: what is drawn lies on its side, and is shown upright."""
    document, file = pypdfium2.PdfDocument(pdf), io.BytesIO()
    for page in document:
        page.set_rotation(degrees)
    document.save(file)
    document.close()
    return file.getvalue()


def joined(pdfs: Iterable[bytes]) -> bytes:
    """The pages of several PDFs in one."""
    out, file = pypdfium2.PdfDocument.new(), io.BytesIO()
    for data in pdfs:
        source = pypdfium2.PdfDocument(data)
        out.import_pages(source)
        source.close()
    out.save(file)
    out.close()
    return file.getvalue()
