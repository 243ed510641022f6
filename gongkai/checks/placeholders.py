"""What a template left behind: signs that stand for a number or a name, numbers left out, instructions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from gongkai.catalogue.check_words import check_words
from gongkai.checks.findings import finding
from gongkai.checks.words import LONGEST, LOOKED_AT, MOST, Words
from gongkai.parsing.spans import evidence
from gongkai.records import Evidence, Finding

_BEFORE = 16
"""Characters in front of a sign that may tell it for masking."""


def check_placeholders(words: Words) -> Iterator[Finding]:
    """Warnings of placeholder_left, each place once.

    Masking is no fault: a name, a case or a number that a report hides on purpose (某XX公司, “XX行动”, 340***1234) is
    told by the words around it. A sign counts where it stands for a number before its unit, for a date, for a unit.
    """
    taken: set[tuple[int, int]] = set()
    for placeholder in check_words().placeholders:
        if not any(word in words.text for word in placeholder.any):
            continue
        for match in words.find(placeholder.pattern, LOOKED_AT):
            if placeholder.spared and placeholder.spared.search(words.before(match.start(), _BEFORE)):
                continue
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.add(match.span())
            place = words.evidence(*match.span())
            yield finding("placeholder_left", reason=placeholder.reason, found=place.quote, evidence=[place])
    for place in islice(_holes(words), MOST):
        yield finding("placeholder_left", reason="blank", found=" ".join(place.quote.split()), evidence=[place])


def _holes(words: Words) -> Iterator[Evidence]:
    """Numbers left out, told by blanks of the text as printed: wide ones, or single ones that a paragraph repeats."""
    hole = check_words().hole
    for line in words.lines:
        printed = line.block.text[:LONGEST]
        if len(printed) == len(line.text):
            continue
        found = list(islice(hole.pattern.finditer(printed), MOST))
        narrow = list(islice(hole.single.finditer(printed), MOST))
        if len(narrow) > 1:
            found += narrow
        for match in sorted(found, key=lambda one: one.span()):
            yield evidence(line.block, *match.span())
