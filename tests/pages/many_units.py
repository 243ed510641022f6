"""A workspace as in January: thousands of registered units, their versions and events of many years."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.agencies.register import Unit
from gongkai.store import generations
from gongkai.store.due_book import DueBook
from gongkai.store.publish import settle
from gongkai.store.register import publish
from gongkai.store.register_book import RegisterBook
from gongkai.store.rows import report_id
from gongkai.store.submission_book import Event, SubmissionBook
from gongkai.store.workspace import Workspace

CITIES = tuple(f"{name}市" for name in ("临湖", "北渡", "澄川", "霁山", "景禾", "雁塘"))
KINDS = (("prefecture", "department"), ("county", "government"), ("county", "department"), ("township", "government"))


def units(count: int) -> list[Unit]:
    """So many units of 云川省, in cities, of several levels and kinds."""
    found = []
    for number in range(count):
        city, (level, kind) = CITIES[number % len(CITIES)], KINDS[number // len(CITIES) % len(KINDS)]
        name = f"{city}第{number}{'局' if kind == 'department' else '县人民政府'}"
        telephone = None if number % 10 == 0 else f"0600-{number:07}"
        found.append(Unit(f"{number:016x}", name, level, kind, "云川省", city, telephone=telephone))
    return found


def january(workspace: Workspace, count: int, years: range) -> None:
    """Register `count` units, list them for `years`, and let nine of ten hand in a version or two each year; of the
    last year one in three is still to be looked at."""
    register = units(count)
    RegisterBook(workspace).replace("office", register, "甲", "登记")
    publish(workspace, "office", "甲", "test")
    ids = [unit.id for unit in register]
    DueBook(workspace).confirm_years("office", dict.fromkeys(years, ids), "甲", "名单")
    rows, events = [], []
    for year in years:
        for number, unit in enumerate(register):
            if number % 10 == 9:
                continue
            for version in range(1 + number % 2):
                digest = f"{year:04}{version:04}{number:056x}"
                day = date(year + 1, 1, 2) + timedelta(days=number % 40 + 5 * version)
                about = (unit.id, unit.name, year, unit.city, unit.level, unit.kind, day)
                rows.append((report_id("office", digest, 0), digest, *about))
                if year != years[-1] or number % 3:
                    last = version == number % 2
                    event = "filed" if last and year != years[-1] else "passed" if last else "returned"
                    events.append(Event(unit.id, year, "report", event, day + timedelta(days=2), digest, 0))
    SubmissionBook(workspace).record("office", events, "甲", "审核")
    with generations.write(workspace) as draft:
        draft.connection.executemany(_INSERT, rows)
        settle(draft.connection)


_INSERT = """
INSERT INTO store.report (
    report_id, collection, sha256, ordinal, source, format, agency_id, agency, year, period, kind, scope, regime,
    province, city, agency_level, agency_kind, received_on, secondary_source, listed, year_uncertain, agency_uncertain,
    withdrawn, standing, parser_version, run
) VALUES (
    $1, 'office', $2, 0, $2, 'docx', $3, $4, $5, 'year', 'annual_report', 'organ', '2021', '云川省', $6, $7, $8, $9,
    false, false, false, false, false, 'new', '1', 1
)
"""
