"""How units that collect reports do their work: in time, passed at once; by confirmed lists and days that are over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongkai.agencies.register import Unit
from gongkai.catalogue.indicators import PROCESS, indicators
from gongkai.store.due_book import DueBook
from gongkai.store.reader import reader
from gongkai.store.register import publish
from gongkai.store.register_book import RegisterBook
from gongkai.store.submission_book import Event, SubmissionBook
from gongkai.store.workspace import Workspace, create

COUNTY = Unit("c", "云水县人民政府办公室", "county", "office", "江苏省", "淮安市", "云水县")
BUREAUS = tuple(
    Unit(f"b{number}", f"云水县第{number}局", "county", "department", "江苏省", "淮安市", "云水县", reports_to="c")
    for number in range(4)
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Of four bureaus two are in time, one of them after a return, one is late, and one sends nothing."""
    folder: Path = tmp_path_factory.mktemp("process")
    workspace = create(folder / "office")
    RegisterBook(workspace).replace("office", [COUNTY, *BUREAUS], "张三", "登记")
    DueBook(workspace).confirm("office", 2024, [unit.id for unit in BUREAUS], "张三", "名单")
    told = [
        ("b0", "received", "2025-01-10"), ("b0", "passed", "2025-01-12"), ("b0", "published", "2025-01-20"),
        ("b1", "received", "2025-01-30"), ("b1", "returned", "2025-02-01"), ("b1", "passed", "2025-02-03"),
        ("b2", "received", "2025-02-10"), ("b2", "published", "2025-02-11"),
    ]  # fmt: skip
    events = [Event(unit, 2024, "report", event, date.fromisoformat(on)) for unit, event, on in told]
    SubmissionBook(workspace).record("office", events, "张三", "台账")
    publish(workspace, "office", "张三", "test")
    return workspace


def counted(
    office: Workspace, code: str, today: str = "2025-03-01", **filters: object
) -> list[tuple[str, float, float]]:
    measure = indicators()[code]
    asked = {
        **{"collection": "office", "first_year": 2023, "last_year": 2025, "province": "", "city": "", "levels": []},
        **{"kinds": [], "today": today, **filters},
        "numerator": measure.numerator[0].removeprefix(f"{PROCESS}."),
        "denominator": measure.denominator[0].removeprefix(f"{PROCESS}."),
    }
    found = reader(office).run("ranking_process", asked)
    return [
        (str(row["agency_id"]), float(row["numerator"]), float(row["denominator"])) for row in found.to_dict("records")
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("process.on_time_share", ("c", 2, 4)),
        ("process.published_on_time_share", ("c", 1, 4)),
        ("process.first_pass_share", ("c", 1, 2)),
        ("process.errors_left_share", ("c", 0, 2)),
    ],
)
def test_the_units_that_hand_in_are_counted_for_the_one_that_collects(
    code: str, expected: tuple[str, float, float], office: Workspace
) -> None:
    assert counted(office, code) == [expected]


def test_days_to_come_and_other_places_do_not_count(office: Workspace) -> None:
    assert counted(office, "process.on_time_share", today="2025-01-15") == [("c", 0, 0)]
    assert counted(office, "process.on_time_share", city="苏州市") == []
