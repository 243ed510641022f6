"""Mistakes in the words, and of a report as a whole."""

from __future__ import annotations

from datetime import date
from random import Random

from gongkai.sample.book import Book, Maker
from gongkai.sample.draft import Draft, Planted

_PLACEHOLDERS = (
    "{year}年，通过政务新媒体发布信息XX条。",
    "（此处填写本单位推进政务公开工作的主要做法，300字左右）",
    "全年开展政策宣讲×次，发放宣传资料×××份。",
    "制作政务公开宣传展板　　块，发放手册　　册。",
)


def _no_tables(draft: Draft, chance: Random, book: Book) -> list[str]:
    draft.tables = False
    return ["section 2", "section 3", "section 4"]


def _no_section(draft: Draft, chance: Random, book: Book) -> list[str]:
    draft.omitted = {5}
    return ["section 5"]


def _empty_section(draft: Draft, chance: Random, book: Book) -> list[str]:
    draft.section_five = chance.choice(("无。", "无"))
    return ["section 5"]


def _copied_from_last_year(draft: Draft, chance: Random, book: Book) -> list[str]:
    before = book.by_unit.get((draft.unit.name, draft.year - 1))
    if before is None or before.missing or before.mistakes or before.named != draft.named:
        return []
    draft.five_from = (draft.unit.name, draft.year - 1)
    return ["section 5"]


def _copied_from_other(draft: Draft, chance: Random, book: Book) -> list[str]:
    other = book.other(draft, chance)
    # Who copies from a published report comes after it.
    if other is draft or other.missing or other.mistakes or other.published_on >= draft.published_on:
        return []
    draft.five_from = (other.unit.name, draft.year)
    return [f"section 5, from {other.unit.name}"]


def _other_year(draft: Draft, chance: Random, book: Book) -> list[str]:
    draft.period = draft.year - 1
    return ["preamble"]


def _other_unit(draft: Draft, chance: Random, book: Book) -> list[str]:
    other = book.other(draft, chance)
    if other is draft:
        return []
    draft.section_five = (
        f"{draft.year}年，{other.unit.name}政府信息公开工作取得一定成效，但主动公开意识仍需增强。"
        "下一步，将加强业务培训，完善公开制度，提高答复质量。"
    )
    return [f"section 5, {other.unit.name}"]


def _wrong_reference(draft: Draft, chance: Random, book: Book) -> list[str]:
    draft.reference = "国办发〔2021〕30号"
    return ["preamble"]


def _placeholder(draft: Draft, chance: Random, book: Book) -> list[str]:
    draft.placeholder = chance.choice(_PLACEHOLDERS).format(year=draft.year)
    return [draft.placeholder]


def _no_fee_statement(draft: Draft, chance: Random, book: Book) -> list[str]:
    draft.fee_statement = False
    return ["section 6"]


def _narrative(draft: Draft, chance: Random, book: Book) -> list[str]:
    value = draft.table["applications.new", "all"]
    if value < 4:
        return []
    # A sentence that counts last year's cases in would be no mistake.
    more = chance.choice([n for n in range(1, 6) if n != draft.table["applications.carried_in", "all"]])
    draft.planted["applications"] = Planted("applications", {"applications.new": float(value + more)})
    return ["applications.new/all"]


def _scope(draft: Draft, chance: Random, book: Book) -> list[str]:
    """The office's own applications in the text, the whole government's in the table."""
    offices = [
        each
        for each in book.drafts
        if each.unit.counts_in == draft.unit.name and each.unit.kind == "office" and each.year == draft.year
    ]
    if draft.unit.scope != "whole" or not offices or not offices[0].table["applications.new", "all"]:
        return []
    own = float(offices[0].table["applications.new", "all"])
    draft.planted["office_applications"] = Planted("applications", {"applications.new": own})
    return ["applications.new/all"]


def _parts(draft: Draft, chance: Random, book: Book) -> list[str]:
    if not draft.values.get("disclosure.proposals") or not draft.values.get("disclosure.proposals_cppcc"):
        return []
    deputies = draft.values["disclosure.proposals_deputies"] + chance.randint(1, 9)
    draft.planted["exceeding_parts"] = Planted("disclosure", {"disclosure.proposals_deputies": deputies})
    return ["disclosure.proposals_deputies/all"]


def _rate(draft: Draft, chance: Random, book: Book) -> list[str]:
    """A share that the two counts before it do not give. What they count is no metric of the catalogue."""
    total = chance.randint(40, 400)
    done = total - chance.randint(2, 6)
    rate = min(99.9, 100 * done / total + chance.choice((0.7, 1.1)))
    draft.placeholder = f"全年共收到政务公开督办单{total}件，已办结{done}件，办结率{rate:.1f}%。"
    return [draft.placeholder]


def _signed_early(draft: Draft, chance: Random, book: Book) -> list[str]:
    draft.signed_on = date(draft.year, 12, chance.randint(16, 30))
    return [draft.signed_on.isoformat()]


MAKERS: dict[str, Maker] = {
    "table_missing": _no_tables,
    "section_missing": _no_section,
    "section_empty": _empty_section,
    "text_copied_from_last_year": _copied_from_last_year,
    "text_copied_from_other_agency": _copied_from_other,
    "other_year_in_text": _other_year,
    "other_unit_in_text": _other_unit,
    "wrong_reference": _wrong_reference,
    "placeholder_left": _placeholder,
    "fee_statement_missing": _no_fee_statement,
    "narrative_differs_from_table": _narrative,
    "scope_differs": _scope,
    "parts_exceed_total": _parts,
    "rate_not_reproducible": _rate,
    "signed_before_period_end": _signed_early,
}
