"""Numbers of central documents that a report quotes wrongly: never issued, outdated, or another document's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from gongkai.catalogue.references import Document, Quoted, documents, numbers_of, quoted_numbers
from gongkai.checks.findings import finding
from gongkai.checks.words import MOST, Words
from gongkai.records import Finding, Report

_TITLE = re.compile(r"[《〈]([^《》\n]{4,90})》(?:的通知|的意见)?（?$")
_TITLE_REACH = 110
_SUBJECT = re.compile(r"信息公开|年度报告|处理费|本报告|编制")
_HISTORY = re.compile(r"(?:原|旧|修订前的?)(?:《[^》\n]{0,30}》)?[（]?$")
_REVISED = 60
"""Within so many characters behind an outdated number its successor may stand: 492号公布, 711号修订."""


def check_references(report: Report, words: Words) -> Iterator[Finding]:
    """Warnings of wrong_reference. Brackets, blanks and the width of digits are typography and no fault."""
    quoted = list(islice(quoted_numbers(words.text), MOST * 4))
    for place, one in enumerate(quoted):
        title = _TITLE.search(words.before(one.start, _TITLE_REACH))
        judged = _judge(report, words, one, quoted[place + 1 :], title[1] if title else None)
        if judged:
            reason, right = judged
            evidence = words.evidence(one.start, one.end)
            yield finding("wrong_reference", reason=reason, expected=right, found=one.number, evidence=[evidence])


def _judge(report: Report, words: Words, one: Quoted, later: list[Quoted], title: str | None) -> tuple[str, str] | None:
    """(reason, the right number) of a wrong quotation, else null."""
    known = documents().get(one.number)
    right = numbers_of(title) if title else ()
    if right and one.number not in right:
        return "other_document", right[0]
    if known is None or known.right is None:
        return None
    if known.until is None:
        # Under its own title the number may be another document's.
        return ("never_issued", known.right) if title is None or _SUBJECT.search(title) else None
    if report.year is None or report.year <= known.until or _told_as_past(words, one, known, later):
        return None
    return "outdated", known.right


def _told_as_past(words: Words, one: Quoted, known: Document, later: list[Quoted]) -> bool:
    """Whether the successor follows (国务院令第492号公布，国务院令第711号修订), or it is called the old one."""
    line = words.line_of(one.start)
    follows = any(
        other.number == known.right and other.start - one.end <= _REVISED and words.line_of(other.start) == line
        for other in later[:2]
    )
    return follows or _HISTORY.search(words.before(one.start, 40)) is not None
