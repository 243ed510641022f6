"""Counts of items published: of the one channel named with them, of the social media together, or the total."""

from __future__ import annotations

import re

from gongkai.parsing.narrative_catalogue import BARE, COUNT, Narrative
from gongkai.parsing.narrative_claims import Claim, is_count, words_from
from gongkai.parsing.narrative_text import Masked, Segment

_LED = re.compile(
    "通过|依托|利用|借助|充分发挥|^在|以|(?:公众号|订阅号|服务号|视频号|抖音号|微信|微博|网站|新媒体)"
    "[^，]{0,10}(?:运营|运行|更新|运维|完善|建设|活跃|关注|粉丝|推出|开设)"
)
_TITLED = re.compile("[^，。；]{2,14}：$")
_VERB = re.compile("公开|发布|公布|推送|更新|上传")
# Clauses on readers, and what is said before their numbers.
_ASIDES = 4
_READERS = re.compile("[^，]*(?:粉丝|关注|订阅|阅读|浏览|访问|播放|同比|增长)")
_ASIDE = re.compile("(?:粉丝|关注|订阅|阅读|浏览|访问|播放|同比|增长)[^，。；]*$")
_SOCIAL = {"weibo", "wechat", "new_media", "account"}
_CASE_UNITS = ("件", "份", "个", "项", "件次")
# What is said to be published, but for words that say nothing of its contents.
_CONTENT = re.compile(
    f"(?:公开|发布|公布|推送|更新|上传)(?:了|和|及|与|或|更新|转发|各类|各级|各种|各项|有关|相关|政府|政务|本级|主动公开|公开|发布|共|累计|共计|的)*"
    f"([^，。；：{COUNT}-{BARE}]*?)(?:等(?:各类|各种|相关|方面|政府|政务|的)*)?(?:信息|政务动态|工作动态|动态)?[^，。；：{COUNT}-{BARE}]{{0,3}}[{COUNT}-{BARE}]$"
)
_COLUMN = re.compile("(?<!公开)(?:栏目|专栏|板块|频道)")
# Contents of any kind.
_ANY_CONTENT = re.compile("政府|政务|等|、|动态|各|原创|图文|推文|稿|文章|作品|工作信息|主动公开|消息|资讯")
# The first of several kinds of contents, each with its number: 网站公开工作动态33条、乡镇建设12条.
_DETAIL = re.compile(
    f"(?:公开|发布|公布|推送|更新|上传)(?:了|各类|共|累计)*(?!.{{0,8}}(?:信息|文章|作品|图文|推文|消息|原创|微博|微信|视频))[^，。；：、{COUNT}-{BARE}信稿]{{2,8}}[{COUNT}-{BARE}]$"
)
_NEXT_KIND = re.compile(
    f"[；、，](?!公开|发布|推送|通过|微|网|公众|客户|其中|包括|含|同比|比|较|占|分别)[^。；，：{COUNT}-{BARE}]{{2,16}}{COUNT}"
)
# A share of a sum that is the year's own.
_OF_THIS_YEAR = re.compile(
    "其中，?[^，。；]{0,4}(?:本年|今年|当年|20[0-9]{2}年)|(?:本年度?|今年|当年|20[0-9]{2}年度?)新增[^，。；]*$"
)
_ITEM = re.compile(f"[；、，](?!其中|包括|含|同比|比|较|占|分别)[^。；，：公发推通微粉阅{COUNT}-{BARE}]{{2,24}}{COUNT}")
_BRACKETED = re.compile("（[^（）]*）")
_RANK_NAMED, _RANK_GENERAL, _ORDER = 2, 1, 10**6


def published_claims(masked: Masked, segment: Segment, catalogue: Narrative) -> list[Claim]:
    """The claims of a segment's counts of items published."""
    published = catalogue.published
    whole: list[Claim] = []
    parts: list[Claim] = []
    looked_at: set[tuple[bool, int, int]] = set()
    channel = published.channels.search(masked.text, segment.start, segment.end)
    for named, expressions in ((True, published.channel_text if channel else ()), (False, published.text)):
        for expression in expressions:
            for match in expression.finditer(masked.text, segment.start, segment.end):
                place = match.start("n")
                if (named, *match.span()) in looked_at:
                    continue
                looked_at.add((named, *match.span()))
                unit = masked.quantities[place].unit
                if unit in published.units or (unit is None and is_count(masked, place)):
                    claim, part = _claim(masked, segment, match, named, catalogue)
                    if claim:
                        (parts if part else whole).append(claim)
    return whole + [part for part in parts if not _repeats(part, whole, masked.text, catalogue)]


def _repeats(part: Claim, whole: list[Claim], text: str, catalogue: Narrative) -> bool:
    """Whether a part is of one channel's count told before: 网站公开90条，其中公开目录信息71条、公告栏19条."""
    metrics = catalogue.published.metrics
    column = part.metrics == (metrics["other"],) and "栏" in text[part.start : part.end]
    own = (metrics["website"],) if column else part.metrics
    return any(claim.metrics == own and claim.place < part.place for claim in whole)


def _claim(
    masked: Masked, segment: Segment, match: re.Match[str], named: bool, catalogue: Narrative
) -> tuple[Claim | None, bool]:
    """What the phrase claims, if anything, and whether its count is a part of another."""
    published, text, place = catalogue.published, masked.text, match.start("n")
    begin = words_from(masked, segment, match.start() if named else place)
    # Marks inside brackets end no clause.
    flat = _BRACKETED.sub(lambda found: "\0" * len(found[0]), text[begin:place])
    clause = max(flat.rfind(mark) for mark in "，：（") + 1 + begin
    clause = max(min(clause, match.start()), begin)
    lead = _lead(masked, segment, clause, begin, catalogue)
    start, channels = clause, _channels(text, clause, place, catalogue)
    if not channels and (_LED.search(text, lead, clause) or _TITLED.search(text, lead, clause)):
        channels = _channels(text, lead, place, catalogue)
        start = lead if channels else clause
    listed = _list_start(text, start, place, catalogue)
    if listed is not None:
        # What the list names are contents: 网站公开政府公报、人事任免等信息.
        channels = [channel for channel in channels if channel[1] < listed]
    if len(channels) > 1 and "分别" in text[start : match.end()]:
        return None, False
    if _is_of_a_column(text[start : match.end()]):
        return None, False
    if (published.listed_never if listed is not None else published.never).search(text, start, match.end()):
        return None, False
    if masked.quantities[place].unit in _CASE_UNITS and _is_other_matter(text, segment, clause, match.end()):
        return None, False
    words = text[clause : match.end()]
    part = _is_part(masked, segment, place, words, catalogue)
    if part and published.reported.search(text, segment.start, clause):
        return None, True
    names = {name for name, _ in channels}
    if _lists_more(text, start, channels, catalogue):
        names |= {"website", "other"}
    metric = _metric(names, named, words, part, catalogue)
    if part and metric == published.metrics["gazette"] and not _VERB.search(words):
        # One of the contents: 公开信息643条，其中政策解读12条、政府公报4条.
        return None, True
    if part and metric == published.metrics["website"] and "栏目" in words and "网" not in words:
        # A part of the site: 网站发布信息143条，其中政务公开栏目141条.
        return None, True
    if metric is None or _is_particular(text, match.end(), words, whole=metric == published.metrics["total"]):
        return None, part
    first = min([match.start(), *(position for _, position in channels)])
    rank = _RANK_NAMED if named else _RANK_GENERAL
    return Claim((metric,), place, first, match.end(), rank, _ORDER, 0.95, _is_one_kind(words)), part


def _lead(masked: Masked, segment: Segment, clause: int, begin: int, catalogue: Narrative) -> int:
    """Where the clause before begins, which may name the channel; clauses on its readers are passed over."""
    text, lead = masked.text, max(clause, begin)
    for _ in range(_ASIDES):
        lead = max(text.rfind("，", segment.start, max(lead - 1, segment.start)) + 1, segment.start)
        if not _READERS.match(text, lead, clause) or catalogue.published.channels.search(text, lead, clause):
            break
    if lead >= begin or all(_ASIDE.search(text, lead, place) for place in masked.between(lead, clause)):
        return lead
    return begin


def _lists_more(text: str, start: int, channels: list[tuple[str, int]], catalogue: Narrative) -> bool:
    """Whether a list of channels has an item that none of the catalogue's is in: 在信息平台、微博、微信等媒介."""
    if not channels or not text.startswith(("在", "通过", "依托", "利用", "主动在", "主动通过"), start):
        return False
    listed = text[start : channels[-1][1]].split("、")
    return any(not catalogue.published.channels.search(item) for item in listed[:-1])


def _list_start(text: str, start: int, end: int, catalogue: Narrative) -> int | None:
    """Where the verb stands whose objects are listed before `end` (发布机构职能、工作动态等信息), or None."""
    found = [m for m in _VERB.finditer(text, start, end) if catalogue.published.listed.search(text, m.end(), end)]
    return found[-1].start() if found else None


def _is_other_matter(text: str, segment: Segment, clause: int, end: int) -> bool:
    """Whether files published are answers (收到申请7件，…已在网站公开1件) or papers (制发公文70件，主动公开67件)."""
    if "申请" in text[segment.sentence_start : clause]:
        return True
    return "信息" not in text[clause:end] and re.search("公文|发文|文件", text[segment.start : clause]) is not None


def _is_particular(text: str, end: int, words: str, whole: bool) -> bool:
    """Whether a count is of one kind of contents: 公开环境质量信息20篇；监测结果58条；批复文件31条. 公开招聘信息5条.

    Through a channel (not `whole`) it is where further kinds follow: 网站公开工作动态33条、乡镇建设12条.
    """
    if _DETAIL.search(words) and _NEXT_KIND.match(text, end):
        return True
    if not whole:
        return False
    said = _CONTENT.search(words)
    return bool(said and said[1] and (_ITEM.match(text, end) or not re.search("政府|政务|等", said[0])))


def _is_one_kind(words: str) -> bool:
    """Whether a clause counts one kind of contents: 政府网站上公开财政信息2条, but for 公开各类信息 or 发布工作动态."""
    verbs = [verb.start() for verb in _VERB.finditer(words)]
    said = _CONTENT.match(words, verbs[-1]) if verbs else None
    return bool(said and said[1] and not _ANY_CONTENT.search(said[0]))


def _is_of_a_column(words: str) -> bool:
    """Whether a clause counts what one column of a site is for: 网站灾害事故信息栏目发布重大灾害事故信息24条."""
    return _COLUMN.search(words) is not None and _is_one_kind(words)


def _is_part(masked: Masked, segment: Segment, place: int, words: str, catalogue: Narrative) -> bool:
    """Whether a count follows 其中: a part of what was counted before, also behind the semicolons of a list."""
    text = masked.text
    if catalogue.published.part.search(text, segment.start, place):
        return not _OF_THIS_YEAR.search(text, segment.start, place)
    earlier = catalogue.published.part.search(text, segment.sentence_start, segment.start)
    return earlier is not None and "主动公开" not in words


def _channels(text: str, start: int, end: int, catalogue: Narrative) -> list[tuple[str, int]]:
    """(channel, position) of those named; a site's name right before 微信 or 微博 is that account's name."""
    found = [(str(m.lastgroup), m.start(), m.end()) for m in catalogue.published.channels.finditer(text, start, end)]
    nexts = {position for name, position, _ in found if name != "website"}
    return [(name, position) for name, position, after in found if not (name == "website" and after in nexts)]


def _metric(channels: set[str], named: bool, words: str, part: bool, catalogue: Narrative) -> str | None:
    """The metric that a count of items published through `channels` is of."""
    published = catalogue.published
    if len(channels) > 1 and channels <= _SOCIAL:
        return published.metrics["new_media"]
    if len(channels) == 1:
        return published.metrics.get(channels.pop())
    if "other" in channels and not channels & {"website", "gazette"} and named and re.search("等其[他它]", words):
        return published.metrics["other"]
    if part or not published.general.search(words) or published.unknown.search(words):
        return None
    return published.metrics["total"]
