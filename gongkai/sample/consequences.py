"""What planted mistakes break elsewhere: last year's carried out cases, the roll of stocks, a government's sums, dates.

Only identities and dates are followed, and what happens by chance is recorded like what a mistake caused (a small
unit's table may be last year's in every cell). A check that compares sizes (implausible_change and its like) may speak
up beside a planted mistake without being named here.
"""

from __future__ import annotations

from typing import Any

from gongkai.catalogue.forms import forms
from gongkai.catalogue.metrics import APPLICANTS
from gongkai.sample.counts import Key
from gongkai.sample.draft import Draft, Mistake
from gongkai.sample.settings import on, submissions

Stated = dict[Key, Any]

_BLOCKS = ("review", "litigation.direct", "litigation.after_review")
_REPEATED = ("implausible_change", "scope_changed")
"""Mistakes that show again in the next year, when the figures are as they were."""


def record_consequences(drafts: list[Draft], before: list[Draft]) -> None:
    """Add to every draft the findings that it gets through a mistake elsewhere, or through its own in another check.

    `before` are the drafts of the year before.
    """
    tables = {d.unit.name: d.stated() for d in drafts if d.tables and not d.missing}
    earlier = {d.unit.name: d for d in before if d.tables and not d.missing}
    merged: dict[str, list[Draft]] = {}
    for draft in before:
        if draft.unit.successor and draft.unit.until == draft.year:
            merged.setdefault(draft.unit.successor, []).append(draft)
    children: dict[str, list[str]] = {}
    for draft in drafts:
        if draft.unit.counts_in:
            children.setdefault(draft.unit.counts_in, []).append(draft.unit.name)
    for draft in drafts:
        if draft.missing:
            continue
        _dates(draft)
        table = tables.get(draft.unit.name)
        if table is None:
            continue
        last = earlier.get(draft.unit.name)
        others = merged.get(draft.unit.name, [])
        # What a successor took over is known only if every one of its predecessors said it.
        if last is not None and all(other.unit.name in earlier for other in others):
            _since_last_year(draft, table, last, others)
        below = children.get(draft.unit.name, [])
        if below and all(name in tables for name in below):
            _note(draft, "roll_up_differs", _sums(table, [tables[name] for name in below]))


def _note(draft: Draft, check: str, places: list[str]) -> None:
    known = {(mistake.check, mistake.where) for mistake in draft.mistakes}
    draft.consequences += [Mistake(check, place) for place in places if (check, place) not in known]


def _dates(draft: Draft) -> None:
    group, course = submissions().group(draft.unit), draft.course
    if not draft.due:
        return
    if course.first_received > on(draft.year, group.notice):
        _note(draft, "submitted_late", [course.first_received.isoformat()])


def _since_last_year(draft: Draft, table: Stated, last: Draft, others: list[Draft]) -> None:
    """`others` were merged into the unit, which carries on what all of them left."""
    before = _together([last.stated(), *(other.stated() for other in others)])
    for mistake in last.mistakes:
        if mistake.check in _REPEATED and not any(own.check == mistake.check for own in draft.mistakes):
            _note(draft, mistake.check, [mistake.where])
    if draft.regime == "2014" or last.regime == "2014":
        return
    _note(draft, "carry_over_broken", _carry_over(before, table))
    _note(draft, "stock_roll_broken", _stock(before, table))
    _note(draft, "pending_vanished", _vanished(before, table))
    if last.regime == draft.regime:
        _note(draft, "identical_to_last_year", _same(before, table, draft.regime))


def _together(tables: list[Stated]) -> Stated:
    """The figures of several units added up; null where one of them has none."""
    return {
        key: None if any(table.get(key) is None for table in tables) else sum(table[key] for table in tables)
        for key in tables[0]
    }


def _carry_over(before: Stated, table: Stated) -> list[str]:
    pairs = [
        (who, before["applications.carried_out", who], table["applications.carried_in", who]) for who in APPLICANTS
    ]
    return [f"applications.carried_in/{who}" for who, out, into in pairs if None not in (out, into) and out != into]


def _stock(before: Stated, table: Stated) -> list[str]:
    found = []
    for name in ("rules", "normative_documents"):
        stock, issued, repealed = (table.get((f"{name}.{code}", "all")) for code in ("in_force", "issued", "repealed"))
        last = before.get((f"{name}.in_force", "all"))
        if stock is None or issued is None or repealed is None or last is None:
            continue
        if stock != last + issued - repealed:
            found.append(f"{name}.in_force/all")
    return found


def _vanished(before: Stated, table: Stated) -> list[str]:
    """Blocks in which more cases were pending last year than there are now."""
    pairs = [(name, before[f"{name}.pending", "all"], table[f"{name}.total", "all"]) for name in _BLOCKS]
    return [f"{name}.pending/all" for name, open_, total in pairs if None not in (open_, total) and open_ > total]


def _same(before: Stated, table: Stated, regime: str) -> list[str]:
    """The form's tables that hold the same in every cell, and something."""
    found = []
    for spec in forms()[regime].tables:
        keys = [(c.metric, c.applicant) for row in spec.rows if not row.variant for c in row.columns]
        keys = [key for key in keys if key in table or key in before]
        if any(table.get(key) for key in keys) and all(table.get(key) == before.get(key) for key in keys):
            found.append(spec.name)
    return found


def _sums(table: Stated, below: list[Stated]) -> list[str]:
    """The figures for all applicants that are not the children's sum, where every child gives a number."""
    found = []
    for (metric, applicant), value in table.items():
        parts = [child[metric, applicant] for child in below if child.get((metric, applicant)) is not None]
        if applicant != "all" or value is None or len(parts) < len(below):
            continue
        if abs(value - sum(parts)) > 1e-6:
            found.append(f"{metric}/all")
    return found
