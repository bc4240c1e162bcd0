"""PDFium's raw calls declared anew: with plain integers for handles, the busiest ones with arguments prepared beforehand.

ctypes converts every argument of every call. Plain integers halve that against typed pointers, and an
argument that ``pointer`` prepared once costs nothing, which halves it again. Every call takes prepared ones;
the handle of a text page has no other form outside of ``read_page``, since the quick calls would cut an integer in two.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as raw


def _call(function: Any, result: Any, *arguments: Any) -> Any:
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


def _quick(function: Any, result: Any) -> Any:
    """A call that takes its arguments as they come: ints as C ints, pointers and handles through ``pointer`` alone."""
    return ctypes.CFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def pointer(address: int) -> Any:
    """A handle or an address as an argument of the quick calls, which do not know it for a pointer by themselves."""
    return ctypes.c_void_p.from_param(address)


_P, _I, _U = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint
tight_box = _call(raw.FPDFText_GetCharBox, _I, _P, _I, _P, _P, _P, _P)
unicode = _call(raw.FPDFText_GetUnicode, _U, _P, _I)
is_generated = _call(raw.FPDFText_IsGenerated, _I, _P, _I)
is_hyphen = _call(raw.FPDFText_IsHyphen, _I, _P, _I)
render_mode = _call(raw.FPDFTextObj_GetTextRenderMode, _I, _P)
font = _call(raw.FPDFTextObj_GetFont, _P, _P)
font_name = _call(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _P, _P, ctypes.c_size_t)
font_weight = _call(raw.FPDFFont_GetWeight, _I, _P)
loose_box = _quick(raw.FPDFText_GetLooseCharBox, _I)
text_object = _quick(raw.FPDFText_GetTextObject, _P)
object_type = _quick(raw.FPDFPageObj_GetType, _I)
page_object = _quick(raw.FPDFPage_GetObject, _P)
form_object = _quick(raw.FPDFFormObj_GetObject, _P)
form_count = _quick(raw.FPDFFormObj_CountObjects, _I)
matrix = _quick(raw.FPDFPageObj_GetMatrix, _I)
fill_colour = _quick(raw.FPDFPageObj_GetFillColor, _I)
stroke_colour = _quick(raw.FPDFPageObj_GetStrokeColor, _I)
stroke_width = _quick(raw.FPDFPageObj_GetStrokeWidth, _I)
draw_mode = _quick(raw.FPDFPath_GetDrawMode, _I)
segment_count = _quick(raw.FPDFPath_CountSegments, _I)
segment = _quick(raw.FPDFPath_GetPathSegment, _P)
segment_point = _quick(raw.FPDFPathSegment_GetPoint, _I)
segment_type = _quick(raw.FPDFPathSegment_GetType, _I)
segment_close = _quick(raw.FPDFPathSegment_GetClose, _I)
picture_size = _quick(raw.FPDFImageObj_GetImagePixelSize, _I)
picture_filters = _quick(raw.FPDFImageObj_GetImageFilterCount, _I)
picture_data = _quick(raw.FPDFImageObj_GetImageDataRaw, ctypes.c_ulong)
angle = _quick(raw.FPDFText_GetCharAngle, ctypes.c_float)
map_error = _quick(raw.FPDFText_HasUnicodeMapError, _I)
font_size = _quick(raw.FPDFText_GetFontSize, ctypes.c_double)
origin = _quick(raw.FPDFText_GetCharOrigin, _I)
character_matrix = _quick(raw.FPDFText_GetMatrix, _I)
