"""Who signed a report and when: the agency and the date at its end, or right below its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.documents.model import Kind
from gongkai.parsing.dates import DateMention, dates
from gongkai.parsing.metadata_model import AuthorCandidate
from gongkai.parsing.organisations import may_be_agency
from gongkai.parsing.spans import Squeezed
from gongkai.records import Evidence

_LONGEST_LINE = 70
_AROUND = re.compile(r"[（()）〔〕\[\]。,，]|盖章|公章|印发|此件公开发布|此件主动公开|特此报告")
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[)）]|[—一]\.|第[一二三四五六]部分)"
)
_ANNEX = re.compile(r"^(?:附件|附表|附[:：]|附录|附$)|统计表|情况表")
_FOOTER = re.compile(
    r"版权|备案|ICP|网站标识码|网站地图|主办|承办|地址|电话|传真|邮编|公网安备|Copyright|扫一扫|技术支持|上一篇|下一篇|相关|浏览器"
)
_PROSE = 60
_INLINE = re.compile(r"(?:[。！；”\)）])([\u4e00-\u9fff（）]{3,30})?$")


@dataclass(frozen=True, slots=True)
class Signature:
    """The date, its evidence, and the agency beside it, each null if it does not stand there."""

    date: date
    evidence: Evidence
    agency: AuthorCandidate | None


def find_signature(texts: Sequence[Squeezed], title_index: int | None) -> Signature | None:
    """The signature at the end of the report, else one right below the title (`title_index` in `texts`).

    A date with sections, tables or prose of the report behind it is none: it belongs to a document that was pasted in.
    Behind an annex's heading, tables may follow; so they may (the next sheets of a workbook) behind a date with the
    name of an agency.
    """
    tables_behind = False
    for index in range(len(texts) - 1, -1, -1):
        if _is_body(texts[index]) and not _signed_inside(texts[index]):
            if not _in_annex(texts, index):
                if texts[index].block.kind is not Kind.TABLE:
                    break
                tables_behind = True
            continue
        found = _at(texts, index)
        if found and index != title_index and (found.agency or not tables_behind):
            return found
    if title_index is not None:
        for index in range(title_index + 1, min(title_index + 4, len(texts))):
            found = _below_title(texts[index])
            if found:
                return found
    return None


def _is_body(one: Squeezed) -> bool:
    if one.block.kind is Kind.TABLE or _SECTION.match(one.text):
        return True
    return len(one.text) >= _PROSE and bool(re.search(r"[，。；]", one.text)) and not _FOOTER.search(one.text)


def _in_annex(texts: Sequence[Squeezed], index: int) -> bool:
    """Whether an annex begins at or before this block, with a signature line in front of its heading."""
    for position in range(index, -1, -1):
        if _ANNEX.search(texts[position].text) and len(texts[position].text) <= _LONGEST_LINE:
            return any(_at(texts, before) for before in range(max(0, position - 4), position))
    return False


def _at(texts: Sequence[Squeezed], index: int) -> Signature | None:
    """The signature whose date stands in this block."""
    one = texts[index]
    mentions = list(dates(one.text))
    if not mentions or one.block.kind is Kind.TABLE:
        return None
    mention = mentions[-1]
    if mention.clock:
        return None
    if len(one.text) > _LONGEST_LINE:
        return _inside(one, mention)
    before = _AROUND.sub("", one.text[: mention.start])
    behind = _AROUND.sub("", one.text[mention.end :])
    if behind and not may_be_agency(behind):
        return None
    agency: AuthorCandidate | None = None
    if before:
        if not may_be_agency(before):
            return _inside(one, mention)
        agency = AuthorCandidate(before, "signature", one.evidence_for(before))
    elif behind:
        agency = AuthorCandidate(behind, "signature", one.evidence_for(behind))
    else:
        agency = _agency_near(texts, index)
    if not mention.written and agency is None:
        return None
    return Signature(mention.date, one.evidence(mention.start, mention.end), agency)


def _agency_near(texts: Sequence[Squeezed], index: int) -> AuthorCandidate | None:
    """The agency on a line of its own above the date, or, more rarely, below it."""
    for position in (index - 1, index - 2, index + 1):
        if 0 <= position < len(texts):
            name = _AROUND.sub("", texts[position].text)
            if may_be_agency(name):
                return AuthorCandidate(name, "signature", texts[position].evidence_for(name))
    return None


def _signed_inside(one: Squeezed) -> bool:
    mentions = list(dates(one.text))
    return bool(mentions) and one.block.kind is not Kind.TABLE and _inside(one, mentions[-1]) is not None


def _inside(one: Squeezed, mention: DateMention) -> Signature | None:
    """A signature that the source ran into the last paragraph: …特此报告。滑县司法局2023年1月12日."""
    if mention.end < len(one.text) - 3 or not mention.written:
        return None
    match = _INLINE.search(one.text[: mention.start])
    if not match:
        return None
    name = match[1] or ""
    if name and not may_be_agency(name):
        return None
    agency = AuthorCandidate(name, "signature", one.evidence(match.start(1), match.end(1))) if name else None
    return Signature(mention.date, one.evidence(mention.start, mention.end), agency)


def _below_title(one: Squeezed) -> Signature | None:
    """（2024年1月25日）, or an agency with a date, below the title; labelled dates are the page's."""
    mentions = list(dates(one.text))
    if len(mentions) != 1 or len(one.text) > _LONGEST_LINE or mentions[0].clock or not mentions[0].written:
        return None
    rest = _AROUND.sub("", one.text[: mentions[0].start] + one.text[mentions[0].end :])
    if rest and not may_be_agency(rest):
        return None
    agency = AuthorCandidate(rest, "signature", one.evidence_for(rest)) if rest else None
    return Signature(mentions[0].date, one.evidence(mentions[0].start, mentions[0].end), agency)
