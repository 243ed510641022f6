"""Names of agencies in texts: whether words can be one, and where a sentence says whose report this is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from gongkai.catalogue.agency_kinds import expand, kind_of
from gongkai.catalogue.divisions import prefix
from gongkai.catalogue.page_words import author_patterns
from gongkai.parsing.metadata_model import AuthorCandidate
from gongkai.parsing.spans import Squeezed

_LONGEST = 40
_FIRST_WORDS = 1500
"""How much of a paragraph is searched for its author: one that holds a whole report names it early."""
_ENDS = (
    r"(?:人民政府(?:办公厅|办公室)?|行政公署(?:办公室)?|委员会(?:办公室)?|管委会(?:办公室)?|办公厅|办公室|街道办事处|办事处|"
    r"管理局|分局|总局|局|厅|署|委|院|中心|政府办|政府|总队|支队|大队|公司|学校|大学|学院|医院|联合会|社|办|"
    r"街道|镇|乡|苏木|[省市县区旗州盟])"
)
_NAME = rf"((?:(?![，。；：、,;:“”《》\"]).){{1,30}}?{_ENDS})"
_NOT_AUTHORS = re.compile(
    r"(国务院办公厅|国务院|上级|各|市委|区委|县委|党委|党中央|社会|群众|有关|相关|单位|部门|机关|本机关|我|以及|和本|请|如)$"
    r"|^(我|本|各|全(?!国)|其|该|有关|相关|上级|如|中华人民共和国政府信息公开)"
)
_LETTERS = re.compile(r"[\u4e00-\u9fff〇A-Z][\u4e00-\u9fff〇A-Z0-9、·（）()]*")
_PLACEHOLDER = r"^(?:[A-Z]+|某+|×+)"
# Words of sentences and headings that happen to end like an organ: 周密安排部署, 落到实处.
_SENTENCE = re.compile(
    rf"部署$|[实到好用之妙何]处$|情况|问题|加强|确保|落实|推进|开展|做好|提高|完善|强化|健全|狠抓|组织领导|精心|存在|打算|措施"
    rf"|我|^街道$|^社区$|工作报告|年度报告|总结|公开政府|20\d\d年|年度|公布|^附件|^来源|^关于|^根据|^按照|{_PLACEHOLDER}"
)
_SELF = frozenset(
    ["人民法院", "本单位", "本机关", "本局", "我局", "我委", "我办", "我单位", "我厅", "我区", "我市", "我县"]
)


@lru_cache(maxsize=4096)
def may_be_agency(name: str) -> bool:
    """Whether `name` (without blanks) can be an agency's or a place's: 宿州市司法局, 市人防办, 颍东区."""
    if not 2 <= len(name) <= _LONGEST or not _LETTERS.fullmatch(name) or name in _SELF:
        return False
    position, places = 0, prefix(name)[1]
    while True:
        end, found = prefix(name, position, short=position == 0)
        # The 城厢 of 城厢街道 is no county.
        street = name[end : end + 1] in _NOT_PLACE_NEXT and name[position:end] not in {one.name for one in found}
        if not found or street:
            break
        position = end
    # 本溪市 is a place, 本机关 is nobody's name: only what follows the place is judged by its words.
    rest = name[position:]
    if _NOT_AUTHORS.search(rest) or _SENTENCE.search(rest):
        return False
    if (
        position == 0
        and (relative := _RELATIVE.match(rest))
        and expand(rest[relative.end() :]) != rest[relative.end() :]
    ):
        return True
    if not rest:
        # A bare short name (海南, 中山) is too little to go by; 颍东区, 兴安盟 and 湘西州 are enough.
        return name in {one.name for one in places} or position > len(places[0].name) or name[-1] in "县州旗"
    return kind_of(expand(rest.removeprefix("人民政府")) or rest, None) is not None or bool(_TOWN.search(rest))


_RELATIVE = re.compile(r"自治[区州县旗]|[省市区县州盟旗]")
_NOT_PLACE_NEXT = frozenset("镇乡街路村道")
# Places that no list has, too: 云川省, 临湖市政府.
_TOWN = re.compile(r"(镇|乡|街道|苏木|县|区|旗|市)$|[省市县区旗州盟]政府$|^[^外该跨两]{2,3}省$")


def statements(texts: Sequence[Squeezed]) -> Iterator[AuthorCandidate]:
    """The names that sentences give as the author's, by role, in the order of the patterns and of the text."""
    for role, pattern in author_patterns(_NAME):
        for one in texts:
            match = pattern.search(one.text, 0, _FIRST_WORDS)
            while match:
                start, name = match.start(1), match[1]
                # 现将洪泽区人民政府…: the verb in front is no part of the name.
                cut = _words_before(name)
                start, name = start + cut, name[cut:]
                if may_be_agency(name):
                    yield AuthorCandidate(name, role, one.evidence(start, start + len(name)))
                    break
                match = pattern.search(one.text, match.start() + 1, _FIRST_WORDS)


def _words_before(name: str) -> int:
    """How many signs of the words in front of a name were taken for a part of it."""
    if prefix(name, short=False)[1]:
        return 0
    for match in _SOCIETY.finditer(name):
        if prefix(name, match.end(), short=False)[1] or may_be_agency(name[match.end() :]):
            return match.end()
    cut = _LEADING.match(name)
    return cut.end() if cut else 0


# 并向社会公布2009年度宁波市镇海区…
_SOCIETY = re.compile(r"公布|发布|编制|公开|通报|年度|(?<=\d)年")
_LEADING = re.compile(r"^(?:现将|现就|特将|公布|发布|编制|形成|根据|按照|依据|由|将|现|是|与|向|对|为|特|请|经)+")
