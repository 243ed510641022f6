"""Which labels of the statutory forms a printed text may be: all forms' labels compared at once, through an index.

A report has hundreds of texts and the forms some two hundred labels. Most pairs share too few characters to be alike;
an index from characters to labels finds the others, so that only these are compared (gongkai/parsing/labels.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from gongkai.catalogue.forms import forms
from gongkai.parsing.labels import LONGEST, NEAR, WHOLE, bare, bare_without_remark, likeness

BEHIND_GROUP = 0.97
"""Likeness of a row's own label behind its group's: （六）其他处理3.其他. Surer than the beginning of another label."""

_NOTHING: Mapping[str, float] = {}


def best_likeness(printed: str, labels: tuple[str, ...]) -> float:
    """The greatest likeness of `printed` to any of `labels`, which are labels of the forms; 0 below a near match."""
    alike = alike_labels(printed)
    return max([alike.get(label, 0.0) for label in labels], default=0.0) if alike else 0.0


def alike_labels(printed: str) -> Mapping[str, float]:
    """The forms' labels that `printed` may be, each with its likeness (at least NEAR); none for a text too long."""
    return _alike(printed) if len(printed) <= LONGEST else _NOTHING


@lru_cache(maxsize=50_000)
def whole_labels(printed: str) -> frozenset[str]:
    """The forms' labels that `printed` is, letter by letter."""
    return frozenset(label for label, value in alike_labels(printed).items() if value >= WHOLE)


def is_label(printed: str) -> bool:
    """Whether a text is a label of the forms but for blanks, numbering and remarks; much faster than a comparison."""
    return len(printed) <= LONGEST and not _bare_labels().isdisjoint((bare(printed), bare_without_remark(printed)))


def is_whole_label(printed: str) -> bool:
    """Whether a text is a label of the forms to its last letter, a remark behind it and all; or without its group's."""
    if len(printed) > LONGEST:
        return False
    text = bare(printed)
    return text in _full_labels() or any(
        text.removeprefix(group) in _full_labels() for group in _groups() if text.startswith(group)
    )


@cache
def _full_labels() -> frozenset[str]:
    return frozenset(bare(label) for label in _all_labels()) - {""}


@cache
def _bare_labels() -> frozenset[str]:
    return frozenset(text for label in _all_labels() for text in (bare(label), bare_without_remark(label)) if text)


@lru_cache(maxsize=50_000)
def _alike(printed: str) -> Mapping[str, float]:
    found = _compared(printed)
    text = bare(printed)
    for group in _groups():
        if text.startswith(group) and len(text) > len(group):
            for label, value in _compared(text.removeprefix(group)).items():
                found[label] = max(found.get(label, 0.0), min(value, BEHIND_GROUP))
    return found or _NOTHING


def _compared(printed: str) -> dict[str, float]:
    texts = {bare(printed), bare_without_remark(printed)} - {""}
    labels, least, postings = _index()
    candidates: set[int] = set()
    for text in texts:
        shared: dict[int, int] = {}
        for character in text:
            for number in postings.get(character, ()):
                shared[number] = shared.get(number, 0) + 1
        candidates.update(number for number, count in shared.items() if count >= least[number])
    found = {}
    for number in sorted(candidates):
        value = likeness(printed, labels[number])
        if value >= NEAR:
            found[labels[number]] = value
    return found


@cache
def _index() -> tuple[tuple[str, ...], tuple[int, ...], Mapping[str, tuple[int, ...]]]:
    """All labels; how many characters of each a text must at least have to be alike; the labels by character."""
    labels = tuple(dict.fromkeys(_all_labels()))
    bares = [{bare(label), bare_without_remark(label)} - {""} for label in labels]
    # A near match has 2 x common >= NEAR x (both lengths), and common is no more than the text's length.
    least = tuple(
        min((int(NEAR * len(text) / (2 - NEAR)) or 1 for text in texts), default=LONGEST + 1) for texts in bares
    )
    postings: dict[str, list[int]] = {}
    for number, texts in enumerate(bares):
        for character in sorted(set().union(*texts)):
            postings.setdefault(character, []).append(number)
    return labels, least, {character: tuple(numbers) for character, numbers in postings.items()}


def _all_labels() -> Iterator[str]:
    for form in forms().values():
        for table in form.tables:
            for row in table.rows:
                yield from row.labels
                if row.group:
                    yield row.group
                for column in row.columns:
                    yield from (*column.labels, *column.block)


@cache
def _groups() -> tuple[str, ...]:
    groups = (bare(row.group) for form in forms().values() for table in form.tables for row in table.rows if row.group)
    return tuple(dict.fromkeys(groups))
