"""The words of findings and doubts in the session's language; gongkai/exports/finding_words.py has them."""

from __future__ import annotations

from typing import Any

from gongkai.exports import finding_words as words
from gongkai.ui.messages import language


def finding_title(code: str) -> str:
    """The check's title; the code of a check that the catalogue does not know."""
    return words.finding_title(code, language())


def finding_rule(code: str) -> str:
    """The rule that the check rests on; the code of an unknown one."""
    return words.finding_rule(code)


def finding_words(row: dict[str, Any]) -> list[str]:
    """The sentences about a row of the query report_findings, the check's explanation first."""
    return words.finding_words(row, language())


def finding_particulars(row: dict[str, Any]) -> list[str]:
    """What those sentences say of this very finding, without the check's explanation."""
    return words.finding_particulars(row, language())


def doubt_words(reason: str, detail: object) -> str:
    """What the detail of a doubt says."""
    return words.doubt_words(reason, detail, language())
