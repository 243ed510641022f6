"""One saved group: its name, its units (found by name, or those under the filters), its history with a way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import pandas as pd
import streamlit as st

from gongkai.store.named import NamedError
from gongkai.store.saved_groups import LONGEST_NAME, GroupError, SavedGroup, SavedGroups, Step
from gongkai.ui.actor import ask_actor
from gongkai.ui.address import unique_words
from gongkai.ui.data import query, workspace
from gongkai.ui.filter_bar import summary
from gongkai.ui.filters import current
from gongkai.ui.messages import plain, t
from gongkai.ui.named_history import attempt, show_history
from gongkai.ui.navigation import open_page, page_link
from gongkai.ui.peers import GROUP_LIST, GROUPS
from gongkai.ui.table import table

NEW = "new"

_CHOSEN = "group_chosen"
"""In the session: the number of the group on the screen (null: a new one), and the ids of its units as chosen."""

_MOST = 100_000
_HITS = 50


def group_form(collection: str, number: int | None) -> None:
    """The page of the group `number` of a collection, or of one that is begun."""
    page_link("admin", t("peers.form.back"), icon=":material/workspaces:", **{GROUPS: GROUP_LIST})
    kept = SavedGroups(workspace())
    past = kept.history(number) if number is not None else []
    group = kept.find(number) if number is not None else None
    if number is not None and not past:
        st.warning(t("peers.form.unknown", number=number), icon=":material/help:")
        return
    st.subheader(plain(group.name) if group else t("peers.list.add" if number is None else "peers.form.deleted"),
                 anchor=False)  # fmt: skip
    if group is not None and group.collection != collection:
        st.warning(t("peers.form.elsewhere"), icon=":material/help:")
        return
    actor = ask_actor()
    if group is not None:
        page_link("applications", t("peers.form.compare"), icon=":material/bar_chart:", group=f"saved:{group.id}",
                  level="", kind="", province="", city="")  # fmt: skip
    if actor and (group is not None or number is None):
        _edit(collection, group, actor)
    elif group is not None:
        _units_table(collection, group.units)
    if number is not None:
        _history(number, past, actor)


def _edit(collection: str, group: SavedGroup | None, actor: str) -> None:
    number = group.id if group else None
    if st.session_state.get(_CHOSEN, (0, ()))[0] != (collection, number):
        st.session_state[_CHOSEN] = ((collection, number), group.units if group else ())
    chosen: tuple[str, ...] = st.session_state[_CHOSEN][1]
    _by_name(collection, chosen)
    _by_filters(collection, chosen)
    st.markdown(f"**{t('peers.form.chosen', count=f'{len(chosen):,}')}**")
    if chosen:
        _units_table(collection, chosen)
        _take_out(collection, chosen)
    _save(collection, group, chosen, actor)


def _by_name(collection: str, chosen: tuple[str, ...]) -> None:
    words = st.text_input(t("peers.form.words"), key="group_words", placeholder=t("agency.words_placeholder")).strip()
    if not words:
        return
    found = query("units_of_collection", collection=collection, words=words, count=_HITS + len(chosen))
    found = found[~found["agency_id"].isin(chosen)].head(_HITS)
    if found.empty:
        st.caption(t("peers.form.no_hits"))
        return
    names = _labels(found)
    key = "group_hits"
    st.session_state[key] = [unit for unit in st.session_state.get(key, []) if unit in names]
    st.multiselect(
        t("peers.form.hits", count=len(found)),
        list(names),
        format_func=names.__getitem__,
        key=key,
        placeholder=t("filters.choose"),
        select_all=False,
    )
    st.button(t("peers.form.add"), on_click=_add_hits, key="group_add", icon=":material/add:")


def _by_filters(collection: str, chosen: tuple[str, ...]) -> None:
    filters = current()
    if filters.collection != collection:
        return
    under = query("agencies", **filters.parameters(), count=_MOST)["agency_id"]
    fresh = [str(unit) for unit in under if unit not in set(chosen)]
    if not fresh:
        return
    st.caption(plain(t("peers.form.filters", filters=summary(filters))))
    st.button(
        t("peers.form.add_filters", count=f"{len(fresh):,}"),
        on_click=_add,
        args=(fresh,),
        key="group_add_filters",
        icon=":material/filter_alt:",
    )


def _take_out(collection: str, chosen: tuple[str, ...]) -> None:
    names = _labels(query("units_of_collection", collection=collection, agency_ids=list(chosen), count=_MOST))
    key = "group_out"
    st.session_state[key] = [unit for unit in st.session_state.get(key, []) if unit in names]
    st.multiselect(
        t("peers.form.out"),
        list(names),
        format_func=names.__getitem__,
        key=key,
        placeholder=t("filters.choose"),
        select_all=False,
    )
    st.button(t("peers.form.take_out"), on_click=_remove, key="group_take_out", icon=":material/remove:")


def _save(collection: str, group: SavedGroup | None, chosen: tuple[str, ...], actor: str) -> None:
    with st.form("group_save", border=True):
        name = st.text_input(t("peers.list.name"), value=group.name if group else "", max_chars=LONGEST_NAME)
        reason = st.text_input(t("reports.decide.reason"), max_chars=300)
        sent = st.form_submit_button(t("peers.form.save"), icon=":material/save:")
    if not sent:
        return
    if not reason.strip():
        st.error(t("reports.decide.reason_missing"))
        return
    try:
        saved = SavedGroups(workspace()).save(collection, name, chosen, actor, reason, group.id if group else None)
    except GroupError as error:
        st.error(_wrong(error) if error.reason else plain(error))
        return
    st.session_state.pop(_CHOSEN, None)
    open_page("admin", **{GROUPS: str(saved)})


def _history(number: int, past: list[Step], actor: str) -> None:
    """What happened to the group; the last step can be undone, a standing group deleted."""
    kept = SavedGroups(workspace())
    show_history(
        "group",
        past,
        lambda step: t(f"peers.form.event.{step.event}", name=step.name, count=f"{len(step.units):,}"),
        actor,
        lambda step, reason: _do(partial(kept.undo, number, step.id, actor, reason)),
        (lambda reason: _do(partial(kept.delete, number, actor, reason))) if kept.find(number) is not None else None,
    )


def _units_table(collection: str, units: tuple[str, ...]) -> None:
    found = query("units_of_collection", collection=collection, agency_ids=list(units), count=_MOST)
    shown = found.assign(
        level=[t(f"filters.level_name.{level}") if isinstance(level, str) else "" for level in found["level"]],
        kind=[t(f"filters.kind_name.{kind}") if isinstance(kind, str) else "" for kind in found["kind"]],
    )
    columns = {name: t(f"agency.column.{name}") for name in ("agency", "level", "kind", "province", "city")}
    table(shown, "group_units", columns, height=300, opens="agency_id")
    if len(found) < len(units):
        st.caption(t("peers.form.lost", count=len(units) - len(found)))


def _labels(found: pd.DataFrame) -> dict[str, str]:
    """What units are called in lists to choose from, by id: with their city, for many bear one name."""
    places = [city if isinstance(city, str) and city not in name else ""
              for name, city in zip(found["agency"], found["city"], strict=True)]  # fmt: skip
    texts = [f"{name} ({place})" if place else name for name, place in zip(found["agency"], places, strict=True)]
    named = dict(zip(found["agency_id"], texts, strict=True))
    return unique_words(list(named), named.__getitem__)


def _add_hits() -> None:
    _add(st.session_state.pop("group_hits", []))


def _add(units: Iterable[str]) -> None:
    which, chosen = st.session_state[_CHOSEN]
    st.session_state[_CHOSEN] = (which, tuple(dict.fromkeys((*chosen, *units))))


def _remove() -> None:
    which, chosen = st.session_state[_CHOSEN]
    out = set(st.session_state.pop("group_out", []))
    st.session_state[_CHOSEN] = (which, tuple(unit for unit in chosen if unit not in out))


def _do(work: Callable[[], None]) -> None:
    """Make an entry, and show the group as it stands then."""
    if attempt(work, _wrong):
        st.session_state.pop(_CHOSEN, None)
        st.rerun()


def _wrong(error: NamedError) -> str:
    return t(f"peers.wrong.{error.reason}", most=LONGEST_NAME)
