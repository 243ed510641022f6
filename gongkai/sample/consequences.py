"""What planted mistakes break elsewhere: last year's carried out cases, the roll of stocks, a government's sums.

Only identities are followed. A check that compares sizes (implausible_change and its like) may speak up beside a
planted mistake without being named here.
"""

from __future__ import annotations

from typing import Any

from gongkai.catalogue.metrics import APPLICANTS
from gongkai.sample.counts import Key
from gongkai.sample.draft import Draft, Mistake

Stated = dict[Key, Any]


def record_consequences(drafts: list[Draft]) -> None:
    """Add to every draft the findings that it gets through a mistake elsewhere, or through its own in another check."""
    tables = {(d.unit.name, d.year): d.stated() for d in drafts if d.tables and not d.missing}
    children: dict[tuple[str, int], list[Draft]] = {}
    for draft in drafts:
        if draft.unit.parent:
            children.setdefault((draft.unit.parent, draft.year), []).append(draft)
    for draft in drafts:
        table = tables.get((draft.unit.name, draft.year))
        if table is None:
            continue
        before = tables.get((draft.unit.name, draft.year - 1))
        if before:
            _note(draft, "carry_over_broken", _carry_over(before, table))
            _note(draft, "stock_roll_broken", _stock(before, table))
        below = children.get((draft.unit.name, draft.year), [])
        if below and all((child.unit.name, child.year) in tables for child in below):
            _note(draft, "roll_up_differs", _sums(table, [tables[child.unit.name, child.year] for child in below]))


def _note(draft: Draft, check: str, places: list[str]) -> None:
    known = {(mistake.check, mistake.where) for mistake in draft.mistakes}
    draft.consequences += [Mistake(check, place) for place in places if (check, place) not in known]


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
