"""Who does not belong in a report: another unit where the author's name should stand, and applicants' personal data.

Precision before recall: a unit is blamed only where nobody else's name can be meant. A unit elsewhere (another county)
that does the report's own work is a template's trace; one of the same place must say what only the author says, for a
report may well tell of other bureaus. Governments and their offices tell of all units below them and are spared those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.agencies.naming import Description, describe, same_organ
from gongkai.catalogue.check_words import check_words
from gongkai.catalogue.divisions import Division
from gongkai.checks.findings import finding
from gongkai.checks.words import LOOKED_AT, Words
from gongkai.records import Finding, Report

# A clause begins with the name, or with 2023年, 由, 现将 in front of it.
_NAME = re.compile(
    r"(?<![^，。；：！？\n年度由将就])"
    r"(?P<name>[\u4e00-\u9fff]{0,14}?[省市县区州盟旗](?:(?!政府信息|政务公开|信息公开)[\u4e00-\u9fff]){0,14}?"
    r"(?:局|委员会|委|厅|人民政府(?:办公[室厅])?|政府办公室|管委会|办事处|中心))"
    r"的?(?=[\u4e00-\u9fff\d《]{2})"
)
_WORK = 40
_ORGANS = frozenset({"department", "institution", "vertical"})
_LEVEL_WORDS = {"county": "县区市旗", "prefecture": "市州盟", "province": "省"}

_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def check_units(report: Report, words: Words) -> Iterator[Finding]:
    """Warnings of other_unit_in_text."""
    yield from _people(words)
    if not report.agency:
        return
    author = describe(report.agency, report.province)
    if not author.places:
        return
    doubtful = any(doubt.reason == "agency_uncertain" for doubt in report.doubts)
    seen: set[str] = set()
    for match in words.find(_NAME, LOOKED_AT):
        time = check_words().units.time.match(match["name"])
        start = match.start("name") + (time.end() if time else 0)
        name = words.text[start : match.end("name")]
        if name not in seen and _is_other(report, author, name, words, match):
            seen.add(name)
            place = words.evidence(start, match.end("name"))
            yield finding(
                "other_unit_in_text",
                reason="unit",
                expected=report.agency,
                found=name,
                evidence=[place],
                doubtful=doubtful,
            )


def _is_other(report: Report, author: Description, name: str, words: Words, match: re.Match[str]) -> bool:
    known = check_words().units
    behind = words.text[match.end() : match.end() + _WORK]
    own = known.own_work.match(behind) is not None
    if not (own or known.at_work.match(behind)) or known.spared.search(
        words.sentence(match.start("name"), match.end())
    ):
        return False
    agency = report.agency or ""
    if name in agency or agency in name:
        return False
    other = describe(name, report.province)
    if other.kind is None or other.township:
        return False
    if other.places:
        if not any(_related(mine, theirs) for mine in author.places for theirs in other.places):
            # A place that no list has is believed only of an author whose own has none either.
            listed = all(one.code for one in other.places)
            return listed or (own and not any(one.code for one in author.places))
        # Another organ of the very same place.
        level = {one.level for one in other.places} == {one.level for one in author.places}
    else:
        level = other.relative is not None and any(
            other.relative in _LEVEL_WORDS[one.level] and one.name.endswith(other.relative) for one in author.places
        )
    return own and level and author.kind in _ORGANS and other.kind in _ORGANS and not _may_be_same(author, other)


def _may_be_same(author: Description, other: Description) -> bool:
    """Whether two organs of one place can be one: a short or an earlier name (卫计委, 卫生健康委员会)."""
    return same_organ(author, other) or author.organ[:2] == other.organ[:2] or author.organ in other.name


def _related(mine: Division, theirs: Division) -> bool:
    """Whether one place lies in the other, as far as their names tell (places that no list knows have no province)."""
    return theirs.name in (mine.name, mine.city, mine.county, mine.province) or mine.name in (
        theirs.city,
        theirs.county,
        theirs.province,
    )


def _people(words: Words) -> Iterator[Finding]:
    """Identity numbers, and names and mobile numbers of applicants. Names in part (张某某) and numbers in part hide the
    person; officers and the office's own telephone are public."""
    people = check_words().people
    for match in words.find(_IDENTITY, LOOKED_AT):
        if _is_identity_number(match[0]):
            yield _personal(words, "identity_number", match.start(), match.end(), match[0][:6] + "…")
    for match in words.find(people.name, LOOKED_AT):
        if not match["name"].startswith(people.not_names) and "某" not in match["name"]:
            yield _personal(words, "name", match.start("name"), match.end("name"), match["name"][0] + "…")
    for match in words.find(people.mobile, LOOKED_AT):
        before = re.split(r"[。；！？]", words.before(match.start(), 40))[-1]
        roles = [role.end() for role in people.roles.finditer(before)]
        if roles and not before[-1:].isdigit() and not people.office.search(before, roles[-1]):
            yield _personal(words, "mobile_number", match.start(), match.end(), match[0][:3] + "…")


def _personal(words: Words, reason: str, start: int, end: int, shown: str) -> Finding:
    """A finding that does not repeat the data; its evidence leads to them."""
    return finding("other_unit_in_text", reason=reason, found=shown, evidence=[words.evidence(start, end)])


def _is_identity_number(text: str) -> bool:
    """Whether the last character is the check digit of the other seventeen (GB 11643)."""
    added = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=False))
    return _CHECK_DIGITS[added % 11] == text[-1].upper()
