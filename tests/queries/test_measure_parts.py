"""Parts of a measure that name an applicant, and the denominator that no report states: people from the register."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from gongkai.agencies.register import Unit
from gongkai.catalogue.indicators import indicators
from gongkai.records import Evidence, Figure, Method, Report
from gongkai.store import generations
from gongkai.store.publish import settle
from gongkai.store.reader import reader
from gongkai.store.register import publish
from gongkai.store.register_book import RegisterBook
from gongkai.store.register_copy import load
from gongkai.store.rows import Arrival, Batch
from gongkai.store.workspace import Workspace, create

KNOWN = Unit(
    "a", "云水县人民政府", "county", "government", "江苏省", "淮安市", population=250_000, population_year=2020
)
UNKNOWN = Unit("b", "金湖县人民政府", "county", "government", "江苏省", "淮安市")
UNDATED = Unit("c", "洪泽县人民政府", "county", "government", "江苏省", "淮安市", population=300_000)


def figure(metric: str, value: float, applicant: str = "all") -> Figure:
    return Figure(metric, value, Method.TABLE, Evidence(str(value)), applicant=applicant)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder: Path = tmp_path_factory.mktemp("parts")
    reports = [
        Report(
            f"{unit.id}{year}.docx",
            f"{position:064d}",
            agency=unit.name,
            year=year,
            scope="whole",
            figures=(
                figure("applications.new", 50),
                *([figure("applications.new", 40, "natural_person")] if unit is not UNKNOWN else []),
            ),
        )
        for position, (unit, year) in enumerate(
            (unit, year) for unit in (KNOWN, UNKNOWN, UNDATED) for year in (2024, 2026)
        )
    ]
    workspace = create(folder / "office")
    RegisterBook(workspace).replace("office", [KNOWN, UNKNOWN, UNDATED], "张三", "登记")
    publish(workspace, "office", "张三", "test")
    with generations.write(workspace) as draft:
        batch, register = Batch(2), load(draft.connection, "office")
        for report in reports:
            batch.add(Arrival(report, "office", "docx", register.find(report.agency or "", "江苏省"), "1"))
        batch.store(draft.connection)
        settle(draft.connection)
    return workspace


def counted(office: Workspace, code: str) -> pd.DataFrame:
    measure = indicators()[code]
    asked: dict[str, object] = {
        **{"collection": "office", "scope": "whole", "first_year": 2020, "last_year": 2026, "province": "", "city": ""},
        **{"levels": [], "kinds": [], "numerators": list(measure.numerator)},
        "denominators": list(measure.denominator),
    }
    return reader(office).run("ranking_counts", asked).set_index(["agency_id", "year"])


def test_natural_persons_are_a_part_of_all_applicants(office: Workspace) -> None:
    found = counted(office, "applications.natural_person_share")
    assert found.loc[("a", 2024), ["numerator", "denominator", "status"]].to_list() == [40, 50, "reported"]
    # Who does not tell applicants apart has no share, and surely not 0.
    assert found.loc[("b", 2024), "status"] == "mixed"
    assert pd.isna(found.loc[("b", 2024), "numerator"])


def test_people_count_where_their_number_and_its_year_are_known_and_near(office: Workspace) -> None:
    found = counted(office, "applications.per_100k")
    assert found.loc[("a", 2024), ["numerator", "denominator", "status"]].to_list() == [50, 250, "reported"]
    for key in (("a", 2026), ("b", 2024), ("c", 2024)):
        assert found.loc[key, "status"] == "mixed"
        assert pd.isna(found.loc[key, "denominator"])


def test_pages_offer_what_has_values(office: Workspace) -> None:
    asked: dict[str, object] = {
        **{"collection": "office", "scope": "whole", "first_year": 2020, "last_year": 2026, "province": "", "city": ""},
        **{"levels": [], "kinds": []},
        "metrics": ["applications.new", "applications.new/natural_person", "review.total", "register.population"],
    }
    found = reader(office).run("topic_metrics", asked)
    assert dict(zip(found["metric"], found["reported"], strict=True)) == {
        "applications.new": 6,
        "applications.new/natural_person": 4,
        "register.population": 1,
    }
