"""Planted mistakes: as many as the data says, each recorded, each breaking what it says and nothing else."""

from __future__ import annotations

from collections import Counter

import pytest

from gongkai.catalogue.metrics import APPLICANTS
from gongkai.sample.compose import compose
from gongkai.sample.content import Grid, Heading, Paragraph
from gongkai.sample.draft import Draft
from gongkai.sample.mistakes import rates
from gongkai.sample.plan import plan
from gongkai.sample.province import Shape, build_province


@pytest.fixture(scope="module")
def drafts() -> list[Draft]:
    units = build_province(Shape(), 1)
    return [draft for year in plan(units, range(2019, 2026), 1, tracked=2) for draft in year]


def made(drafts: list[Draft], check: str) -> list[Draft]:
    found = [draft for draft in drafts if any(mistake.check == check for mistake in draft.mistakes)]
    assert found, check
    return found


def text_of(draft: Draft) -> str:
    parts = compose(draft, (), 1).content.parts
    return "\n".join(part.text for part in parts if isinstance(part, (Heading, Paragraph)))


def broken(draft: Draft) -> set[str]:
    """The identities that the draft's own tables break."""
    table, found = draft.stated(), set()
    base = ("new", "carried_in", "closed", "carried_out")
    rows = {metric for metric, who in table if who == "natural_person"} - {f"applications.{name}" for name in base}

    def get(metric: str, who: str) -> float:
        return table[metric, who] or 0

    for who in APPLICANTS:
        new, into, closed, out = (get(f"applications.{name}", who) for name in base)
        if new + into != closed + out:
            found.add("flow_balance")
        if closed != sum(get(metric, who) for metric in rows):
            found.add("closed_is_not_sum")
    for metric in (*rows, *(f"applications.{name}" for name in base)):
        if get(metric, "all") != sum(get(metric, who) for who in APPLICANTS[:-1]):
            found.add("total_column_is_not_sum")
    for block in ("review", "litigation.direct", "litigation.after_review"):
        parts = sum(get(f"{block}.{name}", "all") for name in ("upheld", "corrected", "other", "pending"))
        if get(f"{block}.total", "all") != parts:
            found.add(f"{block.split('.')[0]}_total_is_not_sum")
    return found


def test_all_kinds_are_planted_in_five_to_eight_percent(drafts: list[Draft]) -> None:
    planted = Counter(mistake.check for draft in drafts for mistake in draft.mistakes)
    never = {rate.check for rate in rates() if rate.years[-1] < 2019}
    assert set(planted) == {rate.check for rate in rates()} - never | {"unregistered_agency"}
    in_order = [draft for draft in drafts if draft.course.state in ("filed", "published", "corrected")]
    assert 0.05 < sum(bool(draft.mistakes) for draft in in_order) / len(in_order) < 0.1
    assert all(len({mistake.check for mistake in draft.mistakes}) <= 1 for draft in drafts)


def test_a_mistake_breaks_its_own_identity_only(drafts: list[Draft]) -> None:
    for draft in drafts:
        arithmetic = {m.check for m in draft.mistakes if m.check.endswith("_sum") or m.check == "flow_balance"}
        assert broken(draft) == arithmetic, (draft.unit.name, draft.year)


def test_blank_cells_are_printed_blank_and_have_no_value(drafts: list[Draft]) -> None:
    for draft in made(drafts, "blank_cell"):
        blanks = [key for key, value in draft.stated().items() if value is None]
        assert {f"{metric}/{who}" for metric, who in blanks} == {mistake.where for mistake in draft.mistakes}
        grids = [part for part in compose(draft, (), 1).content.parts if isinstance(part, Grid)]
        empty = [cell for grid in grids for cell in grid.cells if cell.role == "figure" and cell.text in ("", "/")]
        assert len(empty) == len(blanks)


def test_what_stands_in_the_text(drafts: list[Draft]) -> None:
    for draft in made(drafts, "other_year_in_text"):
        assert f"{draft.year - 1}年1月1日" in text_of(draft)
    for draft in made(drafts, "placeholder_left"):
        assert draft.mistakes[0].where in text_of(draft)
    for draft in made(drafts, "fee_statement_missing"):
        assert "信息处理费" not in text_of(draft)
    for draft in made(drafts, "wrong_reference"):
        assert "国办发〔2021〕30号" in text_of(draft)
    for draft in made(drafts, "section_missing"):
        assert "五、存在的主要问题及改进情况" not in text_of(draft)
        assert "六、其他需要报告的事项" in text_of(draft)
    for draft in made(drafts, "signed_before_period_end"):
        day = draft.signed_on
        assert day.year == draft.year
        assert f"{day.year}年{day.month}月{day.day}日" in text_of(draft)


def test_a_report_without_tables_says_it_in_words(drafts: list[Draft]) -> None:
    for draft in made(drafts, "table_missing"):
        composed = compose(draft, (), 1)
        assert not any(isinstance(part, Grid) for part in composed.content.parts)
        assert "licensing.decisions" in {stated.metric for stated in composed.stated}


def test_the_sentence_that_differs_is_in_the_truth(drafts: list[Draft]) -> None:
    for draft in made(drafts, "narrative_differs_from_table"):
        said = [stated.value for stated in compose(draft, (), 1).stated if stated.metric == "applications.new"]
        assert said == [draft.planted["applications"].figures["applications.new"]]
        assert said[0] != draft.table["applications.new", "all"]
    for draft in made(drafts, "scope_differs"):
        said = [stated.value for stated in compose(draft, (), 1).stated if stated.metric == "applications.new"]
        assert draft.planted["office_applications"].figures["applications.new"] in said


def test_a_copied_section_is_the_other_reports_but_for_names_and_years(drafts: list[Draft]) -> None:
    by_unit = {(draft.unit.name, draft.year): draft for draft in drafts}
    for draft in made(drafts, "text_copied_from_last_year"):
        here, there = (section_five(text_of(each)) for each in (draft, by_unit[draft.unit.name, draft.year - 1]))
        masked = [text.replace(str(year + 1), "").replace(str(year), "") for text, year in
                  ((here, draft.year), (there, draft.year - 1))]  # fmt: skip
        assert masked[0] == masked[1]


def section_five(text: str) -> str:
    return text.split("存在的主要问题及改进情况\n")[1].split("\n六、")[0]


def test_consequences_are_recorded_where_they_appear(drafts: list[Draft]) -> None:
    by_unit = {(draft.unit.name, draft.year): draft for draft in drafts}
    for draft in made(drafts, "rules_without_power"):
        parent = by_unit[str(draft.unit.counts_in), draft.year]
        assert "roll_up_differs" in {mistake.check for mistake in (*parent.consequences, *parent.mistakes)}
    for draft in made(drafts, "carry_over_broken"):
        assert not [c for c in draft.consequences if c.check == "carry_over_broken"]
    assert all(not draft.consequences for draft in drafts if draft.missing)
