"""What people decided about authors, remembered for the next report of the same source.

A choice is an entry of the journal `author_choice`: which unit a decision about `agency` meant, and how the report
told of its author (the wording, the page's publisher, the site, the folders and the file, the place). It stands as long
as its decision does. Another report that waits and tells of its author in just that way is taken for the same unit's
when it is read; nothing is written for it, so that an undone decision takes back all that rests on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from gongkai.agencies.naming import clean, describe
from gongkai.agencies.paths import read_path
from gongkai.catalogue.divisions import province_of_host, provinces
from gongkai.parsing.organisations import may_be_agency
from gongkai.parsing.sites import host_of
from gongkai.store import tables
from gongkai.store.decisions import Decision, DecisionError, Decisions, Effect, FieldDecision, Target
from gongkai.store.journal import Also, Journal
from gongkai.store.workspace import Workspace

_COLUMNS = {
    "decision": "INTEGER NOT NULL UNIQUE",
    "collection": "TEXT NOT NULL",
    "agency_id": "TEXT",
    "agency": "TEXT NOT NULL",
    "year": "INTEGER",
    **dict.fromkeys(("wording", "publisher", "host", "path", "province", "city"), "TEXT NOT NULL"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """How a report tells of its author; "" is nothing. `wording`: the name as printed; `path`: the places and bodies
    that its folders and its file are called after; `province`, `city`: as they were read."""

    wording: str = ""
    publisher: str = ""
    host: str = ""
    path: str = ""
    province: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report whose author a person has to confirm. `candidates` are the ids of the units it may be of."""

    target: Target
    year: int | None
    source: Source
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Which unit a person chose for a report: a registered one by `agency_id`, or (null) a new one by its full name."""

    waiting: Waiting
    agency_id: str | None
    agency: str
    confirmed: bool = False
    """Whether the report was read so already."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A choice that stands: the decision's number, the unit, the statistical year of the report it was made for."""

    decision: int
    collection: str
    agency_id: str | None
    agency: str
    year: int | None
    source: Source


def source_of(
    wording: str | None,
    publisher: str | None,
    url: str | None,
    file: str | None,
    province: str | None = None,
    city: str | None = None,
) -> Source:
    """How a report tells of its author, from the columns of the store."""
    path = read_path(file or "")
    names = (*(place.name for place in path.places), *path.bodies)
    return Source(
        clean(wording or ""),
        clean(publisher or ""),
        host_of(url) or "",
        "/".join(names),
        province or "",
        city or "",
    )


def choose(workspace: Workspace, choices: Sequence[Choice], actor: str, reason: str) -> list[int]:
    """Record which units reports are of, and remember it, all or none. Return the decisions' numbers."""
    entries = [
        FieldDecision(one.waiting.target, "confirm" if one.confirmed else "correct", "agency", one.agency)
        for one in choices
    ]

    def rows(numbers: list[int]) -> list[dict[str, object]]:
        return [
            {
                "decision": number,
                "collection": one.waiting.target.collection,
                "agency_id": one.agency_id,
                "agency": one.agency,
                "year": one.waiting.year,
                **{name: getattr(one.waiting.source, name) for name in Source.__slots__},
            }
            for number, one in zip(numbers, choices, strict=True)
        ]

    return Decisions(workspace).record(entries, actor, reason, Also(_journal(workspace), rows, reason))


def remembered(workspace: Workspace, log: Iterable[Decision]) -> list[Remembered]:
    """The choices whose decisions stand, oldest first."""
    standing = {one.id for one in log if one.field == "agency" and not one.undone}
    return [
        Remembered(
            row["decision"],
            row["collection"],
            row["agency_id"],
            row["agency"],
            row["year"],
            Source(**{name: row[name] for name in Source.__slots__}),
        )
        for row in _journal(workspace).entries()
        if row["decision"] in standing
    ]


def _journal(workspace: Workspace) -> Journal:
    return Journal(workspace, "author_choice", _COLUMNS, ("collection", "wording"), DecisionError)


def same_source(one: Source, other: Source) -> bool | None:
    """Whether two reports tell of their authors in one way: null where only the wording says so, with nothing that
    tells the source.

    The site of a province tells nothing of who among its bodies wrote. Without any wording, only the names of folders
    or files can tell.
    """
    if one.wording != other.wording:
        return False
    pairs = [(getattr(one, name), getattr(other, name)) for name in ("publisher", "path", "province", "city")]
    if any(left != right for left, right in pairs if left and right):
        return False
    if not one.wording:
        return bool(one.path) and one.path == other.path and any(map(may_be_agency, one.path.split("/")))
    if any(left and right for left, right in pairs[:1] + pairs[3:]):
        return True
    if one.host and one.host == other.host and not _of_a_province(one.host):
        return True
    filed = one.path == other.path and any(describe(name).places for name in one.path.split("/"))
    return True if filed else None


def _of_a_province(host: str) -> bool:
    bare = host.removeprefix("www.")
    return province_of_host(bare) is not None and any(bare in one.domains for one in provinces())


def recall(waiting: Waiting, known: Sequence[Remembered]) -> Remembered | None:
    """The choice by which a waiting report is linked, of those `known` of its collection; null where none fits, or
    choices for several units do.

    A choice that only the wording recalls counts where the register has no other unit that may be meant.
    """
    found: dict[tuple[str | None, str], Remembered] = {}
    weak = False
    for one in known:
        same = same_source(one.source, waiting.source)
        if same is False:
            continue
        weak = weak or same is None
        found[one.agency_id, one.agency] = one
    if len(found) != 1:
        return None
    (choice,) = found.values()
    if weak and set(waiting.candidates) - {choice.agency_id}:
        return None
    return choice


_WAITING = """
WITH candidate AS (
    SELECT report_id, list(agency_id ORDER BY position) AS candidates FROM store.author_candidate GROUP BY report_id
)
SELECT
    report_id, collection, sha256, ordinal, year, agency_as_printed, publisher, url, source, province_read, city_read,
    candidates
FROM store.report LEFT JOIN candidate USING (report_id)
WHERE agency_uncertain OR agency_id IS NULL
ORDER BY report_id
"""
_SCHEMA = pa.schema(
    [("report_id", pa.string()), ("decision", pa.int64()), ("year", pa.int32()), ("agency", pa.string())]
)


def lay(
    connection: duckdb.DuckDBPyConnection, known: Sequence[Remembered], decided: Mapping[Target, Effect]
) -> dict[Target, Effect]:
    """Make the table `remembered` (report_id, decision, year, agency: the choice by which each report is linked) and
    return what that comes to. Reports that a person decided herself are hers."""
    effects: dict[Target, Effect] = {}
    rows: list[tuple[object, ...]] = []
    if known:
        # An office remembers thousands, and thousands may wait: only those of the same wording can fit.
        worded: dict[tuple[str, str], list[Remembered]] = {}
        for one in known:
            worded.setdefault((one.collection, one.source.wording), []).append(one)
        for id_, collection, sha256, ordinal, year, *told, candidates in connection.execute(_WAITING).fetchall():
            target = Target(collection, sha256, ordinal)
            own = decided.get(target, Effect())
            if "agency" in own.fields:
                continue
            waiting = Waiting(target, year, source_of(*told), tuple(candidates or ()))
            choice = recall(waiting, worded.get((collection, waiting.source.wording), ()))
            if choice is None:
                continue
            effects[target] = Effect({**own.fields, "agency": choice.agency}, own.withdrawn, choice.agency_id)
            rows.append((id_, choice.decision, choice.year, choice.agency))
    tables.register(connection, "remembered_rows", _SCHEMA, rows)
    connection.execute("CREATE OR REPLACE TABLE remembered AS FROM remembered_rows")
    connection.unregister("remembered_rows")
    return effects
