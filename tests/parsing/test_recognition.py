"""Reports are taken, and what is only about them is refused."""

import pytest
from statutory import application_lines, application_truth, blocks_of

from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Document
from gongkai.parsing.metadata import read_metadata
from gongkai.parsing.recognition import is_report
from gongkai.parsing.spans import squeezed
from gongkai.parsing.tables import read_tables

BODY = "2022年，我局认真贯彻《中华人民共和国政府信息公开条例》，主动公开政府信息120条，政府信息公开工作取得成效。"


def taken(lines: list[str], table: bool = False) -> bool:
    builder = BlockBuilder()
    for line in lines:
        builder.paragraph(line)
    blocks = builder.blocks
    if table:
        blocks = (*blocks, *blocks_of(application_lines(application_truth(1))))
    one = Document("a.html", "html", "0" * 64, blocks)
    metadata = read_metadata(one, blocks)
    return is_report(squeezed(blocks), metadata, read_tables(blocks, metadata.year))


@pytest.mark.parametrize(
    "lines",
    [
        ["滑县司法局2022年政府信息公开工作年度报告", BODY],
        ["滑县司法局2010年政府信息公开年度报告", "一、概述", BODY],
        ["滑县司法局2022年上半年政务公开工作总结", BODY],
        ["滑县司法局政务公开自查报告", BODY],
        ["滑县司法局2020年政务公开工作要点落实情况报告", BODY],
        ["滑县司法局关于贯彻落实《关于全面推进政务公开工作的意见》情况的报告", BODY],
        ["关于公布滑县司法局2022年政府信息公开工作年度报告的公告", BODY],
        ["一、总体情况", "根据条例规定，现公布滑县司法局2022年政府信息公开工作年度报告。", BODY],
        ["一、总体情况", BODY, BODY, "（二）依申请公开。2022年，我局未收到政府信息公开申请。"],
        ["滑县司法局关于贯彻落实《中华人民共和国政府信息公开条例》情况的报告", BODY],
        [
            "一、总体情况",
            "2022年，滑县公安局认真贯彻条例，推动公开工作有序开展，取得成效。",
            "（一）主动公开情况。发布信息47条。",
            "（二）依申请公开情况。未收到申请。",
            "（三）政府信息管理情况。明确专人负责。",
        ],
        [
            "滑县人民政府办公室关于公布2022年政府信息公开工作年度报告的通知",
            "现将《滑县2022年政府信息公开工作年度报告》印发给你们，请认真阅读并贯彻执行。",
            "滑县2022年政府信息公开工作年度报告",
            "本报告中所列数据的统计期限自2022年1月1日起至2022年12月31日止。",
            BODY,
        ],
        [
            "一、总体情况",
            "二、主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            "五、存在的主要问题及改进情况",
        ],
    ],
)
def test_reports_are_taken(lines: list[str]) -> None:
    assert taken(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["关于做好2022年度政府信息公开工作年度报告编制工作的通知", "现就做好年度报告编制工作通知如下：", BODY],
        ["滑县召开2022年度政府信息公开年报编制部署会", "会议强调，政府信息公开工作年度报告是法定制度。", BODY],
        ["文字解读：滑县司法局2022年政府信息公开工作年度报告", "一、编制背景", BODY],
        ["《滑县司法局2022年政府信息公开工作年度报告》政策解读", BODY],
        ["滑县司法局政府信息公开指南", "根据条例规定，编制本指南。", BODY],
        ["滑县司法局政府信息公开工作制度", "第一条 为了规范政府信息公开工作，制定本制度。", BODY],
        ["滑县2022年政务公开工作要点", BODY],
        ["滑县2022年法治政府建设情况报告", BODY],
        ["滑县民政局2022年工作总结", BODY],
        ["政府信息公开申请表", "申请人信息：姓名，工作单位，联系电话"],
        [
            "2021年政府信息公开年报",
            *(f"滑县{u}局2021年政府信息公开工作年度报告 2022-01-2{n}" for n, u in enumerate("司民财")),
        ],
        [
            "滑县人民政府办公室",
            "关于做好2022年政府信息公开工作年度报告",
            "编制和发布工作的通知",
            "为做好年度报告编制和发布工作，现就有关事项通知如下：各单位要规范编制年度报告，按时公布。",
        ],
        [
            "滑县司法局2022年政府信息公开工作年度报告公布",
            "1月15日，滑县司法局召开会议，发布了政府信息公开工作年度报告，部署公开工作。",
        ],
        [
            "政府信息公开年报",
            "滑县政府信息公开指南",
            "为方便公众获取信息，按照条例规定，结合我县实际，编制本指南。",
            BODY,
        ],
        [
            "信息公开百科",
            "第三条 各级人民政府应当加强对政府信息公开工作的组织领导。",
            "第四条 各单位组织编制本行政机关的政府信息公开工作年度报告。",
        ],
        ["滑县第三季度政务公开工作考核情况通报", "现将考核情况通报如下：", BODY],
    ],
)
def test_what_is_only_about_reports_is_refused(lines: list[str]) -> None:
    assert not taken(lines)


def test_figures_in_statutory_tables_make_a_report_whatever_the_heading_says() -> None:
    assert taken(["滑县司法局政府信息公开制度", "统计"], table=True)
