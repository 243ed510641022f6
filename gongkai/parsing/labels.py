"""Compare the label that a report prints with the label of the form: spacing, numbering and misprints set aside."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

NEAR = 0.72
"""From this likeness on (0-1) a printed label is taken for a misprint of the form's."""

EXACT = 0.949
"""Likeness from which on a label is the form's own; below, it was taken for a misprint."""

WHOLE = 0.999
"""Likeness of the form's own label, letter by letter."""

LONGEST = 120
"""Characters; the longest label of the forms has 52."""

_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十]+[、.．,，:：项)]|[(\[【〔][^)\]】〕]{0,3}[)\]】〕]|其中[:：,，]?|\d{1,2}[、.．)]|[①-⑳])+"
)
_REMARK = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]?[^\u3400-\u9fff]*$")
_KEPT = re.compile(r"[^\u3400-\u9fff\u3007]")


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """The label without white space, numbering, punctuation, digits and Latin letters: what is compared."""
    squeezed = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return _KEPT.sub("", _NUMBERING.sub("", squeezed))


@lru_cache(maxsize=20_000)
def bare_without_remark(text: str) -> str:
    """As `bare`, and without a remark in brackets behind the label (区分处理的，只计这一情形; 单位：万元)."""
    squeezed = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return _KEPT.sub("", _REMARK.sub("", _NUMBERING.sub("", squeezed)))


@lru_cache(maxsize=100_000)
def likeness(printed: str, label: str) -> float:
    """How far `printed` is the form's `label`: 1 the same, 0.95 the same behind a merged group label, 0 not at all."""
    short, full = bare_without_remark(label), bare(label)
    texts = {bare(printed), bare_without_remark(printed)} - {""}
    if not short or not texts:
        return 0.0
    if not texts.isdisjoint((short, full)):
        return 1.0
    # Two or three characters are too few to be told from a misprint of something else.
    if len(short) < 4:
        return 0.0
    if any(text.endswith((short, full)) or text.startswith(short) for text in texts):
        return 0.95
    return max(_ratio(text, target) for text in texts for target in {short, full})


def _ratio(text: str, target: str) -> float:
    """Ratcliff-Obershelp likeness, a little less than 1; 0 where the letters in common rule out a near match."""
    common = sum((Counter(text) & Counter(target)).values())
    if 2 * common < NEAR * (len(text) + len(target)):
        return 0.0
    return SequenceMatcher(None, text, target, autojunk=False).ratio() * 0.94
