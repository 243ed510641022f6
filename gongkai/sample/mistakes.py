"""Plant mistakes on purpose, so that the checks have something to find, and record each beside the report.

How often each is made is data (data/sample/mistakes.csv); here stands how. A mistake of the tables is made so that it
breaks no other identity than its own: where one figure is raised, another is lowered or its sum goes with it. What else
it breaks, in the next year or in the government's report, is worked out in gongkai/sample/consequences.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from gongkai.catalogue.metrics import APPLICANTS
from gongkai.catalogue.tables import rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA
from gongkai.sample.chance import stream
from gongkai.sample.consequences import record_consequences
from gongkai.sample.draft import Draft, Mistake, Planted

_COLUMNS = ("check", "per_thousand", "first_year", "last_year")
_LARGE = 250
"""From so many eligible reports on, every kind of mistake is made at least once."""
_MISSPELT = {
    "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
    "1.信访举报投诉类申请": "1.信访举报投拆类申请",
    "4.无正当理由大量反复申请": "4.无正当理由大量反复中请",
    "8.属于行政查询事项": "8.属于行政查寻事项",
}
_PLACEHOLDERS = (
    "{year}年，通过政务新媒体发布信息XX条。",
    "（此处填写本单位推进政务公开工作的主要做法，300字左右）",
    "全年开展政策宣讲×次，发放宣传资料×××份。",
    "制作政务公开宣传展板　　块，发放手册　　册。",
)


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a mistake is made: reports in a thousand, in the years in which its check applies."""

    check: str
    per_thousand: float
    years: range


class Book:
    """All drafts of a sample, by unit and year, for mistakes that need another report."""

    def __init__(self, drafts: list[Draft]) -> None:
        self.drafts = drafts
        self.by_unit = {(draft.unit.name, draft.year): draft for draft in drafts}

    def other(self, draft: Draft, chance: Random) -> Draft:
        """Another unit of the same kind and level in the same year; the draft itself where there is none."""
        peers = [
            each
            for each in self.drafts
            if each.year == draft.year and each.unit != draft.unit and _kin(each) == _kin(draft)
        ]
        return chance.choice(peers) if peers else draft


def plant(drafts: list[Draft], seed: int, file: str = "mistakes.csv") -> None:
    """Make every kind of mistake as often as `file` says, in reports chosen by lot, at most one in a report."""
    book = Book(drafts)
    for rate in rates(file):
        make, chance = _MAKERS[rate.check], stream(seed, "mistakes", rate.check)
        eligible = [draft for draft in drafts if draft.year in rate.years]
        # A large sample has every kind of mistake; a small one stays as clean as the shares say.
        wanted = round(len(eligible) * rate.per_thousand / 1000) or int(len(eligible) >= _LARGE)
        for draft in chance.sample(eligible, len(eligible)):
            if not wanted:
                break
            if draft.mistakes or not draft.tables:
                continue
            places = make(draft, chance, book)
            draft.mistakes += [Mistake(rate.check, place) for place in places]
            wanted -= bool(places)
    record_consequences(drafts)


@cache
def rates(file: str = "mistakes.csv") -> tuple[Rate, ...]:
    """The file's lines, in the order in which mistakes are made. Raise CatalogueError naming file, line and field."""
    path, found = DATA / "sample" / file, list[Rate]()
    for line, row in rows(path, _COLUMNS):
        try:
            years = range(int(row["first_year"]), int(row["last_year"]) + 1)
            found.append(Rate(row["check"], float(row["per_thousand"]), years))
        except ValueError as error:
            raise CatalogueError(f"sample/{path.name}, line {line}: {error}") from error
        if row["check"] not in _MAKERS or any(rate.check == row["check"] for rate in found[:-1]):
            raise CatalogueError(
                f"sample/{path.name}, line {line}, check: {row['check']!r} stands twice or is not made"
            )
    return tuple(found)


def _kin(draft: Draft) -> tuple[str, str]:
    return draft.unit.kind, draft.unit.level


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


def _carry_over(draft: Draft, chance: Random, book: Book) -> list[str]:
    before = book.by_unit.get((draft.unit.name, draft.year - 1))
    if before is None or before.missing or not before.tables or not draft.table["applications.new", "natural_person"]:
        return []
    _add(draft, "applications.carried_in", _BOTH, 1)
    _add(draft, "applications.new", _BOTH, -1)
    return ["applications.carried_in/natural_person", "applications.carried_in/all"]


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
    if draft.unit.scope != "whole" or draft.table[metric, "all"] < 20:
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
    if before is None or before.missing or before.mistakes:
        return []
    draft.five_from = (draft.unit.name, draft.year - 1)
    return ["section 5"]


def _copied_from_other(draft: Draft, chance: Random, book: Book) -> list[str]:
    other = book.other(draft, chance)
    if other is draft or other.missing or other.mistakes:
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
        if each.unit.parent == draft.unit.name and each.unit.kind == "office" and each.year == draft.year
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


def _late(draft: Draft, chance: Random, book: Book) -> list[str]:
    if draft.unit.level == "township":
        return []
    deadline = date(draft.year + 1, 3, 31) if draft.unit.scope == "whole" else date(draft.year + 1, 1, 31)
    draft.published_on = deadline + timedelta(days=chance.randint(2, 45))
    draft.signed_on = draft.published_on - timedelta(days=chance.randint(0, 3))
    return [draft.published_on.isoformat()]


def _missing(draft: Draft, chance: Random, book: Book) -> list[str]:
    """Not the province's own, and nobody whose report another planted mistake refers to."""
    if draft.unit.parent is None:
        return []
    after = book.by_unit.get((draft.unit.name, draft.year + 1))
    if after is not None and any(mistake.check == "carry_over_broken" for mistake in after.mistakes):
        return []
    draft.missing = True
    return [f"{draft.unit.name} {draft.year}"]


_MAKERS: dict[str, Callable[[Draft, Random, Book], list[str]]] = {
    "total_column_is_not_sum": _total_column,
    "flow_balance": _flow,
    "closed_is_not_sum": _closed,
    "review_total_is_not_sum": _review_total,
    "litigation_total_is_not_sum": _litigation_total,
    "blank_cell": _blank,
    "count_not_whole": _not_whole,
    "carry_over_broken": _carry_over,
    "fee_unit_suspect": _fee_unit,
    "rules_without_power": _rules,
    "roll_up_differs": _roll_up,
    "form_altered": _one_row,
    "label_misspelt": _misspelt,
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
    "published_late": _late,
    "report_missing": _missing,
}
"""How each mistake is made: changes the draft and returns where, or nothing where the draft does not lend itself."""
