"""报告库: reports whose agency is open are confirmed by a click, one by one or all likely ones at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from invented_reports import annual, take_in, write
from report_pages import page, words
from streamlit.testing.v1 import AppTest

from gongkai.agencies.register import Unit
from gongkai.store.decisions import Decisions
from gongkai.store.reader import reader
from gongkai.store.register_book import RegisterBook
from gongkai.store.workspace import Workspace, create, open_workspace


def unit(id_: str, name: str) -> Unit:
    return Unit(id_, name, "county", "department", "云川省", None, "云水县")


UNITS = (unit("a", "云水县卫生健康委员会"), unit("b", "云水县教育体育局"), unit("c", "云水县审计局"))


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("waiting")
    workspace = create(folder / "office")
    RegisterBook(workspace).replace("office", UNITS, "测试", "建立名录")
    write(folder / "in", "1.txt", annual("云水县卫生健康局", 2022, 1))
    write(folder / "in", "2.txt", annual("云水县教育局", 2023, 2))
    write(folder / "in", "3.txt", annual("云水县审计局", 2023, 3))
    take_in(workspace, folder / "in")
    return workspace.folder


@pytest.fixture
def office(settled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    shutil.copytree(settled, tmp_path / "office")
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path / "office"))
    return open_workspace(tmp_path / "office")


def opened() -> AppTest:
    app = page("reports")
    app.session_state["actor"] = "张三"
    return app.run()


def standing(workspace: Workspace) -> dict[str, tuple[str, str]]:
    rows = reader(workspace).run("report_list", {})
    return {row.source: (row.agency, row.standing) for row in rows.itertuples()}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_reports_that_wait_are_shown_with_what_may_be_meant(office: Workspace, language: str) -> None:
    # Nobody gave a name yet, so that two places ask for it.
    app = page("reports", language)
    assert not app.exception
    said = words(app)
    assert "云水县卫生健康委员会" in said
    assert "云水县教育体育局" in said
    assert standing(office)["1.txt"] == ("云水县卫生健康局", "quarantined")
    assert standing(office)["3.txt"] == ("云水县审计局", "current")


def test_one_click_confirms_and_is_signed(office: Workspace) -> None:
    app = opened()
    button = next(one for one in app.button if "云水县卫生健康委员会" in one.label)
    button.click().run()
    assert not app.exception
    assert standing(office)["1.txt"] == ("云水县卫生健康委员会", "current")
    (entry,) = Decisions(office).log()
    assert (entry.actor, entry.field, entry.value) == ("张三", "agency", "云水县卫生健康委员会")
    assert "卫生健康局" in entry.reason
    assert not [one for one in app.button if "云水县卫生健康委员会" in one.label]


def test_all_likely_ones_at_once(office: Workspace) -> None:
    app = opened()
    app.button(key="authors_bulk").click().run()
    assert not app.exception
    assert {one for _, one in standing(office).values()} == {"current"}
    assert len(Decisions(office).log()) == 2


def test_another_unit_or_a_new_one(office: Workspace) -> None:
    app = opened()
    id_ = next(one.key for one in app.text_input if str(one.key).startswith("author_words_")).removeprefix(
        "author_words_"
    )
    app.text_input(key=f"author_words_{id_}").set_value("审计").run()
    app.button(key=f"author_{id_}_c").click().run()
    assert not app.exception
    assert sorted(name for name, now in standing(office).values() if now != "quarantined") == ["云水县审计局"] * 2
    left = next(one for one in app.text_input if one.label == "名录中没有的新单位")
    left.set_value("云水县某新局")
    next(one for one in app.button if one.label == "按新单位记入").click().run()
    assert ("云水县某新局", "current") in standing(office).values()


def test_nothing_is_shown_where_nothing_waits(
    office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(create(tmp_path / "empty").folder))
    assert "待确认单位" not in words(opened())


def test_hundreds_are_shown_by_the_page(office: Workspace, tmp_path: Path) -> None:
    for number in range(500):
        write(
            tmp_path / "in", f"n{number}.txt", annual("云水县卫生健康局", 2010 + number % 14, number, title=str(number))
        )
    take_in(office, tmp_path / "in")
    app = opened()
    assert not app.exception
    assert len([one for one in app.button if one.label.startswith("确认：")]) == 10
    app.button(key="authors_next").click().run()
    assert not app.exception
    assert "第 11–20 份" in words(app)


def test_the_scope_is_shown_with_why_and_confirmed_by_a_click(office: Workspace) -> None:
    rows = reader(office).run("report_list", {})
    id_ = str(rows.loc[rows["source"] == "3.txt", "report_id"].iloc[0])
    app = page("reports", report=id_)
    app.session_state["actor"] = "张三"
    app.run()
    assert "部门、乡镇和其他单位的年报只统计本机关" in words(app)
    app.button(key="scope_organ").click().run()
    assert not app.exception
    assert "由人确认" in words(app)
    (entry,) = Decisions(office).log()
    assert (entry.action, entry.field, entry.value) == ("confirm", "scope", "organ")
