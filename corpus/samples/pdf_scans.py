"""Scans for typeset_pdf.py: printed pages as a copier gives them, pictures in black and white, laid a little askew, with grain."""

from __future__ import annotations

import io
import time
from typing import Any, cast

import numpy as np
import pypdfium2
from PIL import Image

_DATE = time.gmtime(0)
_BLACK = 150
"""Of 255: what is darker becomes ink."""


def scanned(printed: bytes, how: dict[str, Any]) -> bytes:
    """The pages of a PDF as pictures alone. ``how``: ``dpi``; ``skew``, degrees for each page in turns; ``grain``; ``specks`` of a page."""
    document = pypdfium2.PdfDocument(printed)
    scale = cast("int", how["dpi"] / 72)  # its hint says a whole number
    dice = np.random.default_rng(how["dpi"])
    pages: list[Image.Image] = []
    for number, page in enumerate(document):
        drawn = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        degrees = how["skew"][number % len(how["skew"])]
        laid = np.asarray(drawn.rotate(degrees, Image.Resampling.BILINEAR, fillcolor=255), dtype=np.float32)
        dark = laid + dice.normal(0, how["grain"], laid.shape) < _BLACK
        for y, x in zip(*(dice.integers(0, side - 4, how["specks"]) for side in dark.shape), strict=True):
            dark[y : y + 2, x : x + 2] = True
        pages.append(Image.fromarray(~dark))
    document.close()
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], resolution=how["dpi"], creationDate=_DATE, modDate=_DATE)
    return file.getvalue()
