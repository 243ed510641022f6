"""What became of a unit over the years, as the register tells it: renamed, took over another one, was taken over."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gongkai.agencies.register import Unit


@dataclass(frozen=True, slots=True)
class Change:
    """From the statistical year `year` on the unit `unit` is something else.

    `sort`: renamed (`before` is its old name, `after` its new one), succeeded (`before` are those that it took over) or
    ended (`after` is who took over).
    """

    unit: str
    year: int
    sort: str
    before: tuple[str, ...]
    after: str


def changes(units: Iterable[Unit], ids: Collection[str]) -> list[Change]:
    """The changes of the units `ids` of a register, by unit in the order of `ids`, then by year.

    Names whose years are not said tell nothing of when, and make no change.
    """
    known = {unit.id: unit for unit in units}
    wanted = dict.fromkeys(ids)
    found: list[Change] = []
    ended: dict[tuple[str, int], list[str]] = {}
    for unit in known.values():
        if unit.until is not None and unit.successor in wanted:
            ended.setdefault((str(unit.successor), unit.until + 1), []).append(unit.name_in(unit.until))
    for id_ in wanted:
        one = known.get(id_)
        if one is None:
            continue
        for former in one.former_names:
            if former.last is not None and one.name_in(former.last + 1) != former.name:
                year = former.last + 1
                found.append(Change(id_, year, "renamed", (former.name,), one.name_in(year)))
        for (successor, year), names in ended.items():
            if successor == id_:
                found.append(Change(id_, year, "succeeded", tuple(sorted(names)), one.name_in(year)))
        if one.until is not None and one.successor in known:
            after = known[one.successor].name_in(one.until + 1)
            found.append(Change(id_, one.until + 1, "ended", (one.name_in(one.until),), after))
    order = {id_: position for position, id_ in enumerate(wanted)}
    return sorted(found, key=lambda each: (order[each.unit], each.year, each.sort, each.before))
