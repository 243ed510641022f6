"""The filter bar that pages show below their title: one line that says what is chosen, and opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from gongkai.catalogue.peer_groups import SAVED
from gongkai.ui.address import flush
from gongkai.ui.data import Version, collection_name, filter_options, saved_groups, version, workspace
from gongkai.ui.filters import NAMES, SESSION, Filters, Options, arrive, current, keep
from gongkai.ui.messages import language, plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.peers import GROUP_LIST, GROUPS
from gongkai.ui.peers import name as group_name

_KEY = "filter_"
_IGNORED = "filters_ignored"


def summary(filters: Filters, shown: Sequence[str] = NAMES) -> str:
    """One line that says what `filters` choose, as plain text; the scope only where `shown` names it."""
    years = (
        str(filters.first_year)
        if filters.first_year == filters.last_year
        else f"{filters.first_year}–{filters.last_year}"
    )
    parts = [
        collection_name(filters.collection),
        *([t(f"filters.scope_name.{filters.scope}")] if "scope" in shown else []),
        years,
        filters.city or filters.province or t("filters.everywhere"),
    ]
    separator = t("filters.list_separator")
    if filters.levels:
        parts.append(separator.join(t(f"filters.level_name.{level}") for level in filters.levels))
    if filters.kinds:
        parts.append(separator.join(t(f"filters.kind_name.{kind}") for kind in filters.kinds))
    if filters.group:
        parts.append(group_name(filters.group))
    return " · ".join(parts)


def options() -> Options:
    """What can be chosen now."""
    made: Options = _options(version(), tuple(workspace().collections))
    return made


# Shared between sessions and not copied for each: nobody changes it.
@st.cache_resource(max_entries=8, show_spinner=False)
def _options(version: Version, order: tuple[str, ...]) -> Options:
    saved: dict[str, list[int]] = {}
    groups = saved_groups()
    for collection, number in zip(groups["collection"], groups["saved_id"], strict=True):
        saved.setdefault(str(collection), []).append(int(number))
    return Options(filter_options(), order, saved)


def settle() -> Filters:
    """The filters of this run, from the address or the session. app.py calls it once, before the page."""
    filters, ignored = arrive(options())
    st.session_state[_IGNORED] = ignored
    keep(filters)
    return filters


def follow(collection: str) -> None:
    """Turn the filters to `collection`, and run again, where a unit or a report of it is opened from another one's.

    A link may name a unit alone; what stands around it (the mark of fiction, its peers) must be of its own collection.
    """
    offered = options()
    if collection != current().collection and collection in offered.collections():
        keep(offered.defaults(collection))
        # The new address must stand before the next run, which would else go back to what the link asks for.
        flush()
        st.rerun()


_A_ROW = 4


def filter_bar(shown: Sequence[str] = NAMES) -> Filters:
    """Show the bar with the filters named in `shown` (of NAMES) and return the filters of this run.

    In an empty workspace nothing is shown and `Filters().collection` is "": the page then says what to do.
    """
    filters = current()
    if not filters.collection:
        return filters
    offered = options()
    ignored = st.session_state.get(_IGNORED, [])
    if ignored:
        names = t("filters.list_separator").join(t(f"filters.{name}") for name in ignored)
        st.warning(t("filters.ignored", names=names), icon=":material/link_off:")
    with st.expander(plain(summary(filters, shown)), icon=":material/filter_alt:", key="filter_bar"):
        wanted = [name for name in NAMES if name in shown]
        # Rows, not columns: on a phone columns stand below each other, and the filters shall keep their order.
        for start in range(0, len(wanted), _A_ROW):
            for name, column in zip(wanted[start : start + _A_ROW], st.columns(_A_ROW), strict=False):
                with column, st.container(key=f"{_KEY}{name}"):
                    _CONTROLS[name](filters, offered)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(t("filters.reset"), on_click=_reset, icon=":material/restart_alt:", type="tertiary")
            if "group" in shown:
                page_link("admin", t("filters.groups"), icon=":material/workspaces:", **{GROUPS: GROUP_LIST})
    return filters


def _reset() -> None:
    """Back to the widest view of the collection."""
    st.session_state[SESSION] = options().defaults(current().collection)


def _changed(name: str) -> None:
    """Take a widget's value into the filters, before the page runs; `arrive` drops what no longer fits."""
    value = st.session_state[_key(name)]
    filters = current()
    if name == "first_year":
        filters = replace(filters, first_year=value, last_year=max(value, filters.last_year))
    elif name == "last_year":
        filters = replace(filters, first_year=min(value, filters.first_year), last_year=value)
    elif name == "level":
        filters = replace(filters, levels=tuple(value))
    elif name == "kind":
        filters = replace(filters, kinds=tuple(value))
    elif name == "collection":
        filters = options().defaults(value)
    elif name == "province":
        filters = replace(filters, province=value, city="")
    elif name == "group" and value and not value.startswith(SAVED):
        # A peer group is of one level and kind already; another one chosen beside it would leave nothing.
        filters = replace(filters, group=value, levels=(), kinds=())
    else:
        filters = replace(filters, **{name: value})
    st.session_state[SESSION] = filters


def _key(name: str) -> str:
    """The key of a filter's widget. A select box sends the words of its option, so it is another one per language."""
    return f"{_KEY}{name}_{language()}"


def _set(name: str, value: object) -> str:
    """Give the widget of a filter the value that holds, also when a link or another filter changed it."""
    key = _key(name)
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def _select(name: str, values: list[str], value: str, word: Callable[[str], str], anything: str = "") -> None:
    st.selectbox(
        t(f"filters.{name}"),
        [*([""] if anything else []), *values],
        format_func=lambda item: word(item) if item else anything,
        key=_set(name, value),
        on_change=_changed,
        args=(name,),
        placeholder=t("filters.choose"),
    )


def _multiple(name: str, values: list[str], value: tuple[str, ...]) -> None:
    st.multiselect(
        t(f"filters.{name}"),
        values,
        format_func=lambda item: t(f"filters.{name}_name.{item}"),
        key=_set(name, list(value)),
        on_change=_changed,
        args=(name,),
        placeholder=t("filters.all"),
        select_all=False,
    )


def _collection(filters: Filters, options: Options) -> None:
    _select("collection", options.collections(), filters.collection, collection_name)


def _scope(filters: Filters, options: Options) -> None:
    def word(scope: str) -> str:
        return t(f"filters.scope_name.{scope}")

    _select("scope", options.scopes(filters.collection), filters.scope, word)


def _years(filters: Filters, options: Options) -> None:
    years = options.years(filters.collection)
    first, last = st.columns(2, gap="small")
    for place, name, value in ((first, "first_year", filters.first_year), (last, "last_year", filters.last_year)):
        with place:
            st.selectbox(
                t(f"filters.{name}"),
                years,
                key=_set(name, value),
                on_change=_changed,
                args=(name,),
                placeholder=t("filters.choose"),
            )


def _province(filters: Filters, options: Options) -> None:
    _select("province", options.provinces(filters.collection), filters.province, str, t("filters.everywhere"))


def _city(filters: Filters, options: Options) -> None:
    _select("city", options.cities(filters.collection, filters.province), filters.city, str, t("filters.all"))


def _level(filters: Filters, options: Options) -> None:
    _multiple("level", options.levels(filters.collection), filters.levels)


def _kind(filters: Filters, options: Options) -> None:
    _multiple("kind", options.kinds(filters.collection), filters.kinds)


def _group(filters: Filters, options: Options) -> None:
    _select("group", options.groups(filters.collection, filters.scope), filters.group, group_name, t("filters.all"))


_CONTROLS: dict[str, Callable[[Filters, Options], None]] = {
    "collection": _collection,
    "scope": _scope,
    "years": _years,
    "province": _province,
    "city": _city,
    "level": _level,
    "kind": _kind,
    "group": _group,
}
