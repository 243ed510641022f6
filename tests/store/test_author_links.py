"""Whose report it is, from files to the store: sure ones linked, likely ones proposed, new ones entered, choices
remembered for the next year and taken back with their decision."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from gongkai.agencies.register import FormerName, Unit
from gongkai.store import author_memory
from gongkai.store.author_memory import Choice, Source, Waiting, source_of
from gongkai.store.decisions import Decisions, Target
from gongkai.store.ingest import ingest
from gongkai.store.reader import Reader, reader
from gongkai.store.register import publish
from gongkai.store.register_book import RegisterBook
from gongkai.store.workspace import Workspace, create

COLLECTION = "office"
UNITS = (
    Unit("p", "安徽省人民政府", "province", "government", "安徽省"),
    Unit("s", "宿州市人民政府", "prefecture", "government", "安徽省", "宿州市", parent="p"),
    Unit("so", "宿州市人民政府办公室", "prefecture", "office", "安徽省", "宿州市", parent="s"),
    Unit(
        "sd",
        "宿州市国防动员办公室",
        "prefecture",
        "department",
        "安徽省",
        "宿州市",
        parent="s",
        former_names=(FormerName("宿州市人民防空办公室", None, 2023),),
    ),
    Unit("hd", "合肥市人民防空办公室", "prefecture", "department", "安徽省", "合肥市", parent="p"),
    Unit("xw", "萧县卫生健康委员会", "county", "department", "安徽省", "宿州市", "萧县", parent="s"),
    Unit("dw", "砀山县卫生健康委员会", "county", "department", "安徽省", "宿州市", "砀山县", parent="s"),
)
TEXT = """{title}

    根据《中华人民共和国政府信息公开条例》规定，编制本报告。
    一、总体情况
    {year}年主动公开政府信息{number}条，收到政府信息公开申请3件，办结3件，工作有序开展，群众满意度稳步提升。
    二、主动公开政府信息情况
    三、收到和处理政府信息公开申请情况
    四、政府信息公开行政复议、行政诉讼情况
    五、存在的主要问题及改进情况
    六、其他需要报告的事项
"""


def put(folder: Path, path: str, name: str, year: int, number: int) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    title = f"{name}{year}年政府信息公开工作年度报告"
    file.write_text(TEXT.format(title=title, year=year, number=number), encoding="utf-8")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("authors")
    workspace = create(folder / "office")
    RegisterBook(workspace).replace(COLLECTION, UNITS, "测试", "建立名录")
    files = folder / "in"
    put(files, "宿州市/市直/市人防办/2022年报最终版3.txt", "市人防办", 2022, 1)
    put(files, "宿州市/市直/政府办/2022.txt", "宿州市政府办", 2022, 2)
    put(files, "2023/萧县人民政府/a.txt", "县卫健委", 2023, 3)
    put(files, "2024/萧县人民政府/a.txt", "县卫健委", 2024, 4)
    put(files, "2024/砀山县人民政府/a.txt", "县卫健委", 2024, 5)
    put(files, "新/b.txt", "宿州市气象局", 2023, 6)
    put(files, "新/c.txt", "萧县卫健局", 2023, 7)
    ingest(workspace, [files], COLLECTION, actor="测试", worker_count=1)
    return workspace


def stored(found: Reader) -> dict[str, dict[str, object]]:
    rows = found.cursor().execute("SELECT * FROM report").to_arrow_table().to_pylist()
    return {row["source"]: row for row in rows}


def proposed(found: Reader, source: str) -> list[tuple[str, bool]]:
    return (
        found.cursor()
        .execute(
            "SELECT candidate.agency_id, likely FROM author_candidate AS candidate JOIN report USING (report_id) "
            "WHERE source = $source ORDER BY position",
            {"source": source},
        )
        .fetchall()
    )


def test_what_is_sure_is_linked(filled: Workspace) -> None:
    found = stored(reader(filled))
    office = found["宿州市/市直/政府办/2022.txt"]
    assert (office["agency_id"], office["scope"], office["standing"]) == ("so", "organ", "current")
    renamed = found["宿州市/市直/市人防办/2022年报最终版3.txt"]
    assert (renamed["agency_id"], renamed["agency"], renamed["standing"]) == ("sd", "宿州市国防动员办公室", "current")


def test_what_is_new_enters_under_its_own_name(filled: Workspace) -> None:
    new = stored(reader(filled))["新/b.txt"]
    assert (new["agency"], new["standing"]) == ("宿州市气象局", "current")
    assert new["agency_id"] not in {unit.id for unit in UNITS}


def test_what_is_likely_waits_with_its_candidates(filled: Workspace) -> None:
    found = reader(filled)
    waiting = stored(found)["新/c.txt"]
    assert (waiting["standing"], waiting["standing_reason"]) == ("quarantined", "agency_uncertain")
    assert proposed(found, "新/c.txt") == [("xw", True)]
    # Nothing tells the county of 县卫健委: both are offered, and neither is the likely one.
    assert stored(found)["2023/萧县人民政府/a.txt"]["standing"] == "quarantined"
    assert proposed(found, "2023/萧县人民政府/a.txt") == [("dw", False), ("xw", False)]


def chosen(workspace: Workspace, source: str, unit: Unit) -> int:
    row = stored(reader(workspace))[source]
    target = Target(COLLECTION, str(row["sha256"]), int(str(row["ordinal"])))
    told = (row["agency_as_printed"], row["publisher"], row["url"], source, row["province_read"], row["city_read"])
    waiting = Waiting(target, 2023, source_of(*told))  # type: ignore[arg-type]
    return author_memory.choose(workspace, [Choice(waiting, unit.id, unit.name)], "张三", "看过封面")[0]


def test_a_choice_counts_for_the_next_year_and_is_taken_back_with_it(filled: Workspace) -> None:
    number = chosen(filled, "2023/萧县人民政府/a.txt", UNITS[5])
    found = stored(reader(filled))
    assert (found["2023/萧县人民政府/a.txt"]["agency_id"], found["2023/萧县人民政府/a.txt"]["standing"]) == (
        "xw",
        "current",
    )
    assert (found["2024/萧县人民政府/a.txt"]["agency_id"], found["2024/萧县人民政府/a.txt"]["standing"]) == (
        "xw",
        "current",
    )
    told = reader(filled).cursor().execute("SELECT decision, year, agency FROM remembered").fetchall()
    assert told == [(number, 2023, "萧县卫生健康委员会")]
    # The same words in another county's folder are another unit's.
    assert found["2024/砀山县人民政府/a.txt"]["standing"] == "quarantined"
    Decisions(filled).undo(number, "张三", "看错了")
    found = stored(reader(filled))
    assert {found[f"{year}/萧县人民政府/a.txt"]["standing"] for year in (2023, 2024)} == {"quarantined"}
    assert reader(filled).cursor().execute("SELECT * FROM remembered").fetchall() == []


def test_a_changed_register_makes_other_proposals(filled: Workspace) -> None:
    book = RegisterBook(filled)
    without = [unit for unit in UNITS if unit.id != "dw"]
    book.replace(COLLECTION, without, "测试", "撤销")
    publish(filled, COLLECTION, "测试", "agencies publish")
    assert proposed(reader(filled), "2024/砀山县人民政府/a.txt") == [("xw", True)]
    own = Unit("xj", "萧县卫生健康局", "county", "department", "安徽省", "宿州市", "萧县", parent="s")
    book.replace(COLLECTION, [*without, own], "测试", "新设")
    publish(filled, COLLECTION, "测试", "agencies publish")
    settled = stored(reader(filled))["新/c.txt"]
    assert (settled["agency_id"], settled["standing"], proposed(reader(filled), "新/c.txt")) == ("xj", "current", [])


def test_a_decision_that_cannot_be_remembered_is_not_made(tmp_path: Path) -> None:
    workspace = create(tmp_path / "office")
    waiting = Waiting(Target("office", "0" * 64, 0), 2023, Source(wording=None))  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        author_memory.choose(workspace, [Choice(waiting, "u", "淮安市财政局")], "张三", "看过封面")
    assert Decisions(workspace).log() == []
