"""数据核查: empty, small, and with ten thousand findings; one finding from discovery to close; the return opinion."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from invented_reports import annual, take_in, write
from report_pages import marked, page, source_view, words
from streamlit.testing.v1 import AppTest

from gongkai.store import generations
from gongkai.store.corrections import Corrections
from gongkai.store.findings import FindingEvents
from gongkai.store.reader import reader
from gongkai.store.submission_book import SubmissionBook
from gongkai.store.workspace import Workspace, create, open_workspace

BLANK = {"check": "blank_cell", "severity": "error", "words": "2023年", "found": "/"}
LEFT = {"check": "placeholder_left", "severity": "warning", "words": "满意率", "found": "×次"}
NOTICE = {"check": "other_year_in_text", "severity": "notice", "words": "全年", "found": "2020"}
EVERYWHERE = {"first_year": 0, "last_year": 9999, "province": "", "city": "", "levels": [], "kinds": []}

MANY = """
INSERT INTO store.finding
SELECT finding.* REPLACE (
    CAST(number AS VARCHAR) AS expected, number % 10 = 0 AS doubtful,
    CASE WHEN number % 3 = 0 THEN 'warning' ELSE 'error' END AS severity
)
FROM (SELECT * FROM store.finding LIMIT 1) AS finding, range(10000) AS numbers(number)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("made")
    workspace = create(folder / "office")
    write(folder / "in", "2022.txt", annual("云水县人民政府", 2022, 18))
    write(folder / "in", "2023.txt", annual("云水县人民政府", 2023, None, findings=[BLANK, LEFT, NOTICE]))
    take_in(workspace, folder / "in")
    return workspace


@pytest.fixture
def small(made: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    office = open_workspace(shutil.copytree(made.folder, tmp_path / "copy"))
    monkeypatch.setenv("GONGKAI_DATA", str(office.folder))
    return office


def button(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


def sign(app: AppTest) -> AppTest:
    next(box for box in app.text_input if box.label == "您的姓名").input("张三")
    return button(app, "确定")


def decide(app: AppTest, event: str, reason: str) -> AppTest:
    next(box for box in app.selectbox if box.label == "处理").select(event)
    next(box for box in app.text_input if box.label == "理由").input(reason)
    return button(app, "保存")


def found(workspace: Workspace, code: str) -> dict[str, object]:
    rows = reader(workspace).run("finding_list", {"collection": "office", **EVERYWHERE})
    return dict(rows[rows["check_code"] == code].iloc[0])


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_empty_workspace_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(create(tmp_path / "office").folder))
    app = page("findings", language)
    assert not app.exception
    assert "gongkai ingest" in words(app)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("view", ["list", "units", "checks"])
def test_the_findings_one_by_one_by_unit_and_by_rule(small: Workspace, language: str, view: str) -> None:
    app = page("findings", language, view=view)
    assert not app.exception
    assert [card.value for card in app.metric] == ["3", "0", "0", "0", "0"]
    shown = app.dataframe[0].value
    assert len(shown) == (1 if view == "units" else 3)
    assert "blank_cell" not in shown.to_string()


@pytest.mark.parametrize("part", ["doubtful", "gone", "corrections"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_stands_apart_says_when_there_is_none(small: Workspace, language: str, part: str) -> None:
    app = page("findings", language, part=part)
    assert not app.exception
    assert not app.get("arrow_data_frame")


def test_the_filters_of_the_list_stand_in_the_address(small: Workspace) -> None:
    app = page("findings", severity="warning")
    assert len(app.dataframe[0].value) == 1
    assert len(page("findings", check="blank_cell").dataframe[0].value) == 1
    assert not page("findings", state="closed").dataframe
    assert len(page("findings", words="云水").dataframe[0].value) == 3
    assert not page("findings", words="没有这个单位").dataframe
    assert not page("findings", page="x", finding="<b>no</b>").exception


def test_one_finding_from_discovery_to_close(small: Workspace) -> None:
    key = str(found(small, "blank_cell")["finding_key"])
    app = page("findings", finding=key)
    assert not app.exception
    view = source_view(app)
    assert view["selected"] == "all"
    assert "2023年" in marked(view, "all")
    app = sign(app)
    app = decide(app, "notified", " ")
    assert "请写明理由" in words(app)
    for event, state in (("notified", "已通知"), ("explained", "已说明"), ("closed", "已销号")):
        app = decide(app, event, "已核对")
        assert not app.exception
        assert state in words(app)
    trail = FindingEvents(small).trail(key)
    assert [(entry["event"], entry["actor"]) for entry in trail] == [
        ("notified", "张三"),
        ("explained", "张三"),
        ("closed", "张三"),
    ]
    app = button(app, "撤销")
    assert found(small, "blank_cell")["state"] == "explained"
    assert "已由 张三 撤销" in words(app).replace("\\", "")


def test_many_are_decided_about_at_once_and_taken_back(small: Workspace) -> None:
    app = page("findings")
    app.toggle(key="findings_everything").set_value(True).run()
    app = sign(app)
    app = decide(app, "explained", "口径不同")
    assert not app.exception
    assert [card.value for card in app.metric] == ["0", "0", "3", "0", "0"]
    app = app.button(key="undo_last_decision").click().run()
    assert [card.value for card in app.metric] == ["3", "0", "0", "0", "0"]


def test_the_return_opinion_names_places_and_no_codes(small: Workspace) -> None:
    report = str(found(small, "blank_cell")["report_id"])
    app = page("findings", **{"return": report})
    assert not app.exception
    text = app.code[0].value
    assert "云水县人民政府：" in text
    assert "1. 应填数字处为空或“/”" in text
    assert "整改要求：" in text
    for unwanted in ("blank_cell", "placeholder", "疑", "应填写为", "other_year"):
        assert unwanted not in text
    app = app.checkbox[0].check().run()
    assert "2. 模板占位内容未替换" in app.code[0].value
    app = sign(app)
    app = app.button(key="record_return").click().run()
    assert not app.exception
    assert found(small, "blank_cell")["state"] == "notified"
    (event,) = SubmissionBook(small).journal.entries(event="returned")
    assert (event["year"], event["item"], event["seen"]) == (2023, "report", report)
    assert event["reason"].startswith("关于2023年度")
    assert found(small, "other_year_in_text")["state"] == "found"


def test_a_draft_after_publication_goes_back_with_an_opinion_of_its_own_once(small: Workspace, tmp_path: Path) -> None:
    draft = annual("云水县人民政府", 2023, None, findings=[BLANK])
    draft["report"] |= {"stage": "draft", "published_on": None, "title": "修改稿"}
    take_in(small, write(tmp_path / "late", "draft.txt", draft))
    rows = reader(small).run("report_list", {})
    (row,) = rows[rows["source"] == "draft.txt"].to_dict("records")
    assert row["standing"] == "superseded"
    app = sign(page("findings", **{"return": str(row["report_id"])}))
    assert not app.exception
    assert "不是现行版本" in words(app)
    assert "1. 应填数字处为空或“/”" in app.code[0].value
    app = app.button(key="record_return").click().run()
    assert not app.exception
    assert "已登记退回" in words(app)
    app = app.button(key="record_return").click().run()
    assert "没有重复登记" in words(app)
    (event,) = SubmissionBook(small).journal.entries(event="returned")
    assert event["sha256"] == row["sha256"]
    assert {each["state"] for each in _all(small)} == {"found"}


def _all(workspace: Workspace) -> list[dict[str, object]]:
    return reader(workspace).run("finding_list", {"collection": "office", **EVERYWHERE}).to_dict("records")


def test_a_figure_is_corrected_beside_its_document_and_undone_with_one_click(small: Workspace) -> None:
    rows = reader(small).run("report_list", {})
    opened = str(rows.loc[rows["source"] == "2022.txt", "report_id"].iloc[0])
    app = page("reports", report=opened, figure=f"{opened}-0")
    app.text_input[0].input("张三")
    button(app, "确定")
    next(box for box in app.radio if box.label == "哪里不对").set_value(False)
    value = next(box for box in app.number_input if box.label.startswith("更正值"))
    value.set_value(19)
    next(box for box in app.text_input if box.label == "依据").input("单位来函")
    [box for box in app.text_input if box.label == "理由"][-1].input("单位报错")
    button(app, "更正")
    assert not app.exception
    (entry,) = Corrections(small).log()
    assert (entry.expected, entry.value, entry.source, entry.actor) == (18.0, 19.0, "单位来函", "张三")
    matrix = next(group for group in source_view(app)["panes"][0]["groups"] if group["kind"] == "matrix")
    assert matrix["rows"][0]["cells"][-1]["text"] == "18 → 19"
    facts = reader(small).run("facts", {"collection": "office", "years": [2022], "metrics": ["applications.new"]})
    assert facts[["value", "basis"]].values.tolist() == [[19.0, "correction"]]
    listed = page("findings", part="corrections").dataframe[0].value
    assert list(listed["state_word"]) == ["采用"]
    app.button(key=f"undo_correction_{entry.id}").click().run()
    assert not app.exception
    assert Corrections(small).log()[0].undone


def test_ten_thousand_findings_show_a_page(small: Workspace) -> None:
    with generations.write(small) as draft:
        draft.connection.execute(MANY)
    app = page("findings")
    assert not app.exception
    assert len(app.dataframe[0].value) == 100
    assert "第 1–100 条，共 9,003 条" in words(app)
    app = app.button(key="findings_next").click().run()
    assert "第 101–200 条" in words(app)
    assert len(page("findings", part="doubtful").dataframe[0].value) == 100
