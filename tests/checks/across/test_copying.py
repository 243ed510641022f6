"""Copied text: names and figures apart, templates set aside, the passages of both sides."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from gongkai.checks.across import minhash
from gongkai.checks.across.copying import check_copies
from gongkai.checks.across.model import CrossFinding
from gongkai.checks.across.texts import COLUMNS, Year
from gongkai.checks.passages import LABEL, PREAMBLE, mask, passages
from gongkai.documents.model import Block, Kind
from gongkai.records import Evidence, Report

OWN = (
    "一是政策解读形式比较单一，图表视频等通俗易懂的解读偏少，企业和群众看不明白。",
    "二是镇街工作人员变动频繁，新上手的同志对答复文书的格式和期限掌握不牢。",
    "下一步将每季度组织一次跟班学习，把去年复议中被纠正的答复逐件讲评到人。",
)
OTHER = (
    "一是网站栏目设置过细，同一份文件要在三处发布，更新常有先后不一。",
    "二是依申请公开的内部流转靠纸质签批，遇到假期容易临近期限才办结。",
    "下一步将并栏目、接系统，申请登记当日转办，期限前五日自动提醒承办科室。",
)


Part = dict[str, Any]


def rows(unit: str, year: int, masked: tuple[str, ...], own: tuple[str, ...] | None = None, **about: object) -> Part:
    """The section on problems of a report, all of it its own."""
    return {
        "unit": unit,
        "year": year,
        "county": "甲县",
        "kind": "department",
        "report": f"{unit}{year}",
        "published_on": f"{year + 1}-01-20",
        "doubted": False,
        "five": True,
        "masked": "\n".join(masked),
        "own": "\n".join(masked if own is None else own),
        **about,
    }


def copies(now: list[Part], last: list[Part] | None = None) -> list[CrossFinding]:
    years = [Year.of(pa.Table.from_pylist(parts, COLUMNS)) for parts in (now, last or [])]
    held = {
        (part["report"], part["five"]): [
            (text, Evidence("", block=3, start=10 * n, end=9)) for n, text in enumerate(part["masked"].split("\n"))
        ]
        for part in now + (last or [])
    }
    return list(check_copies(*years, lambda parts: {part: held[part] for part in parts}))


def year_of(*parts: Part) -> list[Part]:
    return list(parts)


def test_last_years_text_again() -> None:
    (one,) = copies(year_of(rows("a", 2023, OWN)), year_of(rows("a", 2022, OWN)))
    assert (one.check, one.severity, one.found) == ("text_copied_from_last_year", "warning", "100%")
    assert (one.report, one.other_report, one.other_year, one.other_unit) == ("a2023", "a2022", 2022, None)
    sides = [(passage.side, passage.report, passage.place.start) for passage in one.passages]
    assert sides[:2] == [("this", "a2023", 0), ("other", "a2022", 0)]
    assert len(sides) == 6


def test_a_few_words_changed_is_a_copy_and_half_of_it_is_none() -> None:
    changed = (OWN[0].replace("比较", "仍较"), OWN[1], OWN[2].replace("每季度", "每月"))
    assert len(copies(year_of(rows("a", 2023, changed)), year_of(rows("a", 2022, OWN)))) == 1
    assert copies(year_of(rows("a", 2023, (OWN[0], *OTHER[1:]))), year_of(rows("a", 2022, OWN))) == []
    assert copies(year_of(rows("a", 2023, OTHER)), year_of(rows("a", 2022, OWN))) == []


def test_the_later_of_two_units_is_told() -> None:
    now = year_of(rows("a", 2023, OWN, published_on="2024-01-10"), rows("b", 2023, OWN), rows("c", 2023, OTHER))
    (one,) = copies(now)
    assert (one.check, one.unit, one.other_unit, one.detail["reason"]) == (
        "text_copied_from_other_agency",
        "b",
        "a",
        "later",
    )


@pytest.mark.parametrize("days", ["2024-01-20", None])
def test_where_nobody_knows_who_was_first_both_are(days: str | None) -> None:
    found = copies(year_of(rows("a", 2023, OWN, published_on=days), rows("b", 2023, OWN, published_on=days)))
    assert [(one.unit, one.other_unit, one.detail["reason"]) for one in found] == [
        ("a", "b", "undecided"),
        ("b", "a", "undecided"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        # Signed on one day and published weeks later, and the other way round: days of one kind decide.
        ({"signed_on": "2024-01-08"}, {"published_on": "2024-01-20"}, ["a", "b"]),
        ({"signed_on": "2024-01-08", "published_on": "2024-01-25"}, {"published_on": "2024-01-20"}, ["a"]),
        ({"signed_on": "2024-01-08", "received_on": "2024-01-30"}, {"signed_on": "2024-01-09"}, ["b"]),
        ({"received_on": "2024-01-30"}, {"signed_on": "2024-01-09", "received_on": "2024-01-12"}, ["a"]),
        ({"received_on": "2024-01-30"}, {"signed_on": "2024-01-09", "published_on": "2024-01-12"}, ["a", "b"]),
    ],
)
def test_days_of_one_kind_tell_who_was_first(one: Part, other: Part, told: list[str]) -> None:
    unknown = {"published_on": None}
    found = copies([rows("a", 2023, OWN, **unknown | one), rows("b", 2023, OWN, **unknown | other)])
    assert [copy.unit for copy in found] == told
    assert {copy.detail["reason"] for copy in found} == {"later" if len(told) == 1 else "undecided"}


def test_a_section_that_many_units_write_alike_is_a_template() -> None:
    many = [rows(f"u{number}", 2023, OWN) for number in range(5)]
    assert copies(many) == []
    assert [one.unit for one in copies(many[:4])] == ["u0", "u1", "u2", "u3"]


def test_shared_sentences_are_no_copy_where_what_is_left_differs() -> None:
    shared = OWN + OTHER + tuple(text.replace("是", "为") for text in OWN + OTHER)
    ends = (
        "甲方面，企业开办材料仍多，线上预审的回复慢于承诺，群众往返两三趟才办成。",
        "乙方面，村务栏内容陈旧。",
    )
    both = [rows(f"u{number}", 2023, (*shared, end), own=(end,)) for number, end in enumerate(ends)]
    assert copies(both) == []
    # Nothing but shared sentences: the same choice of them all, and not many who made it.
    assert len(copies([rows("a", 2023, shared, own=()), rows("b", 2023, shared, own=())])) == 2
    assert copies([rows("a", 2023, shared[:10], own=()), rows("b", 2023, shared[1:10], own=())]) == []


def test_a_government_and_its_office_write_together() -> None:
    office = rows("o", 2023, OWN, kind="office")
    assert copies(year_of(rows("g", 2023, OWN, kind="government"), office)) == []
    assert len(copies(year_of(rows("g", 2023, OWN, kind="government", county="乙县"), office))) == 2


def test_short_texts_are_not_compared_but_are_empty_when_they_return() -> None:
    short = ("主动公开意识仍需增强，今后改进。",)
    (one,) = copies(year_of(rows("a", 2023, short)), year_of(rows("a", 2022, short)))
    assert (one.check, one.detail["reason"], one.other_report) == ("section_empty", "last_year_again", "a2022")
    assert copies(year_of(rows("a", 2023, short), rows("b", 2023, short))) == []
    assert copies(year_of(rows("a", 2023, short)), year_of(rows("a", 2022, ("解读形式单一，今后改进。",)))) == []


def test_other_sections_need_more_text() -> None:
    long = OWN + OTHER + tuple(text.replace("是", "为") for text in OWN)
    (one,) = copies(year_of(rows("a", 2023, long, five=False)), year_of(rows("a", 2022, long, five=False)))
    assert one.detail["part"] == "other_sections"
    assert copies(year_of(rows("a", 2023, OWN, five=False)), year_of(rows("a", 2022, OWN, five=False))) == []


def test_likeness_is_estimated_well() -> None:
    letters = [chr(0x4E00 + number) for number in range(2000)]
    base = "".join(letters[:600])
    half = "".join(letters[:400]) + "".join(letters[1000:1200])
    signed = minhash.signatures([base, base, half, "".join(letters[1200:1800]), "一", ""])
    assert signed.shape == (6, minhash.BINS)
    assert (signed[0] == signed[1]).all()
    near = minhash.likeness(signed, np.array([0, 0]), signed, np.array([2, 3]))
    # 397 of 797 shingles are the same.
    assert abs(near[0] - 397 / 797) < 0.2
    assert near[1] < 0.1
    assert np.array_equal(minhash.signatures([half]), signed[[2]])


def test_pairs_are_proposed_once_and_of_a_crowd_none() -> None:
    signed = minhash.signatures(["".join(OWN), "".join(OTHER), "".join(OWN), "".join(OTHER), "".join(OWN)])
    assert minhash.pairs(signed, 20).tolist() == [[0, 2], [0, 4], [1, 3], [2, 4]]
    assert minhash.pairs(signed, 2).tolist() == [[1, 3]]
    assert minhash.pairs(signed[:0], 20).tolist() == []


def test_masked_are_names_places_and_figures() -> None:
    assert (
        mask("2024年，洪泽区财政局办结23件，我局均在期限内。", "淮安市洪泽区财政局") == "0年，@办结0件，@均在期限内。"
    )
    one = mask("滑县教育局共收到申请12件。", "滑县教育局")
    assert one == mask("洪泽区财政局共收到申请7件。", "淮安市洪泽区财政局")


def test_passages_of_a_report() -> None:
    lines = [
        ("2024年度报告", Kind.HEADING),
        ("根据规定编制本报告。统计期限为全年。", Kind.PARAGRAPH),
        ("一、总体情况", Kind.PARAGRAPH),
        ("滑县教育局公开信息23条。工作平稳。", Kind.PARAGRAPH),
        ("五、存在的主要问题及改进情况", Kind.PARAGRAPH),
        ("解读形式 单一，\n今后改进。", Kind.PARAGRAPH),
        ("六、其他需要报告的事项", Kind.PARAGRAPH),
        ("没有收取信息处理费。", Kind.PARAGRAPH),
    ]
    blocks = [Block(number, kind, text) for number, (text, kind) in enumerate(lines)]
    found = passages(Report("a.txt", "0", agency="滑县教育局", year=2024, regime="2021"), blocks)
    assert [one.masked for one in found if one.section == LABEL] == ["0年度报告", "工作平稳。"]
    assert [(one.section, one.masked) for one in found if one.section != LABEL] == [
        (PREAMBLE, "根据规定编制本报告。"),
        (PREAMBLE, "统计期限为全年。"),
        (0, "@公开信息0条。"),
        (4, "解读形式单一，今后改进。"),
        (5, "没有收取信息处理费。"),
    ]
    five = next(one for one in found if one.section == 4)
    assert lines[five.block][0][five.start : five.end] == "解读形式 单一，\n今后改进。"


def test_the_section_word_for_word_is_a_copy_whatever_was_a_template_in_either_year() -> None:
    now, last = rows("a", 2023, OWN, own=OWN[:2]), rows("a", 2022, OWN, own=OWN[1:])
    assert [one.check for one in copies([now], [last])] == ["text_copied_from_last_year"]
