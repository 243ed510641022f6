"""changed_after_publication, differs_from_approved and duplicate_report: the versions of one report side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

import pandas as pd

from gongkai.checks.across.model import CellRef, CrossFinding, cross_finding, records

Row = dict[str, Any]
_REPORT = ["unit", "year", "scope"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions that should say the same: the check that asks, the earlier and the later one (rows of the frame)."""

    check: str
    before: Row
    after: Row

    @property
    def reports(self) -> tuple[str, str]:
        """The ids of both."""
        return str(self.before["report"]), str(self.after["report"])


@dataclass(frozen=True, slots=True)
class Difference:
    """How two versions differ: cells (metric, applicant) with other figures, whether the wording does; `doubtful`
    where a side rests on a reading in doubt."""

    cells: tuple[tuple[str, str], ...] = ()
    text: bool = False
    doubtful: bool = False

    @property
    def reason(self) -> str | None:
        """The code of what differs; null where nothing does (only our reading of two formats)."""
        if self.cells:
            return "figures_and_text" if self.text else "figures"
        return "text" if self.text else None


def _reports(versions: pd.DataFrame) -> Iterator[list[Row]]:
    """The versions of each report of which there is more than one, in the order in which they came."""
    many = versions[versions.duplicated(_REPORT, keep=False)].sort_values(_REPORT, kind="stable")
    for _, rows in groupby(records(many), key=itemgetter(*_REPORT)):
        yield sorted(rows, key=_order)


def version_pairs(versions: pd.DataFrame) -> list[Pair]:
    """The versions that should say the same and whose digests differ: they have to be compared.

    `versions` is one row per version: unit, year, scope, report, stage (null: not known), received_on, published_on,
    figures (a digest of its tables' figures), text (a digest of its sentences), doubted. What was published should be
    what was approved (any of the approved versions), and stay as it is; an announced correction (更正稿) may differ.
    """
    found: list[Pair] = []
    for ordered in _reports(versions):
        approved = [row for row in ordered if row["stage"] == "approved"]
        published = [row for row in ordered if row["stage"] == "published"]
        if approved and published and not any(_same(row, published[0]) for row in approved):
            found.append(Pair("differs_from_approved", approved[-1], published[0]))
        for before, after in pairwise(published):
            # Two copies that came at once are two copies; a change has a before and an after.
            if not _same(before, after) and _order(before)[:2] != _order(after)[:2]:
                found.append(Pair("changed_after_publication", before, after))
    return found


def check_versions(
    versions: pd.DataFrame, pairs: Sequence[Pair], differences: Mapping[tuple[str, str], Difference]
) -> Iterator[CrossFinding]:
    """Warnings of changed_after_publication and differs_from_approved, notices of duplicate_report.

    `pairs` are those of `version_pairs`, `differences` what comparing the two reports of each came to. The later
    version is told; the approved one stands, then the later received.
    """
    told: set[frozenset[str]] = set()
    for pair in pairs:
        told.add(frozenset(pair.reports))
        difference = differences[pair.reports]
        if difference.reason is not None:
            yield _changed(pair, difference, difference.reason)
    for ordered in _reports(versions):
        yield from _duplicates(ordered, told)


def _order(row: Row) -> tuple[str, str, str]:
    return str(row["published_on"] or ""), str(row["received_on"] or ""), str(row["report"])


def _same(one: Row, other: Row) -> bool:
    return bool(one["figures"] == other["figures"] and one["text"] == other["text"])


def _changed(pair: Pair, difference: Difference, reason: str) -> CrossFinding:
    before, after = pair.before, pair.after
    unit, year, scope = str(after["unit"]), int(after["year"]), str(after["scope"])
    return cross_finding(
        pair.check,
        unit,
        year,
        reason=reason,
        metrics=[metric for metric, _ in difference.cells],
        applicant=difference.cells[0][1] if len(difference.cells) == 1 else None,
        doubtful=before["doubted"] or after["doubted"] or difference.doubtful,
        report=after["report"],
        other_report=before["report"],
        cells=[
            CellRef(side, unit, year, scope, metric, applicant, report=str(row["report"]))
            for metric, applicant in difference.cells
            for side, row in (("this", after), ("other", before))
        ],
    )


def _duplicates(ordered: Sequence[Row], told: set[frozenset[str]]) -> Iterator[CrossFinding]:
    """The same content twice in one stage, or two versions of one stage that nothing tells apart. (A draft that came
    again on another day was sent back in between, and one that is approved as it was is no copy.)"""
    for stage in dict.fromkeys(row["stage"] for row in ordered):
        for before, after in pairwise(row for row in ordered if row["stage"] == stage):
            same = _same(before, after)
            at_once = _order(before)[:2] == _order(after)[:2]
            if frozenset((str(before["report"]), str(after["report"]))) in told:
                continue
            if same or stage == "approved" or at_once:
                yield cross_finding(
                    "duplicate_report",
                    after["unit"],
                    after["year"],
                    reason="same_content" if same else "same_stage",
                    detail={"stage": stage},
                    doubtful=before["doubted"] or after["doubted"],
                    report=after["report"],
                    other_report=before["report"],
                )
