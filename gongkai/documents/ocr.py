"""Text in pictures, by RapidOCR (Apache 2.0): an optional extra, `make setup-ocr`.

Its models come inside its package and are named by path, so nothing is fetched. One thread for each process: files are
read side by side anyway, and the same picture gives the same text on every machine.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.documents import patience
from gongkai.errors import UnreadableDocument

MISSING = (
    "text recognition (OCR) is not installed here: install it with `make setup-ocr`, "
    "or give the Word file that this was made from"
)
SECONDS_PER_PICTURE = 120.0
"""Time that a page may take on top; it takes 5 to 10 s, many times that on a machine that is busy with other things."""
MEMORY = 4 * 1024**3
"""Bytes of address space on top; measured 1.2 GB in use."""
LEAST_SCORE = 0.5
"""A character with a lower score is taken for one that cannot be read."""

_MODELS = {
    "Det.model_path": "PP-OCRv6_det_small.onnx",
    "Rec.model_path": "PP-OCRv6_rec_small.onnx",
    "Cls.model_path": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A recognised character: its score (0-1) and its left and right edge in pixels."""

    text: str
    score: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Words:
    """A recognised line, or a part of one: its upright box in pixels, its marks, and whether it stands on end."""

    left: float
    top: float
    right: float
    bottom: float
    marks: tuple[Mark, ...]
    on_end: bool = False

    @property
    def score(self) -> float:
        """The mean score of its marks."""
        return sum(mark.score for mark in self.marks) / len(self.marks)


def available() -> bool:
    """Whether text can be recognised here."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def require() -> None:
    """Raise UnreadableDocument (no_text), saying what to install, where text cannot be recognised."""
    if not available():
        raise UnreadableDocument("no_text", f"there are only pictures in it, and {MISSING}")


def recognise(picture: Any) -> list[Words]:
    """The words of a picture (rows x columns x 3 colours, 8 bits), in no particular order."""
    patience.ask(SECONDS_PER_PICTURE, MEMORY)
    found = _engine()(picture, use_cls=False)
    if found.boxes is None or found.word_results is None:
        return []
    words = []
    for box, line in zip(found.boxes, found.word_results, strict=True):
        marks = tuple(
            Mark(text, float(score), float(min(x for x, _ in corners)), float(max(x for x, _ in corners)))
            for text, score, corners in line
            if text.strip()
        )
        if not marks:
            continue
        xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
        left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
        words.append(Words(left, top, right, bottom, marks, len(marks) > 1 and bottom - top > 1.5 * (right - left)))
    return words


def recognise_line(picture: Any) -> tuple[Mark, ...]:
    """The marks of a picture that holds a single line, edges in its pixels; none where nothing is recognised."""
    found = _engine().recognize_txt([picture])
    if not found.txts or not found.txts[0].strip():
        return ()
    text = "".join(found.txts[0].split())
    width = picture.shape[1] / len(text)
    score = float(found.scores[0])
    return tuple(Mark(mark, score, place * width, (place + 1) * width) for place, mark in enumerate(text))


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    folder = files("rapidocr") / "models"
    parameters: dict[str, Any] = {name: str(folder / file) for name, file in _MODELS.items()}
    parameters |= {
        "Global.log_level": "critical",
        "Global.text_score": 0.0,
        "Global.max_side_len": 100_000,
        "Global.return_word_box": True,
        "Global.return_single_char_box": True,
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    return RapidOCR(params=parameters)
