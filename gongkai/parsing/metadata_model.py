"""What `read_metadata` returns: what a report says of itself, and where it says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gongkai.records import AuthorCandidate, Doubt, Evidence

__all__ = ["AUTHOR_ROLES", "AuthorCandidate", "Metadata"]

AUTHOR_ROLES = (
    "title",
    "announced",
    "signature",
    "compiled_by",
    "publisher",
    "heading",
    "subject",
    "contact",
    "text",
    "source",
    "site",
    "file",
    "path",
)
"""Where an author's name may stand, the most trusted first.

title: the report's title. announced: 现公布…2023年政府信息公开工作年度报告. signature: beside the date at its end.
compiled_by: 本报告由…编制. publisher: 发布机构 of the page. heading: a line of its own above the text. subject: who
acts in the first sentences. contact: 请与…联系. text: anywhere in the sentences, where a short name is printed in full.
source: 来源 of the page. site: whose web site it is. file: the name of the file or the title in its properties.
path: the folders in which people keep the file.
"""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a report says of itself. Null is "it does not say"; `sources` gives the words for each field by its name.

    `authors` are in order of trust. A year that is blanked out or contradicted is null, with the doubt
    `year_uncertain`. `published_on` is null on document-sharing sites: theirs is the date of the upload.
    """

    title: str | None = None
    year: int | None = None
    period: str = "year"
    kind: str = "annual_report"
    stage: str | None = None
    published_on: date | None = None
    signed_on: date | None = None
    url: str | None = None
    publisher: str | None = None
    secondary_source: bool = False
    authors: tuple[AuthorCandidate, ...] = ()
    sources: dict[str, Evidence] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
