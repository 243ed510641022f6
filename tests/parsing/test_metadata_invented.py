"""Many invented reports: titles, signatures and pages put together from parts, and noise that must break nothing."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.agencies.authors import resolve
from gongkai.catalogue.divisions import divisions, find
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Cell, Document
from gongkai.parsing.metadata import read_metadata

_PLACES = [
    (place.city if place.name.endswith("区") else "") + place.name
    for place in divisions()
    if place.level == "county" and place.until is None and place.city and len(find(place.name)) == 1
]
_ORGANS = ["人民政府", "人民政府办公室", "司法局", "教育局", "农业农村局", "市场监督管理局", "卫生健康委员会", "统计局"]
_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
_TITLES = [
    "{a}{y}年政府信息公开工作年度报告",
    "{a}{y}年度政府信息公开工作年度报告",
    "{y}年{a}政府信息公开工作年度报告",
    "{y}年度{a}政府信息公开年度报告",
    "{a}政府信息公开{y}年年度报告",
    "{a}政府信息公开工作年度报告（{y}年）",
    "{a}关于{y}年政府信息公开工作年度报告的公示",
    "{a} {y} 年政府信息公开工作年度报告",
]
_PAGES = [
    ["{t}", "{b}", "{a}", "{d}"],
    ["首页 > 政务公开 > 年报", "{t}", "来源：{a} 发布时间：{p} 浏览次数：12", "{b}", "{a}", "{d}"],
    ["发布机构：{a} 发布日期：{p}", "名  称：{t}", "{t}", "{b}", "{d}"],
    ["{t}", "（{d}）", "{b}", "主办：{a} 技术支持：某公司"],
]


def document(lines: list[str]) -> Document:
    builder = BlockBuilder()
    for line in lines:
        builder.paragraph(line)
    return Document("a.html", "html", "0" * 64, builder.blocks)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(_PLACES),
    st.sampled_from(_ORGANS),
    st.integers(2008, 2025),
    st.sampled_from(_TITLES),
    st.sampled_from(_PAGES),
    st.booleans(),
)
def test_an_invented_report_is_read_as_it_was_put_together(
    place: str, organ: str, year: int, pattern: str, page: list[str], chinese: bool
) -> None:
    agency = place + organ
    printed = str(year).translate(_CHINESE) if chinese else str(year)
    words = {
        "a": agency,
        "t": pattern.format(a=agency, y=printed),
        "b": f"{year}年，我单位认真贯彻落实《中华人民共和国政府信息公开条例》，扎实推进政府信息公开工作，成效明显。",
        "d": f"{year + 1}年1月15日",
        "p": f"{year + 1}-01-20",
    }
    one = document([line.format(**words) for line in page])
    found = read_metadata(one, one.blocks)
    author = resolve(found, one)
    assert (found.year, found.period, found.kind) == (year, "year", "annual_report")
    assert author.agency == agency
    assert author.scope == ("whole" if organ == "人民政府" else "organ")
    assert author.province is not None
    assert found.signed_on == date(year + 1, 1, 15)
    if any("{p}" in line for line in page):
        assert found.published_on == date(year + 1, 1, 20)
    assert not found.doubts
    assert not author.doubts


_WORDS = st.sampled_from(
    [
        "2023年",
        "滑县",
        "司法局",
        "人民政府",
        "政府信息公开",
        "工作年度报告",
        "上半年",
        "发布时间：",
        "2024-01-12",
        "来源：",
        "一、总体情况",
        "，",
        "。",
        "《",
        "》",
        "\t",
        "\n",
        " ",
        "自年1月1日",
        "市",
        "关于",
        "的",
        "二〇二三年",
        "0",
        "×",
        "附件",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(_WORDS, max_size=12).map("".join), max_size=12), st.booleans())
def test_no_heap_of_words_breaks_it(lines: list[str], table: bool) -> None:
    builder = BlockBuilder()
    for line in lines:
        builder.paragraph(line)
    if table:
        builder.table(Cell(row, 0, line) for row, line in enumerate(lines))
    one = Document("a.txt", "txt", "0" * 64, builder.blocks, metadata={"title": "".join(lines)[:80]})
    found = read_metadata(one, one.blocks)
    author = resolve(found, one)
    for place in (*found.sources.values(), *(candidate.evidence for candidate in found.authors)):
        if place.block is not None:
            assert one.blocks[place.block].text[place.start : place.end] == place.quote
    assert (found.year is None) == any(doubt.reason == "year_uncertain" for doubt in found.doubts)
    assert author.agency is not None or author.doubts


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=6), st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_it(lines: list[str], title: str, url: str) -> None:
    builder = BlockBuilder()
    for line in lines:
        builder.paragraph(line)
    one = Document("a", "html", "0" * 64, builder.blocks, metadata={"title": title, "url": "https://" + url})
    resolve(read_metadata(one, one.blocks), one)
