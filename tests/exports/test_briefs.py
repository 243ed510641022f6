"""情况通报 and 领导专报: who is praised, what is told without names, and which conclusion and proposals follow."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pandas as pd
import pytest
from invented_findings import YEAR, cell, finding
from lxml import etree

from gongkai.catalogue.paper_words import paper_words
from gongkai.errors import CatalogueError
from gongkai.exports import word
from gongkai.exports.briefs import brief, brief_name
from gongkai.exports.circular import circular
from gongkai.exports.leaders import Applications, applications, conclusion, five_numbers, leaders, places, proposals
from gongkai.exports.notice_document import Paper
from gongkai.exports.notices import Wanted
from gongkai.exports.word_chart import Series, bars
from gongkai.exports.year_picture import YearPicture, picture

TODAY = date(YEAR + 1, 4, 1)
CIRCULAR = Paper(YEAR, paper_words("circular"))
LEADERS = Paper(YEAR, paper_words("leaders"))
WORDS = LEADERS.words


def unit(agency: str, state: str = "published", **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"agency_id": f"id-{agency}", "agency": agency, "province": "云川省", "city": "临湖市"}
    row |= {"county": None, "level": "prefecture", "kind": "department", "due": True, "confirmed": True, "state": state}
    row["received_on"] = None if state == "missing" else pd.Timestamp("2025-01-10")
    return {**row, "returns": 0, "late_days": 0, **more}


def ask(
    units: Sequence[dict[str, Any]],
    findings: Sequence[dict[str, Any]] = (),
    ever: Sequence[dict[str, Any]] = (),
    measures: Sequence[dict[str, Any]] = (),
) -> Callable[..., pd.DataFrame]:
    cells = [cell(row["finding_key"], "applications.new", 14.0) for row in findings if row["metrics"]]
    said = [
        {"agency_id": row["agency_id"], "check_code": row["check_code"], "severity": row["severity"], "state": "found"}
        for row in findings
    ]
    answers = {"submissions": units, "notice_findings": findings, "finding_cells": cells, "measure_by_year": measures}
    answers["year_problems"] = [*said, *ever]

    def answer(name: str, /, **_given: object) -> pd.DataFrame:
        return pd.DataFrame(list(answers[name]))

    return answer


def pictured(units: Sequence[dict[str, Any]], *findings: dict[str, Any], ever: Sequence[Any] = ()) -> YearPicture:
    return picture(ask(units, findings, ever), Wanted("office", YEAR), TODAY)


def paragraphs(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def cells(content: bytes, number: int) -> list[list[str]]:
    table = docx.Document(io.BytesIO(content)).tables[number]
    return [[each.text for each in row.cells] for row in table.rows]


UNITS = [
    unit("甲局"),
    unit("乙局", late_days=3),
    unit("丙局", returns=1),
    unit("丁局", state="corrected"),
    unit("戊局", state="missing", late_days=60),
    unit("己局", state="passed", late_days=None),
    unit("庚局", city="澄川市"),
    unit("辛局", city="澄川市"),
    unit("壬局", city="澄川市", state="filed"),
    unit("不在名单的局", due=False),
]
FINDING = finding("庚局", city="澄川市")
SETTLED = {"agency_id": "id-辛局", "check_code": "flow_balance", "severity": "error", "state": "gone"}


def test_only_in_time_at_once_and_never_wrong_is_praised() -> None:
    found = pictured(UNITS, FINDING, ever=[SETTLED])
    assert [each.unit.agency for each in found.standings if each.praised] == ["甲局", "壬局"]
    assert (found.count("received"), found.count("in_time"), found.count("late"), found.missing) == (8, 6, 1, 1)
    assert (found.count("at_once"), found.returned, found.published) == (6, 1, 7)


def test_nobody_is_praised_or_blamed_whose_day_of_receipt_is_unknown() -> None:
    (standing,) = pictured([unit("甲局", received_on=None)]).standings
    assert (standing.in_time, standing.late, standing.praised) == (False, False, False)


def test_a_settled_warning_or_notice_takes_no_praise_away() -> None:
    ever = [{**SETTLED, "agency_id": "id-甲局", "severity": severity} for severity in ("warning", "notice")]
    assert [each.unit.agency for each in pictured([unit("甲局")], ever=ever).standings if each.praised] == ["甲局"]


def test_the_circular_praises_by_name_and_tells_problems_without() -> None:
    content = circular(pictured(UNITS, FINDING), CIRCULAR)
    lines = paragraphs(content)
    body = "\n".join(lines[: lines.index("附件1")])
    assert "应报送年度报告的单位共9家，已报送8家" in body
    assert "有3家单位按期报送" in body
    assert "（一）本列不平衡。" in body
    assert "例如，某市直部门的报告中，表三 收到和处理政府信息公开申请情况，“总计”列：本年新收 14。" not in body
    assert "例如，某市直部门的报告中，表三 收到和处理政府信息公开申请情况" in body
    assert not [each["agency"] for each in UNITS if each["agency"] in body]
    assert "1家单位逾期报送，1家单位尚未报送" in body
    assert [row[2] for row in cells(content, 0)[1:]] == ["甲局", "辛局", "壬局"]
    assert [row[1:] for row in cells(content, 1)[1:]] == [
        ["临湖市", "乙局", "逾期3天报送"],
        ["临湖市", "戊局", "尚未报送"],
        ["澄川市", "庚局", "本列不平衡"],
    ]


@pytest.mark.parametrize(
    "told",
    [
        {"check": "other_unit_in_text", "severity": "warning", "metrics": [], "found": "庚局", "detail": "{}"},
        {"check": "roll_up_differs", "severity": "warning", "found": "9876"},
        {"check": "placeholder_left", "severity": "warning", "metrics": [], "found": "×次", "detail": "{}"},
    ],
)
def test_an_example_never_quotes_a_text(told: dict[str, Any]) -> None:
    body = "".join(paragraphs(circular(pictured(UNITS, finding("庚局", **told)), CIRCULAR)))
    assert "例如" not in body
    assert str(told["found"]) not in body


def test_a_year_without_anything_and_a_year_without_a_list() -> None:
    nothing = pictured([])
    assert "未发现需要通报的共性问题" in "".join(paragraphs(circular(nothing, CIRCULAR)))
    assert "尚未收到" in "".join(paragraphs(leaders(nothing, Applications(), LEADERS)))
    unlisted = pictured([unit("甲局", confirmed=False, late_days=None), unit("乙局", "missing", confirmed=False)])
    assert not unlisted.listed
    assert "已有1家单位报送" in "".join(paragraphs(circular(unlisted, CIRCULAR)))
    assert "应报" not in conclusion(unlisted, WORDS)
    assert "已收到1家单位" in conclusion(unlisted, WORDS)
    numbers = five_numbers(unlisted, Applications(), WORDS)
    assert numbers[0] == ("已报送", "1家", "名单尚未确定")
    assert numbers[1] == ("按期报送", "—", "未设报送日期")


@pytest.mark.parametrize(
    ("units", "findings", "begins"),
    [
        ([unit(f"{number}局") for number in range(10)], [], "总体良好"),
        ([unit(f"{number}局") for number in range(10)], [finding("3局")], "总体良好"),
        ([unit(f"{number}局") for number in range(10)], [finding("3局"), finding("4局")], "总体平稳"),
        ([unit(f"{number}局", "missing" if not number else "filed") for number in range(10)], [], "总体平稳"),
        ([unit(f"{number}局", late_days=number % 2) for number in range(10)], [], "问题较多"),
    ],
)
def test_the_conclusion_follows_the_counts(units: list[Any], findings: list[Any], begins: str) -> None:
    assert begins in conclusion(pictured(units, *findings), WORDS)


def test_the_five_numbers_say_what_was_counted() -> None:
    found = pictured(UNITS, FINDING)
    assert five_numbers(found, Applications(12345, 2, 12000), WORDS) == [
        ("已报送", "8家", "应报9家"),
        ("按期报送", "6家", "逾期1家，未报1家"),
        ("一次审核通过", "6家", "退回修改1家"),
        ("还需整改", "1家", "共1个问题"),
        ("全年新收公开申请", "12,345件", "上年12,000件，据2份报告"),
    ]


def test_the_applications_of_two_years_are_set_side_by_side_only_from_as_many_reports() -> None:
    def years(before: int) -> Applications:
        rows = [{"year": YEAR - 1, "total": 10.0, "added": before}, {"year": YEAR, "total": 12.0, "added": 2}]
        return applications(ask([], measures=rows), Wanted("office", YEAR))

    assert years(2) == Applications(12, 2, 10)
    assert years(3) == Applications(12, 2, None)
    assert applications(ask([]), Wanted("office", YEAR)) == Applications()


def test_three_proposals_answer_what_concerns_most_units() -> None:
    many = [unit(f"{number}局", "missing" if number < 2 else "filed") for number in range(10)]
    wrong = [finding(f"{number}局") for number in range(3, 8)]
    titles = [title for title, _ in proposals(pictured(many, *wrong), WORDS)]
    assert titles == ["建立填报前核数制度", "抓紧催报", "持续跟踪整改"]
    assert "5家单位" in proposals(pictured(many, *wrong), WORDS)[0][1]
    assert len(proposals(pictured([unit("甲局")]), WORDS)) == 3


def test_the_chart_counts_every_unit_once_and_gathers_small_places() -> None:
    title, rows = places(pictured(UNITS, FINDING), WORDS)
    assert title == f"{YEAR}年度报告各市情况（家）"
    assert rows == [("临湖市", (4, 1, 1)), ("澄川市", (2, 1, 0))]
    one_city = pictured([unit("甲局"), unit("乙局", county="竹汀区")])
    assert places(one_city, WORDS) == (
        f"{YEAR}年度报告各县（市、区）情况（家）",
        [("市直", (1, 0, 0)), ("竹汀区", (1, 0, 0))],
    )
    many = pictured([unit(f"{number}局", city=f"{number}市") for number in range(40)])
    _, rows = places(many, WORDS)
    assert len(rows) == 16
    assert rows[-1] == ("其他25个地区", (25, 0, 0))


def test_the_paper_for_the_leaders_has_no_words_of_statistics_and_no_names() -> None:
    content = leaders(pictured(UNITS, FINDING), Applications(12345, 2, 12000), LEADERS)
    told = "\n".join([*paragraphs(content), *(text for row in cells(content, 0) for text in row)])
    assert not re.search("置信|显著|标准差|中位数|均值|百分点|分布|样本|疑", told)
    assert not [each["agency"] for each in UNITS if each["agency"] in told]
    assert paragraphs(content)[1].startswith("云川省2024年度政府信息公开工作年度报告编制发布")


def test_the_chart_is_one_that_word_draws_with_its_figures_behind() -> None:
    content = leaders(pictured(UNITS, FINDING), Applications(), LEADERS)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        chart = etree.fromstring(parts.read("word/charts/chart1.xml"))
        sheet = openpyxl.load_workbook(io.BytesIO(parts.read("word/embeddings/chart1.xlsx"))).active
        types = parts.read("[Content_Types].xml").decode()
    values = [[point.text for point in one.iterfind(".//{*}val//{*}v")] for one in chart.iterfind(".//{*}ser")]
    assert values == [["4", "2"], ["1", "1"], ["1", "0"]]
    assert list(sheet.values)[1:] == [("临湖市", 4, 1, 1), ("澄川市", 2, 1, 0)]
    assert "drawingml.chart+xml" in types


def test_odd_names_stay_texts_in_a_chart() -> None:
    made = word.official_document()
    bars(made, ['<a>&"\n=1+1'], [Series("甲", "2F6690", (1,))], width=100, height=40, name='"&<')
    with zipfile.ZipFile(io.BytesIO(word.to_bytes(made))) as parts:
        chart = etree.fromstring(parts.read("word/charts/chart1.xml"))
    assert '<a>&" =1+1' in [point.text for point in chart.iterfind(".//{*}cat//{*}v")]
    with pytest.raises(ValueError, match="for each label"):
        bars(made, ["a", "b"], [Series("甲", "2F6690", (1,))], width=100, height=40, name="x")


@pytest.mark.parametrize("readers", ["leaders", "units"])
def test_the_same_year_gives_the_same_bytes_and_the_office_its_own_words(readers: str, tmp_path: Path) -> None:
    def made() -> bytes:
        return brief(ask(UNITS, [FINDING]), Wanted("office", YEAR), readers, TODAY, tmp_path, False)

    assert made() == made()
    name = {"leaders": "leaders", "units": "circular"}[readers]
    (tmp_path / "templates").mkdir()
    own = tmp_path / "templates" / f"{name}.toml"
    own.write_text('title = "{year}年情况"\n[file]\nname = "情况/{year}"', encoding="utf-8")
    assert f"{YEAR}年情况" in paragraphs(made())
    assert brief_name(readers, YEAR, tmp_path) == f"情况_{YEAR}.docx"


PROPOSAL = '[[proposal]]\nrule = "{rule}"\nchecks = {checks}\nleast = {least}\ntitle = "题"\ntext = "{text}"\n'


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"rule": "sometimes"}, "proposal 1, rule: 'sometimes' is not one of"),
        ({"checks": '["no_such"]'}, "proposal 1, checks: must be a list of codes"),
        ({"checks": "[]"}, "proposal 1, checks: are named exactly where the rule is findings"),
        ({"least": "0"}, "proposal 1, least: must be a whole number"),
        ({"text": "{who}"}, r"proposal 1, text: \{who\} is not filled here"),
        ({"text": ""}, "proposal 1, text: is empty"),
    ],
)
def test_a_slip_in_a_proposal_is_named(given: dict[str, str], told: str, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    plain = {"rule": "findings", "checks": '["flow_balance"]', "least": "1", "text": "{units}家"}
    text = PROPOSAL.format_map({**plain, **given})
    (tmp_path / "templates" / "leaders.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=f"templates/leaders.toml, {told}"):
        paper_words("leaders", tmp_path)


def test_an_office_makes_proposals_of_its_own_and_draws_its_own_lines(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    own = PROPOSAL.format(rule="findings", checks='["flow_balance"]', least=1, text="{units}家")
    (tmp_path / "templates" / "leaders.toml").write_text(f"[conclusion]\ngood_share = 0\n{own}", encoding="utf-8")
    words = paper_words("leaders", tmp_path)
    found = pictured([unit(f"{number}局") for number in range(10)], finding("3局"))
    assert proposals(found, words) == [("题", "1家")]
    assert "总体平稳" in conclusion(found, words)
    (tmp_path / "templates" / "leaders.toml").write_text("[conclusion]\ngood_share = 3", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"conclusion\.good_share: must be a number from 0 to 1"):
        paper_words("leaders", tmp_path)


def test_who_has_time_left_or_may_have_sent_something_is_not_named_as_missing() -> None:
    missing = [unit("乙局", "missing"), unit("丙局", "missing", late_days=9, unconfirmed=1)]
    content = circular(pictured([unit("甲局"), *missing, unit("丁局", "missing", late_days=9)]), CIRCULAR)
    assert [row[2] for row in cells(content, 1)[1:]] == ["丁局"]
    assert "1家单位尚未报送（" in "".join(paragraphs(content))
