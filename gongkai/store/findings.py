"""What people decide about findings: notified, corrected, explained, a false alarm, closed; signed and reversible.

A decision hangs on what the finding is about (`finding_key`: collection, unit, year, check and cells), so it survives
a new version of the report and another reading. It remembers the figures it was made on (`figures_digest`): where they
have changed since, the finding comes back as `again` (queries/_found.sql).
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from gongkai.errors import GongkaiError
from gongkai.store.grown import ENTRY, grown
from gongkai.store.journal import Also, Entry, Journal
from gongkai.store.publish import sql
from gongkai.store.workspace import Workspace

FOUND, AGAIN = "found", "again"
"""The states of a finding that nobody decided about, and of one whose figures changed since somebody did."""

_OPEN = frozenset({"notified", "corrected", "explained", "false_alarm"})
TRANSITIONS: dict[str, frozenset[str]] = {
    FOUND: _OPEN,
    AGAIN: _OPEN | {"closed"},
    "notified": frozenset({"corrected", "explained", "false_alarm", "reopened"}),
    "corrected": frozenset({"closed", "notified", "reopened"}),
    "explained": frozenset({"closed", "notified", "corrected", "reopened"}),
    "false_alarm": frozenset({"closed", "reopened"}),
    "closed": frozenset({"reopened"}),
}
"""Which events each state admits: 发现 → 已通知 → 已更正, 已说明 or 误报 → 复核销号."""

EVENTS = ("notified", "corrected", "explained", "false_alarm", "closed", "reopened")
STATES = (FOUND, AGAIN, *EVENTS[:-1])
ONLY_SURE = frozenset({"notified", "corrected"})
"""Events that blame the unit, or thank it for mending: never of a finding that rests on a doubtful reading."""

_COLUMNS = {
    "collection": "TEXT NOT NULL",
    "agency_id": "TEXT NOT NULL",
    "year": "INTEGER NOT NULL",
    "check_code": "TEXT NOT NULL",
    "finding_key": "TEXT NOT NULL",
    "figures_digest": "TEXT",
    "event": (
        "TEXT NOT NULL CHECK "
        "(event IN ('notified', 'corrected', 'explained', 'false_alarm', 'closed', 'reopened', 'undo'))"
    ),
    "said": "TEXT",  # what the finding said then, as JSON: it is shown when the finding is no longer found
    "follows": "TEXT NOT NULL UNIQUE",  # key and number of the entry before: of two at once only one is made
    "undoes": "INTEGER UNIQUE REFERENCES finding_event (id)",
}
_SAID = ("report_id", "severity", "metrics", "applicant", "expected", "found", "detail")
_TRIES = 5


class FindingError(GongkaiError):
    """A decision about findings cannot be recorded: says why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision about several findings: the entries made, and how many findings were left out, by why:
    `state` (their state does not admit it), `doubtful` (our reading is in doubt), `changed` (somebody was faster)."""

    entries: list[int] = field(default_factory=list)
    left: Mapping[str, int] = field(default_factory=dict)


class FindingEvents:
    """The decisions about findings of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.journal = Journal(workspace, "finding_event", _COLUMNS, ("collection", "finding_key"), FindingError)

    def decide(
        self,
        findings: Sequence[Mapping[str, Any]],
        event: str,
        actor: str,
        reason: str,
        also: Also | None = None,
    ) -> Outcome:
        """Record `event` for each of the findings that admits it, together with the entries of `also`.

        `findings`: rows of the view `found` as the person saw them (finding_key, collection, agency_id, year,
        check_code, figures_digest, state, doubtful and what they say). Raise FindingError for an unknown event.
        """
        if event not in EVENTS:
            raise FindingError(f"{event!r} is none of {', '.join(EVENTS)}")
        left: Counter[str] = Counter()
        admitted = []
        for finding in findings:
            if event in ONLY_SURE and bool(finding["doubtful"]):
                left["doubtful"] += 1
            elif event not in TRANSITIONS[str(finding["state"])]:
                left["state"] += 1
            else:
                admitted.append(finding)
        for _ in range(_TRIES):
            ends = self._ends(admitted)
            fresh = [each for each in admitted if _as_seen(each, ends.get(str(each["finding_key"])))]
            try:
                entries = self.journal.add([_row(each, event, ends) for each in fresh], actor, reason, also)
            except sqlite3.IntegrityError:
                continue  # somebody decided about one of them between reading and writing: look again
            if gone := len(admitted) - len(fresh):
                left["changed"] = gone
            return Outcome(entries, left)
        raise FindingError("others are deciding about the same findings; please try again")

    def undo(self, numbers: Sequence[int], actor: str, reason: str) -> Outcome:
        """Take back decisions, each the latest of its finding; earlier ones and those taken back are left out."""
        wanted = set(numbers)
        found = [entry for number in sorted(wanted) for entry in self.journal.entries(id=number)]
        for _ in range(_TRIES):
            ends = self._ends(found)
            rows = [
                {**_about(entry), "event": "undo", "undoes": entry["id"], "follows": _follows(end)}
                for entry in found
                if (end := ends[entry["finding_key"]]).standing is not None and end.standing["id"] == entry["id"]
            ]
            try:
                entries = self.journal.add(rows, actor, reason)
            except sqlite3.IntegrityError:
                continue
            gone = len(wanted) - len(rows)
            return Outcome(entries, {"changed": gone} if gone else {})
        raise FindingError("others are deciding about the same findings; please try again")

    def trail(self, finding_key: str) -> list[Entry]:
        """All entries about a finding, oldest first, each with `undone` (the entry that took it back, or null)."""
        entries = self.journal.entries(finding_key=finding_key)
        undone = {entry["undoes"]: entry for entry in entries if entry["undoes"] is not None}
        return [{**entry, "undone": undone.get(entry["id"])} for entry in entries]

    def ends(self) -> dict[str, End]:
        """Where each finding that was ever decided about stands now, by its key."""
        return _ends(self.journal.entries())

    def _ends(self, findings: Sequence[Mapping[str, Any]]) -> dict[str, End]:
        """The same for some findings."""
        keys = {str(finding["finding_key"]) for finding in findings}
        if len(keys) > _FEW:
            return self.ends()
        return {key: end for each in keys for key, end in _ends(self.journal.entries(finding_key=each)).items()}


_FEW = 50
"""Up to so many findings are looked up one by one; for more, reading all entries is faster."""


@dataclass(frozen=True, slots=True)
class End:
    """The last entry about a finding, and the decision that stands (null where all were taken back)."""

    last: Entry
    standing: Entry | None


def _ends(entries: Sequence[Entry]) -> dict[str, End]:
    undone = {entry["undoes"] for entry in entries if entry["undoes"] is not None}
    last: dict[str, Entry] = {}
    standing: dict[str, Entry] = {}
    for entry in entries:
        last[entry["finding_key"]] = entry
        if entry["event"] != "undo" and entry["id"] not in undone:
            standing[entry["finding_key"]] = entry
    return {key: End(entry, standing.get(key)) for key, entry in last.items()}


def _as_seen(finding: Mapping[str, Any], end: End | None) -> bool:
    """Whether a finding still stands as the person saw it."""
    decided = end.standing if end else None
    if decided is None or decided["event"] == "reopened":
        return bool(finding["state"] == FOUND)
    if decided["figures_digest"] != finding["figures_digest"]:
        return bool(finding["state"] == AGAIN)
    return bool(finding["state"] == decided["event"])


def _row(finding: Mapping[str, Any], event: str, ends: Mapping[str, End]) -> dict[str, Any]:
    said = {name: _plain(finding.get(name)) for name in _SAID}
    return {
        **_about(finding),
        "figures_digest": finding["figures_digest"],
        "event": event,
        "said": json.dumps(said, ensure_ascii=False, sort_keys=True),
        "follows": _follows(ends.get(str(finding["finding_key"])), str(finding["finding_key"])),
    }


def _about(finding: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: str(finding[name]) for name in ("collection", "agency_id", "check_code", "finding_key")}
    return {**texts, "year": int(finding["year"])}


def _follows(end: End | None, key: str = "") -> str:
    return f"{end.last['finding_key']}:{end.last['id']}" if end else f"{key}:0"


def _plain(value: Any) -> Any:
    """A cell of a frame as JSON values."""
    if isinstance(value, str) or value is None:
        return value
    if hasattr(value, "tolist") and not isinstance(value, float):
        value = value.tolist()
    if isinstance(value, Sequence):
        return [str(part) for part in value]
    return None


_EVENTS = pa.schema(
    [
        ENTRY,
        *((name, pa.string()) for name in ("collection", "agency_id")),
        ("year", pa.int32()),
        *((name, pa.string()) for name in ("check_code", "finding_key", "figures_digest", "event", "said")),
        ("decided_at", pa.timestamp("us")),
        *((name, pa.string()) for name in ("decided_by", "reason")),
        ("undoes", pa.int64()),
    ]
)


def lay_findings(connection: duckdb.DuckDBPyConnection, workspace: Workspace | None) -> None:
    """Make a table `standing_finding` of all that stands (sql/standing_finding.sql), and `finding_state` of the
    decision that stands about each finding; none for those without one.

    Keys and digests take a second for a hundred thousand findings, and decisions about findings change neither: they
    are worked out once for a generation and the reports and their findings as they stand in it.
    """
    connection.execute(sql("named_finding"))
    connection.register("standing_rows", _standing_rows(connection, workspace))
    connection.execute("CREATE OR REPLACE TABLE standing_finding AS FROM standing_rows")
    connection.unregister("standing_rows")
    connection.register("finding_event_rows", grown(workspace, FindingEvents, _EVENTS, _event))
    connection.execute(sql("finding_state"))
    connection.unregister("finding_event_rows")


def _event(entry: Entry) -> tuple[Any, ...]:
    about = ("collection", "agency_id", "year", "check_code", "finding_key", "figures_digest", "event", "said")
    at = datetime.fromisoformat(entry["at"])
    return *(entry[name] for name in about), at, entry["actor"], entry["reason"], entry["undoes"]


_known: dict[Path, tuple[tuple[object, ...], pa.Table]] = {}
# Told by the reports as this very reader has them: a decision that was made while it was opened may be laid or not.
_LAID = """
SELECT
    (SELECT path FROM duckdb_databases() WHERE database_name = 'store'),
    count(*), bit_xor(hash(hash(report_id, collection, agency_id, year, scope, standing))),
    (SELECT bit_xor(hash(hash(report_id, check_code, expected, found, evidence, doubtful))) FROM settled_finding),
    (SELECT bit_xor(hash(hash(report_id, check_code, expected, found, evidence))) FROM mended_finding)
FROM report
"""


def _standing_rows(connection: duckdb.DuckDBPyConnection, workspace: Workspace | None) -> pa.Table:
    key = connection.execute(_LAID).fetchall()[0]
    known = _known.get(workspace.folder) if workspace else None
    if known is not None and known[0] == key and key[0] is not None:
        return known[1]
    rows = connection.execute(sql("standing_finding")).to_arrow_table()
    if workspace is not None:
        _known[workspace.folder] = (key, rows)
    return rows
