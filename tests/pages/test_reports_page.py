"""报告库: the list, a report beside its document, decisions, upload; empty, small, and with hostile texts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from invented_reports import annual, take_in, write
from report_pages import marked, page, source_view, words
from reportlab.pdfgen import canvas
from streamlit.testing.v1 import AppTest

from gongkai.store.decisions import Decisions
from gongkai.store.reader import reader
from gongkai.store.workspace import Workspace, create, open_workspace
from gongkai.ui.data import version


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    workspace = create(tmp_path / "office")
    monkeypatch.setenv("GONGKAI_DATA", str(workspace.folder))
    return workspace


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two reports that stand, a PDF of another year, one in doubt about its year, one file that could not be read."""
    folder = tmp_path_factory.mktemp("filled")
    workspace = create(folder / "office")
    write(folder / "in", "2022.txt", annual("云水县人民政府", 2022, 18))
    write(
        folder / "in",
        "2023.txt",
        annual(
            "云水县人民政府",
            2023,
            None,
            findings=[{"check": "blank_cell", "severity": "error", "words": "2023年", "found": "/"}],
            unmapped=["某一行"],
        ),
    )
    write(folder / "in", "x.txt", annual("青山市民政局", 2021, 5, doubts=["year_uncertain"]))
    (folder / "in" / "空.txt").write_bytes(b"")
    paper = canvas.Canvas(str(folder / "in" / "a.pdf"))
    paper.drawString(72, 700, "received 21 applications in total, all of them were answered in time")
    paper.showPage()
    paper.drawString(72, 700, "a second page with some more words on it")
    paper.save()
    assert take_in(workspace, folder / "in") == (4, 1, 1)
    return workspace


@pytest.fixture
def small(filled: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("GONGKAI_DATA", str(filled.folder))
    return filled


def report_id(workspace: Workspace, source: str) -> str:
    rows = reader(workspace).run("report_list", {})
    return str(rows.loc[rows["source"] == source, "report_id"].iloc[0])


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_empty_workspace_says_what_to_do(office: Workspace, language: str) -> None:
    app = page("reports", language)
    assert not app.exception
    assert "gongkai ingest" in words(app)
    assert not app.get("arrow_data_frame")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_list_shows_every_report_and_what_waits_first(small: Workspace, language: str) -> None:
    app = page("reports", language)
    assert not app.exception
    listed = app.dataframe[-1].value
    assert list(listed["agency"]) == ["青山市民政局", *["云水县人民政府"] * 3]
    assert list(listed["figures"]) == [5, 1, 5, 5]
    assert listed["standing"].iloc[0] == {"zh-CN": "待确认", "en": "Awaiting confirmation"}[language]
    assert listed["reason"].iloc[0]
    failed = app.dataframe[0].value
    assert list(failed["source"]) == ["空.txt"]
    assert failed["why"].iloc[0].startswith({"zh-CN": "文件是空的", "en": "The file is empty"}[language])


def test_the_list_is_searched_by_name(small: Workspace) -> None:
    app = page("reports")
    search(app, "青山")
    assert list(app.dataframe[-1].value["agency"]) == ["青山市民政局"]
    assert app.query_params["words"] == "青山"
    search(app, "没有这个名字")
    assert "没有符合条件的报告" in words(app)


def search(app: AppTest, text: str) -> None:
    next(each for each in app.text_input if each.label == "按名称查找").input(text).run()


def test_a_link_to_the_list_keeps_what_is_looked_for(small: Workspace) -> None:
    app = page("reports", words="云水", show="errors")
    assert not app.exception
    listed = app.dataframe[-1].value
    assert len(listed)
    assert (listed["errors"] > 0).all()
    assert set(listed["agency"]) == {"云水县人民政府"}
    waiting = page("reports", show="quarantined", everywhere="1")
    assert list(waiting.dataframe[-1].value["agency"]) == ["青山市民政局"]
    assert len(page("reports", show="nonsense").dataframe[-1].value) == 4


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_unknown_report_says_what_to_do(small: Workspace, language: str) -> None:
    app = page("reports", language, report="<script>no</script>")
    assert not app.exception
    assert len(app.warning) == 1


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_figure_marks_its_words_and_its_cell(small: Workspace, language: str) -> None:
    opened = report_id(small, "2022.txt")
    app = page("reports", language, report=opened, figure=f"{opened}-3")
    assert not app.exception
    view = source_view(app)
    assert view["selected"] == f"{opened}-3"
    assert marked(view, f"{opened}-3") == ["热线办理20220件"]
    assert marked(view, f"{opened}-0") == ["18"]
    assert marked(view, "field-year") == ["2022年"]


def test_what_is_missing_and_what_is_rounded_is_said(small: Workspace) -> None:
    opened = report_id(small, "2023.txt")
    view = source_view(page("reports", report=opened))
    (figures, findings, doubts, fields) = view["panes"]
    matrix = next(group for group in figures["groups"] if group["kind"] == "matrix")
    assert matrix["rows"][0]["cells"][-1]["text"] == "空白"
    assert matrix["rows"][0]["cells"][1]["text"] == "0"
    values = {item["label"]: item["text"] for group in figures["groups"][1:] for item in group["items"]}
    assert "98.55%" in values.values()
    assert any(str(value).startswith("约") for value in values.values())
    assert any(group["title"].startswith("表中未能归类的行") for group in figures["groups"])
    assert findings["groups"][0]["items"][0]["tone"] == "error"
    assert not doubts["groups"]
    assert {item["key"] for item in fields["groups"][0]["items"]} >= {"field-year", "field-agency", "field-url"}


def test_markup_in_a_document_reaches_the_component_as_text(small: Workspace) -> None:
    opened = report_id(small, "2022.txt")
    app = page("reports", report=opened)
    view = source_view(app)
    assert "<script>alert(1)</script>" in json.dumps(view["blocks"], ensure_ascii=False)
    assert not any("<script>" in str(element.value) for element in app.markdown)


def test_a_figure_that_the_report_does_not_have_is_no_error(small: Workspace) -> None:
    app = page("reports", report=report_id(small, "2022.txt"), figure="nothing")
    assert not app.exception
    assert source_view(app)["selected"] is None


def test_a_year_is_confirmed_with_a_name_and_a_reason(
    filled: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = open_workspace(shutil.copytree(filled.folder, tmp_path / "copy"))
    monkeypatch.setenv("GONGKAI_DATA", str(office.folder))
    opened = report_id(office, "x.txt")
    app = page("reports", report=opened)
    assert not app.number_input
    app.text_input[0].input("张三")
    next(button for button in app.button if button.label == "确定").click().run()
    app.number_input[0].set_value(2020)
    save = next(button for button in app.button if button.label == "保存")
    save.click().run()
    assert "请写明理由" in words(app)
    assert Decisions(office).log() == []
    next(box for box in app.text_input if box.label == "理由").input("已核对封面")
    next(button for button in app.button if button.label == "保存").click().run()
    assert not app.exception
    assert [(entry.action, entry.field, entry.value, entry.actor) for entry in Decisions(office).log()] == [
        ("correct", "year", 2020, "张三")
    ]
    assert version().decisions == 1
    facts = reader(office).run("facts", {"collection": "office"})
    assert set(facts.loc[facts["agency"] == "青山市民政局", "year"]) == {2020}
    assert "现行" in words(app)
    assert "更正 统计年度" in words(app)
    [box for box in app.text_input if box.label == "理由"][-1].input("看错了")
    [button for button in app.button if button.label == "撤销"][-1].click().run()
    assert not app.exception
    assert [entry.action for entry in Decisions(office).log()] == ["correct", "undo"]
    assert "待确认" in words(app)
    assert "已由 张三 撤销" in words(app).replace("\\", "")


def test_a_page_of_a_pdf_is_drawn_with_frames(small: Workspace) -> None:
    opened = report_id(small, "a.pdf")
    view = source_view(page("reports", report=opened, figure=f"{opened}-0"))
    assert view["blocks"] is None
    assert view["page"]["number"] == 1
    assert view["page"]["count"] == 2
    assert view["page"]["image"].startswith("data:image/png;base64,")
    ((left, top, width, height),) = view["page"]["boxes"][f"{opened}-0"]
    assert 0.1 < left < 0.4
    assert 0.1 < top < 0.2
    assert 0 < width < 0.1
    assert 0 < height < 0.05


def test_an_upload_is_read_by_a_command_and_names_each_failure(office: Workspace) -> None:
    app = page("reports")
    app.text_input[0].input("张三")
    next(button for button in app.button if button.label == "确定").click().run()
    app.file_uploader[0].set_value([("../空.pdf", b"", "application/pdf"), ("清单.txt", "苹果".encode(), "text/plain")])
    app.button(key="upload_start").click().run()
    assert not app.exception
    batch = app.session_state["upload_batch"]
    assert batch.process.wait(timeout=60) == 1
    app.run()
    assert not app.exception
    text = words(app)
    assert "有 2 个文件未能读取" in text
    assert "空.pdf：文件是空的" in text.replace("\\", "")
    assert "清单.txt" in text.replace("\\", "")
    app.button(key="upload_again").click().run()
    assert app.file_uploader
