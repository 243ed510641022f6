"""A reporting unit of the fictional province: its names through the years, where it stands, when it exists."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gongkai.sample.names import Profile


@dataclass(frozen=True, slots=True)
class Former:
    """What a unit was called from `first` (null: ever since) to `last`: full name, short name, name of its place."""

    name: str
    short: str
    place: str
    first: int | None
    last: int


@dataclass(frozen=True, slots=True)
class Unit:
    """One reporting unit.

    `name` is its full name now; `short` how it may call itself; `place` the place's name (临湖市). `kind` is
    government (its report is 汇总), office, department, vertical, zone or institution (本级); a township's government
    reports for itself alone. `site` is the host part of its city's web site. `parent` is the unit above it, `counts_in`
    the government in whose report it is added up (null: in none), `reports_to` who collects its report. It exists from
    `since` to `until`, both included (null: open), and then goes into `successor`. One that is not `registered`
    sends a report all the same.
    """

    name: str
    short: str
    kind: str
    level: str
    province: str
    city: str
    place: str
    site: str
    parent: str | None
    profile: Profile | None = None
    counts_in: str | None = None
    reports_to: str | None = None
    since: int | None = None
    until: int | None = None
    successor: str | None = None
    former: tuple[Former, ...] = ()
    registered: bool = True
    territory: str = ""

    @property
    def scope(self) -> str:
        """whole for a government that adds up others, organ for everybody else."""
        return "whole" if self.kind == "government" and self.level != "township" else "organ"

    @property
    def like(self) -> str:
        """What its figures are like: a government's, an office's or a department's."""
        return self.kind if self.kind in ("government", "office") else "department"

    def exists(self, year: int) -> bool:
        """Whether it reports on `year`."""
        return (self.since or year) <= year <= (self.until or year)

    def in_year(self, year: int) -> Unit:
        """The unit under the names that it and its place bore in `year`."""
        for former in self.former:
            if (former.first or year) <= year <= former.last:
                return replace(self, name=former.name, short=former.short, place=former.place)
        return self
