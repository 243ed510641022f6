"""Which sentence of one version of a text is which of another, wherever it stands and however paragraphs are cut.

Passes, each over what the last one left: the same words, in the order in which they come; some pieces in a row that are
one of the other side (a page break cut a sentence in two); the best pairs by likeness (normalised indel similarity).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

ALIKE = 0.5
"""From this likeness on two sentences are two wordings of one; below, one went and another came."""

_JOINED = 6
"""So many pieces of one version may be one sentence of the other."""

_WINDOW = 600
"""In a very long text a sentence is looked for among so many on either side of its place."""


class Pairs:
    """The pairs of two lists of sentences (folded, see changed_words.folded).

    `partner` gives the earlier place of a later sentence, `home` the later place of an earlier one; of a sentence that
    was cut, all pieces have the same. `joined` are the later places whose words are the same though cut elsewhere.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.old, self.new = old, new
        self.partner: dict[int, int] = {}
        self.home: dict[int, int] = {}
        self.joined: set[int] = set()
        self._same()
        self._join()
        self._alike()

    def unchanged(self, place: int) -> bool:
        """Whether the later sentence at `place` stands in the earlier version word by word."""
        return place in self.joined or (place in self.partner and self.old[self.partner[place]] == self.new[place])

    def steady(self) -> set[int]:
        """The later places of the longest run of pairs that stand in the same order in both (patience sorting)."""
        ends: list[int] = []
        last: list[int] = []
        previous: dict[int, int | None] = {}
        for place in sorted(self.partner):
            at = bisect_left(ends, self.partner[place])
            # Pieces of one sentence share their place, and stand in order.
            if at < len(ends) and ends[at] == self.partner[place] and place in self.joined:
                at += 1
            previous[place] = last[at - 1] if at else None
            if at == len(ends):
                ends.append(self.partner[place])
                last.append(place)
            else:
                ends[at], last[at] = self.partner[place], place
        found: set[int] = set()
        step = last[-1] if last else None
        while step is not None:
            found.add(step)
            step = previous[step]
        return found

    def _pair(self, left: int, right: int) -> None:
        self.partner[right], self.home[left] = left, right

    def _same(self) -> None:
        places: dict[str, list[int]] = defaultdict(list)
        for place in reversed(range(len(self.old))):
            places[self.old[place]].append(place)
        for place, text in enumerate(self.new):
            if places[text]:
                self._pair(places[text].pop(), place)

    def _join(self) -> None:
        lone = {self.new[place]: place for place in reversed(self._open_new())}
        for start, end, one in _rows(self.old, self._open_old(), lone):
            self.partner[one] = start
            self.home.update(dict.fromkeys(range(start, end), one))
            self.joined.add(one)
        lone = {self.old[place]: place for place in reversed(self._open_old())}
        for start, end, one in _rows(self.new, self._open_new(), lone):
            self.home[one] = start
            self.partner.update(dict.fromkeys(range(start, end), one))
            self.joined.update(range(start, end))

    def _alike(self) -> None:
        found = sorted(
            (-score, abs(left / max(len(self.old), 1) - right / max(len(self.new), 1)), right, left)
            for score, left, right in _scores(self.old, self.new, self._open_old(), self._open_new())
        )
        for _, _, right, left in found:
            if right not in self.partner and left not in self.home:
                self._pair(left, right)

    def _open_old(self) -> list[int]:
        return [place for place in range(len(self.old)) if place not in self.home]

    def _open_new(self) -> list[int]:
        return [place for place in range(len(self.new)) if place not in self.partner]


def _rows(texts: Sequence[str], open_: Sequence[int], whole: dict[str, int]) -> Iterator[tuple[int, int, int]]:
    """Runs [start, end) of two or more open pieces that are, joined, one of `whole`, and which; each is used once."""
    free = set(open_)
    used: set[int] = set()
    for start in open_:
        if start not in free:
            continue
        text = texts[start]
        for end in range(start + 1, start + _JOINED):
            if end not in free:
                break
            text += texts[end]
            one = whole.get(text)
            if one is not None and one not in used:
                free -= set(range(start, end + 1))
                used.add(one)
                yield start, end + 1, one
                break


def _scores(
    old: Sequence[str], new: Sequence[str], rows: Sequence[int], columns: Sequence[int]
) -> Iterator[tuple[float, int, int]]:
    """The likeness of the open sentences of both sides near each other's place, from ALIKE on."""
    for start in range(0, len(rows), _WINDOW):
        chunk = rows[start : start + _WINDOW]
        middle = (start + len(chunk) // 2) * len(columns) // len(rows)
        near = columns[max(0, middle - _WINDOW) : middle + _WINDOW]
        if not near:
            continue
        likeness = cdist(
            [old[place] for place in chunk],
            [new[place] for place in near],
            scorer=Indel.normalized_similarity,
            score_cutoff=ALIKE,
            dtype=np.float32,
        )
        for row, column in zip(*np.nonzero(likeness), strict=True):
            yield float(likeness[row, column]), chunk[row], near[column]
