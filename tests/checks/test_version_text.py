"""The wording of two versions: what changed is marked, and blanks, widths, cuts and order are no change."""

from __future__ import annotations

import random
import time

import pytest

from gongkai.checks.changed_words import Part, changed_words, folded
from gongkai.checks.version_text import Paragraph, ParagraphChange, TextChange, compare_text

OPENING = "本报告依据《中华人民共和国政府信息公开条例》编制。全文包括总体情况等六个部分。"
WORK = "2024年，我局主动公开政府信息118条；受理依申请公开12件，均按时答复。"
PROBLEM = "公开的及时性有待提高。下一步将加强培训，完善制度。"


def text(*paragraphs: str) -> list[Paragraph]:
    return [Paragraph(each, number) for number, each in enumerate(paragraphs)]


def counted(found: list[ParagraphChange]) -> list[ParagraphChange]:
    return [each for each in found if each.counts]


def marked(change: ParagraphChange) -> list[tuple[str, str]]:
    return [(str(run.part), run.text) for run in change.runs if run.part is not Part.SAME]


def test_the_same_text_has_no_change() -> None:
    found = compare_text(text(OPENING, WORK), text(OPENING, WORK))
    assert [each.change for each in found] == [TextChange.SAME] * 2


def test_blanks_width_and_quotation_marks_are_no_wording() -> None:
    wide = "　　２０２４年， 我局主动公开政府信息 1 1 8 条；受理依申请公开１２件,均按时答复。"
    assert not counted(compare_text(text(WORK, "“放管服”改革。"), text(wide, '"放管服"改革。')))


def test_changed_words_are_marked_as_printed() -> None:
    (found,) = compare_text(text(WORK), text(WORK.replace("118条", "１２８ 条").replace("均按时", "全部按时")))
    assert found.change is TextChange.CHANGED
    assert marked(found) == [("removed", "118"), ("added", "１２８ "), ("removed", "均"), ("added", "全部")]
    assert "".join(run.text for run in found.runs if run.part is not Part.REMOVED) == found.after.text  # type: ignore[union-attr]


def test_added_and_left_out_paragraphs_stand_in_their_place() -> None:
    found = compare_text(text(OPENING, WORK, PROBLEM), text(OPENING, "新增一段完全不同的话，说明信息处理费。", PROBLEM))
    assert [each.change for each in found] == ["same", "removed", "added", "same"]
    first = compare_text(text("甲乙丙丁戊己。", OPENING), text(OPENING))
    assert [each.change for each in first] == ["removed", "same"]


def test_a_sentence_put_in_or_left_out_is_marked_inside_its_paragraph() -> None:
    (found,) = compare_text(text(PROBLEM), text("公开的及时性有待提高。个别栏目更新不够。下一步将加强培训，完善制度。"))
    assert marked(found) == [("added", "个别栏目更新不够。")]
    (found,) = compare_text(text(PROBLEM), text("下一步将加强培训，完善制度。"))
    assert marked(found) == [("removed", "公开的及时性有待提高。")]


@pytest.mark.parametrize("cut", [10, 11, 20, 33])
def test_a_paragraph_cut_in_two_is_no_change(cut: int) -> None:
    for before, after in ((text(WORK), text(WORK[:cut], WORK[cut:])), (text(WORK[:cut], WORK[cut:]), text(WORK))):
        found = compare_text([*text(OPENING), *before], [*text(OPENING), *after])
        assert not counted(found)
        assert TextChange.MOVED not in [each.change for each in found]


def test_a_changed_paragraph_that_was_cut_shows_its_change_alone() -> None:
    found = counted(compare_text(text(OPENING + WORK), text(OPENING, WORK.replace("118", "120"))))
    assert [marked(each) for each in found] == [[("removed", "118"), ("added", "120")]]


def test_moved_paragraphs_are_no_change_of_wording() -> None:
    found = compare_text(text(OPENING, WORK, PROBLEM), text(PROBLEM, OPENING, WORK))
    assert [each.change for each in found] == ["moved", "same", "same"]


def test_navigation_of_a_web_page_is_set_aside() -> None:
    page = text("首页 > 政府信息公开", "字号：大 中 小", OPENING, WORK, "打印 关闭")
    assert len(counted(compare_text(text(OPENING, WORK), page))) == 3
    assert not counted(compare_text(text(OPENING, WORK), page, web=True))
    altered = [*page[:-1], Paragraph("以上情况另有说明，请见附件。", 9)]
    assert [each.change for each in counted(compare_text(text(OPENING, WORK), altered, web=True))] == ["added"]


def test_nothing_and_something() -> None:
    assert compare_text([], []) == []
    assert [each.change for each in compare_text([], text(WORK))] == ["added"]
    assert [each.change for each in compare_text(text(WORK), [])] == ["removed"]


def report(seed: int, count: int = 900) -> list[str]:
    """A long report of invented sentences: 30 pages of 30 lines."""
    chance = random.Random(seed)
    words = "政务公开信息条例主动依申请答复办理机构单位制度培训平台栏目更新发布审查监督考核保障"
    return [
        "".join(chance.choices(words, k=chance.randint(12, 45))) + f"{chance.randint(1, 9999)}件。"
        for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_both_versions_can_be_told_from_the_changes(seed: int) -> None:
    chance = random.Random(seed)
    before = ["".join(chance.choices("甲乙丙。；12 ", k=chance.randint(1, 14))) for _ in range(9)]
    after = [line.replace("甲", "丁") if chance.random() < 0.3 else line for line in before if chance.random() < 0.8]
    chance.shuffle(after)
    found = compare_text(text(*before), text(*after))
    assert [each.after.text for each in found if each.after is not None] == after
    for each in found:
        if each.change is TextChange.CHANGED and each.after is not None:
            assert "".join(run.text for run in each.runs if run.part is not Part.REMOVED) == each.after.text
    # Every character that went is shown as left out, every one that came as added: what both have adds up.
    old, new = folded("".join(before)), folded("".join(after))
    gone = "".join(run.text for each in found for run in each.runs if run.part is Part.REMOVED)
    gone += "".join(each.before.text for each in found if each.change is TextChange.REMOVED and each.before)
    come = "".join(run.text for each in found for run in each.runs if run.part is Part.ADDED)
    come += "".join(each.after.text for each in found if each.change is TextChange.ADDED and each.after)
    assert sorted(old + folded(come)) == sorted(new + folded(gone))


def test_the_same_versions_swapped_have_as_many_changes() -> None:
    before, after = text(OPENING, WORK, PROBLEM), text(PROBLEM, WORK.replace("12件", "21件"))
    there, back = counted(compare_text(before, after)), counted(compare_text(after, before))
    assert sorted(each.change for each in there) == ["changed", "removed"]
    assert sorted(each.change for each in back) == ["added", "changed"]


@pytest.mark.parametrize("rewritten", [0.1, 1.0])
def test_two_reports_of_thirty_pages_are_compared_at_once(rewritten: float) -> None:
    before = report(1)
    other = report(2)
    chance = random.Random(3)
    after = [
        line if chance.random() > rewritten else line[: len(line) // 2] + other[number][len(line) // 3 :]
        for number, line in enumerate(before)
    ]
    start = time.process_time()
    found = compare_text(text(*before), text(*after))
    spent = time.process_time() - start
    assert counted(found)
    assert spent < 1.5, "takes some 0.2 s; the budget is 0.5 s, three times that on a busy machine"


def test_numbers_are_never_cut() -> None:
    runs = changed_words("满意率98.55%，共18件", "满意率98.65%，共118件")
    assert [(str(run.part), run.text) for run in runs if run.part is not Part.SAME] == [
        ("removed", "98.55%"),
        ("added", "98.65%"),
        ("removed", "18"),
        ("added", "118"),
    ]
