"""The title of a report: where it stands, and what it says of author, year, period and kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.catalogue.vocabulary import FIRST_YEAR, LAST_YEAR
from gongkai.documents.model import Kind
from gongkai.parsing.dates import YearMention, years
from gongkai.parsing.organisations import may_be_agency
from gongkai.parsing.spans import Squeezed

_CORE = re.compile(
    r"(?:政府信息|政务信息|政务|信息|办事|厂务|校务|院务|党务政务)公开(?!条例|指南|目录|申请)|政务(?:信息)?(?=工作总结)|政务信息(?=工作报告)"
    r"|信息公开条例(?=》?(?:贯彻|实施|执行|落实){0,2}(?:工作)?情况)"
)
_END = re.compile(
    r"(?:年度?工作报告|年度?报告|年报|工作总结|工作报告|自查|自评|审查报告|总结|小结|报告|汇报|工作情况|情况)"
)
_FOREIGN = re.compile(
    r"印发|转发|通知|通报|方案|办法|条例|解读|制度|指南|意见(?!稿)|细则|规定|培训|招标|预算|决算|统计表|流程|申请表|答复|纪要|点击|首页|"
    r"当前位置|上一篇|下一篇|>|召开|举办|部署会|推进会|座谈会|一图读懂|已发布|查阅|目录|报表|公报|编制指引|编制说明|填报说明|模板|范例|样式"
)
# What a report may be about, but also a notice: 2020年政务公开工作要点落实情况报告, 政务公开工作要点.
_FOREIGN_UNLESS_REPORT = re.compile(r"要点|会议|调研|检查组|督[查察]|责任|考核|评估")
_ENDS_AS_REPORT = re.compile(r"(?:报告|年报|总结|小结|汇报|自查|自评|情况)(?:[（(][^（）()]*[)）])?$")
_ONLY_PLANS = re.compile(r"(?!.*(?:总结|报告|汇报)).*(?:计划|安排|打算|思路)$")
_QUOTED = re.compile(r"《[^》]*》(?=.)")
_SENTENCE = re.compile(r"[。；！？]|，.{12}")
_LONGEST_TITLE = 70
_PROSE = 45
"""From this length on a line is text of the report."""
_HEAD_BLOCKS = 80

_PERIODS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "h1",
        re.compile(r"上半年|1[-—–~至到]6月|一至六月|(?<!下)半年(?!度?以来)(?:度)?(?:政务|政府|工作|总结|报告|自查)"),
    ),
    ("h2", re.compile(r"下半年|7[-—–~至到]12月")),
    ("q1", re.compile(r"(?:第一|第1|一|1)季度|1[-—–~至到]3月")),
    ("q2", re.compile(r"(?:第二|第2|二|2)季度|4[-—–~至到]6月")),
    ("q3", re.compile(r"(?<!前)(?:第三|第3|三|3)季度|7[-—–~至到]9月")),
    ("q4", re.compile(r"(?:第四|第4|四|4)季度|10[-—–~至到]12月")),
    ("ytd", re.compile(r"前三季度|1[-—–~至到](?:[2457-9]|1[01])月|今年以来")),
)
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("self_check", re.compile(r"自查|自评")),
    ("annual_report", re.compile(r"年度?报告|年报|年度工作报告|年度.{0,20}(?:工作)?报告")),
    ("summary", re.compile(r"总结|小结|汇报")),
    ("annual_report", re.compile(r"报告")),
    ("summary", re.compile(r"工作情况|工作开展情况|情况")),
)
_STAGES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("corrected", re.compile(r"更正|勘误|修订稿")),
    ("draft", re.compile(r"送审稿|征求意见稿|初稿|草稿|草案|审核稿")),
    ("approved", re.compile(r"定稿|审定稿|终稿")),
    ("published", re.compile(r"发布稿|公开稿|公示稿")),
)


@dataclass(frozen=True, slots=True)
class TitleParts:
    """What the words of a title say; null where they do not. `author` is as printed, without blanks. `school_year`:
    the report covers a school year, which is no statistical year."""

    author: str | None
    year: int | None
    period: str | None
    kind: str | None
    stage: str | None
    school_year: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A report's title: its text without blanks, its parts, the block of its main line, and that of the author's
    name where it stands on a line of its own."""

    text: str
    parts: TitleParts
    line: Squeezed
    author_line: Squeezed
    score: float


def period_of(text: str) -> str | None:
    """The part of a year that words without blanks name, if any."""
    return next((period for period, pattern in _PERIODS if pattern.search(text)), None)


def is_heading_of_another(text: str) -> bool:
    """Whether a line without blanks is the title of a document on something else than disclosure, or of no report."""
    if not _TITLE_LENGTH[0] <= len(text) <= _TITLE_LENGTH[1] or _NUMBERED.match(text) or _SENTENCE.search(text):
        return False
    if re.search(r"[:：>|]|\d{4}-\d", text) and not re.match(r"(?:文字|图文)?解读|图解|一图", text):
        return False
    return is_foreign(text) if _CORE.search(text) else bool(_ENDS_AS_REPORT.search(text) or _FOREIGN.search(text))


_TITLE_LENGTH = (8, 70)
_NUMBERED = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?|第.部分)")


def kind_of_report(text: str) -> str | None:
    """annual_report, summary or self_check, by the words of a title or of 现将…报告如下."""
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), None)


def stage_of(text: str) -> str | None:
    """The stage that a title or a file's name gives: 送审稿, 定稿, 更正."""
    return next((stage for stage, pattern in _STAGES if pattern.search(text)), None)


def read_title(text: str) -> TitleParts:
    """Read a title without blanks (`Squeezed.text`). Never raises; parts that it does not give are null."""
    text = _PLAN.sub("", without_site(text))
    school_year = SCHOOL_YEAR.search(text) is not None
    text = SCHOOL_YEAR.sub("", text)
    found = list(years(text))
    loose = _loose_year(text)
    year = found[0].year if found else loose.year if loose else None
    several = len({one.year for one in found}) > 1
    return TitleParts(
        author=_author(text),
        year=None if several or school_year else year,
        period=period_of(text),
        kind=kind_of_report(text),
        stage=stage_of(text),
        school_year=school_year,
    )


SCHOOL_YEAR = re.compile(r"20\d\d年?(?:[-—–~－至]{1,2}(?:20)?\d\d)?年?学年度?")
"""2023—2024学年: no calendar year."""

_LOOSE = re.compile(r"(?<!\d)(20\d\d)(?!\d|[-.]\d|号|〕|］|\])|(?<![\d第])([012]\d)年度?(?=.{0,20}公开)")


def _loose_year(text: str) -> YearMention | None:
    """A year that is printed without 年 (2022政府信息公开), or with two digits (22年)."""
    match = _LOOSE.search(text)
    if not match:
        return None
    year = int(match[1]) if match[1] else 2000 + int(match[2])
    return YearMention(match.start(), match.end(), year) if FIRST_YEAR <= year <= LAST_YEAR else None


# 2022年工作总结和2023年工作计划: the second half is another document's title.
_PLAN = re.compile(r"(?:和|及|与|暨|以及|、).{0,6}20\d\d年?度?.{0,12}(?:计划|安排|打算|思路|要点).*$")


def without_site(text: str) -> str:
    """A page title without the site's name and column behind it: …年度报告_通知公告_宿州市人民政府."""
    if not _CORE.search(text):
        return text
    parts = re.split(
        r"[_|｜]|(?<=[报告总结年情况\d)）])--?(?=[\u4e00-\u9fff])|(?:-{1,2}|—)(?=[\u4e00-\u9fff]{2,12}(?:网|网站|门户|人民政府|平台)$)",
        text,
    )
    with_core = [part for part in parts if part and _CORE.search(part) and _END.search(part)]
    return with_core[0] if with_core else text


_LEAD = re.compile(
    r"^(?:附件?\d*[:：.]?|【[^】]{0,12}】|\[[^\]]{0,12}\]|〔[^〕]*〕|[（(][^）)]{0,8}[）)]|[\d]+[、.．](?!\d)|[“\"《〈]|标题[:：]|名称[:：]|公告[:：]|以来|[）)]|关于(?:发布|公布|印发|报送|呈报|上报|公开|公示)?|度|的|全年|[上下]半年|半年度|(?:前三|第?[一二三四1-4])季度|\d{1,2}[-—~至到]\d{1,2}月份?)+"
)
_TRAIL = re.compile(
    r"(?:关于(?:发布|公布|公开|报送|公示|开展|做好|上报|对|印发|编制)?|公布|发布|的|20\d\d年度?|开展|推进|贯彻落实.*|贯彻.*|落实.*|执行.*|实施.*|度|年度|全年|上半年|下半年|半年度?|第?[一二三四1-4]季度|\d{1,2}[-—~至到]\d{1,2}月份?|[“\"《〈:：\-—_,，、（(])+$"
)


def _author(text: str) -> str | None:
    core = _CORE.search(text)
    if not core:
        return None
    year = next(years(text), None) or _loose_year(text)
    spans = [(0, min(year.start, core.start()) if year else core.start())]
    if year and year.end <= core.start():
        spans.append((year.end, core.start()))
    for start, end in spans:
        name = _trimmed(text[start:end])
        if name:
            return name
    # 2023年政府信息公开工作年度报告——滑县司法局, …年度报告（滑县司法局）
    behind = re.search(
        r"(?:报告|年报|总结)(?:[（(]20\d\d年?度?[）)])?(?:[—\-–:：]+|[（(])([\u4e00-\u9fff]{3,30})[）)]?$", text
    )
    return _trimmed(behind[1]) if behind else None


def _trimmed(text: str) -> str | None:
    before = None
    while text != before:
        before = text
        text = _TRAIL.sub("", _LEAD.sub("", text))
    # 大连市XX局XX年..., 政府信息公开 in the middle of a sentence: only what can be a name counts.
    return text if may_be_agency(text) else None


def is_foreign(text: str) -> bool:
    """Whether words without blanks head another kind of document: a notice, a guide, news. What a report quotes as its
    occasion (关于贯彻落实《…意见》情况的报告) does not count."""
    words = _QUOTED.sub("", text)
    if _FOREIGN_UNLESS_REPORT.search(words) and not _ENDS_AS_REPORT.search(words):
        return True
    foreign = _FOREIGN.search(words) or _ONLY_PLANS.match(words)
    return foreign is not None and not re.search(r"(报告|年报|总结)》?的(?:公示|公告|通告|通知)?$", text)


def find_title(texts: Sequence[Squeezed], hint: str | None = None) -> Title | None:
    """The title among the first blocks of a report; `hint` is the page's own title, which a listing's others are not.

    A title may be spread over up to three lines; the line with 公开 is its main one.
    """
    wanted = without_site(_folded(hint)) if hint else ""
    best: Title | None = None
    for index in range(min(len(texts), _HEAD_BLOCKS)):
        if not _may_be_title(texts, index):
            continue
        for title in _readings(texts, index):
            score = _score(title, texts, index, wanted) - _PER_LINE * index
            if score >= _ENOUGH and (best is None or score > best.score):
                best = Title(title.text, title.parts, title.line, title.author_line, score)
    return best


def title_at(texts: Sequence[Squeezed], index: int) -> Title | None:
    """The title whose main line is this one; null if none is. Unlike `find_title`, anywhere in a document."""
    if not _may_be_title(texts, index):
        return None
    readings = _readings(texts, index)
    scores = [_score(title, texts, index, "") for title in readings]
    best = max(scores)
    return readings[scores.index(best)] if best > 0 else None


_ENOUGH = 3.0
_PER_LINE = 0.01
"""How much less a title weighs a line further down."""
_LABELLED = re.compile(r"^(?:名称|公报标题|标题|信息名称|文件名称|题名)[:：]?")


def title_elsewhere(line: Squeezed) -> Title | None:
    """The title that a page gives only as its <title> or in its table of 名称; null if that is not a report's."""
    text = without_site(line.text)
    if not _CORE.search(text) or not _END.search(text) or len(text) > _LONGEST_TITLE or is_foreign(text):
        return None
    return Title(text, read_title(text), line, line, 0.0)


def _folded(text: str) -> str:
    return "".join(text.split())


# The page's own words that a source runs into the line of the title: …年度报告发布时间:2024-01-12来源:滑县司法局.
_PAGE_WORDS = re.compile(
    r"[【\[]?(?:(?:发布|发文|信息|文章|稿件|公开)?(?:来源|时间|日期|单位|机构)[:】\]]|字[体号]:|浏览|阅读|点击|20\d\d[-/.]\d{1,2}[-/.]\d).*$"
)


def _own_words(one: Squeezed) -> str:
    """A line without a label in front (名称) and without the page's words behind it."""
    text = _LABELLED.sub("", one.text)
    return _PAGE_WORDS.sub("", text) if _CORE.search(text) else text


def _eligible(one: Squeezed) -> bool:
    text = _own_words(one)
    return one.block.kind is not Kind.TABLE and len(text) <= _LONGEST_TITLE and not _SENTENCE.search(text)


def _may_be_title(texts: Sequence[Squeezed], index: int) -> bool:
    own = texts[index].text
    if "公开" not in own and "政务" not in own and not _split_core(texts, index):
        return False
    return _eligible(texts[index]) and (_CORE.search(own) is not None or _split_core(texts, index))


_BREAK = 8
"""政府信息公开, broken over two lines, stands within so many signs before and behind the break."""


def _split_core(texts: Sequence[Squeezed], index: int) -> bool:
    """Whether 政府信息公开 itself is broken over this line and the next."""
    if index + 1 >= len(texts):
        return False
    own, below = texts[index].text[-_BREAK:], texts[index + 1].text
    joined = own + below[:_BREAK]
    if ("公开" not in joined and "政务" not in joined) or not _eligible(texts[index + 1]):
        return False
    return not _CORE.search(below) and bool(_CORE.search(joined))


def _readings(texts: Sequence[Squeezed], index: int) -> list[Title]:
    """The title as this line alone, with the line above, with the line below, and with both."""
    one = texts[index]
    above = texts[index - 1] if index else None
    below = texts[index + 1] if index + 1 < len(texts) else None
    two_above = texts[index - 2] if index > 1 else None
    own = _own_words(one)
    found = [_title(own, one, one)]
    if above and _is_title_line(above):
        if may_be_agency(_trimmed(above.text) or "") or list(years(above.text)):
            found.append(_title(above.text + own, one, above))
            if two_above and _is_title_line(two_above) and may_be_agency(two_above.text):
                found.append(_title(two_above.text + above.text + own, one, two_above))
        if below and _is_title_line(below) and _END.search(below.text):
            found.append(_title(above.text + own + below.text, one, above))
    if (
        below
        and _is_title_line(below)
        and (_END.search(below.text) or _split_core(texts, index))
        and not _END.search(own)
    ):
        found.append(_title(own + below.text, one, one))
    return found


def _is_title_line(one: Squeezed) -> bool:
    return _eligible(one) and len(one.text) <= 40 and not re.search(r"[:：>]|^[一二三四五六]、|\d{2}:\d{2}", one.text)


def _title(text: str, line: Squeezed, author_line: Squeezed) -> Title:
    return Title(text, read_title(text), line, author_line, 0.0)


def _score(title: Title, texts: Sequence[Squeezed], index: int, wanted: str) -> float:
    text, parts = title.text, title.parts
    if not _CORE.search(text) or not _END.search(text) or len(text) > _LONGEST_TITLE or is_foreign(text):
        return 0.0
    score = 2.0 if re.search(r"报告|年报|总结|自查", text) else 0.5
    score += 2.0 * (parts.year is not None) + 2.0 * (parts.author is not None)
    score += 1.0 * (title.line.block.kind is Kind.HEADING) + 1.0 * bool(_LABELLED.match(title.line.text))
    if title.author_line is not title.line and parts.author is None:
        score -= 1.0
    if wanted and (text in wanted or wanted in text):
        score += 3.0
    if _leads_text(texts, index):
        score += 1.5
    return score


def _leads_text(texts: Sequence[Squeezed], index: int) -> bool:
    """Whether text of a report follows, not the next entry of a list."""
    return any(len(one.text) >= _PROSE for one in texts[index + 1 : index + 5])
