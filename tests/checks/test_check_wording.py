"""Checks of a report's words: wrong ones are found, right ones and near ones are left in peace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from check_reports import REPORT, codes, document, findings, lines, reasons_of

from gongkai.records import Doubt

PLACEHOLDERS = [
    ("本年公开信息XX条。", "sign"),
    ("本年公开信息xx余条。", "sign"),
    ("回应关切×次。", "sign"),
    ("公开信息***条。", "sign"),
    ("落款：2024年×月×日", "date"),
    ("2024年 月 日", "date"),
    ("202X年，我局公开信息12条。", "year"),
    ("20××年工作总结", "year"),
    ("XX局认真贯彻落实《条例》。", "name"),
    ("×××县人民政府办公室", "name"),
    ("公开信息＿＿条。", "blank"),
    ("公开信息____条，建议____件。", "blank"),
    ("通过网站公开信息（ ）条。", "blank"),
    ("公开政府信息　　条，其中网站公开　　条。", "blank"),
    ("公开政府信息 条，其中网站公开 条。", "blank"),
    ("公开政府信息条，其中网站60条。", "blank"),
    ("制作展板　　块。", "blank"),
    ("（填写说明：此处简要介绍工作开展情况）", "instruction"),
    ("（此处填写本单位的主要做法，300字左右）", "instruction"),
    ("此处填写存在的主要问题。", "instruction"),
    ("（请各单位结合实际填写，不少于300字）", "instruction"),
    ("（不少于500字）", "instruction"),
    ("（单位名称）认真贯彻落实《条例》。", "instruction"),
]


@pytest.mark.parametrize(("line", "reason"), PLACEHOLDERS)
def test_placeholders(line: str, reason: str) -> None:
    found = reasons_of("placeholder_left", line)
    assert found
    assert set(found) == {reason}


@pytest.mark.parametrize(
    "line",
    [
        "WXX号文件",
        "黄卫XXX号文件",
        "查处某XX公司1家。",
        "公开“XX行动”情况3期。",
        "公布XX诈骗案1件。",
        "申请公开XX县XX镇征地材料。",
        "热线7×24小时服务，窗口2×1次。",
        "身份证号340***1234已隐去。",
        "公开《政府信息公开条例》解读，条目清晰，逐条落实。",
        "共 35 条、12 件、8 次。",
        "政府信息 条目化管理。",
        "文件、信件、案件均已办理，件件有回音。",
        "按年月日归档，多 次 培 训。",
        "二〇二三年一月五日",
        "公开信息（12）条，（3）次。",
        "（一）主动公开情况。",
        "办理信访件，回复件，均按时完成。",
        "邮箱XXGK@example.com，网址www.XX.gov.cn",
    ],
)
def test_what_is_no_placeholder(line: str) -> None:
    assert reasons_of("placeholder_left", line) == []


@pytest.mark.parametrize(
    ("line", "year", "reason"),
    [
        ("根据国办发〔2021〕30号要求", 2023, "never_issued"),
        ("根据（国办发[2021] 30 号）要求", 2023, "never_issued"),
        ("根据国办公开办函〔2021〕30号要求", 2023, None),
        ("根据国办公开办函﹝2021﹞第30号要求", 2023, None),
        ("根据国办公开办函（２０２１）３０号要求", 2023, None),
        ("根据国办公开办函〔2019〕60号要求", 2022, "outdated"),
        ("《条例》（国务院令第492号）", 2022, "outdated"),
        ("《条例》（国务院令第711号）", 2022, None),
        ("《条例》（国务院令第492号公布，国务院令第711号修订）", 2022, None),
        ("原国务院令第492号废止。", 2022, None),
        ("《中华人民共和国政府信息公开条例》（国务院令第771号）", 2022, "other_document"),
        ("《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）", 2022, None),
        ("《政府信息公开信息处理费管理办法》（国办函〔2020〕119号）", 2022, "other_document"),
        (
            "《关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕60号）",
            2022,
            "other_document",
        ),
        ("《关于做好2022年年报工作的通知》（苏政办函〔2022〕98号）", 2022, None),
        ("《优化营商环境条例》（国务院令第722号）", 2022, None),
        ("《关于某事的意见》（国办发〔2021〕30号）", 2022, None),
    ],
)
def test_references(line: str, year: int, reason: str | None) -> None:
    report = replace(REPORT, year=year)
    assert reasons_of("wrong_reference", line, report=report) == ([reason] if reason else [])


@pytest.mark.parametrize(("number", "year"), [("国务院令第492号", 2017), ("国办公开办函〔2019〕60号", 2020)])
def test_numbers_in_their_time(number: str, year: int) -> None:
    found = findings(replace(REPORT, year=year, kind="summary"), document(f"根据{number}编制"))
    assert found == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("共公开信息100条，其中网站60条、微信50条。", True),
        ("共公开信息100条，其中网站60条、微信40条。", False),
        ("共公开信息100条，其中网站60条、微信41条。", True),
        ("共公开信息100余条，其中网站60条、微信50条。", False),
        ("共收到申请10件，其中网络8件，同比增长20%；信函5件。", False),
        ("全年公开100条，制发文件120件，其中规范性文件130件。", True),
        ("全年办理建议30件、提案20件，其中公开25件。", False),
        ("2023年公开信息100条，其中2022年结转120件。", False),
        ("公开信息560条，其中网站268条，其他方式292条，规范性文件1条。", False),
        ("公开信息73条，其中网站73条，微信73条，公开栏73条。", False),
        ("公开信息100条（其中图解30条），微信80条。", False),
        ("制发文件30件，其中规范性文件20件（市政府15件、市政府办5件）、其他10件。", False),
        ("公开信息150条，其中许可类100条，包括新办60条、变更40条。", False),
        ("共公开信息1,200条，其中网站1,000条，微信300条。", True),
    ],
)
def test_parts_of_a_sentence(line: str, found: bool) -> None:
    assert reasons_of("parts_exceed_total", line) == (["parts_exceed_total"] if found else [])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("共受理工单200件，办结190件，办结率95%。", False),
        ("共受理工单200件，办结190件，办结率98%。", True),
        ("共受理工单300件，办结299件，办结率99.6%。", False),
        ("共受理工单300件，办结299件，办结率99.7%。", False),
        ("共受理工单300件，办结299件，办结率99.8%。", True),
        ("共受理工单200件，办结率98%。", False),
        ("共受理工单200件，办结190件，按时办结率100%。", False),
        ("转办工单800件，按时办结792件，按时办结率99.8%。", True),
        ("收到申请4件，含上年结转1件，办结3件，办结率100%。", False),
        ("收到申请4件，办结5件，办结率100%。", False),
        ("收到申请4件，答复4件，答复率100%。", False),
    ],
)
def test_rates(line: str, found: bool) -> None:
    assert reasons_of("rate_not_reproducible", line) == (["rate_not_reproducible"] if found else [])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("一、2022年工作总结", True),
        ("二、2024年工作计划", False),
        ("2023年政府信息公开工作", False),
        ("一、关于《2021年政务公开工作要点》的落实", False),
        ("（二）2016年以来工作回顾", False),
        ("（二）2022年存在问题的整改情况", False),
        ("统计期限自2022年1月1日起至2022年12月31日止。", True),
        ("统计期限自2023年1月1日起至2023年12月31日止。", False),
        ("统计期限为２０２２年１月１日至１２月３１日。", True),
        ("现公布本局2022年政府信息公开工作年度报告。", True),
        ("根据《关于编制发布2022年政府信息公开年度报告的通知》编制。", False),
        ("2022年，我局认真贯彻落实《条例》。", True),
        ("2022年，我局获评先进；2023年继续保持。", False),
        ("与2022年相比增长12%。", False),
        ("“十四五”规划（2021年至2025年）信息全文公开。", False),
    ],
)
def test_other_years(line: str, found: bool) -> None:
    blocks = document(line, *lines())
    assert codes(REPORT, blocks) == (["other_year_in_text"] if found else [])


def test_other_years_are_none_where_the_reports_own_is_not_known() -> None:
    blocks = document("统计期限自2022年1月1日起至2022年12月31日止。", *lines())
    assert codes(replace(REPORT, year=None), blocks) == []


@pytest.mark.parametrize(
    ("signed", "period", "found"),
    [
        (date(2023, 12, 20), "year", True),
        (date(2023, 12, 30), "year", True),
        (date(2023, 12, 31), "year", False),
        (date(2023, 7, 2), "h1", False),
        (date(2023, 6, 29), "h1", True),
        (date(2023, 5, 1), "ytd", False),
        (None, "year", False),
    ],
)
def test_signed_before_the_period_ended(signed: date | None, period: str, found: bool) -> None:
    report = replace(REPORT, signed_on=signed, period=period, kind="summary")
    assert codes(report) == (["signed_before_period_end"] if found else [])


@pytest.mark.parametrize(
    "line",
    [
        "2023年，沭阳县教育局政府信息公开工作取得一定成效。",
        "沭阳县教育局严格按照《条例》要求，主动公开部门预决算信息。",
        "2023年沭阳县财政局认真贯彻落实《条例》。",
        "下一步，涟水县教育局将加强组织领导，提升公开实效。",
        "根据规定，由涟水县教育局编制2023年年度报告。",
        "洪泽区财政局政府信息公开工作取得了一定成绩，但与群众期盼还有差距。",
        "区财政局未收取信息处理费。",
    ],
)
def test_another_unit_in_the_authors_place(line: str) -> None:
    assert reasons_of("other_unit_in_text", line) == ["unit"]


@pytest.mark.parametrize(
    "line",
    [
        "2023年，洪泽区教育体育局政府信息公开工作取得一定成效。",
        "洪泽区教育局认真贯彻落实《条例》。",
        "区教体局认真贯彻落实《条例》。",
        "淮安市教育局政务公开工作要求更高。",
        "淮安市教育局认真贯彻落实《政府信息公开条例》，我局积极跟进。",
        "洪泽区人民政府政务公开工作取得新进展。",
        "赴沭阳县人民政府学习政务公开工作。",
        "沭阳县教育局严格按照《条例》的做法值得学习。",
        "沭阳县教育局来我局交流。",
        "会同区财政局、区人社局贯彻落实政务公开工作要求。",
        "区财政局公开部门预决算信息。",
        "洪泽区财政局认真贯彻落实《预算法》。",
    ],
)
def test_units_that_a_report_may_name(line: str) -> None:
    assert reasons_of("other_unit_in_text", line) == []


def test_a_government_tells_of_its_units() -> None:
    report = replace(REPORT, agency="淮安市人民政府", scope="whole")
    line = "洪泽区人民政府认真贯彻落实《条例》。市教育局政府信息公开工作取得一定成效。"
    assert reasons_of("other_unit_in_text", line, report=report) == []


def test_an_uncertain_author_makes_the_finding_doubtful() -> None:
    report = replace(REPORT, doubts=(Doubt("agency_uncertain", "x"),))
    blocks = document(*lines("沭阳县教育局政府信息公开工作取得一定成效。"))
    found = [one for one in findings(report, blocks) if one.check == "other_unit_in_text"]
    assert [one.doubtful for one in found] == [True]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("申请人身份证号110101199003070716。", "identity_number"),
        ("申请人身份证号11010119900307001X，来函申请。", None),
        ("索引号110101199003070717。", None),
        ("统一社会信用代码11320829014276000A。", None),
        ("申请人张建国（身份证号略）来函申请公开征地材料。", "name"),
        ("申请人王晓梅要求公开宅基地审批材料。", "name"),
        ("申请人欧阳建国不服，提起行政复议。", "name"),
        ("申请人张某某要求公开征地材料。", None),
        ("申请人任意提出申请。申请人要求公开的信息。申请人何时提出。", None),
        ("被申请人王法治要求公开。", None),
        ("申请人（联系电话：13857600000）申请公开协议。", "mobile_number"),
        ("申请人可与办公室联系，电话：13857600000。", None),
        ("联系人：李四，电话：13900002222。", None),
        ("局长张建国任组长。", None),
        ("电话051787222589，邮编223100。", None),
    ],
)
def test_personal_data(line: str, reason: str | None) -> None:
    found = reasons_of("other_unit_in_text", line)
    assert found == ([reason] if reason else [])


def test_a_finding_does_not_repeat_personal_data() -> None:
    [found] = findings(REPORT, document(*lines("申请人王晓梅要求公开材料。")))
    assert (found.found, found.evidence[0].quote) == ("王…", "王晓梅")
