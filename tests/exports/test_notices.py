"""整改通知单: what a unit is told and what never, one file per unit and reviewer, names that every system can hold."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from invented_findings import YEAR, answering, cell, finding, notices_of

from gongkai.catalogue.checks import checks
from gongkai.catalogue.paper_words import paper_words
from gongkai.exports.notice_archive import archive_name, files, items, safe_name, zipped
from gongkai.exports.notice_document import Paper, place_notice, unit_notice
from gongkai.exports.notices import NoticeError, Wanted, gather, known_warnings

PAPER = Paper(YEAR, paper_words("notice"))


def text_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(parts)


def rows_of(content: bytes, number: int) -> list[list[str]]:
    table = docx.Document(io.BytesIO(content)).tables[number]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_problem_is_told_in_the_order_of_the_form() -> None:
    content = unit_notice(notices_of(finding("临湖市数据局"))[0], PAPER)
    rows = rows_of(content, 0)
    assert [row[1] for row in rows] == ["项目", "问题", "表、行、列", "报告值", "应为关系", "依据", "整改要求"]
    told = {row[1]: row[2] for row in rows}
    assert told["表、行、列"] == "表三 收到和处理政府信息公开申请情况，“总计”列"
    assert told["报告值"] == "本年新收 14；本年办结 12"
    assert told["依据"] == checks()["flow_balance"].rule
    assert "之和" in told["应为关系"]
    assert told["整改要求"].startswith("请")


def test_number_addressee_sender_and_date_are_left_empty_and_the_form_for_the_answer_is_annexed() -> None:
    content = unit_notice(notices_of(finding("临湖市数据局"))[0], PAPER)
    document = docx.Document(io.BytesIO(content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert re.fullmatch(r"　*〔　*〕　*号", lines[0])
    assert lines[1] == "政府信息公开工作年度报告整改通知单"
    assert re.fullmatch(r"　*：", lines[2])
    assert "附件：整改反馈表" in lines
    assert "单位名称：临湖市数据局" in lines
    assert rows_of(content, 1)[0] == ["序号", "问题", "整改情况（更正或说明）", "完成日期"]
    signed = lines[lines.index("附件：整改反馈表") + 1 : lines.index("附件")]
    assert len(signed) == 4
    assert not any(signed)


def test_no_number_that_would_be_right_no_code_no_score_no_suspicion() -> None:
    rows = [
        finding("甲局", expected="987"),
        finding("甲局", 1, "carry_over_broken", expected="986", metrics=["applications.carried_in"]),
        finding("甲局", 2, "placeholder_left", severity="warning", metrics=[], found="×次", detail="{}"),
    ]
    told = text_of(unit_notice(notices_of(*rows)[0], PAPER))
    assert "987" not in told
    assert "986" not in told
    assert "疑" not in told
    assert not [code for code in checks() if code in told]
    assert not re.search("得分|评分|扣分|分值", told)


@pytest.mark.parametrize("reason", ["left_out", "counted_twice", "other_version"])
def test_what_the_office_supposes_stays_in_the_office(reason: str) -> None:
    row = finding("甲局", check="roll_up_differs", severity="warning", detail=f'{{"reason": "{reason}"}}')
    (notice,) = notices_of(row)
    assert notice.problems[0].title == checks()["roll_up_differs"].title_zh
    assert "可能" not in text_of(unit_notice(notice, PAPER))


@pytest.mark.parametrize("kept_back", [{"doubtful": True}, {"severity": "notice"}])
def test_what_may_not_go_out_is_refused_even_if_a_query_gave_it(kept_back: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="never goes to a unit"):
        notices_of(finding("甲局", **kept_back))


def test_a_reviewer_gets_every_unit_of_the_place_with_its_problems() -> None:
    notices = notices_of(finding("甲局"), finding("甲局", 1, "blank_cell"), finding("乙局", county="竹汀区"))
    content = place_notice("临湖市", notices, PAPER)
    assert rows_of(content, 0)[1:] == [
        ["1", "甲局", "2", "本列不平衡；应填数字处为空或“/”"],
        ["2", "乙局", "1", "本列不平衡"],
    ]
    told = text_of(content)
    assert "临湖市有2家单位" in told
    assert "共3个问题" in told
    assert "一、甲局" in told
    assert "二、乙局" in told


def test_the_files_stand_by_city_reviewers_first_numbered_through() -> None:
    notices = notices_of(
        finding("省数据局", city=None, level="province"),
        finding("甲局"),
        finding("乙局", county="竹汀区", level="county"),
        finding("丙局", city="澄川市"),
        finding("丁公司", city=None, level=None),
    )
    assert [item.path for item in items(notices, PAPER)] == [
        "临湖市/001-临湖市-2024年度报告整改通知单（汇总）.docx",
        "临湖市/002-竹汀区-2024年度报告整改通知单（汇总）.docx",
        "临湖市/003-甲局-2024年度报告整改通知单.docx",
        "临湖市/004-乙局-2024年度报告整改通知单.docx",
        "澄川市/005-澄川市-2024年度报告整改通知单（汇总）.docx",
        "澄川市/006-丙局-2024年度报告整改通知单.docx",
        "省直单位/007-省数据局-2024年度报告整改通知单.docx",
        "其他单位/008-丁公司-2024年度报告整改通知单.docx",
    ]
    assert len(items(notices[1:2], PAPER, reviewers=False)) == 1


def test_two_cities_of_one_name_do_not_share_a_folder() -> None:
    notices = notices_of(finding("甲局"), finding("乙局", province="锦川省"))
    assert {item.folder for item in items(notices, PAPER)} == {"云川省临湖市", "锦川省临湖市"}


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "a/b\\c",
        "CON",
        "nul.txt",
        " . ",
        "甲\n乙\x00局",
        "=cmd|'x'!A1",
        "局" * 300,
        "\u202e局",
        "?*<>",
    ],
)
def test_odd_names_make_files_that_every_system_can_hold(name: str) -> None:
    made = safe_name(name)
    assert made
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\u202e]', made)
    assert made == made.strip(" .")
    assert made.split(".")[0].lower() not in ("con", "nul")
    listed = items(notices_of(finding(name, city=name, county=name)), PAPER)
    for item in listed:
        folder, file = item.path.split("/")
        assert folder not in ("", ".", "..")
        assert len(file.encode()) <= 255
    assert len({item.path for item in listed}) == 3
    with zipfile.ZipFile(io.BytesIO(zipped(list(files(listed, PAPER))))) as archive:
        assert archive.testzip() is None


def test_the_text_of_an_odd_name_stays_text() -> None:
    told = text_of(unit_notice(notices_of(finding("<w:p/>&{year}\n局"))[0], PAPER))
    assert "<w:p/>&{year} 局" in told


def test_the_same_notices_give_the_same_bytes() -> None:
    first, second = (
        zipped(list(files(items(notices_of(finding("甲局"), finding("乙局")), PAPER), PAPER))) for _ in range(2)
    )
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert archive.namelist()[-1] == "发文清单.xlsx"
    assert archive_name(PAPER) == "2024年度报告整改通知单.zip"


def test_a_paper_about_an_invented_province_says_so() -> None:
    (notice,) = notices_of(finding("甲局"))
    assert "虚构" not in text_of(unit_notice(notice, PAPER))
    assert "虚构" in text_of(unit_notice(notice, replace(PAPER, fictional=True)))


def test_nothing_found_gives_no_notice() -> None:
    assert gather(answering([]), Wanted("office", YEAR)) == []
    assert items([], PAPER) == []


def test_a_warning_is_asked_for_by_the_code_of_a_check() -> None:
    assert known_warnings(["section_empty", "section_empty"]) == ("section_empty",)
    with pytest.raises(NoticeError, match="no_such"):
        known_warnings(["no_such"])


def test_a_thousand_units_each_get_a_paper_of_their_own() -> None:
    notices = notices_of(*(finding(f"第{number}局", county=f"{number % 90}县") for number in range(1000)))
    listed = items(notices, PAPER)
    assert len(listed) == 1 + 90 + 1000
    assert len({item.path for item in listed}) == len(listed)
    assert {len(item.number) for item in listed} == {4}


@pytest.mark.parametrize(
    ("side", "told"),
    [
        ({"side": "other", "year": YEAR - 1}, "本年新收 14；2023年结转下年度 7"),
        ({"side": "part", "agency_id": "other", "agency": "竹汀区司法局"}, "本年新收 14；竹汀区司法局结转下年度 7"),
        ({"side": "other", "agency_id": "id-甲局"}, "本年新收 14；对照版本结转下年度 7"),
    ],
)
def test_a_figure_of_the_other_side_says_of_which_year_unit_or_version(side: dict[str, Any], told: str) -> None:
    row = finding("甲局", check="carry_over_broken")
    cells = [
        cell(row["finding_key"], "applications.new", 14.0, agency_id="id-甲局"),
        cell(row["finding_key"], "applications.carried_out", 7.0, **side),
    ]
    (notice,) = gather(answering([row], cells), Wanted("office", YEAR))
    assert notice.problems[0].reported == told
