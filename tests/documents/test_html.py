"""Web pages as government sites write them, and as people save them."""

from __future__ import annotations

import pytest

from gongkai.documents.html import read
from gongkai.documents.model import Block, Kind
from gongkai.errors import UnreadableDocument


def blocks(body: str) -> tuple[Block, ...]:
    return read(f"<html><body>{body}</body></html>").blocks


def texts(body: str) -> list[str]:
    return [block.text for block in blocks(body)]


def grid(body: str) -> list[list[str]]:
    """The only table, each spanned cell repeated over its place; "#" where no cell is."""
    (block,) = (block for block in blocks(body) if block.kind is Kind.TABLE)
    rows = [["#"] * block.columns for _ in range(block.rows)]
    for cell in block.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                rows[row][column] = cell.text
    return rows


ARTICLE = "".join(
    f"<p>　　第{number}段，根据《条例》要求，现公布本年度报告的有关情况，欢迎社会监督。</p>" for number in range(9)
)


def test_paragraphs_headings_and_breaks() -> None:
    body = "<h1>某区政府办<br>2023年年度报告</h1><div>一段<br/>&nbsp;&nbsp;&nbsp;二段</div><p>三<b>段</b></p>"
    body += "<ul><li>四段<li>五段</ul>"
    assert texts(body) == ["某区政府办2023年年度报告", "一段", "二段", "三段", "四段", "五段"]
    assert blocks(body)[0].kind is Kind.HEADING


def test_sentence_in_a_heading_tag_is_a_paragraph() -> None:
    assert blocks("<h3>全年收到申请12件，均已答复。</h3>")[0].kind is Kind.PARAGRAPH


def test_white_space_of_the_source() -> None:
    """Word wraps its HTML within Chinese sentences; a screen shows no gap there, and one between Latin words."""
    assert texts("<p>政府\n  信息<span>公开</span>\n<span>条例</span>  No\n 711</p>") == ["政府信息公开条例 No 711"]


def test_word_splits_figures_into_spans() -> None:
    assert texts("<p>共<span lang=EN-US>1</span><span>2</span><span style='mso-spacerun:yes'> </span>件</p>") == [
        "共12 件"
    ]


def test_parts_of_an_information_line_stand_apart() -> None:
    assert texts("<div>来源：市府办<span>发布日期：2024-01-02</span><i>浏览次数：</i></div>") == [
        "来源：市府办 发布日期：2024-01-02 浏览次数："
    ]
    assert texts("<div><a href=1>首页</a><a href=2>机构</a></div>") == ["首页 机构"]
    assert texts("<p>总<a name=_Toc1></a><a name=_Toc2></a>体</p>") == ["总体"]


def test_invisible_characters_go() -> None:
    assert texts("<p>\u200b共\u200b1\u00ad2&zwnj;件&#8203;\ufeff</p>") == ["共12件"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a='暗'</script>",
        "<style>.暗{}</style>",
        "<nav><a href=1>暗</a></nav>",
        "<div style='DISPLAY : none'>暗</div>",
        "<span style='mso-hide:all'>暗</span>",
        "<div hidden><p>暗</p></div>",
        "<select><option>暗</select>",
        "<noscript>暗</noscript>",
        "<textarea>暗</textarea>",
        "<!-- 暗 -->",
        "<xml><w:View>暗</w:View></xml>",
        "<ruby>明<rp>(</rp><rt>暗</rt></ruby>",
        "<button>暗</button><svg><text>暗</text></svg>",
    ],
)
def test_dropped(hidden: str) -> None:
    assert "暗" not in "".join(texts(f"<p>{'明' * 300}</p>{hidden}"))


def test_forms_around_the_page_stay() -> None:
    assert texts("<form id=aspnetForm><div><p>正文</p></div></form>") == ["正文"]


def test_tags_of_content_systems_are_blocks() -> None:
    body = (
        "<ucaptitle>标题</ucaptitle><ucapcontent>甲<o:p>&nbsp;</o:p></ucapcontent><founder-content>乙</founder-content>"
    )
    assert texts(body) == ["标题", "甲", "乙"]


def test_hidden_article_is_read_where_nothing_else_is() -> None:
    hidden = f"<div>加载中</div><div id=zoom style='display:none'>{ARTICLE}</div>"
    assert len(texts(hidden)) == 10
    assert len(texts(f"<div>{ARTICLE}{ARTICLE}</div>{hidden}")) == 19
    escaped = ARTICLE.replace("<", "&lt;")
    assert texts(f"<div>加载中</div><textarea id=content>{escaped}</textarea>")[1].startswith("第0段")


def test_spans() -> None:
    body = (
        "<table><tr><td rowspan=2>甲<td colspan='2'>乙</tr><tr><td>1<td>2</tr>"
        "<tr><td rowspan='0'>丙<td>3<td>4</tr><tr><td>5<td>6</table>"
    )
    assert grid(body) == [["甲", "乙", "乙"], ["甲", "1", "2"], ["丙", "3", "4"], ["丙", "5", "6"]]


@pytest.mark.parametrize("span", ["3%", "99", " 3 ", "1000", "3.7"])
def test_spans_that_lie(span: str) -> None:
    body = f"<table><tr><td colspan='{span}' rowspan=1>顶</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>"
    assert grid(body) == [["顶", "顶", "顶"], ["1", "2", "3"]]


@pytest.mark.parametrize("span", ["", "0", "x", "-4", "１"])
def test_spans_that_say_nothing(span: str) -> None:
    body = f"<table><tr><td colspan='{span}'>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>"
    assert grid(body) == [["甲", "乙"], ["1", "2"]]


def test_rowspan_beyond_the_table() -> None:
    assert grid("<table><tr><td rowspan=50>甲<td>1<tr><td>2</table>") == [["甲", "1"], ["甲", "2"]]


def test_phantom_columns_of_word_vanish() -> None:
    body = (
        "<table><tr><td colspan=2>甲</td><td colspan=3>乙</td></tr><tr><td colspan=2>1</td><td colspan=3>2</td></tr>"
        "<![if !supportMisalignedColumns]><tr height=0><td></td><td></td><td></td><td></td><td></td></tr>"
        "<![endif]></table>"
    )
    assert [row[:1] + row[-1:] for row in grid(body)] == [["甲", "乙"], ["1", "2"]]


def test_lines_of_a_cell_and_blank_cells() -> None:
    body = (
        "<table><tr><td><p>社会</p><p>公益<br>组织</p><td>&nbsp;<td><p><span>0</span></p><tr><td>甲<td> <td>-</table>"
    )
    (block,) = blocks(body)
    assert [cell.text for cell in block.cells] == ["社会\n公益\n组织", "", "0", "甲", "", "-"]
    assert block.text == "社会 公益 组织\t\t0\n甲\t\t-"


def test_figures_in_form_fields() -> None:
    body = "<table><tr><td>规章<td><input value='3'><td><input type=hidden value=9>"
    body += "<tr><td>许可<td><input value='请输入'><td>5</table>"
    assert grid(body) == [["规章", "3", ""], ["许可", "", "5"]]


def test_layout_tables_flow() -> None:
    body = (
        "<table><tr><td><table><tr><td>首页</td></tr></table></td></tr>"
        f"<tr><td width=200>栏目</td><td><h1>年度报告</h1>{ARTICLE}"
        "<table border=1><tr><td>许可</td><td>12</td></tr><tr><td>处罚</td><td>3</td></tr></table>"
        "<p>联系电话</p></td></tr><tr><td>版权</td></tr></table>"
    )
    found = blocks(body)
    assert [block.text for block in found if block.kind is Kind.TABLE] == ["许可\t12\n处罚\t3"]
    assert [block.text for block in found][:3] == ["首页", "栏目", "年度报告"]
    assert [block.text for block in found][-2:] == ["联系电话", "版权"]
    assert found[2].kind is Kind.HEADING


def test_a_report_within_one_table_is_parted() -> None:
    """Pages that frame title, information line, text and figures in one table keep the figures as a table."""
    body = (
        "<table><tr><td>索引号</td><td>001</td><td>日期</td><td>2024-01-02</td></tr>"
        f"<tr><td colspan=4>{ARTICLE}</td></tr>"
        "<tr><td>信息内容</td><td>制发</td><td>废止</td><td>有效</td></tr>"
        "<tr><td>规章</td><td>0</td><td>1</td><td>2</td></tr></table>"
    )
    found = blocks(body)
    assert [block.kind for block in found] == [Kind.TABLE, *[Kind.PARAGRAPH] * 9, Kind.TABLE]
    assert found[-1].text == "信息内容\t制发\t废止\t有效\n规章\t0\t1\t2"
    assert (found[-1].rows, found[-1].columns, found[-1].cells[0].row) == (2, 4, 0)


def test_a_small_table_in_a_cell_is_text_of_the_cell() -> None:
    body = "<table><tr><td><table><tr><td>行政</td></tr><tr><td>许可</td></tr></table></td><td>1</td></tr>"
    body += "<tr><td>b</td><td>2</td></tr></table>"
    assert grid(body) == [["行政\n许可", "1"], ["b", "2"]]


def test_statutory_labels_do_not_make_a_frame() -> None:
    label = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    body = f"<table><tr><td>{note}</td><td>总计</td></tr><tr><td>{label}</td><td>0</td></tr>"
    body += "<tr><td>第二十条第（一）项</td></tr></table>"
    assert [block.kind for block in blocks(body)] == [Kind.TABLE]


def test_numbered_lists_only_where_the_page_numbers_them() -> None:
    assert texts("<ol><li>甲<li>乙</ol>") == ["甲", "乙"]
    assert texts("<ol start=2 style='list-style-type: cjk-ideographic'><li>甲<li><p>乙</p></ol>") == [
        "二、甲",
        "三、乙",
    ]
    assert texts("<ol class='custom_cn1 list-paddingleft-1'><li>甲</ol>") == ["(一)甲"]


def test_preformatted_text_has_tables() -> None:
    assert texts("<pre>某局报告\n许可\t处罚\t强制\n1\t2\t3\n</pre>") == ["某局报告", "许可\t处罚\t强制\n1\t2\t3"]


def test_broken_markup() -> None:
    body = "<table><tr><td>甲<td>1<tr><td>乙<td>2<p>尾</table></td></div><b><p>文<i>字</b>后</i></p><td>格</span>"
    found = blocks(body)
    assert found[0].text == "甲\t1\n乙\t2 尾"
    assert "".join(block.text for block in found[1:]) == "文字后格"


def test_metadata() -> None:
    page = (
        "<!-- saved from url=(0026)http://www.x.gov.cn/a.html --><html><head><title>某局\n 年报</title>"
        '<meta name="ArticleTitle" content="年报"><META NAME="PubDate" CONTENT=" 2024-01-30 09:12 ">'
        '<meta name=pubdate content="1999-01-01"><meta name="ContentSource" content="">'
        '<meta name="Url" content="/a.html">'
        '<link rel="canonical" href="http://www.x.gov.cn/b.html"></head><body><p>文</p></body></html>'
    )
    assert read(page).metadata == {
        "articletitle": "年报",
        "pubdate": "2024-01-30 09:12",
        "title": "某局年报",
        "url": "http://www.x.gov.cn/a.html",
    }


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<meta name="url" content="http://a.gov.cn/1.html">', "http://a.gov.cn/1.html"),
        ('<link rel="canonical" href="https://b.gov.cn/">', "https://b.gov.cn/"),
        ('<meta property="og:url" content="https://c.gov.cn/">', "https://c.gov.cn/"),
        ("<!--\n Page saved with SingleFile \n url: https://d.gov.cn/x \n-->", "https://d.gov.cn/x"),
        ('<meta name="url" content="javascript:alert(1)">', None),
    ],
)
def test_address(head: str, url: str | None) -> None:
    assert read(f"<html><head>{head}</head><body>文</body></html>").metadata.get("url") == url


def test_absurd_nesting_is_refused_quickly() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read("<div>" * 200_000 + "文")
    assert caught.value.reason == "damaged"


def test_deep_nesting_within_reason() -> None:
    assert texts("<div>" * 900 + "文") == ["文"]
    assert "文" in texts("<table><tr><td>" * 200 + "文")
    assert len(blocks("".join(f"<p>甲<font size={number}>" for number in range(3000)))) == 3000


def test_enormous_spans_cost_little() -> None:
    body = "<table>" + "<tr><td rowspan=65534 colspan=1000>甲<td>1" * 500 + "</table>"
    assert blocks(body)[0].rows == 500


def test_old_page_in_layout_tables_without_a_table_of_data() -> None:
    # Navigation on the left, the article on the right, in a table of its own with one cell a row.
    page = (
        "<table><tr><td><font>望湖市政府网</font></td></tr>"
        "<tr><td><a href=1>首页</a> | <a href=2>新闻</a> | <a href=3>公开</a></td></tr></table>"
        "<table><tr><td><table><tr><td>信息公开目录</td></tr><tr><td><a href=4>指南</a></td></tr>"
        "<tr><td><a href=5>制度</a></td></tr><tr><td><a href=6>年报</a></td></tr></table></td><td><table>"
        "<tr><td>望湖市民政局2013年政府信息公开工作总结</td></tr><tr><td>发布日期：2014-03-09</td></tr>"
        "<tr><td><p>配备政府信息公开工作人员14名，全年召开会议两次，举办培训班三期。</p><p>二、主动公开</p>"
        "<p>全年共制发规范性文件3件，主动公开政府信息820条，均已在网站公开。</p></td></tr></table></td></tr></table>"
    )
    assert [(block.kind, block.text) for block in read(page).blocks] == [
        (Kind.PARAGRAPH, "望湖市政府网"),
        (Kind.PARAGRAPH, "信息公开目录"),
        (Kind.PARAGRAPH, "望湖市民政局2013年政府信息公开工作总结"),
        (Kind.PARAGRAPH, "发布日期：2014-03-09"),
        (Kind.PARAGRAPH, "配备政府信息公开工作人员14名，全年召开会议两次，举办培训班三期。"),
        (Kind.PARAGRAPH, "二、主动公开"),
        (Kind.PARAGRAPH, "全年共制发规范性文件3件，主动公开政府信息820条，均已在网站公开。"),
    ]
