"""Plain text and Markdown: paragraphs, tables by tabs, bars and spaces, wrapped lines."""

from __future__ import annotations

from gongkai.documents.model import Block, Kind
from gongkai.documents.text import read


def texts(source: str) -> list[str]:
    return [block.text for block in read(source).blocks]


def only_table(source: str) -> Block:
    (block,) = (block for block in read(source).blocks if block.kind is Kind.TABLE)
    return block


def places(block: Block) -> dict[str, tuple[int, int, int]]:
    return {cell.text: (cell.row, cell.column, cell.colspan) for cell in block.cells if cell.text}


def test_a_line_is_a_paragraph() -> None:
    assert texts("标题\r\n\r\n　　第一段。\r第二段。\n \u200b \n----\n") == ["标题", "第一段。", "第二段。"]


def test_tabs_are_columns_and_blank_cells_stay() -> None:
    block = only_table("规章\t0\t\t2\n规范性文件\t1\t2\t3")
    assert [(cell.row, cell.column, cell.text) for cell in block.cells] == [
        (0, 0, "规章"),
        (0, 1, "0"),
        (0, 2, ""),
        (0, 3, "2"),
        (1, 0, "规范性文件"),
        (1, 1, "1"),
        (1, 2, "2"),
        (1, 3, "3"),
    ]


def test_ragged_rows_keep_their_own_positions() -> None:
    block = only_table("\t\t\t申请人情况\n\t-\t一、新收\t0\t0\n和水\t(=)\t部分公开\t0\t0")
    assert places(block)["申请人情况"] == (0, 3, 1)
    assert places(block)["一、新收"] == (1, 2, 1)


def test_a_blank_line_within_a_table_is_a_page_break() -> None:
    source = "表头\t自然人\t企业\t总计\n一、新收\t1\t2\t3\n\n二、结转\t0\t0\t0\n"
    assert only_table(source).rows == 3
    apart = "许可\t12\n处罚\t3\n\n结果维持\t结果纠正\t其他\t尚未审结\t总计\n0\t0\t0\t0\t0"
    assert len([block for block in read(apart).blocks if block.kind is Kind.TABLE]) == 2


def test_tabs_that_are_no_table() -> None:
    assert texts("一、\t总体情况\n二、\t主动公开") == ["一、 总体情况", "二、 主动公开"]
    assert texts("\t缩进的一段。\n\t又一段。") == ["缩进的一段。", "又一段。"]
    long = "根据条例要求编制本报告，" * 8
    assert len(texts(f"甲：\t{long}\n乙：\t{long}")) == 2
    assert texts("附件：\t表.xlsx") == ["附件： 表.xlsx"]


def test_markdown() -> None:
    source = (
        "# 某局**年度**报告\n\n## 一、总体情况 ##\n本年**收到**12件，1\\. 如下：\n\n"
        "| 信息内容 | 制发 | 废止 |\n|---|:---:|--:|\n| **规章** | 0 |  |\n| 规范<br>文件 | 3 | 1 |\n"
    )
    blocks = read(source).blocks
    assert [block.text for block in blocks if block.kind is Kind.HEADING] == ["某局年度报告", "一、总体情况"]
    assert blocks[2].text == "本年收到12件，1. 如下："
    assert [cell.text for cell in blocks[3].cells] == [
        "信息内容",
        "制发",
        "废止",
        "规章",
        "0",
        "",
        "规范\n文件",
        "3",
        "1",
    ]


def test_markdown_without_outer_bars() -> None:
    assert only_table("项目 | 数量\n--- | ---\n许可 | 5\n处罚 | 6").rows == 3


def test_bars_that_are_no_table() -> None:
    assert texts("首页 | 机构 | 公开") == ["首页 | 机构 | 公开"]
    assert texts("首页 | 机构 | 公开\n字号：大 | 中") == ["首页 | 机构 | 公开", "字号：大 | 中"]


def test_drawn_frames_join_the_lines_of_a_row() -> None:
    source = (
        "┌────┬──┐\n│信息    │数  │\n│内容    │量  │\n├────┼──┤\n│行政许可│12  │\n├────┼──┤\n"
        "│行政处罚│    │\n└────┴──┘\n"
    )
    block = only_table(source)
    assert [cell.text for cell in block.cells] == ["信息\n内容", "数\n量", "行政许可", "12", "行政处罚", ""]
    assert block.ruled


def test_columns_of_spaces() -> None:
    source = (
        "信息内容          本年制发件数    本年废止件数    现行有效件数\n"
        "规章                   0                             2\n"
        "行政规范性文件         13              1             20\n"
    )
    block = only_table(source)
    assert not block.ruled
    assert places(block)["2"] == (1, 3, 1)
    assert places(block)["13"] == (2, 1, 1)


def test_a_wide_header_over_columns_of_spaces() -> None:
    source = (
        "                 行政复议                        行政诉讼\n"
        "结果维持  结果纠正  其他结果     结果维持  结果纠正  其他结果\n"
        "   1         2         3            4         5         6\n"
    )
    block = only_table(source)
    assert [places(block)[str(number)][1] for number in range(1, 7)] == [0, 1, 2, 3, 4, 5]


def test_spaces_that_are_no_table() -> None:
    assert texts("来源：某局   浏览：5   字号：大\n正文一句话。") == ["来源：某局   浏览：5   字号：大", "正文一句话。"]
    assert len(texts("                    某局\n                2024年1月2日")) == 2


WRAPPED = (
    "　　一、总体情况。某市人民政府办公室认真贯彻落实中华人民共\n"
    "和国政府信息公开条例，紧紧围绕市委市政府中心工作，不断加大\n政府信息公开力度，全年主动公开信息1234条，其中门户网站公\n开1000条。\n"
    "　　二、依申请公开。全年共收到政府信息公开申请25件，均在法\n"
    "定期限内答复，其中予以公开20件，部分公开5件，没有发生因政府\n"
    "信息公开引起的行政复议、行政诉讼，也没有收取任何费用，群众\n满意。\n"
)


def test_wrapped_lines_are_joined() -> None:
    found = texts(WRAPPED)
    assert len(found) == 2
    assert "中华人民共和国政府信息公开条例" in found[0]
    assert found[0].endswith("其中门户网站公开1000条。")
    assert found[1].endswith("群众满意。")


def test_numbering_opens_a_paragraph_in_wrapped_text() -> None:
    source = WRAPPED.replace("　　", "").replace("信息公开引起的行政复议", "（一）引起的行政复议")
    assert any(text.startswith("（一）") for text in texts(source))


def test_paragraph_lines_are_not_joined() -> None:
    source = "\n".join(["公开" * number for number in range(20, 60, 3)])
    assert len(texts(source)) == len(range(20, 60, 3))


def test_one_cell_a_line_is_left_alone() -> None:
    cells = ["信息内容", "本年制发件数", "规章", "0", "行政规范性文件", "12"]
    assert texts("\n".join(cells)) == cells


def test_long_odd_input_is_quick() -> None:
    for line in (
        " " * 100_000 + "x",
        "|" * 50_000,
        "\t" * 50_000,
        "**a " * 20_000,
        "# " + " " * 50_000 + "x",
        "1\t2\n" * 20_000,
    ):
        read(line)
    read("\n" * 200_000)
    read("a  b\n" * 20_000)


def test_wrapped_lines_beside_tables_are_joined() -> None:
    wrapped = "\n".join(
        f"    {number}月份，本机关进一步加强政府信息公开工作，不断完善制度，及时主动公开各类政府信息\n{number}7条。"
        for number in range(1, 4)
    )
    rows = "\n".join(f"第{number}项  {number}  0  7" for number in range(40))
    found = [block.text for block in read(f"{wrapped}\n\n{rows}").blocks if block.kind is not Kind.TABLE]
    assert len(found) == 3
    assert found[0].endswith("各类政府信息17条。")


def test_columns_of_spaces_end_at_a_section() -> None:
    source = """
    行政处罚            12
    行政强制            3
三、收到和处理政府信息公开申请情况
                自然人    商业企业    科研机构    总计
一、本年新收       1         0          0        1
二、上年结转       0         0          0        0
"""
    blocks = read(source).blocks
    assert [block.kind for block in blocks] == [Kind.TABLE, Kind.PARAGRAPH, Kind.TABLE]
    assert blocks[1].text == "三、收到和处理政府信息公开申请情况"


def test_a_row_of_the_same_layout_does_not_end_its_table() -> None:
    source = """一、主动公开情况      条    12
二、回应解读情况      条    5
三、依申请公开情况
收到申请数            件    7
四、其他情况          件    1
"""
    assert only_table(source).rows == 5


def test_cells_parted_by_two_spaces_that_nobody_aligned() -> None:
    block = only_table("信息内容  本年制发件数  废止  有效\n规章  0  1  2\n行政规范性文件  96  225  36")
    assert [(cell.column, cell.text) for cell in block.cells if cell.row == 2] == [
        (0, "行政规范性文件"),
        (1, "96"),
        (2, "225"),
        (3, "36"),
    ]


def test_a_long_label_with_figures_is_a_row() -> None:
    label = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    block = only_table(f"甲  0  0  1  1\n{label}  104  0  42  146\n丙  2  0  0  2")
    assert block.rows == 3


def test_rows_with_as_many_bars_as_usual_are_whole() -> None:
    block = only_table("信息内容|制发|废止|有效\n规章|1|2|3\n行政许可|19||\n行政处罚|7||\n行政强制|3||")
    assert [cell.text for cell in block.cells if cell.row == 1] == ["规章", "1", "2", "3"]


def test_merged_cells_that_a_program_repeated() -> None:
    source = """
| 第五项 | 第五项 | 第五项 |
| --- | --- | --- |
| 信息内容 | 本年处理决定数量 | 本年处理决定数量 |
| 行政许可 | 12 | 12 |
| 申请人 | 企业 | 其他 |
| 新收 | 0 | 0 |
"""
    block = only_table(source)
    assert [(cell.row, cell.column, cell.text, cell.colspan) for cell in block.cells if cell.row != 3] == [
        (0, 0, "第五项", 3),
        (1, 0, "信息内容", 1),
        (1, 1, "本年处理决定数量", 2),
        (2, 0, "行政许可", 1),
        (2, 1, "12", 2),
        (4, 0, "新收", 1),
        (4, 1, "0", 1),
        (4, 2, "0", 1),
    ]


def test_equal_figures_in_many_rows_are_not_one_cell() -> None:
    rows = "".join(f"| {number}类 | 0 | 0 |\n" for number in "甲乙丙")
    block = only_table(f"| 项目 | 组织 | 组织 |\n|---|---|---|\n{rows}")
    assert [cell.colspan for cell in block.cells if cell.row > 0] == [1] * 9


def test_rows_between_bars_that_begin_with_blank_cells_keep_them() -> None:
    table = (
        " |  | 自然人 | 法人\n一、新收 |  | 3 | 0\n三、结果 | 予以公开 | 2 | 0\n | 部分公开 | 1 | \n四、结转 |  | 0 | 0"
    )
    [block] = read(table).blocks
    assert {(cell.row, cell.column) for cell in block.cells if cell.text in ("自然人", "部分公开", "1")} == {
        (0, 2),
        (3, 1),
        (3, 2),
    }
    assert block.columns == 4
