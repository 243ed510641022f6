"""What an agency's name says: its place, level, kind and scope; and the identity that names of one agency share."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from gongkai.catalogue.agency_kinds import expand, kind_of
from gongkai.catalogue.divisions import LEVELS, Division, find, mentions, prefix
from gongkai.catalogue.zones import zone_at

# A line of state organs stands in front of the place: 国家税务总局滑县税务局, 国家矿山安全监察局广西局.
_LINE = re.compile(
    r"^(中华人民共和国|国家(?!级)[\u4e00-\u9fff]{2,12}?(?:总局|局)|中国人民银行|中国证券监督管理委员会|中国银行?保险?监督管理委员会|国网|中国(?:移动|电信|联通|铁塔|邮政)(?:通信)?(?:集团)?)"
    r"(?=.)"
)
_NATIONAL = re.compile(
    r"^(国务院|国家(?!级|东中西|高新|经济技术)|中华人民共和国|中国(?!人民政治|（)|最高人民|全国)|^[\u4e00-\u9fff]{2,9}部$|总署$"
    r"|^[\u4e00-\u9fff]{2,8}总局$|^(?:水利部|交通运输部|生态环境部)|^(?:中国)?民航(?:华北|华东|中南|西南|西北|东北)|^(?:长江|黄河|淮河|海河|珠江|松辽|太湖)(?:水利|流域|航务)"
)
# 公安部 is no 部 of 公安县: a ministry's name is no place with a department.
_MINISTRY = re.compile(r"^(?:公安|国家安全|商务|民政|司法|财政)部$")
# The regiments' cities of Xinjiang: 第一师阿拉尔市.
_DIVISION_OF_CORPS = re.compile(r"^(?:新疆)?(?:生产建设)?(?:兵团)?第[一二三四五六七八九十]{1,2}师(?=..)")
# 民政局办公室 is a section of the bureau, whose report it is.
_SECTION = re.compile(
    r"(?<=[局厅])(?:党政|综合)?(?:办公室|综合科|秘书科)$|(?<=[局厅委会])(?:政府信息|政务|信息)(?:[和与、].{0,6})?公开(?:工作)?(?:领导小组)?办公室$"
)
_OF_GOVERNMENT = re.compile(r"^(?:人民)?政府(?!办公厅)(?=.{2,}(?:局|厅|委|委员会)$)")
_COMPLETE = re.compile(r"(人民政府|委员会|办公室|管委会|局|厅)$")
_BRACKETS = re.compile(r"（[^（）]*）")
_PARTY = re.compile(r"^(中国共产党|中共)")
# 市场监督管理局 begins with 市 but has no place.
_RELATIVE = re.compile(
    r"^(本)?(自治[区州县旗]|省|市|区|县|州|盟|旗|镇|乡|街道)(?!场监|场服|场发|政工|政管|政公|政府?设施|容|民服|域|划|级|村振|村建|镇建设)(?=.{2,})"
)
_TOWNSHIP = re.compile(
    r"^(?:人民政府)?((?!.{0,12}(?:局|委员会|中心)).{1,14}?(?:镇|乡|街道|苏木))(?=人民政府|政府|办事处|党|综合|便民|财政|司法|$)"
)
_SUB_OFFICE = re.compile(r"^(?:人民政府)?(?!.*驻)([^局委]{1,20}?)办事处$")
_BRANCH = re.compile(r"(?:局|厅|委员会)(.{2,14}?)(?:分局|分中心|监管局|管理局|执法局|直属局|局|大队|支队)$")
_ZONE = re.compile(
    r"(开发区|高新区|经开区|产业园区?|工业园区?|科技园|示范区|保税区|合作区|新区|新城|投资区|管理区|风景区|度假区|试验区|商务区|集聚区|园区)"
)
_NOT_PLACE_NEXT = frozenset("镇乡街路村道")
# 小河 is short for a district, but 小河湾镇 is a town: no town's own name has one character.
_TOWN_OF_THREE = re.compile(r"[\u4e00-\u9fff](?:镇|乡|街道)(?!镇|乡)")


def scope_of(level: str | None, kind: str | None) -> str | None:
    """What an agency reports on: whole (a government above the townships, for all its organs), organ, or null for what
    is no agency. A township has no organs that report to it."""
    if kind is None:
        return None
    return "whole" if kind == "government" and level != "township" else "organ"


@dataclass(frozen=True, slots=True)
class Description:
    """What a name says. Null where it does not say it, or several places bear the name.

    `places` are the divisions that the name may mean, the deepest of the chain; `relative` is the word that stands for
    an unnamed place (市 in 市人防办); `organ` is the name without its place, in full. `name` is the name
    without blanks.
    """

    name: str
    places: tuple[Division, ...]
    relative: str | None
    township: str | None
    organ: str
    level: str | None
    kind: str | None

    @property
    def scope(self) -> str | None:
        """What such an agency reports on (`scope_of`)."""
        return scope_of(self.level, self.kind)

    @property
    def province(self) -> str | None:
        """The province, if all places that the name may mean lie in it."""
        return _common([place.province for place in self.places]) or None

    @property
    def city(self) -> str | None:
        """The prefecture, likewise; null for what lies in none."""
        return _common([place.city for place in self.places])

    @property
    def county(self) -> str | None:
        """The county, likewise."""
        return _common([place.county for place in self.places])

    def at(self, places: tuple[Division, ...]) -> Description:
        """The same name with fewer places."""
        return replace(self, places=places)

    @property
    def placed(self) -> bool:
        """Whether the name names a place (or is that of a national organ), so that it stands for itself."""
        return bool(self.places) or self.level == "national"


def _common(values: list[str | None]) -> str | None:
    return values[0] if values and len(set(values)) == 1 else None


@lru_cache(maxsize=65536)
def clean(name: str) -> str:
    """A name without blanks, with full-width brackets and without quotation marks around it."""
    parts = unicodedata.normalize("NFKC", name).split()
    # Two bodies under one sign (广州市黄埔区人民政府 广州开发区管委会): the first, which is the lead unit.
    if len(parts) > 1 and _COMPLETE.search(parts[0]) and prefix(parts[1])[1]:
        parts = parts[:1]
    text = "".join(parts).strip("“”\"'《》【】,。:;-_|·")
    text = text.replace("(", "（").replace(")", "）")
    return _SECTION.sub("", text.replace("管委会", "管理委员会"))


# 滑县司法局、民政局, but not 教育和体育局 nor 人民政府办公室.
_BODY = r"(?:局|厅|委员会|委|人民政府|办公室|中心|街道|镇|乡)"
_SEVERAL = re.compile(rf"^(.+?{_BODY})([、和与及])(.+{_BODY})$")
_TWICE = re.compile(rf"^(.+?(?:局|厅|委员会|委|中心))(.{{3,}}{_BODY})$")


def names_several(name: str) -> bool:
    """Whether words name more than one body: 滑县司法局、民政局, or the same place's twice (滑县司法局滑县民政局)."""
    text = clean(name)
    if (match := _SEVERAL.match(text)) and kind_of(expand(match[3]), None) is not None:
        return True
    match = _TWICE.match(text)
    if match is None:
        return False
    end, places = read_place(match[1])
    return bool(places) and match[2].startswith(text[:end]) and not text.endswith("分局")


def read_place(text: str, province: str | None = None) -> tuple[int, tuple[Division, ...]]:
    """The chain of divisions in front of `text`: (where it ends, what its deepest name may mean).

    `province` (a name) is where the agency is known to lie, and takes away the places elsewhere.
    """
    end, places = prefix(text)
    if places and text[:end] not in {one.name for one in places}:
        if (unlisted := _unlisted(text))[1] and unlisted[0] > end:
            # 石门 is short for a county, but 石门岭县 is another place.
            return unlisted
        # A short name: not the 长安 of 长安街道, nor that of a county where a province or city bears it.
        if text[end : end + 1] in _NOT_PLACE_NEXT or _TOWN_OF_THREE.match(text, end):
            return 0, ()
        top = min(LEVELS.index(one.level) for one in places)
        places = tuple(one for one in places if LEVELS.index(one.level) == top)
    if province:
        places = tuple(one for one in places if one.province == province) or places
    while places:
        next_end, deeper = _deeper(text, end, places)
        if not deeper:
            break
        end, places = next_end, deeper
    return (end, _current(places)) if places else _unlisted(text)


def _deeper(text: str, start: int, places: Sequence[Division]) -> tuple[int, tuple[Division, ...]]:
    """The division within `places` that is named at `start`, in full or as 阿坝州."""
    for short in (False, True):
        end, found = prefix(text, start, short=short)
        deeper = tuple(one for one in found if any(one.within(above) and one != above for above in places))
        if deeper and (not short or text[end - 1] in "州县旗"):
            return end, deeper
    return start, ()


def _current(places: tuple[Division, ...]) -> tuple[Division, ...]:
    """Without the past of a place that exists: 大方县 of 毕节地区, now of 毕节市; 巢湖市 as a prefecture.

    Two places that share a name both stay, though one is gone (桥东区 of 石家庄 and of 张家口).
    """
    if len(places) < 2:
        return places

    def outlived(past: Division) -> bool:
        moved = past.city is not None and all(one.until is not None for one in find(past.city, short=False))
        return past.until is not None and any(
            one.until is None and one.province == past.province and (one.level != past.level or moved) for one in places
        )

    return tuple(one for one in places if not outlived(one))


# Places that no list has (a new county, an invented one): the words before 省, 市, 县 tell what they are.
_STEM = r"(?:(?![和与及局委办厅省市县区旗]|政府|经济|开发|管理|服务|产业|工业|城市|国家|人民)[\u4e00-\u9fff])"
_UNLISTED = re.compile(rf"^({_STEM}{{2,3}}省)?({_STEM}{{2,4}}市)?({_STEM}{{2,4}}[县区旗])?")


def _unlisted(text: str) -> tuple[int, tuple[Division, ...]]:
    """A place by the form of its name, if what follows can be an agency; its `code` is empty, as is its `province`
    where that is not printed. A 市 alone is taken for a prefecture."""
    match = _UNLISTED.match(text)
    if not match or not match[0] or _ZONE.search(match[0]) or text.startswith("自治"):
        return 0, ()
    rest = text[match.end() :]
    if rest and not _TOWNSHIP.match(rest) and kind_of(expand(rest), None) is None:
        return 0, ()
    province, city, county = match[1] or "", match[2], match[3]
    name = county or city or province
    level = LEVELS[2 if county else 1 if city else 0]
    return match.end(), (Division("", name, level, province, city, county, (), None, None),)


@lru_cache(maxsize=4096)
def describe(name: str, province: str | None = None) -> Description:
    """Read an agency's name. `province` narrows places of the same name. Never raises: what is unknown is null."""
    text = clean(name)
    line = _LINE.match(text)
    rest = text
    if line and (read_place(text[line.end() :], province)[1] or find(text[line.end() :].removesuffix("局"))):
        rest = text[line.end() :]
    elif _MINISTRY.match(text) or (_NATIONAL.search(text) and not read_place(text, province)[1]):
        return Description(text, (), None, None, text, "national", kind_of(text, "national") or "department")
    rest = _DIVISION_OF_CORPS.sub("", _PARTY.sub("", rest))
    zone = zone_at(rest)
    end, places = (0, (zone[1],)) if zone else read_place(rest, province)
    if not places and (bracket := _BRACKETS.search(rest)):
        places = read_place(bracket[0][1:], province)[1]
    organ = _BRACKETS.sub("", rest[end:])
    relative = None
    if not places and (match := _RELATIVE.match(organ)):
        relative, organ = match[2], _OF_GOVERNMENT.sub("", organ[match.end() :])
    level = places[0].level if places else _RELATIVE_LEVELS.get(relative or "")
    township = None
    if match := _TOWNSHIP.match(organ):
        township, organ = match[1], organ[match.end() :]
    elif match := _SUB_OFFICE.match(organ):
        township, organ = match[1], "办事处"
    elif not organ and (match := _TOWNSHIP.match(rest)):
        township = match[1]
    full = expand(organ)
    if township:
        level = "township"
    elif _ZONE.search(organ):
        # A county's zone ranks as a township; but 武昌经济开发区 is not called after the county that runs it.
        level = "township" if level == "county" and rest[:end] in {one.name for one in places} else "county"
    elif match := _BRANCH.search(organ):
        level = _below(level, match[1], places)
    if line and rest != text:
        full = full if full and full != "局" else text[: line.end()]
        kind: str | None = "vertical"
    else:
        kind = kind_of(full, level)
    if not places and not relative and not township and not organ:
        kind = None
    return Description(text, places, relative, township, full, level, kind)


_RELATIVE_LEVELS = {
    "自治区": "province",
    "省": "province",
    "自治州": "prefecture",
    "自治县": "county",
    "自治旗": "county",
    "州": "prefecture",
    "盟": "prefecture",
    "县": "county",
    "旗": "county",
    "镇": "township",
    "乡": "township",
    "街道": "township",
}


def _below(level: str | None, branch: str, places: tuple[Division, ...]) -> str | None:
    """The level of a branch office: that of the place it is named for, else one below its head office."""
    named = [mention.divisions for mention in mentions(branch)] or [find(branch)]
    for found in named:
        for one in found:
            if any(one.within(above) for above in places):
                return one.level
    return {"province": "prefecture", "prefecture": "county"}.get(level or "", level)


def _own_government(seen: Description) -> str:
    """What a bare place stands for: 颍东区 for its government, 新华街道 for its office."""
    return "办事处" if (seen.township or "").endswith("街道") else "人民政府"


def same_organ(one: Description, other: Description) -> bool:
    """Whether two names can be of one body: the same organ, or one is short for the other (人防办, 人民防空办公室).

    A short name takes characters of the full one in their order, and begins with its first.
    """
    if one.township and other.township and one.township != other.township:
        return False
    left, right = (name.organ.removeprefix("人民政府") or name.organ or "人民政府" for name in (one, other))
    if left == right:
        return True
    short, full = sorted((left, right), key=len)
    if len(short) < 2 or short[0] != full[0] or one.kind != other.kind:
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def agency_id(name: str, province: str | None = None) -> str:
    """The identity of an agency: 16 hex digits that do not change between the ways of writing its name.

    洪泽区人民政府 and 淮安市洪泽区人民政府 are one, so are 市场监管局 and 市场监督管理局 of one city. Where the name
    does not tell its place, `province` is part of the identity. Renamed agencies are told by the register, not here.
    """
    seen = describe(name, province)
    places = {(one.province, one.city or "", one.county or "") for one in seen.places}
    if len(places) == 1:
        key = (*places.pop(), seen.township or "", seen.organ or _own_government(seen))
    else:
        key = (province or "", "", "", "", seen.name)
    return hashlib.sha256("\x1f".join(key).encode()).hexdigest()[:16]
