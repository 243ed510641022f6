"""Mistakes that show against another year, another version, the calendar or the list of units."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from gongkai.catalogue.form_cells import form_cells
from gongkai.sample.book import Book, Maker
from gongkai.sample.draft import Draft
from gongkai.sample.settings import on, submissions

_BOTH = ("natural_person", "all")
_BLOCKS = ("review", "litigation.direct", "litigation.after_review")
_TIMES, _ENOUGH = 15, 200
"""An implausible figure is so many times last year's; only one of this size is taken."""
_TABLES = ("applications", "disclosure", "review")


def _carry_over(draft: Draft, chance: Random, book: Book) -> list[str]:
    if book.before(draft) is None or not draft.table["applications.new", "natural_person"]:
        return []
    for applicant in _BOTH:
        draft.table["applications.carried_in", applicant] += 1
        draft.table["applications.new", applicant] -= 1
    return ["applications.carried_in/natural_person", "applications.carried_in/all"]


def _stock(draft: Draft, chance: Random, book: Book) -> list[str]:
    """Documents in force that do not follow from last year's."""
    if book.before(draft) is None or draft.table["normative_documents.in_force", "all"] < 3:
        return []
    draft.table["normative_documents.in_force", "all"] += chance.choice((-2, -1, 1, 2, 5))
    return ["normative_documents.in_force/all"]


def _vanished(draft: Draft, chance: Random, book: Book) -> list[str]:
    """Cases that were pending last year are not there: a block counts this year's alone."""
    before = book.before(draft)
    open_last = [name for name in _BLOCKS if before and before.table[f"{name}.pending", "all"] > 0]
    if not open_last:
        return []
    block = chance.choice(open_last)
    for name in ("upheld", "corrected", "other", "pending", "total"):
        draft.table[f"{block}.{name}", "all"] = 0
    return [f"{block}.pending/all"]


def _identical(draft: Draft, chance: Random, book: Book) -> list[str]:
    """Last year's table once more."""
    before = book.before(draft)
    if before is None or before.mistakes or before.odd or before.regime != draft.regime:
        return []
    for name in chance.sample(_TABLES, len(_TABLES)):
        cells = {(cell.metric, cell.applicant) for cell in form_cells(draft.regime) if cell.table == name}
        keys = [key for key in draft.table if key in cells]
        old = {key: before.table[key] for key in keys}
        if sum(value > 0 for value in old.values()) >= 4 and any(draft.table[key] != old[key] for key in keys):
            draft.table |= old
            return [name]
    return []


def _implausible(draft: Draft, chance: Random, book: Book) -> list[str]:
    """A figure many times last year's: a digit too many."""
    before = book.before(draft)
    metric = chance.choice(("licensing.decisions", "penalties.decisions"))
    if before is None or draft.unit.scope == "whole" or before.table[metric, "all"] < _ENOUGH:
        return []
    draft.table[metric, "all"] = round(draft.table[metric, "all"] * _TIMES)
    return [f"{metric}/all"]


def _own_alone(draft: Draft, chance: Random, book: Book) -> list[str]:
    """A government that gives its office's figures where it gave the sum of its units before."""
    office = next(
        (each for each in book.drafts if each.unit.kind == "office" and each.unit.counts_in == draft.unit.name), None
    )
    before = book.before(draft)
    if draft.unit.scope != "whole" or draft.unit.parent is None or office is None or before is None or before.mistakes:
        return []
    if office.mistakes or office.missing or office.table.keys() != draft.table.keys():
        return []
    draft.table = dict(office.table)
    return ["scope"]


def _published_late(draft: Draft, chance: Random, book: Book) -> list[str]:
    if draft.unit.level == "township" or draft.course.published_on is None or draft.course.state == "corrected":
        return []
    # Before the revision of 2019 everybody had time until the end of March.
    day = (3, 31) if draft.unit.scope == "whole" or draft.year < 2019 else (1, 31)
    published = on(draft.year, day) + timedelta(days=chance.randint(2, 45))
    if published > draft.course.as_of:
        return []
    draft.published_on = draft.course.published_on = published
    draft.signed_on = published - timedelta(days=chance.randint(0, 3))
    return [published.isoformat()]


def _submitted_late(draft: Draft, chance: Random, book: Book) -> list[str]:
    if not draft.course.late(chance, draft.unit, draft.year) or draft.course.published_on is None:
        return []
    draft.published_on = draft.course.published_on
    draft.signed_on = draft.course.first_received
    return [draft.course.first_received.isoformat()]


def _missing(draft: Draft, chance: Random, book: Book) -> list[str]:
    """Not the province's own, nor one without which a wrong sum cannot be told."""
    above = book.by_unit.get((draft.unit.counts_in or "", draft.year))
    if draft.unit.parent is None or not draft.due:
        return []
    if above and any(mistake.check == "roll_up_differs" for mistake in above.mistakes):
        return []
    draft.missing, draft.course.state = True, "missing"
    return [f"{draft.unit.name} {draft.year}"]


def _differs(draft: Draft, chance: Random, book: Book) -> list[str]:
    """The approved version had another figure than the published one."""
    if not draft.course.tracked or draft.course.state not in ("published", "filed"):
        return []
    metric = _altered(draft, "approved", chance)
    draft.course.approved, draft.course.drafts = bool(metric), max(1, draft.course.drafts)
    return [f"{metric}/all"] if metric else []


def _changed_later(draft: Draft, chance: Random, book: Book) -> list[str]:
    """Published, and published again with another figure, without a word about it."""
    if not draft.course.tracked or draft.course.state not in ("published", "filed"):
        return []
    metric = _altered(draft, "published", chance)
    draft.course.again = bool(metric)
    return [f"{metric}/all"] if metric else []


def _altered(draft: Draft, stage: str, chance: Random) -> str:
    """Change a figure that no sum within the report contains, and keep what it was in the version of that stage."""
    fitting = [name for name in ("licensing.decisions", "penalties.decisions") if draft.table[name, "all"] >= 20]
    if not fitting:
        return ""
    metric = chance.choice(fitting)
    draft.before[stage] = {(metric, "all"): draft.table[metric, "all"]}
    draft.table[metric, "all"] += chance.randint(1, 9)
    return metric


def _twice(draft: Draft, chance: Random, book: Book) -> list[str]:
    """The last draft came a second time under another name."""
    if not draft.course.tracked or draft.course.state == "corrected":
        return []
    draft.course.twice, draft.course.drafts = True, max(1, draft.course.drafts)
    return [submissions().suffixes["twice"]]


VERSIONED = frozenset({"differs_from_approved", "changed_after_publication", "duplicate_report"})
"""Mistakes that only show where the versions of a report are known."""

MAKERS: dict[str, Maker] = {
    "carry_over_broken": _carry_over,
    "stock_roll_broken": _stock,
    "pending_vanished": _vanished,
    "identical_to_last_year": _identical,
    "implausible_change": _implausible,
    "scope_changed": _own_alone,
    "published_late": _published_late,
    "submitted_late": _submitted_late,
    "report_missing": _missing,
    "differs_from_approved": _differs,
    "changed_after_publication": _changed_later,
    "duplicate_report": _twice,
}
