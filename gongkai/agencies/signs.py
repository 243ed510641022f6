"""Where a document comes from, by the signs of its site: codes, ICP numbers, host names, and the places it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.catalogue.divisions import (
    Division,
    Mention,
    by_code,
    mentions,
    province_of_host,
    province_of_letter,
    provinces,
)
from gongkai.documents.model import Document
from gongkai.parsing.metadata_model import Metadata
from gongkai.parsing.sites import host_of
from gongkai.parsing.spans import evidence
from gongkai.records import Evidence

# 政府网站标识码 1522000001: the first six digits are the division whose site it is.
# 公网安备 15220102010009: likewise, the place where the site is run.
_SITE_CODE = re.compile(r"网站标识码\s*[:：]?\s*(\d{6})\d{4}")
_POLICE = re.compile(r"([\u4e00-\u9fff])?公网安备\s*[:：]?\s*(\d{6})\d{5,8}")
_ICP = re.compile(r"([\u4e00-\u9fff])\s*(?:ICP|icp)\s*[备证]")
_SIGNED = ("ICP", "icp", "公网安备", "标识码")
# A province that no list knows; 全省 and 我省 are no names.
_UNKNOWN_PROVINCE = re.compile(
    r"(?<![\u4e00-\u9fff])((?![全我本各外该跨两省在由为和与])[\u4e00-\u9fff]{2,3}省)(?=人民政府|政府信息|政务|委|[\u4e00-\u9fff]{2,4}市)"
)


_GOVERNMENT = re.compile(r"(?:人民)?政府|[区县旗州盟省]?委")
_ADDRESS = re.compile(r"地址\s*(?:[:：为]|位于)\s*")
_MOST_CELLS = 60
"""A larger table is the form's, which names no places."""
_MARGIN = 80
"""How many blocks at the start and at the end of a document may be the site's own words."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of where a document comes from: a province, and the division if the sign names one."""

    province: str
    division: Division | None
    evidence: Evidence


def site_signs(document: Document, metadata: Metadata) -> list[Sign]:
    """The signs of the site, the surest first. A repost's site says nothing of the report, hence has none."""
    if metadata.secondary_source:
        return []
    found: list[Sign] = []
    blocks = document.blocks
    for block in blocks if len(blocks) <= 2 * _MARGIN else (*blocks[:_MARGIN], *blocks[-_MARGIN:]):
        if len(block.text) > 1500 or not any(word in block.text for word in _SIGNED):
            continue
        for pattern in (_SITE_CODE, _POLICE):
            for match in pattern.finditer(block.text):
                code = match[match.lastindex or 1]
                division = by_code(code) or by_code(code[:4] + "00") or by_code(code[:2] + "0000")
                if division:
                    where = evidence(block, match.start(), match.end())
                    found.append(Sign(division.province, division if pattern is _SITE_CODE else None, where))
        found.extend(
            Sign(province, None, evidence(block, match.start(), match.end()))
            for match in _ICP.finditer(block.text)
            if (province := province_of_letter(match[1]))
        )
    host = host_of(metadata.url)
    if host and (province := province_of_host(host)):
        found.append(Sign(province, None, Evidence(quote=host, url=metadata.url)))
    found.sort(key=lambda sign: sign.division is None)
    return found


def _address(text: str, found: Sequence[Mention]) -> tuple[Division, ...]:
    """The places that the first address in a text begins with, the widest first; `found` are all places in it."""
    by_start = {mention.start: mention for mention in found if len(mention.divisions) == 1}
    for match in _ADDRESS.finditer(text):
        end, chain = match.end(), []
        while mention := by_start.get(end):
            chain.append(mention.divisions[0])
            end = mention.end
        if chain:
            return tuple(chain)
    return ()


@dataclass(frozen=True, slots=True)
class Named:
    """The places that a document names: how often each division's full name stands in it, and where first.

    `governed` are the names behind which 人民政府 or 委 stands; `address` is the chain of places that the first address
    begins with (六盘水市, 钟山区), empty where none is given or one of them is not unique.
    """

    counts: Counter[Division]
    first: dict[Division, Evidence]
    governed: frozenset[str]
    address: tuple[Division, ...]
    unknown_province: tuple[str, Evidence] | None


def named_places(document: Document) -> Named:
    """Count the divisions that the text names. A name that several places bear counts for none of them."""
    counts: Counter[Division] = Counter()
    first: dict[Division, Evidence] = {}
    governed: set[str] = set()
    address: tuple[Division, ...] = ()
    unknown: Counter[str] = Counter()
    unknown_first: dict[str, Evidence] = {}
    known = {one.name for one in provinces()}
    for block in document.blocks:
        if len(block.cells) > _MOST_CELLS:
            continue
        found = list(mentions(block.text))
        for mention in found:
            if len(mention.divisions) == 1:
                counts[mention.divisions[0]] += 1
                first.setdefault(mention.divisions[0], evidence(block, mention.start, mention.end))
                if _GOVERNMENT.match(block.text, mention.end):
                    governed.add(mention.divisions[0].name)
        if not address and "地址" in block.text:
            address = _address(block.text, found)
        for match in _UNKNOWN_PROVINCE.finditer(block.text) if "省" in block.text else ():
            if match[1] not in known and not any(match[1].endswith(name) for name in known):
                unknown[match[1]] += 1
                unknown_first.setdefault(match[1], evidence(block, match.start(1), match.end(1)))
    invented = min(unknown, key=lambda name: (-unknown[name], name), default=None)
    return Named(counts, first, frozenset(governed), address, (invented, unknown_first[invented]) if invented else None)
