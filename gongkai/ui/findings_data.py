"""Findings as the pages show them: which ones the controls leave, and their rows in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from gongkai.catalogue.code_words import code_word
from gongkai.catalogue.messages import message
from gongkai.exports.finding_words import finding_particulars, finding_title
from gongkai.store.findings import STATES
from gongkai.ui.cells import moment, present
from gongkai.ui.coverage_data import today
from gongkai.ui.data import query
from gongkai.ui.filters import Filters

SEVERITIES = ("error", "warning", "notice")
OPEN = ("found", "again")
"""The states that wait for a decision."""
STANDING_ERRORS = {"severity": "error", "state": ".".join(state for state in STATES if state != "false_alarm")}
"""The address of the list of what counts as a mistake."""
PAGE = 100
"""Findings on one page of the list."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the controls of 数据核查 leave: empty texts and tuples for everything. `doubtful`: only those that rest on a
    doubtful reading, else none of them."""

    severities: tuple[str, ...] = ()
    check: str = ""
    states: tuple[str, ...] = ()
    doubtful: bool = False
    words: str = ""
    agency_id: str = ""

    def parameters(self) -> dict[str, Any]:
        """The choice as parameters of the query finding_list."""
        return {
            "severities": list(self.severities),
            "check_code": self.check or None,
            "states": list(self.states),
            "doubtful": self.doubtful,
            "words": self.words or None,
            "agency_id": self.agency_id or None,
        }


def of_place(filters: Filters) -> dict[str, Any]:
    """The filters as parameters of the queries on findings, which are not kept apart by scope."""
    given = filters.parameters()
    given.pop("scope")
    return given


def counts(filters: Filters, agency_id: str | None = None) -> pd.DataFrame:
    """The rows of the query finding_counts."""
    return query("finding_counts", **of_place(filters), agency_id=agency_id, today=today())


def listed(filters: Filters, chosen: Chosen, page: int = 1, count: int = PAGE) -> pd.DataFrame:
    """A page of the list, as the query finding_list gives it."""
    given = {**of_place(filters), **chosen.parameters(), "today": today()}
    return query("finding_list", **given, first=(page - 1) * PAGE, count=count)


def mistakes(frame: pd.DataFrame) -> int:
    """How many undoubted errors rows of finding_counts hold that nobody called a false alarm."""
    rows = frame[(frame["severity"] == "error") & ~frame["doubtful"] & (frame["state"] != "false_alarm")]
    return int(rows["findings"].sum())


def in_words(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """Rows of finding_list with what they say in words: severity_word, state_word, title, says, decided."""
    rows: Sequence[Mapping[str, Any]] = frame.to_dict("records")  # type: ignore[assignment]
    shown = frame.copy()
    shown["severity_word"] = [code_word(language, "severity", row["severity"]) for row in rows]
    shown["state_word"] = [state_word(str(row["state"]), language) for row in rows]
    shown["title"] = [finding_title(str(row["check_code"]), language) for row in rows]
    shown["says"] = [" ".join(finding_particulars(row, language)) for row in rows]
    shown["decided"] = [
        f"{row['decided_by']} · {moment(row['decided_at'])}" if present(row["decided_by"]) else None for row in rows
    ]
    return shown


def state_word(state: str, language: str) -> str:
    """A state's name."""
    return message(language, f"findings.state.{state}") if state in STATES else state
