"""Checks of one report's wording: an empty section, wrong references, sums and rates within a sentence, other units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.agencies.naming import describe
from gongkai.catalogue.forms import forms
from gongkai.catalogue.references import wrong_references
from gongkai.checks.findings import finding, number
from gongkai.documents.model import Block, Kind
from gongkai.parsing.numbers import Quantity, quantities
from gongkai.parsing.sections import find_sections
from gongkai.records import Evidence, Finding, Report

PROBLEMS = "存在的主要问题及改进情况"
_NOTHING = re.compile(
    r"(?:本年度?|目前|我[局办委镇区县市])?(?:暂)?(?:无|没有|不存在)(?:存在)?(?:相关|突出|主要|明显)?(?:的?问题)?"
)
_SENTENCE = re.compile(r"[^。！？\n]+")
_PART = re.compile(r"其中[:：,，]?")
_PART_END = re.compile(r"[;；]|其中|同比|比上年|较上年|占|此外|另外|另有|同时")
_NEAR_TOTAL = 12
"""How many characters may stand between a total and the 其中 that takes it apart."""
_RATE = re.compile(
    r"(?:收到|受理|接到|接收|交办|转办|承办)[^。；,，\d]{0,16}(?P<all>\d+)\s*(?P<unit>件|条|个)"
    r"[^。；\d]{0,16}?(?:办结|办复|回复|答复)[^。；,，\d]{0,8}(?P<done>\d+)\s*(?P=unit)"
    r"[^。；\d]{0,10}?(?:办结|办复|回复|答复)率[^。；\d]{0,4}(?P<rate>\d+(?:\.\d+)?)\s*%"
)
_SUBJECT = re.compile(
    r"(?:^|[，,。；;\n])(?P<name>[\u4e00-\u9fff]{2,24}?(?:人民政府(?:办公[室厅])?|局|委员会|管委会|办事处|中心))"
    r"的?(?:政府信息公开|政务公开|信息公开)工作"
)
_IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")


def check_wording(report: Report, blocks: Sequence[Block]) -> Iterator[Finding]:
    """All findings on the wording of a report."""
    if report.kind == "annual_report" and report.regime in ("2019", "2021"):
        yield from _empty_section(report.regime, blocks)
    for block in blocks:
        if block.kind is Kind.TABLE:
            continue
        yield from _references(report, block)
        yield from _parts(block)
        yield from _rates(block)
        yield from _others(report, block)


def _empty_section(regime: str, blocks: Sequence[Block]) -> Iterator[Finding]:
    for section in find_sections(blocks, forms()[regime].sections):
        text = re.sub(r"[\s。，,.；;：:]+", "", section.text)
        if section.name == PROBLEMS and (not text or _NOTHING.fullmatch(text)):
            place = Evidence(
                section.heading.text, section.heading.index, section.heading.page, 0, len(section.heading.text)
            )
            yield finding("section_empty", found=section.text or None, evidence=[place])


def _place(block: Block, start: int, end: int) -> Evidence:
    return Evidence(block.text[start:end], block.index, block.page, start, end)


def _references(report: Report, block: Block) -> Iterator[Finding]:
    for reference in wrong_references():
        outdated = reference.valid_until is not None and report.year is not None and report.year > reference.valid_until
        if reference.valid_until is not None and not outdated:
            continue
        for match in reference.pattern.finditer(block.text):
            place = _place(block, match.start(), match.end())
            yield finding("wrong_reference", expected=reference.right, found=match.group(), evidence=[place])


def _parts(block: Block) -> Iterator[Finding]:
    """其中 parts of one sentence that add up to more than the count before them, in the same unit."""
    for sentence in _SENTENCE.finditer(block.text):
        for mark in _PART.finditer(sentence.group()):
            before = [q for q in quantities(sentence.group()[: mark.start()]) if _counts(q)]
            rest = sentence.group()[mark.end() :]
            end = _PART_END.search(rest)
            rest = rest[: end.start()] if end else rest
            if not before or mark.start() - before[-1].end > _NEAR_TOTAL:
                continue
            total = before[-1]
            # 建议30件、提案20件，其中: the parts may be of both.
            if len(before) > 1 and "、" in sentence.group()[before[-2].end : total.start]:
                continue
            parts = [q for q in quantities(rest) if _counts(q) and q.unit == total.unit]
            added = sum(part.value for part in parts)
            if parts and added > total.value and not total.approximate and not any(part.approximate for part in parts):
                start = sentence.start() + total.start
                place = _place(block, start, sentence.start() + mark.end() + parts[-1].end)
                yield finding("parts_exceed_total", expected=number(total.value), found=number(added), evidence=[place])


def _counts(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit not in ("%", "年", "月", "日", "元", "万元")


def _rates(block: Block) -> Iterator[Finding]:
    for match in _RATE.finditer(block.text):
        decimals = len(match["rate"].partition(".")[2])
        everything, done, stated = float(match["all"]), float(match["done"]), float(match["rate"])
        expected = 100 * done / everything if everything else 0.0
        # Half a unit of the last decimal, and one more for those who cut off instead of rounding.
        if everything and abs(expected - stated) > 1.01 * 10**-decimals:
            place = _place(block, match.start(), match.end())
            found = f"{match['rate']}%"
            yield finding("rate_not_reproducible", expected=f"{expected:.{decimals}f}%", found=found, evidence=[place])


def _others(report: Report, block: Block) -> Iterator[Finding]:
    """Another unit as the subject of the report's own work, and identity numbers of applicants."""
    for match in _IDENTITY_NUMBER.finditer(block.text):
        yield finding("other_unit_in_text", found=match.group()[:6] + "…", evidence=[_place(block, *match.span())])
    if not report.agency:
        return
    author = describe(report.agency, report.province)
    for match in _SUBJECT.finditer(block.text):
        name = match["name"]
        other = describe(name, report.province)
        if name in report.agency or report.agency in name or not (other.places or other.township) or not author.places:
            continue
        related = any(a.within(b) or b.within(a) for a in other.places for b in author.places)
        if not related and other.kind is not None:
            place = _place(block, match.start("name"), match.end("name"))
            yield finding("other_unit_in_text", expected=report.agency, found=name, evidence=[place])
