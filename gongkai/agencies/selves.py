"""What a report calls the body that wrote it (我局, 我镇): a check on names that stand only beside the report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from gongkai.agencies.naming import clean
from gongkai.documents.model import Document
from gongkai.parsing.metadata_model import AuthorCandidate

_SELF = re.compile(r"[我本](局|厅|委(?!员|托)|镇|乡(?!镇|村)|街道|苏木|校(?!区)|医院|公司)")
_ENDS = {
    "局": r"局(?:[（(].*)?$|(?:分局|大队|支队|总队|大队|所|公安.*)$",
    "厅": r"厅$",
    "委": r"(?:委|委员会|管委会)(?:[（(].*)?$",
    **dict.fromkeys(
        # A township that was a 乡 often calls itself so still.
        ("镇", "乡", "街道", "苏木"),
        r"(?:镇|乡|街道|苏木)(?:人民政府|政府|办事处)?(?:党.*|综合.*)?$|办事处$",
    ),
    "校": r"(?:学校|大学|学院|中学|小学|校)$",
    "医院": r"(?:医院|卫生院)$",
    "公司": r"(?:公司|集团)$",
}
"""How the name of a body ends that speaks of itself so."""
_BESIDE = frozenset({"publisher", "source", "heading", "contact", "subject", "text", "file", "site"})
"""Where a name may be another's than the author's. Titles, signatures and 由…编制 name the author."""


def self_word(candidate: AuthorCandidate, name: str, document: Document) -> str | None:
    """The word by which the text most often calls its author (我镇), where `name`, known only from beside the report
    (its page, its contact), cannot be called so; else null."""
    word = _called(document)
    return None if word is None or _fits(candidate, name, word) else word


def fitting(authors: Sequence[AuthorCandidate], document: Document) -> Sequence[AuthorCandidate]:
    """The candidates without those from beside the report that do not fit its word for itself; all where none fits."""
    word = _called(document)
    if word is None:
        return authors
    return [one for one in authors if _fits(one, one.name, word)] or authors


def _called(document: Document) -> str | None:
    counted = Counter(match[0] for block in document.blocks for match in _SELF.finditer(block.text))
    return min(counted, key=lambda one: (-counted[one], one)) if counted else None


def _fits(candidate: AuthorCandidate, name: str, word: str) -> bool:
    return candidate.role not in _BESIDE or re.search(_ENDS[word[1:]], clean(name)) is not None
