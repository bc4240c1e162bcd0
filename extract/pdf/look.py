"""What an area of a page looks like: rendered only where it is asked, to tell whether it is of one colour and how dark."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from .content import Box
from .upright import Upright

_FINE, _ROUGH = 3.0, 1.5
"""Pixels for a point: to see letters, and to see a colour."""
_MAX_SIDE = 3000
MAX_LOOKS = 300
"""Areas of one page that are rendered at most."""
_NEAR = 48
"""Steps of 255 by which two pixels of one colour may differ: smoothing, and the noise of JPEG."""
_EVEN = 0.97
_DARK = 80


@dataclass(slots=True)
class _Image:
    x0: float
    top: float
    scale: float
    pixels: np.ndarray


@dataclass(slots=True)
class Look:
    """Renders areas of a loaded page, its annotations with it."""

    page: Any
    upright: Upright
    looks: int = 0
    held: tuple[Box, _Image | None, float] | None = field(default=None)
    """The area that was rendered last: the words in it are looked at one after the other."""

    def even(self, box: Box, within: Box) -> bool | None:
        """Whether nothing is seen in an area but one colour. ``within`` is rendered at once; None where nothing can be told."""
        pixels = self._pixels(box, within)
        if pixels is None:
            return None
        pixels = pixels.reshape(-1, 3).astype(np.int16)
        middle = np.median(pixels, axis=0)
        return bool((np.abs(pixels - middle).max(axis=1) <= _NEAR).mean() >= _EVEN)

    def dark(self, box: Box) -> float | None:
        """The share of an area that is black or nearly so."""
        pixels = self._pixels(box, box, _ROUGH)
        if pixels is None:
            return None
        blue, green, red = (pixels[:, :, k] <= _DARK for k in range(3))
        return float((blue & green & red).mean())

    def _pixels(self, box: Box, within: Box, scale: float = _FINE) -> np.ndarray | None:
        """The pixels of an area, by row and column, without the edges that it shares with its neighbours."""
        if self.held is None or self.held[0] != within or self.held[2] != scale:
            self.held = (within, self._rendered(within, scale), scale)
        image = self.held[1]
        if image is None:
            return None
        x0, top = math.ceil((box[0] - image.x0) * image.scale) + 1, math.ceil((box[1] - image.top) * image.scale) + 1
        x1, bottom = math.floor((box[2] - image.x0) * image.scale) - 1, math.floor((box[3] - image.top) * image.scale) - 1
        part = image.pixels[max(top, 0) : max(bottom, 0), max(x0, 0) : max(x1, 0)]
        return part if part.size else None

    def _rendered(self, box: Box, scale: float) -> _Image | None:
        self.looks += 1
        x0, top = max(box[0], 0.0), max(box[1], 0.0)
        x1, bottom = min(box[2], self.upright.width), min(box[3], self.upright.height)
        if self.looks > MAX_LOOKS or x1 - x0 < 1 or bottom - top < 1:
            return None
        scale = min(scale, _MAX_SIDE / (x1 - x0), _MAX_SIDE / (bottom - top))
        width, height = math.ceil((x1 - x0) * scale), math.ceil((bottom - top) * scale)
        bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_BGRx, None, 0)
        if not bitmap:
            return None
        try:
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
            whole = (round(self.upright.width * scale), round(self.upright.height * scale))
            # Only what lies in the bitmap is painted: the page may be large.
            raw.FPDF_RenderPageBitmap(bitmap, self.page, -round(x0 * scale), -round(top * scale), *whole, 0, raw.FPDF_ANNOT)
            stride = raw.FPDFBitmap_GetStride(bitmap)
            seen = (ctypes.c_ubyte * (stride * height)).from_address(raw.FPDFBitmap_GetBuffer(bitmap))
            pixels = np.frombuffer(seen, np.uint8).reshape(height, stride)[:, : width * 4].reshape(height, width, 4)[:, :, :3].copy()
        finally:
            raw.FPDFBitmap_Destroy(bitmap)
        return _Image(x0, top, scale, pixels)
