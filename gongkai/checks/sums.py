"""Numbers within one sentence that cannot all be right: 其中 parts above their total, rates unlike their counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from gongkai.checks.findings import finding, number
from gongkai.checks.words import LOOKED_AT, Words
from gongkai.parsing.numbers import Quantity, quantities
from gongkai.records import Finding

_PART = re.compile(r"其中[:：,，]?")
_PART_END = re.compile(
    r"[;；。！？\n]|其中|同比|比上年|较上年|比去年|较去年|占|此外|另外|另有|另，|同时|包括|包含|分别|上年|去年|累计|阅读|点击"
)
_BRACKETS = re.compile(r"（[^（）\n]{0,80}）")
_BEFORE, _BEHIND = 80, 240
"""Characters that are looked at on either side of 其中."""
_NEAR_TOTAL = 12
"""How many characters may stand between a total and the 其中 that takes it apart."""
_COUNTED = r"(?:办结|办复|回复|答复|回应|处理|处置)"
_RATE = re.compile(
    r"(?:收到|受理|接到|接收|交办|转办|承办|转来|收集)[^。；,，\d\n]{0,16}(?P<all>\d+)(?P<unit>件|条|个|次)"
    rf"(?P<between>[^。；\d\n]{{0,16}}?)(?P<how>按时|按期|及时|限期|如期|已|全部)?{_COUNTED}[^。；,，\d\n]{{0,8}}(?P<done>\d+)(?P=unit)"
    rf"(?P<behind>[^。；\d\n]{{0,10}}?){_COUNTED}率[^。；\d\n]{{0,4}}(?P<rate>\d+(?:\.\d+)?)%"
)
_QUALIFIED = ("按时", "按期", "及时", "限期", "如期", "法定")
_CARRIED = ("结转", "上年", "去年", "历年", "未到期", "正在办理")


def check_sums(words: Words) -> Iterator[Finding]:
    """Warnings of parts_exceed_total and notices of rate_not_reproducible."""
    for mark in words.find(_PART, LOOKED_AT):
        yield from _parts(words, mark)
    for match in words.find(_RATE, LOOKED_AT):
        yield from _rate(words, match)


def _parts(words: Words, mark: re.Match[str]) -> Iterator[Finding]:
    """Parts of one sentence that add up to more than the count before them, in the same unit."""
    before = re.split(r"[。；！？]", words.before(mark.start(), _BEFORE))[-1]
    counted = [one for one in quantities(before) if _counts(one)]
    if not counted or len(before) - counted[-1].end > _NEAR_TOTAL:
        return
    total = counted[-1]
    # 建议30件、提案20件，其中: the parts may be of both.
    if len(counted) > 1 and "、" in before[counted[-2].end : total.start]:
        return
    behind = _BRACKETS.sub("", words.text[mark.end() : mark.end() + _BEHIND])
    # 其中 within brackets takes apart what stands in them only.
    behind = behind.partition("）")[0]
    end = _PART_END.search(behind)
    if end is None and len(behind) == _BEHIND:
        return
    behind = behind[: end.start()] if end else behind
    parts = [one for one in quantities(behind) if _counts(one) and one.unit == total.unit]
    added = sum(part.value for part in parts)
    if added <= total.value or total.approximate or any(part.approximate for part in parts):
        return
    if _other_division(total.value, [part.value for part in parts]):
        return
    start = mark.start() - (len(before) - total.start)
    stop = words.text.find(behind[parts[-1].start : parts[-1].end], mark.end()) + parts[-1].end - parts[-1].start
    place = words.evidence(start, stop)
    yield finding("parts_exceed_total", expected=number(total.value), found=number(added), evidence=[place])


def _other_division(total: float, parts: Sequence[float]) -> bool:
    """Whether parts in a row already make the total: the others divide it anew (by channel, then by kind)."""
    return any(
        sum_ == total for first in range(len(parts)) for sum_ in accumulate(parts[first:]) if first or len(parts) > 1
    )


def _counts(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit not in (
        "%",
        "年",
        "月",
        "日",
        "元",
        "万元",
        "百分点",
        "个百分点",
    )


def _rate(words: Words, match: re.Match[str]) -> Iterator[Finding]:
    said = match["between"] + match["behind"]
    of_those_in_time = any(one in match["behind"] for one in _QUALIFIED)
    if any(one in said for one in _CARRIED) or of_those_in_time != (match["how"] in _QUALIFIED):
        return
    decimals = len(match["rate"].partition(".")[2])
    everything, done, stated = float(match["all"]), float(match["done"]), float(match["rate"])
    if not everything or done > everything:
        # More is closed than came in: cases of last year are among them.
        return
    expected = 100 * done / everything
    # Half a unit of the last decimal, and one more for those who cut off instead of rounding.
    if abs(expected - stated) > 1.01 * 10**-decimals:
        found = f"{match['rate']}%"
        place = words.evidence(*match.span())
        yield finding("rate_not_reproducible", expected=f"{expected:.{decimals}f}%", found=found, evidence=[place])
