"""The functions of pdfium that are called once a character or once a drawn object, bound for speed.

Handles and addresses of buffers are plain integers: pypdfium2's own bindings build a pointer object for each handle and
check each argument, which takes as long as the call. Signatures are those of fpdf_text.h and fpdf_edit.h.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as raw

_HANDLE, _INT, _UINT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint


def _bound(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


def handle_of(handle: Any) -> int:
    """The integer of a handle of pypdfium2 (a page, a text page)."""
    return ctypes.cast(getattr(handle, "raw", handle), ctypes.c_void_p).value or 0


# Text page, index of the character ...
count_characters = _bound("FPDFText_CountChars", _INT, _HANDLE)
get_unicode = _bound("FPDFText_GetUnicode", _UINT, _HANDLE, _INT)
is_generated = _bound("FPDFText_IsGenerated", _INT, _HANDLE, _INT)
get_text_object = _bound("FPDFText_GetTextObject", _HANDLE, _HANDLE, _INT)
get_loose_box = _bound("FPDFText_GetLooseCharBox", _INT, _HANDLE, _INT, _HANDLE)
get_inked_box = _bound("FPDFText_GetCharBox", _INT, _HANDLE, _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
get_origin = _bound("FPDFText_GetCharOrigin", _INT, _HANDLE, _INT, _HANDLE, _HANDLE)
get_text_matrix = _bound("FPDFText_GetMatrix", _INT, _HANDLE, _INT, _HANDLE)
get_font_size = _bound("FPDFText_GetFontSize", ctypes.c_double, _HANDLE, _INT)

# Page or form object, index of the object in it.
count_objects = _bound("FPDFPage_CountObjects", _INT, _HANDLE)
get_object = _bound("FPDFPage_GetObject", _HANDLE, _HANDLE, _INT)
count_form_objects = _bound("FPDFFormObj_CountObjects", _INT, _HANDLE)
get_form_object = _bound("FPDFFormObj_GetObject", _HANDLE, _HANDLE, ctypes.c_ulong)

# Object ...
get_type = _bound("FPDFPageObj_GetType", _INT, _HANDLE)
get_bounds = _bound("FPDFPageObj_GetBounds", _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
get_matrix = _bound("FPDFPageObj_GetMatrix", _INT, _HANDLE, _HANDLE)
get_fill_colour = _bound("FPDFPageObj_GetFillColor", _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
get_stroke_colour = _bound("FPDFPageObj_GetStrokeColor", _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
get_stroke_width = _bound("FPDFPageObj_GetStrokeWidth", _INT, _HANDLE, _HANDLE)
get_render_mode = _bound("FPDFTextObj_GetTextRenderMode", _INT, _HANDLE)
get_draw_mode = _bound("FPDFPath_GetDrawMode", _INT, _HANDLE, _HANDLE, _HANDLE)
count_segments = _bound("FPDFPath_CountSegments", _INT, _HANDLE)
get_segment = _bound("FPDFPath_GetPathSegment", _HANDLE, _HANDLE, _INT)
get_segment_type = _bound("FPDFPathSegment_GetType", _INT, _HANDLE)
get_segment_point = _bound("FPDFPathSegment_GetPoint", _INT, _HANDLE, _HANDLE, _HANDLE)
is_segment_closed = _bound("FPDFPathSegment_GetClose", _INT, _HANDLE)
