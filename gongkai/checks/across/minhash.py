"""Which texts may be alike: MinHash over shingles of characters, in numpy.

One permutation (Li, Owen and Zhang, NIPS 2012), bins that stayed empty filled from the next one (Shrivastava and Li,
UAI 2014): one hash per shingle instead of one per shingle and bin. The share of equal bins estimates the Jaccard
likeness of two sets of shingles. It only proposes pairs; what they have in common is looked at precisely afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BINS = 64
_BITS = np.uint64(6)
BAND = 4
"""Rows of a band: two texts are proposed where all rows of one band agree; with 16 bands half of the pairs with a
likeness of 0.45 are, and 99 in 100 of those with 0.75."""
SHINGLE = 4
"""Characters of a shingle: two words of Chinese."""

_EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)
_SHIFT = np.uint64(0x9E3779B97F4A7C15)
_FACTOR = np.uint64(0x100000001B3)
Signatures = NDArray[np.uint64]


def signatures(texts: Sequence[str]) -> Signatures:
    """An array of texts × BINS. A text shorter than a shingle has a signature of its own."""
    parts, part, size = [np.empty((0, BINS), dtype=np.uint64)], list[str](), 0
    for text in texts:
        part.append(text)
        size += len(text)
        if size > _AT_ONCE:
            parts.append(_signed(part))
            part, size = [], 0
    signed = np.concatenate([*parts, _signed(part)]) if part else np.concatenate(parts)
    short = (signed == _EMPTY).all(axis=1)
    signed[short] = np.flatnonzero(short).astype(np.uint64)[:, None] + _SHIFT
    return _densified(signed)


_AT_ONCE = 100_000
"""Characters that are hashed at once: what the processor's cache holds, twice as fast as ten times as many."""


def _signed(texts: Sequence[str]) -> Signatures:
    """The smallest hash of each bin's shingles; _EMPTY in bins without any."""
    result = np.full(len(texts) * BINS, _EMPTY, dtype=np.uint64)
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    count = len(codes) - SHINGLE + 1
    if count > 0:
        within = owner[:count] == owner[SHINGLE - 1 :]
        hashed = np.zeros(count, dtype=np.uint64)
        for offset in range(SHINGLE):
            hashed = hashed * _FACTOR + codes[offset : offset + count]
        hashed = _mixed(hashed + _SHIFT)[within]
        place = owner[:count][within] * BINS + (hashed & np.uint64(BINS - 1)).astype(np.int64)
        np.minimum.at(result, place, hashed >> _BITS)
    return result.reshape(len(texts), BINS)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """splitmix64's finaliser (Steele, Lea and Flood, OOPSLA 2014): every bit depends on every other."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint64] = values ^ (values >> np.uint64(31))
    return mixed


def _densified(signed: Signatures) -> Signatures:
    """Empty bins take the next one that is not, changed by how far it is."""
    for step in range(1, BINS):
        empty = signed == _EMPTY
        if not empty.any():
            break
        # Only bins that were filled by shingles are lent, one step further each time.
        source = np.roll(signed, -1, axis=1)
        away = np.uint64(int(_SHIFT) * step % 2**64)
        filled = np.where(source == _EMPTY, _EMPTY, source + away)
        signed = np.where(empty, filled, signed)
    return signed


def likeness(
    one: Signatures, left: NDArray[np.int64], other: Signatures, right: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The estimated likeness of each pair: the rows `left` of one and `right` of the other."""
    shares = [np.empty(0)]
    for start in range(0, len(left), _ROWS):
        part = slice(start, start + _ROWS)
        shares.append((one[left[part]] == other[right[part]]).mean(axis=1))
    return np.concatenate(shares)


_ROWS = 10_000
"""Pairs that are compared at once: bounds the memory."""


def pairs(signed: Signatures, crowd: int) -> NDArray[np.int64]:
    """The pairs (i, j), i < j, that some band proposes, each once, in order. A band in which more than `crowd` texts
    agree proposes none: they follow one template."""
    found = [np.empty(0, dtype=np.int64)]
    for first in range(0, BINS, BAND):
        keys = np.zeros(len(signed), dtype=np.uint64)
        for column in range(first, first + BAND):
            keys = _mixed(keys + signed[:, column] + _SHIFT)
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        _, group, sizes = np.unique(ordered, return_inverse=True, return_counts=True)
        order = order[sizes[group] <= crowd]
        ordered = keys[order]
        # Texts that agree stand together, the first of them before the others.
        for away in range(1, crowd):
            agree = ordered[away:] == ordered[:-away]
            if not agree.any():
                break
            found.append(np.unique(order[:-away][agree] * len(signed) + order[away:][agree]))
    together = np.unique(np.concatenate(found))
    return np.stack(np.divmod(together, max(len(signed), 1)), axis=1)
