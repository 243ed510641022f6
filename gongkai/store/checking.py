"""`gongkai check`: what needs years, peers, versions or the register, found anew and written into a new generation.

Computed over what stands, people's decisions and corrections laid over (a reader), while the writer's lock is held, so
that nothing changes in between. Deterministic: the same store and decisions give the same rows in the same order.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from gongkai.checks.across.carry_over import check_carry_over
from gongkai.checks.across.changes import check_changes
from gongkai.checks.across.copying import check_copies
from gongkai.checks.across.fees import METRIC as FEES
from gongkai.checks.across.fees import check_fees
from gongkai.checks.across.ledger import check_ledger
from gongkai.checks.across.model import CrossFinding
from gongkai.checks.across.registered import check_powers, check_registered
from gongkai.checks.across.roll_up import check_roll_up, differences
from gongkai.checks.across.stocks import check_identical, check_pending, check_stocks
from gongkai.checks.across.submissions import check_submissions
from gongkai.checks.across.texts import Year
from gongkai.checks.across.versions import check_versions, version_pairs
from gongkai.store import check_rows, generations
from gongkai.store.archive import Archive
from gongkai.store.check_frames import Frames
from gongkai.store.generations import Draft
from gongkai.store.reader import Reader, reader
from gongkai.store.workspace import Workspace


def check(
    workspace: Workspace,
    collection: str,
    year: int | None = None,
    agency: str | None = None,
    wait: float = 0.0,
    told: Callable[[str, float], None] = lambda *_: None,
) -> Counter[tuple[str, bool]]:
    """Find and store what is wrong across the reports of a collection, of one year or one unit (its id) alone if asked.

    `told` hears of every part of the work and its seconds. Return how many findings of each check there are, sure
    (False) and doubtful (True). Raise WorkspaceError where another process writes.
    """
    workspace.collection(collection)
    # What an earlier version of the program wrote gets its new tables before it is read.
    generations.readable(workspace)
    with generations.write(workspace, wait) as draft:
        path = generations.current(workspace)
        opened = Reader(path, workspace)
        frames, archive = Frames(opened, collection), Archive(workspace.archive)
        try:
            found = []
            for name, part in PARTS.items():
                began = time.perf_counter()
                found += [
                    one
                    for one in part(frames, archive)
                    if (year is None or one.year == year) and (agency is None or one.unit == agency)
                ]
                told(name, time.perf_counter() - began)
            found.sort(key=_order)
            table = check_rows.rows(found, collection, frames, opened, archive)
            known = opened.cursor().execute(_KNOWN, {"collection": collection}).fetchall()[0]
        finally:
            frames.close()
        _store(draft, collection, year, agency, table)
        if year is None and agency is None:
            draft.connection.execute("DELETE FROM store.check_state WHERE collection = $name", {"name": collection})
            draft.connection.execute(_STATE, dict(zip(("name", *_RESTS_ON), (collection, *known), strict=True)))
    return Counter((one.check, one.doubtful) for one in found)


Part = Callable[[Frames, Archive], Iterator[CrossFinding]]


def _carry_over(frames: Frames, archive: Archive) -> Iterator[CrossFinding]:
    yield from check_carry_over(frames.flows(), frames.merged())


def _stocks(frames: Frames, archive: Archive) -> Iterator[CrossFinding]:
    yield from check_stocks(frames.stocks(), frames.merged())
    yield from check_pending(frames.blocks())


def _identical(frames: Frames, archive: Archive) -> Iterator[CrossFinding]:
    yield from check_identical(frames.tables())


def _changes(frames: Frames, archive: Archive) -> Iterator[CrossFinding]:
    measures = frames.measures()
    fees = list(check_fees(measures[measures["metric"] == FEES]))
    yield from fees
    yield from check_changes(measures, {(one.unit, one.year) for one in fees})


def _register(frames: Frames, archive: Archive) -> Iterator[CrossFinding]:
    yield from check_powers(frames.rules())
    yield from check_registered(frames.registered())


def _submissions(frames: Frames, archive: Archive) -> Iterator[CrossFinding]:
    yield from check_submissions(frames.due())


def _versions(frames: Frames, archive: Archive) -> Iterator[CrossFinding]:
    versions = frames.versions()
    pairs = version_pairs(versions)
    yield from check_versions(versions, pairs, frames.differences(archive, [pair.reports for pair in pairs]))


def _roll_up(frames: Frames, archive: Archive) -> Iterator[CrossFinding]:
    sums = frames.sums()
    wrong = differences(sums) if len(sums) else sums
    if len(wrong):
        yield from check_roll_up(wrong, frames.parts(wrong))


def _ledger(frames: Frames, archive: Archive) -> Iterator[CrossFinding]:
    yield from check_ledger(frames.ledger())


def _copies(frames: Frames, archive: Archive) -> Iterator[CrossFinding]:
    before: tuple[int, Year] | None = None
    for year, texts in frames.texts():
        now = Year.of(texts)
        # A year without reports in between leaves nothing to compare with.
        last = before[1] if before is not None and before[0] == year - 1 else None
        yield from check_copies(now, last, frames.sentences)
        before = year, now


PARTS: dict[str, Part] = {
    "carry-over": _carry_over,
    "stocks": _stocks,
    "repeated": _identical,
    "changes": _changes,
    "register": _register,
    "submissions": _submissions,
    "versions": _versions,
    "roll-up": _roll_up,
    "ledger": _ledger,
    "copies": _copies,
}
"""All checks across reports, by what they look at."""


def _order(one: CrossFinding) -> tuple[object, ...]:
    return (
        one.check,
        one.year,
        one.unit,
        one.metrics,
        one.applicant or "",
        one.report or "",
        one.other_unit or "",
        one.other_report or "",
        one.expected or "",
        one.found or "",
    )


_RESTS_ON = ("decision", "correction", "submissions", "ledgers")
_KNOWN = """
SELECT
    (SELECT coalesce(max(decision), 0) FROM decision WHERE collection = $collection),
    (SELECT coalesce(max(correction), 0) FROM correction WHERE collection = $collection),
    (SELECT coalesce(max(digest), 0) FROM submissions_digest WHERE collection = $collection),
    (SELECT coalesce(max(digest), 0) FROM ledger_digest WHERE collection = $collection)
"""
_STATE = """
INSERT INTO store.check_state BY NAME
SELECT
    $name AS collection, coalesce(max(run), 0) AS run, $decision AS decision, $correction AS correction,
    $submissions AS submissions, $ledgers AS ledgers
FROM store.ingest_run
"""


def _store(draft: Draft, collection: str, year: int | None, agency: str | None, table: object) -> None:
    """Put the findings in place of the earlier ones of the same collection, year and unit."""
    connection = draft.connection
    connection.execute(
        "DELETE FROM store.cross_finding WHERE collection = $collection "
        "AND ($year IS NULL OR year = $year) AND ($agency IS NULL OR agency_id = $agency)",
        {"collection": collection, "year": year, "agency": agency},
    )
    connection.register("check_found", table)
    connection.execute("INSERT INTO store.cross_finding BY NAME FROM check_found")
    connection.unregister("check_found")


SMALL = 5_000
"""Reports of a collection up to which all of it is checked at once after every ingest: about three seconds on two cores
(two for 1,000 reports, and half a second more of one core for every further 1,000)."""


def is_small(workspace: Workspace, collection: str) -> bool:
    """Whether all of a collection is checked so quickly that it is done after every ingest. Where it is not, the query
    checks_state says that the findings are older than the reports."""
    held = reader(workspace).cursor().execute(_HELD, {"collection": collection}).fetchall()
    return int(held[0][0]) <= SMALL


_HELD = "SELECT count(*) FROM report WHERE collection = $collection"


def collections_of(workspace: Workspace, named: str | None) -> Sequence[str]:
    """The collection that is named, else all of the workspace."""
    return [workspace.collection(named).name] if named else list(workspace.collections)


def unit_named(workspace: Workspace, collection: str, named: str) -> str | None:
    """The id of the one unit of a collection that is called `named`, or has this id; null for none or several."""
    rows = (
        reader(workspace)
        .cursor()
        .execute(
            "SELECT DISTINCT agency_id FROM agency "
            "WHERE (agency_id = $named OR agency.name = $named) AND (EXISTS (SELECT 1 FROM report WHERE "
            "report.agency_id = agency.agency_id AND collection = $collection) OR EXISTS (SELECT 1 FROM "
            "registered_agency AS known WHERE known.agency_id = agency.agency_id AND collection = $collection))",
            {"named": named, "collection": collection},
        )
        .fetchall()
    )
    return str(rows[0][0]) if len(rows) == 1 else None
