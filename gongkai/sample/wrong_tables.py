"""Mistakes in the tables. Each breaks no other identity than its own: where one figure is raised, another is lowered
or its sum goes with it."""

from __future__ import annotations

from random import Random

from gongkai.catalogue.metrics import APPLICANTS
from gongkai.sample.book import Book, Maker
from gongkai.sample.draft import Draft

_MISSPELT = {
    "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
    "1.信访举报投诉类申请": "1.信访举报投拆类申请",
    "4.无正当理由大量反复申请": "4.无正当理由大量反复中请",
    "8.属于行政查询事项": "8.属于行政查寻事项",
}


def _add(draft: Draft, metric: str, applicants: tuple[str, ...], number: int) -> None:
    for applicant in applicants:
        draft.table[metric, applicant] += number


_BOTH = ("natural_person", "all")


def _total_column(draft: Draft, chance: Random, book: Book) -> list[str]:
    if draft.table["applications.partial", "all"] < 1:
        return []
    _add(draft, "applications.granted", ("all",), 1)
    _add(draft, "applications.partial", ("all",), -1)
    return ["applications.granted/all", "applications.partial/all"]


def _flow(draft: Draft, chance: Random, book: Book) -> list[str]:
    _add(draft, "applications.new", _BOTH, chance.randint(1, 3))
    return ["applications.new/natural_person", "applications.new/all"]


def _closed(draft: Draft, chance: Random, book: Book) -> list[str]:
    _add(draft, "applications.granted", _BOTH, chance.randint(1, 3))
    return ["applications.closed/natural_person", "applications.closed/all"]


def _review_total(draft: Draft, chance: Random, book: Book) -> list[str]:
    draft.table["review.total", "all"] += chance.choice((1, 2))
    return ["review.total/all"]


def _litigation_total(draft: Draft, chance: Random, book: Book) -> list[str]:
    block = chance.choice(("litigation.direct", "litigation.after_review"))
    draft.table[f"{block}.total", "all"] += 1
    return [f"{block}.total/all"]


def _blank(draft: Draft, chance: Random, book: Book) -> list[str]:
    """A few zeros left empty, or written as a stroke: no sum is touched."""
    zeros = [key for key, value in draft.table.items() if value == 0 and key[1] != "all"]
    if len(zeros) < 3:
        return []
    chosen = chance.sample(zeros, chance.randint(1, 3))
    text = chance.choice(("", "/"))
    draft.odd |= dict.fromkeys(chosen, text)
    return [f"{metric}/{applicant}" for metric, applicant in chosen]


def _not_whole(draft: Draft, chance: Random, book: Book) -> list[str]:
    value = draft.table["licensing.decisions", "all"]
    draft.odd["licensing.decisions", "all"] = f"{value}.5"
    return ["licensing.decisions/all"]


def _fee_unit(draft: Draft, chance: Random, book: Book) -> list[str]:
    """The amount in yuan under a heading that says 万元."""
    if draft.table["fees.amount", "all"] < 10_000:
        return []
    draft.table["fees.amount", "all"] *= 10_000
    return ["fees.amount/all"]


def _rules(draft: Draft, chance: Random, book: Book) -> list[str]:
    if draft.unit.level != "county" or draft.unit.kind != "office":
        return []
    draft.table["rules.in_force", "all"] = chance.randint(1, 4)
    return ["rules.in_force/all"]


def _roll_up(draft: Draft, chance: Random, book: Book) -> list[str]:
    """A government that left something out when it added up its units."""
    metric = chance.choice(("licensing.decisions", "penalties.decisions"))
    below = [each for each in book.drafts if each.unit.counts_in == draft.unit.name]
    if draft.unit.scope != "whole" or draft.table[metric, "all"] < 20 or any(each.missing for each in below):
        return []
    draft.table[metric, "all"] = round(draft.table[metric, "all"] * chance.uniform(0.7, 0.95))
    return [f"{metric}/all"]


def _one_row(draft: Draft, chance: Random, book: Book) -> list[str]:
    """其他处理 printed as one row, as the form of 2019 had it."""
    draft.merge_other = True
    for applicant in APPLICANTS:
        parts = ("no_correction", "unpaid_fee", "other")
        total = sum(draft.table.pop((f"applications.other.{part}", applicant)) for part in parts)
        draft.table["applications.other", applicant] = total
    return ["applications.other"]


def _misspelt(draft: Draft, chance: Random, book: Book) -> list[str]:
    label = chance.choice(list(_MISSPELT))
    draft.labels[label] = _MISSPELT[label]
    return [_MISSPELT[label]]


def _annex_total(draft: Draft, chance: Random, book: Book) -> list[str]:
    """One total of the annex one too many."""
    metric = chance.choice(("applications.new", "applications.closed", "applications.answered", "organisation.staff"))
    draft.table[metric, "all"] += 1
    return [f"{metric}/all"]


MAKERS: dict[str, Maker] = {
    "total_column_is_not_sum": _total_column,
    "flow_balance": _flow,
    "closed_is_not_sum": _closed,
    "review_total_is_not_sum": _review_total,
    "litigation_total_is_not_sum": _litigation_total,
    "blank_cell": _blank,
    "count_not_whole": _not_whole,
    "fee_unit_suspect": _fee_unit,
    "rules_without_power": _rules,
    "roll_up_differs": _roll_up,
    "form_altered": _one_row,
    "label_misspelt": _misspelt,
    "annex_total_is_not_sum": _annex_total,
}
