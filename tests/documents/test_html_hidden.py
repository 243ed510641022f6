"""What a page hides, what its scripts keep, and lists of links: what is no part of the report stays out of it."""

from __future__ import annotations

import html
import json
from urllib.parse import quote

import pytest

from gongkai.documents import flow
from gongkai.documents.html import read
from gongkai.documents.html_styles import hidden_names
from gongkai.documents.model import Kind
from gongkai.errors import UnreadableDocument

SENTENCES = [
    f"（{number}）持续做好政府信息公开工作，第{number}季度主动公开政府信息{number * 7}条。" for number in range(1, 13)
]
ARTICLE = "<h1>某区民政局2023年政府信息公开工作年度报告</h1>" + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def texts(body: str, head: str = "") -> list[str]:
    return [block.text for block in read(f"<html><head>{head}</head><body>{body}</body></html>").blocks]


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="font-size:0">暗</p>',
        '<p style="position:absolute;left:-9999px">暗</p>',
        '<div style="height:0; overflow:hidden">暗</div>',
        '<p style="visibility:collapse">暗</p>',
        "<template><p>暗</p></template>",
        '<div class="a none">暗</div>',
        '<p id="no">暗</p>',
    ],
)
def test_hidden(hidden: str) -> None:
    sheet = "<style>p{margin:0} .x,.none{color:red;display:none} #no{visibility:hidden!important}</style>"
    assert texts(f"<p>甲</p>{hidden}<p>乙</p>", sheet) == ["甲", "乙"]


@pytest.mark.parametrize(
    "shown",
    [
        '<div style="font-size:0"><span style="font-size:16px">乙</span></div>',
        '<div class="tab on">乙</div>',
        '<div class="print">乙</div>',
        '<div class="menu">乙</div>',
        '<p class="none" style="display:block">乙</p>',
        '<p style="text-indent:-21pt">乙</p>',
        '<p style="height:0">乙</p>',
    ],
)
def test_not_hidden(shown: str) -> None:
    sheet = (
        "<style>.tab{display:none}.tab.on{display:block}@media print{.print{display:none}}"
        ".menu:hover{display:none}.none{display:none}/* .menu{display:none} */</style>"
    )
    assert texts(shown, sheet) == ["乙"]


def test_rules_of_style_sheets() -> None:
    assert hidden_names(
        ".a,#b , p.c{display:none} .d .e{display:none} @media print{.f{display:none}} .g{color:red}"
    ) == {
        ".a",
        "#b",
        ".c",
    }
    assert hidden_names(".a{display:none} @import 'x'; .a.b{display:block} .c{visibility:hidden}") == {".c"}
    assert hidden_names("@media x{" * 50_000 + ".a{display:none}") == frozenset()
    assert hidden_names("display:none" + "@/*" * 300_000) == frozenset()


def test_an_article_that_a_script_will_show() -> None:
    """WeChat serves its articles hidden, beside many words of its own."""
    page = f'<h1>题</h1><div id="js_content" style="visibility: hidden;">{ARTICLE}</div>'
    page += "<div>微信扫一扫关注该公众号 继续滑动看下一个 轻触阅读原文</div>" * 30
    assert [text for text in texts(page) if text in SENTENCES] == SENTENCES
    assert "微信" not in "".join(texts(f'{ARTICLE}<div style="display:none">微信扫一扫。</div>'))


def test_a_hidden_copy_is_not_read_beside_the_article() -> None:
    assert texts(f'{ARTICLE}<div style="display:none">{ARTICLE}</div>')[1:] == SENTENCES


@pytest.mark.parametrize(
    "kept",
    [
        f'<textarea style="display:none">{html.escape(ARTICLE)}</textarea>',
        f'<script type="text/html">{ARTICLE}</script>',
        f"<template>{ARTICLE}</template>",
        f"<noscript>{ARTICLE}</noscript>",
        f'<script type="application/json">{json.dumps({"a": {"content": ARTICLE}})}</script>',
        f"<script>var a = {{}}; a.b = '{ARTICLE}'; show(a)</script>",
        f"<script>var a = {json.dumps(json.dumps({'content': ARTICLE}))}</script>",
        f"<script>window.state={json.dumps({'content': html.escape(ARTICLE)}, ensure_ascii=False)}</script>",
        f'<script>put(decodeURIComponent("{quote(ARTICLE)}"))</script>',
        f'<iframe srcdoc="{html.escape(ARTICLE)}"></iframe>',
        f'<x-page><template shadowrootmode="open"><div>{ARTICLE}</div></template></x-page>',
    ],
)
def test_articles_that_scripts_keep(kept: str) -> None:
    page = f"<div>首页</div>{kept}<div>主办单位：某区民政局</div>"
    assert [text for text in texts(page) if text in SENTENCES] == SENTENCES


def test_lists_of_links_are_left_out() -> None:
    menu = "<ul><li><a href=1>领导之窗</a></li><li><a href=2>政务公开</a></li><li><a href=3>办事服务</a></li></ul>"
    place = "<div>当前位置：<a href=1>首页</a> &gt; <a href=2>政务公开</a> &gt; <a href=3>年报</a></div>"
    related = "<h3>相关阅读</h3><ul>" + "".join(
        f"<li><a href={year}>某局{year}年政府信息公开工作年度报告</a><span>{year + 1}-01-20</span></li>"
        for year in (2017, 2018, 2019)
    )
    table = "<table>" + "<tr><td>·</td><td><a href=1>2016年年报</a></td><td>[2017-02-01]</td></tr>" * 3
    beside = "<p>上一篇：<a href=1>2021年度报告</a></p><p>下一篇：<a href=2>2022年度报告</a></p>"
    found = texts(f"{menu}{place}<p>全年公开12条。</p>{beside}{related}</ul>{table}</table>")
    assert found == ["当前位置：首页 > 政务公开 > 年报", "全年公开12条。"]


def test_links_of_the_report_itself_stay() -> None:
    files = "".join(f'<p><a href="/f/{name}?x=1">附件{name}</a></p>' for name in ("1.docx", "2.xls", "3.pdf"))
    assert len(texts(f"<p>正文。</p>{files}")) == 4
    cited = "<p>印发<a href=1>《办法》</a>、<a href=2>《规定》</a>和<a href=3>《细则》</a>等文件</p>"
    assert texts(cited) == ["印发《办法》、《规定》和《细则》等文件"]
    # A link that is never closed makes links of all that follows.
    assert texts(f"<a href=1>返回<p>甲</p><p>乙</p><p>丙</p>{ARTICLE}")[-12:] == SENTENCES


def test_spans_that_are_shown_as_blocks() -> None:
    assert texts('<div><span style="display:block">甲</span><span style="display: block">乙</span></div>') == [
        "甲",
        "乙",
    ]


def test_a_heading_that_stays_in_sight_belongs_to_its_table() -> None:
    head = "<table><tr><td rowspan=2>项目</td><td colspan=2>数量</td></tr><tr><td>本年</td><td>上年</td></tr></table>"
    body = "<table><tr><td>规章</td><td>1</td><td>2</td></tr></table>"
    (block,) = read(f"<div>{head}</div><div>{body}</div>").blocks
    assert (block.rows, block.columns) == (3, 3)
    assert block.text == "项目\t数量\n本年\t上年\n规章\t1\t2"
    wider = body.replace("<td>2</td>", "<td>2</td><td>3</td>")
    assert len(read(f"<div>{head}</div><div>{wider}</div>").blocks) == 2
    assert len(read(f"<div>{head}</div><p>注</p><div>{body}</div>").blocks) == 3


def test_a_report_whose_paragraphs_are_rows() -> None:
    figures = "<tr><td>规章</td><td>1</td><td>2</td></tr><tr><td>文件</td><td>3</td><td>4</td></tr>"
    rows = [
        "一、总体情况",
        "本年度主动公开政府信息120条，其中网站公开100条，政务新媒体公开20条，比上年有所增加。",
        "二、主动公开政府信息情况",
        figures,
        "三、存在的问题",
        "公开内容还不够丰富，部分信息公开不够及时，下一步将加强培训，进一步提高公开质量和水平。",
        "某区民政局",
    ]
    body = "".join(row if row.startswith("<tr") else f"<tr><td colspan=3>{row}</td></tr>" for row in rows)
    blocks = read(f"<table>{body}</table>").blocks
    assert [block.text for block in blocks if block.kind is not Kind.TABLE] == [*rows[:3], *rows[4:]]
    assert [block.text for block in blocks if block.kind is Kind.TABLE] == ["规章\t1\t2\n文件\t3\t4"]


def test_a_row_over_the_whole_width_that_is_part_of_its_table() -> None:
    rows = "<tr><td colspan=2>三、本年度办理结果</td></tr><tr><td>（一）予以公开</td><td>1</td></tr>"
    (block,) = read(f"<table><tr><td>项目</td><td>数量</td></tr>{rows}</table>").blocks
    assert block.rows == 3


def test_more_cells_than_any_report_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "MOST_CELLS", 5)
    with pytest.raises(UnreadableDocument) as caught:
        read("<table>" + "<tr><td>1<td>2</tr>" * 3)
    assert caught.value.reason == "too_large"


def test_rows_that_lost_their_table() -> None:
    rows = "<tr><td>规章</td><td>1</td><td>2</td></tr>\n<tr><td>文件</td><td>3</td><td>4</td></tr>"
    blocks = read(f"<div><p>甲</p>{rows}<p>乙</p>{rows}</div>丙").blocks
    assert [block.text for block in blocks] == [
        "甲",
        "规章\t1\t2\n文件\t3\t4",
        "乙",
        "规章\t1\t2\n文件\t3\t4",
        "丙",
    ]


def test_sections_that_are_opened_one_by_one() -> None:
    parts = [
        f'<h2>第{number}节</h2><div class="panel" style="display:none"><p>{sentence}</p></div>'
        for number, sentence in enumerate(SENTENCES)
    ]
    assert [text for text in texts("".join(parts)) if not text.startswith("第")] == SENTENCES
