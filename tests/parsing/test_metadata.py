"""What is read of a report's year, period, kind, dates, publisher and stage, on pages as real sites have them."""

from datetime import date

import pytest

from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Cell, Document
from gongkai.parsing.metadata import read_metadata
from gongkai.parsing.metadata_model import Metadata

PROSE = "2023年，我局坚持以习近平新时代中国特色社会主义思想为指导，认真贯彻落实《条例》，扎实推进公开，取得明显成效。"
TITLE = "滑县司法局2023年政府信息公开工作年度报告"
SECTIONS = ["一、总体情况", PROSE, "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]


def document(*lines: str | list[list[str]], format: str = "html", name: str = "a.html", **metadata: str) -> Document:
    """A document of paragraphs; a list of rows is a table."""
    builder = BlockBuilder()
    for line in lines:
        if isinstance(line, str):
            builder.paragraph(line)
        else:
            builder.table(
                Cell(row, column, text) for row, cells in enumerate(line) for column, text in enumerate(cells)
            )
    return Document(name, format, "0" * 64, builder.blocks, metadata=metadata)


def read(*lines: str | list[list[str]], **more: str) -> Metadata:
    return read_of(document(*lines, **more))


def read_of(one: Document) -> Metadata:
    found = read_metadata(one, one.blocks)
    for field, place in found.sources.items():
        if place.block is not None:
            assert one.blocks[place.block].text[place.start : place.end] == place.quote, field
    for author in found.authors:
        place = author.evidence
        if place.block is not None:
            assert one.blocks[place.block].text[place.start : place.end] == place.quote
    return found


class TestDates:
    def test_the_table_of_a_page(self) -> None:
        found = read(
            [
                ["索 引 号：", "0031/2024-00004", "发布机构：", "滑县司法局"],
                ["成文日期：", "2024-01-10", "发布日期：", "2024-01-12 10:00"],
            ],
            TITLE,
            *SECTIONS,
        )
        assert found.published_on == date(2024, 1, 12)
        assert found.publisher == "滑县司法局"
        assert found.sources["published_on"].quote == "2024-01-12 10:00"

    @pytest.mark.parametrize(
        "line",
        [
            "来源：滑县司法局 发布时间：2024-01-12 浏览次数：25",
            "发布时间: 2024年1月12日 信息来源: 滑县司法局 作者: 张三",
            "日期：2024-01-12 字体：[大 中 小]",
            "时间：2024-01-12 16:20:01 来源：滑县司法局 点击：12 次",
            "公开日期 2024/01/12",
            "2024-01-12 09:30",
            "【发布时间】2024.01.12　　【来源】滑县司法局",
        ],
    )
    def test_the_line_below_the_title(self, line: str) -> None:
        assert read(TITLE, line, *SECTIONS).published_on == date(2024, 1, 12)

    def test_the_day_of_publication_comes_before_that_of_the_document(self) -> None:
        assert read("成文日期：2024-01-10", "发布日期：2024-01-12", TITLE).published_on == date(2024, 1, 12)
        assert read("成文日期：2024-01-10", TITLE, *SECTIONS).published_on == date(2024, 1, 10)

    @pytest.mark.parametrize("value", ["2024-01-12 08:00:00", "20240112", "2024-01-12T08:00:00+08:00"])
    def test_the_pages_own_metadata(self, value: str) -> None:
        assert read(TITLE, *SECTIONS, pubdate=value).published_on == date(2024, 1, 12)

    @pytest.mark.parametrize(
        "lines",
        [
            ["滑县司法局", "2024年1月10日"],
            ["滑县司法局 2024年1月10日"],
            ["2024年1月10日"],
            ["滑县司法局", "二〇二四年一月十日"],
            ["滑县司法局", "2024年1月10日", "（此件公开发布）"],
            ["滑县司法局", "2024年1月10日", "扫一扫在手机打开当前页", "版权所有：滑县人民政府 豫ICP备05000001号"],
            ["特此报告。 滑县司法局 2024年1月10日"],
            ["滑县司法局", "2024-01-10"],
            ["2024年1月10日", "滑县司法局"],
        ],
    )
    def test_the_signature_at_the_end(self, lines: list[str]) -> None:
        assert read(TITLE, *SECTIONS, "六、其他需要报告的事项", "无。", *lines).signed_on == date(2024, 1, 10)

    def test_the_signature_in_front_of_an_annex(self) -> None:
        table = [["指标名称", "单位", "统计数"], ["主动公开政府信息数", "条", "12"]]
        found = read(
            TITLE, *SECTIONS, "滑县司法局", "2024年1月10日", "附件：政府信息公开情况统计表", table,
            "单位负责人：李四 填报日期：2024年1月8日",
        )  # fmt: skip
        assert found.signed_on == date(2024, 1, 10)

    def test_the_date_below_the_title(self) -> None:
        assert read(TITLE, "（2024年3月20日）", *SECTIONS).signed_on == date(2024, 3, 20)

    def test_a_date_with_sections_behind_it_signs_another_paper(self) -> None:
        lines = ["一、总体情况", "政务公开办", "2022年工作总结", PROSE, "2022年11月28日", *SECTIONS]
        assert read(TITLE, *lines).signed_on is None

    def test_a_labelled_date_is_no_signature(self) -> None:
        assert read(TITLE, *SECTIONS, "发布日期：2024年1月12日").signed_on is None

    def test_a_list_of_other_papers_is_no_signature(self) -> None:
        assert read(TITLE, *SECTIONS, "相关文章", "2024-02-01 关于放假的通知").signed_on is None


class TestYear:
    def test_the_title_names_it(self) -> None:
        found = read(TITLE, *SECTIONS)
        assert (found.year, found.sources["year"].quote, found.doubts) == (2023, "2023年", ())

    def test_chinese_digits(self) -> None:
        assert read("滑县司法局二〇二三年政府信息公开工作年度报告", *SECTIONS).year == 2023

    def test_the_period_statement_where_the_title_has_none(self) -> None:
        lines = ["滑县司法局政府信息公开年报", "本报告统计期限自 2022 年 1 月 1 日起至 2022 年 12 月 31 日止。"]
        found = read(*lines, "我局认真贯彻落实《条例》，扎实推进政府信息公开工作，取得明显成效。")
        assert (found.year, found.period) == (2022, "year")

    def test_the_sentences_where_nothing_else_names_it(self) -> None:
        assert read("滑县司法局政府信息公开工作年度报告", *SECTIONS).year == 2023

    def test_the_year_before_publication_for_an_annual_report(self) -> None:
        prose = "我局坚持以习近平新时代中国特色社会主义思想为指导，认真贯彻落实《条例》，扎实推进公开，取得成效。"
        found = read("滑县司法局政府信息公开工作年度报告", "发布时间：2024-01-20", "一、总体情况", prose)
        assert (found.year, found.sources["year"].quote) == (2023, "2024-01-20")

    def test_plans_and_comparisons_are_other_years(self) -> None:
        plan = "2024年，我局将继续加强政府信息公开工作，进一步健全制度，强化培训。2024年工作计划如下。"
        compared = "全年主动公开信息120条，比2022年增加20条，较2021年增加40条，公开的质量和时效进一步提高。"
        assert read("滑县司法局政府信息公开工作年度报告", *SECTIONS, compared, plan).year == 2023

    def test_a_stale_period_statement_does_not_outweigh_title_and_text(self) -> None:
        found = read(TITLE, "数据统计期限自2022年1月1日起至2022年12月31日止。", *SECTIONS, PROSE)
        assert (found.year, found.doubts) == (2023, ())

    def test_a_title_that_everything_contradicts_is_uncertain(self) -> None:
        old = PROSE.replace("2023", "2022")
        found = read(TITLE, "数据统计期限自2022年1月1日起至2022年12月31日止。", "一、总体情况", old, old)
        assert found.year is None
        assert [doubt.reason for doubt in found.doubts] == ["year_uncertain"]

    def test_blanked_years_are_uncertain(self) -> None:
        body = "本报告中所列数据的统计期限自年1月1日起至年12月31日。一、概述 年，我市认真贯彻落实条例，成效明显。"
        found = read("2023年民政局信息公开年度报告", body)
        assert found.year is None
        assert found.doubts[0].reason == "year_uncertain"

    def test_a_repost_is_not_believed_on_its_title_alone(self) -> None:
        prose = PROSE.replace("2023年，", "")
        assert read(TITLE, "本文由网友投稿，如有侵权请联系删除", "一、总体情况", prose).year is None
        assert read(TITLE, "本文由网友投稿，如有侵权请联系删除", *SECTIONS).year == 2023

    def test_a_year_after_its_publication_is_uncertain(self) -> None:
        assert read(TITLE, "发布时间：2022-01-20", *SECTIONS).year is None


class TestKindAndPeriod:
    @pytest.mark.parametrize(
        ("title", "kind", "period"),
        [
            ("滑县司法局2023年政府信息公开工作年度报告", "annual_report", "year"),
            ("滑县司法局2023年政府信息公开年报", "annual_report", "year"),
            ("滑县司法局2023年政府信息公开工作报告", "annual_report", "year"),
            ("滑县司法局2023年度政务公开工作总结", "summary", "year"),
            ("滑县司法局2023年政务公开自查报告", "self_check", "year"),
            ("滑县司法局2023年上半年政务公开工作总结", "summary", "h1"),
            ("滑县司法局2023年上半年政府信息公开工作情况报告", "summary", "h1"),
            ("滑县司法局2023年第一季度政务公开工作总结", "summary", "q1"),
            ("滑县司法局2023年1-9月政务公开工作总结", "summary", "ytd"),
        ],
    )
    def test_the_title_tells(self, title: str, kind: str, period: str) -> None:
        found = read(title, PROSE)
        assert (found.kind, found.period, found.year) == (kind, period, 2023)

    def test_the_opening_sentence_tells_where_there_is_no_title(self) -> None:
        found = read("按照通知要求，现将我办2017年上半年政务公开工作自查情况简要报告如下：", "一、工作开展情况")
        assert (found.title, found.year, found.period, found.kind) == (None, 2017, "h1", "self_check")

    def test_this_year_so_far(self) -> None:
        body = "2022年以来，全区坚持公开为常态，不公开为例外。今年以来发布文件23件。截至目前公开规范性文件125件。"
        found = read("颍东区政务公开工作总结", body)
        assert (found.year, found.period) == (2022, "ytd")

    def test_so_far_in_december_is_the_year(self) -> None:
        body = "今年以来，我局认真贯彻《条例》。2022年主动公开信息100条，截至目前均按期答复，成效明显。"
        found = read("滑县商务局2022年政务公开工作总结", body, "滑县商务局", "2022年12月20日")
        assert (found.year, found.period) == (2022, "year")

    def test_statutory_sections_make_an_annual_report_of_a_summary(self) -> None:
        sections = [*SECTIONS, "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况"]
        assert read("滑县司法局2023年政府信息公开工作总结", *sections).kind == "annual_report"


class TestSource:
    @pytest.mark.parametrize(
        "line",
        [
            "本文档由用户上传，版权归属用户，汇文网负责整理代发布",
            "时间：2023-07-11 来源：网友投稿",
            "找总结网 > 总结报告范文 > 自查报告",
            "收藏 分享赚钱 下载文档 上传者：小明",
        ],
    )
    def test_a_sharing_site_is_known_and_its_dates_are_not_the_reports(self, line: str) -> None:
        found = read(TITLE, line, "上传时间：2023-04-14", *SECTIONS)
        assert found.secondary_source
        assert found.published_on is None
        assert found.publisher is None

    def test_a_sharing_sites_address_suffices(self) -> None:
        assert read(TITLE, *SECTIONS, url="https://www.docin.com/p-1.html").secondary_source

    @pytest.mark.parametrize(
        "line",
        ["下载本页 打印 分享", "政策文库 规范性文件库", "相关附件下载", "加入收藏 设为首页", "合同示范文本下载"],
    )
    def test_a_governments_page_is_none(self, line: str) -> None:
        assert not read("发布时间：2024-01-12", TITLE, line, *SECTIONS).secondary_source

    def test_words_on_a_government_host_do_not_count(self) -> None:
        found = read(TITLE, "来源：网友投稿", *SECTIONS, url="https://www.huaxian.gov.cn/1.html")
        assert not found.secondary_source
        assert found.url == "https://www.huaxian.gov.cn/1.html"


class TestStageAndTitle:
    def test_the_files_name_tells_the_stage(self) -> None:
        found = read(TITLE, *SECTIONS, format="docx", name="司法局年报（送审稿）最终版3.docx")
        assert (found.stage, found.sources["stage"].quote) == ("draft", "司法局年报（送审稿）最终版3")

    def test_what_a_page_shows_is_published(self) -> None:
        assert read(TITLE, "发布时间：2024-01-12", *SECTIONS).stage == "published"
        assert read(TITLE, *SECTIONS, format="docx", name="a.docx").stage is None

    def test_the_title_of_a_page_alone(self) -> None:
        found = read("首页 政务公开", *SECTIONS, title=f"{TITLE}_通知公告_滑县人民政府")
        assert found.title == TITLE
        assert found.authors[0].name == "滑县司法局"

    def test_the_title_in_the_table_of_a_page(self) -> None:
        found = read([["名　　称", TITLE], ["发布机构", "滑县司法局"]], *SECTIONS)
        assert found.title == TITLE
        assert found.sources["title"].quote == TITLE

    def test_an_empty_document_says_nothing(self) -> None:
        found = read("你好")
        assert (found.title, found.year, found.authors) == (None, None, ())
        assert read_of(document()).doubts[0].reason == "year_uncertain"


def test_the_page_s_table_may_be_written_out_with_bars() -> None:
    found = read(
        "索引号: | 1133/2025-00326 | 成文日期: | 2025-01-15 |",
        "发布机构: | 滑县司法局 | ||",
        "2024年政府信息公开工作年度报告",
        "2024年，我局主动公开政府信息120条，政府信息公开工作有序开展。",
    )
    assert (found.published_on, found.publisher) == (date(2025, 1, 15), "滑县司法局")


def test_a_title_with_two_years_leaves_the_year_in_doubt() -> None:
    found = read("滑县统计局2022—2023年政府信息公开工作年度报告", "2023年，我局主动公开政府信息120条，工作有序开展。")
    assert found.year is None
    assert found.doubts[0].coded == ("several_in_text", "2022、2023")


def test_a_signature_stands_in_front_of_a_workbook_s_tables() -> None:
    table = [["信息内容", "本年制发件数"], ["规章", "0"]]
    found = read("滑县2022年政府信息公开工作年度报告", "滑县司法局", "2023年1月12日", "主动公开", table)
    assert found.signed_on == date(2023, 1, 12)
    unsigned = read("滑县2022年政府信息公开工作年度报告", *["一、总体情况"] * 4, "2023年1月12日", "主动公开", table)
    assert unsigned.signed_on is None


def test_a_report_put_below_an_earlier_one_was_not_published_with_it() -> None:
    one = document(
        "滑县司法局2020年政府信息公开工作年度报告",
        "2020年，我局主动公开政府信息120条，政府信息公开工作有序开展。",
        "滑县司法局2023年政府信息公开工作年度报告",
        "2023年，我局主动公开政府信息150条，政府信息公开工作有序开展。",
        pubdate="2021-03-29",
    )
    later = read_metadata(one, one.blocks[2:])
    assert (later.year, later.published_on, later.doubts) == (2023, None, ())
    assert read_metadata(one, one.blocks[:2]).published_on == date(2021, 3, 29)
