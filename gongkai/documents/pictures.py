"""Pictures of reports (.png, .jpg, .tif, .bmp, .gif, .webp), each of their pages recognised."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Any

from gongkai.documents import ocr
from gongkai.documents.model import Content
from gongkai.documents.pdf_blocks import blocks_of
from gongkai.errors import UnreadableDocument

MAX_PAGES = 60
"""Pages of one picture file, or of one document, that are recognised."""
MAX_PIXELS = 120_000_000
"""Pixels of a picture as it is stored; A3 at 600 dpi has 70 million."""
PAGE_PIXELS = 24_000_000
"""Pixels of a picture as it is looked at; a page of A4 has 4 million, a long picture of a web page is made smaller."""
WIDTH, HEIGHT = 595.0, 842.0
"""A picture is as wide as a page of A4, upright or lying; what it says of its own size is not to be relied on."""

_BROKEN = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, struct.error)


def read(data: bytes) -> Content:
    """The text and tables of a picture, its pages numbered from 1.

    Raises `UnreadableDocument`: no_text (the extra is not installed), damaged, too_large.
    """
    ocr.require()
    frames = _frames(data)
    from gongkai.documents.picture_page import page_of

    pages = [page_of(frame, number) for number, frame in enumerate(frames, start=1)]
    blocks, address = blocks_of(pages)
    recognised = tuple((page.number, page.shown((0.0, 0.0, page.width, page.height))) for page in pages)
    return Content(blocks, {"url": address} if address else {}, len(pages), recognised)


def _frames(data: bytes) -> list[Any]:
    from PIL import Image, ImageOps, ImageSequence

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    frames: list[Any] = []
    try:
        with Image.open(BytesIO(data)) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise _too_large()
            for frame in ImageSequence.Iterator(opened):
                if len(frames) == MAX_PAGES:
                    raise _too_large()
                frames.append(scaled(ImageOps.exif_transpose(_on_white(frame))))
    except (*_BROKEN, Image.DecompressionBombError) as error:
        raise UnreadableDocument("damaged", "the picture is cut off or damaged: ask for it again") from error
    return frames


def _on_white(frame: Any) -> Any:
    from PIL import Image

    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        above = frame.convert("RGBA")
        below = Image.new("RGBA", above.size, "white")
        below.alpha_composite(above)
        return below.convert("RGB")
    return frame.convert("RGB")


def scaled(picture: Any) -> Any:
    """A PIL picture as rows x columns x 3 colours, at 200 dots an inch if it were as wide as a page."""
    import numpy as np
    from PIL import Image

    from gongkai.documents.picture_rules import DOTS

    width, height = picture.size
    factor = DOTS * (WIDTH if height >= width else HEIGHT) / width
    factor = min(factor, (PAGE_PIXELS / (width * height)) ** 0.5)
    size = (max(round(width * factor), 64), max(round(height * factor), 64))
    return np.asarray(picture.convert("RGB").resize(size, Image.Resampling.LANCZOS))


def _too_large() -> UnreadableDocument:
    return UnreadableDocument(
        "too_large", f"a picture of more than {MAX_PAGES} pages or {MAX_PIXELS // 10**6} million pixels: divide it"
    )
