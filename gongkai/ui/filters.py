"""The filters: one view of the figures that stays across pages and lives in the address. The bar is `filter_bar`.

They are kept in the session (not in a widget), written to the address on each run, and taken from the address when
somebody opens a link or goes back. Collections are never mixed, and neither are the scopes 本级 and 汇总: exactly one
of each is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.catalogue.peer_groups import BANDS, SAVED, peer_groups
from gongkai.ui.address import put

UNSTATED = "unstated"
SCOPES = ("whole", "organ", UNSTATED)
LEVELS = ("national", "province", "prefecture", "county", "township")
KINDS = ("government", "office", "department", "institution", "zone", "vertical")

NAMES = ("collection", "scope", "years", "province", "city", "level", "kind", "group")
"""The filters' parameters in the address; pages use other names for their own."""

SESSION = "filters"
"""Where the session keeps its filters."""

_GROUP_LOST = frozenset({"group", "saved_group", "band"})
_WRITTEN = "filters_in_address"
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?\Z")
_SEPARATOR = "."


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked at. `collection` is "" in an empty workspace; a place is "" for everywhere; levels and kinds are
    empty for all of them; years are inclusive. `group` is "" for all units, a peer group ("county_departments"), one
    of its bands by volume ("county_departments:few"), or a group that a person saved ("saved:3")."""

    collection: str = ""
    scope: str = "whole"
    first_year: int = 0
    last_year: int = 0
    province: str = ""
    city: str = ""
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    group: str = ""

    def address(self) -> dict[str, str]:
        """The filters as parameters of the address; what is not narrowed is left out."""
        found = {
            "collection": self.collection,
            "scope": self.scope if self.collection else "",
            "years": f"{self.first_year}-{self.last_year}" if self.first_year else "",
            "province": self.province,
            "city": self.city,
            "level": _SEPARATOR.join(self.levels),
            "kind": _SEPARATOR.join(self.kinds),
            "group": self.group,
        }
        return {name: value for name, value in found.items() if value}

    def parameters(self) -> dict[str, Any]:
        """The filters as parameters of the named queries: collection, scope, first_year, last_year, province and city
        ("" for all), levels and kinds (empty for all), and peers."""
        return {
            "collection": self.collection,
            "scope": self.scope,
            "first_year": self.first_year,
            "last_year": self.last_year,
            "province": self.province,
            "city": self.city,
            "levels": list(self.levels),
            "kinds": list(self.kinds),
            "peers": self.peers or None,
        }

    @property
    def peers(self) -> str:
        """The group as queries name it (queries/_peer_member.sql). A band is that of the last year looked at, so that
        all parts of a page, and all its years, speak of the same units."""
        code, _, band = self.group.partition(":")
        if not band or code == SAVED:
            return self.group
        return f"{self.group}:{self.scope}:{self.last_year}:{self.collection}"

    @property
    def years(self) -> list[int]:
        """The years looked at, in order."""
        return list(range(self.first_year, self.last_year + 1)) if self.first_year else []


@dataclass(frozen=True, slots=True)
class _Held:
    """What one collection holds: scopes, most reports first; years, provinces and cities in order (`cities` by
    province, of all of them under ""); the levels with kinds that occur."""

    scopes: list[str]
    years: list[int]
    provinces: list[str]
    cities: dict[str, list[str]]
    ranks: frozenset[tuple[str, str]]


# No slots: `_held` is worked out once and kept.
@dataclass(frozen=True)
class Options:
    """What can be chosen: the rows of the query `filter_options`, one per combination that has a current report, the
    names of the workspace's collections in its order, and the numbers of the saved groups by collection."""

    frame: pd.DataFrame
    order: tuple[str, ...] = ()
    saved: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def collections(self) -> list[str]:
        """The collections that hold current reports, in the workspace's order; unknown ones last."""
        return [*(name for name in self.order if name in self._held),
                *(name for name in self._held if name not in self.order)]  # fmt: skip

    def scopes(self, collection: str) -> list[str]:
        """The scopes of a collection, the one with most reports first."""
        return self._of(collection).scopes

    def years(self, collection: str) -> list[int]:
        """The years of a collection, in order."""
        return self._of(collection).years

    def provinces(self, collection: str) -> list[str]:
        """The provinces of a collection, by name."""
        return self._of(collection).provinces

    def cities(self, collection: str, province: str) -> list[str]:
        """The cities of a province (of all, if it is ""), by name."""
        return self._of(collection).cities.get(province, [])

    def levels(self, collection: str) -> list[str]:
        """The levels that occur, highest first."""
        found = {level for level, _ in self._of(collection).ranks}
        return [level for level in LEVELS if level in found]

    def kinds(self, collection: str) -> list[str]:
        """The kinds of units that occur, in the order of KINDS."""
        found = {kind for _, kind in self._of(collection).ranks}
        return [kind for kind in KINDS if kind in found]

    def groups(self, collection: str, scope: str) -> list[str]:
        """The groups that can be chosen: the peer groups whose units occur, each before its bands if they are of this
        scope; then saved ones."""
        occurring = self._of(collection).ranks
        found = []
        for group in peer_groups().values():
            if any(group.takes(level, kind) for level, kind in occurring):
                found.append(group.code)
                if group.bands and group.bands.scope == scope:
                    found.extend(f"{group.code}:{band}" for band in BANDS)
        return [*found, *(f"{SAVED}:{number}" for number in self.saved.get(collection, ()))]

    def defaults(self, collection: str = "") -> Filters:
        """The widest view of a collection (the first one unless named), in the scope that most reports have."""
        names = self.collections()
        if not names:
            return Filters()
        chosen = collection if collection in names else names[0]
        years = self.years(chosen)
        return Filters(
            collection=chosen,
            scope=self.scopes(chosen)[0],
            first_year=years[0],
            last_year=years[-1],
        )

    def _of(self, collection: str) -> _Held:
        return self._held.get(collection, _NOTHING)

    @cached_property
    def _held(self) -> dict[str, _Held]:
        """What each collection holds, that with most reports first."""
        found = {}
        for name in _by_size(self.frame, "collection"):
            own = self.frame[self.frame["collection"] == name]
            provinces = _named(own["province"])
            found[name] = _Held(
                scopes=_by_size(own, "scope"),
                years=sorted(int(year) for year in own["year"].unique()),
                provinces=provinces,
                cities={"": _named(own["city"]),
                        **{each: _named(own.loc[own["province"] == each, "city"]) for each in provinces}},
                ranks=frozenset(zip(own["level"].astype(str), own["kind"].astype(str), strict=True)),
            )  # fmt: skip
        return found


_NOTHING = _Held([], [], [], {}, frozenset())


def _by_size(frame: pd.DataFrame, column: str) -> list[str]:
    if frame.empty:
        return []
    sizes = frame.groupby(column)["reports"].sum().reset_index()
    return [str(name) for name in sizes.sort_values(["reports", column], ascending=[False, True])[column]]


def _named(column: pd.Series) -> list[str]:
    return sorted(str(name) for name in column.dropna().unique() if name)


def read_address(address: Mapping[str, str], options: Options) -> tuple[Filters, list[str]]:
    """The filters that an address asks for, and the names of its parameters that had to be ignored.

    What the address leaves out, or asks for wrongly, falls back to the collection's defaults.
    """
    ignored: list[str] = []
    wanted = address.get("collection", "")
    chosen = options.defaults(wanted)
    if wanted and wanted != chosen.collection:
        ignored.append("collection")
    if not chosen.collection:
        return chosen, ignored

    def one(name: str, allowed: list[str], default: str) -> str:
        value = address.get(name, "")
        if value and value not in allowed:
            ignored.append(name)
        return value if value in allowed else default

    def several(name: str, allowed: list[str]) -> tuple[str, ...]:
        values = [value for value in address.get(name, "").split(_SEPARATOR) if value]
        if any(value not in allowed for value in values):
            ignored.append(name)
        return tuple(value for value in allowed if value in values)

    scope = one("scope", options.scopes(chosen.collection), chosen.scope)
    first, last = chosen.first_year, chosen.last_year
    if years := address.get("years", ""):
        match = _YEARS.match(years)
        wished = range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)
        held = [year for year in options.years(chosen.collection) if year in wished]
        if held:
            first, last = held[0], held[-1]
        else:
            ignored.append("years")
    province = one("province", options.provinces(chosen.collection), "")
    city = one("city", options.cities(chosen.collection, province), "")
    levels = several("level", options.levels(chosen.collection))
    kinds = several("kind", options.kinds(chosen.collection))
    group, lost = _group(address.get("group", ""), options.groups(chosen.collection, scope))
    ignored += lost
    return Filters(chosen.collection, scope, first, last, province, city, levels, kinds, group), ignored


def _group(wanted: str, allowed: Sequence[str]) -> tuple[str, list[str]]:
    """The group that an address asks for, and what of it is not there: a group that nobody (any longer) saved, or a
    band that is not defined in this scope, whose whole group is shown then."""
    if not wanted or wanted in allowed:
        return wanted, []
    code, _, rest = wanted.partition(":")
    if code == SAVED:
        return "", ["saved_group"]
    if code in allowed and rest in BANDS:
        return code, ["band"]
    return "", ["group"]


def current() -> Filters:
    """The filters of this session; those of an empty workspace before a bar was shown."""
    found = st.session_state.get(SESSION)
    return found if isinstance(found, Filters) else Filters()


def keep(filters: Filters) -> None:
    """Make `filters` those of the session, and note them for the address."""
    st.session_state[SESSION] = filters
    address = filters.address()
    for name in NAMES:
        put(name, address.get(name, ""))
    st.session_state[_WRITTEN] = address


def arrive(options: Options) -> tuple[Filters, list[str]]:
    """The filters of this run and the parameters of the address that were ignored.

    An address that this session did not write itself (a link was opened, or somebody went back) wins over what the
    session remembers; an address without filters does not. To be called once a run, before `keep`.
    """
    address = {name: st.query_params[name] for name in NAMES if name in st.query_params}
    remembered = st.session_state.get(SESSION)
    if not isinstance(remembered, Filters) or (address and address != st.session_state.get(_WRITTEN)):
        return read_address(address, options)
    # A new generation may have lost what was chosen: what is still there stays, the rest falls back silently. But a
    # group that somebody deleted meanwhile is named: the figures on the screen are others now.
    found, ignored = read_address(remembered.address(), options)
    return found, [name for name in ignored if name in _GROUP_LOST]
