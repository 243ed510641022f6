"""Peer groups on the pages: a group in the address narrows everything, is named beside each comparison and in exports;
groups of one's own are put together, changed, deleted and undone on 系统管理; a rename is marked on a unit's line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from figures_workspace import filled, many, row
from report_pages import page, words
from streamlit.testing.v1 import AppTest

from gongkai.agencies.naming import agency_id
from gongkai.agencies.register import FormerName, Unit
from gongkai.store.register import publish
from gongkai.store.register_book import RegisterBook
from gongkai.store.saved_groups import SavedGroups
from gongkai.store.workspace import Workspace, create


def unit(number: int) -> str:
    return agency_id(f"第{number:02d}局", "湖北省")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Eleven county departments in two years."""
    workspace = filled(tmp_path, many(years=range(2024, 2026)))
    monkeypatch.setenv("GONGKAI_DATA", str(workspace.folder))
    return workspace


def said(app: AppTest) -> str:
    return words(app).replace("\\", "")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("name", ["overview", "applications", "agency", "reports"])
def test_a_band_narrows_every_page_and_is_named(name: str, language: str, office: Workspace) -> None:
    app = page(name, language, group="county_departments:many")
    assert not app.exception
    assert app.query_params["group"] == "county_departments:many"
    band = {"zh-CN": "县区级部门·申请量多（年均 30 件及以上）", "en": "County departments, many applications"}[language]
    assert band in app.expander[0].label.replace("\\", "")
    if name == "applications":
        text = said(app)
        assert {"zh-CN": "按2023—2025年", "en": "over 2023–2025"}[language] in text
        assert 0 < len(app.dataframe[-1].value) < 11


def test_without_a_group_the_comparison_says_so(office: Workspace) -> None:
    assert "有当年报告的 11 家单位，未限定同类单位" in said(page("applications"))


def test_choosing_a_peer_group_takes_the_place_of_level_and_kind(office: Workspace) -> None:
    app = page("applications", level="county")
    app.selectbox(key="filter_group_zh-CN").select("county_departments").run()
    assert not app.exception
    assert app.query_params["group"] == "county_departments"
    assert "level" not in app.query_params
    assert "县区级部门" in app.expander[0].label
    assert "组内共 11 家，参与比较 11 家" in said(app)


def test_a_saved_group_opens_from_a_link_and_its_end_is_said(office: Workspace) -> None:
    groups = SavedGroups(office)
    number = groups.save("office", "*试点*单位", [unit(1), unit(2), unit(3)], "甲", "比较")
    app = page("applications", group=f"saved:{number}")
    assert not app.exception
    assert sorted(app.dataframe[-1].value["agency"]) == ["第01局", "第02局", "第03局"]
    assert "自建：*试点*单位" in app.expander[0].label.replace("\\", "")
    assert "由甲自建，共 3 家单位" in said(app)
    # Somebody deletes it while another person has it among her filters.
    app = page("admin", group=f"saved:{number}")
    groups.delete(number, "乙", "不用了")
    app.switch_page("pages/applications.py").run()
    assert not app.exception
    assert "自建单位组（不存在或已删除）" in app.warning[0].value
    assert len(app.dataframe[-1].value) == 11
    assert "自建单位组（不存在或已删除）" in page("review", group=f"saved:{number}").warning[0].value


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_list_of_groups_is_shown_with_and_without_groups(
    language: str, office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SavedGroups(office).save("office", "一组", [unit(1)], "甲", "比较")
    app = page("admin", language, groups="list")
    assert not app.exception
    saved, defined = app.dataframe
    assert saved.value["name"].to_list() == ["一组"]
    assert len(defined.value) > 20
    monkeypatch.setenv("GONGKAI_DATA", str(create(tmp_path / "empty").folder))
    app = page("admin", language, groups="list")
    assert not app.exception
    assert len(app.dataframe) == 1
    for opened in ("7", "²", "99999999999999999999", "<b>"):
        assert not page("admin", language, groups=opened).exception


def test_a_group_is_put_together_changed_deleted_and_undone(office: Workspace) -> None:
    app = page("admin", groups="new")
    app.session_state["actor"] = "王五"
    app.run()
    app.text_input(key="group_words").input("第0").run()
    app.multiselect(key="group_hits").set_value([unit(4), unit(5)])
    app.button(key="group_add").click().run()
    assert not app.exception
    assert "已选 2 家单位" in said(app)
    save(app, "", "比较")
    assert "请填写组名" in app.error[0].value
    save(app, "两局", "")
    assert "请写明理由" in app.error[0].value
    save(app, "两局", "比较")
    assert not app.exception
    (group,) = SavedGroups(office).standing("office")
    assert (group.name, set(group.units), group.owner) == ("两局", {unit(4), unit(5)}, "王五")
    app.button(key="group_add_filters").click().run()
    app.multiselect(key="group_out").set_value([unit(4)])
    app.button(key="group_take_out").click().run()
    save(app, "十局", "改")
    (group,) = SavedGroups(office).standing("office")
    assert (group.name, len(group.units)) == ("十局", 10)
    sent(app, "删除单位组", "不用了")
    assert SavedGroups(office).standing("office") == []
    sent(app, "撤销这一步", "误删")
    assert not app.exception
    assert SavedGroups(office).standing("office")[0].name == "十局"


def save(app: AppTest, name: str, reason: str) -> None:
    next(each for each in app.text_input if each.label == "组名").input(name)
    sent(app, "保存单位组", reason)


def sent(app: AppTest, word: str, reason: str) -> None:
    """Fill in the form behind the button `word`."""
    button = next(each for each in app.button if each.label == word)
    form = button.proto.form_id
    next(each for each in app.text_input if each.proto.form_id == form and each.label == "理由").input(reason)
    button.click().run()


def figures(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(element.proto.spec or element.proto.figure.spec) for element in app.get("plotly_chart")]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_rename_is_one_line_with_a_mark(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = "宿州市人民防空办公室", "宿州市国防动员办公室"
    rows = [
        row(old if year < 2023 else new, year, metric, year - 2000, province="安徽省", city="宿州市")
        for year in range(2020, 2026)
        for metric in ("applications.new", "applications.closed", "applications.carried_in")
    ]
    workspace = filled(tmp_path, rows)
    monkeypatch.setenv("GONGKAI_DATA", str(workspace.folder))
    id_ = agency_id(new, "安徽省")
    known = Unit(id_, new, "county", "department", "安徽省", "宿州市", former_names=(FormerName(old, last=2022),))
    RegisterBook(workspace).replace("office", [known], "甲", "登记")
    publish(workspace, "office", "甲", "test")
    app = page("agency", language, agency=id_)
    assert not app.exception
    text = {"zh-CN": f"2023 年起由“{old}”更名为“{new}”", "en": f"Renamed from “{old}” to “{new}” as of 2023"}[language]
    assert text in said(app)
    (chart,) = [each for each in figures(app) if any("scatter" in trace["type"] for trace in each["data"])][-1:]
    line = chart["data"][0]
    assert [year for year in line["x"] if year == int(year)] == list(range(2020, 2026))
    assert None not in line["y"]
    assert text in " ".join(line["hovertext"])
    app = page("applications", language, units=id_)
    assert not app.exception
    assert text in said(app)
