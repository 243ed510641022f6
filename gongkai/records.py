"""What is read from a document: reports, their figures with evidence, doubts about the reading, findings.

These records are the contract between parsing, checks, the store and `parse --json` (gongkai/report_json.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gongkai.documents.model import Box


class Status(StrEnum):
    """Missing is not zero: what stands where a figure is expected."""

    REPORTED = "reported"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"
    ABSENT = "absent"


class Method(StrEnum):
    """How a figure came in: read from a statutory table, from a sentence, or imported from a sheet."""

    TABLE = "table"
    NARRATIVE = "narrative"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a figure stands.

    Narrative: `block`, `start`, `end` are code points of that block's text, and `quote` is exactly text[start:end].
    Table: `block`, `table` (counted in the document), `row`, `column` of the block's grid; `quote` is the cell's text.
    `page` (from 1) and `box` are given for PDF. Imported: `row` (line of the sheet, header is 1) and `url`.
    """

    quote: str
    block: int | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    box: Box | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class AuthorCandidate:
    """A name that may be the author's, as printed (without blanks), and where it stands. `role` is of AUTHOR_ROLES
    (gongkai/parsing/metadata_model.py)."""

    name: str
    role: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Figure:
    """One statement of a report. `value` is in the catalogue's unit (data/metrics.csv), null unless reported.

    `unit` is as printed; `approximate` says 余, 约, 近, 多; `scope` (organ, whole) only where the sentence or table
    names it itself. `confidence` is 0-1; below `CONFIDENT` the figure carries a doubt and stays out of comparisons.
    """

    metric: str
    value: float | None
    method: Method
    evidence: Evidence
    applicant: str = "all"
    status: Status = Status.REPORTED
    unit: str | None = None
    approximate: bool = False
    scope: str | None = None
    confidence: float = 1.0


CONFIDENT = 0.8
"""From this confidence on a figure is used without a person's confirmation."""


DOUBTS = (
    "cell_unreadable",
    "placement_uncertain",
    "values_unplaced",
    "year_uncertain",
    "agency_uncertain",
    "year_or_count",
    "cumulative_or_year",
    "several_values",
    "recognised",
    "picture_unread",
)
"""Why a reading may be in doubt: of a table's cell or row, of the report's year or author, of a sentence's figure."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt about *our reading* (never the unit's mistake): which figures, and why. `reason` is one of DOUBTS.

    `detail` is numbers and words of the document; that of year_uncertain and agency_uncertain is a code of
    data/check_reasons.csv, with the words behind a colon (`coded`).
    """

    reason: str
    detail: str
    metrics: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def coded(self) -> tuple[str, str]:
        """The code in `detail` and the words behind it ("" where there are none)."""
        return coded(self.detail)


def coded(detail: str) -> tuple[str, str]:
    """Split "no_place: 教育局" into its code and the document's words; "" for words that are not there."""
    code, _, words = detail.partition(": ")
    return code, words


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found. `check` and severity are those of data/checks.csv. `doubtful` findings never go out."""

    check: str
    severity: str
    metrics: tuple[str, ...] = ()
    expected: str | None = None
    found: str | None = None
    detail: dict[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class UnmappedRow:
    """A row with numbers, in or beside a statutory table, that no label of the form names: kept, never guessed."""

    label: str
    values: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a report as it is compared with other reports': `masked` has no names and no figures.

    `section` is the place of its section in the form (0 first), -1 in front of the first, -2 for a heading or label,
    null where there are none; `block`, `start`, `end` are as in Evidence. `digest` is of the words as printed (without
    blanks), 63 bits.
    """

    section: int | None
    block: int
    start: int
    end: int
    masked: str
    digest: int


@dataclass(frozen=True, slots=True)
class Report:
    """One report as submitted. Null is "the report does not say".

    period, kind, stage and scope are those of gongkai/catalogue/vocabulary.py; regime: 2021, 2019, 2014. `ordinal`
    counts the reports of one document (0 first). `sources` says, for each field of metadata, the words it was read
    from.
    """

    source: str
    sha256: str
    ordinal: int = 0
    agency: str | None = None
    agency_as_printed: str | None = None
    publisher: str | None = None
    year: int | None = None
    period: str = "year"
    kind: str = "annual_report"
    stage: str | None = None
    scope: str | None = None
    regime: str | None = None
    province: str | None = None
    city: str | None = None
    published_on: date | None = None
    signed_on: date | None = None
    url: str | None = None
    title: str | None = None
    listed: bool = False
    """A line of a list that somebody keeps on several units: no version of the unit's own report."""
    secondary_source: bool = False
    sources: dict[str, Evidence] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unmapped: tuple[UnmappedRow, ...] = ()
    passages: tuple[Passage, ...] = ()
    """Its sentences, for comparisons with other reports; not part of what is printed."""
    authors: tuple[AuthorCandidate, ...] = ()
    """Everybody who may be the author, where that is in doubt."""


STATED_FIELDS = (
    "title",
    "agency",
    "publisher",
    "year",
    "period",
    "kind",
    "stage",
    "scope",
    "regime",
    "province",
    "city",
    "published_on",
    "signed_on",
    "url",
)
"""What a report says of itself, in the order in which it is shown; each may have its words in `sources`."""

PLAIN_FIELDS = ("source", "sha256", "ordinal", *STATED_FIELDS, "agency_as_printed", "secondary_source", "listed")
"""The fields of a report that are one value each."""
