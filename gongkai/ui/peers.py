"""Which units are compared: peer groups and saved groups in words, and the line beside every comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from gongkai.catalogue.indicators import measures
from gongkai.catalogue.peer_groups import SAVED, PeerGroup, peer_groups
from gongkai.charts.numbers import exact
from gongkai.ui.cells import present, records
from gongkai.ui.data import query, saved_groups
from gongkai.ui.filters import Filters
from gongkai.ui.messages import language, plain, t

GROUPS = "groups"
"""The parameter of the address that opens groups on the page 系统管理: a group's number, or GROUP_LIST."""

GROUP_LIST = "list"


def name(group: str) -> str:
    """What a group (as in `Filters.group`) is called; a saved one that is gone by its number."""
    code, _, rest = group.partition(":")
    if code == SAVED:
        row = _saved(group)
        return t("peers.saved", name=row["name"]) if row else t("peers.gone", number=rest)
    known = peer_groups().get(code)
    if known is None:
        return group
    label = known.label(_short())
    return t("peers.band_of", group=label, band=band_words(known, rest)) if rest else label


def band_words(group: PeerGroup, band: str) -> str:
    """A band with its bounds: 申请量中 (10—29 件/年)."""
    if group.bands is None:
        return t(f"peers.band.{band}")
    low, high = _bound(group.bands.medium_from), _bound(group.bands.many_from)
    return t(f"peers.band_bounds.{band}", low=low, high=high)


def bounds(group: PeerGroup, band: str) -> str:
    """The bounds of a band alone, for a table; "" where the group is not divided."""
    if group.bands is None:
        return ""
    low, high = _bound(group.bands.medium_from), _bound(group.bands.many_from)
    return t(f"peers.bounds.{band}", low=low, high=high)


def defined(filters: Filters) -> str:
    """How the group of the filters is defined, in a sentence; "" where none is chosen."""
    code, _, band = filters.group.partition(":")
    if not filters.group:
        return ""
    if code == SAVED:
        row = _saved(filters.group)
        return t("peers.defined_saved", owner=row["owner"], count=f"{int(row['units']):,}") if row else ""
    known = peer_groups().get(code)
    if known is None:
        return ""
    separator = t("filters.list_separator")
    sentence = t(
        "peers.defined",
        levels=separator.join(t(f"filters.level_name.{level}") for level in known.levels),
        kinds=separator.join(t(f"filters.kind_name.{kind}") for kind in known.kinds),
    )
    return sentence + (bands_defined(known, filters.last_year) if band else "")


def bands_defined(group: PeerGroup, year: int) -> str:
    """How the bands of a group are told as of a year, in a sentence: what is counted, in which scope, over which
    years; "" where it is not divided."""
    if group.bands is None:
        return ""
    volume = t("peers.plus").join(measures()[code].label(_short()) for code in group.bands.volume)
    return t(
        "peers.defined_band",
        volume=volume,
        scope=t(f"filters.scope_name.{group.bands.scope}"),
        first=year - group.bands.years + 1,
        last=year,
    )


def basis(filters: Filters, compared: int) -> None:
    """The line beside a comparison: which units, how many are in the group and compared, how it is defined."""
    if not filters.group:
        st.caption(t("peers.none", count=f"{compared:,}"), help=t("peers.none_help"))
        return
    members = len(query("peer_members", peers=filters.peers))
    said = t("peers.compared", name=plain(name(filters.group)), members=f"{members:,}", count=f"{compared:,}")
    st.caption(f"{said} {plain(defined(filters))}")


@dataclass(frozen=True, slots=True)
class Own:
    """The peer group of one unit as of a year: the group (null: none is defined for its level and kind), its band ("":
    none), the mean volume the band rests on, and over how many years."""

    group: PeerGroup | None
    band: str = ""
    volume: float | None = None
    years: int = 0


def own(agency_id: str, collection: str, scope: str, year: int) -> Own:
    """The peer group of a unit as of `year` (queries/_peer_group.sql)."""
    found = records(query("peer_group_of", collection=collection, scope=scope, year=year, agency_id=agency_id))
    if not found:
        return Own(None)
    row = found[0]
    return Own(
        group=peer_groups()[str(row["peer_group"])],
        band=str(row["band"]) if present(row["band"]) else "",
        volume=float(row["volume"]) if present(row["volume"]) else None,
        years=int(row["volume_years"]),
    )


def own_band(own: Own, year: int) -> str:
    """What a unit's band rests on, or why it has none, in a sentence; "" where its group is not divided."""
    if own.group is None or own.group.bands is None:
        return ""
    if own.volume is None:
        return t("peers.own_none", first=year - own.group.bands.years + 1, last=year)
    return t("peers.own", volume=exact(round(own.volume, 1), "", language()), years=own.years, band=_band(own))


def _band(own: Own) -> str:
    return band_words(own.group, own.band) if own.group is not None else ""


def _saved(group: str) -> dict[str, Any] | None:
    frame = saved_groups()
    found = records(frame[[f"{SAVED}:{number}" == group for number in frame["saved_id"]]])
    return found[0] if found else None


def _bound(value: float) -> str:
    return exact(value, "", language())


def _short() -> str:
    return "en" if language() == "en" else "zh"
