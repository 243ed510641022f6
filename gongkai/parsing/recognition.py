"""Whether a document is a report on information disclosure, or a notice, guide or news about such reports."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.catalogue.forms import forms
from gongkai.documents.model import Kind
from gongkai.parsing.metadata_model import Metadata
from gongkai.parsing.spans import Squeezed
from gongkai.parsing.table_reading import TableReading
from gongkai.parsing.titles import is_heading_of_another

_DISCLOSURE = re.compile(r"信息公开|政务公开|(?:办事|校务|院务|厂务)公开")
_SENTENCE = re.compile(r"[，。；]")
_PUBLIC = re.compile(r"公开")
_OPENING = re.compile(
    r"现(?:就|将)[^。]{0,80}(?:报告|汇报|总结|小结|自查|公布)[^。]{0,14}如下"
    r"|本(?:年度)?报告(?:是)?(?:根据|依据|按照|由)|编制本(?!行政|机关|级|单位|部门|办法|制度)|公布(?:20\d\d年度?)?[^，。]{2,30}公开(?:工作)?(?:年度)?(?:报告|年报)"
)
_FIRST_PERSON = re.compile(
    r"[我本](?:省|市|县|区|州|盟|旗|乡|镇|街|局|委|厅|办|院|校|行(?!政)|单位|机关|部门|中心|公司|处|所|站|队)"
)
_EXPLAINS = re.compile(r"编制背景|起草背景|如下解读|解读如下|进行解读")
_ORDERS = re.compile(
    r"(?:事项|要求|工作)?通知如下|印发(?:给)?你们|现(?:予|将.{0,40})?(?:印发|转发)|请[^。]{0,8}(?:遵照|贯彻|参照)执行|(?:制定|编制)本(?:公开)?(?:办法|制度|规定|细则|指南)"
)
"""What a notice, a rule or a guide says of itself."""
_COUNTS = re.compile(r"数据.{0,6}统计(?:期限|时限|时间|期间|截止)")
"""What a report says of its figures: also one that is printed behind the notice that publishes it."""
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百]+[条章]")
_ENOUGH_ARTICLES = 2
_NEWS = re.compile(r"^(?:近日|日前|(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:上午|下午|晚)?，)")
"""How news begins, which is no report."""
_PARTS = tuple(
    re.compile(rf"^[（(]?[一二三四五六七][)）、]+(?:关于)?(?:依法|扎实推进|规范|加强)?{words}")
    for words in (
        "主动公开",
        "依申请公开",
        "(?:政府)?信息管理|政府信息(?:资源)?(?:规范化)?管理",
        "(?:政府信息)?(?:公开)?平台建设",
        "监督保障",
    )
)
"""The parts of the first section, as the national form of 2021 asks for them."""
_ENOUGH_PARTS = 3
_HEAD, _FIRST = 8, 3
_PROSE, _ENOUGH = 30, 50
"""Characters of a paragraph, and of all of them, from which on a text without a title is more than a page's words."""
_OFTEN = 4
_ENOUGH_SECTIONS = 4


def is_report(texts: Sequence[Squeezed], metadata: Metadata, tables: TableReading) -> bool:
    """Whether texts (of blocks without blanks) are a report: figures in statutory tables, its sections, or a title and
    sentences on disclosure.

    A document headed as something else is none, unless it holds figures in statutory tables or a report's title.
    """
    if any(figure.value is not None for figure in tables.figures):
        return True
    sentences = [one.text for one in texts if one.block.kind is not Kind.TABLE and _SENTENCE.search(one.text)]
    prose = [text for text in sentences if len(text) >= _PROSE]
    if (metadata.title is None and _of_another_kind(texts, prose)) or _orders(texts, prose):
        return False
    if tables.regime is not None or _sections(texts) >= _ENOUGH_SECTIONS:
        return True
    often = sum(len(_PUBLIC.findall(text)) for text in sentences)
    if metadata.title is not None or any(one.role == "announced" for one in metadata.authors):
        return often > 0
    first = prose[:_FIRST]
    if sum(any(map(part.match, (one.text for one in texts))) for part in _PARTS) >= _ENOUGH_PARTS and often:
        return True
    if any(map(_COUNTS.search, first)) and often:
        return True
    if sum(map(len, prose)) < _ENOUGH or not any(map(_DISCLOSURE.search, first)):
        return False
    return any(map(_OPENING.search, first)) or (often >= _OFTEN and any(map(_FIRST_PERSON.search, prose[:_HEAD])))


def _of_another_kind(texts: Sequence[Squeezed], prose: Sequence[str]) -> bool:
    heads = [one.text for one in texts[:_HEAD] if one.block.kind is not Kind.TABLE]
    return any(is_heading_of_another(text) for text in heads) or any(map(_EXPLAINS.search, [*heads, *prose[:_FIRST]]))


def _orders(texts: Sequence[Squeezed], prose: Sequence[str]) -> bool:
    """Whether texts are a notice or news about reports, or the articles of a rule, whatever title they seem to bear."""
    articles = sum(_ARTICLE.match(one.text) is not None for one in texts[: _HEAD * 2])
    if articles >= _ENOUGH_ARTICLES:
        return True
    another = any(map(_ORDERS.search, prose[:_FIRST])) or any(map(_NEWS.match, prose[:1]))
    return another and not any(map(_COUNTS.search, prose))


def _sections(texts: Sequence[Squeezed]) -> int:
    """How many sections of the national form the lines head."""
    names = {section for form in forms().values() for section in form.sections}
    lines = [one.text for one in texts if len(one.text) <= 40]
    return len({name for name in names if any(name in line for line in lines)})
