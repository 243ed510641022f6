"""A workspace as in January: thousands of registered units, their versions and events of many years."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

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
    frame = pd.DataFrame(rows, columns=list(_TOLD)).assign(**_SAME)
    with generations.write(workspace) as draft:
        draft.connection.register("invented", frame.assign(source=frame["sha256"]))
        draft.connection.execute("INSERT INTO store.report BY NAME FROM invented")
        draft.connection.unregister("invented")
        settle(draft.connection)


_TOLD = ("report_id", "sha256", "agency_id", "agency", "year", "city", "agency_level", "agency_kind", "received_on")
_SAME = {
    "collection": "office",
    "ordinal": 0,
    "format": "docx",
    "period": "year",
    "kind": "annual_report",
    "scope": "organ",
    "regime": "2021",
    "province": "云川省",
    **dict.fromkeys(("secondary_source", "listed", "year_uncertain", "agency_uncertain", "withdrawn"), False),
    "standing": "new",
    "parser_version": "1",
    "run": 1,
}
