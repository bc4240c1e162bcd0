"""Draws a page of a PDF as it is shown, annotations with it, in bounded time."""

from __future__ import annotations

import ctypes
import time
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as raw

from .upright import upright_of

_SECONDS = 20.0
"""For one page: a drawing without end costs its own pictures and not the document."""
_LONGEST = 4000
"""Pixels of a side."""
_PAUSE = type(raw.IFSDK_PAUSE().NeedToPauseNow)


class DrawingError(Exception):
    """A page cannot be drawn, or not in time."""


def drawn(document: pypdfium2.PdfDocument, index: int, scale: float) -> tuple[np.ndarray, float]:
    """Page ``index`` (from 0), rows x columns x 3: blue, green, red; and its pixels for a point: ``scale``, or fewer where it is large.

    Raises DrawingError.
    """
    page = raw.FPDF_LoadPage(document.raw, index)
    if not page:
        raise DrawingError
    try:
        upright = upright_of(page)
        if upright is None:
            raise DrawingError
        scale = min(scale, _LONGEST / max(upright.width, upright.height))
        return _painted(page, max(round(upright.width * scale), 1), max(round(upright.height * scale), 1)), scale
    finally:
        raw.FPDF_ClosePage(page)


def _painted(page: Any, width: int, height: int) -> np.ndarray:
    # Three bytes a pixel, as they are handed on: taking a fourth out takes as long as drawing.
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_BGR, None, 0)
    if not bitmap:
        raise DrawingError
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        end = time.monotonic() + _SECONDS
        pause = raw.IFSDK_PAUSE(version=1, NeedToPauseNow=_PAUSE(lambda _: time.monotonic() > end))
        try:
            state = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT, pause)
        finally:
            raw.FPDF_RenderPage_Close(page)
        if state != raw.FPDF_RENDER_DONE:
            raise DrawingError
        stride = raw.FPDFBitmap_GetStride(bitmap)
        seen = (ctypes.c_ubyte * (stride * height)).from_address(raw.FPDFBitmap_GetBuffer(bitmap))
        return np.frombuffer(seen, np.uint8).reshape(height, stride)[:, : width * 3].copy().reshape(height, width, 3)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
